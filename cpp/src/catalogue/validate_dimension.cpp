// SPDX-License-Identifier: Apache-2.0
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

constexpr std::size_t most_bands = 1000;

void validate_from(const std::string& unit, const std::string& column, const Shapes& shapes, const std::string& path,
                   Faults& faults) {
  const Shape* shape = shapes.find(unit);
  if (shape == nullptr) {
    faults.tell_first(path, no_unit(unit, shapes));
  } else if (column.empty()) {
    faults.tell_first(path, "no column");
  } else if (!shape->has(column)) {
    faults.tell_first(path, no_column(unit, column, shape->names));
  } else if (is_set(shape->column(column))) {
    faults.tell_first(path, "column '" + column + "' of '" + unit +
                                "' is a set: make what it is counted by a column of the unit, such as size(" + column +
                                ") or meets(" + column + ", ['a', 'b'])");
  }
}

// By unit; a dimension without `from` is the column of its own name on every unit that has one.
std::map<std::string, std::string> columns_of(const Dimension& dimension, const Shapes& shapes) {
  if (!dimension.from.empty()) return dimension.from;
  std::map<std::string, std::string> columns;
  for (const std::string& id : shapes.ids())
    if (shapes.find(id)->column(dimension.id) != nullptr) columns.emplace(id, dimension.id);
  return columns;
}

void validate_bands(const Dimension& dimension, const Shapes& shapes, const std::string& path, Faults& faults) {
  if (dimension.bands.empty()) return;
  if (dimension.bands.size() > most_bands)
    faults.tell(path, std::to_string(dimension.bands.size()) + " bands: at most " + std::to_string(most_bands));
  if (dimension.hierarchy != Hierarchy{}) faults.tell(path, "bands have no hierarchy: leave one of both out");
  for (std::size_t i = 1; i < dimension.bands.size(); ++i)
    if (dimension.bands[i] <= dimension.bands[i - 1])
      faults.tell(path, std::to_string(dimension.bands[i]) + " comes after " + std::to_string(dimension.bands[i - 1]) +
                            ": bands begin at ascending numbers");
  for (const auto& [unit, name] : columns_of(dimension, shapes)) {
    const Shape* shape = shapes.find(unit);
    const ColumnDefinition* column = shape != nullptr ? shape->column(name) : nullptr;
    if (column != nullptr && column->type != Type::integer)
      faults.tell(path, "column '" + name + "' of '" + unit + "' is " + type_name(column->type, column->scale) +
                            ": bands are of integers");
  }
}

void validate_prefixes(const Hierarchy& hierarchy, const std::string& path, Faults& faults) {
  int before = 0;
  for (const int prefix : hierarchy.prefixes) {
    if (prefix <= before)
      faults.tell(path + ".prefixes", std::to_string(prefix) + " comes after " + std::to_string(before) +
                                          ": prefixes grow longer, from 1 character");
    before = prefix;
  }
  if (hierarchy.levels.size() != hierarchy.prefixes.size())
    faults.tell(path + ".levels", std::to_string(hierarchy.levels.size()) + " for " +
                                      std::to_string(hierarchy.prefixes.size()) + " prefixes: each has its name");
}

// Of dimensions, and of the levels of others: a question names both.
Names names_of_others(const Definitions& definitions, const Dimension& dimension) {
  Names names;
  for (const Dimension& other : definitions.dimensions) {
    names.insert(other.id);
    if (other.id != dimension.id) names.insert(other.hierarchy.levels.begin(), other.hierarchy.levels.end());
  }
  return names;
}

void validate_levels(const Definitions& definitions, const Dimension& dimension, const std::string& path,
                     Faults& faults) {
  const Names taken = names_of_others(definitions, dimension);
  Names seen;
  for (const std::string& level : dimension.hierarchy.levels) {
    if (level.empty()) faults.tell_first(path, "an empty name");
    if (!seen.insert(level).second) faults.tell(path, "'" + level + "' stands twice");
    if (taken.contains(level))
      faults.tell(path, "'" + level + "' is a dimension or a level of another: each needs its own name");
    if (is_one_of(level, reserved_dimensions()))
      faults.tell(path, "a result has a column '" + level + "' already: choose another name");
  }
}

void validate_hierarchy(const Definitions& definitions, const Dimension& dimension, const std::string& path,
                        Faults& faults) {
  const Hierarchy& hierarchy = dimension.hierarchy;
  if (hierarchy == Hierarchy{}) return;
  validate_levels(definitions, dimension, path + ".levels", faults);
  const bool by_table = !hierarchy.table.empty();
  const bool by_prefixes = !hierarchy.prefixes.empty();
  if (by_table == by_prefixes)
    return faults.tell_first(path, by_table ? "a table and prefixes: only one of them says what is above a code"
                                            : "no table and no prefixes: one of them says what is above a code");
  if (by_prefixes) return validate_prefixes(hierarchy, path, faults);
  if (hierarchy.levels.empty()) faults.tell(path + ".levels", "no names: name the levels above, coarsest first");
  validate_named_table(definitions, hierarchy.table, {{"code", std::nullopt}, {"parent", std::nullopt}},
                       "a hierarchy has code and parent", path + ".table", faults);
}

}  // namespace

void validate_named_table(const Definitions& definitions, const std::string& id, const std::vector<NamedType>& columns,
                          const std::string& purpose, const std::string& path, Faults& faults) {
  const TableDefinition* table = find(definitions.tables, id);
  if (table == nullptr) return faults.tell(path, no_table(definitions, id));
  if (table->columns.empty()) return;
  for (const auto& [name, type] : columns) {
    const ColumnDefinition* column = column_of(*table, name);
    if (column == nullptr) {
      faults.tell(path, "'" + id + "' has no column '" + name + "': " + purpose);
    } else if (type && column->type != *type) {
      faults.tell(path, "column '" + name + "' of '" + id + "' is " + type_name(column->type, column->scale) +
                            ": it should be " + type_name(*type));
    }
  }
}

void validate_dimension(const Definitions& definitions, const Dimension& dimension, const Shapes& shapes,
                        const std::string& path, Faults& faults) {
  if (is_one_of(dimension.id, reserved_dimensions()))
    faults.tell(path, "a result has a column of this name already: choose another");
  for (const auto& [unit, column] : dimension.from) validate_from(unit, column, shapes, path + ".from." + unit, faults);
  validate_bands(dimension, shapes, path + ".bands", faults);
  validate_hierarchy(definitions, dimension, path + ".hierarchy", faults);
}

void validate_calendar(const Definitions& definitions, Faults& faults) {
  const Calendar& calendar = definitions.calendar;
  if (calendar.month_starts_on < 1 || calendar.month_starts_on > 28)
    faults.tell("calendar.month_starts_on",
                std::to_string(calendar.month_starts_on) + " is not a day that every month has: 1 to 28");
  if (calendar.year_starts_on < 1 || calendar.year_starts_on > 12)
    faults.tell("calendar.year_starts_on", std::to_string(calendar.year_starts_on) + " is not a month: 1 to 12");
  if (!calendar.holidays.empty())
    validate_named_table(definitions, calendar.holidays, {{"date", Type::date}, {"works", Type::boolean}},
                         "holidays have date and works", "calendar.holidays", faults);
}

}  // namespace casemetry::definition
