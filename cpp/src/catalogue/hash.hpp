// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the two hashes are taken of: text that says all that a number rests on, and nothing else.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string>

namespace casemetry::definition {

/// Kind, unit, date with the calendar, predicates; the units with all that they are made from, as far as it is needed;
/// and of the columns of tables the type, values, format and range.
std::string canonical_text(const Definitions& definitions, const Aggregate& aggregate);
/// Kind, q, and the formulas over the hashes of their aggregates, so that what these are called does not matter.
std::string canonical_text(const Definitions& definitions, const Indicator& indicator);

}  // namespace casemetry::definition
