// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reader.hpp"

#include "catalogue/form.hpp"
#include "catalogue/rational.hpp"

namespace casemetry::definition {
namespace {

std::vector<Literal> read_list(const Member& member, const std::string& path, Faults& faults) {
  std::vector<Literal> values;
  const Tree::List* list = member.value.list();
  if (list == nullptr) faults.tell(path, "should be a list of values, and is " + member.value.kind());
  for (const Tree& item : list != nullptr ? *list : Tree::List{})
    if (auto value = read_literal(item, path, faults)) values.push_back(std::move(*value));
  return values;
}

Hierarchy read_hierarchy(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(tree, path, {"table", "prefixes", "levels"}, faults);
  Hierarchy hierarchy;
  hierarchy.table = fields.text("table");
  for (const std::int64_t prefix : fields.integers("prefixes")) hierarchy.prefixes.push_back(clamped(prefix, 0));
  hierarchy.levels = fields.texts("levels");
  return hierarchy;
}

Dimension read_dimension(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "from", "bands", "hierarchy"}, faults);
  Dimension dimension;
  dimension.id = member.key;
  dimension.label = fields.label("label");
  dimension.from = fields.pairs("from");
  dimension.bands = fields.integers("bands");
  if (const Tree* hierarchy = fields.find("hierarchy"))
    dimension.hierarchy = read_hierarchy(*hierarchy, fields.path("hierarchy"), faults);
  return dimension;
}

Calendar read_calendar(const Tree& tree, Faults& faults) {
  const Fields fields(tree, "calendar", {"month_starts_on", "year_starts_on", "holidays"}, faults);
  return {.month_starts_on = clamped(fields.integer("month_starts_on"), 1),
          .year_starts_on = clamped(fields.integer("year_starts_on"), 1),
          .holidays = fields.text("holidays")};
}

// The id as far as it can be read, for the paths of all other faults.
std::string place_in(const Tree& tree, const std::string& list, std::size_t index) {
  if (const Tree::Object* object = tree.object())
    for (const Member& member : *object)
      if (member.key == "id" && member.value.text() != nullptr && !member.value.text()->empty())
        return below(list, *member.value.text());
  return below(list, index);
}

template <typename Item>
void read_items(const Fields& fields, const std::string& key, std::vector<Item>& items,
                Item (*read)(const Tree&, const std::string&, Faults&)) {
  const Tree::List& list = fields.list(key);
  for (std::size_t i = 0; i < list.size(); ++i)
    items.push_back(read(list[i], place_in(list[i], key, i), fields.faults()));
}

Aggregate read_aggregate(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(
      tree, path,
      {"id", "label", "kind", "unit", "date", "where", "applies_where", "column", "start", "end", "opened", "closed"},
      faults);
  Aggregate aggregate;
  aggregate.id = fields.text("id");
  aggregate.label = fields.label("label");
  aggregate.kind = static_cast<Aggregate::Kind>(fields.word("kind", aggregate_kinds()).value_or(0));
  aggregate.unit = fields.text("unit");
  if (std::string date = fields.text("date"); !date.empty()) aggregate.date = std::move(date);
  aggregate.where = fields.expression("where");
  aggregate.applies_where = fields.expression("applies_where");
  aggregate.column = fields.text("column");
  aggregate.start = fields.text("start");
  aggregate.end = fields.text("end");
  aggregate.opened = fields.text("opened");
  aggregate.closed = fields.text("closed");
  return aggregate;
}

void read_schema(const Fields& fields) {
  const Tree* tree = fields.find("schema");
  if (tree == nullptr) return fields.faults().tell("schema", "no schema: write schema = 1");
  const auto schema = fields.integer("schema");
  if (schema && *schema != 1)
    fields.faults().tell("schema", std::to_string(*schema) + " is not a schema that this version reads: 1");
}

}  // namespace

std::optional<Literal> read_literal(const Tree& tree, const std::string& path, Faults& faults) {
  if (const std::string* text = tree.text()) return *text;
  if (const bool* truth = std::get_if<bool>(&tree.value)) return *truth;
  if (tree.number() != nullptr)
    if (const auto decimal = parse_decimal(tree.number()->text)) return *decimal;
  faults.tell(path, "a value should be text, a number of up to 18 digits, or true or false");
  return std::nullopt;
}

Definitions definitions_of(const Tree& tree, Faults& faults) {
  const Fields fields(tree, "",
                      {"schema", "id", "label", "list", "calendar", "table", "unit", "dimension", "lead", "grouping",
                       "aggregate", "indicator", "identity"},
                      faults);
  Definitions definitions;
  if (tree.object() == nullptr) return definitions;
  read_schema(fields);
  definitions.id = fields.text("id");
  definitions.label = fields.label("label");
  for (const Member& list : fields.object("list"))
    definitions.lists[list.key] = read_list(list, below("list", list.key), faults);
  if (const Tree* calendar = fields.find("calendar")) definitions.calendar = read_calendar(*calendar, faults);
  for (const Member& table : fields.object("table"))
    definitions.tables.push_back(read_table(table, below("table", table.key), faults));
  for (const Member& unit : fields.object("unit"))
    definitions.units.push_back(read_unit(unit, below("unit", unit.key), faults));
  for (const Member& dimension : fields.object("dimension"))
    definitions.dimensions.push_back(read_dimension(dimension, below("dimension", dimension.key), faults));
  for (const Member& lead : fields.object("lead"))
    definitions.leads.push_back(read_lead_set(lead, below("lead", lead.key), faults));
  for (const Member& grouping : fields.object("grouping"))
    definitions.groupings.push_back(read_grouping(grouping, below("grouping", grouping.key), faults));
  read_items(fields, "aggregate", definitions.aggregates, read_aggregate);
  read_items(fields, "indicator", definitions.indicators, read_indicator);
  read_items(fields, "identity", definitions.identities, read_identity);
  return definitions;
}

}  // namespace casemetry::definition
