// SPDX-License-Identifier: Apache-2.0
#include "query/side.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace casemetry::question {
namespace {

using Part = pass::Figure::Part;
using Side = std::vector<Counted>;

pass::Figure figure_of(const Aggregate& aggregate, std::string date, Part part) {
  return {.part = part, .aggregate = aggregate.id, .date = std::move(date), .numerator = {}, .denominator = {}};
}

Counted::Months months_of_stock(bool at_opening) {
  return at_opening ? Counted::Months::before_it : Counted::Months::up_to_its_end;
}

Counted counted(const Aggregate& aggregate, Part part, bool at_opening = false) {
  if (aggregate.kind != Aggregate::Kind::pending)
    return {.figure = figure_of(aggregate, aggregate.date.value_or(""), part)};
  Counted pending{.figure = figure_of(aggregate, aggregate.opened, part), .months = months_of_stock(at_opening)};
  if (part != Part::not_applicable) pending.no_more = figure_of(aggregate, aggregate.closed, part);
  return pending;
}

// The units that close without having been opened, which are unknown from then on.
Counted closed_only(const Aggregate& aggregate, bool at_opening) {
  return {.figure = figure_of(aggregate, aggregate.closed, Part::not_applicable),
          .months = months_of_stock(at_opening)};
}

class Sides {
 public:
  Sides(const Catalogue& catalogue, const std::string& indicator, const std::string& side)
      : catalogue_(catalogue),
        indicator_(catalogue.indicator(indicator)),
        needs_(catalogue.needs(indicator_)),
        side_(side) {}

  Side found() const {
    if (is_of_leads()) return lead_side_of(catalogue_, indicator_, side_);
    if (side_ == "not_applicable") return each([](const Aggregate&) { return Part::not_applicable; });
    if (side_ == "numerator" || side_ == "denominator" || side_ == "unknown") return of_indicator();
    if (std::ranges::find(needs_, side_) != needs_.end()) return {counted(catalogue_.aggregate(side_), Part::counted)};
    std::vector<std::string> known{"numerator", "denominator", "unknown", "not_applicable"};
    known.insert(known.end(), needs_.begin(), needs_.end());
    throw QueryError("indicator '" + indicator_.id + "' has no side '" + side_ + "'; " + suggestion(side_, known));
  }

 private:
  bool is_of_leads() const {
    const bool is_side =
        side_ == "not_applicable" || side_ == "numerator" || side_ == "denominator" || side_ == "unknown";
    return indicator_.kind == Indicator::Kind::contribution && is_side;
  }

  // Whether a value of the units is added up or ordered, which may be missing: of what is pending its age.
  bool is_measured(const Aggregate& aggregate) const {
    if (aggregate.kind == Aggregate::Kind::pending)
      return indicator_.kind == Indicator::Kind::mean || indicator_.kind == Indicator::Kind::quantile;
    return aggregate.kind != Aggregate::Kind::count;
  }

  Side each(auto part) const {
    Side side;
    for (const std::string& id : needs_)
      side.push_back(counted(catalogue_.aggregate(id), part(catalogue_.aggregate(id)), indicator_.at == "opening"));
    return side;
  }

  Side of_indicator() const {
    if (indicator_.kind == Indicator::Kind::proportion) return {of_proportion()};
    if (side_ != "unknown") return terms_of(formula());
    Side side =
        each([&](const Aggregate& aggregate) { return is_measured(aggregate) ? Part::unvalued : Part::unknown; });
    for (const std::string& id : needs_)
      if (const Aggregate& aggregate = catalogue_.aggregate(id); aggregate.kind == Aggregate::Kind::pending)
        side.push_back(closed_only(aggregate, indicator_.at == "opening"));
    return side;
  }

  Counted of_proportion() const {
    static const std::map<std::string, Part> parts{
        {"numerator", Part::both}, {"denominator", Part::known}, {"unknown", Part::undecided}};
    Counted joint = counted(catalogue_.aggregate(needs_.front()), parts.at(side_));
    joint.figure.numerator = catalogue_.over_aggregates(indicator_.numerator).text();
    joint.figure.denominator = catalogue_.over_aggregates(indicator_.denominator).text();
    return joint;
  }

  const Formula& formula() const {
    const bool is_over = side_ == "numerator";
    switch (indicator_.kind) {
      case Indicator::Kind::proportion:
      case Indicator::Kind::ratio:
        return is_over ? indicator_.numerator : indicator_.denominator;
      case Indicator::Kind::quantile:
        if (is_over) refuse("denominator");
        return indicator_.of;
      case Indicator::Kind::mean:
        return indicator_.of;
      case Indicator::Kind::count:
      case Indicator::Kind::sum:
      case Indicator::Kind::stock:
        if (!is_over) refuse("numerator");
        return indicator_.of;
      case Indicator::Kind::contribution:
        break;  // has no formula
    }
    throw std::logic_error("not a kind of indicator");
  }

  Side terms_of(const Formula& formula) const {
    Side side;
    for (const Formula::Term& term : catalogue_.over_aggregates(formula).terms) {
      const Aggregate& aggregate = catalogue_.aggregate(term.name);
      const Part part = is_measured(aggregate) ? Part::valued : Part::counted;
      side.push_back(counted(aggregate, part, term.opening || indicator_.at == "opening"));
    }
    return side;
  }

  [[noreturn]] void refuse(const std::string& instead) const {
    throw QueryError("indicator '" + indicator_.id + "' has no " + side_ + ": ask for side='" + instead + "'");
  }

  const Catalogue& catalogue_;
  const Indicator& indicator_;
  std::vector<std::string> needs_;
  const std::string& side_;
};

void check_one_unit(const Catalogue& catalogue, const std::string& indicator, const std::string& side,
                    const Side& counted) {
  std::map<std::string, std::string> aggregates;  // by unit
  for (const Counted& one : counted) {
    std::string& of_unit = aggregates[catalogue.aggregate(one.figure.aggregate).unit];
    of_unit += (of_unit.empty() ? "'" : ", '") + one.figure.aggregate + "'";
  }
  if (aggregates.size() == 1) return;
  std::string listed;
  for (const auto& [unit, of_unit] : aggregates)
    listed += (listed.empty() ? "" : "; ") + of_unit + " of '" + unit + "'";
  throw QueryError("the " + side + " of '" + indicator + "' counts different units (" + listed +
                   "), which stand in no one table: name an aggregate, such as side='" +
                   counted.front().figure.aggregate + "'");
}

}  // namespace

Side side_of(const Catalogue& catalogue, const std::string& indicator, const std::string& side) {
  Side counted = Sides(catalogue, indicator, side).found();
  check_one_unit(catalogue, indicator, side, counted);
  return counted;
}

}  // namespace casemetry::question
