// SPDX-License-Identifier: Apache-2.0
#include "catalogue/validate.hpp"

#include <set>

#include "catalogue/resolve.hpp"
#include "catalogue/text.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

void validate_id(const std::string& id, const std::string& path, Faults& faults) {
  if (id.empty()) {
    faults.tell_first(path, "no id");
  } else if (!is_id(id)) {
    faults.tell_first(path, "'" + id + "' is no id: letters of any script, digits and _, not beginning with a digit");
  }
}

template <typename Item>
void validate_ids(const std::vector<Item>& items, const std::string& list, Faults& faults) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = path_of(list, items[i].id, i) + ".id";
    validate_id(items[i].id, path, faults);
    if (!items[i].id.empty() && !seen.insert(items[i].id).second)
      faults.tell(path, "a second " + list + " has this id: each needs its own");
  }
}

// Of the catalogue: a hyphen may stand in it, as in a file's name.
void validate_catalogue_id(std::string id, Faults& faults) {
  if (id.empty()) return;
  std::ranges::replace(id, '-', '_');
  validate_id(id, "id", faults);
}

void validate_list(const std::string& name, const std::vector<Literal>& values, Faults& faults) {
  const std::string path = "list." + name;
  if (!is_id(name)) validate_id(name, path, faults);
  if (values.empty()) faults.tell_first(path, "no values: name at least one");
  for (const Literal& value : values) {
    if (value.index() == values.front().index()) continue;
    faults.tell_first(path, "values of different kinds: all text, all numbers, all dates or all true and false");
    return;
  }
}

void validate_calendar(const Calendar& calendar, Faults& faults) {
  if (calendar.month_starts_on < 1 || calendar.month_starts_on > 28)
    faults.tell("calendar.month_starts_on",
                std::to_string(calendar.month_starts_on) + " is not a day that every month has: 1 to 28");
  if (calendar.year_starts_on < 1 || calendar.year_starts_on > 12)
    faults.tell("calendar.year_starts_on", std::to_string(calendar.year_starts_on) + " is not a month: 1 to 12");
}

void validate_dimension(const Definitions& definitions, const Dimension& dimension, Faults& faults) {
  const std::string path = "dimension." + dimension.id;
  if (is_one_of(dimension.id, reserved_dimensions()))
    faults.tell(path, "a result has a column of this name already: choose another");
  for (const auto& [unit, column] : dimension.from) {
    const std::string place = path + ".from." + unit;
    const TableDefinition* table = find(definitions.tables, unit);
    if (table == nullptr) {
      faults.tell_first(place, no_table(definitions, unit));
    } else if (column.empty()) {
      faults.tell_first(place, "no column");
    } else if (!table->columns.empty() && column_of(*table, column) == nullptr) {
      faults.tell_first(place, no_column(*table, column));
    }
  }
}

}  // namespace

std::string path_of(const std::string& list, const std::string& id, std::size_t index) {
  return id.empty() ? list + " #" + std::to_string(index + 1) : list + "." + id;
}

void validate(const Definitions& definitions, Faults& faults) {
  validate_catalogue_id(definitions.id, faults);
  for (const auto& [name, values] : definitions.lists) validate_list(name, values, faults);
  validate_calendar(definitions.calendar, faults);
  validate_ids(definitions.tables, "table", faults);
  validate_ids(definitions.dimensions, "dimension", faults);
  validate_ids(definitions.aggregates, "aggregate", faults);
  validate_ids(definitions.indicators, "indicator", faults);
  for (const TableDefinition& table : definitions.tables) validate_table(table, "table." + table.id, faults);
  for (const Dimension& dimension : definitions.dimensions) validate_dimension(definitions, dimension, faults);
  for (std::size_t i = 0; i < definitions.aggregates.size(); ++i)
    validate_aggregate(definitions, definitions.aggregates[i], path_of("aggregate", definitions.aggregates[i].id, i),
                       faults);
  for (std::size_t i = 0; i < definitions.indicators.size(); ++i)
    validate_indicator(definitions, definitions.indicators[i], path_of("indicator", definitions.indicators[i].id, i),
                       faults);
}

}  // namespace casemetry::definition
