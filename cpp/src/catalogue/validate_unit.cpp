// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reads.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"

namespace casemetry::definition {
namespace {

// One unit with all that its parts are checked against.
struct UnitSubject {
  const Definitions& definitions;
  const UnitDefinition& unit;
  const Shapes& shapes;
  const Shape& own;
  const Shape& source;
  const std::string& path;
  Faults& faults;

  bool collapsed() const { return !unit.one_row_per.empty(); }
};

void validate_key(const UnitSubject& subject) {
  Names seen;
  for (const std::string& name : subject.unit.one_row_per) {
    const std::string path = subject.path + ".one_row_per";
    if (!subject.source.has(name)) subject.faults.tell(path, no_column(subject.unit.from, name, subject.source.names));
    if (is_set(subject.source.column(name))) subject.faults.tell(path, no_key(name));
    if (!seen.insert(name).second) subject.faults.tell(path, "'" + name + "' stands twice");
  }
}

// What is kept of the source, where each of its rows is a unit.
void validate_take(const UnitSubject& subject) {
  const std::string path = subject.path + ".take";
  if (subject.unit.take.empty()) return;
  if (subject.collapsed())
    return subject.faults.tell_first(
        path, "a unit of many rows has its key and what its columns make of them: leave take out");
  Names seen;
  for (const std::string& name : subject.unit.take) {
    if (!subject.source.has(name)) subject.faults.tell(path, no_column(subject.unit.from, name, subject.source.names));
    if (!seen.insert(name).second) subject.faults.tell(path, "'" + name + "' stands twice");
  }
}

// Each name stands for one column: of the key or the source, looked up, or the unit's own.
void validate_column_names(const UnitSubject& subject) {
  std::map<std::string, std::string> known;
  const std::string& from = subject.unit.from;
  const std::string there = subject.collapsed() ? "the key has" : "the source '" + from + "' has";
  for (const std::string& name : handed_on(subject.unit, subject.source.names)) known.emplace(name, there);
  const auto name_once = [&](const std::string& name, const std::string& by, const std::string& path) {
    const auto [before, is_new] = known.emplace(name, by);
    if (!is_new)
      subject.faults.tell_first(path, before->second + " a column '" + name + "' already: each needs its own name");
  };
  for (const Lookup& lookup : subject.unit.lookups)
    for (const std::string& name : lookup.take)
      name_once(name, "the lookup '" + lookup.name + "' takes", subject.path + ".lookup." + lookup.name + ".take");
  for (const UnitColumn& column : subject.unit.columns)
    name_once(column.name, "the unit has", subject.path + ".columns." + column.name);
}

void tell_collapse_without_key(const UnitSubject& subject, const Reads& reads, const std::string& path) {
  if (subject.collapsed()) return;
  for (const Mention& call : reads.collapses)
    subject.faults.tell(path,
                        call.name + "(…) makes one value of many rows, and here each row of '" + subject.unit.from +
                            "' is a unit: name the key, one_row_per = [\"…\"]",
                        call.position);
}

// A column of the source has many values where a unit is one row of many, and none where the unit does not take it.
bool tell_bare_source_columns(const UnitSubject& subject, const UnitColumn& column, const Reads& reads,
                              const std::string& path) {
  if (!subject.collapsed() && subject.unit.take.empty()) return false;
  bool told = false;
  for (const Mention& mention : reads.own) {
    const bool is_own = subject.own.has(mention.name) && mention.name != column.name;
    if (is_own || !subject.source.has(mention.name)) continue;
    subject.faults.tell(
        path,
        "'" + mention.name + "' is a column of the source '" + subject.unit.from +
            (subject.collapsed() ? "': say how its rows become one value, such as only(" + mention.name + ")"
                                 : "' that the unit does not keep: add it to take"),
        mention.position);
    told = true;
  }
  return told;
}

void validate_column(const UnitSubject& subject, const UnitColumn& column, const Needs& needs) {
  const std::string path = subject.path + ".columns." + column.name;
  if (column.name.empty()) return subject.faults.tell_first(path, "a column without a name");
  if (subject.faults.told(path)) return;
  const Reads reads = reads_of(column.value);
  tell_collapse_without_key(subject, reads, path);
  if (tell_bare_source_columns(subject, column, reads, path)) return;
  const auto circle = circle_through(needs, column.name);
  if (!circle.empty()) subject.faults.tell(path, "the column is made from itself: " + way(circle));
  const UnitScope scope(subject.definitions, subject.unit, subject.own, subject.source);
  validate_expression(scope, column.value, false, path, subject.faults);
}

// Told where the circle is entered: at the source, or at a lookup.
void validate_circle(const UnitSubject& subject) {
  const auto circle = circle_through(needs_of_units(subject.definitions), subject.unit.id);
  if (circle.empty()) return;
  const auto entered = std::ranges::find(subject.unit.lookups, circle[1], &Lookup::from);
  const bool by_source = circle[1] == subject.unit.from;
  subject.faults.tell_first(subject.path + (by_source ? "" : ".lookup." + entered->name) + ".from",
                            "the unit is made from itself: " + way(circle));
}

void validate_source(const UnitSubject& subject) {
  const std::string path = subject.path + ".from";
  const std::string& from = subject.unit.from;
  if (from.empty())
    return subject.faults.tell_first(path, "no source: name the table, or the unit, whose rows it takes");
  if (subject.shapes.find(from) == nullptr) subject.faults.tell_first(path, no_unit(from, subject.shapes));
}

}  // namespace

void validate_unit(const Definitions& definitions, const UnitDefinition& unit, const Shapes& shapes,
                   const std::string& path, Faults& faults) {
  static const Shape anything{.names = {}, .columns = {}, .key = {}, .open = true};
  const Shape* source = shapes.find(unit.from);
  const UnitSubject subject{definitions, unit,  shapes, *shapes.find(unit.id), source != nullptr ? *source : anything,
                            path,        faults};
  validate_counts(unit.counts, unit.counts_label, path + ".counts", faults);
  if (find(definitions.tables, unit.id) != nullptr)
    faults.tell(path + ".id", "a table has this id: units and tables are named alike, each needs its own");
  validate_source(subject);
  validate_circle(subject);
  validate_key(subject);
  validate_take(subject);
  validate_column_names(subject);
  for (const Lookup& lookup : unit.lookups)
    validate_lookup(unit, lookup, shapes, path + ".lookup." + lookup.name, faults);
  const Needs needs = needs_of_columns(unit);
  for (const UnitColumn& column : unit.columns) validate_column(subject, column, needs);
}

}  // namespace casemetry::definition
