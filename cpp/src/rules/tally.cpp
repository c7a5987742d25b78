// SPDX-License-Identifier: Apache-2.0
#include "rules/tally.hpp"

#include <algorithm>
#include <casemetry/error.hpp>
#include <limits>

#include "int128.hpp"

namespace casemetry::rule {
namespace {

int128 common_divisor(int128 left, int128 right) {
  while (right != 0) {
    const int128 rest = left % right;
    left = right;
    right = rest;
  }
  return left;
}

// A sum of fractions that are not negative, in lowest terms.
struct Sum {
  int128 numerator = 0;
  int128 denominator = 1;

  // False if it runs over 128 bits.
  bool add(int128 over, std::int64_t under) {
    const int128 shared = common_divisor(denominator, under);
    int128 scaled = 0;
    if (__builtin_mul_overflow(numerator, under / shared, &numerator)) return false;
    if (__builtin_mul_overflow(over, denominator / shared, &scaled)) return false;
    if (__builtin_add_overflow(numerator, scaled, &numerator)) return false;
    if (__builtin_mul_overflow(denominator, under / shared, &denominator)) return false;
    const int128 divisor = common_divisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
    return true;
  }
};

double value_of(const Rational& weight) {
  return static_cast<double>(weight.numerator) / static_cast<double>(weight.denominator);
}

bool is_whole(const Rational& weight) {
  return weight.denominator == 1;
}

}  // namespace

bool Smaller::operator()(const Rational& left, const Rational& right) const {
  return int128{left.numerator} * right.denominator < int128{right.numerator} * left.denominator;
}

void add_leads(std::int64_t& to, std::int64_t leads) {
  if (leads < 0) throw DataError("a count of leads is " + std::to_string(leads) + "; expected 0 or more");
  if (__builtin_add_overflow(to, leads, &to))
    throw DataError("the counts of leads do not fit 64 bits together; ask about fewer at once");
}

void Tally::add(const Rational& weight, std::int64_t leads) {
  add_leads(leads_, leads);
  if (leads > 0) leads_by_weight_[weight] += leads;
}

std::optional<Rational> Tally::credit() const {
  Sum sum;
  for (const auto& [weight, leads] : leads_by_weight_)
    if (!sum.add(int128{weight.numerator} * leads, weight.denominator)) return std::nullopt;
  constexpr int128 most = std::numeric_limits<std::int64_t>::max();
  if (sum.numerator > most || sum.denominator > most) return std::nullopt;
  return Rational{static_cast<std::int64_t>(sum.numerator), static_cast<std::int64_t>(sum.denominator)};
}

double Tally::sum() const {
  if (const auto exact = credit()) return value_of(*exact);
  double sum = 0;
  for (const auto& [weight, leads] : leads_by_weight_) sum += value_of(weight) * static_cast<double>(leads);
  return sum;
}

double Tally::variance_of_mean() const {
  if (leads_by_weight_.size() == 1) return 0;
  const double centre = mean();
  double squares = 0;
  for (const auto& [weight, leads] : leads_by_weight_) {
    const double deviation = value_of(weight) - centre;
    squares += static_cast<double>(leads) * deviation * deviation;
  }
  const auto n = static_cast<double>(leads_);
  return squares / n / n;
}

double Tally::effective_leads() const {
  const auto is_plain = [](const auto& entry) { return is_whole(entry.first); };
  if (std::ranges::all_of(leads_by_weight_, is_plain)) return static_cast<double>(leads_);
  if (leads_by_weight_.size() == 1) return std::numeric_limits<double>::infinity();
  const double share = mean();
  return share * (1 - share) / variance_of_mean();
}

}  // namespace casemetry::rule
