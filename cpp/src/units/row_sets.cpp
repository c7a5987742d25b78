// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "set_origin.hpp"
#include "units/cell_text.hpp"
#include "units/group_rows.hpp"
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
  std::map<std::string, std::vector<GroupedSource>> listed_groups, told_groups;
  std::map<std::string, std::unique_ptr<counting::TableRows>, std::less<>> of_tables;
  std::map<std::string, std::unique_ptr<counting::UnitRows>, std::less<>> of_units;
};

RowSets::RowSets(Tables tables, Catalogue catalogue, std::size_t morsel)
    : data_(std::make_unique<Data>(Data{.tables = std::move(tables),
                                        .catalogue = std::move(catalogue),
                                        .chunk = std::clamp<std::size_t>(morsel, 1, counting::greatest_chunk),
                                        .scratch = {},
                                        .holidays = {},
                                        .listed_groups = {},
                                        .told_groups = {},
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
  const auto lack_of = [this](const std::string& table, std::initializer_list<const char*> columns) -> Lack {
    if (table.empty()) return {};
    if (Lack lack = lacking(table)) return lack;
    for (const char* name : columns)
      if (Lack lack = at(table).lacking(name)) return lack;
    return {};
  };
  if (counting::needs_holidays(expression))
    if (Lack lack = lack_of(data_->catalogue.definitions().calendar.holidays, {"date", "works"})) return lack;
  for (const std::string& name : expression.groupings()) {
    const Grouping* grouping = data_->catalogue.grouping(name);
    if (grouping == nullptr) continue;
    if (Lack lack = lack_of(grouping->table, {"source", "group"})) return lack;
  }
  return {};
}

std::string RowSets::row_text(std::string_view unit_or_table, std::size_t row) {
  std::string id(unit_or_table);
  const Catalogue& catalogue = data_->catalogue;
  for (const UnitDefinition* unit = catalogue.unit(id); unit != nullptr; unit = catalogue.unit(id)) {
    if (!unit->one_row_per.empty()) return counting::key_text(at(id), unit->one_row_per, row);
    id = unit->from;
  }
  const TableDefinition* table = catalogue.table(id);
  if (table == nullptr || table->key.empty()) return "row " + std::to_string(row + 1);
  return counting::key_text(at(id), table->key, row);
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

const std::vector<GroupedSource>& RowSets::groups(const Grouping& grouping) {
  const bool is_listed = grouping.table.empty();
  auto& known = is_listed ? data_->listed_groups : data_->told_groups;
  if (const auto place = known.find(grouping.id); place != known.end()) return place->second;
  auto rows = is_listed
                  ? counting::listed_groups(grouping)
                  : counting::told_groups(grouping, at(grouping.table), source_aliases(data_->catalogue.definitions()));
  return known.emplace(grouping.id, std::move(rows)).first->second;
}

std::map<std::string, std::vector<GroupedSource>> RowSets::groupings() const {
  return data_->told_groups;
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
