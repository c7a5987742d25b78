// SPDX-License-Identifier: Apache-2.0
// Recursive descent, each level of the grammar a function; parentheses and functions nest at most 200 deep.
//
//   disjunction  = conjunction { "or" conjunction }
//   conjunction  = negation { "and" negation }
//   negation     = { "not" } comparison
//   comparison   = primary [ comparator primary | ["not"] "in" ("[" literals "]" | "@"name) ]
//   comparator   = "==" | "!=" | "<" | "<=" | ">" | ">="
//   primary      = literal | name | call | "(" disjunction ")"
//   call         = function "(" disjunction { "," disjunction } ")" | collapse "(" disjunction [ "where" disjunction ]
//   ")" | ("earliest" | "latest") "(" disjunction "by" disjunction [ "where" disjunction ] ")"
//                | ("meets" | "within") "(" disjunction "," ("[" literals "]" | "@"name) ")"
//                | "found" "(" name ")"
//                | "pattern" "(" disjunction "," "@"name [ "by" disjunction ] ")"
#pragma once

#include <casemetry/expression.hpp>
#include <string_view>
#include <vector>

#include "expression/tokenizer.hpp"
#include "expression/words.hpp"

namespace casemetry::language {

class Parser {
 public:
  explicit Parser(std::string_view text);
  Expression whole();

 private:
  class Nested;

  std::size_t skip();
  bool accept(std::string_view sign);
  void expect_close(std::string_view open, std::size_t position);
  void grow(std::size_t position);

  Expression joined(Operation operation, Expression (Parser::*part)());
  Expression disjunction();
  Expression conjunction();
  Expression negation();
  Expression comparison();
  Expression compared(Expression left);
  Expression member(Expression value);
  void read_members(Expression::Node& node, std::string_view before);
  void read_values(Expression::Node& node);
  Expression primary();
  Expression parenthesised();
  Expression named();
  Expression literal();
  static Expression column(std::string_view name, std::size_t position);
  Expression called(std::string_view name, std::size_t position);
  std::vector<Expression> arguments();
  std::vector<Expression> collapsed(const Function& function, std::size_t position);
  Expression lookup_found(std::size_t position);
  Expression set_against_values(const Function& function, std::size_t position, std::size_t open);
  Expression pattern(const Function& function, std::size_t position, std::size_t open);
  bool at_word(std::string_view word) const { return current_.kind == TokenKind::name && current_.spelling == word; }

  [[noreturn]] static void fail_function(std::string_view name, std::size_t position);
  [[noreturn]] static void fail_second_argument(const Function& function, std::size_t position);
  [[noreturn]] static void fail_time(const Function& function, std::size_t position);
  [[noreturn]] void fail_where(std::string_view name) const;
  [[noreturn]] void fail_value() const;
  [[noreturn]] void fail_after_whole() const;

  Tokenizer tokenizer_;
  Token current_;
  std::size_t depth_ = 0;
  std::size_t size_ = 0;
};

}  // namespace casemetry::language
