// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <type_traits>
#include <utility>

#include "table/builders.hpp"
#include "table/dates.hpp"

namespace casemetry {

struct Table::Data {
  std::string name;
  std::int64_t rows = 0;
  std::vector<Column> columns;
};

namespace {

void check_lengths(const std::vector<Column>& columns, const std::string& table) {
  for (const Column& column : columns)
    if (column.rows() != columns.front().rows())
      throw SchemaError("table '" + table + "': column '" + column.name() + "' has " + std::to_string(column.rows()) +
                        " rows, but '" + columns.front().name() + "' has " + std::to_string(columns.front().rows()) +
                        "; all columns of a table have one length");
}

void check_names(const std::vector<Column>& columns, const std::string& table) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) names.push_back(column.name());
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end())
    throw SchemaError("table '" + table + "' has two columns called '" + std::string(*twice) + "'; rename one");
}

// A cell of a caller's array, plain or optional.
template <class Value>
const Value* given(const Value& value) {
  return &value;
}
template <class Value>
const Value* given(const std::optional<Value>& value) {
  return value ? &*value : nullptr;
}

ColumnData column_of(const std::string&, const std::string& name, std::span<const bool> values) {
  BooleanBuilder cells(name);
  for (const bool value : values) cells.add(value);
  return std::move(cells).finish();
}

template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view>
ColumnData column_of(const std::string& table, const std::string& name, std::span<const Text> values) {
  TextBuilder cells(table, name);
  for (const Text& value : values) cells.add(value);
  return std::move(cells).finish();
}

void add_cell(NumberBuilder& cells, std::int64_t number) {
  number == missing_number ? cells.add_unreadable(std::to_string(number)) : cells.add(number);
}

void add_cell(DayBuilder& cells, Date date) {
  const std::int64_t days = date.time_since_epoch().count();
  const auto day = day_in_range(days);
  day ? cells.add(*day) : cells.add_unreadable(std::to_string(days) + " days");
}

template <class Builder, class Cell>
ColumnData filled(Builder cells, std::span<const Cell> values) {
  for (const Cell& value : values) {
    const auto* cell = given(value);
    cell != nullptr ? add_cell(cells, *cell) : cells.add_missing();
  }
  return std::move(cells).finish();
}

template <class Cell>
  requires(!std::is_convertible_v<const Cell&, std::string_view>)
ColumnData column_of(const std::string&, const std::string& name, std::span<const Cell> values) {
  if constexpr (std::is_same_v<Cell, Date> || std::is_same_v<Cell, std::optional<Date>>) {
    return filled(DayBuilder(Type::date, name, missing_day), values);
  } else {
    return filled(NumberBuilder(Type::integer, name, missing_number), values);
  }
}

}  // namespace

Table::Table(std::vector<Column> columns, std::string name) {
  if (columns.empty()) throw SchemaError("table '" + name + "' has no columns; there is nothing to count");
  check_lengths(columns, name);
  check_names(columns, name);
  auto data = std::make_shared<Data>();
  data->rows = columns.front().rows();
  data->name = std::move(name);
  data->columns = std::move(columns);
  data_ = std::move(data);
}

Table Table::of(std::initializer_list<NamedColumn> columns, std::string name) {
  std::vector<Column> read;
  for (const NamedColumn& column : columns)
    read.emplace_back(std::make_shared<const ColumnData>(
        std::visit([&](auto values) { return column_of(name, column.name, values); }, column.values)));
  return Table(std::move(read), std::move(name));
}

const std::string& Table::name() const {
  return data_->name;
}
std::int64_t Table::rows() const {
  return data_->rows;
}
std::span<const Column> Table::columns() const {
  return data_->columns;
}

std::vector<std::string> Table::column_names() const {
  std::vector<std::string> names;
  for (const Column& column : data_->columns) names.push_back(column.name());
  return names;
}

bool Table::has(std::string_view column) const {
  return std::ranges::any_of(data_->columns, [column](const Column& held) { return held.name() == column; });
}

const Column& Table::column(std::string_view name) const {
  for (const Column& column : data_->columns)
    if (column.name() == name) return column;
  throw ColumnNotFoundError("table '" + data_->name + "' has no column '" + std::string(name) + "'; " +
                            suggestion(name, column_names()));
}

std::vector<ColumnReport> Table::report() const {
  std::vector<ColumnReport> reports;
  for (const Column& column : data_->columns) {
    reports.push_back(column.report());
    reports.back().name = column.name();
  }
  return reports;
}

Table Table::renamed(std::span<const std::pair<std::string, std::string>> names, std::string name) const {
  std::vector<Column> columns;
  for (const auto& [here, there] : names) columns.push_back(column(here).renamed(there));
  return Table(std::move(columns), std::move(name));
}

}  // namespace casemetry
