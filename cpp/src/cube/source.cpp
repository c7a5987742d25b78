// SPDX-License-Identifier: Apache-2.0
#include "cube/source.hpp"

#include <utility>

namespace casemetry::pass {

void Source::refuse(const Column& column, const std::string& wanted) const {
  const std::string kind = all_->catalogue().unit(id()) != nullptr ? "unit" : "table";
  throw DefinitionError({{kind + "." + id() + ".columns." + column.name(),
                          "column '" + column.name() + "' of " + kind + " '" + id() + "' holds " +
                              type_name(column.type(), column.scale()) + "; " + wanted,
                          {}}});
}

const Column& Source::dates(const std::string& name) {
  if (const auto place = dates_.find(name); place != dates_.end()) return place->second;
  const Column& read = column(name);
  if (read.type() == Type::date) return read;
  if (read.type() != Type::text && read.type() != Type::category)
    refuse(read, "a date column is wanted; give another, or write the days as text or dates");
  return dates_.emplace(name, read.as_dates(definition(name)->format)).first->second;
}

const Column& Source::numbers(const std::string& name) {
  const Column& read = column(name);
  if (read.type() != Type::integer && read.type() != Type::decimal)
    refuse(read, "a sum wants integers or decimals; declare the column as `integer` or `decimal(2)`");
  return read;
}

std::vector<ColumnReport> Source::with_dates(std::vector<ColumnReport> reports) const {
  for (ColumnReport& report : reports)
    if (const auto dates = dates_.find(report.name); dates != dates_.end()) report = dates->second.report();
  return reports;
}

bool has_missing(const Column& column) {
  return column.report().missing + column.report().unreadable > 0;
}

}  // namespace casemetry::pass
