// SPDX-License-Identifier: Apache-2.0
/// \file
/// With whom a cell may exchange a label: the largest that are hidden, and the cheapest that are not.
#pragma once

#include "protection/cover.hpp"

namespace casemetry::protection {

/// The cells that differ in one axis only, line by line. Knows of each line at any time what a search looks at, however
/// long it is: cells are hidden one by one, and never shown again.
class Lines {
 public:
  /// `families`: lines only within a family of labels; nothing: over all labels. `costs`: of each cell. `width`: how
  /// many hidden cells of a line are told.
  Lines(const Stage& stage, std::size_t axis, const std::vector<std::uint32_t>* families, std::span<const double> costs,
        std::size_t width);

  /// Leaves a cell out that is never hidden.
  void close(std::uint32_t cell) { next_[place_[cell]] = place_[cell] + 1; }
  void hide(std::uint32_t cell);

  /// The largest that are hidden in the line of a cell, itself among them, largest first.
  template <typename Take>
  void each_hidden(std::uint32_t cell, const Take& take) const {
    const std::size_t start = line_[cell] * width_;
    for (std::size_t i = 0; i < width_ && hidden_[start + i] != none; ++i)
      if (!take(order_[hidden_[start + i]])) return;
  }
  /// Those that are shown and may be hidden, itself among them, cheapest first, until `take` gives false.
  template <typename Take>
  void each_shown(std::uint32_t cell, const Take& take) {
    const std::uint32_t end = starts_[line_[cell] + 1];
    for (std::uint32_t at = open_from(starts_[line_[cell]]); at < end; at = open_from(at + 1))
      if (!take(order_[at])) return;
  }

 private:
  std::uint32_t open_from(std::uint32_t place);

  std::size_t width_;
  std::vector<std::uint32_t> order_, place_;  // cells line by line, cheapest first; where each cell is
  std::vector<std::uint32_t> line_, starts_;
  std::vector<std::uint32_t> next_;    // for each place itself, or one nearer to the next that is shown
  std::vector<std::uint32_t> hidden_;  // lines × width: places, the largest first, then `none`
};

}  // namespace casemetry::protection
