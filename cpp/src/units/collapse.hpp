// SPDX-License-Identifier: Apache-2.0
// Collapse calls: one value for each unit of the many of its rows. A reducer is an initial value, a step and what the
// last state means; steps commute, so that no order of rows decides.
#pragma once

#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "units/grouping.hpp"

namespace casemetry::counting {

/// The rows that are collapsed, and what expressions over them need.
struct CollapsedRows {
  const Grouping& grouping;
  std::function<Column(std::string_view)> column;
  std::function<const ColumnDefinition*(std::string_view)> definition;
  const std::map<std::string, std::vector<Literal>>& lists;
  Holidays holidays;
  Scratch& scratch;
};

/// What a call makes of the rows, a cell a unit.
struct Collapsed {
  Column column;
  std::int64_t disagreeing = 0;   ///< units whose rows disagree under `only`
  std::int64_t skipped = 0;       ///< rows whose condition, time, or what is counted, is unknown
  std::int64_t first_unfit = -1;  ///< the first unit whose sum does not fit 64 bits; none: −1
};

/// Collapses by a call that has passed `check`.
Collapsed collapsed(const Expression& call, const CollapsedRows& rows);

}  // namespace casemetry::counting
