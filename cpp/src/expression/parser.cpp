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

Expression::Node node_of(Operation operation, std::size_t position) {
  Expression::Node node;
  node.operation = operation;
  node.position = position;
  return node;
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

Parser::Parser(std::string_view text) : tokenizer_(text), current_(tokenizer_.next()) {}

Expression Parser::whole() {
  if (current_.kind == TokenKind::end) fail("the expression is empty", 0);
  Expression expression = disjunction();
  if (current_.kind != TokenKind::end) fail_after_whole();
  return expression;
}

Token Parser::take() {
  Token token = std::move(current_);
  current_ = tokenizer_.next();
  return token;
}

bool Parser::accept(std::string_view sign) {
  const bool found = current_.is(sign);
  if (found) take();
  return found;
}

void Parser::expect_close(const Token& open) {
  if (current_.kind == TokenKind::end) fail("'" + open.text + "' is not closed", open.position);
  const std::string_view close = open.is("[") ? "]" : ")";
  if (!current_.is(close)) fail_after_whole();
  take();
}

// Counted while reading, so that an endless text is refused before its tree is built.
void Parser::grow(std::size_t position) {
  if (++size_ > greatest_size)
    fail("more than 100,000 terms; put long lists into a column of the table or a lookup", position);
}

Expression Parser::joined(Operation operation, std::string_view word, Expression (Parser::*part)()) {
  Expression first = (this->*part)();
  if (!current_.is(word)) return first;
  Expression::Node node = node_of(operation, current_.position);
  node.children.push_back(std::move(first));
  while (accept(word)) node.children.push_back((this->*part)());
  return Expression(std::move(node));
}

Expression Parser::disjunction() {
  return joined(Operation::logical_or, "or", &Parser::conjunction);
}

Expression Parser::conjunction() {
  return joined(Operation::logical_and, "and", &Parser::negation);
}

Expression Parser::negation() {
  std::vector<std::size_t> nots;
  while (current_.is("not")) {
    grow(current_.position);
    nots.push_back(take().position);
  }
  Expression expression = comparison();
  for (; !nots.empty(); nots.pop_back()) {
    Expression::Node node = node_of(Operation::logical_not, nots.back());
    node.children.push_back(std::move(expression));
    expression = Expression(std::move(node));
  }
  return expression;
}

Expression Parser::comparison() {
  Expression left = primary();
  if (comparison_of(current_)) return compared(std::move(left));
  if (current_.is("in") || current_.is("not")) return member(std::move(left));
  return left;
}

Expression Parser::compared(Expression left) {
  const Token sign = take();
  grow(sign.position);
  Expression::Node node = node_of(*comparison_of(sign), sign.position);
  node.children.push_back(std::move(left));
  node.children.push_back(primary());
  if (comparison_of(current_))
    fail("comparisons are not chained: write between(x, low, high), or join two comparisons by and", current_.position);
  return Expression(std::move(node));
}

Expression Parser::member(Expression value) {
  const Token word = take();
  grow(word.position);
  const bool negated = word.is("not");
  if (negated && !accept("in")) fail("after a value, 'not' stands before 'in': x not in ['a', 'b']", word.position);
  Expression::Node node = node_of(negated ? Operation::not_in : Operation::in, word.position);
  node.children.push_back(std::move(value));
  if (current_.kind == TokenKind::list) {
    node.name = take().text;
  } else if (current_.is("[")) {
    read_values(node);
  } else if (current_.kind == TokenKind::name) {
    fail("a named list is written @" + spelled_name(current_.text), current_.position);
  } else {
    fail("after in stands a list in square brackets, ['a', 'b'], or a named one, @name", current_.position);
  }
  return Expression(std::move(node));
}

void Parser::read_values(Expression::Node& node) {
  const Token open = take();
  while (!current_.is("]")) {
    if (current_.kind == TokenKind::end) fail("'[' is not closed", open.position);
    if (current_.kind != TokenKind::literal)
      fail("a list holds texts, numbers, dates, true and false; found " + shown(current_), current_.position);
    grow(current_.position);
    node.value_positions.push_back(current_.position);
    node.values.push_back(take().value);
    if (!accept(",")) break;
  }
  expect_close(open);
}

Expression Parser::primary() {
  if (current_.is("(")) return parenthesised();
  if (current_.kind != TokenKind::literal && current_.kind != TokenKind::name) fail_value();
  Token token = take();
  grow(token.position);
  if (token.kind == TokenKind::name && current_.is("(")) return called(token);
  Expression::Node node = node_of(Operation::literal, token.position);
  if (token.kind == TokenKind::name) {
    node.operation = Operation::column;
    node.name = std::move(token.text);
  } else {
    node.value = std::move(token.value);
  }
  return Expression(std::move(node));
}

Expression Parser::parenthesised() {
  const Token open = take();
  const Nested nested(*this, open.position);
  Expression inside = disjunction();
  expect_close(open);
  return inside;
}

Expression Parser::called(const Token& name) {
  const Function* function = function_named(name.text);
  if (function == nullptr)
    fail("there is no function '" + name.text + "'; " + suggestion(name.text, function_names()), name.position);
  const Nested nested(*this, name.position);
  const Token open = take();
  Expression::Node node = node_of(function->operation, name.position);
  if (!current_.is(")")) {
    do node.children.push_back(disjunction());
    while (accept(","));
  }
  expect_close(open);
  return Expression(std::move(node));
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
