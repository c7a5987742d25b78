// SPDX-License-Identifier: Apache-2.0
#include "statistics/distributions.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

namespace casemetry::distributions {
namespace {

namespace math = boost::math;

// `long double` inside would cost time and differ between platforms; the digits promised are there without it.
using InDouble = math::policies::policy<math::policies::promote_double<false>>;

// From here on the expansion below errs by less than 1e-12 out to tails of 1e-9, and Boost by more.
constexpr double large_shape = 1e7;

// The quantile of a nearly normal, standardised distribution, at the normal quantile z, up to terms in 1/shape:
// Cornish and Fisher (1937), Revue de l'Institut International de Statistique 5, 307–320.
double cornish_fisher(double z, double skewness, double excess_kurtosis) {
  const double z2 = z * z;
  return z + (z2 - 1) * skewness / 6 + z * (z2 - 3) * excess_kurtosis / 24 -
         z * (2 * z2 - 5) * skewness * skewness / 36;
}

double large_gamma(double z, double shape) {
  const double deviation = std::sqrt(shape);
  return shape + deviation * cornish_fisher(z, 2 / deviation, 6 / shape);
}

Share large_beta(double z, double a, double b) {
  const double n = a + b;
  const double deviation = std::sqrt(a / n * (b / n) / (n + 1));
  const double skewness = 2 * (b - a) / (n + 2) * std::sqrt((n + 1) / (a * b));
  const double excess_kurtosis = 6 * ((a - b) * (a - b) * (n + 1) / (a * b) - (n + 2)) / ((n + 2) * (n + 3));
  const double shift = deviation * cornish_fisher(z, skewness, excess_kurtosis);
  return {a / n + shift, b / n - shift};
}

// Boost takes the distribution function of two whole shapes for a binomial sum over powers of 1 − x, whose rounding
// costs n · 1e-16 of the result. One unit in the last place beside a whole number it goes another, accurate way.
double beside_whole(double shape) {
  return shape > 1e4 ? std::nextafter(shape, 2 * shape) : shape;
}

}  // namespace

double normal_upper(double tail) {
  return std::numbers::sqrt2 * math::erfc_inv(2 * tail, InDouble());
}

double student_upper(double tail, double degrees_of_freedom) {
  return quantile(complement(math::students_t_distribution<double, InDouble>(degrees_of_freedom), tail));
}

double gamma_lower(double tail, double shape) {
  if (shape > large_shape) return large_gamma(-normal_upper(tail), shape);
  return math::gamma_p_inv(shape, tail, InDouble());
}

double gamma_upper(double tail, double shape) {
  if (shape > large_shape) return large_gamma(normal_upper(tail), shape);
  return math::gamma_q_inv(shape, tail, InDouble());
}

Share beta_lower(double tail, double a, double b) {
  if (std::min(a, b) > large_shape) return large_beta(-normal_upper(tail), a, b);
  Share share{};
  share.value = math::ibeta_inv(beside_whole(a), beside_whole(b), tail, &share.complement, InDouble());
  return share;
}

Share beta_upper(double tail, double a, double b) {
  const Share mirrored = beta_lower(tail, b, a);
  return {mirrored.complement, mirrored.value};
}

}  // namespace casemetry::distributions
