// SPDX-License-Identifier: Apache-2.0
// What is asked of sets.
#include <casemetry/expression.hpp>

#include "expression/checker.hpp"
#include "expression/words.hpp"

namespace casemetry::language {

// The kind of the set that is asked.
std::optional<Kind> Checker::set(const Node& node) {
  const auto found = kind(node.children[0]);
  if (!found || family_of(*found) == Family::set) return found;
  const Side side = side_of(node.children[0], *found);
  fault(std::string(function_of(node.operation)->name) + " asks about a set, but " + is(side) +
            (family_of(*found) == Family::text ? "; of one value ask x == 'a', or x in ['a', 'b']" : ""),
        side.position);
  return std::nullopt;
}

void Checker::set_has(const Node& node) {
  const auto found = set(node);
  sought_text(node);
  const Expression& sought = node.children[1];
  if (found && sought.node().operation == Operation::literal)
    listed(side_of(sought, kind_of(sought.node().value)), *found);
}

void Checker::set_against_values(const Node& node) {
  const auto found = set(node);
  const std::vector<Literal>* values = values_of(node);
  if (!found || values == nullptr) return;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const Position position = i < node.value_positions.size() ? node.value_positions[i] : node.position;
    const Side one{spelled((*values)[i]), kind_of((*values)[i]), &(*values)[i], position};
    if (family_of(one.kind) != Family::text)
      fault("the members of a set are texts, but " + is(one) + "; write it in quotes", position);
    else
      listed(one, *found);
  }
}

}  // namespace casemetry::language
