// SPDX-License-Identifier: Apache-2.0
// The rows by which a grouping is told.
#pragma once

#include <casemetry/units.hpp>
#include <map>
#include <string>
#include <vector>

namespace casemetry::counting {

/// The groups that are listed.
std::vector<GroupedSource> listed_groups(const casemetry::Grouping& grouping);

/// The groups that a table tells, each different row once, sorted. A blank bound is open. Sources go by the values of
/// these aliases. Throws DataError with the rows: no source or no group, a first day after the last, a source in two
/// groups at one time.
std::vector<GroupedSource> told_groups(const casemetry::Grouping& grouping, RowSet& table,
                                       const std::map<std::string, std::string>& aliases);

/// Whether the table tells when sources are in their groups.
bool has_bounds(RowSet& table);

}  // namespace casemetry::counting
