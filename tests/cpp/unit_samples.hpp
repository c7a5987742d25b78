// SPDX-License-Identifier: Apache-2.0
// Units of the tests, in few words.
#pragma once

#include <casemetry/units.hpp>

#include "cells.hpp"
#include "cubes.hpp"

namespace casemetry::samples {

using ColumnTexts = std::vector<std::pair<std::string, std::string>>;  // name, expression

inline UnitDefinition unit(std::string id, std::string from, std::vector<std::string> key, ColumnTexts columns = {},
                           std::vector<Lookup> lookups = {}) {
  UnitDefinition made{.id = std::move(id), .from = std::move(from), .one_row_per = std::move(key)};
  made.lookups = std::move(lookups);
  for (auto& [name, value] : columns) made.columns.push_back({name, Expression::parse(value)});
  return made;
}

inline Definitions units_of(std::vector<TableDefinition> tables, std::vector<UnitDefinition> units) {
  Definitions made;
  made.id = "test";
  made.tables = std::move(tables);
  made.units = std::move(units);
  return made;
}

// The unit `person` of a table `events` that declares no columns, by `id`.
inline Definitions persons(ColumnTexts columns, std::vector<std::string> key = {"id"}) {
  return units_of({{.id = "events"}}, {unit("person", "events", std::move(key), std::move(columns))});
}

inline Table person(const Table& events, ColumnTexts columns, std::vector<std::string> key = {"id"}) {
  return units({{"events", events}}, Catalogue(persons(std::move(columns), std::move(key))), "person");
}

inline testing::Cells cells_of(const Table& table, std::string_view name) {
  return testing::cells(table.column(name));
}

}  // namespace casemetry::samples
