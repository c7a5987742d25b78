// SPDX-License-Identifier: Apache-2.0
#include "cube/canonical.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "cube/cells.hpp"
#include "cube/hierarchy.hpp"

namespace casemetry::value {
namespace {

/// Where a label was seen: in a column that closes it out, or in one that lists it.
enum class Seen : std::uint8_t { unlisted, listed };

// Declared ones in their order, then listed and unlisted ones, each by code point: bytes of UTF-8 compare so.
void put_in_order(std::map<std::string_view, Seen> seen, DimensionLabels& dimension) {
  std::vector<std::string> labels;
  for (const std::string& label : dimension.declared) {
    const auto found = seen.find(label);
    if (found == seen.end()) continue;
    labels.push_back(label);
    seen.erase(found);
  }
  for (const auto& [label, how] : seen)
    if (how == Seen::listed) labels.emplace_back(label);
  dimension.listed = labels.size();
  for (const auto& [label, how] : seen)
    if (how == Seen::unlisted) labels.emplace_back(label);
  dimension.labels = std::move(labels);
}

void see(std::map<std::string_view, Seen>& seen, std::string_view label, Seen how) {
  Seen& known = seen.emplace(label, how).first->second;
  known = std::max(known, how);
}

// The labels of a dimension that some cell has.
DimensionLabels used(const Cube::Data& cube, std::size_t d) {
  const DimensionLabels& dimension = cube.dimensions[d];
  std::map<std::string_view, Seen> seen;
  for (const Block& block : cube.blocks) {
    if (!block.has_dimension[d]) continue;
    std::vector<bool> is_used(dimension.labels.size() + 1);
    for (std::size_t i = d; i < block.codes.size(); i += cube.dimensions.size()) is_used[block.codes[i]] = true;
    const bool is_open = !std::ranges::binary_search(dimension.closed_in, block.unit);
    for (std::size_t code = 0; code < dimension.labels.size(); ++code)
      if (is_used[code])
        see(seen, dimension.labels[code],
            is_open && is_known(dimension, dimension.labels[code]) ? Seen::listed : Seen::unlisted);
  }
  DimensionLabels kept = dimension;
  put_in_order(std::move(seen), kept);
  if (kept.hierarchy) kept.hierarchy = above(kept);
  return kept;
}

bool is_sorted(const Block& block, std::size_t dimensions) {
  const auto codes = [&](std::size_t cell) { return std::span(block.codes).subspan(cell * dimensions, dimensions); };
  for (std::size_t cell = 1; cell < block.cells(); ++cell) {
    const auto [before, here] = std::ranges::mismatch(codes(cell - 1), codes(cell));
    const bool is_after =
        before == codes(cell - 1).end() ? block.months[cell - 1] < block.months[cell] : *before < *here;
    if (!is_after) return false;
  }
  return true;
}

void sort_cells(Block& block, std::size_t dimensions) {
  if (is_sorted(block, dimensions)) return;
  const Piece whole{.block = &block, .codes = block.codes};
  block = gathered({&whole, 1}, by_place({&whole, 1}, dimensions), dimensions);
}

void drop_empty_cells(Block& block, std::size_t dimensions) {
  if (std::ranges::count(block.units, 0) == 0) return;  // where there are units, there is something
  const Piece whole{.block = &block, .codes = block.codes};
  block = gathered({&whole, 1}, occurring(block), dimensions);
}

void sort_names(Cube::Data& cube) {
  const auto formulas = [](const JointCounts& counts) { return std::tie(counts.numerator, counts.denominator); };
  std::ranges::sort(cube.blocks, {}, [](const Block& block) { return std::tie(block.unit, block.date); });
  for (Block& block : cube.blocks) {
    std::ranges::sort(block.aggregates, {}, &AggregateCounts::aggregate);
    std::ranges::sort(block.proportions, {}, formulas);
  }
}

void sort_groups(std::vector<GroupedSource>& rows) {
  std::ranges::sort(rows);
  const auto repeats = std::ranges::unique(rows);
  rows.erase(repeats.begin(), repeats.end());
}

}  // namespace

std::vector<std::uint32_t> codes_among(std::span<const std::string> from, std::span<const std::string> to) {
  std::unordered_map<std::string_view, std::uint32_t> place;
  for (const std::string& label : to) place.emplace(label, static_cast<std::uint32_t>(place.size()));
  const auto missing = static_cast<std::uint32_t>(to.size());
  std::vector<std::uint32_t> codes;
  for (const std::string& label : from) {
    const auto found = place.find(label);
    codes.push_back(found != place.end() ? found->second : missing);
  }
  codes.push_back(missing);
  return codes;
}

std::vector<std::uint32_t> recoded(const Block& block, std::span<const std::vector<std::uint32_t>> codes) {
  std::vector<std::uint32_t> result = block.codes;
  for (std::size_t d = 0; d < codes.size(); ++d)
    if (block.has_dimension[d])
      for (std::size_t i = d; i < result.size(); i += codes.size()) result[i] = codes[d][result[i]];
  return result;
}

DimensionLabels united(const DimensionLabels& left, const DimensionLabels& right) {
  std::map<std::string_view, Seen> seen;
  for (const DimensionLabels* side : {&left, &right})
    for (std::size_t code = 0; code < side->labels.size(); ++code)
      see(seen, side->labels[code], code < side->listed ? Seen::listed : Seen::unlisted);
  DimensionLabels both = left;
  both.identifies = left.identifies || right.identifies;
  if (both.hierarchy && right.hierarchy) both.hierarchy = united(*left.hierarchy, *right.hierarchy);
  put_in_order(std::move(seen), both);
  return both;
}

void canonicalise(Cube::Data& cube) {
  sort_names(cube);
  for (auto& [grouping, rows] : cube.groupings) sort_groups(rows);
  for (Block& block : cube.blocks) drop_empty_cells(block, cube.dimensions.size());
  std::vector<DimensionLabels> dimensions;
  std::vector<std::vector<std::uint32_t>> codes;
  for (std::size_t d = 0; d < cube.dimensions.size(); ++d) {
    dimensions.push_back(used(cube, d));
    codes.push_back(codes_among(cube.dimensions[d].labels, dimensions.back().labels));
  }
  for (Block& block : cube.blocks) {
    block.codes = recoded(block, codes);
    sort_cells(block, dimensions.size());
  }
  cube.dimensions = std::move(dimensions);
}

}  // namespace casemetry::value
