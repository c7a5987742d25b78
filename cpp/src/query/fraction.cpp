// SPDX-License-Identifier: Apache-2.0
#include "query/fraction.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace casemetry::question {
namespace {

bool is_quotient(const Indicator& indicator) {
  return indicator.kind == Indicator::Kind::proportion || indicator.kind == Indicator::Kind::ratio;
}

Formula numerator_of(const Catalogue& catalogue, const Indicator& indicator) {
  Formula formula = catalogue.over_aggregates(is_quotient(indicator) ? indicator.numerator : indicator.of);
  if (indicator.kind == Indicator::Kind::stock && indicator.at == "opening")
    for (Formula::Term& term : formula.terms) term.opening = true;
  return formula;
}

Formula denominator_of(const Catalogue& catalogue, const Indicator& indicator) {
  return is_quotient(indicator) ? catalogue.over_aggregates(indicator.denominator) : Formula{};
}

Variable variable_of(const Formula::Term& term) {
  return {term.name, term.opening};
}

std::size_t position_of(const Formula::Term& term, std::span<const Variable> variables) {
  return static_cast<std::size_t>(std::ranges::lower_bound(variables, variable_of(term)) - variables.begin());
}

LinearForm form_of(const Formula& formula, std::span<const Variable> variables, std::span<const int> scales) {
  // What the digits of a variable are multiplied by, in lowest terms: 100 times a sum with two places is its digits.
  const auto factor_of = [&](const Formula::Term& term) {
    const auto [numerator, denominator] = term.coefficient;
    const std::int64_t unit = power_of_ten(scales[position_of(term, variables)]);
    const std::int64_t common = std::gcd(numerator, unit);
    return Rational{numerator / common, narrowed(checked_product(denominator, unit / common))};
  };
  LinearForm form{std::vector<std::int64_t>(variables.size()), 1};
  for (const Formula::Term& term : formula.terms) {
    const std::int64_t divisor = factor_of(term).denominator;
    form.divisor = narrowed(checked_product(form.divisor / std::gcd(form.divisor, divisor), divisor));
  }
  for (const Formula::Term& term : formula.terms) {
    const Rational factor = factor_of(term);
    std::int64_t& coefficient = form.coefficients[position_of(term, variables)];
    const int128 added = checked_product(factor.numerator, form.divisor / factor.denominator);
    coefficient = narrowed(checked_sum(coefficient, added));
  }
  return form;
}

using Values = std::vector<int128>;

// The corner of the box where each variable is high if the form grows with it, else low.
template <class Slope>
Values corner(std::span<const Range> ranges, const Slope& slope) {
  Values values(ranges.size());
  for (std::size_t i = 0; i < ranges.size(); ++i) values[i] = slope(i) > 0 ? ranges[i].high : ranges[i].low;
  return values;
}

// The greatest value of `sign · fraction`, with the sign taken off again.
class Climb {
 public:
  Climb(const Fraction& fraction, std::span<const Range> ranges, int sign)
      : over_(fraction.numerator), under_(fraction.denominator), fraction_(fraction), ranges_(ranges), sign_(sign) {}

  std::optional<double> top() const {
    if (!fraction_.has_denominator()) return fraction_.value(over_at(steepest(0)), 0);
    if (!is_bounded()) return std::nullopt;
    return climbed(corner(ranges_, [&](std::size_t i) { return under_.coefficients[i]; }));
  }

 private:
  int128 over_at(const Values& values) const { return over_.times_divisor(values); }
  int128 under_at(const Values& values) const { return under_.times_divisor(values); }

  // The corner where sign · (N − f·D) is greatest.
  Values steepest(double f) const {
    return corner(ranges_, [&](std::size_t i) {
      const double under = fraction_.has_denominator() ? static_cast<double>(under_.coefficients[i]) : 0.0;
      return sign_ * (static_cast<double>(over_.coefficients[i]) / static_cast<double>(over_.divisor) -
                      f * under / static_cast<double>(under_.divisor));
    });
  }

  // A denominator that can vanish while the numerator does not leaves no bound; one that can be negative is not asked.
  bool is_bounded() const {
    const int128 least = under_at(corner(ranges_, [&](std::size_t i) { return -int128{under_.coefficients[i]}; }));
    if (least > 0) return true;
    if (least < 0) return false;
    const auto slope = [&](std::size_t i) {  // the variables that make the denominator vanish stay where they do
      return under_.coefficients[i] != 0 ? -int128{under_.coefficients[i]} : sign_ * int128{over_.coefficients[i]};
    };
    return sign_ * over_at(corner(ranges_, slope)) <= 0;
  }

  std::optional<double> climbed(const Values& start) const {
    std::optional<double> best = fraction_.value(over_at(start), under_at(start));
    while (best) {
      const Values next = steepest(*best);
      const auto value = fraction_.value(over_at(next), under_at(next));
      if (!value || sign_ * *value <= sign_ * *best) break;
      best = value;
    }
    return best;
  }

  const LinearForm& over_;
  const LinearForm& under_;
  const Fraction& fraction_;
  std::span<const Range> ranges_;
  int sign_;
};

}  // namespace

int128 LinearForm::times_divisor(std::span<const int128> values) const {
  int128 sum = 0;
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    sum = checked_sum(sum, checked_product(coefficients[i], values[i]));
  return sum;
}

Number LinearForm::number(int128 times_divisor) const {
  if (divisor == 1 && fits_in_64_bits(times_divisor)) return Number(static_cast<std::int64_t>(times_divisor));
  return Number(static_cast<double>(times_divisor) / static_cast<double>(divisor));
}

bool LinearForm::is_plain_sum() const {
  return divisor == 1 && std::ranges::all_of(coefficients, [](std::int64_t c) { return c == 0 || c == 1; });
}

std::optional<double> Fraction::value(int128 over, int128 under) const {
  if (!has_denominator()) return static_cast<double>(over) / static_cast<double>(numerator.divisor);
  if (under == 0) return std::nullopt;
  const std::int64_t common = std::gcd(numerator.divisor, denominator.divisor);
  return static_cast<double>(checked_product(over, denominator.divisor / common)) /
         static_cast<double>(checked_product(under, numerator.divisor / common));
}

bool Fraction::has_separate_sides() const {
  for (std::size_t i = 0; i < denominator.coefficients.size(); ++i)
    if (numerator.coefficients[i] != 0 && denominator.coefficients[i] != 0) return false;
  return true;
}

std::string Variable::text() const {
  return opening ? "opening(" + aggregate + ")" : aggregate;
}

std::vector<Variable> variables_of(const Catalogue& catalogue, const Indicator& indicator) {
  std::set<Variable> variables;
  for (const Formula& formula : {numerator_of(catalogue, indicator), denominator_of(catalogue, indicator)})
    for (const Formula::Term& term : formula.terms) variables.insert(variable_of(term));
  return {variables.begin(), variables.end()};
}

Fraction fraction_of(const Catalogue& catalogue, const Indicator& indicator, std::span<const int> scales) {
  Fraction fraction;
  fraction.variables = variables_of(catalogue, indicator);
  fraction.numerator = form_of(numerator_of(catalogue, indicator), fraction.variables, scales);
  if (is_quotient(indicator))
    fraction.denominator = form_of(denominator_of(catalogue, indicator), fraction.variables, scales);
  fraction.counts_only = std::ranges::all_of(fraction.variables, [&](const Variable& variable) {
    return catalogue.aggregate(variable.aggregate).kind == Aggregate::Kind::count;
  });
  return fraction;
}

Bounds bounds(const Fraction& fraction, std::span<const Range> ranges) {
  return {Climb(fraction, ranges, -1).top(), Climb(fraction, ranges, 1).top()};
}

}  // namespace casemetry::question
