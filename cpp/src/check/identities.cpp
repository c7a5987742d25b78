// SPDX-License-Identifier: Apache-2.0
#include "check/identities.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <span>

#include "exact.hpp"

namespace casemetry::quality {
namespace {

/// An aggregate in a formula; of what is pending at the opening of a period, or at its end.
struct Variable {
  std::string aggregate;
  bool opening = false;
  auto operator<=>(const Variable&) const = default;
};

int scale_of(const Catalogue& catalogue, const Variable& variable) {
  const Aggregate& aggregate = catalogue.aggregate(variable.aggregate);
  const ColumnDefinition* column = catalogue.column(aggregate.unit, aggregate.column);
  return aggregate.kind == Aggregate::Kind::sum && column != nullptr ? column->scale : 0;
}

// The digits of a sum, which are whole: of 12.34 it is 1234.
Indicator counting(const Catalogue& catalogue, const Variable& variable, std::string id) {
  const auto digits = static_cast<std::int64_t>(power_of_ten(scale_of(catalogue, variable)));
  Indicator indicator{.id = std::move(id), .of = Formula{{{.coefficient = {digits, 1}, .name = variable.aggregate}}}};
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
      if (number) total = checked_sum(total, checked_product(factor, digits_of({term.name, term.opening}, *number)));
    }
    return total;
  }

  // At the scale of the identity.
  int128 digits_of(const Variable& variable, const Number& number) const {
    if (!number.is_whole()) throw DataError("the sums of '" + variable.aggregate + "' run over 64 bits of digits");
    return checked_product(number.whole(), power_of_ten(scale_ - scale_of(catalogue_, variable)));
  }

  Number number(int128 digits) const {
    const int128 over = checked_product(divisor_, power_of_ten(scale_));
    if (digits % over == 0 && fits_in_64_bits(digits / over)) return Number(static_cast<std::int64_t>(digits / over));
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

/// A cube that has what some identities are over, each variable as an indicator.
class Counted {
 public:
  Counted(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options,
          std::span<const Identity> identities)
      : cube_(build(tables, counting_only(catalogue, identities),
                    {.by = options.by, .as_of = options.as_of, .groupings = std::vector<std::string>{}})) {}

  const Cube& cube() const { return cube_; }
  const std::string& id_of(const Variable& variable) const { return ids_.at(variable); }

 private:
  // Of what the catalogue asks nothing, so that no id of it is one of these; all that it declares of columns stays.
  Catalogue counting_only(const Catalogue& catalogue, std::span<const Identity> identities) {
    Definitions definitions = catalogue.definitions();
    definitions.indicators.clear();
    definitions.identities.clear();
    definitions.leads.clear();
    std::set<std::string> counted;
    for (const Identity& identity : identities) {
      const Sides sides(catalogue, identity);
      for (const Variable& variable : sides.variables()) {
        const auto [at, is_new] = ids_.emplace(variable, "counted_" + std::to_string(ids_.size()));
        if (!is_new) continue;
        counted.insert(variable.aggregate);
        definitions.indicators.push_back(counting(catalogue, variable, at->second));
      }
    }
    std::erase_if(definitions.aggregates, [&](const Aggregate& aggregate) { return !counted.contains(aggregate.id); });
    return Catalogue(std::move(definitions));
  }

  std::map<Variable, std::string> ids_;
  Cube cube_;
};

/// Asks for the figures of one identity, and compares them place by place.
class Look {
 public:
  Look(const Counted& counted, const Catalogue& catalogue, const Identity& identity, const CheckOptions& options)
      : counted_(counted), identity_(identity), options_(options), sides_(catalogue, identity) {}

  CheckedIdentity checked() && {
    CheckedIdentity checked{.identity = identity_.id};
    const auto& not_available = counted_.cube().not_available();
    for (const Variable& variable : sides_.variables())
      if (const auto lack = not_available.find(counted_.id_of(variable)); lack != not_available.end()) {
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
      asked.push_back(counted_.id_of(variable));
      by_id.emplace(asked.back(), variable);
    }
    result_.emplace(query(counted_.cube(), {.indicators = asked,
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

  const Counted& counted_;
  const Identity& identity_;
  const CheckOptions& options_;
  Sides sides_;
  std::optional<Result> result_;
  std::map<Place, std::map<Variable, Evaluation>> figures_;
};

bool identifies(const Cube& cube) {
  return std::ranges::any_of(cube.dimensions(), &DimensionLabels::identifies);
}

/// Looks at identities over one cube, or over one for each where a unit of some of them cannot be made.
class Looks {
 public:
  Looks(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, Check& check)
      : tables_(tables), catalogue_(catalogue), options_(options), check_(check) {}

  void look(std::span<const Identity> identities) {
    try {
      const Counted counted(tables_, catalogue_, options_, identities);
      check_.identifies = check_.identifies || identifies(counted.cube());
      for (const Identity& identity : identities) look(identity, counted);
    } catch (const DataError& error) {
      if (identities.size() == 1) {
        check_.identities.push_back({.identity = identities.front().id, .not_available = error.what()});
      } else {
        for (std::size_t i = 0; i < identities.size(); ++i) look(identities.subspan(i, 1));
      }
    }
  }

 private:
  void look(const Identity& identity, const Counted& counted) {
    try {
      check_.identities.push_back(Look(counted, catalogue_, identity, options_).checked());
    } catch (const DataError& error) {  // sums that are too large
      check_.identities.push_back({.identity = identity.id, .not_available = error.what()});
    }
  }

  const Tables& tables_;
  const Catalogue& catalogue_;
  const CheckOptions& options_;
  Check& check_;
};

}  // namespace

void check_identities(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, Check& check) {
  const std::vector<Identity>& identities = catalogue.definitions().identities;
  if (!identities.empty()) Looks(tables, catalogue, options, check).look(identities);
}

}  // namespace casemetry::quality
