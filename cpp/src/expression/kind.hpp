// SPDX-License-Identifier: Apache-2.0
// What an expression yields, and whether two yields can be compared. Checking and binding share it, so that they never
// disagree.
#pragma once

#include <casemetry/expression.hpp>
#include <optional>
#include <string>

namespace casemetry::language {

// Values of one family can be compared with each other. A predicate yields a truth, as a boolean column does.
enum class Family { text, date, number, truth, set };

struct Kind {
  Type type = Type::text;
  int scale = 0;
  const ColumnDefinition* closed = nullptr;  // the category, or set, whose listed values it takes
  bool identifies = false;                   // handed on from a column that identifies a person
  bool may_be_date = false;                  // a text column, which is read as dates where a date is wanted
};

Family family_of(const Kind& kind);
bool has_order(Family family);

// With its article, for messages: `text`, `an integer`, `a date`.
std::string described(const Kind& kind);

Kind kind_of(const Literal& literal);
Kind kind_of(const ColumnDefinition& column);
// The kind of an expression that has passed `check` in this scope.
Kind kind_of(const Expression& expression, const Scope& scope);

bool is_date(const Kind& kind);  // or can be read as one

// The kind in which values of two kinds meet, when they can be compared at all.
std::optional<Kind> common_kind(const Kind& left, const Kind& right);

}  // namespace casemetry::language
