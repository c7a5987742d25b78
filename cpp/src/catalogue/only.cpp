// SPDX-License-Identifier: Apache-2.0
#include "catalogue/only.hpp"

#include <set>

#include "catalogue/hash.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

using Names = std::set<std::string, std::less<>>;

// With count indicators that do not stay replaced by their aggregates.
Indicator closed(const Definitions& whole, Indicator indicator, const Names& staying) {
  for (Formula* formula : {&indicator.of, &indicator.numerator, &indicator.denominator}) {
    const bool stays = std::ranges::all_of(formula->terms, [&](const Formula::Term& term) {
      return find(whole.aggregates, term.name) != nullptr || staying.contains(term.name);
    });
    if (!stays) *formula = expand(whole, *formula).formula;
  }
  std::erase_if(indicator.paired_with, [&](const std::string& other) { return !staying.contains(other); });
  return indicator;
}

Names aggregates_of(const Definitions& whole, const std::vector<Indicator>& indicators) {
  Names names;
  for (const Indicator& indicator : indicators)
    for (const Formula* formula : formulas(indicator))
      for (const Formula::Term& term : expand(whole, *formula).formula.terms) names.insert(term.name);
  return names;
}

Names columns_needed(const Definitions& part, const TableDefinition& table) {
  Names names(table.key.begin(), table.key.end());
  for (const Aggregate& aggregate : part.aggregates)
    if (aggregate.unit == table.id) names.merge(as_set(columns_of(aggregate)));
  for (const Dimension& dimension : part.dimensions)
    if (const auto from = dimension.from.find(table.id); from != dimension.from.end()) names.insert(from->second);
  return names;
}

template <typename Item, typename Key>
void keep(std::vector<Item>& items, const Names& names, Key key) {
  std::erase_if(items, [&](const Item& item) { return !names.contains(std::invoke(key, item)); });
}

void keep_tables(Definitions& part) {
  Names units;
  for (const Aggregate& aggregate : part.aggregates) units.insert(aggregate.unit);
  keep(part.tables, units, &TableDefinition::id);
  std::erase_if(part.dimensions, [&](Dimension& dimension) {
    const auto gone = std::erase_if(dimension.from, [&](const auto& pair) { return !units.contains(pair.first); });
    return gone > 0 && dimension.from.empty();
  });
  for (TableDefinition& table : part.tables) keep(table.columns, columns_needed(part, table), &ColumnDefinition::name);
}

void keep_lists(Definitions& part) {
  Names names;
  for (const Aggregate& aggregate : part.aggregates) names.merge(as_set(lists_of(aggregate)));
  std::erase_if(part.lists, [&](const auto& list) { return !names.contains(list.first); });
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
  keep(part.aggregates, aggregates_of(whole, part.indicators), &Aggregate::id);
  keep_tables(part);
  keep_lists(part);
  return part;
}

}  // namespace casemetry::definition
