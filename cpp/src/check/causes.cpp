// SPDX-License-Identifier: Apache-2.0
#include "check/causes.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <optional>

#include "check/trace.hpp"

namespace casemetry::quality {
namespace {

using Trouble = Loss::Cause::Kind;

// No column of a table or unit is called so. It is as different as the column that it is of.
std::string name_of(const std::string& column, const Loss::Cause& cause) {
  return '\x1f' + column + '\x1f' + std::string(word(cause.kind)) + '\x1f' + cause.table + '\x1f' + cause.column;
}

bool is_same(const Loss::Cause& a, const Loss::Cause& b) {
  return a.kind == b.kind && a.table == b.table && a.column == b.column;
}

std::optional<Trouble> trouble_of(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::missing:
      return Trouble::missing;
    case Finding::Kind::unreadable:
      return Trouble::unreadable;
    case Finding::Kind::unlisted:
      return Trouble::unlisted;
    default:
      return std::nullopt;
  }
}

Column truths(const std::string& name, std::int64_t rows, const RowTest& test) {
  std::vector<std::uint8_t> truths(static_cast<std::size_t>(rows));
  tbb::parallel_for(std::size_t{0}, truths.size(), [&](std::size_t row) { truths[row] = test(row) ? 1 : 0; });
  return Column::of_truths(name, std::move(truths));
}

/// Causes with what tells them, each cause once: several tell it together.
class Tellers {
 public:
  void add(const Loss::Cause& cause, const Expression& teller) {
    const auto known = std::ranges::find_if(all_, [&](const auto& told) { return is_same(told.first, cause); });
    if (known == all_.end()) {
      all_.emplace_back(cause, teller);
    } else {
      known->second = known->second || teller;
    }
  }
  const std::vector<std::pair<Loss::Cause, Expression>>& all() const { return all_; }

 private:
  std::vector<std::pair<Loss::Cause, Expression>> all_;
};

// With the condition of the call that rows are collapsed by.
Expression any_row(const Expression& truth, const Expression& collapse_call) {
  const Expression* condition = condition_of(collapse_call);
  return condition != nullptr ? call(Operation::collapse_any, {truth, *condition})
                              : call(Operation::collapse_any, {truth});
}

}  // namespace

Causes::Causes(const std::vector<TableAtHand>& tables, const Catalogue& catalogue)
    : definitions_(catalogue.definitions()) {  // as far as units are made by them
  definitions_.leads.clear();
  definitions_.indicators.clear();
  definitions_.identities.clear();
  for (const TableAtHand& table : tables) add_troubles(table);
}

void Causes::add_troubles(const TableAtHand& table) {
  std::vector<Column> columns(table.stored().columns().begin(), table.stored().columns().end());
  const auto definition = std::ranges::find(definitions_.tables, table.id(), &TableDefinition::id);
  const bool is_declared = definition != definitions_.tables.end() && !definition->columns.empty();
  for (const Suspicion& suspicion : suspicious_cells(table, {})) {
    const auto kind = trouble_of(suspicion.finding.kind);
    if (!kind) continue;
    const std::string& column = suspicion.finding.column;
    const Loss::Cause cause{.kind = *kind, .table = table.id(), .column = column};
    const std::string name = name_of(column, cause);
    columns.push_back(truths(name, table.rows(), suspicion.test));
    if (is_declared) definition->columns.push_back({.name = name, .type = Type::boolean});
    trails_[{table.id(), column}].push_back({cause, name});
  }
  tables_.emplace(table.id(), Table(std::move(columns), table.stored().name()));
}

UnitDefinition* Causes::unit(const std::string& id) {
  const auto found = std::ranges::find(definitions_.units, id, &UnitDefinition::id);
  return found != definitions_.units.end() ? &*found : nullptr;
}

const std::vector<Trail>& Causes::trails(const std::string& unit, const std::string& column) {
  const auto known = trails_.find({unit, column});
  if (known != trails_.end()) return known->second;
  std::vector<Trail> made = laid(unit, column);
  return trails_[{unit, column}] = std::move(made);
}

std::vector<Trail> Causes::laid(const std::string& id, const std::string& column) {
  UnitDefinition* definition = unit(id);
  if (definition == nullptr) return {};
  if (const UnitColumn* own = own_column(*definition, column))
    return derived(*definition, column, Expression(own->value));
  if (const Lookup* lookup = taker(*definition, column))
    return taken(*definition, static_cast<std::size_t>(lookup - definition->lookups.data()), column);
  return definition->one_row_per.empty() ? handed_on(*definition, column) : std::vector<Trail>{};
}

// What is not found has the other value, if there is one, and is no trouble then.
std::vector<Trail> Causes::taken(UnitDefinition& definition, std::size_t place, const std::string& column) {
  const std::string from = definition.lookups[place].from;
  std::vector<Trail> all = trails(from, column);
  Lookup& lookup = definition.lookups[place];
  for (const Trail& trail : all) {
    lookup.take.push_back(trail.column);
    lookup.otherwise[trail.column] = false;
  }
  if (lookup.otherwise.contains(column)) return all;
  const Loss::Cause cause{.kind = Trouble::not_found, .table = from, .column = lookup.name};
  definition.columns.push_back({name_of(column, cause), !found(lookup.name)});
  all.push_back({cause, definition.columns.back().name});
  return all;
}

std::vector<Trail> Causes::handed_on(UnitDefinition& definition, const std::string& column) {
  const std::vector<Trail> all = trails(definition.from, column);
  if (!definition.take.empty())
    for (const Trail& trail : all) definition.take.push_back(trail.column);
  return all;
}

std::vector<Trail> Causes::derived(UnitDefinition& definition, const std::string& column, const Expression& value) {
  Tellers tellers;
  for (const Expression& call : collapse_calls(value)) {
    for (const std::string& name : call.columns())
      for (const Trail& trail : trails(definition.from, name))
        tellers.add(trail.cause, any_row(col(trail.column), call));
    if (call.node().operation != Operation::collapse_only) continue;
    const std::string root = call.columns().empty() ? column : call.columns().front();
    tellers.add({.kind = Trouble::disagreeing, .table = definition.from, .column = root},
                is_null(call) && any_row(!is_null(call.node().children.front()), call));
  }
  for (const std::string& name : own_names(value))
    for (const Trail& trail : trails(definition.id, name)) tellers.add(trail.cause, col(trail.column));
  std::vector<Trail> all;
  for (const auto& [cause, teller] : tellers.all()) {
    all.push_back({cause, name_of(column, cause)});
    definition.columns.push_back({all.back().column, teller});
  }
  return all;
}

}  // namespace casemetry::quality
