// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reads.hpp"

namespace casemetry::definition {
namespace {

using Node = Expression::Node;

// The word of a collapse call, or none.
std::string collapse_word(Operation operation) {
  switch (operation) {
    case Operation::collapse_any:
      return "any";
    case Operation::collapse_all:
      return "all";
    case Operation::collapse_count:
      return "count";
    case Operation::collapse_min:
      return "min";
    case Operation::collapse_max:
      return "max";
    case Operation::collapse_sum:
      return "sum";
    case Operation::collapse_only:
      return "only";
    case Operation::collapse_set:
      return "set";
    case Operation::collapse_bag:
      return "bag";
    case Operation::collapse_earliest:
      return "earliest";
    case Operation::collapse_latest:
      return "latest";
    default:
      return {};
  }
}

class Reader {
 public:
  Reads read(const Expression& expression) && {
    visit(expression, false);
    return std::move(reads_);
  }

 private:
  void visit(const Expression& expression, bool collapsed) {
    const Node& node = expression.node();
    const std::string word = collapse_word(node.operation);
    if (!word.empty()) reads_.collapses.push_back({word, node.position});
    if (node.operation == Operation::column)
      (collapsed ? reads_.source : reads_.own).push_back({node.name, node.position});
    if (node.operation == Operation::found) reads_.lookups.push_back({node.name, node.position});
    if (node.operation == Operation::pattern) reads_.groupings.push_back({node.name, node.position});
    reads_.holidays |= node.operation == Operation::workdays || node.operation == Operation::add_workdays;
    for (const Expression& child : node.children) visit(child, collapsed || !word.empty());
  }

  Reads reads_;
};

}  // namespace

Reads reads_of(const Expression& expression) {
  return Reader().read(expression);
}

Names names_of(const std::vector<Mention>& mentions) {
  Names names;
  for (const Mention& mention : mentions) names.insert(mention.name);
  return names;
}

}  // namespace casemetry::definition
