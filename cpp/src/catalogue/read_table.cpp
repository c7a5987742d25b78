// SPDX-License-Identifier: Apache-2.0
#include "catalogue/rational.hpp"
#include "catalogue/reader.hpp"

namespace casemetry::definition {
namespace {

void read_type(const Fields& fields, ColumnDefinition& column) {
  const std::string type = fields.text("type");
  if (type.empty()) {
    fields.faults().tell_first(fields.path("type"), hinted("no type", "", column_types()));
  } else if (!parse_type(type, column)) {
    fields.faults().tell(fields.path("type"), hinted("'" + type + "' is no type", type, column_types()));
  }
}

void read_empty(const Fields& fields, ColumnDefinition& column) {
  column.empty_is_not_yet = fields.word("empty", empties()).has_value();
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
                      {"type", "values", "aliases", "format", "range", "empty", "identifies", "label", "also"}, faults);
  ColumnDefinition column;
  column.name = member.key;
  if (member.value.object() == nullptr) return column;
  read_type(fields, column);
  column.values = fields.texts("values");
  column.aliases = fields.pairs("aliases");
  column.format = fields.text("format");
  read_range(fields, column);
  read_empty(fields, column);
  column.identifies = fields.boolean("identifies");
  column.label = fields.label("label");
  column.also = fields.texts("also");
  return column;
}

// `[["received_on", "decided_on"]]`
std::vector<std::vector<std::string>> read_in_order(const Fields& fields) {
  std::vector<std::vector<std::string>> chains;
  for (const Tree& item : fields.list("in_order")) {
    std::vector<std::string> chain;
    for (const Tree& column : item.list() != nullptr ? *item.list() : Tree::List{})
      if (column.text() != nullptr) chain.push_back(*column.text());
    if (item.list() == nullptr || chain.size() != item.list()->size())
      fields.faults().tell_first(
          fields.path("in_order"),
          "each should be a list of date columns, the earliest first: [\"received_on\", \"decided_on\"]");
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace

TableDefinition read_table(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "counts", "key", "also", "in_order", "entered", "columns"}, faults);
  TableDefinition table;
  table.id = member.key;
  table.label = fields.label("label");
  read_counts(fields, table);
  table.key = fields.texts("key");
  table.also = fields.texts("also");
  table.in_order = read_in_order(fields);
  table.entered = fields.text("entered");
  for (const Member& column : fields.object("columns"))
    table.columns.push_back(read_column(column, below(fields.path("columns"), column.key), faults));
  return table;
}

}  // namespace casemetry::definition
