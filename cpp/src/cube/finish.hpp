// SPDX-License-Identifier: Apache-2.0
// From what was counted to the cells that occur, zeros left out.
#pragma once

#include <casemetry/cube.hpp>
#include <vector>

#include "cube/groups.hpp"
#include "cube/kernel.hpp"
#include "cube/plan.hpp"

namespace casemetry::pass {

/// Where a block's cells lie.
struct CellSpace {
  const Groups& groups;
  std::vector<bool> has_dimension;
  std::vector<std::int32_t> months;  ///< by number
};

/// The counts of a block. Throws DataError if summed counts of a proportion overlap.
Block finished(const BlockPlan& plan, const Counted& counted, const CellSpace& space);

}  // namespace casemetry::pass
