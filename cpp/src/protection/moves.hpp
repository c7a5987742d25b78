// SPDX-License-Identifier: Apache-2.0
/// \file
/// The moves of a stage: which cells they change, which figures, and what it costs to hide those.
#pragma once

#include <array>
#include <optional>
#include <unordered_map>

#include "protection/cover.hpp"

namespace casemetry::protection {

/// A cell that a move changes by one unit.
struct Step {
  std::uint32_t cell;
  bool gains;
};

/// Some cells, and which of them change alike.
using Move = std::vector<Step>;

/// Cells by their labels.
class CellIndex {
 public:
  explicit CellIndex(const Stage& stage);
  /// The cell of these labels, or `none`.
  std::uint32_t find(std::span<const std::uint32_t> codes) const;
  std::span<const std::uint32_t> codes(std::uint32_t cell) const;
  std::size_t size(std::size_t axis) const { return sizes_[axis]; }

 private:
  /// The same for different labels if there are more than 2^64 combinations.
  std::uint64_t key(std::span<const std::uint32_t> codes) const;
  const Stage& stage_;
  std::vector<std::uint64_t> sizes_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> cells_;
};

/// The moves between a cell and another: each set partition of the axes in which they differ (of four and more the
/// finest and the coarsest), the labels of a part exchanged together. Moves over cells that do not occur are left out.
std::vector<Move> moves_between(const CellIndex& index, std::uint32_t from, std::uint32_t to);

/// The figures that a move changes.
std::vector<std::uint32_t> changed_by(const Stage& stage, const Move& move);

/// What it costs to hide what a move changes and is not hidden; nothing if it cannot be hidden. Not counted further
/// than `limit`.
std::optional<double> cost_of(const Stage& stage, std::span<const Figure> figures, const Move& move, double limit);

/// Whether units of this kind can be moved so, in one direction or the other: who loses one has one, and, if zeros are
/// shown, another unit is left.
bool can_move(const Stage& stage, const Move& move, std::size_t kind);

}  // namespace casemetry::protection
