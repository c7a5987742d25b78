// SPDX-License-Identifier: Apache-2.0
#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

double quotient(std::int64_t over, std::int64_t under) {
  return static_cast<double>(over) / static_cast<double>(under);
}

// Every unknown N false, and D true wherever that lowers the share. Without any unit of the denominator but d, whose N
// is true, the only share there can be is 1.
std::optional<double> least_share(const Outcomes& o) {
  const std::int64_t under = o.known + o.numerator_unknown + o.both_unknown + o.denominator_unknown_n_false;
  if (under > 0) return quotient(o.both_true, under);
  return o.denominator_unknown_n_true > 0 ? std::optional(1.0) : std::nullopt;
}

// Every unknown N true, and D true wherever that raises the share. Without any but c, whose N is false, it is 0.
std::optional<double> most_share(const Outcomes& o) {
  const std::int64_t turned = o.numerator_unknown + o.both_unknown + o.denominator_unknown_n_true;
  if (o.known + turned > 0) return quotient(o.both_true + turned, o.known + turned);
  return o.denominator_unknown_n_false > 0 ? std::optional(0.0) : std::nullopt;
}

}  // namespace

Evaluation evaluate_proportion(const Indicator& indicator, const Outcomes& o, double level) {
  Evaluation evaluation;
  evaluation.numerator = Number(o.both_true);
  evaluation.denominator = Number(o.known);
  evaluation.unknown =
      o.numerator_unknown + o.both_unknown + o.denominator_unknown_n_false + o.denominator_unknown_n_true;
  evaluation.least = least_share(o);
  evaluation.most = most_share(o);
  if (o.known > 0) {
    evaluation.value = quotient(o.both_true, o.known);
    set_interval(evaluation, proportion_interval(indicator, o.both_true, o.known, level));
  }
  flag_denominator(indicator, evaluation);
  return evaluation;
}

std::optional<Interval> proportion_interval(const Indicator& indicator, std::int64_t x, std::int64_t n, double level) {
  if (indicator.interval == "none") return std::nullopt;
  return indicator.interval == "clopper_pearson" ? clopper_pearson(x, n, level) : wilson(x, n, level);
}

void flag_denominator(const Indicator& indicator, Evaluation& evaluation) {
  if (!evaluation.denominator) return;
  const double denominator = *evaluation.denominator;
  if (denominator == 0) {
    evaluation.flags.set(Flag::no_denominator);
  } else if (denominator < static_cast<double>(indicator.min_n)) {
    evaluation.flags.set(Flag::small);
  }
  if (is_share(indicator) && denominator != 0 && evaluation.numerator && *evaluation.numerator > denominator)
    evaluation.flags.set(Flag::exceeds_denominator);
}

}  // namespace casemetry::question
