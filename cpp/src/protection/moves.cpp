// SPDX-License-Identifier: Apache-2.0
#include "protection/moves.hpp"

#include <algorithm>

namespace casemetry::protection {
namespace {

/// For each differing axis, the part it belongs to.
using Parts = std::vector<std::size_t>;

void add_partitions(Parts& parts, std::size_t next, std::size_t used, std::vector<Parts>& all) {
  if (next == parts.size()) {
    all.push_back(parts);
    return;
  }
  for (std::size_t part = 0; part <= used; ++part) {
    parts[next] = part;
    add_partitions(parts, next + 1, std::max(used, part + 1), all);
  }
}

std::vector<Parts> partitions_of(std::size_t axes) {
  std::vector<Parts> all;
  Parts parts(axes);
  if (axes <= 3) {
    add_partitions(parts, 0, 0, all);
    return all;
  }
  all.push_back(parts);
  for (std::size_t i = 0; i < axes; ++i) parts[i] = i;
  all.push_back(parts);
  return all;
}

const std::vector<Parts>& partitions(std::size_t axes) {
  static const std::array<std::vector<Parts>, 4> small{partitions_of(0), partitions_of(1), partitions_of(2),
                                                       partitions_of(3)};
  thread_local std::vector<std::vector<Parts>> large;
  if (axes < small.size()) return small[axes];
  while (large.size() + small.size() <= axes) large.push_back(partitions_of(large.size() + small.size()));
  return large[axes - small.size()];
}

std::size_t parts_in(const Parts& parts) {
  return parts.empty() ? 0 : *std::ranges::max_element(parts) + 1;
}

// The corners of a box: for each set of parts the labels of these from the other end. The sign alternates.
std::optional<Move> box(const CellIndex& index, std::uint32_t from, std::uint32_t to,
                        std::span<const std::size_t> differing, const Parts& parts) {
  const std::size_t corners = std::size_t{1} << parts_in(parts);
  const auto start = index.codes(from), end = index.codes(to);
  std::vector<std::uint32_t> codes(start.size());
  Move move;
  for (std::size_t corner = 0; corner < corners; ++corner) {
    std::ranges::copy(start, codes.begin());
    for (std::size_t i = 0; i < differing.size(); ++i)
      if ((corner >> parts[i]) & 1U) codes[differing[i]] = end[differing[i]];
    const std::uint32_t cell = index.find(codes);
    if (cell == none) return std::nullopt;
    move.push_back({cell, __builtin_popcountll(corner) % 2 == 0});
  }
  return move;
}

/// The figures of one table that a move changes: at most as many as it has cells.
class Changed {
 public:
  void add(std::uint32_t figure, bool gains) {
    for (auto& [known, net] : nets_)
      if (known == figure) {
        net += gains ? 1 : -1;
        return;
      }
    nets_.emplace_back(figure, gains ? 1 : -1);
  }
  template <typename Take>
  void each(const Take& take) const {
    for (const auto& [figure, net] : nets_)
      if (net != 0) take(figure);
  }
  void clear() { nets_.clear(); }

 private:
  std::vector<std::pair<std::uint32_t, int>> nets_;
};

template <typename Take>
void each_changed(const Stage& stage, const Move& move, const Take& take) {
  thread_local Changed changed;
  for (const auto& table : stage.tables) {
    changed.clear();
    for (const auto& [cell, gains] : move)
      if (table[cell] != none) changed.add(table[cell], gains);
    changed.each(take);
  }
}

bool can_lose(const Stage& stage, std::uint32_t cell, std::size_t kind) {
  const auto counts = std::span(stage.counts).subspan(cell * stage.kinds, stage.kinds);
  if (counts[kind] < 1) return false;
  if (!stage.zeros_are_shown || counts[kind] >= 2) return true;
  double units = 0;
  for (std::size_t k = 0; k < stage.kinds && units < 2; ++k) units += counts[k];
  return units >= 2;
}

}  // namespace

CellIndex::CellIndex(const Stage& stage) : stage_(stage), sizes_(stage.axes, 1) {
  for (std::size_t i = 0; i < stage.codes.size(); ++i)
    sizes_[i % stage.axes] = std::max(sizes_[i % stage.axes], std::uint64_t{stage.codes[i]} + 1);
  cells_.reserve(stage.cells());
  for (std::uint32_t cell = 0; cell < stage.cells(); ++cell) cells_.emplace(key(codes(cell)), cell);
}

std::span<const std::uint32_t> CellIndex::codes(std::uint32_t cell) const {
  return std::span(stage_.codes).subspan(cell * stage_.axes, stage_.axes);
}

std::uint64_t CellIndex::key(std::span<const std::uint32_t> codes) const {
  std::uint64_t key = 0;
  for (std::size_t axis = 0; axis < codes.size(); ++axis) key = key * sizes_[axis] + codes[axis];
  return key;
}

std::uint32_t CellIndex::find(std::span<const std::uint32_t> codes) const {
  const auto [first, last] = cells_.equal_range(key(codes));
  const auto found = std::find_if(
      first, last, [&](const auto& known) { return std::ranges::equal(this->codes(known.second), codes); });
  return found == last ? none : found->second;
}

std::vector<Move> moves_between(const CellIndex& index, std::uint32_t from, std::uint32_t to) {
  const auto start = index.codes(from), end = index.codes(to);
  std::vector<std::size_t> differing;
  for (std::size_t axis = 0; axis < start.size(); ++axis)
    if (start[axis] != end[axis]) differing.push_back(axis);
  std::vector<Move> moves;
  for (const Parts& parts : partitions(differing.size()))
    if (auto move = box(index, from, to, differing, parts)) moves.push_back(std::move(*move));
  return moves;
}

std::vector<std::uint32_t> changed_by(const Stage& stage, const Move& move) {
  std::vector<std::uint32_t> changed;
  each_changed(stage, move, [&](std::uint32_t figure) { changed.push_back(figure); });
  return changed;
}

std::optional<double> cost_of(const Stage& stage, std::span<const Figure> figures, const Move& move, double limit) {
  double cost = 0;
  bool is_possible = true;
  each_changed(stage, move, [&](std::uint32_t f) {
    if (figures[f].is_zero) is_possible = false;
    if (!figures[f].hidden) cost += figures[f].cost;
  });
  return is_possible && cost < limit ? std::optional(cost) : std::nullopt;
}

bool can_move(const Stage& stage, const Move& move, std::size_t kind) {
  const auto all_can_lose = [&](bool gains) {
    return std::ranges::all_of(
        move, [&](const Step& step) { return step.gains == gains || can_lose(stage, step.cell, kind); });
  };
  return all_can_lose(true) || all_can_lose(false);
}

}  // namespace casemetry::protection
