// SPDX-License-Identifier: Apache-2.0
#include <casemetry/error.hpp>
#include <casemetry/statistics.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "int128.hpp"

namespace casemetry {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse_sums(std::int64_t n) {
  throw DataError("moments: the sums cannot be those of " + std::to_string(n) +
                  " numbers: n Σx² is less than (Σx)²; expected n, Σx and Σx² of the same numbers");
}

// Σ(x − mean)², exact up to the last two operations. With mean = near + rest / n, near and rest whole, it is
// Σ(x − near)² − rest² / n, and Σ(x − near)² = Σx² − near (Σx + rest): whole numbers no larger than Σx² + n.
double squared_deviations(std::int64_t n, int128 sum, int128 sum_of_squares) {
  const int128 near = sum / n;
  const int128 rest = sum % n;
  int128 shift = 0;
  int128 about_near = 0;
  if (__builtin_add_overflow(sum, rest, &shift) || __builtin_mul_overflow(shift, near, &shift) ||
      __builtin_sub_overflow(sum_of_squares, shift, &about_near))
    refuse_sums(n);
  const int128 whole = about_near - rest * rest / n;
  const int128 part = rest * rest % n;
  if (whole < 0 || (whole == 0 && part > 0)) refuse_sums(n);
  return static_cast<double>(whole) - static_cast<double>(part) / static_cast<double>(n);
}

}  // namespace

Moments moments(std::int64_t n, const Wide& wide_sum, const Wide& wide_sum_of_squares, int scale) {
  const int128 sum = as_int128(wide_sum);
  if (scale < 0 || scale > 18)
    throw DataError("moments: scale is " + std::to_string(scale) + "; expected 0 to 18 digits after the point");
  if (n < 0) refuse_sums(n);
  if (n == 0) return {0, no_value, no_value};
  const double unit = std::pow(10.0, scale);
  const double squares = squared_deviations(n, sum, as_int128(wide_sum_of_squares));
  const double mean = static_cast<double>(sum) / static_cast<double>(n) / unit;
  return {n, mean, n == 1 ? no_value : squares / static_cast<double>(n - 1) / unit / unit};
}

Moments moments(std::span<const std::int64_t> values, int scale) {
  int128 sum = 0;
  int128 sum_of_squares = 0;
  for (const std::int64_t value : values) {
    sum += value;
    if (__builtin_add_overflow(sum_of_squares, static_cast<int128>(value) * value, &sum_of_squares))
      throw DataError("moments: the sum of squares passes 127 bits; express the values in a larger unit");
  }
  return moments(static_cast<std::int64_t>(values.size()), as_wide(sum), as_wide(sum_of_squares), scale);
}

}  // namespace casemetry
