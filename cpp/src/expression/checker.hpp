// SPDX-License-Identifier: Apache-2.0
// Walks a tree in a scope, finds what each part holds, and tells every fault.
#pragma once

#include <casemetry/expression.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/kind.hpp"
#include "expression/side.hpp"

namespace casemetry::language {

class Checker {
 public:
  Checker(const Scope& scope, std::string path, std::vector<Fault>& faults)
      : scope_(scope), path_(std::move(path)), faults_(faults) {}
  // Of what stands inside a collapse call.
  Checker(const Checker& outside, const Scope& source)
      : scope_(source), around_(&outside.scope_), path_(outside.path_), faults_(outside.faults_) {}

  // Nothing if a fault of the expression leaves its kind open.
  std::optional<Kind> kind(const Expression& expression);
  void predicate(const Expression& expression);

 private:
  using Node = Expression::Node;

  std::optional<Kind> column(const Node& node);
  std::string nearest_column(const std::string& name) const;
  std::optional<Kind> collapsed(const Expression& call);
  std::optional<Kind> inside(const Expression& call);
  std::optional<Kind> value_of_rows(Operation operation, const Expression& argument);
  std::optional<Kind> set_of_rows(const Expression& call);
  void time(const Expression& expression, std::string_view function);
  void lookup(const Node& node);
  void holidays(const Node& node);
  void compare(const Node& node, bool ordered);
  void compare(const Side& left, const Side& right, bool ordered, Position position);
  std::optional<Kind> meet(const Side& left, const Side& right, Position position);
  void disordered(const Side& left, const Side& right, Position position);
  void listed(const Side& side, const Kind& other);
  void member(const Node& node);
  const std::vector<Literal>* values_of(const Node& node);
  void text_test(const Node& node);
  void sought_text(const Node& node);
  std::optional<Kind> set(const Node& node);
  void set_has(const Node& node);
  void set_against_values(const Node& node);
  std::optional<Kind> pattern(const Node& node);
  bool misplaced_pattern(const Node& node);
  bool unknown_grouping(const Node& node);
  void date(const Expression& expression, std::string_view function);
  void integer(const Expression& expression, std::string_view function);
  std::optional<Kind> common(const Node& node);
  void fault(std::string message, Position position) { faults_.push_back({path_, std::move(message), position}); }

  const Scope& scope_;
  const Scope* around_ = nullptr;  // inside a collapse call: the scope of the unit
  std::string path_;
  std::vector<Fault>& faults_;
};

}  // namespace casemetry::language
