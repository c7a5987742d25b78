// SPDX-License-Identifier: Apache-2.0
#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>
#include <casemetry/statistics.hpp>
#include <cmath>

#include "rules/share.hpp"

namespace casemetry {
namespace rule {
namespace {

const PatternCounts* patterns_of(Rule rule, const LeadCounts& counts) {
  const auto held = [](const std::optional<PatternCounts>& patterns) { return patterns ? &*patterns : nullptr; };
  switch (rule) {
    case Rule::first:
      return held(counts.first);
    case Rule::last:
      return held(counts.last);
    case Rule::linear:
      return held(counts.log);
    case Rule::any:
    case Rule::exclusive:
    case Rule::shapley:
    case Rule::owen:
      break;
  }
  return &counts.sets;
}

std::string column_of(Rule rule) {
  return rule == Rule::linear ? "log = \"…\", a bag of its sources"
                              : rule_name(rule) + " = \"…\", the sources at that time";
}

// Of leads with a known pattern: all, and those without a source.
struct Known {
  std::int64_t leads = 0;
  std::int64_t unattributed = 0;
};

Known known_in(const PatternCounts& counts) {
  Known known;
  for (const auto& [pattern, leads] : counts.leads) {
    add_leads(known.leads, leads);
    if (pattern.members.empty()) known.unattributed = leads;
  }
  return known;
}

// Other patterns of the same leads: as many of them, and a lead without a source has none at any time.
void check_same_leads(Rule rule, const PatternCounts& read, const PatternCounts& sets) {
  const Known here = known_in(read);
  const Known there = known_in(sets);
  std::int64_t all_here = read.unknown, all_there = sets.unknown;
  add_leads(all_here, here.leads);
  add_leads(all_there, there.leads);
  if (all_here != all_there)
    throw DataError("the patterns that the rule " + rule_name(rule) + " reads count " + std::to_string(all_here) +
                    " leads and those of the sets " + std::to_string(all_there) + "; expected the same leads");
  if (here.unattributed < there.unattributed)
    throw DataError(std::to_string(there.unattributed) + " leads have no source, but only " +
                    std::to_string(here.unattributed) + " have none by the rule " + rule_name(rule) +
                    "; expected patterns of the same leads");
}

// Of leads that have a source.
void add(Tally& tally, const PatternCounts& counts, std::string_view group, Rule rule) {
  for (const auto& [pattern, leads] : counts.leads)
    if (!pattern.members.empty()) tally.add(weight(rule, pattern, group), leads);
}

std::optional<double> mean_of(const Tally& tally) {
  return tally.leads() > 0 ? std::optional(tally.mean()) : std::nullopt;
}

void put_interval(Contribution& result, const Tally& tally, double level) {
  const double n_eff = tally.effective_leads();
  const Interval interval =
      std::isinf(n_eff) ? Interval{*result.value, *result.value} : wilson_share(*result.value, n_eff, level);
  result.standard_error = std::sqrt(tally.variance_of_mean());
  result.low = interval.low;
  result.high = interval.high;
}

void put_missing_data_band(Contribution& result, double credit) {
  const double all = static_cast<double>(result.leads) + static_cast<double>(result.unknown);
  if (all == 0) return;
  result.least = credit / all;
  result.most = (credit + static_cast<double>(result.unknown)) / all;
}

}  // namespace

bool can_read(Rule rule, const LeadCounts& counts) {
  return patterns_of(rule, counts) != nullptr;
}

const PatternCounts& read_by(Rule rule, const LeadCounts& counts) {
  if (const PatternCounts* patterns = patterns_of(rule, counts)) return *patterns;
  throw QueryError("the rule " + rule_name(rule) + " needs more than the sets of sources: declare in the lead set " +
                   column_of(rule));
}

Weighed weighed(const LeadCounts& counts, std::string_view group, Rule rule, Over over) {
  const PatternCounts& read = read_by(rule, counts);
  if (&read != &counts.sets) check_same_leads(rule, read, counts.sets);
  const std::int64_t unattributed = known_in(counts.sets).unattributed;
  Weighed result{.unattributed = unattributed, .unknown = known_in(read).unattributed - unattributed};
  add_leads(result.unknown, read.unknown);
  add(result.asked, read, group, rule);
  add(result.exclusive, counts.sets, group, Rule::exclusive);
  add(result.any, counts.sets, group, Rule::any);
  if (over == Over::leads)
    for (Tally* tally : {&result.asked, &result.exclusive, &result.any}) tally->add({0, 1}, unattributed);
  return result;
}

Contribution contribution_of(const Weighed& weighed, Rule rule, double level) {
  Contribution result{.rule = rule,
                      .value = mean_of(weighed.asked),
                      .credit = weighed.asked.credit(),
                      .leads = weighed.asked.leads(),
                      .unattributed = weighed.unattributed,
                      .unknown = weighed.unknown,
                      .exclusive = mean_of(weighed.exclusive),
                      .any = mean_of(weighed.any)};
  if (result.value) put_interval(result, weighed.asked, level);
  put_missing_data_band(result, weighed.asked.sum());
  return result;
}

}  // namespace rule

Contribution contribution(const LeadCounts& counts, std::string_view group, Rule rule, Over over, double level) {
  return rule::contribution_of(rule::weighed(counts, group, rule, over), rule, level);
}

Contribution source_contribution(const std::map<std::vector<std::string>, std::int64_t>& leads_by_set,
                                 const Grouping& grouping, std::string_view source, Rule rule, Over over,
                                 double level) {
  const LeadCounts sets_alone;
  rule::read_by(rule, sets_alone);
  rule::Weighed weighed;
  for (const auto& [sources, leads] : leads_by_set) {
    if (sources.empty()) rule::add_leads(weighed.unattributed, leads);
    if (sources.empty() && over == Over::attributed) continue;
    weighed.asked.add(source_weight(rule, sources, grouping, source), leads);
    weighed.exclusive.add(source_weight(Rule::exclusive, sources, grouping, source), leads);
    weighed.any.add(source_weight(Rule::any, sources, grouping, source), leads);
  }
  return rule::contribution_of(weighed, rule, level);
}

}  // namespace casemetry
