// SPDX-License-Identifier: Apache-2.0
/// \file
/// The cells of a column as text, so that a test can write down what it expects.
#pragma once

#include <casemetry/table.hpp>
#include <string>
#include <vector>

namespace casemetry::testing {

using Cells = std::vector<std::string>;

/// `{a, b}`, members in the order of their labels.
inline std::string set_cell(const Column& column, std::size_t row) {
  const auto code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
  if (code == column.missing_code()) return "-";
  std::string text;
  for (const std::uint32_t member : column.sets()[code]) text += (text.empty() ? "" : ", ") + column.labels()[member];
  return "{" + text + "}";
}

/// A label, `2024/3/1`, `not_yet`, a number, `{a, b}`; a missing cell is `-`.
inline std::string cell(const Column& column, std::size_t row) {
  if (column.type() == Type::set) return set_cell(column, row);
  if (column.coded()) {
    const auto code = std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes());
    return code == column.labels().size() ? "-" : column.labels()[code];
  }
  if (column.type() == Type::date) {
    const std::int32_t day = column.days()[row];
    if (day == missing_day) return "-";
    if (day == not_yet_day) return "not_yet";
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return std::to_string(int{date.year()}) + "/" + std::to_string(unsigned{date.month()}) + "/" +
           std::to_string(unsigned{date.day()});
  }
  const std::int64_t number = column.numbers()[row];
  return number == missing_number ? "-" : std::to_string(number);
}

inline Cells cells(const Column& column) {
  Cells all;
  for (std::int64_t row = 0; row < column.rows(); ++row) all.push_back(cell(column, static_cast<std::size_t>(row)));
  return all;
}

}  // namespace casemetry::testing
