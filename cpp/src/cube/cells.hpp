// SPDX-License-Identifier: Apache-2.0
// Cells of several blocks put together: those of one place (dimensions and month) become one cell. Adding, taking away,
// rolling up, sorting and dropping cells are all this.
#pragma once

#include <casemetry/cube.hpp>
#include <cstdint>
#include <span>
#include <vector>

namespace casemetry::value {

/// A block whose cells are put together with those of others of the same unit and date, with the same aggregates and
/// proportions in the same order. Its codes are by the labels of the whole.
struct Piece {
  const Block* block = nullptr;
  std::vector<std::uint32_t> codes;  ///< cells × dimensions
  bool subtracted = false;
};

/// Which cells become one: group i is `order[begins[i]]` to `order[begins[i + 1]]`.
struct Grouping {
  struct At {
    std::size_t piece = 0;
    std::size_t cell = 0;
  };
  std::vector<At> order;
  std::vector<std::size_t> begins{0};
  std::size_t groups() const { return begins.size() - 1; }
};

/// Cells of one place, places ascending. Linear if the cells of every piece are ascending already.
Grouping by_place(std::span<const Piece> pieces, std::size_t dimensions);

/// The cells of one block that hold anything, each by itself.
Grouping occurring(const Block& block);

/// A cell a group, its counts the sum of the group's. Names and dimensions are those of the first piece. Throws
/// DataError if a count or sum does not fit.
Block gathered(std::span<const Piece> pieces, const Grouping& grouping, std::size_t dimensions);

}  // namespace casemetry::value
