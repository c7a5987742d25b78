// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/analysis.hpp>

namespace casemetry {
namespace analysis {
namespace {

[[noreturn]] void refuse_number(std::string_view number) {
  throw QueryError("'" + std::string(number) + "' is no published number; write digits, as in 347.1");
}

std::int64_t unit_of(std::string_view unit) {
  if (unit.empty()) return 1;
  if (unit == "万") return 10'000;
  if (unit == "亿") return 100'000'000;
  throw QueryError("'" + std::string(unit) + "' is no unit of published figures; write 万 or 亿, or leave it out");
}

}  // namespace
}  // namespace analysis

// One step of the last digit is `width`; what is rounded to a number lies within half a step of it.
Figure published(std::string_view number, std::string_view unit) {
  constexpr std::int64_t greatest = 1'000'000'000'000'000;
  std::int64_t width = analysis::unit_of(unit);
  std::int64_t digits = 0;
  bool is_fraction = false;
  if (number.find_first_of("0123456789") == std::string_view::npos) analysis::refuse_number(number);
  for (const char symbol : number) {
    if (symbol == '.' && !is_fraction) {
      is_fraction = true;
    } else if (symbol < '0' || symbol > '9' || digits > greatest) {
      analysis::refuse_number(number);
    } else if (!is_fraction || width % 10 == 0) {
      digits = 10 * digits + (symbol - '0');
      if (is_fraction) width /= 10;
    } else if (symbol != '0') {
      throw QueryError("'" + std::string(number) + std::string(unit) + "' is no whole number; counts are whole");
    }
  }
  if (digits > greatest / width) analysis::refuse_number(number);
  const std::int64_t half = width / 2;
  if (half == 0) return {digits};
  return {std::max<std::int64_t>(0, digits * width - half), digits * width + half - 1};
}

}  // namespace casemetry
