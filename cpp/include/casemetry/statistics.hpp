// SPDX-License-Identifier: Apache-2.0
/// \file
/// Numbers in, numbers out: the interval of a proportion, of a count, of a ratio, of a difference, of a mean and of a
/// quantile. A rate of 6 of 6 is 100 %, and so is a rate of 600 of 600; the interval is what tells them apart. Nothing
/// here knows a table or a cube, so every function can be checked against a textbook and used alone:
///
///     const casemetry::Interval interval = casemetry::wilson(6, 6);  // [0.610, 1.000]
///
/// All functions share these manners. `level` is the coverage aimed at, strictly between 0 and 1. Intervals are
/// two-sided with equal tails of α/2 each, α = 1 − level. Where the data say nothing (0 of 0), the interval is the
/// whole range of the parameter, not an error. Impossible input (a negative count, a part above its whole, a level of
/// 95) throws DataError. Counts go up to 10¹⁵, beyond which doubles no longer tell neighbours apart. All functions are
/// pure and may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <casemetry/export.hpp>
#include <casemetry/wide.hpp>

namespace casemetry {

/// Limits of a confidence interval (置信区间), in the unit of the parameter: a proportion of 50 % is 0.5.
struct Interval {
  double low;
  double high;
  bool operator==(const Interval&) const = default;
};

/// Score interval of a proportion, x of n: all p for which |x/n − p| ≤ z √(p (1 − p) / n), z the normal quantile.
///
/// Its mean coverage is close to `level` also for small n, and it never leaves [0, 1] nor shrinks to a point. 0 of n
/// has low 0 exactly, n of n has high 1 exactly, 0 of 0 is [0, 1]. Throws DataError unless 0 ≤ x ≤ n and 0 < level < 1.
///
/// Source: Wilson (1927), JASA 22, 209–212; compared by Brown, Cai and DasGupta (2001), Statistical Science 16,
/// 101–133.
CASEMETRY_EXPORT Interval wilson(std::int64_t x, std::int64_t n, double level = 0.95);

/// Score interval of a share that is known as well as n independent units would tell it, neither of which need be
/// whole: of a mean of weights in [0, 1], with n = share (1 − share) / (standard error)².
///
/// `wilson_share(x / n, n)` is `wilson(x, n)` but for rounding. A share of 0 has low 0 exactly, of 1 high 1 exactly; n
/// = 0 is [0, 1]. Throws DataError unless 0 ≤ share ≤ 1, n ≥ 0 is finite and 0 < level < 1.
CASEMETRY_EXPORT Interval wilson_share(double share, double n, double level = 0.95);

/// Exact interval of a proportion, x of n: its coverage is at least `level` whatever the true proportion, so it is
/// wider than `wilson`.
///
/// The limits are the beta quantiles B(α/2; x, n − x + 1) and B(1 − α/2; x + 1, n − x). 0 of n has low 0, n of n has
/// high 1, 0 of 0 is [0, 1]. Throws DataError unless 0 ≤ x ≤ n and 0 < level < 1.
///
/// Source: Clopper and Pearson (1934), Biometrika 26, 404–413.
CASEMETRY_EXPORT Interval clopper_pearson(std::int64_t x, std::int64_t n, double level = 0.95);

/// Exact interval of the expectation of a Poisson count x.
///
/// The limits are the gamma quantiles G(α/2; x) and G(1 − α/2; x + 1), half the χ² quantiles with 2x and 2x + 2 degrees
/// of freedom. A count of 0 has low 0 and high −ln(α/2). Throws DataError unless x ≥ 0 and 0 < level < 1.
///
/// Source: Garwood (1936), Biometrika 28, 437–442.
CASEMETRY_EXPORT Interval poisson_exact(std::int64_t x, double level = 0.95);

/// Exact interval of the ratio x / y of two independent Poisson counts that share no unit.
///
/// Given x + y, x is binomial with p = r / (1 + r), r the ratio of the two expectations: the limits are those of
/// `clopper_pearson(x, x + y)`, each turned into the odds p / (1 − p). For x = 0 low is 0, for y = 0 high is infinite,
/// 0 to 0 is [0, ∞]. Throws DataError unless x ≥ 0, y ≥ 0 and 0 < level < 1.
///
/// Source: Przyborowski and Wilenski (1940), Biometrika 31, 313–323.
CASEMETRY_EXPORT Interval ratio_exact(std::int64_t x, std::int64_t y, double level = 0.95);

/// Interval of the difference of two independent proportions, x₁/n₁ − x₂/n₂, from the Wilson limits l and u of each:
///
///     low  = p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)
///     high = p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)
///
/// It stays inside [−1, 1]; if either side is 0 of 0, it is [−1, 1]. Throws DataError unless 0 ≤ x ≤ n on both sides
/// and 0 < level < 1.
///
/// Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
CASEMETRY_EXPORT Interval newcombe(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2,
                                   double level = 0.95);

/// The same of two independent shares with their Wilson limits, as `wilson_share` gives them, both at one level.
CASEMETRY_EXPORT Interval newcombe_shares(double share1, const Interval& limits1, double share2,
                                          const Interval& limits2);

/// How many numbers there are, their mean, and their sample variance Σ(x − mean)² / (n − 1). The mean of no numbers and
/// the variance of fewer than two are NaN.
struct Moments {
  std::int64_t n;
  double mean;
  double variance;
};

/// Moments of the numbers value · 10^−scale: of days and items with scale 0, of yuan from amounts in fen with scale 2.
///
/// The sums Σx and Σx² are exact integers and floating point begins at the last division, so neither the order of the
/// values nor a large common offset costs a digit. One pass. Throws DataError
/// unless 0 ≤ scale ≤ 18, and if Σx² does not fit in 127 bits.
CASEMETRY_EXPORT Moments moments(std::span<const std::int64_t> values, int scale = 0);

/// The same from n, Σx and Σx² of the whole numbers, for callers that have added up already. Throws DataError also if
/// no n whole numbers have these sums: n Σx² < (Σx)².
CASEMETRY_EXPORT Moments moments(std::int64_t n, const Wide& sum, const Wide& sum_of_squares, int scale = 0);

/// Interval of a mean: mean ± t √(variance / n), t the quantile of Student's distribution with n − 1 degrees of
/// freedom.
///
/// Exact for normal data; for other data it comes true as n grows. Equal values (variance 0) give a point. Fewer than
/// two numbers tell nothing of the spread: [−∞, ∞]. Throws DataError if n < 0, if the mean of two numbers or more is
/// not finite or their variance is negative or not finite, and unless 0 < level < 1.
///
/// Source: Student (1908), Biometrika 6, 1–25.
CASEMETRY_EXPORT Interval student_mean(const Moments& moments, double level = 0.95);

/// Where a quantile lies among n sorted values: at x[rank] + fraction · (x[rank + 1] − x[rank]), ranks from 1.
/// `fraction` is in [0, 1); when it is 0, x[rank + 1] is not needed and may not exist.
struct QuantilePosition {
  std::int64_t rank;
  double fraction;
  bool operator==(const QuantilePosition&) const = default;
};

/// Position of the sample quantile of type 7, (n − 1) q from the least value: the default of R, NumPy and pandas.
///
/// q is taken as the decimal it is written as (0.1 is one tenth; 18 decimals count) and the position is computed in
/// integers: the rank is never off by one from rounding, whatever n. q = 0 is the least value, q = 1 the greatest.
/// Throws DataError unless n ≥ 1 and 0 ≤ q ≤ 1.
///
/// Source: Hyndman and Fan (1996), The American Statistician 50, 361–365.
CASEMETRY_EXPORT QuantilePosition quantile_position(std::int64_t n, double q);

/// Ranks of two order statistics, 1 ≤ low < high ≤ n.
struct Ranks {
  std::int64_t low;
  std::int64_t high;
  bool operator==(const Ranks&) const = default;
};

/// Interval of a quantile whatever the distribution: the values at these ranks, both included, enclose the quantile of
/// the population with a probability of at least `level`.
///
/// With B binomial (n, q): low is the greatest rank with P(B < low) ≤ α/2, high the least with P(B ≥ high) ≤ α/2. There
/// are none if a tail has no such rank: five values say too little of a median, and no number of values bounds the
/// quantiles 0 and 1. Heaps of equal values, as days have, raise the coverage, never lower it. Throws DataError unless
/// n ≥ 0, 0 ≤ q ≤ 1 and 0 < level < 1.
///
/// Source: Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.
CASEMETRY_EXPORT std::optional<Ranks> quantile_ranks(std::int64_t n, double q, double level = 0.95);

}  // namespace casemetry
