// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "units/names.hpp"
#include "units/table_rows.hpp"
#include "units/unit_rows.hpp"

namespace casemetry {

RowSet::~RowSet() = default;

void RowSet::require(const Lack& lack) {
  if (!lack) return;
  if (lack.of_table) throw QueryError(lack.reason);
  throw ColumnNotFoundError(lack.reason);
}

struct RowSets::Data {
  Tables tables;
  Catalogue catalogue;
  std::size_t chunk;
  counting::Scratch scratch;
  std::optional<Holidays> holidays;
  std::map<std::string, std::unique_ptr<counting::TableRows>, std::less<>> of_tables;
  std::map<std::string, std::unique_ptr<counting::UnitRows>, std::less<>> of_units;
};

RowSets::RowSets(Tables tables, Catalogue catalogue, std::size_t morsel)
    : data_(std::make_unique<Data>(Data{.tables = std::move(tables),
                                        .catalogue = std::move(catalogue),
                                        .chunk = std::clamp<std::size_t>(morsel, 1, counting::greatest_chunk),
                                        .scratch = {},
                                        .holidays = {},
                                        .of_tables = {},
                                        .of_units = {}})) {}

RowSets::~RowSets() = default;

const Catalogue& RowSets::catalogue() const {
  return data_->catalogue;
}

RowSet* RowSets::find(std::string_view name) {
  if (const auto known = data_->of_units.find(name); known != data_->of_units.end()) return known->second.get();
  if (const auto known = data_->of_tables.find(name); known != data_->of_tables.end()) return known->second.get();
  if (const UnitDefinition* unit = data_->catalogue.unit(name)) {
    auto rows = std::make_unique<counting::UnitRows>(*unit, *this, data_->scratch, data_->chunk);
    return data_->of_units.emplace(name, std::move(rows)).first->second.get();
  }
  const auto table = data_->tables.find(name);
  if (table == data_->tables.end()) return nullptr;
  auto rows = std::make_unique<counting::TableRows>(std::string(name), table->second, data_->catalogue);
  return data_->of_tables.emplace(name, std::move(rows)).first->second.get();
}

RowSet& RowSets::at(std::string_view name) {
  if (RowSet* rows = find(name)) return *rows;
  throw QueryError(lacking(name).reason);
}

Lack RowSets::lacking(std::string_view name) {
  if (RowSet* rows = find(name)) return rows->lacking();
  std::string given;
  for (const auto& [table, held] : data_->tables) given += (given.empty() ? "" : ", ") + table;
  return {"needs table '" + std::string(name) + "'; the tables given are: " + (given.empty() ? "none" : given), true};
}

Lack RowSets::lacking(const Expression& expression) {
  const std::string& table = data_->catalogue.definitions().calendar.holidays;
  if (table.empty() || !counting::needs_holidays(expression)) return {};
  if (Lack lack = lacking(table)) return lack;
  for (const char* name : {"date", "works"})
    if (Lack lack = at(table).lacking(name)) return lack;
  return {};
}

Holidays RowSets::holidays(const Expression& expression) {
  const std::string& name = data_->catalogue.definitions().calendar.holidays;
  if (name.empty() || !counting::needs_holidays(expression)) return {};
  if (!data_->holidays) {
    RowSet& rows = at(name);
    data_->holidays.emplace(Table({rows.column("date"), rows.column("works")}, name));
  }
  return *data_->holidays;
}

Holidays RowSets::holidays() const {
  return data_->holidays.value_or(Holidays{});
}

std::vector<UnitReport> RowSets::unit_reports() const {
  std::vector<UnitReport> reports;
  for (const auto& [id, rows] : data_->of_units)
    if (auto report = rows->report()) reports.push_back(std::move(*report));
  return reports;
}

std::map<std::string, std::vector<ColumnReport>> RowSets::table_reports() const {
  std::map<std::string, std::vector<ColumnReport>> reports;
  for (const auto& [id, rows] : data_->of_tables)
    if (rows->was_read()) reports.emplace(id, rows->reports());
  return reports;
}

std::map<std::string, std::int64_t> RowSets::table_rows() const {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [id, rows] : data_->of_tables)
    if (rows->was_read()) counts.emplace(id, rows->rows());
  return counts;
}

}  // namespace casemetry
