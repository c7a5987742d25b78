// SPDX-License-Identifier: Apache-2.0
/// \file
/// From what is counted back to the columns of tables.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::quality {

/// The names that the expression of a unit's column reads outside collapse calls, which are the unit's own.
std::vector<std::string> own_names(const Expression& expression);

/// The lookup of a unit that takes a column, or its own column of that name; null if there is none.
const Lookup* taker(const UnitDefinition& unit, std::string_view column);
const UnitColumn* own_column(const UnitDefinition& unit, std::string_view column);

/// The date columns of a table by which some aggregate of the catalogue places what it counts, through all units,
/// sorted: the days of what is pending too.
std::vector<std::string> counted_by(const Catalogue& catalogue, std::string_view table);

}  // namespace casemetry::quality
