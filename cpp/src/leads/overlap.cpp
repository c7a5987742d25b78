// SPDX-License-Identifier: Apache-2.0
#include <casemetry/leads.hpp>
#include <set>

#include "leads/asked.hpp"
#include "leads/patterns.hpp"

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

}  // namespace
}  // namespace lead

Overlap overlap(const Cube& cube, const OverlapQuery& question) {
  const LeadSet& leads = lead::lead_set_of(cube.catalogue(), question.lead);
  const lead::Counted counted{leads.id, lead::stage_of(leads, question.stage), std::string(identity_grouping)};
  lead::check_counted(cube, counted, "sources");
  const PatternCounts patterns = lead::patterns_in(cube, counted, "sources", std::nullopt);
  std::map<std::vector<std::string>, std::int64_t> leads_by_set;
  for (const auto& [pattern, count] : patterns.leads) leads_by_set[lead::sources_of(pattern)] += count;
  return overlap(leads_by_set, lead::declared_sources(cube), question.largest);
}

}  // namespace casemetry
