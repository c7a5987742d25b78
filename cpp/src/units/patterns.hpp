// SPDX-License-Identifier: Apache-2.0
// Columns of patterns: of each set of sources, how many of them each group has.
#pragma once

#include <casemetry/table.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "units/source_groups.hpp"

namespace casemetry::counting {

/// What a column of patterns is made of.
struct PatternParts {
  Column sets;
  std::optional<Column> days;  ///< of a grouping whose groups change; without it no row has a day
  const SourceGroups& groups;
  bool identity = false;  ///< each source is in a group of its own
  std::string name;
  /// What is told of a source in no group, the first row that has it, and its day, missing if it does not matter.
  std::function<DataError(const std::string& source, std::size_t row, std::int32_t day)> ungrouped;
};

/// A category whose labels are `Pattern::text()`. It is missing where the set is, where a member is not listed, and
/// where it is not known which group one is in. A pattern is found once for each different set, and each time in which
/// its members stay in their groups; rows are then looked up, shared out among threads.
Column pattern_column(const PatternParts& parts);

}  // namespace casemetry::counting
