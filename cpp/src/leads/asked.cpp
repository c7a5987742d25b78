// SPDX-License-Identifier: Apache-2.0
#include "leads/asked.hpp"

#include <algorithm>
#include <utility>

#include "rule_words.hpp"

namespace casemetry::lead {
namespace {

template <typename Item>
std::vector<std::string> names(const std::vector<Item>& items, std::string Item::* name) {
  std::vector<std::string> all;
  for (const Item& item : items) all.push_back(item.*name);
  return all;
}

template <typename Item>
const Item& named(const std::vector<Item>& items, std::string Item::* id, const std::string& name,
                  const std::string& what) {
  const auto found = std::ranges::find(items, name, id);
  if (found == items.end()) throw QueryError(hinted("no " + what + " '" + name + "'", name, names(items, id)));
  return *found;
}

// A grouping of its own beside those that the cube counts by.
std::string free_id(const Catalogue& catalogue) {
  return free_name("groups", [&](const std::string& id) {
    return catalogue.grouping(id) != nullptr || catalogue.definitions().lists.contains(id);
  });
}

Asked knowing(const Cube& cube, const Groups& groups) {
  if (const auto* given = std::get_if<Grouping>(&groups)) {
    Grouping grouping = *given;
    grouping.id = free_id(cube.catalogue());
    return {.cube = cube.with(grouping), .lead = {}, .groups = grouping.id};
  }
  const std::string& name = std::get<std::string>(groups);
  if (name.empty())
    throw QueryError(hinted("a contribution needs its groups, for it depends on them", "",
                            names(cube.catalogue().definitions().groupings, &Grouping::id)));
  if (name != identity_grouping) grouping_of(cube.catalogue(), name);
  return {.cube = cube, .lead = {}, .groups = name};
}

// Those that are listed, or that the rows of its table told the cube; nothing if the cube does not know.
std::optional<std::vector<std::string>> groups_in(const Cube& cube, const Grouping& grouping) {
  std::vector<std::string> known = names(grouping.groups, &SourceGroup::name);
  if (!grouping.rest.empty()) known.push_back(grouping.rest);
  if (grouping.table.empty()) return known;
  const auto told = cube.groupings().find(grouping.id);
  if (told == cube.groupings().end()) return std::nullopt;
  for (const GroupedSource& row : told->second)
    if (std::ranges::find(known, row.group) == known.end()) known.push_back(row.group);
  return known;
}

void check_group(const Cube& cube, const Grouping& grouping, const std::string& group) {
  const auto known = groups_in(cube, grouping);
  if (known && std::ranges::find(*known, group) == known->end())
    throw QueryError(hinted("no group '" + group + "' in '" + grouping.id + "'", group, *known));
}

void check_rule(const LeadSet& leads, Rule rule) {
  const RuleWord& word = rule_words()[static_cast<std::size_t>(rule)];
  if (leads.set_column(word.role).empty()) throw QueryError(lacks_role(leads.id, word));
}

}  // namespace

std::string free_name(std::string name, const std::function<bool(const std::string&)>& is_taken) {
  while (is_taken(name)) name += "_";
  return name;
}

const LeadSet& lead_set_of(const Catalogue& catalogue, const std::string& name) {
  const std::vector<LeadSet>& leads = catalogue.definitions().leads;
  if (!name.empty()) return named(leads, &LeadSet::id, name, "lead set");
  if (leads.empty()) throw QueryError("the catalogue declares no lead set: [lead.x] says what leads are");
  if (leads.size() > 1)
    throw QueryError(hinted("several lead sets: say which leads are asked about", "", names(leads, &LeadSet::id)));
  return leads.front();
}

std::string stage_of(const LeadSet& leads, const std::string& name) {
  if (name.empty()) return leads.stages.empty() ? "" : leads.stages.front().name;
  return named(leads.stages, &Stage::name, name, "stage").name;
}

const Grouping& grouping_of(const Catalogue& catalogue, const std::string& name) {
  return named(catalogue.definitions().groupings, &Grouping::id, name, "grouping");
}

Asked asked(const Cube& cube, const std::string& of, std::span<const Rule> rules, const Groups& groups,
            const std::string& lead) {
  if (rules.empty()) throw QueryError(hinted("a contribution needs its rule, for it depends on it", "", rule_names()));
  for (const Rule rule : rules)
    if (std::ranges::count(rules, rule) > 1) throw QueryError("rule '" + rule_name(rule) + "' is asked twice");
  const LeadSet& leads = lead_set_of(cube.catalogue(), lead);
  Asked asked = knowing(cube, groups);
  if (asked.groups != identity_grouping) check_group(cube, grouping_of(asked.catalogue(), asked.groups), of);
  for (const Rule rule : rules) check_rule(leads, rule);
  asked.lead = leads.id;
  return asked;
}

Indicator contribution_indicator(const Asked& asked, const std::string& of, Rule rule, const std::string& stage,
                                 Over over) {
  return {.kind = Indicator::Kind::contribution,
          .group = of,
          .rule = rule_name(rule),
          .groups = asked.groups,
          .lead = asked.lead,
          .stage = stage,
          .over = over_name(over)};
}

}  // namespace casemetry::lead
