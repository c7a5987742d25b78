// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/leads.hpp>
#include <charconv>
#include <numeric>

#include "leads/grouped.hpp"

namespace casemetry {
namespace lead {
namespace {

constexpr std::string_view no_sources = "[]";
constexpr std::string_view separator = ", ";

[[noreturn]] void refuse(std::string_view text) {
  throw DataError("'" + std::string(text) +
                  "' is no pattern: expected groups with their members, as 'digital 2, traditional 1', or '[]'");
}

// `digital 2`
void add_part(Pattern& pattern, std::string_view part, std::string_view text) {
  const std::size_t space = part.rfind(' ');
  if (space == std::string_view::npos || space == 0) refuse(text);
  const std::string_view digits = part.substr(space + 1);
  std::int64_t count = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc{} || stop != digits.data() + digits.size() || count < 1) refuse(text);
  if (!pattern.members.emplace(part.substr(0, space), count).second) refuse(text);
}

std::vector<std::string> grouped_sources(const Grouping& grouping) {
  std::vector<std::string> sources;
  for (const SourceGroup& group : grouping.groups)
    sources.insert(sources.end(), group.sources.begin(), group.sources.end());
  return sources;
}

}  // namespace

const std::string& group_of(std::string_view source, const Grouping& grouping) {
  if (!grouping.table.empty())
    throw QueryError("grouping '" + grouping.id + "' is told by the rows of table '" + grouping.table +
                     "': a source has its group there by date; name a grouping that lists its sources");
  for (const SourceGroup& group : grouping.groups)
    if (std::ranges::find(group.sources, source) != group.sources.end()) return group.name;
  if (grouping.rest.empty())
    throw DataError("source '" + std::string(source) + "' is in no group of '" + grouping.id + "'; " +
                    suggestion(source, grouped_sources(grouping)) +
                    " Put it into a group, or say where the others go: rest = \"…\"");
  return grouping.rest;
}

}  // namespace lead

std::int64_t Pattern::size() const {
  return std::accumulate(members.begin(), members.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& member) { return sum + member.second; });
}

std::int64_t Pattern::of(std::string_view group) const {
  const auto found = members.find(group);
  return found == members.end() ? 0 : found->second;
}

std::string Pattern::text() const {
  if (members.empty()) return std::string(lead::no_sources);
  std::string text;
  for (const auto& [group, count] : members) {
    if (!text.empty()) text += lead::separator;
    text += group + " " + std::to_string(count);
  }
  return text;
}

Pattern Pattern::parse(std::string_view text) {
  Pattern pattern;
  if (text == lead::no_sources) return pattern;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find(lead::separator);
    lead::add_part(pattern, rest.substr(0, end), text);
    if (end == std::string_view::npos) return pattern;
    rest.remove_prefix(end + lead::separator.size());
  }
}

Pattern pattern_of(std::span<const std::string> sources, const Grouping& grouping) {
  Pattern pattern;
  for (const std::string& source : sources) ++pattern.members[lead::group_of(source, grouping)];
  return pattern;
}

}  // namespace casemetry
