// SPDX-License-Identifier: Apache-2.0
#include "catalogue/history.hpp"

#include <ranges>

#include "catalogue/resolve.hpp"

namespace casemetry::definition {
namespace {

constexpr std::chrono::days one_day{1};

class TurningDays {
 public:
  explicit TurningDays(const Definitions& definitions) : definitions_(definitions) {}

  std::set<Date> of(const Indicator& indicator) && {
    visit(indicator);
    return std::move(days_);
  }

 private:
  void visit(const Indicator& indicator) {
    if (!seen_.insert(indicator.id).second) return;
    for (const Version& version : indicator.versions) {
      if (version.valid_from) days_.insert(*version.valid_from);
      if (version.valid_to) days_.insert(*version.valid_to + one_day);
      for (const auto* formula : {&version.of, &version.numerator, &version.denominator})
        if (*formula) visit(**formula);
    }
    for (const Formula* formula : formulas(indicator)) visit(*formula);
  }

  void visit(const Formula& formula) {
    for (const Formula::Term& term : formula.terms)
      if (const Indicator* count = counted(definitions_, term.name)) visit(*count);
  }

  const Definitions& definitions_;
  std::set<std::string> seen_;
  std::set<Date> days_;
};

Indicator over_aggregates(const Definitions& definitions, const Indicator& indicator, Date day) {
  Indicator then = defined_on(indicator, day);
  for (Formula* formula : {&then.of, &then.numerator, &then.denominator})
    *formula = expand(definitions, *formula, day).formula;
  return then;
}

bool has_same_formulas(const Indicator& left, const Indicator& right) {
  return left.of == right.of && left.numerator == right.numerator && left.denominator == right.denominator;
}

}  // namespace

const Version* version_on(const Indicator& indicator, Date day) {
  for (const Version& version : std::views::reverse(indicator.versions))
    if (!version.valid_from || *version.valid_from <= day)
      return version.valid_to && *version.valid_to < day ? nullptr : &version;
  return nullptr;
}

Indicator defined_on(const Indicator& indicator, Date day) {
  Indicator then = indicator;
  then.versions.clear();
  const Version* version = version_on(indicator, day);
  if (version == nullptr) return then;
  if (version->of) then.of = *version->of;
  if (version->numerator) then.numerator = *version->numerator;
  if (version->denominator) then.denominator = *version->denominator;
  then.note = version->note;
  return then;
}

std::set<Date> turning_days(const Definitions& definitions, const Indicator& indicator) {
  return TurningDays(definitions).of(indicator);
}

std::vector<DatedDefinition> history_of(const Definitions& definitions, const Indicator& indicator) {
  const std::set<Date> days = turning_days(definitions, indicator);
  if (days.empty()) return {{.from = {}, .to = {}, .indicator = indicator, .is_todays = true}};
  std::vector<DatedDefinition> history;
  history.push_back(
      {.from = {}, .to = {}, .indicator = over_aggregates(definitions, indicator, *days.begin() - one_day)});
  for (const Date day : days) {
    Indicator then = over_aggregates(definitions, indicator, day);
    if (has_same_formulas(then, history.back().indicator)) continue;
    history.back().to = day - one_day;
    history.push_back({.from = day, .to = {}, .indicator = std::move(then)});
  }
  for (DatedDefinition& definition : history)
    definition.is_todays = has_same_formulas(definition.indicator, history.back().indicator);
  return history;
}

}  // namespace casemetry::definition
