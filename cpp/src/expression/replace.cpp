// SPDX-License-Identifier: Apache-2.0
// The collapse calls and patterns of a tree, and trees with parts replaced.
#include <algorithm>
#include <casemetry/expression.hpp>
#include <utility>

#include "expression/words.hpp"

namespace casemetry {
namespace language {
namespace {

// The outermost parts that are wanted, each different one once.
void gather_calls(const Expression& expression, bool (*is_wanted)(Operation), std::vector<Expression>& calls) {
  if (!is_wanted(expression.node().operation)) {
    for (const Expression& child : expression.node().children) gather_calls(child, is_wanted, calls);
    return;
  }
  const auto same = [&](const Expression& call) { return call.same_as(expression); };
  if (std::ranges::none_of(calls, same)) calls.push_back(expression);
}

}  // namespace
}  // namespace language

std::vector<Expression> collapse_calls(const Expression& expression) {
  std::vector<Expression> calls;
  language::gather_calls(expression, language::collapses, calls);
  return calls;
}

std::vector<Expression> patterns(const Expression& expression) {
  std::vector<Expression> calls;
  language::gather_calls(expression, [](Operation operation) { return operation == Operation::pattern; }, calls);
  return calls;
}

const Expression* condition_of(const Expression& collapse_call) {
  const auto& parts = collapse_call.node().children;
  const std::size_t before = language::is_timed(collapse_call.node().operation) ? 2 : 1;
  return parts.size() > before ? &parts[before] : nullptr;
}

Expression replaced(const Expression& expression,
                    const std::function<std::optional<Expression>(const Expression&)>& replacement) {
  if (auto instead = replacement(expression)) return *std::move(instead);
  std::vector<Expression> children;
  bool changed = false;
  for (const Expression& child : expression.node().children) {
    children.push_back(replaced(child, replacement));
    changed |= &children.back().node() != &child.node();
  }
  if (!changed) return expression;
  Expression::Node node = expression.node();
  node.children = std::move(children);
  return Expression(std::move(node));
}

}  // namespace casemetry
