// SPDX-License-Identifier: Apache-2.0
#include "query/compare.hpp"

#include <array>
#include <cmath>

#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

void set_relative_change(Change& change, double now, double then) {
  if (then != 0) {
    change.change = (now - then) / std::abs(then);
  } else if (now == 0) {
    change.change = 0.0;
  } else {
    change.is_new = true;
  }
}

/// x of n.
struct Share {
  std::int64_t x, n;
  explicit Share(const Evaluation& of) : x(of.numerator->whole()), n(of.denominator->whole()) {}
  Share(std::int64_t part, std::int64_t all) : x(part), n(all) {}
};

Share rest_of(const Share& whole, const Share& part) {
  return {whole.x - part.x, whole.n - part.n};
}

// `times`: what the difference of the two sides is multiplied by.
void set_newcombe(Change& change, const Share& now, const Share& then, double level, double times = 1) {
  const Interval interval = newcombe(now.x, now.n, then.x, then.n, level);
  change.low = times * interval.low;
  change.high = times * interval.high;
}

// From the limits of both sides, if they have any.
void set_newcombe(Change& change, const Evaluation& now, const Evaluation& then, double times = 1) {
  if (!now.low || !then.low) return;
  const Interval interval = newcombe_shares(*now.value, {*now.low, *now.high}, *then.value, {*then.low, *then.high});
  change.low = times * interval.low;
  change.high = times * interval.high;
}

bool has_newcombe(const Indicator& indicator) {
  return indicator.kind == Indicator::Kind::proportion && indicator.interval != "none";
}

// The change without an interval.
Change change_of(const Indicator& indicator, const Evaluation& now, const Evaluation& then) {
  Change change{.value = then.value};
  if (!now.value || !then.value) return change;
  if (is_amount(indicator)) {
    set_relative_change(change, *now.value, *then.value);
  } else {
    change.change = *now.value - *then.value;
  }
  return change;
}

}  // namespace

std::span<const std::string> known_comparisons() {
  static const std::array<std::string, 4> names{"year_ago", "previous", "parent", "total"};
  return names;
}

bool is_with_whole(std::string_view comparison) {
  return comparison == "parent" || comparison == "total";
}

std::vector<Period> compared_steps(std::string_view comparison, std::span<const Period> steps,
                                   const Calendar& calendar) {
  std::vector<Period> then;
  for (const Period& step : steps)
    then.push_back(comparison == "previous" ? step.previous(calendar) : step.year_ago(calendar));
  return then;
}

Change compare(const Indicator& indicator, const Evaluation& now, const Evaluation& then, double level) {
  Change change = change_of(indicator, now, then);
  if (!change.change) return change;
  if (has_newcombe(indicator)) set_newcombe(change, Share(now), Share(then), level);
  if (indicator.kind == Indicator::Kind::contribution) set_newcombe(change, now, then);
  return change;
}

Change compare_with_whole(const Indicator& indicator, const Evaluation& part, const Evaluation& whole, double level) {
  Change change = change_of(indicator, part, whole);
  if (!change.change || !has_newcombe(indicator)) return change;
  const Share rest = rest_of(Share(whole), Share(part));
  const double share_of_rest = static_cast<double>(rest.n) / static_cast<double>(Share(whole).n);
  set_newcombe(change, Share(part), rest, level, share_of_rest);
  return change;
}

// Nothing is left of a whole that is its own part: there is no difference.
Change compare_with_whole(const Indicator& indicator, const Evaluation& part, const Evaluation& whole,
                          const Evaluation& rest) {
  Change change = change_of(indicator, part, whole);
  if (!change.change || !part.low) return change;
  change.low = change.high = 0;
  if (rest.value) set_newcombe(change, part, rest, *rest.denominator / *whole.denominator);
  return change;
}

}  // namespace casemetry::question
