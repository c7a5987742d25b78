// SPDX-License-Identifier: Apache-2.0
/// \file
/// A formula over aggregates, laid out for arithmetic: whole coefficients over one divisor, so that every value is
/// exact until the last division.
#pragma once

#include <casemetry/query.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exact.hpp"

namespace casemetry::question {

/// What stands in a formula: an aggregate; of what is pending the number at the end of a period, or at its opening.
struct Variable {
  std::string aggregate;
  bool opening = false;
  /// `pending_cases`, `opening(pending_cases)`.
  std::string text() const;
  auto operator<=>(const Variable&) const = default;
};

/// The variables of an indicator's formulas, count indicators replaced by aggregates, sorted. A stock at the opening is
/// one of an opening.
std::vector<Variable> variables_of(const Catalogue& catalogue, const Indicator& indicator);

/// What a variable is, as far as is known: any whole number from low to high.
struct Range {
  int128 low = 0;
  int128 high = 0;
};

/// `Σ coefficients[i] · v[i] / divisor`, over the variables of a Fraction.
struct LinearForm {
  std::vector<std::int64_t> coefficients;
  std::int64_t divisor = 1;

  int128 times_divisor(std::span<const int128> values) const;
  /// Whole if the form has no fractions and the value fits in 64 bits.
  Number number(int128 times_divisor) const;
  /// Some variables, each just as often as it occurs: a plain count of disjoint things.
  bool is_plain_sum() const;
};

/// One linear form, or one over another, over the same variables: those of an indicator, sorted.
struct Fraction {
  std::vector<Variable> variables;
  LinearForm numerator;
  LinearForm denominator;    ///< without coefficients: the form is the numerator alone
  bool counts_only = false;  ///< all aggregates are counts

  bool has_denominator() const { return !denominator.coefficients.empty(); }
  /// Nothing if the denominator is 0.
  std::optional<double> value(int128 over, int128 under) const;
  /// No variable stands on both sides.
  bool has_separate_sides() const;
};

/// The fraction of an indicator's formulas. `scales`: for each of its variables how many decimal digits its integers
/// carry.
Fraction fraction_of(const Catalogue& catalogue, const Indicator& indicator, std::span<const int> scales);

/// The least and the most that a fraction can be with each variable anywhere in its range; nothing where it has no
/// bound.
///
/// A linear form over another is monotone in every variable, so both stand at a corner of the box; the corner is found
/// by Dinkelbach's iteration (1967, Management Science 13, 492–498): from f, move to the corner where N − f·D is
/// greatest, until f does not grow. A variable in both the numerator and the denominator is one variable, not two:
/// N / (N + R) is greatest where N is greatest and R least.
struct Bounds {
  std::optional<double> least, most;
};
Bounds bounds(const Fraction& fraction, std::span<const Range> ranges);

}  // namespace casemetry::question
