// SPDX-License-Identifier: Apache-2.0
#include <casemetry/leads.hpp>
#include <utility>

#include "leads/asked.hpp"
#include "leads/patterns.hpp"

namespace casemetry {
namespace lead {
namespace {

/// The leads of each year, by the patterns that are counted.
class Years {
 public:
  Years(const Asked& asked, const ClaimQuery& question)
      : asked_(asked), stage_(stage_of(asked.leads(), question.stage)) {
    if (stage_.empty())
      throw QueryError("lead set '" + asked.lead + "' has no stage that places a lead in a year: declare stages");
    if (asked_.groups == identity_grouping)
      throw QueryError(
          "single sources are counted over all only, and a claim is about years: declare a grouping in which '" +
          question.of + "' is a group, and build the cube with it");
    find_counts(question);
  }

  LeadCounts counts(const std::string& year) const {
    const Period period = Period::parse(year, asked_.catalogue().definitions().calendar);
    return {.sets = patterns("sources", period).value(),
            .first = patterns("first", period),
            .last = patterns("last", period),
            .log = patterns("log", period)};
  }

 private:
  // By the groups themselves, or by others that they join. The sets of sources have no date.
  void find_counts(const ClaimQuery& question) {
    const Basis basis = asked_.catalogue().basis({.kind = Indicator::Kind::contribution,
                                                  .group = question.of,
                                                  .rule = rule_name(*question.rule),
                                                  .groups = asked_.groups,
                                                  .lead = asked_.lead,
                                                  .stage = stage_});
    const bool has_date = !basis.grouping.empty() && basis.grouping != identity_grouping;
    counted_ = {asked_.lead, stage_, has_date ? basis.grouping : asked_.groups};
    check_counted(asked_.cube, counted_, "sources");
    if (counted_.grouping != asked_.groups)
      joins_ = coarsening(grouping_of(asked_.catalogue(), counted_.grouping),
                          grouping_of(asked_.catalogue(), asked_.groups));
  }

  std::optional<PatternCounts> patterns(const std::string& role, const Period& period) const {
    if (!counts_patterns(asked_.cube, counted_, role)) return std::nullopt;
    PatternCounts counts = patterns_in(asked_.cube, counted_, role, period);
    return joins_ ? joined(counts, *joins_) : counts;
  }

  const Asked& asked_;
  std::string stage_;
  Counted counted_;
  std::optional<JoinedGroups> joins_;
};

}  // namespace
}  // namespace lead

Claim claim(const Cube& cube, const ClaimQuery& question) {
  std::vector<Rule> rules;
  if (question.rule) rules.push_back(*question.rule);
  const lead::Asked asked = lead::asked(cube, question.of, rules, question.groups, question.lead);
  const lead::Years years(asked, question);
  std::vector<YearCounts> counts;
  for (const std::string& year : question.years) counts.push_back({year, years.counts(year)});
  return claim(counts, {.of = question.of,
                        .rule = question.rule,
                        .share = question.share,
                        .over = question.over,
                        .level = question.level});
}

}  // namespace casemetry
