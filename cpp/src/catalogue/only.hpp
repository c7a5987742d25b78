// SPDX-License-Identifier: Apache-2.0
/// \file
/// The part of a catalogue that some indicators rest on.
#pragma once

#include <casemetry/catalogue.hpp>
#include <span>
#include <string>

namespace casemetry::definition {

/// These indicators, in the catalogue's order, and just what they need. Count indicators that a formula names and that
/// are not among them are replaced by their aggregates. Throws QueryError for an unknown indicator.
Definitions only(const Definitions& whole, std::span<const std::string> indicators);

}  // namespace casemetry::definition
