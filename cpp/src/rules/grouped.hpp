// SPDX-License-Identifier: Apache-2.0
/// \file
/// Sources and the groups they are in.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string>
#include <string_view>

namespace casemetry::rule {

/// The group of a source. Throws as `pattern_of`.
const std::string& group_of(std::string_view source, const Grouping& grouping);

}  // namespace casemetry::rule
