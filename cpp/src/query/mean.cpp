// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

double quotient_of(int128 over, int128 under) {
  return static_cast<double>(over) / static_cast<double>(under);
}

void set_student(Evaluation& evaluation, const Totals& totals, double level) {
  if (totals.n < 2) {
    evaluation.flags.set(Flag::no_interval);
    return;
  }
  const Moments of = moments(totals.n, as_wide(totals.sum), as_wide(totals.sum_of_squares), totals.scale);
  set_interval(evaluation, student_mean(of, level));
}

// The unknown values all at the end of their range.
double mean_with(const Totals& totals, std::int64_t end) {
  return quotient_of(checked_sum(totals.sum, checked_product(end, totals.unknown)), int128{totals.n} + totals.unknown);
}

void set_mean_band(Evaluation& evaluation, const Totals& totals, double unit) {
  if (totals.unknown == 0) {
    evaluation.least = evaluation.most = evaluation.value;
  } else if (totals.range) {
    evaluation.least = mean_with(totals, totals.range->first) / unit;
    evaluation.most = mean_with(totals, totals.range->second) / unit;
  }
}

Number scaled(int128 sum, int scale, double unit) {
  if (scale == 0 && fits_in_64_bits(sum)) return Number(static_cast<std::int64_t>(sum));
  return Number(static_cast<double>(sum) / unit);
}

}  // namespace

Evaluation evaluate_mean(const Indicator& indicator, const Totals& totals, double level) {
  const double unit = std::pow(10.0, totals.scale);
  Evaluation evaluation;
  evaluation.numerator = scaled(totals.sum, totals.scale, unit);
  evaluation.denominator = Number(totals.n);
  evaluation.unknown = totals.unknown;
  flag_denominator(indicator, evaluation);
  if (totals.n > 0) {
    evaluation.value = static_cast<double>(totals.sum) / (static_cast<double>(totals.n) * unit);
    if (indicator.interval != "none") set_student(evaluation, totals, level);
  }
  set_mean_band(evaluation, totals, unit);
  return evaluation;
}

}  // namespace casemetry::question
