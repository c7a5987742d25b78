// SPDX-License-Identifier: Apache-2.0
#include "query/answer.hpp"

#include <algorithm>

#include "query/levels.hpp"

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
    const auto variables = variables_of(cube_.catalogue(), *answer_.indicator);
    if (answer_.indicator->kind == Indicator::Kind::proportion) {
      find_outcomes(variables.front().aggregate);
    } else {
      for (const Variable& variable : variables) find_variable(variable);
    }
    if (!answer_.not_available.empty()) return refused(answer_.not_available);
    if (has_fraction()) add_fraction();
    return std::move(answer_);
  }

 private:
  Answer refused(const std::string& reason) const { return {.indicator = answer_.indicator, .not_available = reason}; }

  bool has_fraction() const {
    return is_amount(*answer_.indicator) || answer_.indicator->kind == Indicator::Kind::ratio;
  }

  // The block that holds an aggregate placed by a date, if it can answer the question.
  std::optional<std::size_t> find_block(const Aggregate& aggregate, const std::string& date) {
    if (is_dated_ && date.empty())
      return lacking("aggregate '" + aggregate.id +
                     "' has no date and answers questions about the whole data only; ask without period and every");
    const Block* block = cube_.block(aggregate.unit, date);
    if (block == nullptr) return lacking_counts("aggregate '" + aggregate.id + "'");
    for (const std::size_t dimension : dimensions_)
      if (!block->has_dimension[dimension_at(cube_, dimension)])
        return lacking("'" + aggregate.unit + "' has no dimension '" + labels_at(cube_, dimension).id +
                       "'; ask without it, or declare which column of '" + aggregate.unit + "' it is");
    return static_cast<std::size_t>(block - cube_.blocks().data());
  }

  void find_outcomes(const std::string& id) {
    const Aggregate& aggregate = cube_.catalogue().aggregate(id);
    const auto block = find_block(aggregate, aggregate.date.value_or(""));
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

  void find_variable(const Variable& variable) {
    const Aggregate& aggregate = cube_.catalogue().aggregate(variable.aggregate);
    if (aggregate.kind == Aggregate::Kind::pending) return find_stock(aggregate, variable.opening);
    if (const auto place = find_place(aggregate, aggregate.date.value_or("")))
      answer_.variables.push_back({*place, aggregate.kind, range_of(aggregate)});
  }

  std::optional<Place> find_place(const Aggregate& aggregate, const std::string& date) {
    const auto block = find_block(aggregate, date);
    if (!block) return std::nullopt;
    const auto& aggregates = cube_.blocks()[*block].aggregates;
    const auto counts = std::ranges::find(aggregates, aggregate.id, &AggregateCounts::aggregate);
    if (counts == aggregates.end()) {
      lacking_counts("aggregate '" + aggregate.id + "'");
      return std::nullopt;
    }
    return Place{*block, static_cast<std::size_t>(counts - aggregates.begin())};
  }

  void find_stock(const Aggregate& aggregate, bool at_opening) {
    const bool has_ages = !has_fraction();
    if (has_ages && !is_dated_ && !cube_.as_of()) {
      lacking("the ages of '" + aggregate.id +
              "' are counted to a day that is not said; give a period, or build the cube with as_of");
      return;
    }
    const auto opened = find_place(aggregate, aggregate.opened);
    const auto closed = find_place(aggregate, aggregate.closed);
    if (!opened || !closed) return;
    answer_.variables.push_back({{cube_.blocks().size(), answer_.stocks.size()}, aggregate.kind, std::nullopt});
    answer_.stocks.push_back({*opened, *closed, at_opening, has_ages});
  }

  std::optional<ValueRange> range_of(const Aggregate& aggregate) const {
    if (aggregate.kind != Aggregate::Kind::sum) return std::nullopt;
    const ColumnDefinition* column = cube_.catalogue().column(aggregate.unit, aggregate.column);
    return column != nullptr ? column->range : std::nullopt;
  }

  void add_fraction() {
    const auto scale_of = [&](const Needed& needed) {
      const bool is_stock = needed.kind == Aggregate::Kind::pending;
      return is_stock ? 0 : cube_.blocks()[needed.place.block].aggregates[needed.place.column].scale;
    };
    std::vector<int> scales;
    for (const Needed& needed : answer_.variables) scales.push_back(scale_of(needed));
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

std::vector<Stock> gathered_stocks(std::span<Answer> answers) {
  std::vector<Stock> stocks;
  for (Answer& answer : answers) {
    for (Needed& needed : answer.variables)
      if (needed.kind == Aggregate::Kind::pending) needed.place.column += stocks.size();
    stocks.insert(stocks.end(), answer.stocks.begin(), answer.stocks.end());
  }
  return stocks;
}

std::vector<Wanted> wanted_of(const Cube& cube, std::span<const Answer> answers) {
  std::vector<Wanted> wanted;
  for (const Block& block : cube.blocks())
    wanted.push_back({std::vector<bool>(block.aggregates.size()), std::vector<bool>(block.proportions.size())});
  for (const Answer& answer : answers) {
    if (!answer.not_available.empty()) continue;
    for (const auto& [place, kind, range] : answer.variables)
      if (kind != Aggregate::Kind::pending) wanted[place.block].aggregates[place.column] = true;
    if (answer.outcomes) wanted[answer.outcomes->block].proportions[answer.outcomes->column] = true;
  }
  return wanted;
}

Asked asked_of(const Cube& cube, std::span<const Answer> answers) {
  Asked asked{std::vector<bool>(cube.blocks().size()), std::vector<bool>(cube.blocks().size())};
  const auto ask = [&](const Place& place) { asked.blocks[place.block] = asked.undated[place.block] = true; };
  for (const Answer& answer : answers) {
    if (!answer.not_available.empty()) continue;
    if (answer.outcomes) ask(*answer.outcomes);
    for (const Needed& needed : answer.variables)
      if (needed.kind != Aggregate::Kind::pending) ask(needed.place);
    for (const Stock& stock : answer.stocks) {
      ask(stock.opened);
      asked.blocks[stock.closed.block] = true;
    }
  }
  return asked;
}

}  // namespace casemetry::question
