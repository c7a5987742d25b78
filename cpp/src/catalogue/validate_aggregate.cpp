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
  const Shape& unit;
  const std::string& path;
  Faults& faults;
};

void validate_predicate(const AggregateSubject& subject, const std::optional<Expression>& predicate,
                        const std::string& key) {
  if (!predicate) return;
  const UnitScope scope(subject.definitions, subject.unit);
  validate_expression(scope, *predicate, true, subject.path + "." + key, subject.faults);
}

// A column that is there and has one of the types.
void validate_column(const AggregateSubject& subject, const std::string& name, const std::string& key,
                     std::initializer_list<Type> types, const std::string& wanted) {
  const std::string path = subject.path + "." + key;
  if (name.empty()) return subject.faults.tell_first(path, "no column: name " + wanted);
  if (!subject.unit.has(name))
    return subject.faults.tell_first(path, no_column(subject.aggregate.unit, name, subject.unit.names));
  const ColumnDefinition* column = subject.unit.column(name);
  if (column != nullptr && std::ranges::find(types, column->type) == types.end())
    subject.faults.tell_first(
        path, "column '" + name + "' is " + type_name(column->type, column->scale) + ": it should be " + wanted);
}

// What each kind has, and nothing that it has not.
void validate_kind(const AggregateSubject& subject) {
  const Aggregate& aggregate = subject.aggregate;
  if (subject.faults.told(subject.path + ".kind")) return;
  const auto refuse = [&](const std::string& given, const std::string& key, const std::string& message) {
    if (!given.empty()) subject.faults.tell_first(subject.path + "." + key, message);
  };
  const auto want_date = [&](const std::string& name, const std::string& key) {
    validate_column(subject, name, key, {Type::date}, "a date column");
  };
  if (aggregate.kind == Aggregate::Kind::sum) {
    validate_column(subject, aggregate.column, "column", {Type::integer, Type::decimal},
                    "an integer or decimal column");
  } else {
    refuse(aggregate.column, "column", "only a sum has a column: kind = \"sum\"");
  }
  if (aggregate.kind == Aggregate::Kind::days) {
    want_date(aggregate.start, "start");
    want_date(aggregate.end, "end");
  } else {
    refuse(aggregate.start, "start", "only days have a start: kind = \"days\"");
    refuse(aggregate.end, "end", "only days have an end: kind = \"days\"");
  }
  if (aggregate.kind == Aggregate::Kind::pending) {
    want_date(aggregate.opened, "opened");
    want_date(aggregate.closed, "closed");
    if (!aggregate.opened.empty() && aggregate.opened == aggregate.closed)
      subject.faults.tell_first(subject.path + ".closed", "the date of opening: name the one that ends it");
    refuse(aggregate.date.value_or(""), "date", "what is pending has no date: opened and closed place it");
  } else {
    refuse(aggregate.opened, "opened", "only what is pending has opened: kind = \"pending\"");
    refuse(aggregate.closed, "closed", "only what is pending has closed: kind = \"pending\"");
  }
}

}  // namespace

void validate_aggregate(const Definitions& definitions, const Aggregate& aggregate, const Shapes& shapes,
                        const std::string& path, Faults& faults) {
  const Shape* unit = shapes.find(aggregate.unit);
  if (unit == nullptr) {
    const bool named = !aggregate.unit.empty();
    return faults.tell_first(path + ".unit",
                             named ? no_unit(aggregate.unit, shapes)
                                   : "no unit: name the unit that is counted, or the table whose rows are");
  }
  const AggregateSubject subject{definitions, aggregate, *unit, path, faults};
  if (aggregate.date) validate_column(subject, *aggregate.date, "date", {Type::date}, "a date column");
  validate_predicate(subject, aggregate.where, "where");
  validate_predicate(subject, aggregate.applies_where, "applies_where");
  validate_kind(subject);
}

}  // namespace casemetry::definition
