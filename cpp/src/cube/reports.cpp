// SPDX-License-Identifier: Apache-2.0
#include "cube/reports.hpp"

#include <algorithm>
#include <utility>

namespace casemetry::value {
namespace {

void count(std::int64_t& into, std::int64_t rows, Sign sign) {
  if (sign == Sign::add ? __builtin_add_overflow(into, rows, &into) : __builtin_sub_overflow(into, rows, &into))
    throw DataError("the row counts of these cubes would not fit 64 bits together");
}

// The report of that name, a new one if there is none.
template <class Report, class Name>
Report& report_of(std::vector<Report>& reports, Name Report::* name, const Report& like) {
  const auto known = std::ranges::find(reports, like.*name, name);
  if (known != reports.end()) return *known;
  Report empty;
  empty.*name = like.*name;
  return reports.emplace_back(std::move(empty));
}

void merge(std::vector<ColumnReport>& into, const ColumnReport& from, Sign sign) {
  constexpr std::size_t most_examples = 5;
  ColumnReport& report = report_of(into, &ColumnReport::name, from);
  if (report.read_as.empty()) report.read_as = from.read_as;
  count(report.rows, from.rows, sign);
  count(report.missing, from.missing, sign);
  count(report.unreadable, from.unreadable, sign);
  count(report.unlisted, from.unlisted, sign);
  for (const std::string& example : from.examples)
    if (sign == Sign::add && report.examples.size() < most_examples &&
        std::ranges::count(report.examples, example) == 0)
      report.examples.push_back(example);
}

void merge(std::vector<UnitReport>& into, const UnitReport& from, Sign sign) {
  UnitReport& report = report_of(into, &UnitReport::unit, from);
  count(report.rows, from.rows, sign);
  count(report.units, from.units, sign);
  for (const UnitReport::Collapsed& column : from.columns) {
    UnitReport::Collapsed& known = report_of(report.columns, &UnitReport::Collapsed::column, column);
    count(known.disagreeing, column.disagreeing, sign);
    count(known.skipped, column.skipped, sign);
  }
  for (const UnitReport::LookedUp& lookup : from.lookups) {
    UnitReport::LookedUp& known = report_of(report.lookups, &UnitReport::LookedUp::lookup, lookup);
    count(known.found, lookup.found, sign);
    count(known.not_found, lookup.not_found, sign);
    count(known.duplicates, lookup.duplicates, sign);
  }
}

}  // namespace

void merge_reports(Cube::Data& cube, const Cube::Data& other, Sign sign) {
  // A table that every part was given whole is told once.
  const auto is_told = [&](const std::string& name) {
    const std::string table = cube.catalogue.root(name);
    return cube.whole.contains(table) && other.whole.contains(table) && cube.rows.contains(table);
  };
  for (const auto& [table, rows] : other.rows)
    if (!is_told(table)) count(cube.rows[table], rows, sign);
  for (const auto& [table, reports] : other.reports)
    for (const ColumnReport& report : reports)
      if (!is_told(table)) merge(cube.reports[table], report, sign);
  for (const UnitReport& report : other.unit_reports)
    if (!is_told(report.unit)) merge(cube.unit_reports, report, sign);
}

}  // namespace casemetry::value
