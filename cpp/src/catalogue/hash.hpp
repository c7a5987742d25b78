// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the two hashes are taken of: text that says all that a number rests on, and nothing else.
#pragma once

#include <casemetry/catalogue.hpp>
#include <map>
#include <string>
#include <string_view>

namespace casemetry::definition {

/// Kind, unit, date with the calendar, predicates; the units with all that they are made from, as far as it is needed;
/// and of the columns of tables the type, values, format and range.
std::string canonical_text(const Definitions& definitions, const Aggregate& aggregate);
/// Kind, q, and the formulas over the hashes of their aggregates, so that what these are called does not matter.
std::string canonical_text(const Definitions& definitions, const Indicator& indicator);

/// Bands and hierarchy if it is declared, and its column on each unit, with all that these are made from.
std::string canonical_text(const Definitions& definitions, std::string_view dimension,
                           const std::map<std::string, std::string>& columns);

}  // namespace casemetry::definition
