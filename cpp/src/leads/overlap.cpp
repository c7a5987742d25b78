// SPDX-License-Identifier: Apache-2.0
#include <casemetry/leads.hpp>
#include <set>

#include "exact.hpp"
#include "leads/asked.hpp"
#include "query/lead_counts.hpp"

namespace casemetry {
namespace lead {
namespace {

std::vector<std::string> sources_of(const Pattern& pattern) {
  std::vector<std::string> sources;
  for (const auto& [source, count] : pattern.members) sources.push_back(source);
  return sources;
}

// Those that a grouping names: listed, or told by the rows of its table.
std::vector<std::string> declared_sources(const Cube& cube) {
  std::set<std::string> sources;
  for (const Grouping& grouping : cube.catalogue().definitions().groupings)
    for (const SourceGroup& group : grouping.groups) sources.insert(group.sources.begin(), group.sources.end());
  for (const auto& [grouping, rows] : cube.groupings())
    for (const GroupedSource& row : rows) sources.insert(row.source);
  return {sources.begin(), sources.end()};
}

// The leads by single sources.
Indicator by_source(const LeadSet& leads, const std::string& stage) {
  return {.kind = Indicator::Kind::contribution,
          .rule = rule_name(Rule::any),
          .groups = std::string(identity_grouping),
          .lead = leads.id,
          .stage = stage_of(leads, stage)};
}

ContributionNames names_without_rule(const Catalogue& catalogue, const Indicator& indicator) {
  ContributionNames names = names_of(catalogue, indicator);
  names.rule.clear();
  names.groups.clear();
  names.counts = "leads";
  return names;
}

}  // namespace
}  // namespace lead

Overlap overlap(const Cube& cube, const OverlapQuery& question) {
  const Catalogue& catalogue = cube.catalogue();
  const Indicator by_source = lead::by_source(lead::lead_set_of(catalogue, question.lead), question.stage);
  const PatternCounts counts = question::pattern_counts(cube, by_source, {}).front();
  std::map<std::vector<std::string>, std::int64_t> leads_by_set;
  for (const auto& [pattern, leads] : counts.leads) add_count(leads_by_set[lead::sources_of(pattern)], leads);
  Overlap result = overlap(leads_by_set, lead::declared_sources(cube), question.largest);
  result.unknown = counts.unknown;
  for (const auto& [pattern, leads] : counts.undecided) add_count(result.unknown, leads);
  result.names = lead::names_without_rule(catalogue, by_source);
  return result;
}

}  // namespace casemetry
