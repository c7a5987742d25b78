// SPDX-License-Identifier: Apache-2.0
#include "table/numbers.hpp"

#include <array>
#include <charconv>

#include "table/text.hpp"

namespace casemetry {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

// The whole part without its commas; nothing if they do not part thousands.
std::optional<std::string> without_commas(std::string_view whole) {
  if (whole.find(',') == std::string_view::npos) return std::string(whole);
  std::string digits;
  for (std::size_t begin = 0;; ++begin) {
    const std::size_t end = std::min(whole.find(',', begin), whole.size());
    const std::string_view group = whole.substr(begin, end - begin);
    const bool fits = digits.empty() ? group.size() >= 1 && group.size() <= 3 : group.size() == 3;
    if (!fits || !all_digits(group)) return std::nullopt;
    digits += group;
    if (end == whole.size()) return digits;
    begin = end;
  }
}

std::optional<std::int64_t> integer(const std::string& digits) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view without_sign(std::string_view text, bool& negative) {
  static constexpr std::string_view minus = "\u2212";  // the mathematical minus sign
  negative = text.starts_with('-') || text.starts_with(minus);
  if (text.starts_with(minus)) return text.substr(minus.size());
  return text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
}

}  // namespace

std::optional<std::int64_t> read_number(std::string_view text, int scale) {
  const std::string plain = plain_form(text);
  bool negative = false;
  const std::string_view unsigned_text = without_sign(plain, negative);
  const std::size_t point = unsigned_text.find('.');
  const auto whole = without_commas(unsigned_text.substr(0, point));
  std::string_view fraction = point == std::string_view::npos ? "" : unsigned_text.substr(point + 1);
  if (!whole || (whole->empty() && fraction.empty())) return std::nullopt;
  if ((!whole->empty() && !all_digits(*whole)) || (!fraction.empty() && !all_digits(fraction))) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  const auto places = static_cast<std::size_t>(scale);
  if (fraction.size() > places) return std::nullopt;
  return integer((negative ? "-" : "") + *whole + std::string(fraction) + std::string(places - fraction.size(), '0'));
}

std::optional<std::int64_t> rescaled(std::int64_t number, int from, int to) {
  for (; from < to; ++from)
    if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return std::nullopt;
  for (; from > to; --from) {
    if (number % 10 != 0) return std::nullopt;
    number /= 10;
  }
  return number;
}

bool is_canonical_integer(std::string_view text) {
  constexpr std::size_t most_digits = 18;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text == "0") return !negative;
  return text.size() <= most_digits && !text.starts_with('0') && all_digits(text);
}

std::optional<bool> read_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 6> yes{"true", "1", "yes", "y", "t", "是"};
  static constexpr std::array<std::string_view, 6> no{"false", "0", "no", "n", "f", "否"};
  const std::string plain = plain_form(text);
  for (const std::string_view word : yes)
    if (plain == word) return true;
  for (const std::string_view word : no)
    if (plain == word) return false;
  return std::nullopt;
}

ShortestDecimal shortest_decimal(double value) {
  std::array<char, 32> written{};
  const char* end = std::to_chars(written.begin(), written.end(), value, std::chars_format::scientific).ptr;
  const std::string_view text(written.data(), static_cast<std::size_t>(end - written.data()));
  const std::size_t mark = text.find('e');
  std::int64_t digits = 0;
  int after_point = 0;
  bool behind = false;
  for (const char c : text.substr(0, mark)) {
    if (c == '.') behind = true;
    if (!is_digit(c)) continue;
    digits = 10 * digits + (c - '0');
    after_point += behind ? 1 : 0;
  }
  int exponent = 0;
  const std::size_t signless = mark + (text[mark + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + signless, end, exponent);
  return {value < 0 ? -digits : digits, after_point - exponent};
}

}  // namespace casemetry
