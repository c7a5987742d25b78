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

}  // namespace

TableDefinition read_table(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "counts", "key", "columns"}, faults);
  TableDefinition table;
  table.id = member.key;
  table.label = fields.label("label");
  read_counts(fields, table);
  table.key = fields.texts("key");
  for (const Member& column : fields.object("columns"))
    table.columns.push_back(read_column(column, below(fields.path("columns"), column.key), faults));
  return table;
}

}  // namespace casemetry::definition
