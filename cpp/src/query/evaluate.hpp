// SPDX-License-Identifier: Apache-2.0
/// \file
/// How integers become a value, by the kind of the indicator. Pure: nothing here knows a cube.
#pragma once

#include <casemetry/query.hpp>
#include <casemetry/statistics.hpp>

#include "query/fraction.hpp"

namespace casemetry::question {

/// The joint outcomes of a proportion's numerator N and denominator D: how many units of each kind.
struct Outcomes {
  std::int64_t both_true = 0;                    ///< x
  std::int64_t known = 0;                        ///< n: D true, N known
  std::int64_t numerator_unknown = 0;            ///< a: D true, N unknown
  std::int64_t both_unknown = 0;                 ///< b
  std::int64_t denominator_unknown_n_false = 0;  ///< c
  std::int64_t denominator_unknown_n_true = 0;   ///< d
};

/// x/n, least and most over every completion of the unknown outcomes.
Evaluation evaluate_proportion(const Indicator& indicator, const Outcomes& outcomes, double level);

/// What the aggregates of a fraction are: the integers that are known, and, where there are bounds, the ranges in which
/// they lie whatever the unknown turn out to be.
struct Operands {
  std::span<const int128> known;
  std::optional<std::span<const Range>> ranges;
  std::int64_t unknown = 0;
};

/// Count, sum, stock and ratio; a proportion of figures.
Evaluation evaluate_fraction(const Indicator& indicator, const Fraction& fraction, const Operands& operands,
                             double level);

/// The least and the greatest value that a column may hold.
using ValueRange = std::pair<std::int64_t, std::int64_t>;

/// What a mean rests on. `range`: what an unknown value may be, if that is declared.
struct Totals {
  std::int64_t n = 0;
  std::int64_t unknown = 0;
  int128 sum = 0;
  int128 sum_of_squares = 0;
  int scale = 0;
  std::optional<ValueRange> range;
};

/// Σx/n with Student's interval.
Evaluation evaluate_mean(const Indicator& indicator, const Totals& totals, double level);

/// Days and how many units have each, by ascending day.
struct Histogram {
  std::span<const std::int32_t> days;
  std::span<const std::int64_t> counts;
  std::int64_t unknown = 0;
};

/// The quantile of type 7, with the interval of order statistics.
Evaluation evaluate_quantile(const Indicator& indicator, const Histogram& histogram, double level);

/// A value that is read as a part of a whole, and cannot be more than it.
inline bool is_share(const Indicator& indicator) {
  return indicator.kind == Indicator::Kind::proportion || indicator.kind == Indicator::Kind::contribution ||
         indicator.format == Indicator::Format::percent;
}

/// A value that is an amount of its own, without a denominator.
inline bool is_amount(const Indicator& indicator) {
  return indicator.kind == Indicator::Kind::count || indicator.kind == Indicator::Kind::sum ||
         indicator.kind == Indicator::Kind::stock;
}

/// Sets the flags that a denominator gives cause for: none, less than `min_n`, less than the numerator.
void flag_denominator(const Indicator& indicator, Evaluation& evaluation);

/// The interval of a proportion under the name that the indicator gives; nothing for `none`.
std::optional<Interval> proportion_interval(const Indicator& indicator, std::int64_t x, std::int64_t n, double level);

/// Sets low and high.
inline void set_interval(Evaluation& evaluation, const std::optional<Interval>& interval) {
  if (!interval) return;
  evaluation.low = interval->low;
  evaluation.high = interval->high;
}

}  // namespace casemetry::question
