// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the two hashes are taken of: text that says all that a number rests on, and nothing else.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string>

namespace casemetry::definition {

/// The columns that an aggregate reads, and the lists that it names, sorted.
std::vector<std::string> columns_of(const Aggregate& aggregate);
std::vector<std::string> lists_of(const Aggregate& aggregate);

/// Unit, kind, date with the calendar, predicates, and of the columns it reads the type, values, format and range.
std::string canonical_text(const Definitions& definitions, const Aggregate& aggregate);
/// Kind, q, and the formulas over the hashes of their aggregates, so that what these are called does not matter.
std::string canonical_text(const Definitions& definitions, const Indicator& indicator);

}  // namespace casemetry::definition
