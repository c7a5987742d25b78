// SPDX-License-Identifier: Apache-2.0
/// \file
/// Counts: cube × cells × months → integers. The sums of a block's columns over the cells and months of a question.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::question {

/// The cells of a question: the combinations of its dimensions' labels that occur in the blocks it asks, in label
/// order, missing last. Without dimensions one cell, also if nothing occurs.
struct Cells {
  std::size_t size = 1;
  std::vector<std::uint32_t> codes;  ///< cells × dimensions, row by row
  /// For each block of the cube, for each of its cells: the question's cell. Empty if the block is not asked.
  std::vector<std::vector<std::uint32_t>> of_block;
};

/// `dimensions` are positions among the cube's, `asked` says which blocks; these have all of the dimensions.
Cells cells_of(const Cube& cube, std::span<const std::size_t> dimensions, const std::vector<bool>& asked);

/// Which columns of a block a question needs.
struct Wanted {
  std::vector<bool> aggregates, proportions;
};

/// The block summed over a question's rows: row `cell · steps + step` takes the units of that cell whose month lies in
/// that step. Steps are in order and do not overlap. Columns that are not wanted are left empty; dimensions and months
/// are no longer told.
Block counts(const Block& block, std::span<const std::uint32_t> cell_of, std::size_t cells,
             std::span<const Period> steps, const Wanted& wanted);

/// The number in a row of a column; an empty column is all zeros.
inline std::int64_t at(const std::vector<std::int64_t>& column, std::size_t row) {
  return column.empty() ? 0 : column[row];
}

}  // namespace casemetry::question
