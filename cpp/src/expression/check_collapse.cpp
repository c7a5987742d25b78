// SPDX-License-Identifier: Apache-2.0
// Collapse calls: what stands inside, and what they make of it.
#include <casemetry/expression.hpp>
#include <string>

#include "expression/checker.hpp"
#include "expression/words.hpp"

namespace casemetry::language {

std::optional<Kind> Checker::collapsed(const Expression& call) {
  const Node& node = call.node();
  const std::string name(function_of(node.operation)->name);
  if (around_ != nullptr) {
    fault(name +
              " inside another collapse call: make the inner one a column of a unit of its own, and take that unit as "
              "the source",
          node.position);
    return std::nullopt;
  }
  if (scope_.source == nullptr) {
    fault(name +
              " makes one value of many rows, but here nothing is collapsed: it stands in a column of a unit with "
              "one_row_per",
          node.position);
    return std::nullopt;
  }
  return Checker(*this, *scope_.source).inside(call);
}

// The kind of a collapse call, by a checker of what stands inside it.
std::optional<Kind> Checker::inside(const Expression& call) {
  const auto& children = call.node().children;
  if (const Expression* condition = condition_of(call)) predicate(*condition);
  switch (call.node().operation) {
    case Operation::collapse_any:
    case Operation::collapse_all:
      predicate(children[0]);
      return Kind{.type = Type::boolean};
    case Operation::collapse_count:
      predicate(children[0]);
      return Kind{.type = Type::integer};
    case Operation::collapse_set:
    case Operation::collapse_bag:
    case Operation::collapse_earliest:
    case Operation::collapse_latest:
      return set_of_rows(call);
    default:
      return value_of_rows(call.node().operation, children[0]);
  }
}

// The value that `min`, `max`, `sum` and `only` make of an argument has the argument's kind.
std::optional<Kind> Checker::value_of_rows(Operation operation, const Expression& argument) {
  const auto found = kind(argument);
  if (!found || operation == Operation::collapse_only) return found;
  const Family family = family_of(*found);
  const bool sums = operation == Operation::collapse_sum;
  if (family == Family::number || (!sums && family == Family::date)) return found;
  const Side side = side_of(argument, *found);
  fault(std::string(function_of(operation)->name) + (sums ? " takes numbers, but " : " takes dates or numbers, but ") +
            is(side) + (found->type == Type::text ? "; declare the column as date, integer or decimal(2)" : ""),
        side.position);
  return std::nullopt;
}

// A set takes what its members list from the texts that it is made of.
std::optional<Kind> Checker::set_of_rows(const Expression& call) {
  const Expression& argument = call.node().children[0];
  const std::string_view function = function_of(call.node().operation)->name;
  if (is_timed(call.node().operation)) time(call.node().children[1], function);
  const auto found = kind(argument);
  if (!found) return std::nullopt;
  if (family_of(*found) == Family::text)
    return Kind{.type = Type::set, .closed = found->closed, .identifies = found->identifies};
  const Side side = side_of(argument, *found);
  const bool set = family_of(*found) == Family::set;
  fault(std::string(function) + " takes text or a category, but " + is(side) +
            (set ? " already" : "; declare the column as text"),
        side.position);
  return std::nullopt;
}

void Checker::time(const Expression& expression, std::string_view function) {
  const auto found = kind(expression);
  if (!found || is_date(*found) || family_of(*found) == Family::number) return;
  const Side side = side_of(expression, *found);
  fault(std::string(function) + " goes by a date or a number, but " + is(side), side.position);
}

}  // namespace casemetry::language
