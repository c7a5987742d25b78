// SPDX-License-Identifier: Apache-2.0
#include "units/table_rows.hpp"

#include <utility>

#include "units/set_limits.hpp"

namespace casemetry::counting {

TableRows::TableRows(std::string id, Table table, const Catalogue& catalogue)
    : RowSet(std::move(id)), table_(std::move(table)), catalogue_(catalogue) {
  if (const TableDefinition* definition = catalogue.table(this->id()))
    for (const ColumnDefinition& column : definition->columns)
      if (table_.has(column.name)) definitions_.emplace(column.name, column);
  for (const Column& column : table_.columns()) {
    ColumnDefinition stored{.name = column.name(), .type = column.type(), .scale = column.scale()};
    const bool is_new = definitions_.emplace(column.name(), std::move(stored)).second;
    declared_.emplace(column.name(), !is_new);
  }
}

Lack TableRows::lacking(std::string_view column) {
  if (table_.has(column)) return {};
  return {hinted("table '" + id() + "' has no column '" + std::string(column) + "'", column, table_.column_names())};
}

const ColumnDefinition* TableRows::definition(std::string_view column) {
  const auto place = definitions_.find(column);
  return place != definitions_.end() ? &place->second : nullptr;
}

Scope TableRows::scope() {
  return {.column = [this](std::string_view name) { return definition(name); },
          .column_names = table_.column_names(),
          .lists = &catalogue_.definitions().lists,
          .holidays = !catalogue_.definitions().calendar.holidays.empty()};
}

std::int64_t TableRows::rows() {
  was_read_ = true;
  return table_.rows();
}

const Column& TableRows::column(std::string_view name) {
  if (const auto place = read_.find(name); place != read_.end()) return place->second;
  require(lacking(name));
  was_read_ = true;
  const Column& stored = table_.column(name);
  const ColumnDefinition& definition = definitions_.find(name)->second;
  const bool is_declared = declared_.find(name)->second;
  const Column column = is_declared ? stored.as(definition) : stored;
  refuse_large_sets(column, "table '" + id() + "', column '" + std::string(name) + "'",
                    [](std::size_t row) { return "row " + std::to_string(row + 1); });
  return read_.emplace(name, column).first->second;
}

std::vector<std::int64_t> TableRows::rows_behind(std::span<const std::uint8_t> chosen) {
  std::vector<std::int64_t> rows;
  for (std::size_t row = 0; row < chosen.size(); ++row)
    if (chosen[row] != 0) rows.push_back(static_cast<std::int64_t>(row));
  return rows;
}

std::vector<ColumnReport> TableRows::reports() const {
  std::vector<ColumnReport> reports;
  for (const Column& column : table_.columns())
    if (const auto read = read_.find(column.name()); read != read_.end()) reports.push_back(read->second.report());
  return reports;
}

}  // namespace casemetry::counting
