// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>
#include <cmath>
#include <numbers>

#include "rules/share.hpp"

namespace casemetry {
namespace rule {
namespace {

double upper_tail(double z) {
  return std::erfc(z / std::numbers::sqrt2) / 2;
}

double one_sided_p(const Tally& tally, double share) {
  const double beyond = tally.mean() - share;
  return upper_tail(beyond / std::sqrt(share * (1 - share) / tally.effective_leads()));
}

RuleVerdict::Year judged(const YearCounts& year, const ClaimTest& question, Rule rule) {
  const Weighed leads = weighed(year.counts, question.of, rule, question.over);
  if (leads.asked.is_empty())
    throw QueryError("a claim about " + year.year + ", which has no leads" +
                     (question.over == Over::attributed ? " with a source" : "") + "; leave the year out");
  return {year.year, contribution_of(leads, rule, question.level), one_sided_p(leads.asked, question.share),
          year.is_partial};
}

// Intersection–union: every year must hold by itself.
RuleVerdict verdict(std::span<const YearCounts> years, const ClaimTest& question, Rule rule) {
  RuleVerdict result{.rule = rule};
  for (const YearCounts& year : years) result.years.push_back(judged(year, question, rule));
  result.p = std::ranges::max(result.years, {}, &RuleVerdict::Year::p).p;
  result.holds = result.p <= 1 - question.level;
  return result;
}

void check(std::span<const YearCounts> years, const ClaimTest& question) {
  if (!question.rule) throw QueryError("a claim needs its rule; " + suggestion("", rule_names()));
  if (years.empty()) throw QueryError("a claim needs the years that it is about; name at least one");
  if (!(question.share > 0 && question.share < 1))
    throw QueryError("a claim to exceed " + std::to_string(question.share) +
                     "; expected a share between 0 and 1, as 0.6 for 60 per cent");
}

bool all_can_read(Rule rule, std::span<const YearCounts> years) {
  return std::ranges::all_of(years, [&](const YearCounts& year) { return can_read(rule, year.counts); });
}

}  // namespace
}  // namespace rule

Claim claim(std::span<const YearCounts> years, const ClaimTest& question) {
  rule::check(years, question);
  Claim result{.asked = rule::verdict(years, question, *question.rule)};
  for (const std::string& name : rule_names()) {
    const Rule rule = rule_named(name);
    if (rule::all_can_read(rule, years)) result.rules.push_back(rule::verdict(years, question, rule));
  }
  return result;
}

}  // namespace casemetry
