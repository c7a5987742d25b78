// SPDX-License-Identifier: Apache-2.0
#include "units/gather.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "int128.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

// What stands where no row is, and where no one row is meant.
template <class Cell>
struct Absent {
  Cell otherwise;
  Cell missing;
};

template <class Cell>
std::vector<Cell> cells_of(std::span<const Cell> cells, std::span<const std::uint32_t> rows, Absent<Cell> absent) {
  std::vector<Cell> gathered(rows.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, rows.size(), rows_a_task), [&](const auto& task) {
    for (std::size_t i = task.begin(); i < task.end(); ++i) {
      const std::uint32_t row = rows[i];
      gathered[i] = row < many_rows ? cells[row] : row == no_row ? absent.otherwise : absent.missing;
    }
  });
  return gathered;
}

[[noreturn]] void refuse(const Column& column, const Literal& value) {
  const std::string shown = std::holds_alternative<EmptySet>(value) ? "[], the empty set," : lit(value).text();
  throw DefinitionError({{{},
                          "otherwise: " + shown + " cannot stand in column '" + column.name() + "', which is " +
                              type_name(column.type(), column.scale()),
                          {}}});
}

// A number in units of the column's last digit.
std::int64_t number_of(const Column& column, const Literal& value) {
  Decimal decimal;
  if (const auto* given = std::get_if<Decimal>(&value))
    decimal = *given;
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    decimal.digits = *integer;
  else
    refuse(column, value);
  int128 digits = decimal.digits;
  for (int scale = decimal.scale; scale < column.scale(); ++scale) digits *= 10;
  if (decimal.scale > column.scale() || digits != static_cast<std::int64_t>(digits)) refuse(column, value);
  return static_cast<std::int64_t>(digits);
}

std::int32_t day_of(const Column& column, const Literal& value) {
  if (const auto* date = std::get_if<Date>(&value)) return static_cast<std::int32_t>(date->time_since_epoch().count());
  refuse(column, value);
}

std::string label_of(const Column& column, const Literal& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* truth = std::get_if<bool>(&value);
  if (column.type() == Type::boolean && truth != nullptr) return *truth ? "true" : "false";
  if (column.type() == Type::boolean || text == nullptr) refuse(column, value);
  return *text;
}

// The column with one more label, which is listed if all are.
Column with_label(const Column& column, const std::string& label) {
  std::vector<std::string> labels(column.labels().begin(), column.labels().end());
  const auto before = static_cast<std::uint32_t>(labels.size());
  labels.push_back(label);
  std::vector<std::uint32_t> codes;
  codes.reserve(static_cast<std::size_t>(column.rows()));
  std::visit(
      [&](auto held) {
        for (const std::uint32_t code : held) codes.push_back(code == before ? before + 1 : code);
      },
      column.codes());
  const std::size_t listed = column.listed() == before ? labels.size() : column.listed();
  return Column::of_codes(column.name(), column.type(), codes, std::move(labels), listed);
}

Column gathered_codes(const Column& column, std::span<const std::uint32_t> rows, std::string name, std::size_t absent) {
  return std::visit(
      [&]<class Code>(std::span<const Code> codes) {
        const auto missing = static_cast<Code>(column.missing_code());
        const std::vector<Code> cells = cells_of(codes, rows, {static_cast<Code>(absent), missing});
        return column.recoded(std::move(name), std::span<const Code>(cells));
      },
      column.codes());
}

Column gathered_labels(const Column& column, std::span<const std::uint32_t> rows, std::string name,
                       const std::optional<Literal>& otherwise) {
  const auto labels = column.labels();
  if (!otherwise) return gathered_codes(column, rows, std::move(name), labels.size());
  const std::string label = label_of(column, *otherwise);
  const auto place = std::ranges::find(labels, label);
  if (place == labels.end()) return gathered_codes(with_label(column, label), rows, std::move(name), labels.size());
  return gathered_codes(column, rows, std::move(name), static_cast<std::size_t>(place - labels.begin()));
}

Column gathered_sets(const Column& column, std::span<const std::uint32_t> rows, std::string name,
                     const std::optional<Literal>& otherwise) {
  if (!otherwise) return gathered_codes(column, rows, std::move(name), column.missing_code());
  if (!std::holds_alternative<EmptySet>(*otherwise)) refuse(column, *otherwise);
  return gathered_codes(column.with_empty_set(), rows, std::move(name), 0);
}

}  // namespace

Column gathered(const Column& column, std::span<const std::uint32_t> rows, std::string name,
                const std::optional<Literal>& otherwise) {
  if (column.coded()) return gathered_labels(column, rows, std::move(name), otherwise);
  if (column.type() == Type::set) return gathered_sets(column, rows, std::move(name), otherwise);
  if (column.type() == Type::date) {
    const std::int32_t absent = otherwise ? day_of(column, *otherwise) : missing_day;
    return Column::of_days(std::move(name), cells_of(column.days(), rows, {absent, missing_day}));
  }
  const std::int64_t absent = otherwise ? number_of(column, *otherwise) : missing_number;
  const auto scale = column.type() == Type::decimal ? std::optional(column.scale()) : std::nullopt;
  return Column::of_numbers(std::move(name), cells_of(column.numbers(), rows, {absent, missing_number}), scale);
}

}  // namespace casemetry::counting
