// SPDX-License-Identifier: Apache-2.0
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

// One aggregate with all that its parts are checked against.
struct AggregateSubject {
  const Definitions& definitions;
  const Aggregate& aggregate;
  const TableDefinition& unit;
  const std::string& path;
  Faults& faults;
};

// A unit of which no columns are declared takes any: then only the named lists can be checked.
void validate_lists(const AggregateSubject& subject, const Expression& expression, const std::string& path) {
  std::vector<std::string> known;
  for (const auto& [name, values] : subject.definitions.lists) known.push_back(name);
  for (const std::string& name : expression.lists())
    if (!is_one_of(name, known)) subject.faults.tell(path, hinted("no list '" + name + "'", name, known));
}

// A column whose own definition is at fault: nothing more can be said of what reads it.
bool is_faulty(const AggregateSubject& subject, const std::string& column) {
  const std::string path = "table." + subject.unit.id + ".columns." + column;
  return subject.faults.told(path) || subject.faults.told(path + ".type");
}

void validate_predicate(const AggregateSubject& subject, const std::optional<Expression>& predicate,
                        const std::string& key) {
  if (!predicate) return;
  const std::string path = subject.path + "." + key;
  const auto faulty = [&](const std::string& column) { return is_faulty(subject, column); };
  if (subject.unit.columns.empty() || std::ranges::any_of(predicate->columns(), faulty))
    return validate_lists(subject, *predicate, path);
  Scope scope;
  scope.column = [&unit = subject.unit](std::string_view name) { return column_of(unit, name); };
  scope.column_names = column_names(subject.unit);
  scope.lists = &subject.definitions.lists;
  check(*predicate, scope, true, path, subject.faults.list());
}

// A column that is there and has one of the types.
void validate_column(const AggregateSubject& subject, const std::string& name, const std::string& key,
                     std::initializer_list<Type> types, const std::string& wanted) {
  const std::string path = subject.path + "." + key;
  if (name.empty()) return subject.faults.tell_first(path, "no column: name " + wanted);
  if (subject.unit.columns.empty() || is_faulty(subject, name)) return;
  const ColumnDefinition* column = column_of(subject.unit, name);
  if (column == nullptr) {
    subject.faults.tell_first(path, no_column(subject.unit, name));
  } else if (std::ranges::find(types, column->type) == types.end()) {
    subject.faults.tell_first(
        path, "column '" + name + "' is " + type_name(column->type, column->scale) + ": it should be " + wanted);
  }
}

void validate_kind(const AggregateSubject& subject) {
  const Aggregate& aggregate = subject.aggregate;
  const std::string& path = subject.path;
  if (subject.faults.told(path + ".kind")) return;
  if (aggregate.kind == Aggregate::Kind::sum) {
    validate_column(subject, aggregate.column, "column", {Type::integer, Type::decimal},
                    "an integer or decimal column");
  } else if (!aggregate.column.empty()) {
    subject.faults.tell_first(path + ".column", "only a sum has a column: kind = \"sum\"");
  }
  if (aggregate.kind == Aggregate::Kind::days) {
    validate_column(subject, aggregate.start, "start", {Type::date}, "a date column");
    validate_column(subject, aggregate.end, "end", {Type::date}, "a date column");
    return;
  }
  if (!aggregate.start.empty()) subject.faults.tell_first(path + ".start", "only days have a start: kind = \"days\"");
  if (!aggregate.end.empty()) subject.faults.tell_first(path + ".end", "only days have an end: kind = \"days\"");
}

}  // namespace

void validate_aggregate(const Definitions& definitions, const Aggregate& aggregate, const std::string& path,
                        Faults& faults) {
  const TableDefinition* unit = find(definitions.tables, aggregate.unit);
  if (unit == nullptr) {
    faults.tell_first(path + ".unit", aggregate.unit.empty() ? "no unit: name the table whose rows are counted"
                                                             : no_table(definitions, aggregate.unit));
    return;
  }
  const AggregateSubject subject{definitions, aggregate, *unit, path, faults};
  if (aggregate.date) validate_column(subject, *aggregate.date, "date", {Type::date}, "a date column");
  validate_predicate(subject, aggregate.where, "where");
  validate_predicate(subject, aggregate.applies_where, "applies_where");
  validate_kind(subject);
}

}  // namespace casemetry::definition
