// SPDX-License-Identifier: Apache-2.0
#include "query/compare.hpp"

#include <array>
#include <casemetry/statistics.hpp>
#include <cmath>

namespace casemetry::question {
namespace {

bool is_amount(const Indicator& indicator) {
  return indicator.kind == Indicator::Kind::count || indicator.kind == Indicator::Kind::sum;
}

void set_relative_change(Change& change, double now, double then) {
  if (then != 0) {
    change.change = (now - then) / std::abs(then);
  } else if (now == 0) {
    change.change = 0.0;
  } else {
    change.is_new = true;
  }
}

void set_newcombe(Change& change, const Evaluation& now, const Evaluation& then, double level) {
  const Interval interval = newcombe(now.numerator->whole(), now.denominator->whole(), then.numerator->whole(),
                                     then.denominator->whole(), level);
  change.low = interval.low;
  change.high = interval.high;
}

}  // namespace

std::span<const std::string> known_comparisons() {
  static const std::array<std::string, 1> names{"year_ago"};
  return names;
}

std::vector<Period> compared_steps(std::string_view comparison, std::span<const Period> steps,
                                   const Calendar& calendar) {
  std::vector<Period> then;
  if (comparison == "year_ago")
    for (const Period& step : steps) then.push_back(step.year_ago(calendar));
  return then;
}

Change compare(const Indicator& indicator, const Evaluation& now, const Evaluation& then, double level) {
  Change change{.value = then.value};
  if (!now.value || !then.value) return change;
  if (is_amount(indicator)) {
    set_relative_change(change, *now.value, *then.value);
    return change;
  }
  change.change = *now.value - *then.value;
  if (indicator.kind == Indicator::Kind::proportion && indicator.interval != "none")
    set_newcombe(change, now, then, level);
  return change;
}

}  // namespace casemetry::question
