// SPDX-License-Identifier: Apache-2.0
#include "protection/lines.hpp"

#include <algorithm>
#include <numeric>

namespace casemetry::protection {

Lines::Lines(const Stage& stage, std::size_t axis, const std::vector<std::uint32_t>* families,
             std::span<const double> costs, std::size_t width)
    : width_(width), order_(stage.cells()), place_(stage.cells()), line_(stage.cells()), next_(stage.cells() + 1) {
  const auto code = [&](std::uint32_t cell, std::size_t other) {
    const std::uint32_t own = stage.codes[cell * stage.axes + other];
    if (other != axis) return own;
    return families != nullptr ? (*families)[own] : 0;
  };
  const auto compare = [&](std::uint32_t one, std::uint32_t other) {
    for (std::size_t a = 0; a < stage.axes; ++a)
      if (const auto order = code(one, a) <=> code(other, a); order != 0) return order;
    return std::strong_ordering::equal;
  };
  std::iota(order_.begin(), order_.end(), 0U);
  std::iota(next_.begin(), next_.end(), 0U);
  std::ranges::stable_sort(order_, [&](std::uint32_t one, std::uint32_t other) {
    const auto order = compare(one, other);
    return order != 0 ? order < 0 : costs[one] < costs[other];
  });
  for (std::uint32_t at = 0; at < order_.size(); ++at) {
    if (at == 0 || compare(order_[at - 1], order_[at]) != 0) starts_.push_back(at);
    place_[order_[at]] = at;
    line_[order_[at]] = static_cast<std::uint32_t>(starts_.size() - 1);
  }
  hidden_.assign(starts_.size() * width_, none);
  starts_.push_back(static_cast<std::uint32_t>(order_.size()));
}

void Lines::hide(std::uint32_t cell) {
  close(cell);
  const auto line = std::span(hidden_).subspan(line_[cell] * width_, width_);
  const auto is_before = [](std::uint32_t one, std::uint32_t other) { return other == none || one > other; };
  const auto at = std::ranges::find_if(line, [&](std::uint32_t known) { return is_before(place_[cell], known); });
  if (at == line.end()) return;
  std::shift_right(at, line.end(), 1);
  *at = place_[cell];
}

// Halves the way as it goes, so that no cell is passed over often.
std::uint32_t Lines::open_from(std::uint32_t place) {
  while (next_[place] != place) {
    next_[place] = next_[next_[place]];
    place = next_[place];
  }
  return place;
}

}  // namespace casemetry::protection
