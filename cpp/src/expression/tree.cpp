// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/expression.hpp>
#include <set>

#include "expression/words.hpp"
#include "utf8.hpp"

namespace casemetry {
namespace language {
namespace {

using Node = Expression::Node;

bool joins(Operation operation) {
  return operation == Operation::logical_and || operation == Operation::logical_or;
}

std::size_t least_children(Operation operation) {
  if (const Function* function = function_of(operation)) return function->least;
  switch (operation) {
    case Operation::literal:
    case Operation::column:
      return 0;
    case Operation::in:
    case Operation::not_in:
    case Operation::logical_not:
      return 1;
    default:
      return 2;
  }
}

std::size_t most_children(Operation operation) {
  if (const Function* function = function_of(operation)) return function->most;
  return joins(operation) ? any_number : least_children(operation);
}

// Whether it cannot do without a name.
bool is_named(Operation operation) {
  return operation == Operation::column || operation == Operation::found || operation == Operation::pattern;
}

std::string usage_of(Operation operation) {
  const Function* function = function_of(operation);
  return function != nullptr ? std::string(function->usage) : "'" + std::string(symbol_of(operation)) + "'";
}

void require_children(const Node& node) {
  const std::size_t n = node.children.size();
  const std::size_t least = least_children(node.operation);
  if (n >= least && n <= most_children(node.operation)) return;
  const std::string wanted = (most_children(node.operation) > least ? "at least " : "") + std::to_string(least);
  fail(usage_of(node.operation) + " takes " + wanted + " argument" + (least == 1 ? "" : "s") + ", not " +
           std::to_string(n),
       node.position);
}

void require_name(const std::string& name, std::optional<std::size_t> position) {
  if (name.empty()) fail("a name cannot be empty", position);
  if (!is_utf8(name)) fail("a name must be UTF-8", position);
}

void require_writable(const Literal& literal, std::optional<std::size_t> position) {
  if (const auto* text = std::get_if<std::string>(&literal)) {
    if (!is_utf8(*text)) fail("a text must be UTF-8", position);
  } else if (const auto* integer = std::get_if<std::int64_t>(&literal)) {
    if (*integer == missing_number) fail("the least 64-bit integer stands for a missing number", position);
  } else if (const auto* decimal = std::get_if<Decimal>(&literal)) {
    if (decimal->scale < 1 || decimal->scale > greatest_scale || decimal->digits == missing_number)
      fail("a decimal has 1 to 18 digits after the point", position);
  } else if (const auto* date = std::get_if<Date>(&literal)) {
    if (*date < first_day || *date > last_day) fail("a date lies in the years 1 to 9999", position);
  } else if (std::holds_alternative<EmptySet>(literal)) {
    fail("the empty set is no value of an expression; ask size(x) == 0", position);
  }
}

void require_valid(const Node& node) {
  require_children(node);
  if (node.operation == Operation::literal) require_writable(node.value, node.position);
  if (is_named(node.operation)) require_name(node.name, node.position);
  if (has_values(node.operation) && !node.name.empty()) require_name(node.name, node.position);
  if (!node.name.empty() && !node.values.empty())
    fail("values come from a list or from its name, not both", node.position);
  for (const Literal& value : node.values) require_writable(value, node.position);
}

// `a and (b and c)` is `a and b and c`.
void splice_same(Node& node) {
  const auto same = [&](const Expression& child) { return child.node().operation == node.operation; };
  if (std::ranges::none_of(node.children, same)) return;
  std::vector<Expression> spliced;
  for (Expression& child : node.children) {
    if (same(child))
      spliced.insert(spliced.end(), child.node().children.begin(), child.node().children.end());
    else
      spliced.push_back(std::move(child));
  }
  node.children = std::move(spliced);
}

bool same_tree(const Expression& left, const Expression& right) {
  const Node& a = left.node();
  const Node& b = right.node();
  if (&a == &b) return true;
  return a.operation == b.operation && a.value == b.value && a.name == b.name && a.values == b.values &&
         std::ranges::equal(a.children, b.children, same_tree);
}

void gather(const Expression& expression, auto wanted, std::set<std::string>& names) {
  const Node& node = expression.node();
  if (!node.name.empty() && wanted(node.operation)) names.insert(node.name);
  for (const Expression& child : node.children) gather(child, wanted, names);
}

// The names of the nodes that are wanted, each once, sorted.
std::vector<std::string> names_in(const Expression& expression, auto wanted) {
  std::set<std::string> names;
  gather(expression, wanted, names);
  return {names.begin(), names.end()};
}

}  // namespace
}  // namespace language

// The size is judged before equal joins are spliced: a tree that shares its parts could else grow beyond memory.
Expression::Expression(Node node) {
  language::require_valid(node);
  size_ += node.values.size();
  for (const Expression& child : node.children) size_ = std::min(size_ + child.size_, language::greatest_size + 1);
  if (size_ > language::greatest_size)
    language::fail("more than 100,000 terms; put long lists into a column of the table or a lookup", node.position);
  if (language::joins(node.operation)) language::splice_same(node);
  for (const Expression& child : node.children) depth_ = std::max(depth_, child.depth_ + 1);
  if (depth_ > language::greatest_depth)
    language::fail("more than 200 levels deep; give a part of it a name as a column", node.position);
  node_ = std::make_shared<const Node>(std::move(node));
}

std::vector<std::string> Expression::columns() const {
  return language::names_in(*this, [](Operation operation) { return operation == Operation::column; });
}

std::vector<std::string> Expression::lists() const {
  return language::names_in(*this, language::has_values);
}

std::vector<std::string> Expression::lookups() const {
  return language::names_in(*this, [](Operation operation) { return operation == Operation::found; });
}

std::vector<std::string> Expression::groupings() const {
  return language::names_in(*this, [](Operation operation) { return operation == Operation::pattern; });
}

bool Expression::same_as(const Expression& other) const {
  return language::same_tree(*this, other);
}

}  // namespace casemetry
