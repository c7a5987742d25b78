// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/expression.hpp>
#include <cctype>
#include <utility>

#include "expression/checker.hpp"
#include "expression/words.hpp"

namespace casemetry {
namespace language {

std::optional<Kind> Checker::kind(const Expression& expression) {
  const Node& node = expression.node();
  const auto& children = node.children;
  switch (node.operation) {
    case Operation::literal:
      return kind_of(node.value);
    case Operation::column:
      return column(node);
    case Operation::equal:
    case Operation::not_equal:
      compare(node, false);
      break;
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
    case Operation::between:
      compare(node, true);
      break;
    case Operation::in:
    case Operation::not_in:
      member(node);
      break;
    case Operation::is_null:
      kind(children[0]);
      break;
    case Operation::starts_with:
    case Operation::contains:
      text_test(node);
      break;
    case Operation::has:
      set_has(node);
      break;
    case Operation::meets:
    case Operation::within:
      set_against_values(node);
      break;
    case Operation::size:
      set(node);
      return Kind{.type = Type::integer};
    case Operation::pattern:
      return pattern(node);
    case Operation::logical_not:
    case Operation::logical_and:
    case Operation::logical_or:
      for (const Expression& child : children) predicate(child);
      break;
    case Operation::found:
      lookup(node);
      break;
    case Operation::workdays:
    case Operation::days:
    case Operation::year:
    case Operation::quarter:
    case Operation::month:
      holidays(node);
      for (const Expression& child : children) date(child, function_of(node.operation)->name);
      return Kind{.type = Type::integer};
    case Operation::add_workdays:
    case Operation::add_days:
    case Operation::add_months:
      holidays(node);
      date(children[0], function_of(node.operation)->name);
      integer(children[1], function_of(node.operation)->name);
      return Kind{.type = Type::date};
    case Operation::coalesce:
    case Operation::least:
    case Operation::greatest:
      return common(node);
    case Operation::collapse_any:
    case Operation::collapse_all:
    case Operation::collapse_count:
    case Operation::collapse_min:
    case Operation::collapse_max:
    case Operation::collapse_sum:
    case Operation::collapse_only:
    case Operation::collapse_set:
    case Operation::collapse_bag:
    case Operation::collapse_earliest:
    case Operation::collapse_latest:
      return collapsed(expression);
  }
  return Kind{.type = Type::boolean};
}

void Checker::predicate(const Expression& expression) {
  const auto found = kind(expression);
  if (!found || family_of(*found) == Family::truth) return;
  const Side side = side_of(expression, *found);
  fault("a condition is wanted, but " + is(side) + "; compare it with something, or ask is_null(…)", side.position);
}

std::optional<Kind> Checker::column(const Node& node) {
  if (const ColumnDefinition* definition = scope_.column(node.name)) return kind_of(*definition);
  const std::string hint = nearest_column(node.name);
  fault("there is no column '" + node.name + "'" + (hint.empty() ? "" : "; " + hint), node.position);
  return std::nullopt;
}

// What to write instead of a column that is not there.
std::string Checker::nearest_column(const std::string& name) const {
  std::string small = name;
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (small == "null" || small == "none" || small == "nan" || small == "na")
    return "a missing value is asked for by is_null(x)";
  const std::string spelling = spelled_name(name);
  if (scope_.source != nullptr && scope_.source->column(name) != nullptr)
    return "its source has one, of many rows: write only(" + spelling + "), max(" + spelling + ") or the like";
  if (around_ != nullptr && around_->column(name) != nullptr)
    return "the unit has one, but inside a collapse call stand the columns of its source";
  return suggestion(name, scope_.column_names);
}

// The first child with each of the others.
void Checker::compare(const Node& node, bool ordered) {
  std::optional<Side> first;
  for (const Expression& child : node.children) {
    const auto found = kind(child);
    const bool is_first = &child == &node.children.front();
    if (found && is_first) first = side_of(child, *found);
    if (found && first && !is_first) compare(*first, side_of(child, *found), ordered, node.position);
  }
}

void Checker::compare(const Side& left, const Side& right, bool ordered, Position position) {
  const auto common = meet(left, right, position);
  if (!common) return;
  if (family_of(*common) == Family::set)
    return fault("sets are not compared; ask has(x, 'text'), meets(x, ['a', 'b']), within(x, ['a', 'b']) or size(x)",
                 position);
  if (ordered && !has_order(family_of(*common))) return disordered(left, right, position);
  listed(left, right.kind);
  listed(right, left.kind);
}

std::optional<Kind> Checker::meet(const Side& left, const Side& right, Position position) {
  if (auto common = common_kind(left.kind, right.kind)) return common;
  std::string message = is(left) + " and " + is(right) + ": they cannot be compared";
  const bool left_literal = left.literal != nullptr;
  if (left_literal != (right.literal != nullptr)) {
    const Side& literal = left_literal ? left : right;
    message += remedy(left_literal ? right : left, *literal.literal);
    position = literal.position;
  }
  fault(std::move(message), position);
  return std::nullopt;
}

void Checker::disordered(const Side& left, const Side& right, Position position) {
  if (family_of(left.kind) == Family::truth)
    return fault(is(left) + ": true and false have no order; == and != compare them", position);
  const Side& literal = left.literal != nullptr ? left : right;
  const auto plain = literal.literal != nullptr ? unquoted(*literal.literal) : std::nullopt;
  if (plain && std::holds_alternative<Date>(*plain))
    return fault(literal.text + " is text; write the date without quotes: " + spelled(*plain), literal.position);
  fault(is(left) + ": text has no order; == and != compare it, and a column of dates or numbers is declared as such",
        position);
}

// A closed category takes the values that it lists, and no others.
void Checker::listed(const Side& side, const Kind& other) {
  const auto* value = side.literal != nullptr ? std::get_if<std::string>(side.literal) : nullptr;
  if (value == nullptr || other.closed == nullptr) return;
  const ColumnDefinition& category = *other.closed;
  if (std::ranges::find(category.values, *value) != category.values.end()) return;
  const auto alias = category.aliases.find(*value);
  const std::string hint = alias != category.aliases.end() ? "it is read as " + spelled(Literal(alias->second))
                                                           : suggestion(*value, category.values);
  fault("column '" + category.name + "' does not list " + side.text + "; " + hint, side.position);
}

void Checker::member(const Node& node) {
  const auto found = kind(node.children[0]);
  const std::vector<Literal>* values = values_of(node);
  if (!found || values == nullptr) return;
  Side value = side_of(node.children[0], *found);
  for (std::size_t i = 0; i < values->size(); ++i) {
    const Position position = i < node.value_positions.size() ? node.value_positions[i] : node.position;
    const Side one{spelled((*values)[i]), kind_of((*values)[i]), &(*values)[i], position};
    const auto common = meet(value, one, position);
    if (!common) continue;
    listed(one, value.kind);
    if (value.kind.may_be_date) value.kind = *common;  // read as dates or not, the same for all values
  }
}

const std::vector<Literal>* Checker::values_of(const Node& node) {
  if (node.name.empty()) return &node.values;
  std::vector<std::string> names;
  if (scope_.lists != nullptr) {
    const auto found = scope_.lists->find(node.name);
    if (found != scope_.lists->end()) return &found->second;
    for (const auto& [name, values] : *scope_.lists) names.push_back(name);
  }
  fault(hinted("there is no list '@" + node.name + "'", node.name, names), node.position);
  return nullptr;
}

void Checker::text_test(const Node& node) {
  const std::string name(function_of(node.operation)->name);
  const auto found = kind(node.children[0]);
  if (found && family_of(*found) != Family::text) {
    const Side side = side_of(node.children[0], *found);
    fault(name + " asks about text, but " + is(side), side.position);
  }
  sought_text(node);
}

void Checker::sought_text(const Node& node) {
  const std::string name(function_of(node.operation)->name);
  const auto& sought = node.children[1].node();
  if (sought.operation != Operation::literal || !std::holds_alternative<std::string>(sought.value))
    fault(name + " looks for a text in quotes: " + std::string(function_of(node.operation)->usage), sought.position);
}

void Checker::holidays(const Node& node) {
  const bool needed = node.operation == Operation::workdays || node.operation == Operation::add_workdays;
  if (!needed || scope_.holidays) return;
  fault(
      std::string(function_of(node.operation)->name) +
          " needs a table of holidays: name one under [calendar], holidays = \"holidays\", with columns date and works",
      node.position);
}

void Checker::lookup(const Node& node) {
  if (around_ != nullptr)
    return fault("found(" + spelled_name(node.name) +
                     ") is about the unit and cannot stand inside a collapse call; write it outside",
                 node.position);
  if (std::ranges::find(scope_.lookups, node.name) != scope_.lookups.end()) return;
  fault(hinted("there is no lookup '" + node.name + "'", node.name, scope_.lookups), node.position);
}

void Checker::date(const Expression& expression, std::string_view function) {
  const auto found = kind(expression);
  if (!found || is_date(*found)) return;
  const Side side = side_of(expression, *found);
  const std::string hint =
      side.literal != nullptr ? remedy({{}, {.type = Type::date}, nullptr, {}}, *side.literal) : "";
  fault(std::string(function) + " takes a date, but " + is(side) + hint, side.position);
}

void Checker::integer(const Expression& expression, std::string_view function) {
  const auto found = kind(expression);
  if (!found || found->type == Type::integer) return;
  const Side side = side_of(expression, *found);
  fault(std::string(function) + " takes an integer, but " + is(side), side.position);
}

std::optional<Kind> Checker::common(const Node& node) {
  const std::string name(function_of(node.operation)->name);
  std::optional<Kind> common;
  std::optional<Side> first;
  for (const Expression& child : node.children) {
    const auto found = kind(child);
    if (!found) return std::nullopt;
    const Side side = side_of(child, *found);
    if (first) {
      common = meet({first->text, *common, first->literal, first->position}, side, side.position);
      if (!common) return std::nullopt;
    } else {
      first = side;
      common = *found;
    }
  }
  const Family family = family_of(*common);
  if (has_order(family) || (node.operation == Operation::coalesce && family != Family::set)) return common;
  if (family == Family::set) {
    fault(name + " takes single values, but " + is(*first), first->position);
    return std::nullopt;
  }
  fault(name + " takes dates or numbers, but " + is(*first), first->position);
  return std::nullopt;
}

Kind kind_of(const Expression& expression, const Scope& scope) {
  std::vector<Fault> none;
  return Checker(scope, {}, none).kind(expression).value();
}

}  // namespace language

void check(const Expression& expression, const Scope& scope, bool predicate, const std::string& path,
           std::vector<Fault>& faults) {
  language::Checker checker(scope, path, faults);
  if (predicate)
    checker.predicate(expression);
  else
    checker.kind(expression);
}

std::optional<ColumnDefinition> result_of(const Expression& expression, const Scope& scope) {
  std::vector<Fault> faults;
  const auto kind = language::Checker(scope, {}, faults).kind(expression);
  if (!kind || !faults.empty()) return std::nullopt;
  ColumnDefinition result{.type = kind->type, .scale = kind->scale, .identifies = kind->identifies};
  if (kind->closed != nullptr) result.values = kind->closed->values;
  return result;
}

}  // namespace casemetry
