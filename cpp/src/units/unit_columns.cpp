// SPDX-License-Identifier: Apache-2.0
// How the columns of a unit are made: of its key, collapsed, derived. What is looked up is found in unit_lookups.cpp.
#include <algorithm>
#include <numeric>

#include "units/cell_text.hpp"
#include "units/gather.hpp"
#include "units/names.hpp"
#include "units/set_limits.hpp"
#include "units/unit_rows.hpp"

namespace casemetry::counting {

std::int64_t UnitRows::rows() {
  require(lacking());
  return is_collapsed() ? static_cast<std::int64_t>(grouping().units()) : source().rows();
}

const Column& UnitRows::column(std::string_view name) {
  if (const auto known = columns_.find(name); known != columns_.end()) return known->second;
  require(lacking(name));
  Column column = make(name);
  return columns_.emplace(name, std::move(column)).first->second;
}

Column UnitRows::make(std::string_view name) {
  if (const UnitColumn* of_own = own(name)) return derive(*of_own);
  if (const Lookup* lookup = taker(name)) return take(*lookup, name);
  if (!is_collapsed()) return source().column(name);
  return gathered(source().column(name), grouping().first_rows(), std::string(name));
}

const Grouping& UnitRows::grouping() {
  if (grouping_) return *grouping_;
  std::vector<Column> key;
  for (const std::string& name : definition_.one_row_per) {
    key.push_back(source().column(name));
    refuse_missing(key.back());
  }
  return grouping_.emplace(keys_of(key, chunk_), chunk_, scratch_);
}

void UnitRows::refuse_missing(const Column& key) const {
  if (key.report().missing + key.report().unreadable == 0) return;
  const std::vector<std::size_t> rows = missing_rows(key);
  if (rows.empty()) return;
  const bool of_unit = all_.catalogue().unit(definition_.from) != nullptr;
  throw DataError(
      "unit '" + id() + "': the key column '" + key.name() + "' of " + (of_unit ? "unit '" : "table '") +
      definition_.from + "' has no value in " + std::to_string(rows.size()) + (rows.size() == 1 ? " row" : " rows") +
      (of_unit ? "" : ", first in row " + std::to_string(rows.front() + 1)) +
      "; a unit is one row for each key: give every row its whole key, or leave such rows out of the table");
}

Column UnitRows::derive(const UnitColumn& column) {
  definition(column.name);  // told by its faults, if it has any
  const std::vector<Expression> calls = collapse_calls(column.value);
  UnitReport::Collapsed report{.column = column.name};
  for (const Expression& call : calls) {
    const Collapsed& made = collapse(call, column.name);
    report.disagreeing += made.disagreeing;
    report.skipped += made.skipped;
  }
  if (!calls.empty()) reports_.emplace(column.name, report);
  return evaluated(column.value, column.name);
}

// A value over columns of the unit, and over parts that are made here.
Column UnitRows::evaluated(const Expression& value, const std::string& column) {
  const auto part = [&](std::string_view name) { return this->part(value, name, column); };
  return materialised(over_columns(value), part, all_.catalogue().definitions().lists, all_.holidays(value), column,
                      rows());
}

Column UnitRows::part(const Expression& value, std::string_view name, const std::string& column) {
  for (const Expression& call : collapse_calls(value))
    if (name == call_name(call)) return collapse(call, column).column;
  for (const Expression& call : patterns(value))
    if (name == call_name(call)) return pattern(call, column);
  for (const Lookup& lookup : definition_.lookups)
    if (name == found_name(lookup.name)) return truth_of_found(lookup);
  return this->column(name);
}

const Collapsed& UnitRows::collapse(const Expression& call, const std::string& column) {
  const std::string text = call.text();
  if (const auto known = calls_.find(text); known != calls_.end()) return known->second;
  const CollapsedRows rows{.grouping = grouping(),
                           .column = [this](std::string_view name) { return source().column(name); },
                           .definition = [this](std::string_view name) { return source().definition(name); },
                           .lists = all_.catalogue().definitions().lists,
                           .holidays = all_.holidays(call),
                           .scratch = scratch_};
  Collapsed made = collapsed(call, rows);
  if (made.first_unfit >= 0) refuse_sum(call, column, made.first_unfit);
  refuse_large_sets(made.column, place("column", column), [this](std::size_t row) { return all_.row_text(id(), row); });
  return calls_.emplace(text, std::move(made)).first->second;
}

void UnitRows::refuse_sum(const Expression& call, const std::string& column, std::int64_t unit) {
  throw DataError(place("column", column) + ": " + call.text() + " does not fit 64 bits for " +
                  key_text(*this, definition_.one_row_per, static_cast<std::size_t>(unit)) +
                  "; give the column a range, or count in larger amounts");
}

std::vector<std::int64_t> UnitRows::rows_behind(std::span<const std::uint8_t> chosen) {
  if (static_cast<std::int64_t>(chosen.size()) != rows())
    throw QueryError("rows behind unit '" + id() + "': " + std::to_string(chosen.size()) + " flags are given for " +
                     std::to_string(rows()) + " units");
  if (!is_collapsed()) return source().rows_behind(chosen);
  std::vector<std::uint8_t> of_rows(grouping().rows());
  grouping().spread<std::uint8_t>(chosen, of_rows, scratch_);
  return source().rows_behind(of_rows);
}

}  // namespace casemetry::counting
