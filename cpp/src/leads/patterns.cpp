// SPDX-License-Identifier: Apache-2.0
#include "leads/patterns.hpp"

#include <algorithm>

namespace casemetry::lead {
namespace {

// A count with the block that holds it.
struct Place {
  const Block* block = nullptr;
  const AggregateCounts* counts = nullptr;
};

Place place_of(const Cube& cube, const std::string& aggregate) {
  for (const Block& block : cube.blocks()) {
    const auto counts = std::ranges::find(block.aggregates, aggregate, &AggregateCounts::aggregate);
    if (counts != block.aggregates.end()) return {&block, &*counts};
  }
  return {};
}

std::string aggregate_of(const Counted& counted, const std::string& role) {
  return pattern_count(counted.lead, counted.stage, role, counted.grouping);
}

std::int64_t at(const std::vector<std::int64_t>& counts, std::size_t cell) {
  return counts.empty() ? 0 : counts[cell];
}

bool holds(const std::optional<Period>& period, std::int32_t month) {
  return !period || (period->first <= month && month <= period->last);
}

}  // namespace

bool counts_patterns(const Cube& cube, const Counted& counted, const std::string& role) {
  return place_of(cube, aggregate_of(counted, role)).block != nullptr;
}

void check_counted(const Cube& cube, const Counted& counted, const std::string& role) {
  if (counts_patterns(cube, counted, role)) return;
  const std::string what = "leads of '" + counted.lead + "' are not counted by '" + counted.grouping + "' here: ";
  const auto why = cube.not_available().find("lead." + counted.lead);
  if (why != cube.not_available().end()) throw QueryError(what + why->second);
  const bool is_identity = counted.grouping == identity_grouping;
  throw QueryError(what + (is_identity ? "build the cube without naming `indicators`"
                                       : "build the cube with `groupings` = [\"" + counted.grouping + "\"]"));
}

PatternCounts patterns_in(const Cube& cube, const Counted& counted, const std::string& role,
                          const std::optional<Period>& period) {
  const auto [block, counts] = place_of(cube, aggregate_of(counted, role));
  const auto dimensions = cube.dimensions();
  const auto dimension = std::ranges::find(dimensions, pattern_dimension(counted.grouping), &DimensionLabels::id);
  const auto position = static_cast<std::size_t>(dimension - dimensions.begin());
  std::vector<Pattern> patterns;
  for (const std::string& label : dimension->labels) patterns.push_back(Pattern::parse(label));
  PatternCounts result;
  for (std::size_t cell = 0; cell < block->cells(); ++cell) {
    if (!holds(period, block->months[cell])) continue;
    const std::size_t code = block->codes[cell * dimensions.size() + position];
    const std::int64_t leads = at(counts->yes, cell);
    result.unknown += at(counts->unknown, cell);
    if (code >= patterns.size())
      result.unknown += leads;
    else if (leads > 0)
      result.leads[patterns[code]] += leads;
  }
  return result;
}

}  // namespace casemetry::lead
