// SPDX-License-Identifier: Apache-2.0
#include "catalogue/hash.hpp"

#include <set>

#include "catalogue/form.hpp"
#include "catalogue/rational.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"

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
  if (column.range)
    object.push_back(
        {"range", {Tree::List{tree_of(Literal(column.range->first)), tree_of(Literal(column.range->second))}}});
  return {std::move(object)};
}

Tree readings_of(const Definitions& definitions, const Aggregate& aggregate) {
  Tree::Object object;
  const TableDefinition* unit = find(definitions.tables, aggregate.unit);
  for (const std::string& name : columns_of(aggregate))
    if (const ColumnDefinition* column = unit != nullptr ? column_of(*unit, name) : nullptr)
      object.push_back({name, reading_of(*column)});
  return {std::move(object)};
}

Tree values_of(const Definitions& definitions, const Aggregate& aggregate) {
  Tree::Object object;
  for (const std::string& name : lists_of(aggregate)) object.push_back({name, tree_of(definitions.lists.at(name))});
  return {std::move(object)};
}

// [coefficient, hash of the aggregate] a term, sorted.
Tree terms_of(const Definitions& definitions, const Formula& formula) {
  std::multiset<std::pair<std::string, std::string>> terms;
  for (const Formula::Term& term : expand(definitions, formula).formula.terms)
    terms.emplace(sha256(canonical_text(definitions, *find(definitions.aggregates, term.name))),
                  text_of(term.coefficient));
  Tree::List list;
  for (const auto& [hash, coefficient] : terms) list.push_back({Tree::List{{coefficient}, {hash}}});
  return {std::move(list)};
}

std::string text_if_any(const std::optional<Expression>& expression) {
  return expression ? expression->text() : "";
}

}  // namespace

std::vector<std::string> columns_of(const Aggregate& aggregate) {
  std::set<std::string, std::less<>> names{aggregate.date.value_or(""), aggregate.column, aggregate.start,
                                           aggregate.end};
  for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
    if (*predicate) names.merge(as_set((*predicate)->columns()));
  names.erase("");
  return {names.begin(), names.end()};
}

std::vector<std::string> lists_of(const Aggregate& aggregate) {
  std::set<std::string, std::less<>> names;
  for (const auto* predicate : {&aggregate.where, &aggregate.applies_where})
    if (*predicate) names.merge(as_set((*predicate)->lists()));
  return {names.begin(), names.end()};
}

std::string canonical_text(const Definitions& definitions, const Aggregate& aggregate) {
  Tree::Object object{form};
  put(object, "kind", aggregate_kinds()[static_cast<std::size_t>(aggregate.kind)]);
  put(object, "unit", aggregate.unit);
  if (aggregate.date) {
    put(object, "date", *aggregate.date);
    object.push_back({"month_starts_on", tree_of(Literal(std::int64_t{definitions.calendar.month_starts_on}))});
    object.push_back({"year_starts_on", tree_of(Literal(std::int64_t{definitions.calendar.year_starts_on}))});
  }
  put(object, "where", text_if_any(aggregate.where));
  put(object, "applies_where", text_if_any(aggregate.applies_where));
  put(object, "column", aggregate.column);
  put(object, "start", aggregate.start);
  put(object, "end", aggregate.end);
  object.push_back({"columns", readings_of(definitions, aggregate)});
  object.push_back({"lists", values_of(definitions, aggregate)});
  return json({std::move(object)});
}

std::string canonical_text(const Definitions& definitions, const Indicator& indicator) {
  Tree::Object object{form};
  put(object, "kind", indicator_kinds()[static_cast<std::size_t>(indicator.kind)]);
  for (const Formula* formula : formulas(indicator))
    object.push_back(
        {formula == &indicator.denominator ? "denominator" : "numerator", terms_of(definitions, *formula)});
  if (indicator.kind == Indicator::Kind::quantile) put(object, "q", text_of(indicator.q));
  return json({std::move(object)});
}

}  // namespace casemetry::definition
