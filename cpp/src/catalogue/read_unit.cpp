// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reader.hpp"

namespace casemetry::definition {
namespace {

// A list of columns that both sides have, or this side's columns with the other's.
void read_on(const Fields& fields, Lookup& lookup) {
  const Tree* on = fields.find("on");
  if (on != nullptr && on->object() != nullptr) {
    const Fields pairs(*on, fields.path("on"), fields.faults());
    for (const Member& pair : pairs.members()) lookup.on.emplace_back(pair.key, pairs.text(pair.key));
  } else {
    for (const std::string& column : fields.texts("on")) lookup.on.emplace_back(column, column);
  }
}

// A value, or `[]`, the empty set.
std::optional<Literal> read_otherwise(const Tree& tree, const std::string& path, Faults& faults) {
  if (tree.list() != nullptr && tree.list()->empty()) return EmptySet{};
  return read_literal(tree, path, faults);
}

Lookup read_lookup(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"from", "on", "take", "otherwise", "duplicates"}, faults);
  Lookup lookup;
  lookup.name = member.key;
  lookup.from = fields.text("from");
  read_on(fields, lookup);
  lookup.take = fields.texts("take");
  for (const Member& value : fields.object("otherwise"))
    if (auto literal = read_otherwise(value.value, below(fields.path("otherwise"), value.key), faults))
      lookup.otherwise.emplace(value.key, std::move(*literal));
  lookup.duplicates_unknown = fields.word("duplicates", duplicates()).has_value();
  return lookup;
}

// A column whose text is no expression keeps its name, so that nothing is told of those that read it.
UnitColumn read_column(const Fields& columns, const Member& member) {
  const auto value = columns.expression(member.key);
  return {member.key, value ? *value : lit(false)};
}

}  // namespace

UnitDefinition read_unit(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, {"label", "from", "counts", "one_row_per", "take", "lookup", "columns"},
                      faults);
  UnitDefinition unit;
  unit.id = member.key;
  unit.label = fields.label("label");
  unit.from = fields.text("from");
  read_counts(fields, unit);
  unit.one_row_per = fields.texts("one_row_per");
  unit.take = fields.texts("take");
  for (const Member& lookup : fields.object("lookup"))
    unit.lookups.push_back(read_lookup(lookup, below(fields.path("lookup"), lookup.key), faults));
  if (const Tree* columns = fields.find("columns")) {
    const Fields expressions(*columns, fields.path("columns"), faults);
    for (const Member& column : expressions.members()) unit.columns.push_back(read_column(expressions, column));
  }
  return unit;
}

}  // namespace casemetry::definition
