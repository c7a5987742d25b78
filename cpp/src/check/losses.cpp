// SPDX-License-Identifier: Apache-2.0
#include "check/losses.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <set>

#include "check/causes.hpp"

namespace casemetry::quality {
namespace {

/// What becomes of a unit under an aggregate: it counts or not, it is not known whether it does, it counts and has no
/// value or no day.
enum Fate : std::uint8_t { no = 0, yes = 1, unknown = 2, undated_yes = 3 };
using Fates = std::vector<std::uint8_t>;

std::vector<std::string> columns_of(const std::optional<Expression>& expression) {
  return expression ? expression->columns() : std::vector<std::string>{};
}

/// The columns that an aggregate reads: those that decide what counts and how much, and the day that places it.
struct Read {
  explicit Read(const Aggregate& aggregate) {
    for (const auto& expression : {aggregate.where, aggregate.applies_where})
      for (std::string& name : columns_of(expression)) outcome.insert(std::move(name));
    for (const std::string& name : {aggregate.column, aggregate.start, aggregate.end})
      if (!name.empty()) values.push_back(name);
    date = aggregate.kind == Aggregate::Kind::pending ? aggregate.opened : aggregate.date.value_or("");
  }
  std::set<std::string> all() const {
    std::set<std::string> names = outcome;
    names.insert(values.begin(), values.end());
    if (!date.empty()) names.insert(date);
    return names;
  }
  std::set<std::string> outcome;
  std::vector<std::string> values;
  std::string date;
};

template <class Action>
void for_each_row(std::size_t rows, const Action& action) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows, std::size_t{1} << 14), [&](const auto& range) {
    for (std::size_t row = range.begin(); row != range.end(); ++row) action(row);
  });
}

/// The fates of all units under aggregates, over tables with the trails of causes.
class Fortunes {
 public:
  Fortunes(const Causes& causes, const Catalogue& catalogue) : sets_(causes.tables(), catalogue) {}

  /// Why the units of an aggregate cannot be looked at; nothing if they can.
  std::string lacking(const Aggregate& aggregate) {
    if (const Lack lack = sets_.lacking(aggregate.unit)) return lack.reason;
    for (const std::string& name : Read(aggregate).all())
      if (const Lack lack = sets_.at(aggregate.unit).lacking(name)) return lack.reason;
    return {};
  }

  std::int64_t units(const std::string& unit) { return sets_.at(unit).rows(); }

  const Fates& fates(const Aggregate& aggregate) {
    const auto known = fates_.find(aggregate.id);
    return known != fates_.end() ? known->second : fates_.emplace(aggregate.id, told(aggregate)).first->second;
  }

  /// How many of the units that are lost so have this cause.
  std::int64_t count(const std::string& unit, const std::string& column, const Fates& lost, Fate fate) {
    const Column& truths = sets_.at(unit).column(column);
    return tally(
               truths.rows(),
               [&](std::size_t row) {
                 return lost[row] == fate && std::visit([row](auto codes) { return codes[row] == 1; }, truths.codes());
               },
               0)
        .rows;
  }

 private:
  Fates told(const Aggregate& aggregate) {
    RowSet& rows = sets_.at(aggregate.unit);
    Fates fates(static_cast<std::size_t>(rows.rows()), yes);
    decide(aggregate.where, rows,
           [&](std::size_t row, Outcome outcome) { fates[row] = static_cast<std::uint8_t>(outcome); });
    // Unknown whether it applies counts as unknown; where it does not, nothing does.
    decide(aggregate.applies_where, rows, [&](std::size_t row, Outcome applies) {
      if (applies != Outcome::yes) fates[row] = applies == Outcome::no ? no : unknown;
    });
    const Read read(aggregate);
    for (const std::string& name : read.values) lose(rows, name, unknown, fates);
    if (!read.date.empty()) lose(rows, read.date, undated_yes, fates);
    return fates;
  }

  template <class Action>
  void decide(const std::optional<Expression>& where, RowSet& rows, const Action& action) {
    if (!where) return;
    const BoundPredicate predicate(
        *where, [&](std::string_view name) { return rows.column(name); }, sets_.catalogue().definitions().lists,
        sets_.holidays(*where));
    const auto all = static_cast<std::size_t>(rows.rows());
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, all, std::size_t{1} << 14), [&](const auto& range) {
      std::vector<Outcome> outcomes(range.size());
      predicate.outcomes(static_cast<std::int64_t>(range.begin()), outcomes);
      for (std::size_t i = 0; i < outcomes.size(); ++i) action(range.begin() + i, outcomes[i]);
    });
  }

  // Units that count, and whose cell is missing.
  static void lose(RowSet& rows, const std::string& name, Fate fate, Fates& fates) {
    const Column& column = rows.column(name);
    const RowTest missing = is_missing(column);
    for_each_row(fates.size(), [&](std::size_t row) {
      if (fates[row] == yes && missing(row)) fates[row] = fate;
    });
  }

  RowSets sets_;
  std::map<std::string, Fates> fates_;
};

/// What one indicator loses.
class Losses {
 public:
  Losses(const Catalogue& catalogue, const Indicator& indicator, Causes& causes)
      : catalogue_(catalogue), indicator_(indicator), causes_(causes) {
    for (const std::string& id : catalogue.needs(indicator)) by_unit_[catalogue.aggregate(id).unit].push_back(id);
  }

  void lay_trails() {
    for (const auto& [unit, aggregates] : by_unit_)
      for (const std::string& id : aggregates)
        for (const std::string& name : Read(catalogue_.aggregate(id)).all()) causes_.trails(unit, name);
  }

  std::string lacking(Fortunes& fortunes) const {
    for (const auto& [unit, aggregates] : by_unit_)
      for (const std::string& id : aggregates)
        if (std::string lack = fortunes.lacking(catalogue_.aggregate(id)); !lack.empty()) return lack;
    return {};
  }

  void find(Fortunes& fortunes, std::vector<Loss>& losses) {
    for (const auto& [unit, aggregates] : by_unit_) {
      Loss loss{.indicator = indicator_.id, .unit = unit, .units = fortunes.units(unit)};
      const Fates lost = merged(aggregates, fortunes);
      loss.unknown = std::ranges::count(lost, unknown);
      loss.undated = std::ranges::count(lost, undated_yes);
      if (loss.unknown + loss.undated == 0) continue;
      add_causes(aggregates, lost, fortunes, loss);
      losses.push_back(std::move(loss));
    }
  }

 private:
  // A unit is lost if some aggregate has lost it; of a proportion, as its unknown are told: those of which the
  // denominator is unknown, and of the others in it those of which the numerator is.
  Fates merged(const std::vector<std::string>& aggregates, Fortunes& fortunes) const {
    if (indicator_.kind == Indicator::Kind::proportion) return lost_by_proportion(fortunes);
    Fates lost(static_cast<std::size_t>(fortunes.units(catalogue_.aggregate(aggregates.front()).unit)));
    for (const std::string& id : aggregates) {
      const Fates& fates = fortunes.fates(catalogue_.aggregate(id));
      for_each_row(lost.size(), [&](std::size_t row) {
        if (fates[row] >= unknown && lost[row] != unknown) lost[row] = fates[row];
      });
    }
    return lost;
  }

  Fates lost_by_proportion(Fortunes& fortunes) const {
    const Fates numerator = any_of(indicator_.numerator, fortunes);
    Fates lost = any_of(indicator_.denominator, fortunes);
    for_each_row(lost.size(), [&](std::size_t row) {
      if (lost[row] == yes) lost[row] = numerator[row] == unknown ? unknown : no;
      if (lost[row] == undated_yes && numerator[row] == unknown) lost[row] = unknown;
    });
    return lost;
  }

  // Of counts that never count the same unit.
  Fates any_of(const Formula& formula, Fortunes& fortunes) const {
    Fates any;
    for (const Formula::Term& term : catalogue_.over_aggregates(formula).terms) {
      const Fates& fates = fortunes.fates(catalogue_.aggregate(term.name));
      any.resize(fates.size());
      for_each_row(any.size(), [&](std::size_t row) {
        const bool counts = any[row] == yes || any[row] == undated_yes;
        if (!counts && fates[row] != no) any[row] = fates[row];
      });
    }
    return any;
  }

  void add_causes(const std::vector<std::string>& aggregates, const Fates& lost, Fortunes& fortunes, Loss& loss) {
    const auto add = [&](const std::string& name, Fate fate, std::vector<Trail>& told) {
      for (const Trail& trail : causes_.trails(loss.unit, name)) {
        const bool is_told =
            std::ranges::any_of(told, [&](const Trail& other) { return other.column == trail.column; });
        if (is_told) continue;
        told.push_back(trail);
        add_cause(trail.cause, fortunes.count(loss.unit, trail.column, lost, fate), loss);
      }
    };
    std::vector<Trail> of_outcomes, of_days;
    for (const std::string& id : aggregates) {
      const Read read(catalogue_.aggregate(id));
      if (loss.unknown > 0)
        for (const std::string& name : read.outcome) add(name, unknown, of_outcomes);
      if (loss.unknown > 0)
        for (const std::string& name : read.values) add(name, unknown, of_outcomes);
      if (loss.undated > 0 && !read.date.empty()) add(read.date, undated_yes, of_days);
    }
    std::ranges::stable_sort(loss.causes, std::greater<>(), &Loss::Cause::units);
  }

  // The same cells may be to blame by several columns of a unit; the most is told.
  static void add_cause(Loss::Cause cause, std::int64_t units, Loss& loss) {
    if (units == 0) return;
    cause.units = units;
    const auto known = std::ranges::find_if(loss.causes, [&](const Loss::Cause& other) {
      return other.kind == cause.kind && other.table == cause.table && other.column == cause.column;
    });
    if (known == loss.causes.end()) {
      loss.causes.push_back(std::move(cause));
    } else {
      known->units = std::max(known->units, units);
    }
  }

  const Catalogue& catalogue_;
  const Indicator& indicator_;
  Causes& causes_;
  std::map<std::string, std::vector<std::string>> by_unit_;  // aggregates
};

}  // namespace

void find_losses(const std::vector<TableAtHand>& tables, const Catalogue& catalogue, Check& check) {
  Causes causes(tables, catalogue);
  std::vector<Losses> all;
  for (const Indicator& indicator : catalogue.definitions().indicators)
    if (indicator.kind != Indicator::Kind::contribution) all.emplace_back(catalogue, indicator, causes);
  for (Losses& losses : all) losses.lay_trails();
  const Catalogue with_trails(causes.definitions());
  Fortunes fortunes(causes, with_trails);
  for (std::size_t i = 0, at = 0; i < catalogue.definitions().indicators.size(); ++i) {
    const Indicator& indicator = catalogue.definitions().indicators[i];
    if (indicator.kind == Indicator::Kind::contribution) continue;
    Losses& losses = all[at++];
    try {
      std::string lack = losses.lacking(fortunes);
      if (lack.empty()) {
        losses.find(fortunes, check.losses);
      } else {
        check.not_available.emplace(indicator.id, std::move(lack));
      }
    } catch (const Error& error) {
      check.not_available.emplace(indicator.id, error.what());
    }
  }
}

}  // namespace casemetry::quality
