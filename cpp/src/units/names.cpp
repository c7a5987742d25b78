// SPDX-License-Identifier: Apache-2.0
#include "units/names.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace casemetry::counting {
namespace {

bool is_collapse(Operation operation) {
  return operation >= Operation::collapse_any && operation <= Operation::collapse_latest;
}

}  // namespace

std::vector<std::string> own_columns(const Expression& expression) {
  const auto without_calls = [](const Expression& part) {
    return is_collapse(part.node().operation) ? std::optional(lit(true)) : std::nullopt;
  };
  return replaced(expression, without_calls).columns();
}

std::vector<std::string> source_columns(const Expression& expression) {
  std::set<std::string> names;
  for (const Expression& call : collapse_calls(expression))
    for (std::string& name : call.columns()) names.insert(std::move(name));
  return {names.begin(), names.end()};
}

bool needs_holidays(const Expression& expression) {
  const Expression::Node& node = expression.node();
  if (node.operation == Operation::workdays || node.operation == Operation::add_workdays) return true;
  return std::ranges::any_of(node.children, needs_holidays);
}

std::string call_name(const Expression& call) {
  return '\x1f' + call.text();
}

std::string found_name(const std::string& lookup) {
  return "\x1f"
         "found(" +
         lookup + ")";
}

Expression over_columns(const Expression& expression) {
  return replaced(expression, [](const Expression& part) -> std::optional<Expression> {
    const Expression::Node& node = part.node();
    if (is_collapse(node.operation) || node.operation == Operation::pattern) return col(call_name(part));
    if (node.operation == Operation::found) return col(found_name(node.name));
    return std::nullopt;
  });
}

}  // namespace casemetry::counting
