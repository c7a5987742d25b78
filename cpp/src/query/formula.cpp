// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

// Poisson, on request: of a count of disjoint things.
std::optional<Interval> count_interval(const Fraction& fraction, const Evaluation& evaluation, double level) {
  if (!fraction.counts_only || !fraction.numerator.is_plain_sum() || !evaluation.numerator->is_whole())
    return std::nullopt;
  return poisson_exact(evaluation.numerator->whole(), level);
}

// Of figures, where the numerator may exceed the denominator and no interval has a meaning.
std::optional<Interval> share_interval(const Indicator& indicator, const Evaluation& evaluation, double level) {
  if (!evaluation.numerator->is_whole() || !evaluation.denominator->is_whole()) return std::nullopt;
  const std::int64_t x = evaluation.numerator->whole();
  const std::int64_t n = evaluation.denominator->whole();
  return x < 0 || x > n ? std::nullopt : proportion_interval(indicator, x, n, level);
}

// Conditional, where both sides are plain counts that share no aggregate.
std::optional<Interval> ratio_interval(const Fraction& fraction, const Evaluation& evaluation, double level) {
  const bool is_plain = fraction.counts_only && fraction.numerator.is_plain_sum() &&
                        fraction.denominator.is_plain_sum() && fraction.has_separate_sides() &&
                        evaluation.numerator->is_whole() && evaluation.denominator->is_whole();
  if (!is_plain) return std::nullopt;
  return ratio_exact(evaluation.numerator->whole(), evaluation.denominator->whole(), level);
}

bool has_interval(const Indicator& indicator) {
  if (indicator.interval == "none") return false;
  return !is_amount(indicator) || !indicator.interval.empty();
}

std::optional<Interval> interval_of(const Indicator& indicator, const Fraction& fraction, const Evaluation& evaluation,
                                    double level) {
  switch (indicator.kind) {
    case Indicator::Kind::count:
      return count_interval(fraction, evaluation, level);
    case Indicator::Kind::proportion:
      return share_interval(indicator, evaluation, level);
    case Indicator::Kind::ratio:
      return ratio_interval(fraction, evaluation, level);
    default:
      return std::nullopt;
  }
}

void set_band(Evaluation& evaluation, const Fraction& fraction, const Operands& operands) {
  if (operands.unknown == 0) {
    evaluation.least = evaluation.most = evaluation.value;
  } else if (operands.ranges) {
    const Bounds band = bounds(fraction, *operands.ranges);
    evaluation.least = band.least;
    evaluation.most = band.most;
  }
}

}  // namespace

Evaluation evaluate_fraction(const Indicator& indicator, const Fraction& fraction, const Operands& operands,
                             double level) {
  Evaluation evaluation;
  const int128 over = fraction.numerator.times_divisor(operands.known);
  const int128 under = fraction.denominator.times_divisor(operands.known);
  evaluation.value = fraction.value(over, under);
  evaluation.numerator = fraction.numerator.number(over);
  if (fraction.has_denominator()) evaluation.denominator = fraction.denominator.number(under);
  evaluation.unknown = operands.unknown;
  set_band(evaluation, fraction, operands);
  flag_denominator(indicator, evaluation);
  if (!evaluation.value || !has_interval(indicator)) return evaluation;
  const auto interval = interval_of(indicator, fraction, evaluation, level);
  set_interval(evaluation, interval);
  if (!interval) evaluation.flags.set(Flag::no_interval);
  return evaluation;
}

}  // namespace casemetry::question
