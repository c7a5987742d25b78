// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which figures to hide so that no hidden one can be told from those that are shown. Pure: nothing here knows a cube.
///
/// A figure is a sum of cells: an office in a month, an office over all months, everything. A move changes single
/// cells by one unit each, up or down, and with them every figure that they do not cancel out in. If all figures that
/// a move changes are hidden, and no cell that loses is emptied by it, then what is shown fits the table after the move
/// as well as the table as it is: none of the figures it changes can be told. So it is enough that every hidden count
/// is changed by some move. Moves are boxes: two cells that differ in some labels; those labels are exchanged each by
/// itself (four cells, eight …), or some of them together (two), or one cell stands alone.
///
/// Method: the alternating boxes of hypercube suppression (Giessing & Repsilber 2002, the GHMITER algorithm), with the
/// margins as hidden or shown figures of their own.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace casemetry::protection {

/// No figure: a cell that a table leaves out.
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// A figure that is, or may be taken to be, published. It has all the counts of its cells, and is hidden with all.
struct Figure {
  double cost = 0;  ///< what is lost if it is hidden
  bool hidden = false;
  bool is_zero = false;  ///< nothing is counted in it, and zeros are shown: it cannot be hidden
  /// It is hidden whatever it counts, as for its base: that it counts none of a kind is not to be told either.
  bool hides_zeros = false;
};

/// Cells, and the figures that are sums of them.
struct Stage {
  std::size_t axes = 0, kinds = 0;
  std::vector<std::uint32_t> codes;                  ///< cells × axes: labels by code
  std::vector<std::vector<std::uint32_t>> families;  ///< for each axis, for each code: codes of one family add up alike
  std::vector<double> counts;                        ///< cells × kinds: of the units of each kind
  std::vector<std::vector<std::uint32_t>> tables;    ///< the figure of each cell, or `none`; finest tables first
  bool zeros_are_shown = true;                       ///< so that a cell that is hidden is known to hold a unit
  std::size_t cells() const { return kinds == 0 ? 0 : counts.size() / kinds; }
};

/// Hides further figures, the cheapest that will do, until every count of a hidden figure is changed by a move. The
/// same for any order of the cells that keeps the order of their codes.
void cover(const Stage& stage, std::span<Figure> figures);

}  // namespace casemetry::protection
