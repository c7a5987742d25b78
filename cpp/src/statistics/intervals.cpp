// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/statistics.hpp>
#include <cmath>
#include <limits>

#include "statistics/check.hpp"
#include "statistics/distributions.hpp"

namespace casemetry {
namespace {

using distributions::Share;

constexpr double unbounded = std::numeric_limits<double>::infinity();

double tail_of(double level) {
  return (1 - level) / 2;
}

// The two roots of the quadratic in p. The lesser is taken from their product, which spares it the cancellation. The
// ends are exact, those of 0 of 0 too.
Interval score_limits(double x, double n, double z) {
  const double z2 = z * z;
  const double sum = 2 * x + z2 + z * std::sqrt(z2 + 4 * x * ((n - x) / n));
  return {x == 0 ? 0 : 2 * x * (x / n) / sum, x == n ? 1 : sum / (2 * (n + z2))};
}

// Clopper–Pearson limits of p for x successes and y failures.
Share least_share(double x, double y, double tail) {
  return x == 0 ? Share{0, 1} : distributions::beta_lower(tail, x, y + 1);
}

Share greatest_share(double x, double y, double tail) {
  return y == 0 ? Share{1, 0} : distributions::beta_upper(tail, x + 1, y);
}

}  // namespace

Interval wilson(std::int64_t x, std::int64_t n, double level) {
  require::part("wilson", "x", x, "n", n);
  require::level("wilson", level);
  return score_limits(static_cast<double>(x), static_cast<double>(n), distributions::normal_upper(tail_of(level)));
}

Interval wilson_share(double share, double n, double level) {
  require::level("wilson_share", level);
  if (!(share >= 0 && share <= 1))
    throw DataError("wilson_share: the share is " + std::to_string(share) + "; expected a number from 0 to 1");
  if (!std::isfinite(n) || n < 0)
    throw DataError("wilson_share: n is " + std::to_string(n) + "; expected a finite number of 0 or more");
  return score_limits(share * n, n, distributions::normal_upper(tail_of(level)));
}

Interval clopper_pearson(std::int64_t x, std::int64_t n, double level) {
  require::part("clopper_pearson", "x", x, "n", n);
  require::level("clopper_pearson", level);
  const auto successes = static_cast<double>(x);
  const auto failures = static_cast<double>(n - x);
  return {least_share(successes, failures, tail_of(level)).value,
          greatest_share(successes, failures, tail_of(level)).value};
}

Interval poisson_exact(std::int64_t x, double level) {
  require::count("poisson_exact", "x", x);
  require::level("poisson_exact", level);
  const auto shape = static_cast<double>(x);
  return {x == 0 ? 0 : distributions::gamma_lower(tail_of(level), shape),
          distributions::gamma_upper(tail_of(level), shape + 1)};
}

Interval ratio_exact(std::int64_t x, std::int64_t y, double level) {
  require::count("ratio_exact", "x", x);
  require::count("ratio_exact", "y", y);
  require::level("ratio_exact", level);
  const Share least = least_share(static_cast<double>(x), static_cast<double>(y), tail_of(level));
  const Share greatest = greatest_share(static_cast<double>(x), static_cast<double>(y), tail_of(level));
  return {least.value / least.complement, greatest.value / greatest.complement};  // 1 / 0 is infinite
}

Interval newcombe(std::int64_t x1, std::int64_t n1, std::int64_t x2, std::int64_t n2, double level) {
  require::part("newcombe", "x1", x1, "n1", n1);
  require::part("newcombe", "x2", x2, "n2", n2);
  require::level("newcombe", level);
  if (n1 == 0 || n2 == 0) return {-1, 1};
  const double z = distributions::normal_upper(tail_of(level));
  const Interval first = score_limits(static_cast<double>(x1), static_cast<double>(n1), z);
  const Interval second = score_limits(static_cast<double>(x2), static_cast<double>(n2), z);
  return newcombe_shares(static_cast<double>(x1) / static_cast<double>(n1), first,
                         static_cast<double>(x2) / static_cast<double>(n2), second);
}

Interval newcombe_shares(double share1, const Interval& limits1, double share2, const Interval& limits2) {
  const double difference = share1 - share2;
  return {std::max(-1.0, difference - std::hypot(share1 - limits1.low, limits2.high - share2)),
          std::min(1.0, difference + std::hypot(limits1.high - share1, share2 - limits2.low))};
}

Interval student_mean(const Moments& moments, double level) {
  if (moments.n < 0)
    throw DataError("student_mean: n is " + std::to_string(moments.n) + "; expected 0 or more numbers");
  require::level("student_mean", level);
  if (moments.n < 2) return {-unbounded, unbounded};
  if (!std::isfinite(moments.mean) || !std::isfinite(moments.variance) || moments.variance < 0)
    throw DataError("student_mean: mean " + std::to_string(moments.mean) + " and variance " +
                    std::to_string(moments.variance) + " are not those of " + std::to_string(moments.n) +
                    " numbers; expected a finite mean and a finite variance of 0 or more");
  const auto n = static_cast<double>(moments.n);
  const double half = distributions::student_upper(tail_of(level), n - 1) * std::sqrt(moments.variance / n);
  return {moments.mean - half, moments.mean + half};
}

}  // namespace casemetry
