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
  void put(const std::string& key, const std::vector<std::int64_t>& numbers) {
    Tree::List list;
    for (const std::int64_t value : numbers) list.push_back(number(value));
    put_list(key, std::move(list));
  }
  void put(const std::string& key, const Label& label) {
    if (label.en.empty()) return put(key, label.zh);
    put_languages(key, label);
  }
  void put_languages(const std::string& key, const Label& label) {
    Members languages;
    languages.put("zh", label.zh);
    languages.put("en", label.en);
    put_members(key, std::move(languages));
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
  if (column.empty_is_not_yet) members.put("empty", empties().front());
  if (column.identifies) members.put("identifies", Tree{true});
  members.put("label", column.label);
  members.put("also", column.also);
  return std::move(members).tree();
}

// What is counted: as a label always by languages, for a plain text would be a word.
void put_counts(Members& members, const auto& counted) {
  members.put("counts", counted.counts);
  if (counted.counts_label != Label{}) members.put_languages("counts", counted.counts_label);
}

Tree form_of(const TableDefinition& table) {
  Members members;
  members.put("label", table.label);
  put_counts(members, table);
  members.put("key", table.key);
  members.put("also", table.also);
  Tree::List chains;
  for (const std::vector<std::string>& chain : table.in_order) chains.push_back(form_of(chain));
  members.put_list("in_order", std::move(chains));
  members.put("entered", table.entered);
  Members columns;
  for (const ColumnDefinition& column : table.columns) columns.put(column.name, form_of(column));
  members.put_members("columns", std::move(columns));
  return std::move(members).tree();
}

Tree form_of_on(const Lookup& lookup) {
  const bool alike = std::ranges::all_of(lookup.on, [](const auto& pair) { return pair.first == pair.second; });
  Tree::List list;
  Tree::Object pairs;
  for (const auto& [column, other] : lookup.on) {
    list.push_back({column});
    pairs.push_back({column, {other}});
  }
  return alike ? Tree{std::move(list)} : Tree{std::move(pairs)};
}

Tree form_of(const Lookup& lookup) {
  Members members;
  members.put("from", lookup.from);
  members.put("on", form_of_on(lookup));
  members.put("take", lookup.take);
  Members otherwise;
  for (const auto& [column, value] : lookup.otherwise) otherwise.put(column, definition::tree_of(value));
  members.put_members("otherwise", std::move(otherwise));
  if (lookup.duplicates_unknown) members.put("duplicates", duplicates().front());
  return std::move(members).tree();
}

Tree form_of(const UnitDefinition& unit) {
  Members members;
  members.put("label", unit.label);
  members.put("from", unit.from);
  put_counts(members, unit);
  members.put("one_row_per", unit.one_row_per);
  members.put("take", unit.take);
  Members lookups;
  for (const Lookup& lookup : unit.lookups) lookups.put(lookup.name, form_of(lookup));
  members.put_members("lookup", std::move(lookups));
  Members columns;
  for (const UnitColumn& column : unit.columns) columns.put(column.name, column.value.text());
  members.put_members("columns", std::move(columns));
  return std::move(members).tree();
}

Members members_of(const Hierarchy& hierarchy) {
  Members members;
  members.put("table", hierarchy.table);
  members.put("prefixes", std::vector<std::int64_t>(hierarchy.prefixes.begin(), hierarchy.prefixes.end()));
  members.put("levels", hierarchy.levels);
  return members;
}

Tree form_of(const Dimension& dimension) {
  Members members;
  members.put("label", dimension.label);
  members.put("from", dimension.from);
  members.put("bands", dimension.bands);
  members.put_members("hierarchy", members_of(dimension.hierarchy));
  return std::move(members).tree();
}

Tree form_of(const LeadSet& lead) {
  Members members;
  members.put("label", lead.label);
  members.put("unit", lead.unit);
  members.put("sources", lead.sources);
  members.put("first", lead.first);
  members.put("last", lead.last);
  members.put("log", lead.log);
  members.put("among", lead.among);
  Tree::List stages;
  for (const Stage& stage : lead.stages) stages.push_back(form_of(std::vector{stage.name, stage.date}));
  members.put_list("stages", std::move(stages));
  members.put("value", lead.value);
  return std::move(members).tree();
}

Tree form_of(const Grouping& grouping) {
  Members members;
  members.put("label", grouping.label);
  members.put("table", grouping.table);
  for (const SourceGroup& group : grouping.groups) members.put(group.name, group.sources);
  members.put("rest", grouping.rest);
  return std::move(members).tree();
}

Members members_of(const Calendar& calendar) {
  Members members;
  if (calendar.month_starts_on != 1) members.put("month_starts_on", number(calendar.month_starts_on));
  if (calendar.year_starts_on != 1) members.put("year_starts_on", number(calendar.year_starts_on));
  members.put("holidays", calendar.holidays);
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
  members.put("opened", aggregate.opened);
  members.put("closed", aggregate.closed);
  return std::move(members).tree();
}

void put_measure(Members& members, const Indicator& indicator) {
  members.put("kind", indicator_kinds()[static_cast<std::size_t>(indicator.kind)]);
  members.put("of", indicator.of.text());
  members.put("numerator", indicator.numerator.text());
  members.put("denominator", indicator.denominator.text());
  if (indicator.q != Rational{1, 2}) members.put("q", form_of(indicator.q));
  members.put("at", indicator.at);
  members.put("group", indicator.group);
  members.put("rule", indicator.rule);
  members.put("groups", indicator.groups);
  members.put("lead", indicator.lead);
  members.put("stage", indicator.stage);
  members.put("over", indicator.over);
  members.put("interval", indicator.interval);
  if (indicator.min_n != 0) members.put("min_n", number(indicator.min_n));
  if (indicator.mature_after != 0) members.put("mature_after", number(indicator.mature_after));
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

Tree form_of(const Version& version) {
  Members members;
  if (version.valid_from) members.put("valid_from", date_text(*version.valid_from));
  if (version.valid_to) members.put("valid_to", date_text(*version.valid_to));
  if (version.of) members.put("of", version.of->text());
  if (version.numerator) members.put("numerator", version.numerator->text());
  if (version.denominator) members.put("denominator", version.denominator->text());
  members.put("note", version.note);
  return std::move(members).tree();
}

Tree form_of(const Indicator& indicator) {
  Members members;
  members.put("id", indicator.id);
  members.put("label", indicator.label);
  put_measure(members, indicator);
  put_reading(members, indicator);
  Tree::List versions;
  for (const Version& version : indicator.versions) versions.push_back(form_of(version));
  members.put_list("version", std::move(versions));
  return std::move(members).tree();
}

Tree form_of(const Identity& identity) {
  Members members;
  members.put("id", identity.id);
  members.put("label", identity.label);
  members.put("holds", identity.holds());
  members.put("every", identity.every);
  members.put("note", identity.note);
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
    Tree operator()(EmptySet) const { return {Tree::List{}}; }
  };
  return std::visit(Visitor{}, literal);
}

Tree tree_of(const std::vector<Literal>& literals) {
  Tree::List list;
  for (const Literal& literal : literals) list.push_back(tree_of(literal));
  return {std::move(list)};
}

Tree tree_of_unit(const UnitDefinition& unit) {
  return form_of(unit);
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
  members.put_members("unit", members_by_id(definitions.units));
  members.put_members("dimension", members_by_id(definitions.dimensions));
  members.put_members("lead", members_by_id(definitions.leads));
  members.put_members("grouping", members_by_id(definitions.groupings));
  members.put_list("aggregate", list_of(definitions.aggregates));
  members.put_list("indicator", list_of(definitions.indicators));
  members.put_list("identity", list_of(definitions.identities));
  return std::move(members).tree();
}

}  // namespace casemetry::definition
