// SPDX-License-Identifier: Apache-2.0
#include "rules/tally.hpp"

#include <algorithm>
#include <casemetry/error.hpp>
#include <limits>

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

void add_weight(int128& to, int128 more) {
  if (more < 0) throw DataError("a lead weighs less than nothing; expected values of 0 or more");
  if (__builtin_add_overflow(to, more, &to))
    throw DataError("what leads weigh does not fit 128 bits together; ask about fewer at once");
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

double value_of(const Rational& weight) {
  return static_cast<double>(weight.numerator) / static_cast<double>(weight.denominator);
}

void Bulk::add(const Bulk& other) {
  add_leads(leads, other.leads);
  add_weight(sum, other.sum);
  add_weight(sum_of_squares, other.sum_of_squares);
}

void Tally::add(const Rational& weight, const Bulk& leads) {
  all_.add(leads);
  if (leads.sum > 0) by_weight_[weight].add(leads);
}

std::optional<Rational> Tally::credit() const {
  Sum sum;
  for (const auto& [weight, bulk] : by_weight_) {
    int128 credit = 0;
    if (__builtin_mul_overflow(bulk.sum, int128{weight.numerator}, &credit)) return std::nullopt;
    if (!sum.add(credit, weight.denominator)) return std::nullopt;
  }
  constexpr int128 most = std::numeric_limits<std::int64_t>::max();
  if (sum.numerator > most || sum.denominator > most) return std::nullopt;
  return Rational{static_cast<std::int64_t>(sum.numerator), static_cast<std::int64_t>(sum.denominator)};
}

double Tally::sum() const {
  if (const auto exact = credit()) return value_of(*exact);
  double sum = 0;
  for (const auto& [weight, bulk] : by_weight_) sum += value_of(weight) * static_cast<double>(bulk.sum);
  return sum;
}

double Tally::variance_of_mean() const {
  if (by_weight_.size() == 1) return 0;
  const double centre = mean();
  double squares = 0;
  for (const auto& [weight, bulk] : by_weight_) {
    const double deviation = value_of(weight) - centre;
    squares += static_cast<double>(bulk.sum_of_squares) * deviation * deviation;
  }
  const auto all = static_cast<double>(all_.sum);
  return squares / all / all;
}

bool Tally::is_plain() const {
  return std::ranges::all_of(by_weight_, [](const auto& entry) { return entry.first.denominator == 1; });
}

double Tally::effective_leads() const {
  const bool each_weighs_one = all_.sum == all_.leads && all_.sum_of_squares == all_.leads;
  if (is_plain() && each_weighs_one) return static_cast<double>(all_.leads);
  if (by_weight_.size() == 1) {
    const auto all = static_cast<double>(all_.sum);
    return all / static_cast<double>(all_.sum_of_squares) * all;
  }
  const double share = mean();
  return share * (1 - share) / variance_of_mean();
}

}  // namespace casemetry::rule
