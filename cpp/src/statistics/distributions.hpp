// SPDX-License-Identifier: Apache-2.0
#pragma once
// Quantiles of the distributions that intervals are made of. The only door to Boost.Math, whose headers are dear.
//
// `_lower` is the value below which the probability `tail` lies, `_upper` the value above which it lies, 0 < tail < 1.

namespace casemetry::distributions {

double normal_upper(double tail);
double student_upper(double tail, double degrees_of_freedom);
double gamma_lower(double tail, double shape);
double gamma_upper(double tail, double shape);

// A proportion with its complement, so that both keep their digits near 0 and near 1.
struct Share {
  double value;
  double complement;
};
Share beta_lower(double tail, double a, double b);
Share beta_upper(double tail, double a, double b);

}  // namespace casemetry::distributions
