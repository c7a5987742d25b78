// SPDX-License-Identifier: Apache-2.0
#include "expression/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "expression/words.hpp"

namespace casemetry::language {
namespace {

std::optional<Operation> comparison_of(const Token& token) {
  for (const Operation operation : {Operation::equal, Operation::not_equal, Operation::less, Operation::less_equal,
                                    Operation::greater, Operation::greater_equal})
    if (token.is(symbol_of(operation))) return operation;
  return std::nullopt;
}

std::string shown(const Token& token) {
  if (token.kind == TokenKind::end) return "the end";
  const bool quoted = token.kind == TokenKind::literal && std::holds_alternative<std::string>(token.value);
  return quoted ? token.spelling : "'" + token.spelling + "'";
}

// Apart, so that a node takes no room on the stack of the levels that are open.
Expression built(Operation operation, std::size_t position, std::vector<Expression> children) {
  Expression::Node node;
  node.operation = operation;
  node.position = position;
  node.children = std::move(children);
  return Expression(std::move(node));
}

}  // namespace

// Counts the levels that are open.
class Parser::Nested {
 public:
  Nested(Parser& parser, std::size_t position) : parser_(parser) {
    if (++parser_.depth_ > greatest_depth)
      fail("more than 200 levels of parentheses and functions; give a part of it a name as a column", position);
  }
  ~Nested() { --parser_.depth_; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  Parser& parser_;
};

Parser::Parser(std::string_view text) : tokenizer_(text) {
  tokenizer_.next(current_);
}

Expression Parser::whole() {
  if (current_.kind == TokenKind::end) fail("the expression is empty", 0);
  Expression expression = disjunction();
  if (current_.kind != TokenKind::end) fail_after_whole();
  return expression;
}

// Returns where the token stood that is passed.
std::size_t Parser::skip() {
  const std::size_t position = current_.position;
  tokenizer_.next(current_);
  return position;
}

bool Parser::accept(std::string_view sign) {
  const bool found = current_.is(sign);
  if (found) skip();
  return found;
}

void Parser::expect_close(std::string_view open, std::size_t position) {
  if (current_.kind == TokenKind::end) fail("'" + std::string(open) + "' is not closed", position);
  if (!current_.is(open == "[" ? "]" : ")")) fail_after_whole();
  skip();
}

// Counted while reading, so that an endless text is refused before its tree is built.
void Parser::grow(std::size_t position) {
  if (++size_ > greatest_size)
    fail("more than 100,000 terms; put long lists into a column of the table or a lookup", position);
}

Expression Parser::joined(Operation operation, Expression (Parser::*part)()) {
  std::vector<Expression> parts;
  parts.push_back((this->*part)());
  const std::string_view word = symbol_of(operation);
  if (!current_.is(word)) return std::move(parts.front());
  const std::size_t position = current_.position;
  while (accept(word)) parts.push_back((this->*part)());
  return built(operation, position, std::move(parts));
}

Expression Parser::disjunction() {
  return joined(Operation::logical_or, &Parser::conjunction);
}

Expression Parser::conjunction() {
  return joined(Operation::logical_and, &Parser::negation);
}

Expression Parser::negation() {
  std::vector<std::size_t> nots;
  while (current_.is("not")) {
    grow(current_.position);
    nots.push_back(skip());
  }
  Expression expression = comparison();
  for (; !nots.empty(); nots.pop_back()) expression = built(Operation::logical_not, nots.back(), {expression});
  return expression;
}

Expression Parser::comparison() {
  Expression left = primary();
  if (comparison_of(current_)) return compared(std::move(left));
  if (current_.is("in") || current_.is("not")) return member(std::move(left));
  return left;
}

Expression Parser::compared(Expression left) {
  const Operation operation = *comparison_of(current_);
  const std::size_t position = skip();
  grow(position);
  std::vector<Expression> sides;
  sides.push_back(std::move(left));
  sides.push_back(primary());
  if (comparison_of(current_))
    fail("comparisons are not chained: write between(x, low, high), or join two comparisons by and", current_.position);
  return built(operation, position, std::move(sides));
}

Expression Parser::member(Expression value) {
  const bool negated = current_.is("not");
  const std::size_t position = skip();
  grow(position);
  if (negated && !accept("in")) fail("after a value, 'not' stands before 'in': x not in ['a', 'b']", position);
  Expression::Node node;
  node.operation = negated ? Operation::not_in : Operation::in;
  node.position = position;
  node.children.push_back(std::move(value));
  read_members(node, "in");
  return Expression(std::move(node));
}

// A list, or the name of one, after what stands before it.
void Parser::read_members(Expression::Node& node, std::string_view before) {
  if (current_.kind == TokenKind::list) {
    node.name = std::move(current_.text);
    skip();
  } else if (current_.is("[")) {
    read_values(node);
  } else if (current_.kind == TokenKind::name) {
    fail("a named list is written @" + spelled_name(current_.text), current_.position);
  } else {
    fail("after " + std::string(before) + " stands a list in square brackets, ['a', 'b'], or a named one, @name",
         current_.position);
  }
}

void Parser::read_values(Expression::Node& node) {
  const std::size_t open = skip();
  while (!current_.is("]")) {
    if (current_.kind == TokenKind::end) fail("'[' is not closed", open);
    if (current_.kind != TokenKind::literal)
      fail("a list holds texts, numbers, dates, true and false; found " + shown(current_), current_.position);
    grow(current_.position);
    node.value_positions.push_back(current_.position);
    node.values.push_back(std::move(current_.value));
    skip();
    if (!accept(",")) break;
  }
  expect_close("[", open);
}

Expression Parser::primary() {
  if (current_.is("(")) return parenthesised();
  if (current_.kind != TokenKind::literal && current_.kind != TokenKind::name) fail_value();
  grow(current_.position);
  return named();
}

Expression Parser::parenthesised() {
  const std::size_t open = skip();
  const Nested nested(*this, open);
  Expression inside = disjunction();
  expect_close("(", open);
  return inside;
}

Expression Parser::named() {
  if (current_.kind == TokenKind::literal) return literal();
  const std::string name = std::move(current_.text);
  const std::size_t position = skip();
  return current_.is("(") ? called(name, position) : column(name, position);
}

Expression Parser::literal() {
  Expression::Node node;
  node.value = std::move(current_.value);
  node.position = skip();
  return Expression(std::move(node));
}

Expression Parser::column(std::string_view name, std::size_t position) {
  Expression::Node node;
  node.operation = Operation::column;
  node.name = name;
  node.position = position;
  return Expression(std::move(node));
}

Expression Parser::called(std::string_view name, std::size_t position) {
  const Function* function = function_named(name);
  if (function == nullptr) fail_function(name, position);
  const Nested nested(*this, position);
  const std::size_t open = skip();
  if (function->operation == Operation::found) return lookup_found(position);
  if (has_values(function->operation)) return set_against_values(*function, position, open);
  if (function->operation == Operation::pattern) return pattern(*function, position, open);
  std::vector<Expression> parts = collapses(function->operation) ? collapsed(*function, position) : arguments();
  if (at_word("where")) fail_where(name);
  expect_close("(", open);
  return built(function->operation, position, std::move(parts));
}

std::vector<Expression> Parser::arguments() {
  std::vector<Expression> arguments;
  if (current_.is(")")) return arguments;
  do arguments.push_back(disjunction());
  while (accept(","));
  return arguments;
}

// `by` and `where` are words only here; elsewhere they are names like others.
std::vector<Expression> Parser::collapsed(const Function& function, std::size_t position) {
  std::vector<Expression> parts;
  if (current_.is(")")) return parts;
  parts.push_back(disjunction());
  if (current_.is(",")) fail_second_argument(function, position);
  if (is_timed(function.operation)) {
    if (!at_word("by")) fail_time(function, position);
    skip();
    parts.push_back(disjunction());
  }
  if (!at_word("where")) return parts;
  skip();
  parts.push_back(disjunction());
  return parts;
}

Expression Parser::set_against_values(const Function& function, std::size_t position, std::size_t open) {
  Expression::Node node;
  node.operation = function.operation;
  node.position = position;
  node.children.push_back(disjunction());
  if (!accept(",")) fail("of a set and a list: " + std::string(function.usage), current_.position);
  read_members(node, "the set");
  expect_close("(", open);
  return Expression(std::move(node));
}

Expression Parser::pattern(const Function& function, std::size_t position, std::size_t open) {
  Expression::Node node;
  node.operation = function.operation;
  node.position = position;
  node.children.push_back(disjunction());
  if (!accept(",")) fail("of a set and a grouping: " + std::string(function.usage), current_.position);
  if (current_.kind == TokenKind::name)
    fail("a grouping is written @" + spelled_name(current_.text), current_.position);
  if (current_.kind != TokenKind::list)
    fail("after the set stands a grouping: " + std::string(function.usage), current_.position);
  node.name = std::move(current_.text);
  skip();
  if (at_word("by")) {
    skip();
    node.children.push_back(disjunction());
  }
  expect_close("(", open);
  return Expression(std::move(node));
}

Expression Parser::lookup_found(std::size_t position) {
  if (current_.kind != TokenKind::name) fail("found asks for the name of a lookup: found(arrest)", current_.position);
  Expression::Node node;
  node.operation = Operation::found;
  node.position = position;
  node.name = std::move(current_.text);
  skip();
  if (!current_.is(")")) fail("found takes the name of one lookup and nothing else: found(arrest)", current_.position);
  skip();
  return Expression(std::move(node));
}

void Parser::fail_second_argument(const Function& function, std::size_t position) {
  const bool least = function.operation == Operation::collapse_min;
  const bool greatest = function.operation == Operation::collapse_max;
  const std::string name(function.name);
  fail(name + " takes one value of many rows: " + std::string(function.usage) +
           (least      ? "; the least of several values of one row is least(a, b)"
            : greatest ? "; the greatest of several values of one row is greatest(a, b)"
                       : ""),
       position);
}

void Parser::fail_time(const Function& function, std::size_t position) {
  fail(std::string(function.name) + " needs the time that it goes by: " + std::string(function.usage), position);
}

void Parser::fail_where(std::string_view name) const {
  fail(std::string(name) +
           " takes no 'where': it stands once, in a call that makes one value of many rows: max(x where condition)",
       current_.position);
}

void Parser::fail_function(std::string_view name, std::size_t position) {
  fail("there is no function '" + std::string(name) + "'; " + suggestion(name, function_names()), position);
}

void Parser::fail_value() const {
  if (current_.kind == TokenKind::list) fail("a named list stands after in: x in @name", current_.position);
  if (current_.is("[")) fail("a list stands after in: x in ['a', 'b']", current_.position);
  if (current_.is("not")) fail("'not' inside a comparison stands in parentheses: x == (not y)", current_.position);
  fail("expected a name, a value or a function, found " + shown(current_), current_.position);
}

void Parser::fail_after_whole() const {
  struct Advice {
    std::string_view word;
    std::string_view instead;
  };
  constexpr std::array words{Advice{"is", "write is_null(x), or == to compare"},
                             Advice{"IS", "write is_null(x), or == to compare"},
                             Advice{"between", "write between(x, low, high)"},
                             Advice{"BETWEEN", "write between(x, low, high)"},
                             Advice{"like", "write starts_with(x, 'text') or contains(x, 'text')"},
                             Advice{"LIKE", "write starts_with(x, 'text') or contains(x, 'text')"}};
  if (current_.kind == TokenKind::name) {
    const auto found = std::ranges::find(words, current_.text, &Advice::word);
    if (found != words.end()) fail("'" + current_.text + "': " + std::string(found->instead), current_.position);
  }
  if (current_.is(")") || current_.is("]"))
    fail("'" + current_.text + "' closes nothing that is open here", current_.position);
  fail("expected an operator (==, <, in, and, or …) before " + shown(current_), current_.position);
}

}  // namespace casemetry::language

namespace casemetry {

Expression Expression::parse(std::string_view text) {
  return language::Parser(text).whole();
}

}  // namespace casemetry
