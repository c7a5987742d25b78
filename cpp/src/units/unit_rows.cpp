// SPDX-License-Identifier: Apache-2.0
// What a unit has: its names, what of them the tables at hand allow, and the definitions of its columns.
#include "units/unit_rows.hpp"

#include <algorithm>

#include "units/group_rows.hpp"
#include "units/names.hpp"

namespace casemetry::counting {
namespace {

bool is_among(std::string_view name, const std::vector<std::string>& names) {
  return std::ranges::find(names, name) != names.end();
}

Lack within(const std::string& place, Lack lack) {
  if (lack) lack.reason = place + ": " + lack.reason;
  return lack;
}

}  // namespace

UnitRows::UnitRows(const UnitDefinition& definition, RowSets& all, Scratch& scratch, std::size_t chunk)
    : RowSet(definition.id), definition_(definition), all_(all), scratch_(scratch), chunk_(chunk) {}

std::string UnitRows::place(std::string_view what, std::string_view name) const {
  return "unit '" + id() + "', " + std::string(what) + " '" + std::string(name) + "'";
}

std::vector<std::string> UnitRows::column_names() const {
  std::vector<std::string> names = is_collapsed() ? definition_.one_row_per : definition_.take;
  RowSet* source = is_collapsed() || !names.empty() ? nullptr : all_.find(definition_.from);
  if (source != nullptr) names = source->column_names();
  for (const Lookup& lookup : definition_.lookups) names.insert(names.end(), lookup.take.begin(), lookup.take.end());
  for (const UnitColumn& column : definition_.columns) names.push_back(column.name);
  return names;
}

const UnitColumn* UnitRows::own(std::string_view column) const {
  const auto place = std::ranges::find(definition_.columns, column, &UnitColumn::name);
  return place != definition_.columns.end() ? &*place : nullptr;
}

const Lookup* UnitRows::taker(std::string_view column) const {
  const auto place =
      std::ranges::find_if(definition_.lookups, [&](const Lookup& lookup) { return is_among(column, lookup.take); });
  return place != definition_.lookups.end() ? &*place : nullptr;
}

const Lookup& UnitRows::lookup(std::string_view name) const {
  return *std::ranges::find(definition_.lookups, name, &Lookup::name);
}

bool UnitRows::is_of_source(std::string_view column) const {
  if (is_collapsed()) return is_among(column, definition_.one_row_per);
  const bool takes = definition_.take.empty() || is_among(column, definition_.take);
  return takes && own(column) == nullptr && taker(column) == nullptr;
}

// Whether it is a column of the source as it is.
bool UnitRows::hands_on(std::string_view column) {
  if (is_collapsed()) return false;
  return is_among(column, definition_.take.empty() ? source().column_names() : definition_.take);
}

Lack UnitRows::lacking() {
  const auto known = lacks_.find("");
  return known != lacks_.end() ? known->second : lacks_.emplace("", lack_of_rows()).first->second;
}

Lack UnitRows::lacking(std::string_view column) {
  const auto known = lacks_.find(column);
  return known != lacks_.end() ? known->second : lacks_.emplace(column, lack_of(column)).first->second;
}

Lack UnitRows::lack_of_rows() {
  const std::string place = "unit '" + id() + "'";
  if (Lack lack = all_.lacking(definition_.from)) return within(place, std::move(lack));
  for (const std::string& name : definition_.one_row_per)
    if (Lack lack = source().lacking(name)) return within(place, std::move(lack));
  return {};
}

Lack UnitRows::lack_of(std::string_view column) {
  if (Lack lack = lacking()) return lack;
  if (const UnitColumn* of_own = own(column)) return within(place("column", column), lack_of(*of_own));
  if (const Lookup* lookup = taker(column)) {
    if (Lack lack = lack_of(*lookup)) return lack;
    return within(place("lookup", lookup->name), all_.at(lookup->from).lacking(column));
  }
  if (is_collapsed() && is_of_source(column)) return {};
  if (hands_on(column)) return within("unit '" + id() + "'", source().lacking(column));
  return {hinted("unit '" + id() + "' has no column '" + std::string(column) + "'", column, column_names())};
}

Lack UnitRows::lack_of(const UnitColumn& column) {
  if (Lack lack = all_.lacking(column.value)) return lack;
  for (const std::string& name : source_columns(column.value))
    if (Lack lack = source().lacking(name)) return lack;
  for (const std::string& name : own_columns(column.value))
    if (Lack lack = lacking(name)) return lack;
  for (const std::string& name : column.value.lookups())
    if (Lack lack = lack_of(lookup(name))) return lack;
  return {};
}

Lack UnitRows::lack_of(const Lookup& lookup) {
  const std::string where = place("lookup", lookup.name);
  if (Lack lack = all_.lacking(lookup.from)) return within(where, std::move(lack));
  for (const auto& [own, other] : lookup.on) {
    if (Lack lack = lacking(own)) return within(where, std::move(lack));
    if (Lack lack = all_.at(lookup.from).lacking(other)) return within(where, std::move(lack));
  }
  return {};
}

const ColumnDefinition* UnitRows::definition(std::string_view column) {
  if (const auto known = definitions_.find(column); known != definitions_.end()) return &known->second;
  if (const Lookup* lookup = taker(column)) {
    RowSet* other = all_.find(lookup->from);
    return other != nullptr ? other->definition(column) : nullptr;
  }
  const UnitColumn* of_own = own(column);
  if (of_own == nullptr)
    return is_of_source(column) && !all_.lacking(definition_.from) ? source().definition(column) : nullptr;
  const Scope of_source = source().scope();
  Scope names = scope();
  if (is_collapsed()) names.source = &of_source;
  for (const Lookup& lookup : definition_.lookups) names.lookups.push_back(lookup.name);
  names.patterns = true;
  names.groupings = groupings();
  std::vector<Fault> faults;
  check(of_own->value, names, false, "unit." + id() + ".columns." + of_own->name, faults);
  if (!faults.empty()) throw DefinitionError(std::move(faults));
  ColumnDefinition result = result_of(of_own->value, names).value();
  result.name = of_own->name;
  return &definitions_.emplace(column, std::move(result)).first->second;
}

Scope UnitRows::scope() {
  return {.column = [this](std::string_view name) { return definition(name); },
          .column_names = column_names(),
          .lists = &all_.catalogue().definitions().lists,
          .holidays = !all_.catalogue().definitions().calendar.holidays.empty()};
}

// A grouping changes if the table that is given for it says when.
std::map<std::string, bool> UnitRows::groupings() {
  std::map<std::string, bool> changes;
  for (const casemetry::Grouping& grouping : all_.catalogue().definitions().groupings) {
    RowSet* table = grouping.table.empty() ? nullptr : all_.find(grouping.table);
    changes.emplace(grouping.id, table != nullptr && has_bounds(*table));
  }
  return changes;
}

std::optional<UnitReport> UnitRows::report() const {
  if (columns_.empty() && !grouping_) return std::nullopt;
  UnitReport report{.unit = id(), .rows = 0, .units = 0, .columns = {}, .lookups = {}};
  if (grouping_) {
    report.rows = static_cast<std::int64_t>(grouping_->rows());
    report.units = static_cast<std::int64_t>(grouping_->units());
  } else {
    report.rows = report.units = columns_.begin()->second.rows();
  }
  for (const UnitColumn& column : definition_.columns)
    if (const auto made = reports_.find(column.name); made != reports_.end()) report.columns.push_back(made->second);
  for (const Lookup& lookup : definition_.lookups)
    if (const auto found = found_.find(lookup.name); found != found_.end())
      report.lookups.push_back(found->second.report);
  return report;
}

}  // namespace casemetry::counting
