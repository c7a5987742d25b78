// SPDX-License-Identifier: Apache-2.0
// Where the sets of a column come from. What all rooms may use, inside.
#pragma once

#include <casemetry/catalogue.hpp>
#include <map>
#include <optional>
#include <string>

namespace casemetry {

/// Where a set column is made, through the columns of its unit, lookups, and what units are made from.
struct SetOrigin {
  std::optional<Expression> call;  ///< the collapse call; none: the data have the sets
  std::string unit;                ///< that has the call
  const Lookup* lookup = nullptr;  ///< the first that was crossed
  std::string looked_up;           ///< the column that it takes
  const ColumnDefinition* members =
      nullptr;  ///< the declared column of a table that the sets, or their members, are in
};

/// Of a column of a unit; definitions that are at fault end the way.
SetOrigin set_origin(const Definitions& definitions, const std::string& unit, const std::string& column);

/// How sources are spelled otherwise, and their values: the aliases of the columns that lead sets have them from.
std::map<std::string, std::string> source_aliases(const Definitions& definitions);

}  // namespace casemetry
