// SPDX-License-Identifier: Apache-2.0
#include "catalogue/hash.hpp"

#include <set>

#include "catalogue/contribution.hpp"
#include "catalogue/form.hpp"
#include "catalogue/ground.hpp"
#include "catalogue/history.hpp"
#include "catalogue/rational.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"
#include "written.hpp"

namespace casemetry::definition {
namespace {

// The first member of every hashed text: what is hashed may change with it.
const Member form{"casemetry", {Tree::Number{"1"}}};

void put(Tree::Object& object, const std::string& key, std::string text) {
  if (!text.empty()) object.push_back({key, {std::move(text)}});
}

// What decides how the cells of a column are read; the aliases do not, they belong to the data.
Tree reading_of(const ColumnDefinition& column) {
  Tree::Object object;
  put(object, "type", type_name(column.type, column.scale));
  Tree::List values;
  for (const std::string& value : column.values) values.push_back({value});
  if (!values.empty()) object.push_back({"values", {std::move(values)}});
  put(object, "format", column.format);
  if (column.empty_is_not_yet) put(object, "empty", empties().front());
  if (column.range)
    object.push_back(
        {"range", {Tree::List{tree_of(Literal(column.range->first)), tree_of(Literal(column.range->second))}}});
  return {std::move(object)};
}

Tree readings_of(const Definitions& definitions, const Ground& ground) {
  Tree::Object tables;
  for (const auto& [id, names] : ground.columns()) {
    const TableDefinition* table = find(definitions.tables, id);
    if (table == nullptr) continue;
    Tree::Object readings;
    for (const std::string& name : names)
      if (const ColumnDefinition* column = column_of(*table, name)) readings.push_back({name, reading_of(*column)});
    tables.push_back({id, {std::move(readings)}});
  }
  return {std::move(tables)};
}

Lookup needed(Lookup lookup, const Names& columns) {
  std::ranges::sort(lookup.on);
  std::erase_if(lookup.take, [&](const std::string& name) { return !columns.contains(name); });
  std::ranges::sort(lookup.take);
  std::erase_if(lookup.otherwise, [&](const auto& value) { return !columns.contains(value.first); });
  return lookup;
}

// Only what the aggregate rests on, in an order that does not depend on how it was written.
UnitDefinition needed(const UnitDefinition& whole, const Ground& ground) {
  const Names& columns = ground.columns().find(whole.id)->second;
  UnitDefinition unit{.id = whole.id, .from = whole.from, .one_row_per = whole.one_row_per};
  std::ranges::sort(unit.one_row_per);
  for (const Lookup& lookup : whole.lookups)
    if (ground.looks_up(whole.id, lookup.name)) unit.lookups.push_back(needed(lookup, columns));
  std::ranges::sort(unit.lookups, {}, &Lookup::name);
  for (const UnitColumn& column : whole.columns)
    if (columns.contains(column.name)) unit.columns.push_back(column);
  std::ranges::sort(unit.columns, {}, &UnitColumn::name);
  return unit;
}

Tree units_of(const Definitions& definitions, const Ground& ground) {
  Tree::Object units;
  for (const auto& [id, names] : ground.columns())
    if (const UnitDefinition* unit = find(definitions.units, id))
      units.push_back({id, tree_of_unit(needed(*unit, ground))});
  return {std::move(units)};
}

Tree values_of(const Definitions& definitions, const Names& lists) {
  Tree::Object object;
  for (const std::string& name : lists) object.push_back({name, tree_of(definitions.lists.at(name))});
  return {std::move(object)};
}

// The groups with their sources, or the table that tells them, whose columns are among what is read.
Tree groups_of(const Grouping& grouping) {
  Tree::Object object;
  std::map<std::string, Names> groups;
  for (const SourceGroup& group : grouping.groups)
    groups[group.name].insert(group.sources.begin(), group.sources.end());
  Tree::Object listed;
  for (const auto& [name, sources] : groups) {
    Tree::List list;
    for (const std::string& source : sources) list.push_back({source});
    listed.push_back({name, {std::move(list)}});
  }
  if (!listed.empty()) object.push_back({"groups", {std::move(listed)}});
  put(object, "table", grouping.table);
  put(object, "rest", grouping.rest);
  return {std::move(object)};
}

// What the counted columns rest on: tables, units, lists and groupings.
void put_ground(Tree::Object& object, const Definitions& definitions, const Ground& ground) {
  object.push_back({"tables", readings_of(definitions, ground)});
  object.push_back({"units", units_of(definitions, ground)});
  object.push_back({"lists", values_of(definitions, ground.lists())});
  Tree::Object groupings;
  for (const std::string& id : ground.groupings())
    groupings.push_back({id, groups_of(*find(definitions.groupings, id))});
  if (!groupings.empty()) object.push_back({"groupings", {std::move(groupings)}});
}

// [coefficient, hash of the aggregate] a term, sorted; with `opening` if it is of the beginning of a period.
Tree terms_of(const Definitions& definitions, const Formula& formula, bool at_opening) {
  std::multiset<std::vector<std::string>> terms;
  for (const Formula::Term& term : expand(definitions, formula).formula.terms) {
    std::vector<std::string> texts{sha256(canonical_text(definitions, *find(definitions.aggregates, term.name))),
                                   text_of(term.coefficient)};
    if (term.opening || at_opening) texts.emplace_back(stock_times().front());
    terms.insert(std::move(texts));
  }
  Tree::List list;
  for (const std::vector<std::string>& texts : terms) {
    Tree::List term;
    for (const std::string& text : texts) term.push_back({text});
    list.push_back({std::move(term)});
  }
  return {std::move(list)};
}

std::string text_if_any(const std::optional<Expression>& expression) {
  return expression ? expression->text() : "";
}

void put_months(Tree::Object& object, const Calendar& calendar) {
  object.push_back({"month_starts_on", tree_of(Literal(std::int64_t{calendar.month_starts_on}))});
  object.push_back({"year_starts_on", tree_of(Literal(std::int64_t{calendar.year_starts_on}))});
}

void put_formulas(Tree::Object& object, const Definitions& definitions, const Indicator& indicator) {
  const bool at_opening = indicator.at == stock_times().front();
  for (const Formula* formula : formulas(indicator))
    object.push_back(
        {formula == &indicator.denominator ? "denominator" : "numerator", terms_of(definitions, *formula, at_opening)});
}

// What it was before today's definition; nothing if it was never another.
void put_history(Tree::Object& object, const Definitions& definitions, const Indicator& indicator) {
  Tree::List before;
  for (const DatedDefinition& definition : history_of(definitions, indicator)) {
    if (!definition.to) continue;
    Tree::Object dated;
    put(dated, "to", date_text(*definition.to));
    put_formulas(dated, definitions, definition.indicator);
    before.push_back({std::move(dated)});
  }
  if (!before.empty()) object.push_back({"before", {std::move(before)}});
}

// Its counts, by aggregate, and the patterns that they are counted by, by unit.
void put_contribution(Tree::Object& object, const Definitions& definitions, const Indicator& indicator) {
  put(object, "group", indicator.group);
  put(object, "rule", indicator.rule);
  put(object, "over", indicator.over.empty() ? shares_over().front() : indicator.over);
  const std::string pattern = pattern_dimension(indicator.groups);
  std::map<std::string, std::string> columns;
  Tree::List counts;
  for (const std::string& id : counts_of(basis_of(definitions, indicator), indicator.groups)) {
    const Aggregate& count = *find(definitions.aggregates, id);
    counts.push_back({sha256(canonical_text(definitions, count))});
    columns.emplace(count.unit, pattern);
  }
  object.push_back({"counts", {std::move(counts)}});
  put(object, "patterns", sha256(canonical_text(definitions, pattern, columns)));
}

// The dimension without its columns.
Tree grouping_of(const Dimension& dimension) {
  Tree::Object object;
  const auto numbers = [&](const std::string& key, const auto& values) {
    Tree::List list;
    for (const std::int64_t value : values) list.push_back(tree_of(Literal(value)));
    if (!list.empty()) object.push_back({key, {std::move(list)}});
  };
  numbers("bands", dimension.bands);
  numbers("prefixes", dimension.hierarchy.prefixes);
  put(object, "hierarchy", dimension.hierarchy.table);
  Tree::List levels;
  for (const std::string& level : dimension.hierarchy.levels) levels.push_back({level});
  if (!levels.empty()) object.push_back({"levels", {std::move(levels)}});
  return {std::move(object)};
}

}  // namespace

std::string canonical_text(const Definitions& definitions, const Aggregate& aggregate) {
  Ground ground(definitions);
  ground.add(aggregate);
  Tree::Object object{form};
  put(object, "kind", aggregate_kinds()[static_cast<std::size_t>(aggregate.kind)]);
  put(object, "unit", aggregate.unit);
  put(object, "date", aggregate.date.value_or(""));
  put(object, "where", text_if_any(aggregate.where));
  put(object, "applies_where", text_if_any(aggregate.applies_where));
  put(object, "column", aggregate.column);
  put(object, "start", aggregate.start);
  put(object, "end", aggregate.end);
  put(object, "opened", aggregate.opened);
  put(object, "closed", aggregate.closed);
  if (aggregate.date || aggregate.kind == Aggregate::Kind::pending) put_months(object, definitions.calendar);
  if (ground.holidays()) put(object, "holidays", definitions.calendar.holidays);
  put_ground(object, definitions, ground);
  return json({std::move(object)});
}

std::string canonical_text(const Definitions& definitions, const Indicator& indicator) {
  Tree::Object object{form};
  put(object, "kind", indicator_kinds()[static_cast<std::size_t>(indicator.kind)]);
  put_formulas(object, definitions, indicator);
  put_history(object, definitions, indicator);
  if (indicator.kind == Indicator::Kind::quantile) put(object, "q", text_of(indicator.q));
  if (indicator.kind == Indicator::Kind::contribution) put_contribution(object, definitions, indicator);
  return json({std::move(object)});
}

std::string canonical_text(const Definitions& definitions, std::string_view dimension,
                           const std::map<std::string, std::string>& columns) {
  Ground ground(definitions);
  Tree::Object object{form};
  put(object, "dimension", std::string(dimension));
  if (const Dimension* declared = find(definitions.dimensions, dimension)) {
    object.push_back({"grouping", grouping_of(*declared)});
    const std::string& table = declared->hierarchy.table;
    if (!table.empty())
      for (const char* column : {"code", "parent", "name"}) ground.add(table, column);
  }
  for (const auto& [unit, column] : columns) {
    put(object, unit, column);
    ground.add(unit, column);
  }
  put_ground(object, definitions, ground);
  return json({std::move(object)});
}

}  // namespace casemetry::definition
