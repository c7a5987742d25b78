// SPDX-License-Identifier: Apache-2.0
// One side of a comparison, as a message about it needs it.
#pragma once

#include <casemetry/expression.hpp>
#include <optional>
#include <string>

#include "expression/kind.hpp"

namespace casemetry::language {

using Position = std::optional<std::size_t>;

struct Side {
  std::string text;
  Kind kind;
  const Literal* literal;
  Position position;
};

Side side_of(const Expression& expression, const Kind& kind);

// `age is an integer`.
std::string is(const Side& side);

// The number or date that the text of a literal spells, if it spells one.
std::optional<Literal> unquoted(const Literal& literal);

// What to write instead of a literal that cannot be compared with `other`.
std::string remedy(const Side& other, const Literal& literal);

}  // namespace casemetry::language
