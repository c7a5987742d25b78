// SPDX-License-Identifier: Apache-2.0
// Turns a checked expression into sources over the columns of a table.
#pragma once

#include <casemetry/expression.hpp>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "expression/calculation.hpp"
#include "expression/dictionary.hpp"
#include "expression/kind.hpp"
#include "expression/source.hpp"

namespace casemetry::language {

using NamedLists = std::map<std::string, std::vector<Literal>>;

// The columns that an expression reads, and the definitions that they amount to.
class BoundColumns {
 public:
  BoundColumns(const Expression& expression, const std::function<Column(std::string_view)>& column);
  const Column& column(std::string_view name) const { return columns_.find(name)->second; }
  // Valid as long as these columns and the lists.
  Scope scope(const NamedLists& lists, const Holidays& holidays) const;

 private:
  std::map<std::string, Column, std::less<>> columns_;
  std::map<std::string, ColumnDefinition, std::less<>> definitions_;
};

// Throws DefinitionError with every fault.
void require_checked(const Expression& expression, const Scope& scope, bool predicate);

class Binder {
 public:
  Binder(const BoundColumns& columns, const Scope& scope, const Holidays& holidays)
      : columns_(columns), scope_(scope), holidays_(holidays) {}

  struct Number {
    NumberSource source;
    int scale = 0;
  };

  SourceOf<Outcome> truth(const Expression& expression);
  Number number(const Expression& expression);
  Kind kind(const Expression& expression) const { return kind_of(expression, scope_); }
  // Whether a cell that was read, or a calculation, can be missing or unlisted.
  bool may_be_unknown() const { return may_be_unknown_; }

  // The one column that the expression reads, if it is coded or of sets: then it is decided once a code.
  const Column* sole_coded_column(const Expression& expression) const;
  // Its outcome for each code of that column, the missing one last.
  std::vector<Outcome> decided(const Expression& expression, const Column& column) const;
  template <class T>
  SourceOf<T> by_code(const Column& column, std::vector<T> values);

  SourceOf<Word> word(const Expression& expression, Dictionary& dictionary);

 private:
  using Node = Expression::Node;
  using TextTest = std::function<bool(std::string_view)>;
  using SetTest = std::function<Outcome(std::span<const std::uint32_t>)>;

  SourceOf<Outcome> comparison(Operation operation, const Expression& left, const Expression& right);
  SourceOf<Outcome> equal_texts(const Expression& left, const Expression& right);
  SourceOf<Outcome> ordered(Order order, const Expression& left, const Expression& right);
  SourceOf<Outcome> member(const Node& node);
  SourceOf<Outcome> missing(const Expression& expression);
  SourceOf<Outcome> tested_text(const Expression& expression, const TextTest& test);
  SourceOf<Outcome> tested_set(const Expression& expression, const SetTest& test);
  SourceOf<Outcome> set_test(const Node& node);
  Number set_size(const Expression& expression);
  std::vector<SourceOf<Outcome>> truths(const std::vector<Expression>& expressions);
  NumberSource number_column(const Column& column);
  Number joined_numbers(const Expression& expression);
  NumberSource date(const Expression& expression);
  bool may_be_not_yet(const Expression& expression) const;

  const BoundColumns& columns_;
  const Scope& scope_;
  const Holidays& holidays_;
  bool rows_are_codes_ = false;
  bool may_be_unknown_ = false;
};

}  // namespace casemetry::language
