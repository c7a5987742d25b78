// SPDX-License-Identifier: Apache-2.0
#include "catalogue/rational.hpp"

#include <charconv>
#include <limits>
#include <numeric>

#include "int128.hpp"
#include "written.hpp"

namespace casemetry::definition {
namespace {

constexpr int most_digits = 18;  // a power of ten that an int64 holds

std::optional<std::int64_t> narrowed(int128 value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < -std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return static_cast<std::int64_t>(value);
}

int128 common_divisor(int128 left, int128 right) {
  while (right != 0) {
    const int128 rest = left % right;
    left = right;
    right = rest;
  }
  return left < 0 ? -left : left;
}

std::optional<Rational> reduced(int128 numerator, int128 denominator) {
  if (denominator == 0) return std::nullopt;
  const int128 divisor = common_divisor(numerator, denominator) * (denominator < 0 ? -1 : 1);
  const auto above = narrowed(numerator / divisor);
  const auto below = narrowed(denominator / divisor);
  if (!above || !below) return std::nullopt;
  return Rational{*above, *below};
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// All of the text as a number, or nothing.
std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

bool only_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The number as digits and the place of its point: 2.5e3 is 25 and -2.
std::optional<Decimal> parse_digits(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t exponent = 0;
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view power = text.substr(e + 1);
    if (!power.empty() && power.front() == '+') power.remove_prefix(1);
    const auto parsed = parse_integer(power);
    if (!parsed || *parsed > 100 || *parsed < -100) return std::nullopt;
    exponent = *parsed;
    text = text.substr(0, e);
  }
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view rest = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && rest.empty())) return std::nullopt;
  if (!only_digits(whole) || !only_digits(rest)) return std::nullopt;
  while (!rest.empty() && rest.back() == '0') rest.remove_suffix(1);
  const auto digits = parse_integer(std::string(whole) + std::string(rest));
  if (!digits) return std::nullopt;
  return Decimal{negative ? -*digits : *digits, static_cast<int>(static_cast<std::int64_t>(rest.size()) - exponent)};
}

}  // namespace

std::optional<Rational> sum(const Rational& left, const Rational& right) {
  return reduced(int128{left.numerator} * right.denominator + int128{right.numerator} * left.denominator,
                 int128{left.denominator} * right.denominator);
}

std::optional<Rational> product(const Rational& left, const Rational& right) {
  return reduced(int128{left.numerator} * right.numerator, int128{left.denominator} * right.denominator);
}

bool less(const Rational& left, const Rational& right) {
  return int128{left.numerator} * right.denominator < int128{right.numerator} * left.denominator;
}

std::optional<Rational> parse_rational(std::string_view text) {
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto above = parse_rational(text.substr(0, slash));
    const auto below = parse_rational(text.substr(slash + 1));
    if (!above || !below) return std::nullopt;
    return reduced(int128{above->numerator} * below->denominator, int128{above->denominator} * below->numerator);
  }
  const auto decimal = parse_digits(text);
  if (!decimal || decimal->scale > most_digits || decimal->scale < -most_digits) return std::nullopt;
  return decimal->scale >= 0 ? reduced(decimal->digits, power_of_ten(decimal->scale))
                             : reduced(int128{decimal->digits} * power_of_ten(-decimal->scale), 1);
}

std::string text_of(const Rational& value) {
  std::string text = std::to_string(value.numerator);
  if (value.denominator != 1) text += "/" + std::to_string(value.denominator);
  return text;
}

std::optional<std::string> decimal_text(const Rational& value) {
  constexpr int digits_of_a_double = 15;  // any reader keeps these
  for (int scale = 0; scale <= digits_of_a_double; ++scale) {
    const auto digits = scaled(value, scale);
    if (!digits) continue;
    if (*digits >= power_of_ten(digits_of_a_double) || *digits <= -power_of_ten(digits_of_a_double)) break;
    return number_text(*digits, scale);
  }
  return std::nullopt;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const auto value = parse_rational(text);
  if (!value || text.find('/') != std::string_view::npos) return std::nullopt;
  for (int scale = 0; scale <= most_digits; ++scale)
    if (const auto digits = scaled(*value, scale)) return Decimal{*digits, scale};
  return std::nullopt;
}

std::optional<std::int64_t> scaled(const Rational& value, int scale) {
  const int128 units = int128{value.numerator} * power_of_ten(scale);
  if (units % value.denominator != 0) return std::nullopt;
  return narrowed(units / value.denominator);
}

}  // namespace casemetry::definition
