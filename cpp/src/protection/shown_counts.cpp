// SPDX-License-Identifier: Apache-2.0
#include "protection/shown_counts.hpp"

#include <algorithm>
#include <cmath>

namespace casemetry::protection {
namespace {

using Kind = Indicator::Kind;

double number(const std::optional<Number>& number) {
  return number ? std::abs(double{*number}) : 0;
}

/// The leads of a contribution by how they were found.
struct Leads {
  double exclusive = 0, shared = 0, others = 0, unattributed = 0;
  explicit Leads(const Result::Row& row) {
    const double n = number(row.denominator);
    const Band band = row.band.value_or(Band{});
    exclusive = std::round(band.exclusive.value_or(0) * n);
    shared = std::round(band.any.value_or(0) * n) - exclusive;
    unattributed = static_cast<double>(band.unattributed.value_or(0));
    const bool are_among = band.leads && static_cast<double>(*band.leads) == n;
    others = std::max(0.0, n - exclusive - shared - (are_among ? unattributed : 0));
  }
};

bool has_rest(const Indicator& indicator) {
  return indicator.kind == Kind::proportion || indicator.kind == Kind::contribution;
}

bool has_counted_numerator(const Indicator& indicator) {
  return has_rest(indicator) || indicator.kind == Kind::count || indicator.kind == Kind::stock ||
         indicator.kind == Kind::ratio;
}

bool has_denominator(const Indicator& indicator) {
  return indicator.kind != Kind::count && indicator.kind != Kind::stock && indicator.kind != Kind::sum;
}

}  // namespace

std::vector<double> tested(const Indicator& indicator, const Result::Row& row, std::string_view base) {
  const double x = number(row.numerator), n = number(row.denominator);
  std::vector<double> counts;
  const bool counts_numerator = has_counted_numerator(indicator);
  if (counts_numerator && (base != "denominator" || !has_denominator(indicator))) counts.push_back(x);
  if (has_denominator(indicator) && (base != "numerator" || !counts_numerator)) counts.push_back(n);
  if (!base.empty() || !has_rest(indicator)) return counts;
  counts.push_back(n - x);
  if (indicator.kind != Kind::contribution) return counts;
  const Leads leads(row);
  counts.insert(counts.end(),
                {leads.exclusive, leads.shared, leads.shared + leads.exclusive, leads.others, leads.unattributed});
  return counts;
}

std::vector<double> kinds(const Indicator& indicator, const Result::Row& row) {
  const double x = number(row.numerator), n = number(row.denominator);
  switch (indicator.kind) {
    case Kind::proportion:
      return {x, n - x};
    case Kind::ratio:
      return {x, n};
    case Kind::count:
    case Kind::stock:
      return {x};
    case Kind::sum:
      return {};
    case Kind::contribution: {
      const Leads leads(row);
      return {leads.exclusive, leads.shared, leads.others, leads.unattributed};
    }
    default:
      return {n};
  }
}

std::vector<Formula::Term> terms_behind(const Catalogue& catalogue, const Indicator& indicator) {
  const auto is_whole = [](const Formula::Term& term) { return term.coefficient == Rational{1, 1}; };
  std::vector<Formula::Term> terms;
  for (const Formula* formula : {&indicator.of, &indicator.numerator, &indicator.denominator})
    for (const Formula::Term& term : catalogue.over_aggregates(*formula).terms) terms.push_back(term);
  const bool adds_units = indicator.kind != Kind::sum && std::ranges::all_of(terms, is_whole);
  if (adds_units || indicator.kind == Kind::contribution) terms.clear();
  return terms;
}

Indicator count_behind(const Catalogue& catalogue, const Formula::Term& term, std::string id) {
  Indicator count{.id = std::move(id), .of = {{{Rational{1, 1}, term.name}}}};
  const Aggregate::Kind kind = catalogue.aggregate(term.name).kind;
  if (kind == Aggregate::Kind::sum || kind == Aggregate::Kind::days) count.kind = Kind::mean;
  if (kind == Aggregate::Kind::pending) {
    count.kind = Kind::stock;
    count.at = term.opening ? "opening" : "closing";
  }
  return count;
}

bool is_pending(const Catalogue& catalogue, const Indicator& indicator) {
  if (indicator.kind == Kind::contribution) return false;
  return std::ranges::any_of(catalogue.needs(indicator), [&](const std::string& id) {
    return catalogue.aggregate(id).kind == Aggregate::Kind::pending;
  });
}

std::vector<std::string> counted_units(const Catalogue& catalogue, const Indicator& indicator) {
  if (indicator.kind == Kind::contribution) return {catalogue.root(catalogue.basis(indicator).leads->unit)};
  const std::string prefix = is_pending(catalogue, indicator) ? "stock of " : "";
  std::vector<std::string> units;
  for (const std::string& id : catalogue.needs(indicator))
    units.push_back(prefix + catalogue.root(catalogue.aggregate(id).unit));
  return units;
}

}  // namespace casemetry::protection
