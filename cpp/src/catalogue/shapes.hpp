// SPDX-License-Identifier: Apache-2.0
/// \file
/// The columns of units and tables, with what is known of them before any data are seen.
#pragma once

#include <casemetry/catalogue.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/faults.hpp"
#include "catalogue/order.hpp"

namespace casemetry::definition {

struct Shape {
  std::vector<std::string> names;         ///< of the columns, in order
  std::vector<ColumnDefinition> columns;  ///< of those whose definition is known
  std::vector<std::string> key;           ///< what no two rows share, if that is known
  bool open = false;                      ///< any other name may be a column as well: a table that declares none

  /// Null if there is no such column or its definition is not known.
  const ColumnDefinition* column(std::string_view name) const;
  /// Whether the name is, or may be, a column.
  bool has(std::string_view name) const;
};

/// The shape of every unit and table. Tells no fault; a column that is at fault, or rests on one, is not known.
class Shapes {
 public:
  /// `told` are the faults of the definitions' form, and of the tables.
  Shapes(const Definitions& definitions, const Faults& told);
  /// Null if it is neither a unit nor a table.
  const Shape* find(std::string_view id) const;
  /// The names of all units and tables.
  std::vector<std::string> ids() const;

 private:
  std::map<std::string, Shape, std::less<>> shapes_;
};

/// `no unit or table 'arrest'; did you mean 'arrests'?`
std::string no_unit(const std::string& name, const Shapes& shapes);

/// The columns of its source that a unit has as they are: its key, without one what it takes, or all of them.
const std::vector<std::string>& handed_on(const UnitDefinition& unit, const std::vector<std::string>& of_source);

/// For each unit the units and tables that it is made from and looks into.
Needs needs_of_units(const Definitions& definitions);
/// For each column of a unit those of its own columns that it reads.
Needs needs_of_columns(const UnitDefinition& unit);

/// The names that an expression may use. It refers to all that it is made from.
class UnitScope {
 public:
  /// Over the finished rows of a unit or table.
  UnitScope(const Definitions& definitions, const Shape& own);
  /// Of a column of a unit: outside collapse calls the unit's names, inside them the source's.
  UnitScope(const Definitions& definitions, const UnitDefinition& unit, const Shape& own, const Shape& source);
  UnitScope(const UnitScope&) = delete;
  UnitScope& operator=(const UnitScope&) = delete;

  const Definitions& definitions() const { return definitions_; }
  const Shape& own() const { return own_; }
  const Shape* source() const { return source_; }
  const Scope& scope() const { return scope_; }

 private:
  const Definitions& definitions_;
  const Shape& own_;
  const Shape* source_ = nullptr;
  Scope scope_;
  Scope source_scope_;
};

}  // namespace casemetry::definition
