// SPDX-License-Identifier: Apache-2.0
#include "catalogue/canonical.hpp"
#include "catalogue/form.hpp"
#include "catalogue/rational.hpp"
#include "catalogue/words.hpp"
#include "written.hpp"

namespace casemetry::definition {
namespace {

Tree number(std::int64_t value) {
  return {Tree::Number{std::to_string(value)}};
}

Tree form_of(const std::vector<std::string>& texts) {
  Tree::List list;
  for (const std::string& text : texts) list.push_back({text});
  return {std::move(list)};
}

Tree form_of(const std::map<std::string, std::string>& pairs) {
  Tree::Object object;
  for (const auto& [key, value] : pairs) object.push_back({key, {value}});
  return {std::move(object)};
}

Tree form_of(const Rational& value) {
  if (auto text = decimal_text(value)) return {Tree::Number{std::move(*text)}};
  return {text_of(value)};
}

// Members in the order they are put; what is empty is left out.
class Members {
 public:
  void put(const std::string& key, Tree value) { object_.push_back({key, std::move(value)}); }
  void put(const std::string& key, const std::string& text) {
    if (!text.empty()) put(key, Tree{text});
  }
  void put(const std::string& key, const std::vector<std::string>& texts) {
    if (!texts.empty()) put(key, form_of(texts));
  }
  void put(const std::string& key, const std::map<std::string, std::string>& pairs) {
    if (!pairs.empty()) put(key, form_of(pairs));
  }
  void put(const std::string& key, const Label& label) {
    if (label.en.empty()) return put(key, label.zh);
    Members languages;
    languages.put("zh", label.zh);
    languages.put("en", label.en);
    put(key, std::move(languages).tree());
  }
  void put(const std::string& key, const std::optional<Expression>& expression) {
    if (expression) put(key, Tree{expression->text()});
  }
  void put_members(const std::string& key, Members members) {
    if (!members.object_.empty()) put(key, std::move(members).tree());
  }
  void put_list(const std::string& key, Tree::List list) {
    if (!list.empty()) put(key, Tree{std::move(list)});
  }
  Tree tree() && { return {std::move(object_)}; }

 private:
  Tree::Object object_;
};

Tree form_of(const ColumnDefinition& column) {
  Members members;
  members.put("type", type_name(column.type, column.scale));
  members.put("values", column.values);
  members.put("aliases", column.aliases);
  members.put("format", column.format);
  if (column.range)
    members.put_list("range", {{Tree::Number{number_text(column.range->first, column.scale)}},
                               {Tree::Number{number_text(column.range->second, column.scale)}}});
  if (column.identifies) members.put("identifies", Tree{true});
  members.put("label", column.label);
  members.put("also", column.also);
  return std::move(members).tree();
}

Tree form_of(const TableDefinition& table) {
  Members members;
  members.put("label", table.label);
  members.put("counts", table.counts);
  if (table.counts_label != Label{}) {
    Members languages;  // a plain text would be a word
    languages.put("zh", table.counts_label.zh);
    languages.put("en", table.counts_label.en);
    members.put_members("counts", std::move(languages));
  }
  members.put("key", table.key);
  Members columns;
  for (const ColumnDefinition& column : table.columns) columns.put(column.name, form_of(column));
  members.put_members("columns", std::move(columns));
  return std::move(members).tree();
}

Tree form_of(const Dimension& dimension) {
  Members members;
  members.put("label", dimension.label);
  members.put("from", dimension.from);
  return std::move(members).tree();
}

Members members_of(const Calendar& calendar) {
  Members members;
  if (calendar.month_starts_on != 1) members.put("month_starts_on", number(calendar.month_starts_on));
  if (calendar.year_starts_on != 1) members.put("year_starts_on", number(calendar.year_starts_on));
  return members;
}

Tree form_of(const Aggregate& aggregate) {
  Members members;
  members.put("id", aggregate.id);
  members.put("label", aggregate.label);
  if (aggregate.kind != Aggregate::Kind::count)
    members.put("kind", aggregate_kinds()[static_cast<std::size_t>(aggregate.kind)]);
  members.put("unit", aggregate.unit);
  members.put("date", aggregate.date.value_or(""));
  members.put("where", aggregate.where);
  members.put("applies_where", aggregate.applies_where);
  members.put("column", aggregate.column);
  members.put("start", aggregate.start);
  members.put("end", aggregate.end);
  return std::move(members).tree();
}

void put_measure(Members& members, const Indicator& indicator) {
  members.put("kind", indicator_kinds()[static_cast<std::size_t>(indicator.kind)]);
  members.put("of", indicator.of.text());
  members.put("numerator", indicator.numerator.text());
  members.put("denominator", indicator.denominator.text());
  if (indicator.q != Rational{1, 2}) members.put("q", form_of(indicator.q));
  members.put("interval", indicator.interval);
  if (indicator.min_n != 0) members.put("min_n", number(indicator.min_n));
}

void put_reading(Members& members, const Indicator& indicator) {
  if (indicator.format != Indicator::Format::automatic)
    members.put("format", formats()[static_cast<std::size_t>(indicator.format) - 1]);
  if (indicator.decimals) members.put("decimals", number(*indicator.decimals));
  members.put("direction", indicator.direction);
  if (indicator.range) members.put_list("range", {form_of(indicator.range->first), form_of(indicator.range->second)});
  members.put("paired_with", indicator.paired_with);
  members.put("evidence", indicator.evidence);
  members.put("reference", indicator.reference);
  members.put("note", indicator.note);
}

Tree form_of(const Indicator& indicator) {
  Members members;
  members.put("id", indicator.id);
  members.put("label", indicator.label);
  put_measure(members, indicator);
  put_reading(members, indicator);
  return std::move(members).tree();
}

template <typename Item>
Members members_by_id(const std::vector<Item>& items) {
  Members members;
  for (const Item& item : items) members.put(item.id, form_of(item));
  return members;
}

template <typename Item>
Tree::List list_of(const std::vector<Item>& items) {
  Tree::List list;
  for (const Item& item : items) list.push_back(form_of(item));
  return list;
}

}  // namespace

Tree tree_of(const Literal& literal) {
  struct Visitor {
    Tree operator()(const std::string& text) const { return {text}; }
    Tree operator()(std::int64_t value) const { return number(value); }
    Tree operator()(const Decimal& value) const { return {Tree::Number{number_text(value.digits, value.scale)}}; }
    Tree operator()(Date value) const { return {date_text(value)}; }
    Tree operator()(bool value) const { return {value}; }
  };
  return std::visit(Visitor{}, literal);
}

Tree tree_of(const std::vector<Literal>& literals) {
  Tree::List list;
  for (const Literal& literal : literals) list.push_back(tree_of(literal));
  return {std::move(list)};
}

Tree tree_of(const Definitions& definitions) {
  Members members;
  members.put("schema", number(1));
  members.put("id", definitions.id);
  members.put("label", definitions.label);
  Members lists;
  for (const auto& [name, values] : definitions.lists) lists.put(name, tree_of(values));
  members.put_members("list", std::move(lists));
  members.put_members("calendar", members_of(definitions.calendar));
  members.put_members("table", members_by_id(definitions.tables));
  members.put_members("dimension", members_by_id(definitions.dimensions));
  members.put_list("aggregate", list_of(definitions.aggregates));
  members.put_list("indicator", list_of(definitions.indicators));
  return std::move(members).tree();
}

}  // namespace casemetry::definition
