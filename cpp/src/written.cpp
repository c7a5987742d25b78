// SPDX-License-Identifier: Apache-2.0
#include "written.hpp"

namespace casemetry {

std::string padded(int number, std::size_t width) {
  const std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string number_text(std::int64_t number, int scale) {
  std::string digits = std::to_string(number);
  if (scale == 0) return digits;
  const std::size_t sign = number < 0 ? 1 : 0;
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() - sign <= places) digits.insert(sign, places + 1 - (digits.size() - sign), '0');
  digits.insert(digits.size() - places, 1, '.');
  return digits;
}

std::string date_text(std::chrono::local_days date) {
  const std::chrono::year_month_day day{date};
  return padded(int{day.year()}, 4) + '-' + padded(static_cast<int>(unsigned{day.month()}), 2) + '-' +
         padded(static_cast<int>(unsigned{day.day()}), 2);
}

std::string month_text(std::int32_t month) {
  return padded(month / 12, 4) + "-" + padded(month % 12 + 1, 2);
}

}  // namespace casemetry
