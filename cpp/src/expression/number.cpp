// SPDX-License-Identifier: Apache-2.0
#include "expression/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "expression/words.hpp"

namespace casemetry::language {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The least int64 stands for a missing number, so it is out of range too.
std::int64_t integer_of(std::string_view digits, std::string_view word, std::size_t position) {
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc{} || value == missing_number)
    fail(std::string(word) + " is too large: numbers have at most 18 digits", position);
  return value;
}

std::optional<std::array<std::string_view, 3>> three_parts(std::string_view word, char separator) {
  const std::size_t first = word.find(separator);
  const std::size_t second = first == std::string_view::npos ? first : word.find(separator, first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  std::array parts{word.substr(0, first), word.substr(first + 1, second - first - 1), word.substr(second + 1)};
  return std::ranges::all_of(parts, all_digits) ? std::optional(parts) : std::nullopt;
}

std::optional<Date> day_of(const std::array<std::string_view, 3>& parts) {
  std::array<int, 3> number{};
  for (std::size_t i = 0; i < 3; ++i) {
    if (parts[i].size() > 4) return std::nullopt;
    std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), number[i]);
  }
  const std::chrono::year_month_day day{std::chrono::year(number[0]), std::chrono::month(unsigned(number[1])),
                                        std::chrono::day(unsigned(number[2]))};
  return day.ok() && number[0] >= 1 ? std::optional(Date(day)) : std::nullopt;
}

Literal date_of(std::string_view word, std::size_t position) {
  const auto parts = three_parts(word, '-');
  const auto day = day_of(*parts);
  if (!day) fail("there is no day " + std::string(word), position);
  const std::string right = spelled(Literal(*day));
  if (right != word) fail("dates are written year-month-day with all digits: " + right, position);
  return *day;
}

Literal decimal_of(std::string_view word, std::size_t point, std::size_t position) {
  const std::size_t scale = word.size() - point - 1;
  if (scale > greatest_scale) fail("a decimal has at most 18 digits after the point", position);
  std::string digits(word);
  digits.erase(point, 1);
  return Decimal{integer_of(digits, word, position), static_cast<int>(scale)};
}

[[noreturn]] void fail_number(std::string_view word, std::size_t position) {
  for (const char separator : {'/', '.'}) {
    const auto parts = three_parts(word, separator);
    if (const auto day = parts ? day_of(*parts) : std::nullopt)
      fail("dates are written with hyphens: " + spelled(Literal(*day)), position);
  }
  fail("'" + std::string(word) +
           "' is neither a number nor a date: numbers are written 12 or 12.50, dates 2024-03-01, text in quotes, and a "
           "name that begins with a digit in backticks; there is no arithmetic",
       position);
}

}  // namespace

Literal read_number(std::string_view word, std::size_t position) {
  const std::string_view unsigned_word = word.substr(word.front() == '-' ? 1 : 0);
  if (all_digits(unsigned_word)) return integer_of(word, word, position);
  if (three_parts(word, '-')) return date_of(word, position);
  const std::size_t point = word.find('.');
  if (point != std::string_view::npos && all_digits(word.substr(point + 1)) &&
      all_digits(unsigned_word.substr(0, unsigned_word.find('.'))))
    return decimal_of(word, point, position);
  fail_number(word, position);
}

}  // namespace casemetry::language
