// SPDX-License-Identifier: Apache-2.0
#include <casemetry/rules.hpp>

#include <ranges>
#include "set_origin.hpp"

namespace casemetry {
namespace rule {
namespace {

std::string window_of(const SetOrigin& origin) {
  const Expression* condition = origin.call ? condition_of(*origin.call) : nullptr;
  return condition != nullptr ? condition->text() : "none";
}

std::string counted_in(const LeadSet& leads, const std::string& over) {
  const bool is_attributed = over_named(over) == Over::attributed;
  if (leads.value.empty()) return is_attributed ? "attributed leads" : "leads";
  return leads.value + (is_attributed ? " of attributed leads" : "");
}

constexpr std::size_t groups_told = 8;

// `origin: digital (2 sources), traditional (all others)`; those that a table tells, `origin: table sources`.
std::string groups_of(const Catalogue& catalogue, const std::string& name) {
  const Grouping* grouping = catalogue.grouping(name);
  if (grouping == nullptr) return name;
  if (!grouping->table.empty()) return name + ": table " + grouping->table;
  std::string text = name;
  const auto add = [&](const std::string& told) { text += (text == name ? ": " : ", ") + told; };
  for (const SourceGroup& group : grouping->groups | std::views::take(groups_told)) {
    const std::size_t n = group.sources.size();
    add(group.name + " (" + std::to_string(n) + (n == 1 ? " source)" : " sources)"));
  }
  if (grouping->groups.size() > groups_told) add("… (" + std::to_string(grouping->groups.size()) + " groups)");
  if (!grouping->rest.empty()) add(grouping->rest + " (all others)");
  return text;
}

}  // namespace
}  // namespace rule

std::string ContributionNames::text() const {
  return "rule " + rule + "; among " + among + "; stage " + stage + "; groups " + groups + "; counts " + counts +
         "; window " + window;
}

ContributionNames names_of(const Catalogue& catalogue, const Indicator& contribution) {
  const Basis basis = catalogue.basis(contribution);
  const LeadSet& leads = *basis.leads;
  const SetOrigin origin = set_origin(catalogue.definitions(), leads.unit, leads.set_column(basis.role));
  return {.rule = contribution.rule,
          .among = leads.among ? leads.among->text() : "all leads",
          .stage = basis.stage.empty() ? "none" : basis.stage,
          .groups = rule::groups_of(catalogue, contribution.groups),
          .counts = rule::counted_in(leads, contribution.over),
          .window = rule::window_of(origin)};
}

bool knows_unattributed(const Catalogue& catalogue, const LeadSet& leads) {
  const SetOrigin origin = set_origin(catalogue.definitions(), leads.unit, leads.sources);
  return !origin.call || catalogue.root(leads.unit) != catalogue.root(origin.unit);
}

}  // namespace casemetry
