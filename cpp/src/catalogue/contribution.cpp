// SPDX-License-Identifier: Apache-2.0
#include "catalogue/contribution.hpp"

#include <algorithm>
#include <map>

#include "catalogue/resolve.hpp"
#include "rule_words.hpp"

namespace casemetry {
namespace definition {
namespace {

using GroupOf = std::map<std::string, std::string, std::less<>>;

// The listed sources and their groups.
GroupOf groups_of_sources(const Grouping& grouping) {
  GroupOf group_of;
  for (const SourceGroup& group : grouping.groups)
    for (const std::string& source : group.sources) group_of.emplace(source, group.name);
  return group_of;
}

/// Maps the groups of a finer grouping to those of a coarser one, as long as none is split.
class Coarsening {
 public:
  explicit Coarsening(const Grouping& coarse) : group_of_(groups_of_sources(coarse)), rest_(coarse.rest) {}

  void add(const std::string& group, const std::string& source) {
    const auto listed = group_of_.find(source);
    send(group, listed != group_of_.end() ? listed->second : rest_);
  }

  // All sources that the finer grouping does not list.
  void add_rest(const std::string& group, const GroupOf& finer) {
    send(group, rest_);
    for (const auto& [source, coarser] : group_of_)
      if (!finer.contains(source)) send(group, coarser);
  }

  std::optional<GroupOf> groups() && { return is_whole_ ? std::optional(std::move(groups_)) : std::nullopt; }

 private:
  void send(const std::string& group, const std::string& to) {
    const auto place = groups_.emplace(group, to).first;
    is_whole_ = is_whole_ && !to.empty() && place->second == to;
  }

  GroupOf group_of_;
  std::string rest_;
  GroupOf groups_;
  bool is_whole_ = true;
};

bool has_all(const Definitions& definitions, const std::vector<std::string>& aggregates) {
  return std::ranges::all_of(aggregates,
                             [&](const std::string& id) { return find(definitions.aggregates, id) != nullptr; });
}

// By whose patterns its leads are counted, or can be told: by its own, by a finer one, by single sources.
std::string counted_grouping(const Definitions& definitions, const Basis& basis, const std::string& groups) {
  const auto counts_by = [&](const std::string& id) { return has_all(definitions, counts_of(basis, id)); };
  if (counts_by(groups)) return groups;
  const Grouping* asked = find(definitions.groupings, groups);
  if (asked == nullptr || !asked->table.empty()) return {};
  for (const Grouping& finer : definitions.groupings)
    if (counts_by(finer.id) && coarsening(finer, *asked)) return finer.id;
  const std::string identity(identity_grouping);
  return counts_by(identity) ? identity : std::string();
}

}  // namespace

const std::string& role_of_rule(std::string_view rule) {
  return std::ranges::find(rule_words(), rule, &RuleWord::rule)->role;
}

Words group_names(const Grouping& grouping) {
  Words names;
  for (const SourceGroup& group : grouping.groups) names.push_back(group.name);
  if (!grouping.rest.empty() && !is_one_of(grouping.rest, names)) names.push_back(grouping.rest);
  return names;
}

Basis basis_of(const Definitions& definitions, const Indicator& contribution) {
  const std::vector<LeadSet>& sets = definitions.leads;
  Basis basis{.leads = contribution.lead.empty() ? &sets.front() : find(sets, contribution.lead),
              .stage = contribution.stage,
              .role = role_of_rule(contribution.rule)};
  if (basis.stage.empty() && !basis.leads->stages.empty()) basis.stage = basis.leads->stages.front().name;
  basis.grouping = counted_grouping(definitions, basis, contribution.groups);
  return basis;
}

std::vector<std::string> counts_of(const Basis& basis, const std::string& grouping) {
  std::vector<std::string> ids;
  for (const std::string& role : {std::string("sources"), basis.role}) {
    ids.push_back(pattern_count(basis.leads->id, basis.stage, role, grouping));
    if (!basis.leads->value.empty()) ids.push_back(pattern_value(basis.leads->id, basis.stage, role, grouping));
    if (basis.role == "sources") break;
  }
  return ids;
}

bool has_own_counts(const Definitions& definitions, const Indicator& indicator) {
  return indicator.kind != Indicator::Kind::contribution ||
         basis_of(definitions, indicator).grouping == indicator.groups;
}

std::vector<std::string> needed_counts(const Definitions& definitions, const Indicator& indicator) {
  if (indicator.kind != Indicator::Kind::contribution) return {};
  const Basis basis = basis_of(definitions, indicator);
  return counts_of(basis, basis.grouping.empty() ? indicator.groups : basis.grouping);
}

}  // namespace definition

const std::string& LeadSet::set_column(std::string_view role) const {
  if (role == "first") return first;
  if (role == "last") return last;
  if (role == "log") return log;
  return sources;
}

std::optional<std::map<std::string, std::string, std::less<>>> coarsening(const Grouping& fine,
                                                                          const Grouping& coarse) {
  if (!fine.table.empty() || !coarse.table.empty()) return std::nullopt;
  definition::Coarsening groups(coarse);
  for (const SourceGroup& group : fine.groups)
    for (const std::string& source : group.sources) groups.add(group.name, source);
  if (!fine.rest.empty()) groups.add_rest(fine.rest, definition::groups_of_sources(fine));
  return std::move(groups).groups();
}

}  // namespace casemetry
