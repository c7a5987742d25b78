// SPDX-License-Identifier: Apache-2.0
// The pass: once over the rows, in parallel, every lane and measure of a block's plan counted by cell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cube/frame.hpp"
#include "cube/groups.hpp"
#include "cube/lane.hpp"
#include "cube/measures.hpp"

namespace casemetry::pass {

/// What is counted over the rows of a table.
struct Pass {
  std::int64_t rows = 0;
  const Groups* groups = nullptr;
  std::span<const ClassColumn> columns;
  std::span<const Lane> lanes;  ///< that of all units first
  std::vector<SumOf> sums;
  std::vector<DaysOf> days;
  std::size_t morsel = 0;  ///< rows that a task takes at once
};

/// What was counted, for the cells that occur.
struct Counted {
  std::vector<std::uint32_t> cells;              ///< their numbers, ascending
  std::vector<std::vector<std::int64_t>> lanes;  ///< lane → rows a cell
  std::vector<std::vector<PowerSums>> sums;      ///< sum → Σx and Σx² a cell
  std::vector<Histogram> days;
};

/// Counts, in the caller's task arena. Each thread counts for itself; integers add up to the same in any order.
Counted count(const Pass& pass);

}  // namespace casemetry::pass
