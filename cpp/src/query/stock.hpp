// SPDX-License-Identifier: Apache-2.0
/// \file
/// Stocks: what is pending at the beginning or the end of a period, added up from openings and closings.
#pragma once

#include "query/counts.hpp"

namespace casemetry::question {

/// A column of counts: which block, and which of its aggregates or proportions.
struct Place {
  std::size_t block = 0;
  std::size_t column = 0;
};

/// What is wanted of a pending aggregate.
struct Stock {
  Place opened, closed;
  bool at_opening = false;  ///< at the beginning of the period, else at its end
  bool has_ages = false;    ///< the days since each opening are wanted too
};

/// What was pending, in row `cell · steps + step`: opened up to the end of the step (or before it begins) and not
/// closed. Without a period it is what is pending now, undated units included; the undated step has just those. Units
/// that are closed before they are opened, or without a known opening, are unknown from the closing on.
///
/// With ages a row has a histogram of the days from the opening to the last day of that time, or to the day at which
/// the data stand if that is earlier.
AggregateCounts stock(const Cube& cube, const Stock& of, const Placement& placement, std::size_t cells,
                      std::span<const Period> steps);

}  // namespace casemetry::question
