// SPDX-License-Identifier: Apache-2.0
#include "catalogue/fields.hpp"
#include "catalogue/form.hpp"
#include "catalogue/rational.hpp"

namespace casemetry::definition {
namespace {

// False if it is none.
bool append_literal(const Tree& tree, std::vector<Literal>& values) {
  if (const std::string* text = tree.text()) {
    values.emplace_back(*text);
  } else if (const bool* truth = std::get_if<bool>(&tree.value)) {
    values.emplace_back(*truth);
  } else {
    const auto decimal = tree.number() != nullptr ? parse_decimal(tree.number()->text) : std::nullopt;
    if (!decimal) return false;
    values.emplace_back(*decimal);
  }
  return true;
}

std::vector<Literal> read_list(const Member& member, const std::string& path, Faults& faults) {
  std::vector<Literal> values;
  const Tree::List* list = member.value.list();
  if (list == nullptr) faults.tell(path, "should be a list of values, and is " + member.value.kind());
  for (const Tree& item : list != nullptr ? *list : Tree::List{})
    if (!append_literal(item, values))
      faults.tell(path, "a value should be text, a number of up to 18 digits, or true or false");
  return values;
}

void read_type(const Fields& fields, ColumnDefinition& column) {
  const std::string type = fields.text("type");
  if (type.empty()) {
    fields.faults().tell_first(fields.path("type"), hinted("no type", "", column_types()));
  } else if (!parse_type(type, column)) {
    fields.faults().tell(fields.path("type"), hinted("'" + type + "' is no type", type, column_types()));
  }
}

// Numbers as the column holds them: in units of the last digit.
void read_range(const Fields& fields, ColumnDefinition& column) {
  const auto range = fields.range("range");
  if (!range) return;
  const auto low = scaled(range->first, column.scale);
  const auto high = scaled(range->second, column.scale);
  if (low && high) {
    column.range = std::pair(*low, *high);
  } else {
    fields.faults().tell(fields.path("range"), "its ends should have no more digits after the point than the column");
  }
}

ColumnDefinition read_column(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path,
                      {"type", "values", "aliases", "format", "range", "identifies", "label", "also"}, faults);
  ColumnDefinition column;
  column.name = member.key;
  if (member.value.object() == nullptr) return column;
  read_type(fields, column);
  column.values = fields.texts("values");
  column.aliases = fields.pairs("aliases");
  column.format = fields.text("format");
  read_range(fields, column);
  column.identifies = fields.boolean("identifies");
  column.label = fields.label("label");
  column.also = fields.texts("also");
  return column;
}

TableDefinition read_table(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "counts", "key", "columns"}, faults);
  TableDefinition table;
  table.id = member.key;
  table.label = fields.label("label");
  const Tree* counts = fields.find("counts");
  if (counts != nullptr && counts->object() != nullptr) {
    table.counts_label = fields.label("counts");
  } else {
    table.counts = fields.text("counts");
  }
  table.key = fields.texts("key");
  for (const Member& column : fields.object("columns"))
    table.columns.push_back(read_column(column, below(fields.path("columns"), column.key), faults));
  return table;
}

Dimension read_dimension(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "from"}, faults);
  return {.id = member.key, .from = fields.pairs("from"), .label = fields.label("label")};
}

Calendar read_calendar(const Tree& tree, Faults& faults) {
  const Fields fields(tree, "calendar", {"month_starts_on", "year_starts_on"}, faults);
  const auto day = [&](const std::string& key) {
    return static_cast<int>(std::clamp<std::int64_t>(fields.integer(key).value_or(1), -1000, 1000));
  };
  return {.month_starts_on = day("month_starts_on"), .year_starts_on = day("year_starts_on")};
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
      tree, path, {"id", "label", "kind", "unit", "date", "where", "applies_where", "column", "start", "end"}, faults);
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
  indicator.interval = fields.text("interval");
  indicator.min_n = fields.integer("min_n").value_or(0);
}

void read_reading(const Fields& fields, Indicator& indicator) {
  if (const auto format = fields.word("format", formats()))
    indicator.format = static_cast<Indicator::Format>(*format + 1);  // `automatic` is first, and no word
  if (const auto decimals = fields.integer("decimals"))
    indicator.decimals = static_cast<int>(std::clamp<std::int64_t>(*decimals, -1000, 1000));
  indicator.direction = fields.text("direction");
  indicator.range = fields.range("range");
  indicator.paired_with = fields.texts("paired_with");
  indicator.evidence = fields.text("evidence");
  indicator.reference = fields.text("reference");
  indicator.note = fields.label("note");
}

Indicator read_indicator(const Tree& tree, const std::string& path, Faults& faults) {
  const Fields fields(tree, path,
                      {"id", "label", "kind", "of", "numerator", "denominator", "q", "interval", "min_n", "format",
                       "decimals", "direction", "range", "paired_with", "evidence", "reference", "note"},
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

Definitions definitions_of(const Tree& tree, Faults& faults) {
  const Fields fields(
      tree, "", {"schema", "id", "label", "list", "calendar", "table", "dimension", "aggregate", "indicator"}, faults);
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
  for (const Member& dimension : fields.object("dimension"))
    definitions.dimensions.push_back(read_dimension(dimension, below("dimension", dimension.key), faults));
  const Tree::List& aggregates = fields.list("aggregate");
  for (std::size_t i = 0; i < aggregates.size(); ++i)
    definitions.aggregates.push_back(read_aggregate(aggregates[i], place_in(aggregates[i], "aggregate", i), faults));
  const Tree::List& indicators = fields.list("indicator");
  for (std::size_t i = 0; i < indicators.size(); ++i)
    definitions.indicators.push_back(read_indicator(indicators[i], place_in(indicators[i], "indicator", i), faults));
  return definitions;
}

}  // namespace casemetry::definition
