// SPDX-License-Identifier: Apache-2.0
#include "expression/kind.hpp"

#include <algorithm>

namespace casemetry::language {

Family family_of(const Kind& kind) {
  switch (kind.type) {
    case Type::date:
      return Family::date;
    case Type::integer:
    case Type::decimal:
      return Family::number;
    case Type::boolean:
      return Family::truth;
    case Type::set:
      return Family::set;
    default:
      return Family::text;
  }
}

bool has_order(Family family) {
  return family == Family::date || family == Family::number;
}

std::string described(const Kind& kind) {
  switch (kind.type) {
    case Type::text:
      return "text";
    case Type::category:
      return "a category";
    case Type::date:
      return "a date";
    case Type::integer:
      return "an integer";
    case Type::decimal:
      return "a decimal";
    case Type::set:
      return "a set";
    default:
      return "true or false";
  }
}

Kind kind_of(const Literal& literal) {
  struct Of {
    Kind operator()(const std::string&) const { return {.type = Type::text}; }
    Kind operator()(std::int64_t) const { return {.type = Type::integer}; }
    Kind operator()(const Decimal& value) const { return {.type = Type::decimal, .scale = value.scale}; }
    Kind operator()(Date) const { return {.type = Type::date}; }
    Kind operator()(bool) const { return {.type = Type::boolean}; }
    Kind operator()(EmptySet) const { return {.type = Type::set}; }
  };
  return std::visit(Of{}, literal);
}

Kind kind_of(const ColumnDefinition& column) {
  const bool can_be_closed = column.type == Type::category || column.type == Type::set;
  const bool closed = can_be_closed && !column.values.empty();
  return {.type = column.type,
          .scale = column.type == Type::decimal ? column.scale : 0,
          .closed = closed ? &column : nullptr,
          .identifies = column.identifies,
          .may_be_date = column.type == Type::text};
}

bool is_date(const Kind& kind) {
  return kind.type == Type::date || kind.may_be_date;
}

std::optional<Kind> common_kind(const Kind& left, const Kind& right) {
  const Family family = family_of(left);
  const bool identifies = left.identifies || right.identifies;
  if (family != family_of(right)) {
    const bool dates = is_date(left) && is_date(right);
    return dates ? std::optional(Kind{.type = Type::date, .identifies = identifies}) : std::nullopt;
  }
  if (family == Family::number) {
    const int scale = std::max(left.scale, right.scale);
    return Kind{.type = scale > 0 ? Type::decimal : Type::integer, .scale = scale, .identifies = identifies};
  }
  return Kind{.type = left.type,
              .closed = left.closed == right.closed ? left.closed : nullptr,
              .identifies = identifies,
              .may_be_date = left.may_be_date && right.may_be_date};
}

}  // namespace casemetry::language
