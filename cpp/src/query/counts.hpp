// SPDX-License-Identifier: Apache-2.0
/// \file
/// Counts: cube × cells × months → integers. The sums of a block's columns over the cells and months of a question.
#pragma once

#include <casemetry/query.hpp>
#include <limits>

namespace casemetry::question {

/// Which cells of the cube a question takes: for each block, for each of its cells, the outcome of its condition. Empty
/// if there is no condition: all of them.
struct Choice {
  std::vector<std::vector<Outcome>> outcomes;
  bool takes(std::size_t block, std::size_t cell) const {
    return outcomes.empty() || outcomes[block][cell] == Outcome::yes;
  }
};

/// A cell that a question does not count.
inline constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

/// For each block of the cube, for each of its cells: the question's cell, or `nowhere`. Empty if the block is not
/// asked.
using Placement = std::vector<std::vector<std::uint32_t>>;

/// The cells of a question: the combinations of its dimensions' labels that occur in the blocks it asks, in label
/// order, missing last. Without dimensions one cell, also if nothing occurs.
struct Cells {
  std::size_t size = 1;
  std::vector<std::uint32_t> codes;  ///< cells × dimensions, row by row
  Placement of_block;
};

/// `dimensions` are positions among the cube's, `asked` says which blocks; these have all of the dimensions.
Cells cells_of(const Cube& cube, std::span<const std::size_t> dimensions, const std::vector<bool>& asked,
               const Choice& choice = {});

/// The placement in cells that the question's cells are added up in, or left out of: `to` has one for each.
Placement placed(const Placement& cells, std::span<const std::uint32_t> to);

/// Which columns of a block a question needs.
struct Wanted {
  std::vector<bool> aggregates, proportions;
  bool histograms = true;  ///< those of the wanted aggregates too
  bool any() const;
};

/// The block summed over a question's rows: row `cell · steps + step` takes the units of that cell whose month lies in
/// that step. Steps may overlap. Columns that are not wanted are left empty; units, dimensions and months are
/// no longer told.
Block counts(const Block& block, std::span<const std::uint32_t> cell_of, std::size_t cells,
             std::span<const Period> steps, const Wanted& wanted);

/// The number in a row of a column; an empty column is all zeros.
inline std::int64_t at(const std::vector<std::int64_t>& column, std::size_t row) {
  return column.empty() ? 0 : column[row];
}

}  // namespace casemetry::question
