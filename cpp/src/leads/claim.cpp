// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/leads.hpp>
#include <utility>

#include "leads/asked.hpp"
#include "query/lead_counts.hpp"
#include "query/steps.hpp"

namespace casemetry {
namespace lead {
namespace {

/// In the order of the question. Throws QueryError if a month lies in two of them: the joint p is of years that are
/// tested apart.
std::vector<Period> years_of(const ClaimQuery& question, const Calendar& calendar) {
  std::vector<Period> years;
  for (const std::string& text : question.years) {
    Period year = Period::parse(text, calendar);
    const auto overlaps = [&](const Period& other) { return year.first <= other.last && other.first <= year.last; };
    const auto other = std::ranges::find_if(years, overlaps);
    if (other != years.end())
      throw QueryError("a claim about " + other->text + " and about " + year.text +
                       ", which have months in common; name years apart from each other");
    years.push_back(std::move(year));
  }
  return years;
}

/// The contribution that is claimed. Throws QueryError if it can be placed in no year.
Indicator claimed(const Asked& asked, const ClaimQuery& question) {
  const std::string stage = stage_of(asked.leads(), question.stage);
  if (stage.empty())
    throw QueryError("lead set '" + asked.lead + "' has no stage that places a lead in a year: declare stages");
  if (asked.groups == identity_grouping)
    throw QueryError(
        "single sources are counted over all only, and a claim is about years: declare a grouping in which '" +
        question.of + "' is a group, and build the cube with it");
  return contribution_indicator(asked, question.of, *question.rule, stage, question.over);
}

}  // namespace
}  // namespace lead

Claim claim(const Cube& cube, const ClaimQuery& question) {
  std::vector<Rule> rules;
  if (question.rule) rules.push_back(*question.rule);
  const lead::Asked asked = lead::asked(cube, question.of, rules, question.groups, question.lead);
  const Indicator indicator = lead::claimed(asked, question);
  const Calendar& calendar = asked.catalogue().definitions().calendar;
  const std::vector<Period> years = lead::years_of(question, calendar);
  std::vector<YearCounts> counts;
  if (!years.empty()) {
    std::vector<LeadCounts> leads = question::lead_counts(asked.cube, indicator, years);
    for (std::size_t i = 0; i < years.size(); ++i)
      counts.push_back(
          {question.years[i], std::move(leads[i]), question::is_partial(years[i], cube.as_of(), calendar)});
  }
  Claim tested = claim(counts, {.of = question.of,
                                .rule = question.rule,
                                .share = question.share,
                                .over = question.over,
                                .level = question.level});
  tested.names = names_of(asked.catalogue(), indicator);
  return tested;
}

}  // namespace casemetry
