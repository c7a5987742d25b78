// SPDX-License-Identifier: Apache-2.0
// Trees from C++ operators.
#include <casemetry/expression.hpp>
#include <utility>

#include "expression/words.hpp"

namespace casemetry {
namespace language {
namespace {

Expression member(Operation operation, Expression value, std::vector<Literal> values) {
  Expression::Node node;
  node.operation = operation;
  node.children.push_back(std::move(value));
  node.values = std::move(values);
  return Expression(std::move(node));
}

Expression list_member(Operation operation, Expression value, std::string_view list) {
  if (list.empty()) fail("a named list needs its name", std::nullopt);
  Expression::Node node;
  node.operation = operation;
  node.children.push_back(std::move(value));
  node.name = list;
  return Expression(std::move(node));
}

Expression grouped(std::string_view grouping, std::vector<Expression> parts) {
  Expression::Node node;
  node.operation = Operation::pattern;
  node.children = std::move(parts);
  node.name = grouping;
  return Expression(std::move(node));
}

Expression joined(Operation operation, Expression left, Expression right) {
  std::vector<Expression> children;
  children.reserve(2);
  children.push_back(std::move(left));
  children.push_back(std::move(right));
  return call(operation, std::move(children));
}

}  // namespace
}  // namespace language

Expression col(std::string_view name) {
  Expression::Node node;
  node.operation = Operation::column;
  node.name = name;
  return Expression(std::move(node));
}

Expression lit(Literal value) {
  Expression::Node node;
  node.value = std::move(value);
  return Expression(std::move(node));
}

Expression call(Operation function, std::vector<Expression> arguments) {
  Expression::Node node;
  node.operation = function;
  node.children = std::move(arguments);
  return Expression(std::move(node));
}

Expression in(Expression value, std::vector<Literal> values) {
  return language::member(Operation::in, std::move(value), std::move(values));
}

Expression not_in(Expression value, std::vector<Literal> values) {
  return language::member(Operation::not_in, std::move(value), std::move(values));
}

Expression in_list(Expression value, std::string_view list) {
  return language::list_member(Operation::in, std::move(value), list);
}

Expression not_in_list(Expression value, std::string_view list) {
  return language::list_member(Operation::not_in, std::move(value), list);
}

Expression between(Expression value, Literal low, Literal high) {
  return call(Operation::between, {std::move(value), lit(std::move(low)), lit(std::move(high))});
}

Expression is_null(Expression value) {
  return call(Operation::is_null, {std::move(value)});
}

Expression starts_with(Expression value, std::string_view text) {
  return language::joined(Operation::starts_with, std::move(value), lit(std::string(text)));
}

Expression contains(Expression value, std::string_view text) {
  return language::joined(Operation::contains, std::move(value), lit(std::string(text)));
}

Expression has(Expression set, std::string_view member) {
  return language::joined(Operation::has, std::move(set), lit(std::string(member)));
}

Expression meets(Expression set, std::vector<Literal> members) {
  return language::member(Operation::meets, std::move(set), std::move(members));
}

Expression meets_list(Expression set, std::string_view list) {
  return language::list_member(Operation::meets, std::move(set), list);
}

Expression within(Expression set, std::vector<Literal> members) {
  return language::member(Operation::within, std::move(set), std::move(members));
}

Expression within_list(Expression set, std::string_view list) {
  return language::list_member(Operation::within, std::move(set), list);
}

Expression size(Expression set) {
  return call(Operation::size, {std::move(set)});
}

Expression pattern(Expression set, std::string_view grouping) {
  return language::grouped(grouping, {std::move(set)});
}

Expression pattern(Expression set, std::string_view grouping, Expression by) {
  return language::grouped(grouping, {std::move(set), std::move(by)});
}

Expression days(Expression from, Expression to) {
  return language::joined(Operation::days, std::move(from), std::move(to));
}

Expression found(std::string_view lookup) {
  Expression::Node node;
  node.operation = Operation::found;
  node.name = lookup;
  return Expression(std::move(node));
}

Expression operator==(Expression left, Expression right) {
  return language::joined(Operation::equal, std::move(left), std::move(right));
}

Expression operator!=(Expression left, Expression right) {
  return language::joined(Operation::not_equal, std::move(left), std::move(right));
}

Expression operator<(Expression left, Expression right) {
  return language::joined(Operation::less, std::move(left), std::move(right));
}

Expression operator<=(Expression left, Expression right) {
  return language::joined(Operation::less_equal, std::move(left), std::move(right));
}

Expression operator>(Expression left, Expression right) {
  return language::joined(Operation::greater, std::move(left), std::move(right));
}

Expression operator>=(Expression left, Expression right) {
  return language::joined(Operation::greater_equal, std::move(left), std::move(right));
}

Expression operator&&(Expression left, Expression right) {
  return language::joined(Operation::logical_and, std::move(left), std::move(right));
}

Expression operator||(Expression left, Expression right) {
  return language::joined(Operation::logical_or, std::move(left), std::move(right));
}

Expression operator!(Expression operand) {
  return call(Operation::logical_not, {std::move(operand)});
}

}  // namespace casemetry
