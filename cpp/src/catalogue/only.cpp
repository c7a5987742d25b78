// SPDX-License-Identifier: Apache-2.0
#include "catalogue/only.hpp"

#include <array>

#include "catalogue/contribution.hpp"
#include "catalogue/ground.hpp"
#include "catalogue/history.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/text.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

bool stays(const Definitions& whole, const Formula& formula, const Names& staying) {
  return std::ranges::all_of(formula.terms, [&](const Formula::Term& term) {
    return find(whole.aggregates, term.name) != nullptr || staying.contains(term.name);
  });
}

bool stays(const Definitions& whole, const Version& version, const Names& staying) {
  return std::ranges::all_of(std::array{&version.of, &version.numerator, &version.denominator},
                             [&](const auto* formula) { return !*formula || stays(whole, **formula, staying); });
}

Version version_of(const DatedDefinition& definition) {
  Version version;
  version.valid_from = definition.from;
  version.valid_to = definition.to;
  version.note = definition.indicator.note;
  const auto replace = [](std::optional<Formula>& formula, const Formula& then) {
    if (!then.terms.empty()) formula = then;
  };
  replace(version.of, definition.indicator.of);
  replace(version.numerator, definition.indicator.numerator);
  replace(version.denominator, definition.indicator.denominator);
  return version;
}

// With count indicators that do not stay replaced by their aggregates, and what these were before by versions.
Indicator closed(const Definitions& whole, Indicator indicator, const Names& staying) {
  const bool all_stay =
      std::ranges::all_of(formulas(indicator), [&](const Formula* of) { return stays(whole, *of, staying); }) &&
      std::ranges::all_of(indicator.versions, [&](const Version& version) { return stays(whole, version, staying); });
  if (!all_stay) {
    std::vector<Version> versions;
    for (const DatedDefinition& definition : history_of(whole, indicator))
      if (!definition.is_todays) versions.push_back(version_of(definition));
    indicator.versions = std::move(versions);
    for (Formula* formula : {&indicator.of, &indicator.numerator, &indicator.denominator})
      *formula = expand(whole, *formula).formula;
  }
  std::erase_if(indicator.paired_with, [&](const std::string& other) { return !staying.contains(other); });
  return indicator;
}

Names aggregates_of(const Definitions& whole, const std::vector<Indicator>& indicators) {
  Names names;
  for (const Indicator& indicator : indicators) {
    for (const DatedDefinition& definition : history_of(whole, indicator))
      for (const Formula* formula : formulas(definition.indicator))
        for (const Formula::Term& term : expand(whole, *formula).formula.terms) names.insert(term.name);
    names.merge(as_set(needed_counts(whole, indicator)));
  }
  return names;
}

// Those that hold between aggregates that stay.
void keep_identities(const Definitions& whole, Definitions& part, const Names& aggregates) {
  const auto close = [&](Formula& formula) {
    const Formula counts = expand(whole, formula).formula;
    if (!stays(part, formula, as_set(ids(part.indicators)))) formula = counts;
    return std::ranges::all_of(counts.terms, [&](const auto& term) { return aggregates.contains(term.name); });
  };
  std::erase_if(part.identities, [&](Identity& identity) { return !close(identity.left) || !close(identity.right); });
}

// Those that are asked about, and those of which an aggregate is made.
Names leads_of(const Definitions& whole, const std::vector<Indicator>& indicators, const Names& aggregates) {
  Names names;
  for (const LeadSet& leads : whole.leads)
    if (std::ranges::any_of(aggregates, [&](const std::string& id) { return is_made_id(id, leads.id); }))
      names.insert(leads.id);
  for (const Indicator& indicator : indicators)
    if (indicator.kind == Indicator::Kind::contribution) names.insert(basis_of(whole, indicator).leads->id);
  return names;
}

template <typename Item, typename Key>
void keep(std::vector<Item>& items, const Names& names, Key key) {
  std::erase_if(items, [&](const Item& item) { return !names.contains(std::invoke(key, item)); });
}

// What a dimension rests on: its columns, and the table of its hierarchy.
void add(Ground& ground, const Dimension& dimension) {
  for (const auto& [unit, column] : dimension.from) ground.add(unit, column);
  if (dimension.hierarchy.table.empty()) return;
  for (const char* column : {"code", "parent", "name"}) ground.add(dimension.hierarchy.table, column);
}

void keep_dimensions(Definitions& part) {
  Ground counted(part);
  for (const Aggregate& aggregate : part.aggregates) counted.add(aggregate);
  std::erase_if(part.dimensions, [&](Dimension& dimension) {
    const auto gone = std::erase_if(dimension.from, [&](const auto& column) { return !counted.has(column.first); });
    return gone > 0 && dimension.from.empty();
  });
}

// Columns that are not needed go. Dates that follow each other do so without those between them.
void keep_columns(TableDefinition& table, const Names& needed) {
  if (table.columns.empty()) return;
  std::erase_if(table.columns, [&](const ColumnDefinition& column) {
    return !needed.contains(column.name) && !is_one_of(column.name, table.key);
  });
  for (std::vector<std::string>& chain : table.in_order)
    std::erase_if(chain, [&](const std::string& name) { return column_of(table, name) == nullptr; });
  std::erase_if(table.in_order, [](const std::vector<std::string>& chain) { return chain.size() < 2; });
  if (column_of(table, table.entered) == nullptr) table.entered.clear();
}

// Units stay whole, for any of their columns may be asked for as a dimension; tables with the columns that are needed.
void keep_ground(Definitions& part) {
  Ground ground(part);
  for (const Aggregate& aggregate : part.aggregates) ground.add(aggregate);
  for (const Dimension& dimension : part.dimensions) add(ground, dimension);
  for (const LeadSet& leads : part.leads) ground.add(leads);
  for (const Indicator& indicator : part.indicators) ground.add_grouping(indicator.groups);
  ground.complete_units();
  std::erase_if(part.units, [&](const UnitDefinition& unit) { return !ground.has(unit.id); });
  std::erase_if(part.tables, [&](const TableDefinition& table) { return !ground.has(table.id); });
  std::erase_if(part.lists, [&](const auto& list) { return !ground.lists().contains(list.first); });
  std::erase_if(part.groupings, [&](const Grouping& grouping) { return !ground.groupings().contains(grouping.id); });
  if (!ground.holidays()) part.calendar.holidays.clear();
  for (TableDefinition& table : part.tables) keep_columns(table, ground.columns().find(table.id)->second);
}

}  // namespace

Definitions only(const Definitions& whole, std::span<const std::string> indicators) {
  const Names staying(indicators.begin(), indicators.end());
  for (const std::string& id : staying)
    if (find(whole.indicators, id) == nullptr)
      throw QueryError(hinted("no indicator '" + id + "'", id, ids(whole.indicators)));
  Definitions part = whole;
  keep(part.indicators, staying, &Indicator::id);
  for (Indicator& indicator : part.indicators) indicator = closed(whole, std::move(indicator), staying);
  const Names aggregates = aggregates_of(whole, part.indicators);
  keep(part.leads, leads_of(whole, part.indicators, aggregates), &LeadSet::id);
  keep(part.aggregates, aggregates, &Aggregate::id);
  keep_identities(whole, part, aggregates);
  keep_dimensions(part);
  keep_ground(part);
  return part;
}

}  // namespace casemetry::definition
