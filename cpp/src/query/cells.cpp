// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/counts.hpp"
#include "query/levels.hpp"

namespace casemetry::question {
namespace {

using Keys = std::vector<std::uint64_t>;

// The distinct keys, ascending.
Keys distinct(const Keys& keys, std::uint64_t radix) {
  Keys occurring;
  if (radix > std::max<std::uint64_t>(std::uint64_t{1} << 16, 4 * keys.size())) {
    occurring = keys;
    std::ranges::sort(occurring);
    const auto repeats = std::ranges::unique(occurring);
    occurring.erase(repeats.begin(), repeats.end());
    return occurring;
  }
  std::vector<bool> occurs(radix);
  for (const std::uint64_t key : keys) occurs[key] = true;
  for (std::uint64_t key = 0; key < radix; ++key)
    if (occurs[key]) occurring.push_back(key);
  return occurring;
}

// Replaces each key, less than radix, by its rank among the distinct ones.
void rank(Keys& keys, const Keys& occurring, std::uint64_t radix) {
  if (occurring.size() == radix) return;  // each is its own
  for (std::uint64_t& key : keys)
    key = static_cast<std::uint64_t>(std::ranges::lower_bound(occurring, key) - occurring.begin());
}

/// Puts cells into label order, one dimension after another: the rank so far and the next code make a key that fits in
/// 64 bits, however many dimensions there are.
class Ranking {
 public:
  Ranking(const Cube& cube, const std::vector<bool>& asked, const Choice& choice)
      : cube_(cube), asked_(asked), choice_(choice) {
    std::size_t taken = 0;
    for_each_cell([&](std::size_t, std::size_t) { ++taken; });
    keys_.resize(taken);
  }

  void by(std::size_t dimension, Cells& cells) {
    const std::uint64_t labels = labels_at(cube_, dimension).labels.size() + 1;  // and missing
    append_codes(dimension, labels);
    const std::uint64_t radix = cells.size * labels;
    const Keys occurring = distinct(keys_, radix);
    rank(keys_, occurring, radix);
    extend(cells, occurring, labels);
  }

  Placement by_block() const {
    Placement ranks(asked_.size());
    for (std::size_t b = 0; b < asked_.size(); ++b)
      if (asked_[b]) ranks[b].resize(cube_.blocks()[b].cells(), nowhere);
    auto key = keys_.begin();
    for_each_cell([&](std::size_t b, std::size_t i) { ranks[b][i] = static_cast<std::uint32_t>(*key++); });
    return ranks;
  }

 private:
  // The cells that are taken, block after block.
  void for_each_cell(const auto& visit) const {
    for (std::size_t b = 0; b < asked_.size(); ++b) {
      if (!asked_[b]) continue;
      for (std::size_t i = 0; i < cube_.blocks()[b].cells(); ++i)
        if (choice_.takes(b, i)) visit(b, i);
    }
  }

  void append_codes(std::size_t dimension, std::uint64_t labels) {
    const std::size_t width = cube_.dimensions().size();
    const std::size_t of_cube = dimension_at(cube_, dimension);
    const auto codes = codes_at(cube_, dimension);
    auto key = keys_.begin();
    for_each_cell([&](std::size_t b, std::size_t i) {
      const std::uint32_t code = cube_.blocks()[b].codes[i * width + of_cube];
      *key = *key * labels + (codes.empty() ? code : codes[code]);
      ++key;
    });
  }

  static void extend(Cells& cells, const Keys& occurring, std::uint64_t labels) {
    const std::size_t width = cells.size == 0 ? 0 : cells.codes.size() / cells.size;
    std::vector<std::uint32_t> codes;
    codes.reserve(occurring.size() * (width + 1));
    for (const std::uint64_t key : occurring) {
      const auto before = cells.codes.begin() + static_cast<std::ptrdiff_t>(key / labels * width);
      codes.insert(codes.end(), before, before + static_cast<std::ptrdiff_t>(width));
      codes.push_back(static_cast<std::uint32_t>(key % labels));
    }
    cells.codes = std::move(codes);
    cells.size = occurring.size();
  }

  const Cube& cube_;
  const std::vector<bool>& asked_;
  const Choice& choice_;
  Keys keys_;  // of the cells that are taken, one after another
};

}  // namespace

Cells cells_of(const Cube& cube, std::span<const std::size_t> dimensions, const std::vector<bool>& asked,
               const Choice& choice) {
  Cells cells;
  Ranking ranking(cube, asked, choice);
  for (const std::size_t dimension : dimensions) ranking.by(dimension, cells);
  cells.of_block = ranking.by_block();
  return cells;
}

Placement placed(const Placement& cells, std::span<const std::uint32_t> to) {
  Placement placement(cells.size());
  for (std::size_t b = 0; b < cells.size(); ++b) {
    placement[b].resize(cells[b].size());
    std::ranges::transform(cells[b], placement[b].begin(),
                           [&](std::uint32_t cell) { return cell == nowhere ? nowhere : to[cell]; });
  }
  return placement;
}

}  // namespace casemetry::question
