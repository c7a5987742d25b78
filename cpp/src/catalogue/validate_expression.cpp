// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reads.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

bool all_known(const std::vector<Mention>& mentions, const Shape& shape) {
  return std::ranges::all_of(mentions, [&](const Mention& mention) {
    return shape.column(mention.name) != nullptr || !shape.has(mention.name);
  });
}

void validate_names(const std::vector<Mention>& mentions, const Shape& shape, const std::string& path, Faults& faults) {
  for (const Mention& mention : mentions)
    if (!shape.has(mention.name))
      faults.tell(path, hinted("there is no column '" + mention.name + "'", mention.name, shape.names),
                  mention.position);
}

void validate_lookups(const std::vector<Mention>& mentions, const Words& known, const std::string& path,
                      Faults& faults) {
  for (const Mention& mention : mentions)
    if (!is_one_of(mention.name, known))
      faults.tell(path, hinted("there is no lookup '" + mention.name + "'", mention.name, known), mention.position);
}

void validate_lists(const Definitions& definitions, const Expression& expression, const std::string& path,
                    Faults& faults) {
  Words known;
  for (const auto& [name, values] : definitions.lists) known.push_back(name);
  for (const std::string& name : expression.lists())
    if (!is_one_of(name, known)) faults.tell(path, hinted("there is no list '@" + name + "'", name, known));
}

void validate_groupings(const Scope& scope, const std::vector<Mention>& mentions, const std::string& path,
                        Faults& faults) {
  Words known{std::string(identity_grouping)};
  for (const auto& [name, changes] : scope.groupings) known.push_back(name);
  for (const Mention& mention : mentions)
    if (!is_one_of(mention.name, known))
      faults.tell(path, hinted("there is no grouping '@" + mention.name + "'", mention.name, known), mention.position);
}

}  // namespace

void validate_expression(const UnitScope& scope, const Expression& expression, bool predicate, const std::string& path,
                         Faults& faults) {
  const Reads reads = reads_of(expression);
  const bool known =
      all_known(reads.own, scope.own()) && (scope.source() == nullptr || all_known(reads.source, *scope.source()));
  if (known) return check(expression, scope.scope(), predicate, path, faults.list());
  validate_names(reads.own, scope.own(), path, faults);
  if (scope.source() != nullptr) validate_names(reads.source, *scope.source(), path, faults);
  validate_lookups(reads.lookups, scope.scope().lookups, path, faults);
  validate_lists(scope.definitions(), expression, path, faults);
  validate_groupings(scope.scope(), reads.groupings, path, faults);
}

}  // namespace casemetry::definition
