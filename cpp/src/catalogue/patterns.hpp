// SPDX-License-Identifier: Apache-2.0
/// \file
/// What counts leads by the patterns of their sources, as ordinary definitions.
#pragma once

#include <casemetry/catalogue.hpp>
#include <span>
#include <string>

namespace casemetry::definition {

/// For each lead set, each of its set columns, and each of these groupings and the identity: a unit with the pattern as
/// a column, and for each stage a count (and the sum of the leads' value) over it. Definitions of the same ids are
/// replaced. All groupings are declared.
Definitions with_patterns(const Definitions& declared, std::span<const std::string> groupings);

}  // namespace casemetry::definition
