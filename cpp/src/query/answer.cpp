// SPDX-License-Identifier: Apache-2.0
#include "query/answer.hpp"

#include <algorithm>

namespace casemetry::question {
namespace {

/// Looks an indicator up in a cube. What is missing is told as the reason why there is no answer.
class Search {
 public:
  Search(const Cube& cube, const Indicator& indicator, std::span<const std::size_t> dimensions, bool is_dated)
      : cube_(cube), dimensions_(dimensions), is_dated_(is_dated) {
    answer_.indicator = &indicator;
  }

  Answer found() && {
    const auto known = cube_.not_available().find(answer_.indicator->id);
    if (known != cube_.not_available().end()) return refused(known->second);
    const auto needs = cube_.catalogue().needs(*answer_.indicator);
    if (answer_.indicator->kind == Indicator::Kind::proportion) {
      find_outcomes(needs.front());
    } else {
      for (const std::string& id : needs) find_aggregate(id);
    }
    if (answer_.not_available.empty() && has_fraction()) add_fraction();
    return std::move(answer_);
  }

 private:
  Answer refused(const std::string& reason) {
    answer_.not_available = reason;
    return std::move(answer_);
  }

  bool has_fraction() const {
    const Indicator::Kind kind = answer_.indicator->kind;
    return kind == Indicator::Kind::count || kind == Indicator::Kind::sum || kind == Indicator::Kind::ratio;
  }

  // The block that holds an aggregate, if it can answer the question.
  std::optional<std::size_t> find_block(const Aggregate& aggregate) {
    if (is_dated_ && !aggregate.date)
      return lacking("aggregate '" + aggregate.id +
                     "' has no date and answers questions about the whole data only; ask without period and every");
    const Block* block = cube_.block(aggregate.unit, aggregate.date.value_or(""));
    if (block == nullptr) return lacking_counts("aggregate '" + aggregate.id + "'");
    for (const std::size_t dimension : dimensions_)
      if (!block->has_dimension[dimension])
        return lacking("'" + aggregate.unit + "' has no dimension '" + cube_.dimensions()[dimension].id +
                       "'; ask without it, or declare which column of '" + aggregate.unit + "' it is");
    return static_cast<std::size_t>(block - cube_.blocks().data());
  }

  void find_outcomes(const std::string& aggregate) {
    const auto block = find_block(cube_.catalogue().aggregate(aggregate));
    if (!block) return;
    const std::string over = cube_.catalogue().over_aggregates(answer_.indicator->numerator).text();
    const std::string under = cube_.catalogue().over_aggregates(answer_.indicator->denominator).text();
    const auto& proportions = cube_.blocks()[*block].proportions;
    const auto joint = std::ranges::find_if(
        proportions, [&](const JointCounts& j) { return j.numerator == over && j.denominator == under; });
    if (joint == proportions.end()) {
      lacking_counts("joint counts of '" + over + "' and '" + under + "'");
    } else {
      answer_.outcomes = Place{*block, static_cast<std::size_t>(joint - proportions.begin())};
    }
  }

  void find_aggregate(const std::string& id) {
    const Aggregate& aggregate = cube_.catalogue().aggregate(id);
    const auto block = find_block(aggregate);
    if (!block) return;
    const auto& aggregates = cube_.blocks()[*block].aggregates;
    const auto counts = std::ranges::find(aggregates, id, &AggregateCounts::aggregate);
    if (counts == aggregates.end()) {
      lacking_counts("aggregate '" + id + "'");
    } else {
      const Place place{*block, static_cast<std::size_t>(counts - aggregates.begin())};
      answer_.aggregates.push_back({place, aggregate.kind, range_of(aggregate)});
    }
  }

  std::optional<ValueRange> range_of(const Aggregate& aggregate) const {
    const TableDefinition* table = cube_.catalogue().table(aggregate.unit);
    if (table == nullptr || aggregate.kind != Aggregate::Kind::sum) return std::nullopt;
    const auto column = std::ranges::find(table->columns, aggregate.column, &ColumnDefinition::name);
    return column == table->columns.end() ? std::nullopt : column->range;
  }

  void add_fraction() {
    std::vector<int> scales;
    for (const Needed& needed : answer_.aggregates)
      scales.push_back(cube_.blocks()[needed.place.block].aggregates[needed.place.column].scale);
    answer_.fraction = fraction_of(cube_.catalogue(), *answer_.indicator, scales);
  }

  std::nullopt_t lacking(const std::string& reason) {
    if (answer_.not_available.empty()) answer_.not_available = reason;
    return std::nullopt;
  }

  std::nullopt_t lacking_counts(const std::string& what) {
    return lacking("the cube does not hold " + what + "; build it with indicator '" + answer_.indicator->id + "'");
  }

  const Cube& cube_;
  std::span<const std::size_t> dimensions_;
  bool is_dated_;
  Answer answer_;
};

}  // namespace

Answer answer_of(const Cube& cube, const Indicator& indicator, std::span<const std::size_t> dimensions, bool is_dated) {
  return Search(cube, indicator, dimensions, is_dated).found();
}

std::vector<Wanted> wanted_of(const Cube& cube, std::span<const Answer> answers) {
  std::vector<Wanted> wanted;
  for (const Block& block : cube.blocks())
    wanted.push_back({std::vector<bool>(block.aggregates.size()), std::vector<bool>(block.proportions.size())});
  for (const Answer& answer : answers) {
    if (!answer.not_available.empty()) continue;
    for (const auto& [place, kind, range] : answer.aggregates) wanted[place.block].aggregates[place.column] = true;
    if (answer.outcomes) wanted[answer.outcomes->block].proportions[answer.outcomes->column] = true;
  }
  return wanted;
}

}  // namespace casemetry::question
