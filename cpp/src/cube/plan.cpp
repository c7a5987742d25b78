// SPDX-License-Identifier: Apache-2.0
#include "cube/plan.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cube/pending.hpp"

namespace casemetry::pass {
namespace {

class Planner {
 public:
  Planner(Source& source, const Catalogue& catalogue, BlockPlan& plan)
      : source_(source), catalogue_(catalogue), plan_(plan) {}

  void add(const Aggregate& aggregate, std::optional<Date> as_of) {
    if (aggregate.kind == Aggregate::Kind::pending) {
      const Pending pending = pending_of(aggregate, source_, plan_.decisions, as_of);
      plan_.aggregates.push_back(plan_.date == aggregate.opened ? openings(pending) : closings(pending));
    } else {
      add(aggregate);
    }
  }

  // By all that it was defined over time, as far as that is counted here.
  void add(const Indicator& indicator) {
    for (const DatedDefinition& definition : catalogue_.history(indicator)) add_proportion(definition.indicator);
  }

 private:
  void add_proportion(const Indicator& indicator) {
    const Formula numerator = catalogue_.over_aggregates(indicator.numerator);
    const Formula denominator = catalogue_.over_aggregates(indicator.denominator);
    if (!are_counted(numerator) || !are_counted(denominator)) return;
    check_disjoint(indicator, "numerator", numerator);
    check_disjoint(indicator, "denominator", denominator);
    if (planned_.emplace(numerator.text(), denominator.text()).second)
      plan_.proportions.push_back(proportion(numerator, denominator));
  }

  bool are_counted(const Formula& formula) const {
    return std::ranges::all_of(formula.terms, [&](const auto& term) { return outcomes_.contains(term.name); });
  }

  void add(const Aggregate& aggregate) {
    const Decision applies = plan_.decisions.decide(aggregate.applies_where);
    const Decision where = plan_.decisions.decide(aggregate.where);
    const Lane applicable = applies.yes;
    const Lane yes = both(applicable, where.yes);
    const Count units = Lane{};
    const Count not_applicable = units - applies.possible;
    const Count no = Count(applicable) - both(applicable, where.possible);
    plan_.aggregates.push_back({.aggregate = &aggregate,
                                .measured = both(yes, known_values(aggregate)),
                                .yes = yes,
                                .unknown = units - yes - no - not_applicable,
                                .not_applicable = not_applicable});
    outcomes_.emplace(aggregate.id, plan_.decisions.applied(applies, where));
  }

  Lane known_values(const Aggregate& aggregate) {
    const auto dates = [this](std::string_view name) { return source_.dates(std::string(name)); };
    const auto numbers = [this](std::string_view name) { return source_.numbers(std::string(name)); };
    switch (aggregate.kind) {
      case Aggregate::Kind::count:
      case Aggregate::Kind::pending:  // has lanes of its own
        return {};
      case Aggregate::Kind::sum:
        return plan_.decisions.known(aggregate.column, numbers).yes;
      case Aggregate::Kind::days:
        return both(plan_.decisions.known(aggregate.start, dates).yes, plan_.decisions.known(aggregate.end, dates).yes);
    }
    return {};
  }

  Decision outcome(const Formula& formula) {
    std::vector<Decision> outcomes;
    for (const Formula::Term& term : formula.terms) outcomes.push_back(outcomes_.at(term.name));
    return plan_.decisions.any(outcomes);
  }

  ProportionPlan proportion(const Formula& numerator, const Formula& denominator) {
    const Decision n = outcome(numerator);
    const Decision d = outcome(denominator);
    const Count yes_yes = both(d.yes, n.yes);
    const Count yes_possible = both(d.yes, n.possible);
    const Count possible_yes = both(d.possible, n.yes);
    const Count possible_possible = both(d.possible, n.possible);
    ProportionPlan plan;
    plan.numerator = numerator.text();
    plan.denominator = denominator.text();
    plan.x = yes_yes;
    plan.a = yes_possible - yes_yes;
    plan.n = Count(d.yes) - plan.a;
    plan.d = possible_yes - yes_yes;
    plan.b = possible_possible - yes_possible - plan.d;
    plan.c = Count(d.possible) - d.yes - plan.b - plan.d;
    return plan;
  }

  void check_disjoint(const Indicator& indicator, const std::string& side, const Formula& formula) {
    for (auto first = formula.terms.begin(); first != formula.terms.end(); ++first) {
      for (auto second = std::next(first); second != formula.terms.end(); ++second) {
        const Lane lane = both(outcomes_.at(first->name).yes, outcomes_.at(second->name).yes);
        if (!lane.never) plan_.overlaps.push_back({indicator.id, side, first->name, second->name, lane});
      }
    }
  }

  Source& source_;
  const Catalogue& catalogue_;
  BlockPlan& plan_;
  std::map<std::string, Decision> outcomes_;               // by aggregate
  std::set<std::pair<std::string, std::string>> planned_;  // formulas of proportions
};

void collect(const Count& count, std::set<Lane>& lanes) {
  for (const auto& [lane, times] : count.terms) lanes.insert(lane);
}

}  // namespace

std::vector<Lane> BlockPlan::lanes() const {
  std::set<Lane> lanes;
  for (const AggregatePlan& aggregate : aggregates) {
    if (aggregate.aggregate->kind != Aggregate::Kind::count && !aggregate.measured.never)
      lanes.insert(aggregate.measured);
    for (const Count* count : {&aggregate.yes, &aggregate.unknown, &aggregate.not_applicable}) collect(*count, lanes);
  }
  for (const ProportionPlan& p : proportions)
    for (const Count* count : {&p.x, &p.n, &p.a, &p.b, &p.c, &p.d}) collect(*count, lanes);
  for (const Overlap& overlap : overlaps) lanes.insert(overlap.lane);
  lanes.erase(Lane{});
  std::vector<Lane> numbered{Lane{}};
  numbered.insert(numbered.end(), lanes.begin(), lanes.end());
  return numbered;
}

BlockPlan plan(Source& source, const Catalogue& catalogue, const std::string& date,
               std::span<const Aggregate* const> aggregates, std::span<const Indicator* const> indicators,
               std::optional<Date> as_of) {
  BlockPlan plan{.unit = source.id(),
                 .date = date,
                 .decisions = Decisions(source, catalogue.definitions().lists),
                 .aggregates = {},
                 .proportions = {},
                 .overlaps = {}};
  Planner planner(source, catalogue, plan);
  for (const Aggregate* aggregate : aggregates) planner.add(*aggregate, as_of);
  for (const Indicator* indicator : indicators)
    if (indicator->kind == Indicator::Kind::proportion) planner.add(*indicator);
  return plan;
}

}  // namespace casemetry::pass
