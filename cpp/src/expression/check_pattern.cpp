// SPDX-License-Identifier: Apache-2.0
// Patterns: of which set, under which grouping, as of which date, and where they may stand.
#include <casemetry/expression.hpp>

#include "expression/checker.hpp"
#include "expression/words.hpp"

namespace casemetry::language {

// A pattern is of an open category. Only by the identity grouping does it name the members of its set.
std::optional<Kind> Checker::pattern(const Node& node) {
  if (misplaced_pattern(node)) return std::nullopt;
  const auto found = set(node);
  if (node.children.size() > 1) date(node.children[1], function_of(node.operation)->name);
  if (unknown_grouping(node) || !found) return std::nullopt;
  return Kind{.type = Type::category, .identifies = found->identifies && node.name == identity_grouping};
}

bool Checker::misplaced_pattern(const Node& node) {
  if (around_ != nullptr) {
    fault("pattern inside a collapse call: make it a column of a unit of its own, and take that unit as the source",
          node.position);
    return true;
  }
  if (scope_.patterns) return false;
  fault("a pattern stands in a column of a unit: declare a unit with such a column, and ask about the column",
        node.position);
  return true;
}

bool Checker::unknown_grouping(const Node& node) {
  if (node.name == identity_grouping) return false;
  const auto grouping = scope_.groupings.find(node.name);
  if (grouping == scope_.groupings.end()) {
    std::vector<std::string> names{std::string(identity_grouping)};
    for (const auto& [name, changes] : scope_.groupings) names.push_back(name);
    fault(hinted("there is no grouping '@" + node.name + "'", node.name, names), node.position);
    return true;
  }
  if (!grouping->second || node.children.size() > 1) return false;
  fault("the groups of '@" + node.name + "' change over time: say by which date, pattern(set, @" +
            spelled_name(node.name) + " by date)",
        node.position);
  return true;
}

}  // namespace casemetry::language
