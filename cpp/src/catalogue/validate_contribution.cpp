// SPDX-License-Identifier: Apache-2.0
#include "catalogue/contribution.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "rule_words.hpp"

namespace casemetry::definition {
namespace {

// A contribution with all that its names are checked against.
struct ContributionSubject {
  const Definitions& definitions;
  const Indicator& indicator;
  const std::string& path;
  Faults& faults;

  void tell(const std::string& key, std::string message) const {
    faults.tell_first(path + "." + key, std::move(message));
  }
};

Words known_rules() {
  Words words;
  for (const RuleWord& word : rule_words()) words.push_back(word.rule);
  return words;
}

// Whether the rule is known.
bool validate_rule(const ContributionSubject& subject) {
  const std::string& rule = subject.indicator.rule;
  const Words known = known_rules();
  if (is_one_of(rule, known)) return true;
  subject.tell("rule", rule.empty() ? hinted("no rule: a contribution depends on it", "", known)
                                    : hinted("no rule '" + rule + "'", rule, known));
  return false;
}

Words known_groupings(const Definitions& definitions) {
  Words known = ids(definitions.groupings);
  known.emplace_back(identity_grouping);
  return known;
}

void validate_group(const ContributionSubject& subject) {
  const auto& [group, groups] = std::tie(subject.indicator.group, subject.indicator.groups);
  const Grouping* grouping = find(subject.definitions.groupings, groups);
  if (grouping == nullptr && groups != identity_grouping) {
    const Words known = known_groupings(subject.definitions);
    subject.tell("groups", groups.empty() ? hinted("no groups: a contribution depends on them", "", known)
                                          : hinted("no grouping '" + groups + "'", groups, known));
  }
  const Words known = grouping != nullptr ? group_names(*grouping) : Words{};
  if (group.empty()) {
    subject.tell("group", hinted("no group: whose contribution it is", "", known));
  } else if (!known.empty() && grouping->table.empty() && !is_one_of(group, known)) {
    subject.tell("group", hinted("'" + grouping->id + "' has no group '" + group + "'", group, known));
  }
}

// The lead set, if it can be told.
const LeadSet* validate_lead(const ContributionSubject& subject) {
  const std::vector<LeadSet>& sets = subject.definitions.leads;
  const std::string& lead = subject.indicator.lead;
  if (!lead.empty()) {
    const LeadSet* leads = find(sets, lead);
    if (leads == nullptr) subject.tell("lead", hinted("no lead set '" + lead + "'", lead, ids(sets)));
    return leads;
  }
  if (sets.size() == 1) return &sets.front();
  subject.tell("lead", sets.empty() ? "no lead set is declared: [lead.x] says what leads are"
                                    : hinted("several lead sets: say which leads are asked about", "", ids(sets)));
  return nullptr;
}

void validate_role(const ContributionSubject& subject, const LeadSet& leads) {
  const RuleWord rule{.rule = subject.indicator.rule, .role = role_of_rule(subject.indicator.rule)};
  if (leads.set_column(rule.role).empty()) subject.tell("rule", lacks_role(leads.id, rule));
}

void validate_stage(const ContributionSubject& subject, const LeadSet& leads) {
  const std::string& stage = subject.indicator.stage;
  Words known;
  for (const Stage& declared : leads.stages) known.push_back(declared.name);
  if (stage.empty() || is_one_of(stage, known)) return;
  subject.tell("stage", known.empty()
                            ? "lead set '" + leads.id + "' declares no stages"
                            : hinted("lead set '" + leads.id + "' has no stage '" + stage + "'", stage, known));
}

}  // namespace

void validate_contribution(const Definitions& definitions, const Indicator& indicator, const std::string& path,
                           Faults& faults) {
  const ContributionSubject subject{definitions, indicator, path, faults};
  const bool has_rule = validate_rule(subject);
  validate_group(subject);
  if (const LeadSet* leads = validate_lead(subject)) {
    if (has_rule) validate_role(subject, *leads);
    validate_stage(subject, *leads);
  }
  if (!indicator.over.empty() && !is_one_of(indicator.over, shares_over()))
    subject.tell("over", not_one_of(indicator.over, shares_over()));
}

void refuse_contribution_keys(const Indicator& indicator, const std::string& path, Faults& faults) {
  for (const auto& [key, text] : {std::pair<const char*, const std::string&>{"group", indicator.group},
                                  {"rule", indicator.rule},
                                  {"groups", indicator.groups},
                                  {"lead", indicator.lead},
                                  {"stage", indicator.stage},
                                  {"over", indicator.over}})
    if (!text.empty()) faults.tell_first(path + "." + key, "only a contribution has it: kind = \"contribution\"");
}

}  // namespace casemetry::definition
