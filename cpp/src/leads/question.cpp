// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/leads.hpp>
#include <utility>

namespace casemetry {
namespace lead {
namespace {

template <typename Item>
std::vector<std::string> names(const std::vector<Item>& items, std::string Item::* name) {
  std::vector<std::string> all;
  for (const Item& item : items) all.push_back(item.*name);
  return all;
}

// `no stage 'file'; did you mean 'filed'?`
[[noreturn]] void refuse(const std::string& what, const std::string& name, const std::vector<std::string>& known) {
  const std::string hint = suggestion(name, known);
  throw QueryError(what + (hint.empty() ? "" : "; " + hint));
}

template <typename Item>
const Item& named(const std::vector<Item>& items, std::string Item::* id, const std::string& name,
                  const std::string& what) {
  const auto found = std::ranges::find(items, name, id);
  if (found == items.end()) refuse("no " + what + " '" + name + "'", name, names(items, id));
  return *found;
}

const LeadSet& lead_set_of(const Definitions& definitions, const std::string& name) {
  if (!name.empty()) return named(definitions.leads, &LeadSet::id, name, "lead set");
  if (definitions.leads.empty()) throw QueryError("the catalogue declares no lead set: [lead.x] says what leads are");
  if (definitions.leads.size() > 1)
    refuse("several lead sets: say which leads are asked about", "", names(definitions.leads, &LeadSet::id));
  return definitions.leads.front();
}

const Grouping& grouping_of(const Definitions& definitions, const std::string& name) {
  if (name.empty())
    refuse("a contribution needs its groups, for it depends on them", "", names(definitions.groupings, &Grouping::id));
  return named(definitions.groupings, &Grouping::id, name, "grouping");
}

void check_group(const Grouping& grouping, const std::string& group) {
  if (!grouping.table.empty()) return;
  std::vector<std::string> known = names(grouping.groups, &SourceGroup::name);
  if (!grouping.rest.empty()) known.push_back(grouping.rest);
  if (std::ranges::find(known, group) == known.end())
    refuse("no group '" + group + "' in '" + grouping.id + "'", group, known);
}

std::string stage_of(const LeadSet& leads, const std::string& name) {
  if (name.empty()) return leads.stages.empty() ? "" : leads.stages.front().name;
  return named(leads.stages, &Stage::name, name, "stage").name;
}

// The column that the rule reads, by its key in the lead set.
std::pair<std::string, const std::string&> column_of(const LeadSet& leads, Rule rule) {
  switch (rule) {
    case Rule::first:
      return {"first", leads.first};
    case Rule::last:
      return {"last", leads.last};
    case Rule::linear:
      return {"log", leads.log};
    case Rule::any:
    case Rule::exclusive:
    case Rule::shapley:
    case Rule::owen:
      break;
  }
  return {"sources", leads.sources};
}

void check_column(const LeadSet& leads, Rule rule) {
  const auto [key, column] = column_of(leads, rule);
  if (column.empty())
    throw QueryError("lead set '" + leads.id + "' has no sources that the rule " + rule_name(rule) +
                     " could read: declare " + key + " = \"…\" in it");
}

}  // namespace
}  // namespace lead

ContributionQuery resolved(const Catalogue& catalogue, ContributionQuery question) {
  const Definitions& definitions = catalogue.definitions();
  if (!question.rule)
    throw QueryError("a contribution needs its rule, for it depends on it; " + suggestion("", rule_names()));
  const Grouping& grouping = lead::grouping_of(definitions, question.groups);
  lead::check_group(grouping, question.of);
  const LeadSet& leads = lead::lead_set_of(definitions, question.lead);
  lead::check_column(leads, *question.rule);
  question.lead = leads.id;
  question.stage = lead::stage_of(leads, question.stage);
  return question;
}

std::string names_of(const Catalogue& catalogue, const ContributionQuery& resolved) {
  const LeadSet& leads = lead::lead_set_of(catalogue.definitions(), resolved.lead);
  return "rule " + rule_name(resolved.rule.value()) + "; among " + (leads.among ? leads.among->text() : "all leads") +
         "; stage " + (resolved.stage.empty() ? "none" : resolved.stage) + "; groups " + resolved.groups + "; counts " +
         (leads.value.empty() ? "leads" : leads.value) + "; window as column " +
         lead::column_of(leads, *resolved.rule).second + " says";
}

}  // namespace casemetry
