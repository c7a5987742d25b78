// SPDX-License-Identifier: Apache-2.0
#include "leads/patterns.hpp"

#include <algorithm>
#include <utility>

#include "int128.hpp"

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

// An empty vector stands for zeros.
template <typename Number>
Number at(const std::vector<Number>& numbers, std::size_t cell) {
  return numbers.empty() ? Number{} : numbers[cell];
}

Wide sum(const Wide& left, const Wide& right) {
  return as_wide(as_int128(left) + as_int128(right));
}

void add(Worth& to, const Worth& worth) {
  to.leads += worth.leads;
  to.sum = sum(to.sum, worth.sum);
  to.sum_of_squares = sum(to.sum_of_squares, worth.sum_of_squares);
}

/// Reads the counts of one set column.
class Reading {
 public:
  Reading(const Cube& cube, const Counted& counted, const std::string& role)
      : counts_(place_of(cube, aggregate_of(counted, role))),
        values_(place_of(cube, pattern_value(counted.lead, counted.stage, role, counted.grouping)).counts),
        width_(cube.dimensions().size()) {
    const auto dimensions = cube.dimensions();
    const auto own = std::ranges::find(dimensions, pattern_dimension(counted.grouping), &DimensionLabels::id);
    dimension_ = static_cast<std::size_t>(own - dimensions.begin());
    for (const std::string& label : own->labels) patterns_.push_back(Pattern::parse(label));
  }

  PatternCounts within(const std::optional<Period>& period) const {
    PatternCounts result;
    if (values_ != nullptr) result.values.emplace();
    for (std::size_t cell = 0; cell < counts_.block->cells(); ++cell) {
      const std::int32_t month = counts_.block->months[cell];
      if (!period || (period->first <= month && month <= period->last)) add_cell(result, cell);
    }
    return result;
  }

 private:
  void add_cell(PatternCounts& result, std::size_t cell) const {
    const std::size_t code = counts_.block->codes[cell * width_ + dimension_];
    const std::int64_t leads = at(counts_.counts->yes, cell);
    const std::int64_t undecided = at(counts_.counts->unknown, cell);
    if (code == patterns_.size()) {
      result.unknown += leads + undecided;
      if (values_ != nullptr) add(result.values->unknown, worth_of(cell));
      return;
    }
    if (leads > 0) result.leads[patterns_[code]] += leads;
    if (undecided > 0) result.undecided[patterns_[code]] += undecided;
    if (values_ != nullptr && leads > 0) add(result.values->leads[patterns_[code]], worth_of(cell));
  }

  Worth worth_of(std::size_t cell) const {
    return {at(values_->n, cell), at(values_->sum, cell), at(values_->sum_of_squares, cell)};
  }

  Place counts_;
  const AggregateCounts* values_;
  std::size_t width_;
  std::size_t dimension_ = 0;
  std::vector<Pattern> patterns_;  // by code
};

}  // namespace

bool counts_patterns(const Cube& cube, const Counted& counted, const std::string& role) {
  const auto dimensions = cube.dimensions();
  return place_of(cube, aggregate_of(counted, role)).block != nullptr &&
         std::ranges::find(dimensions, pattern_dimension(counted.grouping), &DimensionLabels::id) != dimensions.end();
}

void check_counted(const Cube& cube, const Counted& counted, const std::string& role) {
  if (counts_patterns(cube, counted, role)) return;
  const std::string what = "leads of '" + counted.lead + "' are not counted by '" + counted.grouping + "' here: ";
  const auto why = cube.not_available().find("lead." + counted.lead);
  if (why != cube.not_available().end()) throw QueryError(what + why->second);
  const bool is_identity = counted.grouping == identity_grouping;
  throw QueryError(what + (is_identity ? "build the cube without naming `indicators`"
                                       : "build the cube with this grouping declared, and named in `groupings`"));
}

PatternCounts patterns_in(const Cube& cube, const Counted& counted, const std::string& role,
                          const std::optional<Period>& period) {
  return Reading(cube, counted, role).within(period);
}

PatternCounts joined(const PatternCounts& counts, const JoinedGroups& groups) {
  const auto coarser = [&](const Pattern& pattern) {
    Pattern result;
    for (const auto& [group, members] : pattern.members) {
      const auto known = groups.find(group);
      if (known == groups.end())
        throw DataError("the cube counts leads of group '" + group + "', which is in no group");
      result.members[known->second] += members;
    }
    return result;
  };
  PatternCounts result{.leads = {}, .unknown = counts.unknown};
  for (const auto& [pattern, leads] : counts.leads) result.leads[coarser(pattern)] += leads;
  for (const auto& [pattern, leads] : counts.undecided) result.undecided[coarser(pattern)] += leads;
  if (!counts.values) return result;
  result.values.emplace().unknown = counts.values->unknown;
  for (const auto& [pattern, worth] : counts.values->leads) add(result.values->leads[coarser(pattern)], worth);
  return result;
}

}  // namespace casemetry::lead
