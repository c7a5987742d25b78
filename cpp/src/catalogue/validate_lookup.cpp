// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reads.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

// One lookup with all that its parts are checked against.
struct LookupSubject {
  const UnitDefinition& unit;
  const Lookup& lookup;
  const Shape& own;
  const Shape& other;
  const std::string& path;
  Faults& faults;
};

// What `on` must not name: columns that are looked up, and those made from them.
Names looked_up(const UnitDefinition& unit) {
  Names names;
  for (const Lookup& lookup : unit.lookups) names.insert(lookup.take.begin(), lookup.take.end());
  for (const std::string& name : in_order(needs_of_columns(unit))) {
    const Reads reads = reads_of(std::ranges::find(unit.columns, name, &UnitColumn::name)->value);
    const auto rests_on = [&](const Mention& mention) { return names.contains(mention.name); };
    if (!reads.lookups.empty() || std::ranges::any_of(reads.own, rests_on)) names.insert(name);
  }
  return names;
}

bool can_be_equal(const ColumnDefinition& left, const ColumnDefinition& right) {
  const auto is_text = [](Type type) { return type == Type::text || type == Type::category; };
  if (is_text(left.type) || is_text(right.type)) return is_text(left.type) && is_text(right.type);
  return left.type == right.type && left.scale == right.scale;
}

void validate_types(const LookupSubject& subject, const std::string& column, const std::string& other) {
  const ColumnDefinition* left = subject.own.column(column);
  const ColumnDefinition* right = subject.other.column(other);
  if (is_set(left)) return subject.faults.tell(subject.path + ".on", no_key(column));
  if (is_set(right)) return subject.faults.tell(subject.path + ".on", no_key(other));
  if (left == nullptr || right == nullptr || can_be_equal(*left, *right)) return;
  subject.faults.tell(subject.path + ".on", "'" + column + "' is " + type_name(left->type, left->scale) + " and '" +
                                                other + "' of '" + subject.lookup.from + "' is " +
                                                type_name(right->type, right->scale) +
                                                ": they are never equal, declare both alike");
}

void validate_pair(const LookupSubject& subject, const std::string& column, const std::string& other) {
  const std::string path = subject.path + ".on";
  if (!subject.own.has(column))
    subject.faults.tell(path, hinted("the unit has no column '" + column + "'", column, subject.own.names));
  if (!subject.other.has(other)) subject.faults.tell(path, no_column(subject.lookup.from, other, subject.other.names));
  if (looked_up(subject.unit).contains(column))
    subject.faults.tell(path, "'" + column +
                                  "' is itself looked up: what a lookup goes by is there before any, in the key, the "
                                  "source or a column made from these");
  validate_types(subject, column, other);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}

// If not all of the other side's key is given, many of its rows could be found for one.
void validate_whole_key(const LookupSubject& subject) {
  std::vector<std::string> given;
  for (const auto& [column, other] : subject.lookup.on) given.push_back(other);
  for (const std::string& name : subject.other.key) {
    if (is_one_of(name, given)) continue;
    subject.faults.tell(subject.path + ".on",
                        "'" + subject.lookup.from + "' has one row for each " + quoted_list(subject.other.key) +
                            ", and '" + name +
                            "' is not given: many of its rows could be found for one (many to many). Collapse it to "
                            "this side in a unit of its own, one_row_per = [" +
                            quoted_list(given) + "], and look that up");
    return;
  }
}

void validate_on(const LookupSubject& subject) {
  const std::string path = subject.path + ".on";
  if (subject.lookup.on.empty())
    return subject.faults.tell_first(path,
                                     "no columns to go by: on = [\"case_id\"], or on = { case_id = \"case_no\" }");
  Names seen;
  for (const auto& [column, other] : subject.lookup.on) {
    validate_pair(subject, column, other);
    if (!seen.insert(column).second) subject.faults.tell(path, "'" + column + "' stands twice");
  }
  validate_whole_key(subject);
}

bool fits(const Literal& value, const ColumnDefinition& column) {
  switch (column.type) {
    case Type::text:
    case Type::category:
      return std::holds_alternative<std::string>(value);
    case Type::date:
      return std::holds_alternative<Date>(value);
    case Type::integer:
      return std::holds_alternative<std::int64_t>(value);
    case Type::decimal: {
      const auto* decimal = std::get_if<Decimal>(&value);
      return std::holds_alternative<std::int64_t>(value) || (decimal != nullptr && decimal->scale <= column.scale);
    }
    case Type::boolean:
      return std::holds_alternative<bool>(value);
    case Type::set:
      return std::holds_alternative<EmptySet>(value);
  }
  return false;
}

void validate_otherwise(const LookupSubject& subject, const std::string& name, const Literal& value) {
  const std::string path = subject.path + ".otherwise." + name;
  if (!is_one_of(name, subject.lookup.take))
    return subject.faults.tell(path, hinted("'" + name + "' is not taken", name, subject.lookup.take));
  const ColumnDefinition* column = subject.other.column(name);
  const bool empty_set = std::holds_alternative<EmptySet>(value);
  if (column == nullptr) return;
  if (!fits(value, *column)) {
    subject.faults.tell(path, (empty_set ? "[], the empty set," : lit(value).text()) +
                                  " cannot stand in a column of type " + type_name(column->type, column->scale));
  } else if (!column->values.empty() && !empty_set && !is_one_of(std::get<std::string>(value), column->values)) {
    const std::string& text = std::get<std::string>(value);
    subject.faults.tell(path, hinted("'" + text + "' is not listed", text, column->values));
  }
}

void validate_take(const LookupSubject& subject) {
  for (const std::string& name : subject.lookup.take)
    if (!subject.other.has(name))
      subject.faults.tell(subject.path + ".take", no_column(subject.lookup.from, name, subject.other.names));
}

}  // namespace

void validate_lookup(const UnitDefinition& unit, const Lookup& lookup, const Shapes& shapes, const std::string& path,
                     Faults& faults) {
  if (lookup.name.empty()) faults.tell_first(path, "a lookup without a name");
  if (std::ranges::count(unit.lookups, lookup.name, &Lookup::name) > 1)
    faults.tell_first(path, "the name stands twice");
  const Shape* other = shapes.find(lookup.from);
  if (other == nullptr) {
    const std::string& from = lookup.from;
    return faults.tell_first(
        path + ".from", from.empty() ? "no unit or table: name the one that is looked into" : no_unit(from, shapes));
  }
  const LookupSubject subject{unit, lookup, *shapes.find(unit.id), *other, path, faults};
  validate_on(subject);
  validate_take(subject);
  for (const auto& [name, value] : lookup.otherwise) validate_otherwise(subject, name, value);
}

}  // namespace casemetry::definition
