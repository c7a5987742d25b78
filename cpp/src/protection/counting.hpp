// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is counted in the cells that all figures are sums of.
#pragma once

#include "protection/frame.hpp"

namespace casemetry::protection {

/// The finest cells: of one label of each dimension, one combination of conditions, one span of months.
struct Cells {
  std::vector<Nodes> codes;                 ///< of each cell, on each axis
  std::vector<std::vector<double>> counts;  ///< of each cell: the units of each kind
  std::vector<std::vector<double>> tested;  ///< of each cell: what must reach k
  std::vector<bool> is_sum;                 ///< of each kind: whether it is, in every cell, the sum of others
  std::size_t size() const { return codes.size(); }
};

/// Asks the cube for all of them. Throws QueryError if the base, or one of `asked`, cannot be counted in them.
Cells counted_cells(const Frame& frame, std::span<const Asked> asked, const Protection& protection);

}  // namespace casemetry::protection
