// SPDX-License-Identifier: Apache-2.0
#include "expression/side.hpp"

#include <cctype>

#include "expression/number.hpp"
#include "expression/words.hpp"

namespace casemetry::language {
namespace {

std::string shortened(std::string text) {
  constexpr std::size_t longest = 80;
  return text.size() > longest ? "the value" : text;
}

}  // namespace

Side side_of(const Expression& expression, const Kind& kind) {
  const auto& node = expression.node();
  const bool literal = node.operation == Operation::literal;
  return {shortened(expression.text()), kind, literal ? &node.value : nullptr, node.position};
}

std::string is(const Side& side) {
  return side.text + " is " + described(side.kind);
}

std::optional<Literal> unquoted(const Literal& literal) {
  const auto* text = std::get_if<std::string>(&literal);
  const bool digits = text != nullptr && !text->empty() &&
                      (std::isdigit(static_cast<unsigned char>(text->front())) != 0 || text->front() == '-');
  if (!digits) return std::nullopt;
  try {
    return read_number(*text, 0);
  } catch (const DefinitionError&) {
    return std::nullopt;
  }
}

std::string remedy(const Side& other, const Literal& literal) {
  const Family wanted = family_of(other.kind);
  if (wanted == Family::text && family_of(kind_of(literal)) == Family::number)
    return "; declare the column as a number, or write the number in quotes: '" + spelled(literal) + "'";
  if (wanted == Family::text && std::holds_alternative<Date>(literal))
    return "; declare the column as a date, or write the date in quotes: '" + spelled(literal) + "'";
  if (wanted == Family::set) return "; whether a member is in a set is asked by has(" + other.text + ", 'text')";
  if (wanted == Family::truth) return "; write true or false";
  const auto plain = unquoted(literal);
  if (plain && family_of(kind_of(*plain)) == wanted)
    return std::string("; write the ") + (wanted == Family::date ? "date" : "number") +
           " without quotes: " + spelled(*plain);
  return wanted == Family::date ? "; dates are written 2024-03-01" : "";
}

}  // namespace casemetry::language
