// SPDX-License-Identifier: Apache-2.0
#include "cube/source.hpp"

#include <utility>

namespace casemetry::pass {
namespace {

[[noreturn]] void refuse(const std::string& table, const Column& column, const std::string& wanted) {
  throw DefinitionError({{"table." + table + ".columns." + column.name(),
                          "column '" + column.name() + "' of table '" + table + "' holds " +
                              type_name(column.type(), column.scale()) + "; " + wanted,
                          {}}});
}

}  // namespace

Source::Source(std::string id, Table table, const TableDefinition* definition)
    : id_(std::move(id)), table_(std::move(table)) {
  if (definition != nullptr)
    for (const ColumnDefinition& column : definition->columns)
      if (table_.has(column.name)) definitions_.emplace(column.name, column);
  for (const Column& column : table_.columns()) {
    ColumnDefinition stored;
    stored.name = column.name();
    stored.type = column.type();
    stored.scale = column.scale();
    const bool is_new = definitions_.emplace(column.name(), std::move(stored)).second;
    declared_.emplace(column.name(), !is_new);
  }
}

const ColumnDefinition* Source::definition(std::string_view column) const {
  const auto place = definitions_.find(column);
  return place != definitions_.end() ? &place->second : nullptr;
}

Scope Source::scope(const std::map<std::string, std::vector<Literal>>& lists) const {
  return {.column = [this](std::string_view name) { return definition(name); },
          .column_names = table_.column_names(),
          .lists = &lists};
}

std::string Source::lacks(std::string_view column) const {
  const std::vector<std::string> names = table_.column_names();
  const std::string hint = suggestion(column, names);
  return "table '" + id_ + "' has no column '" + std::string(column) + "'" + (hint.empty() ? "" : "; " + hint);
}

const Column& Source::column(const std::string& name) {
  if (const auto place = read_.find(name); place != read_.end()) return place->second;
  if (!has(name)) throw ColumnNotFoundError(lacks(name));
  const Column& stored = table_.column(name);
  return read_.emplace(name, declared_.at(name) ? stored.as(definitions_.at(name)) : stored).first->second;
}

const Column& Source::dates(const std::string& name) {
  if (const auto place = dates_.find(name); place != dates_.end()) return place->second;
  const Column& read = column(name);
  if (read.type() == Type::date) return read;
  if (read.type() != Type::text && read.type() != Type::category)
    refuse(id_, read, "a date column is wanted; give another, or write the days as text or dates");
  return dates_.emplace(name, read.as_dates(definitions_.at(name).format)).first->second;
}

const Column& Source::numbers(const std::string& name) {
  const Column& read = column(name);
  if (read.type() != Type::integer && read.type() != Type::decimal)
    refuse(id_, read, "a sum wants integers or decimals; declare the column as `integer` or `decimal(2)`");
  return read;
}

std::vector<ColumnReport> Source::reports() const {
  std::vector<ColumnReport> reports;
  for (const Column& column : table_.columns()) {
    const auto dates = dates_.find(column.name());
    const auto read = read_.find(column.name());
    if (read != read_.end()) reports.push_back((dates != dates_.end() ? dates : read)->second.report());
  }
  return reports;
}

bool has_missing(const Column& column) {
  return column.report().missing + column.report().unreadable > 0;
}

}  // namespace casemetry::pass
