// SPDX-License-Identifier: Apache-2.0
#include "units/cell_text.hpp"

namespace casemetry::counting {
namespace {

template <class Cell>
std::vector<std::size_t> rows_of(std::span<const Cell> cells, Cell missing) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < cells.size(); ++row)
    if (cells[row] == missing) rows.push_back(row);
  return rows;
}

Literal literal_of(const Column& column, std::size_t row) {
  if (column.coded())
    return column.labels()[std::visit([row](auto codes) { return std::size_t{codes[row]}; }, column.codes())];
  if (column.type() == Type::date) return Date{std::chrono::days{column.days()[row]}};
  if (column.type() == Type::decimal) return Decimal{column.numbers()[row], column.scale()};
  return column.numbers()[row];
}

bool is_missing(const Column& column, std::size_t row) {
  if (column.type() == Type::date) return column.days()[row] == missing_day;
  if (!column.coded()) return column.numbers()[row] == missing_number;
  return std::visit([&](auto codes) { return codes[row] == column.missing_code(); }, column.codes());
}

std::string text_of(const Column& column, std::size_t row) {
  if (is_missing(column, row)) return "missing";
  if (column.type() == Type::date && column.days()[row] == not_yet_day) return "not yet";
  return lit(literal_of(column, row)).text();
}

}  // namespace

std::vector<std::size_t> missing_rows(const Column& column) {
  if (column.type() == Type::date) return rows_of(column.days(), missing_day);
  if (!column.coded()) return rows_of(column.numbers(), missing_number);
  return std::visit(
      [&]<class Code>(std::span<const Code> codes) {
        return rows_of(codes, static_cast<Code>(column.labels().size()));
      },
      column.codes());
}

std::string key_text(RowSet& rows, std::span<const std::string> names, std::size_t row) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + name + " = " + text_of(rows.column(name), row);
  return text;
}

}  // namespace casemetry::counting
