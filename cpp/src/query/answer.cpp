// SPDX-License-Identifier: Apache-2.0
#include "query/answer.hpp"

#include <algorithm>

#include "query/levels.hpp"

namespace casemetry::question {
namespace {

// What to do where a cube does not count by these groups.
std::string declare_and_build(const std::string& grouping) {
  if (grouping == identity_grouping) return "build it without naming `indicators`";
  return "declare them in the catalogue, [grouping." + grouping +
         "], if it does not, and build the cube with groupings=[\"" + grouping + "\"]";
}

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
    find();
    if (!answer_.not_available.empty()) return refused(answer_.not_available);
    if (has_fraction()) add_fraction();
    return std::move(answer_);
  }

 private:
  void find() {
    if (answer_.indicator->kind == Indicator::Kind::contribution) return find_credit();
    const auto variables = variables_of(cube_.catalogue(), *answer_.indicator);
    if (answer_.indicator->kind == Indicator::Kind::proportion) return find_outcomes(variables.front().aggregate);
    for (const Variable& variable : variables) find_variable(variable);
  }

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

  void find_credit() {
    const Indicator& indicator = *answer_.indicator;
    const Basis basis = cube_.catalogue().basis(indicator);
    if (basis.grouping.empty()) return lacking_patterns(basis);
    Credit credit{.rule = rule_named(indicator.rule),
                  .over = over_named(indicator.over),
                  .knows_unattributed = knows_unattributed(cube_.catalogue(), *basis.leads)};
    const bool reads_sets = basis.role == "sources";
    find_classes(credit.sets, basis, "sources",
                 {.group = indicator.group, .rule = reads_sets ? std::optional(credit.rule) : std::nullopt});
    if (!reads_sets)
      find_classes(credit.read.emplace(), basis, basis.role,
                   {.group = indicator.group, .rule = credit.rule, .has_band = false});
    if (!answer_.not_available.empty()) return;
    if (credit.sets.values) credit.scale = aggregate_at(*credit.sets.values).scale;
    answer_.credit = std::move(credit);
  }

  void find_classes(Classified& of, const Basis& basis, const std::string& role, const Distinction& by) {
    const Catalogue& catalogue = cube_.catalogue();
    const std::string& lead = basis.leads->id;
    const Aggregate& count = catalogue.aggregate(pattern_count(lead, basis.stage, role, basis.grouping));
    if (!can_refine(basis, count) || !are_counted(basis, count)) return;
    const auto counts = find_place(count, count.date.value_or(""));
    if (!counts) return;
    of.counts = *counts;
    if (!basis.leads->value.empty()) {
      const Aggregate& value = catalogue.aggregate(pattern_value(lead, basis.stage, role, basis.grouping));
      of.values = find_place(value, value.date.value_or(""));
    }
    const std::string dimension = pattern_dimension(basis.grouping);
    const auto labels = std::ranges::find(cube_.dimensions(), dimension, &DimensionLabels::id);
    if (labels == cube_.dimensions().end()) {
      lacking("the cube was rolled up without '" + dimension + "'; roll it up by that dimension too");
      return;
    }
    of.dimension = static_cast<std::size_t>(labels - cube_.dimensions().begin());
    of.regrouping = regrouping(basis);
    classify(of, *labels, by);
  }

  // The tables at hand when the cube was built may not have allowed it.
  bool are_counted(const Basis& basis, const Aggregate& count) {
    const auto why = cube_.not_available().find("lead." + basis.leads->id);
    if (why == cube_.not_available().end() || cube_.block(count.unit, count.date.value_or(""))) return true;
    lacking(why->second);
    return false;
  }

  // Single sources are counted over all only, whatever they tell of other groupings.
  bool can_refine(const Basis& basis, const Aggregate& count) {
    if (basis.grouping != identity_grouping) return true;
    const Block* block = cube_.block(count.unit, "");
    const auto lacks = [&](std::size_t d) { return !block->has_dimension[dimension_at(cube_, d)]; };
    if (block == nullptr || (!is_dated_ && std::ranges::none_of(dimensions_, lacks))) return true;
    const std::string& groups = answer_.indicator->groups;
    lacking("the cube counts leads by single sources over all only, without periods and other dimensions; " +
            (groups == identity_grouping ? std::string("ask without by, period, every and where")
                                         : declare_and_build(groups)));
    return false;
  }

  Regrouping regrouping(const Basis& basis) const {
    const std::string& groups = answer_.indicator->groups;
    if (basis.grouping == groups) return Regrouping();
    return Regrouping(cube_.catalogue().grouping(groups), cube_.catalogue().grouping(basis.grouping));
  }

  void lacking_patterns(const Basis& basis) {
    const auto why = cube_.not_available().find("lead." + basis.leads->id);
    lacking(why != cube_.not_available().end()
                ? why->second
                : "the cube does not count leads by the groups of '" + answer_.indicator->groups +
                      "', nor by any that tell them; " + declare_and_build(answer_.indicator->groups));
  }

  const AggregateCounts& aggregate_at(const Place& place) const {
    return cube_.blocks()[place.block].aggregates[place.column];
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

std::vector<const Classified*> gathered_classes(std::span<Answer> answers) {
  std::vector<const Classified*> classes;
  const auto gather = [&](Classified& of) {
    of.place = classes.size();
    classes.push_back(&of);
  };
  for (Answer& answer : answers) {
    if (!answer.credit) continue;
    gather(answer.credit->sets);
    if (answer.credit->read) gather(*answer.credit->read);
  }
  return classes;
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
    if (answer.credit) ask(answer.credit->sets.counts);
    if (answer.credit && answer.credit->read) ask(answer.credit->read->counts);
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
