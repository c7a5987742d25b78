// SPDX-License-Identifier: Apache-2.0
#include "units/source_groups.hpp"

#include <algorithm>

namespace casemetry::counting {
namespace {

constexpr std::int32_t beginning = missing_day + 1;

void add(GroupSteps& steps, std::int32_t from, std::uint32_t group) {
  if (steps.empty() || steps.back().group != group) steps.push_back({from, group});
}

// The one group of all steps that have any.
std::uint32_t group_of_all(const GroupSteps& steps) {
  std::uint32_t only = no_group;
  for (const GroupStep& step : steps) {
    if (step.group == no_group) continue;
    if (only != no_group && step.group != only) return unknown_group;
    only = step.group;
  }
  return only;
}

}  // namespace

SourceGroups::SourceGroups(std::span<const GroupedSource> rows, const std::string& rest) {
  if (!rest.empty()) rest_ = code(rest);
  others_ = {{missing_day, rest_}};
  std::vector<GroupedSource> sorted(rows.begin(), rows.end());
  std::ranges::sort(sorted, [](const GroupedSource& a, const GroupedSource& b) {
    return a.source != b.source ? a.source < b.source : a.valid_from < b.valid_from;
  });
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end = std::find_if(begin, sorted.end(), [&](const auto& row) { return row.source != begin->source; });
    steps_.emplace(begin->source, steps_of({begin, end}));
    begin = end;
  }
}

SourceGroups::SourceGroups(std::span<const std::string> sources) : others_{{missing_day, no_group}} {
  for (const std::string& source : sources) steps_.emplace(source, GroupSteps{{missing_day, code(source)}});
}

std::uint32_t SourceGroups::code(const std::string& group) {
  const auto [known, is_new] = codes_.emplace(group, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(group);
  return known->second;
}

// The rows of one source, by their first days.
GroupSteps SourceGroups::steps_of(std::span<const GroupedSource> rows) {
  GroupSteps dated;
  std::int64_t next = beginning;  // the first day that no row so far is about
  for (const GroupedSource& row : rows) {
    const std::int32_t from = std::max(row.valid_from, beginning);
    if (from > next) add(dated, static_cast<std::int32_t>(next), rest_);
    add(dated, from, code(row.group));
    next = std::max(next, std::int64_t{row.valid_to == missing_day ? not_yet_day : row.valid_to} + 1);
  }
  if (next < not_yet_day) add(dated, static_cast<std::int32_t>(next), rest_);
  GroupSteps steps{{missing_day, group_of_all(dated)}};
  for (const GroupStep& step : dated) add(steps, step.from, step.group);
  return steps;
}

const GroupSteps& SourceGroups::steps(std::string_view source) const {
  const auto known = steps_.find(source);
  return known != steps_.end() ? known->second : others_;
}

std::vector<std::string> SourceGroups::sources() const {
  std::vector<std::string> sources;
  for (const auto& [source, steps] : steps_) sources.push_back(source);
  return sources;
}

}  // namespace casemetry::counting
