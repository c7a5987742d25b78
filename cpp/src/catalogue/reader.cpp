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

// Outside the range that is valid, not outside the type.
int clamped(std::optional<std::int64_t> number, int otherwise) {
  return static_cast<int>(std::clamp<std::int64_t>(number.value_or(otherwise), -1'000'000, 1'000'000));
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

void read_measure(const Fields& fields, Indicator& indicator) {
  indicator.kind = static_cast<Indicator::Kind>(fields.word("kind", indicator_kinds()).value_or(0));
  if (fields.find("kind") == nullptr)
    fields.faults().tell(fields.path("kind"), hinted("no kind", "", indicator_kinds()));
  indicator.of = fields.formula("of");
  indicator.numerator = fields.formula("numerator");
  indicator.denominator = fields.formula("denominator");
  indicator.q = fields.rational("q").value_or(Rational{1, 2});
  indicator.at = fields.text("at");
  indicator.group = fields.text("group");
  indicator.rule = fields.text("rule");
  indicator.groups = fields.text("groups");
  indicator.lead = fields.text("lead");
  indicator.stage = fields.text("stage");
  indicator.over = fields.text("over");
  indicator.interval = fields.text("interval");
  indicator.min_n = fields.integer("min_n").value_or(0);
  indicator.mature_after = clamped(fields.integer("mature_after"), 0);
}

void read_reading(const Fields& fields, Indicator& indicator) {
  if (const auto format = fields.word("format", formats()))
    indicator.format = static_cast<Indicator::Format>(*format + 1);  // `automatic` is first, and no word
  if (const auto decimals = fields.integer("decimals")) indicator.decimals = clamped(*decimals, 0);
  indicator.direction = fields.text("direction");
  indicator.range = fields.range("range");
  indicator.paired_with = fields.texts("paired_with");
  indicator.evidence = fields.text("evidence");
  indicator.reference = fields.text("reference");
  indicator.note = fields.label("note");
}

Indicator read_indicator(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(
      tree, path,
      {"id",       "label",     "kind",  "of",          "numerator", "denominator", "q",     "at",           "group",
       "rule",     "groups",    "lead",  "stage",       "over",      "interval",    "min_n", "mature_after", "format",
       "decimals", "direction", "range", "paired_with", "evidence",  "reference",   "note"},
      faults);
  Indicator indicator;
  if (tree.object() == nullptr) return indicator;
  indicator.id = fields.text("id");
  indicator.label = fields.label("label");
  read_measure(fields, indicator);
  read_reading(fields, indicator);
  return indicator;
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
                       "aggregate", "indicator"},
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
  const Tree::List& aggregates = fields.list("aggregate");
  for (std::size_t i = 0; i < aggregates.size(); ++i)
    definitions.aggregates.push_back(read_aggregate(aggregates[i], place_in(aggregates[i], "aggregate", i), faults));
  const Tree::List& indicators = fields.list("indicator");
  for (std::size_t i = 0; i < indicators.size(); ++i)
    definitions.indicators.push_back(read_indicator(indicators[i], place_in(indicators[i], "indicator", i), faults));
  return definitions;
}

}  // namespace casemetry::definition
