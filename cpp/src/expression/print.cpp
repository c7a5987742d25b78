// SPDX-License-Identifier: Apache-2.0
#include <casemetry/expression.hpp>

#include "expression/words.hpp"

namespace casemetry {
namespace language {
namespace {

using Node = Expression::Node;

// How tightly a node holds its parts together; a part that holds less tightly than its place asks for is put in
// parentheses.
enum Binding { binds_or, binds_and, binds_not, binds_comparison, binds_primary };

Binding binding_of(Operation operation) {
  if (operation == Operation::logical_or) return binds_or;
  if (operation == Operation::logical_and) return binds_and;
  if (operation == Operation::logical_not) return binds_not;
  return symbol_of(operation).empty() ? binds_primary : binds_comparison;
}

void print(const Expression& expression, Binding place, std::string& out);

void print_all(const std::vector<Expression>& children, Binding place, std::string_view between, std::string& out) {
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (i > 0) out += between;
    print(children[i], place, out);
  }
}

// `@name`, or the values in brackets.
void print_values(const Node& node, std::string& out) {
  if (!node.name.empty()) {
    out += "@" + spelled_name(node.name);
    return;
  }
  out += '[';
  for (std::size_t i = 0; i < node.values.size(); ++i) out += (i > 0 ? ", " : "") + spelled(node.values[i]);
  out += ']';
}

void print_member(const Node& node, std::string& out) {
  print(node.children[0], binds_primary, out);
  out += " " + std::string(symbol_of(node.operation)) + " ";
  print_values(node, out);
}

// `earliest(x by t where p)`, `min(x where p)`
void print_collapse(const Node& node, std::string& out) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += is_timed(node.operation) && i == 1 ? " by " : " where ";
    print(node.children[i], binds_or, out);
  }
}

// `pattern(x, @origin by d)`
void print_pattern(const Node& node, std::string& out) {
  print(node.children[0], binds_or, out);
  out += ", @" + spelled_name(node.name);
  if (node.children.size() == 1) return;
  out += " by ";
  print(node.children[1], binds_or, out);
}

void print_call(const Node& node, std::string_view function, std::string& out) {
  out += std::string(function) + '(';
  if (node.operation == Operation::found) out += spelled_name(node.name);
  if (collapses(node.operation))
    print_collapse(node, out);
  else if (node.operation == Operation::pattern)
    print_pattern(node, out);
  else
    print_all(node.children, binds_or, ", ", out);
  if (has_values(node.operation)) {
    out += ", ";
    print_values(node, out);
  }
  out += ')';
}

void print_node(const Node& node, std::string& out) {
  switch (node.operation) {
    case Operation::literal:
      out += spelled(node.value);
      break;
    case Operation::column:
      out += spelled_name(node.name);
      break;
    case Operation::in:
    case Operation::not_in:
      print_member(node, out);
      break;
    case Operation::logical_not:
      out += "not ";
      print(node.children[0], binds_not, out);
      break;
    case Operation::logical_and:
      print_all(node.children, binds_not, " and ", out);
      break;
    case Operation::logical_or:
      print_all(node.children, binds_and, " or ", out);
      break;
    default:
      if (const Function* function = function_of(node.operation)) {
        print_call(node, function->name, out);
      } else {
        print_all(node.children, binds_primary, " " + std::string(symbol_of(node.operation)) + " ", out);
      }
  }
}

void print(const Expression& expression, Binding place, std::string& out) {
  const Node& node = expression.node();
  const bool loose = binding_of(node.operation) < place;
  if (loose) out += '(';
  print_node(node, out);
  if (loose) out += ')';
}

}  // namespace
}  // namespace language

std::string Expression::text() const {
  std::string out;
  language::print(*this, language::binds_or, out);
  return out;
}

}  // namespace casemetry
