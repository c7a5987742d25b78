// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>
#include <numeric>

#include "rule_words.hpp"
#include "rules/grouped.hpp"

namespace casemetry {
namespace rule {
namespace {

Rational part(std::int64_t of, std::int64_t all) {
  const std::int64_t divisor = std::gcd(of, all);
  return {of / divisor, all / divisor};
}

// Each source by itself: the grouping under which a set is its own pattern.
Pattern identity(std::span<const std::string> sources) {
  Pattern pattern;
  for (const std::string& source : sources) ++pattern.members[source];
  return pattern;
}

void check(const Pattern& pattern) {
  for (const auto& [group, count] : pattern.members)
    if (count < 1)
      throw DataError("group '" + group + "' has " + std::to_string(count) +
                      " members in a pattern; expected 1 or more, and that groups without any are left out");
}

}  // namespace
}  // namespace rule

std::span<const std::string> rule_names() {
  static const auto names = [] {
    std::array<std::string, 7> rules;
    std::ranges::transform(rule_words(), rules.begin(), &RuleWord::rule);
    return rules;
  }();
  return names;
}

const std::string& rule_name(Rule rule) {
  return rule_names()[static_cast<std::size_t>(rule)];
}

Rule rule_named(std::string_view name) {
  const auto names = rule_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) throw QueryError(hinted("no rule '" + std::string(name) + "'", name, names));
  return static_cast<Rule>(found - names.begin());
}

const std::string& over_name(Over over) {
  return over_words()[static_cast<std::size_t>(over)];
}

Over over_named(std::string_view name) {
  if (name.empty()) return Over::leads;
  const auto found = std::ranges::find(over_words(), name);
  if (found == over_words().end())
    throw QueryError(hinted("a share is over all leads or those with a source, not over '" + std::string(name) + "'",
                            name, over_words()));
  return static_cast<Over>(found - over_words().begin());
}

Rational weight(Rule rule, const Pattern& pattern, std::string_view group) {
  rule::check(pattern);
  const std::int64_t m = pattern.of(group);
  if (m == 0) return {0, 1};
  const std::int64_t k = pattern.size();
  switch (rule) {
    case Rule::any:
      return {1, 1};
    case Rule::exclusive:
      return {m == k ? 1 : 0, 1};
    case Rule::owen:
      return {1, static_cast<std::int64_t>(pattern.members.size())};
    case Rule::first:
    case Rule::last:
    case Rule::linear:
    case Rule::shapley:
      break;
  }
  return rule::part(m, k);
}

Rational source_weight(Rule rule, std::span<const std::string> sources, const Grouping& grouping,
                       std::string_view source) {
  if (rule != Rule::owen) return weight(rule, rule::identity(sources), source);
  if (std::ranges::find(sources, source) == sources.end()) return {0, 1};
  const Pattern pattern = pattern_of(sources, grouping);
  const auto groups = static_cast<std::int64_t>(pattern.members.size());
  return {1, groups * pattern.of(rule::group_of(source, grouping))};
}

}  // namespace casemetry
