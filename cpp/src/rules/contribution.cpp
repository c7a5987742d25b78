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

// Leads by pattern: all, and those without a source.
struct Known {
  std::int64_t leads = 0;
  std::int64_t unattributed = 0;
};

Known known_in(const std::map<Pattern, std::int64_t>& patterns) {
  Known known;
  for (const auto& [pattern, leads] : patterns) {
    add_leads(known.leads, leads);
    if (pattern.members.empty()) known.unattributed = leads;
  }
  return known;
}

std::int64_t all_in(const PatternCounts& counts) {
  std::int64_t all = counts.unknown;
  add_leads(all, known_in(counts.leads).leads);
  add_leads(all, known_in(counts.undecided).leads);
  return all;
}

// Other patterns of the same leads: as many of them, and a lead without a source has none at any time.
void check_same_leads(Rule rule, const PatternCounts& read, const PatternCounts& sets) {
  if (all_in(read) != all_in(sets))
    throw DataError("the patterns that the rule " + rule_name(rule) + " reads count " + std::to_string(all_in(read)) +
                    " leads and those of the sets " + std::to_string(all_in(sets)) + "; expected the same leads");
  const std::int64_t here = known_in(read.leads).unattributed;
  const std::int64_t there = known_in(sets.leads).unattributed;
  if (here < there)
    throw DataError(std::to_string(there) + " leads have no source, but only " + std::to_string(here) +
                    " have none by the rule " + rule_name(rule) + "; expected patterns of the same leads");
}

// What the leads of a pattern weigh, as far as it is known.
Bulk bulk_of(const PatternCounts& counts, const Pattern& pattern, std::int64_t leads) {
  if (!counts.values) return Bulk::of(leads);
  const auto found = counts.values->leads.find(pattern);
  if (found == counts.values->leads.end()) return {};
  const Worth& worth = found->second;
  if (worth.leads > leads)
    throw DataError("of " + std::to_string(leads) + " leads the weight of " + std::to_string(worth.leads) +
                    " is given; expected not more than there are");
  return {worth.leads, as_int128(worth.sum), as_int128(worth.sum_of_squares)};
}

/// Weighs leads under one rule, and sets aside those that cannot be.
class Weighing {
 public:
  Weighing(const PatternCounts& read, const PatternCounts& sets, std::string_view group, Over over)
      : read_(read), sets_(sets), group_(group), with_unattributed_(over == Over::leads) {}

  Weighed weighed(Rule rule) && {
    const std::int64_t none = known_in(sets_.leads).unattributed;
    result_.all = known_in(sets_.leads).leads;
    result_.unattributed = none;
    missing_ = add(result_.asked, read_, rule);
    add(result_.exclusive, sets_, Rule::exclusive);
    add(result_.any, sets_, Rule::any);
    timeless_ = known_in(read_.leads).unattributed - none;
    set_aside(rule);
    return std::move(result_);
  }

 private:
  // Gives how many leads weigh what is not known.
  std::int64_t add(Tally& tally, const PatternCounts& counts, Rule rule) const {
    std::int64_t missing = 0;
    const auto add_all = [&](const PatternCounts& of, const Pattern& pattern, std::int64_t leads) {
      const Bulk bulk = bulk_of(of, pattern, leads);
      tally.add(weight(rule, pattern, group_), bulk);
      missing += leads - bulk.leads;
    };
    for (const auto& [pattern, leads] : counts.leads)
      if (!pattern.members.empty()) add_all(counts, pattern, leads);
    if (with_unattributed_) add_all(sets_, {}, known_in(sets_.leads).unattributed);
    return missing;
  }

  void set_aside(Rule rule) {
    std::int64_t open = read_.unknown;
    add_leads(open, timeless_);
    add_leads(open, known_in(read_.undecided).unattributed - known_in(sets_.undecided).unattributed);
    result_.unknown = open;
    add_leads(result_.unknown, missing_);
    for (const auto& [pattern, leads] : read_.undecided)
      if (!pattern.members.empty()) put_aside(weight(rule, pattern, group_), leads);
    if (with_unattributed_) put_aside({0, 1}, known_in(sets_.undecided).unattributed);
    set_open(open);
  }

  void put_aside(const Rational& weight, std::int64_t leads) {
    if (leads == 0) return;
    result_.undecided[weight] += leads;
    add_leads(result_.unknown, leads);
  }

  void set_open(std::int64_t open) {
    if (!read_.values) {
      result_.open = Bulk::of(open);
      return;
    }
    const Worth& worth = read_.values->unknown;
    result_.weighs_unknown = result_.unknown == read_.unknown && worth.leads == read_.unknown;
    result_.open = {worth.leads, as_int128(worth.sum), as_int128(worth.sum_of_squares)};
  }

  const PatternCounts& read_;
  const PatternCounts& sets_;
  std::string_view group_;
  bool with_unattributed_;
  std::int64_t missing_ = 0;   // leads that weigh what is not known
  std::int64_t timeless_ = 0;  // with sources, of which no time is known
  Weighed result_;
};

std::optional<double> mean_of(const Tally& tally) {
  return tally.is_empty() ? std::nullopt : std::optional(tally.mean());
}

void put_interval(Contribution& result, const Tally& tally, double level) {
  const Interval interval = wilson_share(*result.value, tally.effective_leads(), level);
  result.standard_error = std::sqrt(tally.variance_of_mean());
  result.low = interval.low;
  result.high = interval.high;
}

// Credit of a weight.
struct Share {
  double credit, all;
  double value() const { return credit / all; }
  void add(double weight, std::int64_t leads) {
    credit += weight * static_cast<double>(leads);
    all += static_cast<double>(leads);
  }
};

// An undecided lead is in if that makes the share less, or more: those of least, or most, credit first.
void put_missing_data_band(Contribution& result, const Weighed& weighed) {
  if (!weighed.weighs_unknown) return;
  const double credit = weighed.asked.sum();
  const auto open = static_cast<double>(weighed.open.sum);
  Share least{credit, static_cast<double>(weighed.asked.weight()) + open};
  Share most{credit + open, least.all};
  for (const auto& [weight, leads] : weighed.undecided)
    if (least.all == 0 || value_of(weight) < least.value()) least.add(value_of(weight), leads);
  for (auto entry = weighed.undecided.rbegin(); entry != weighed.undecided.rend(); ++entry)
    if (most.all == 0 || value_of(entry->first) > most.value()) most.add(value_of(entry->first), entry->second);
  if (least.all == 0) return;
  result.least = least.value();
  result.most = most.value();
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
  return Weighing(read, counts.sets, group, over).weighed(rule);
}

Contribution contribution_of(const Weighed& weighed, Rule rule, double level) {
  Contribution result{.rule = rule,
                      .value = mean_of(weighed.asked),
                      .credit = weighed.asked.credit(),
                      .weight = as_wide(weighed.asked.weight()),
                      .leads = weighed.asked.leads(),
                      .all = weighed.all,
                      .unattributed = weighed.unattributed,
                      .unknown = weighed.unknown,
                      .exclusive = mean_of(weighed.exclusive),
                      .any = mean_of(weighed.any)};
  if (result.value) put_interval(result, weighed.asked, level);
  put_missing_data_band(result, weighed);
  return result;
}

}  // namespace rule

Contribution contribution(const LeadCounts& counts, std::string_view group, Rule rule, Over over, double level) {
  return rule::contribution_of(rule::weighed(counts, group, rule, over), rule, level);
}

}  // namespace casemetry
