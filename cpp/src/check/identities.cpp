// SPDX-License-Identifier: Apache-2.0
#include "check/identities.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "query/exact.hpp"

namespace casemetry::quality {
namespace {

using question::checked_product;
using question::checked_sum;

/// An aggregate in a formula; of what is pending at the opening of a period, or at its end.
struct Variable {
  std::string aggregate;
  bool opening = false;
  auto operator<=>(const Variable&) const = default;
  /// No indicator of a catalogue is called so.
  std::string id() const { return "check_" + aggregate + (opening ? "_at_opening" : ""); }
};

Indicator counting(const Catalogue& catalogue, const Variable& variable) {
  Indicator indicator{.id = variable.id(), .of = Formula::parse(variable.aggregate)};
  switch (catalogue.aggregate(variable.aggregate).kind) {
    case Aggregate::Kind::pending:
      indicator.kind = Indicator::Kind::stock;
      indicator.at = variable.opening ? "opening" : "closing";
      break;
    case Aggregate::Kind::sum:
      indicator.kind = Indicator::Kind::sum;
      break;
    default:
      indicator.kind = Indicator::Kind::count;
  }
  return indicator;
}

/// A cell and a period.
using Place = std::pair<std::vector<std::optional<std::string>>, std::string>;

int scale_of(const Catalogue& catalogue, const Variable& variable) {
  const Aggregate& aggregate = catalogue.aggregate(variable.aggregate);
  const ColumnDefinition* column = catalogue.column(aggregate.unit, aggregate.column);
  return aggregate.kind == Aggregate::Kind::sum && column != nullptr ? column->scale : 0;
}

int128 digits_of(const Number& number, int scale) {
  if (number.is_whole()) return checked_product(number.whole(), static_cast<int128>(std::pow(10, scale)));
  return static_cast<int128>(std::llround(double{number} * std::pow(10, scale)));
}

/// The two sides of an identity as whole numbers over one divisor.
class Sides {
 public:
  Sides(const Catalogue& catalogue, const Identity& identity)
      : catalogue_(catalogue),
        identity_(identity),
        left_(catalogue.over_aggregates(identity.left)),
        right_(catalogue.over_aggregates(identity.right)) {
    for (const Formula* side : {&left_, &right_})
      for (const Formula::Term& term : side->terms) {
        divisor_ = std::lcm(divisor_, term.coefficient.denominator);
        scale_ = std::max(scale_, scale_of(catalogue, {term.name, term.opening}));
        variables_.insert({term.name, term.opening});
      }
  }

  const std::set<Variable>& variables() const { return variables_; }

  CheckedIdentity::Failure compared(const std::map<Variable, Evaluation>& figures) const {
    const int128 left = sum(left_, figures);
    const int128 right = sum(right_, figures);
    CheckedIdentity::Failure failure{.left = number(left), .right = number(right), .difference = number(left - right)};
    failure.unknown = unknown(figures);
    return failure;
  }

  bool holds(const std::map<Variable, Evaluation>& figures) const {
    const int128 left = sum(left_, figures);
    const int128 right = sum(right_, figures);
    if (identity_.relation == Identity::Relation::equal) return left == right;
    return identity_.relation == Identity::Relation::at_most ? left <= right : left >= right;
  }

 private:
  // A unit that is unknown is so to many of the counts: of each kind of unit the most of any count.
  std::int64_t unknown(const std::map<Variable, Evaluation>& figures) const {
    std::map<std::string, std::int64_t> most;
    for (const auto& [variable, figure] : figures) {
      std::int64_t& of_unit = most[catalogue_.aggregate(variable.aggregate).unit];
      of_unit = std::max(of_unit, figure.unknown);
    }
    std::int64_t units = 0;
    for (const auto& [unit, of_unit] : most) units += of_unit;
    return units;
  }

  int128 sum(const Formula& formula, const std::map<Variable, Evaluation>& figures) const {
    int128 total = 0;
    for (const Formula::Term& term : formula.terms) {
      const auto& number = figures.at({term.name, term.opening}).numerator;
      const int128 factor = checked_product(term.coefficient.numerator, divisor_ / term.coefficient.denominator);
      total = checked_sum(total, checked_product(factor, number ? digits_of(*number, scale_) : 0));
    }
    return total;
  }

  Number number(int128 digits) const {
    const int128 over = checked_product(divisor_, static_cast<int128>(std::pow(10, scale_)));
    if (digits % over == 0 && question::fits_in_64_bits(digits / over))
      return Number(static_cast<std::int64_t>(digits / over));
    return Number(static_cast<double>(digits) / static_cast<double>(over));
  }

  const Catalogue& catalogue_;
  const Identity& identity_;
  Formula left_, right_;
  std::set<Variable> variables_;
  std::int64_t divisor_ = 1;
  int scale_ = 0;
};

Place place_of(const Result::Row& row) {
  std::vector<std::optional<std::string>> cell;
  for (const auto& label : row.cell) cell.push_back(label ? std::optional<std::string>(*label) : std::nullopt);
  return {std::move(cell), std::string(row.period.value_or(""))};
}

/// Asks for the figures of one identity, and compares them place by place.
class Look {
 public:
  Look(const Cube& cube, const Catalogue& catalogue, const Identity& identity, const CheckOptions& options)
      : cube_(cube), identity_(identity), options_(options), sides_(catalogue, identity) {}

  CheckedIdentity checked() && {
    CheckedIdentity checked{.identity = identity_.id};
    for (const Variable& variable : sides_.variables())
      if (const auto lack = cube_.not_available().find(variable.id()); lack != cube_.not_available().end()) {
        checked.not_available = lack->second;
        return checked;
      }
    for (const Place& place : places()) compare(place, checked);
    return checked;
  }

 private:
  // The places in the order of the answer; figures of units without a day are of no period.
  std::vector<Place> places() {
    std::map<std::string, Variable> by_id;
    std::vector<std::string> asked;
    for (const Variable& variable : sides_.variables()) {
      by_id.emplace(variable.id(), variable);
      asked.push_back(variable.id());
    }
    result_.emplace(query(cube_, {.indicators = asked,
                                  .by = options_.by,
                                  .period = options_.period,
                                  .every = identity_.every.empty() ? "month" : identity_.every}));
    std::vector<Place> places;
    for (const Result::Row& row : *result_) {
      if (!row.period) continue;
      Place place = place_of(row);
      auto& figures = figures_[place];
      if (figures.empty()) places.push_back(place);
      figures[by_id.at(std::string(row.indicator))] = {.numerator = row.numerator, .unknown = row.unknown};
    }
    return places;
  }

  void compare(const Place& place, CheckedIdentity& checked) const {
    const auto& figures = figures_.at(place);
    ++checked.cells;
    if (sides_.holds(figures)) return;
    CheckedIdentity::Failure failure = sides_.compared(figures);
    failure.cell = place.first;
    failure.period = place.second;
    checked.failures.push_back(std::move(failure));
  }

  const Cube& cube_;
  const Identity& identity_;
  const CheckOptions& options_;
  Sides sides_;
  std::optional<Result> result_;
  std::map<Place, std::map<Variable, Evaluation>> figures_;
};

}  // namespace

void check_identities(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, Check& check) {
  const std::vector<Identity>& identities = catalogue.definitions().identities;
  if (identities.empty()) return;
  std::map<std::string, Indicator> wanted;
  for (const Identity& identity : identities) {
    const Sides sides(catalogue, identity);
    for (const Variable& variable : sides.variables()) wanted.emplace(variable.id(), counting(catalogue, variable));
  }
  std::vector<std::string> ids;
  std::vector<Indicator> counts;
  for (auto& [id, indicator] : wanted) {
    ids.push_back(id);
    counts.push_back(std::move(indicator));
  }
  try {
    const Cube cube = build(tables, catalogue.with(std::move(counts)).only(ids),
                            {.by = options.by, .as_of = options.as_of, .groupings = std::vector<std::string>{}});
    for (const Identity& identity : identities)
      check.identities.push_back(Look(cube, catalogue, identity, options).checked());
  } catch (const DataError& error) {  // units that cannot be made
    for (const Identity& identity : identities)
      check.identities.push_back({.identity = identity.id, .not_available = error.what()});
  }
}

}  // namespace casemetry::quality
