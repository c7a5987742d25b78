// SPDX-License-Identifier: Apache-2.0
#include "catalogue/shapes.hpp"

#include <algorithm>

#include "catalogue/reads.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

// Of units and tables that are at fault themselves.
const Shape anything{.names = {}, .columns = {}, .key = {}, .open = true};

Shape shape_of(const TableDefinition& table, const Faults& told) {
  Shape shape{.names = column_names(table), .columns = {}, .key = {}, .open = table.columns.empty()};
  for (const ColumnDefinition& column : table.columns) {
    const std::string path = "table." + table.id + ".columns." + column.name;
    if (!told.told(path) && !told.told(path + ".type")) shape.columns.push_back(column);
  }
  return shape;
}

Scope scope_of(const Definitions& definitions, const Shape& shape) {
  Scope scope;
  scope.column = [&shape](std::string_view name) { return shape.column(name); };
  scope.column_names = shape.names;
  scope.lists = &definitions.lists;
  scope.holidays = !definitions.calendar.holidays.empty();
  for (const Grouping& grouping : definitions.groupings)
    scope.groupings.emplace(grouping.id, is_dated(definitions, grouping));
  return scope;
}

// What was applied when the source's cells were read is not applied again.
ColumnDefinition as_read(ColumnDefinition column) {
  column.aliases.clear();
  column.format.clear();
  column.also.clear();
  column.empty_is_not_yet = false;
  return column;
}

// A column that is carried over is called what it was called.
Label label_of(const Expression& value, const Scope& scope) {
  const Expression::Node& node = value.node();
  const ColumnDefinition* column = nullptr;
  if (node.operation == Operation::column) column = scope.column(node.name);
  if (node.operation == Operation::collapse_only && node.children.front().node().operation == Operation::column)
    column = scope.source->column(node.children.front().node().name);
  return column != nullptr ? column->label : Label{};
}

// The shape of one unit, grown in the order in which its columns come to be: key or source, lookups, columns.
class Growth {
 public:
  Growth(const Definitions& definitions, const UnitDefinition& unit, const Shapes& known, const Faults& told)
      : definitions_(definitions), unit_(unit), known_(known), told_(told), source_(shape(unit.from)) {}

  Shape grown() && {
    begin();
    for (const Lookup& lookup : unit_.lookups)
      for (const std::string& name : lookup.take) add(name, shape(lookup.from).column(name));
    for (const UnitColumn& column : unit_.columns) shape_.names.push_back(column.name);
    derive();
    return std::move(shape_);
  }

 private:
  const Shape& shape(const std::string& id) const {
    const Shape* found = known_.find(id);
    return found != nullptr ? *found : anything;
  }

  void begin() {
    const bool collapsed = !unit_.one_row_per.empty();
    shape_.key = collapsed ? unit_.one_row_per : source_.key;
    shape_.open = !collapsed && unit_.take.empty() && source_.open;
    for (const std::string& name : handed_on(unit_, source_.names)) add(name, source_.column(name));
    const bool has_key = std::ranges::all_of(shape_.key, [&](const std::string& name) { return shape_.has(name); });
    if (!has_key) shape_.key.clear();
  }

  void add(const std::string& name, const ColumnDefinition* definition) {
    shape_.names.push_back(name);
    if (definition != nullptr) shape_.columns.push_back(as_read(*definition));
  }

  void derive() {
    for (const std::string& name : in_order(needs_of_columns(unit_)))
      if (auto definition = derived(*std::ranges::find(unit_.columns, name, &UnitColumn::name)))
        shape_.columns.push_back(std::move(*definition));
  }

  std::optional<ColumnDefinition> derived(const UnitColumn& column) const {
    if (told_.told("unit." + unit_.id + ".columns." + column.name)) return std::nullopt;
    const UnitScope names(definitions_, unit_, shape_, source_);
    std::optional<ColumnDefinition> result = result_of(column.value, names.scope());
    if (!result) return std::nullopt;
    ColumnDefinition definition = as_read(std::move(*result));
    definition.name = column.name;
    definition.label = label_of(column.value, names.scope());
    return definition;
  }

  const Definitions& definitions_;
  const UnitDefinition& unit_;
  const Shapes& known_;
  const Faults& told_;
  const Shape& source_;
  Shape shape_;
};

}  // namespace

const ColumnDefinition* Shape::column(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &ColumnDefinition::name);
  return found == columns.end() ? nullptr : &*found;
}

bool Shape::has(std::string_view name) const {
  return open || std::ranges::find(names, name) != names.end();
}

Shapes::Shapes(const Definitions& definitions, const Faults& told) {
  for (const TableDefinition& table : definitions.tables) shapes_.emplace(table.id, shape_of(table, told));
  for (const std::string& id : in_order(needs_of_units(definitions)))
    shapes_.emplace(id, Growth(definitions, *definition::find(definitions.units, id), *this, told).grown());
  for (const UnitDefinition& unit : definitions.units) shapes_.emplace(unit.id, anything);
}

const Shape* Shapes::find(std::string_view id) const {
  const auto found = shapes_.find(id);
  return found == shapes_.end() ? nullptr : &found->second;
}

std::vector<std::string> Shapes::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, shape] : shapes_) ids.push_back(id);
  return ids;
}

const std::vector<std::string>& handed_on(const UnitDefinition& unit, const std::vector<std::string>& of_source) {
  if (!unit.one_row_per.empty()) return unit.one_row_per;
  return unit.take.empty() ? of_source : unit.take;
}

std::string no_unit(const std::string& name, const Shapes& shapes) {
  return hinted("no unit or table '" + name + "'", name, shapes.ids());
}

Needs needs_of_units(const Definitions& definitions) {
  Needs needs;
  for (const UnitDefinition& unit : definitions.units) {
    Names& needed = needs[unit.id];
    needed.insert(unit.from);
    for (const Lookup& lookup : unit.lookups) needed.insert(lookup.from);
  }
  return needs;
}

Needs needs_of_columns(const UnitDefinition& unit) {
  Needs needs;
  for (const UnitColumn& column : unit.columns) needs[column.name].merge(names_of(reads_of(column.value).own));
  return needs;
}

UnitScope::UnitScope(const Definitions& definitions, const Shape& own)
    : definitions_(definitions), own_(own), scope_(scope_of(definitions, own)) {}

UnitScope::UnitScope(const Definitions& definitions, const UnitDefinition& unit, const Shape& own, const Shape& source)
    : UnitScope(definitions, own) {
  source_ = &source;
  source_scope_ = scope_of(definitions, source);
  scope_.source = &source_scope_;
  scope_.patterns = true;
  for (const Lookup& lookup : unit.lookups) scope_.lookups.push_back(lookup.name);
}

}  // namespace casemetry::definition
