// SPDX-License-Identifier: Apache-2.0
#include "cube/keep.hpp"

#include <algorithm>
#include <utility>

#include "cube/canonical.hpp"
#include "cube/cells.hpp"
#include "cube/names.hpp"
#include "cube/odd_leads.hpp"

namespace casemetry::value {
namespace {

using NameSet = std::set<std::string>;

NameSet aggregates_of(const Cube::Data& cube) {
  NameSet names;
  for (const Block& block : cube.blocks)
    for (const AggregateCounts& counts : block.aggregates) names.insert(counts.aggregate);
  return names;
}

// These aggregates, and the indicators that rest on no others.
Catalogue over(const Catalogue& whole, const NameSet& aggregates) {
  Definitions part = whole.definitions();
  std::erase_if(part.aggregates, [&](const Aggregate& aggregate) { return !aggregates.contains(aggregate.id); });
  std::erase_if(part.indicators, [&](const Indicator& indicator) {
    return !std::ranges::all_of(whole.needs(indicator), [&](const auto& id) { return aggregates.contains(id); });
  });
  NameSet indicators;
  for (const Indicator& indicator : part.indicators) indicators.insert(indicator.id);
  for (Indicator& indicator : part.indicators)
    std::erase_if(indicator.paired_with, [&](const std::string& other) { return !indicators.contains(other); });
  const auto stays = [&](const Formula& formula) {
    return std::ranges::all_of(formula.terms, [&](const auto& term) {
      return aggregates.contains(term.name) || indicators.contains(term.name);
    });
  };
  std::erase_if(part.identities,
                [&](const Identity& identity) { return !stays(identity.left) || !stays(identity.right); });
  return Catalogue(std::move(part));
}

// Without the dimensions of patterns whose counts are gone.
Cube::Data without_idle_patterns(Cube::Data cube) {
  std::vector<std::string> by;
  for (std::size_t d = 0; d < cube.dimensions.size(); ++d) {
    const bool is_pattern = cube.dimensions[d].id.starts_with(pattern_dimension(""));
    const auto has = [&](const Block& block) { return block.has_dimension[d]; };
    if (!is_pattern || std::ranges::any_of(cube.blocks, has)) by.push_back(cube.dimensions[d].id);
  }
  return by.size() < cube.dimensions.size() ? rolled_up(cube, by) : cube;
}

bool rests_on(const std::string& formula, const NameSet& aggregates) {
  return std::ranges::all_of(Formula::parse(formula).terms,
                             [&](const Formula::Term& term) { return aggregates.contains(term.name); });
}

std::size_t position(const Cube::Data& cube, const std::string& dimension) {
  const auto found = std::ranges::find(cube.dimensions, dimension, &DimensionLabels::id);
  return static_cast<std::size_t>(found - cube.dimensions.begin());
}

// The block by other dimensions: position of each among its own.
Block by_dimensions(const Block& block, std::span<const std::size_t> positions) {
  const std::size_t width = block.has_dimension.size();
  Piece piece{.block = &block};
  for (std::size_t cell = 0; cell < block.cells(); ++cell)
    for (const std::size_t d : positions) piece.codes.push_back(block.codes[cell * width + d]);
  Block rolled = gathered({&piece, 1}, by_place({&piece, 1}, positions.size()), positions.size());
  rolled.has_dimension.clear();
  for (const std::size_t d : positions) rolled.has_dimension.push_back(block.has_dimension[d]);
  return rolled;
}

}  // namespace

Cube::Data kept(const Cube::Data& cube, std::span<const std::string> aggregates) {
  const NameSet known = aggregates_of(cube);
  must_be_known(aggregates, known, "the cube has no aggregate");
  NameSet staying(aggregates.begin(), aggregates.end());
  for (const std::string& id : odd_counts(cube.catalogue, staying))
    if (known.contains(id)) staying.insert(id);
  Cube::Data part = cube;
  part.catalogue = over(cube.catalogue, staying);
  for (Block& block : part.blocks) {
    std::erase_if(block.aggregates, [&](const auto& counts) { return !staying.contains(counts.aggregate); });
    std::erase_if(block.proportions, [&](const auto& counts) {
      return !rests_on(counts.numerator, staying) || !rests_on(counts.denominator, staying);
    });
  }
  std::erase_if(part.blocks, [](const Block& block) { return block.aggregates.empty(); });
  const auto has = [&](const std::string& indicator) {
    const auto& indicators = part.catalogue.definitions().indicators;
    return std::ranges::find(indicators, indicator, &Indicator::id) != indicators.end();
  };
  std::erase_if(part.indicators, [&](const std::string& indicator) { return !has(indicator); });
  std::erase_if(part.not_available,
                [&](const auto& reason) { return !has(reason.first) && !reason.first.starts_with("lead."); });
  canonicalise(part);
  return without_idle_patterns(std::move(part));
}

Cube::Data rolled_up(const Cube::Data& cube, std::span<const std::string> by) {
  NameSet known;
  for (const DimensionLabels& dimension : cube.dimensions) known.insert(dimension.id);
  must_be_known(by, known, "the cube has no dimension");
  std::vector<std::size_t> positions;
  for (const std::string& name : by) positions.push_back(position(cube, name));
  Cube::Data part = cube;
  part.dimensions.clear();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (std::ranges::count(by.first(i), by[i]) > 0) throw QueryError("dimension '" + by[i] + "' is named twice");
    part.dimensions.push_back(cube.dimensions[positions[i]]);
  }
  for (Block& block : part.blocks) block = by_dimensions(block, positions);
  canonicalise(part);
  return part;
}

}  // namespace casemetry::value
