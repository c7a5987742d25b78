// SPDX-License-Identifier: Apache-2.0
#include "catalogue/ground.hpp"

#include "catalogue/reads.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {

void Ground::add(const Aggregate& aggregate) {
  add(aggregate.unit);
  for (const std::string& column : {aggregate.date.value_or(""), aggregate.column, aggregate.start, aggregate.end,
                                    aggregate.opened, aggregate.closed})
    if (!column.empty()) add(aggregate.unit, column);
  for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
    if (*predicate) add(aggregate.unit, **predicate);
}

void Ground::add(const std::string& id) {
  if (!columns_.emplace(id, Names{}).second) return;
  const UnitDefinition* unit = find(definitions_.units, id);
  if (unit == nullptr) return;
  add(unit->from);
  for (const std::string& name : unit->one_row_per) add(id, name);
}

void Ground::add(const std::string& id, const std::string& column) {
  add(id);
  if (!columns_.find(id)->second.insert(column).second) return;
  to_follow_.emplace_back(id, column);
  if (!following_) follow();
}

void Ground::add(const LeadSet& leads) {
  for (const std::string& column : {leads.sources, leads.first, leads.last, leads.log, leads.value})
    if (!column.empty()) add(leads.unit, column);
  for (const Stage& stage : leads.stages) add(leads.unit, stage.date);
  if (leads.among) add(leads.unit, *leads.among);
}

void Ground::add(const std::string& id, const Expression& expression) {
  const Reads reads = reads_of(expression);
  for (const Mention& column : reads.own) add(id, column.name);
  if (const UnitDefinition* unit = find(definitions_.units, id)) {
    for (const Mention& column : reads.source) add(unit->from, column.name);
    for (const Lookup& lookup : unit->lookups)
      if (names_of(reads.lookups).contains(lookup.name)) add_lookup(*unit, lookup);
  }
  lists_.merge(as_set(expression.lists()));
  for (const Mention& grouping : reads.groupings) add_grouping(grouping.name);
  if (reads.holidays) add_holidays();
}

// A list of what is still to be followed instead of a recursion, however long the chains of columns are.
void Ground::follow() {
  following_ = true;
  while (!to_follow_.empty()) {
    const auto [id, column] = std::move(to_follow_.back());
    to_follow_.pop_back();
    if (const UnitDefinition* unit = find(definitions_.units, id)) follow(*unit, column);
  }
  following_ = false;
}

void Ground::follow(const UnitDefinition& unit, const std::string& column) {
  const auto own = std::ranges::find(unit.columns, column, &UnitColumn::name);
  if (own != unit.columns.end()) return add(unit.id, own->value);
  for (const Lookup& lookup : unit.lookups) {
    if (!is_one_of(column, lookup.take)) continue;
    add_lookup(unit, lookup);
    return add(lookup.from, column);
  }
  add(unit.from, column);
}

void Ground::add_lookup(const UnitDefinition& unit, const Lookup& lookup) {
  if (!lookups_[unit.id].insert(lookup.name).second) return;
  add(lookup.from);
  for (const auto& [column, other] : lookup.on) {
    add(unit.id, column);
    add(lookup.from, other);
  }
}

void Ground::add_holidays() {
  holidays_ = true;
  add(definitions_.calendar.holidays, "date");
  add(definitions_.calendar.holidays, "works");
}

// A table that declares no columns may have bounds as well.
void Ground::add_grouping(const std::string& id) {
  const Grouping* grouping = find(definitions_.groupings, id);
  if (grouping == nullptr || !groupings_.insert(id).second || grouping->table.empty()) return;
  add(grouping->table, "source");
  add(grouping->table, "group");
  const TableDefinition* table = find(definitions_.tables, grouping->table);
  for (const char* bound : {"valid_from", "valid_to"})
    if (table->columns.empty() || column_of(*table, bound) != nullptr) add(grouping->table, bound);
}

bool Ground::looks_up(const std::string& unit, const std::string& lookup) const {
  const auto lookups = lookups_.find(unit);
  return lookups != lookups_.end() && lookups->second.contains(lookup);
}

void Ground::complete(const UnitDefinition& unit) {
  for (const Lookup& lookup : unit.lookups) {
    add_lookup(unit, lookup);
    for (const std::string& column : lookup.take) add(unit.id, column);
  }
  for (const std::string& column : unit.take) add(unit.id, column);
  for (const UnitColumn& column : unit.columns) add(unit.id, column.name);
}

void Ground::complete_units() {
  std::size_t before = 0;
  while (before != columns_.size()) {
    before = columns_.size();
    for (const UnitDefinition& unit : definitions_.units)
      if (has(unit.id)) complete(unit);
  }
}

}  // namespace casemetry::definition
