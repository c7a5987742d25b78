// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/leads.hpp>
#include <utility>

#include "leads/asked.hpp"

namespace casemetry {
namespace lead {
namespace {

// A share of fewer leads than this is marked: it says little.
constexpr std::int64_t small = 10;

bool is_among(const std::vector<Indicator>& indicators, const std::string& id) {
  return std::ranges::find(indicators, id, &Indicator::id) != indicators.end();
}

// `digital · owen`, names as they are: the same in both languages.
Label label_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " · ") + part;
  return {.zh = text, .en = text};
}

// The indicators that a question becomes, asked at once.
class Indicators {
 public:
  Indicators(Asked asked, const ContributionQuery& question) : asked_(std::move(asked)), question_(question) {}

  // `names` beside the group: what tells it from others of the same question.
  void add(Rule rule, const std::string& stage, const std::vector<std::string>& names) {
    std::vector<std::string> parts{question_.of};
    parts.insert(parts.end(), names.begin(), names.end());
    Indicator indicator = contribution_indicator(asked_, question_.of, rule, stage, question_.over);
    indicator.id = free_id(parts);
    indicator.label = names.empty() ? label_of({question_.of, rule_name(rule)}) : label_of(parts);
    indicator.min_n = small;
    indicators_.push_back(std::move(indicator));
  }

  Result result() const {
    std::vector<std::string> ids;
    for (const Indicator& indicator : indicators_) ids.push_back(indicator.id);
    return query(asked_.cube.with(indicators_), {.indicators = std::move(ids),
                                                 .by = question_.by,
                                                 .period = question_.period,
                                                 .every = question_.every,
                                                 .where = question_.where,
                                                 .compare = question_.compare,
                                                 .level = question_.level});
  }

 private:
  // Called by its group, if that may stand as an id, and no other indicator is called so.
  std::string free_id(const std::vector<std::string>& parts) const {
    std::string id = is_id(parts.front()) ? parts.front() : "contribution";
    for (auto part = parts.begin() + 1; part != parts.end(); ++part) id += "_" + *part;
    return free_name(std::move(id), [&](const std::string& taken) {
      return is_among(asked_.catalogue().definitions().indicators, taken) || is_among(indicators_, taken);
    });
  }

  Asked asked_;
  const ContributionQuery& question_;
  std::vector<Indicator> indicators_;
};

}  // namespace
}  // namespace lead

Result contribution(const Cube& cube, const ContributionQuery& question) {
  lead::Asked asked = lead::asked(cube, question.of, question.rules, question.groups, question.lead);
  const std::string stage = lead::stage_of(asked.leads(), question.stage);
  lead::Indicators indicators(std::move(asked), question);
  const bool several = question.rules.size() > 1;
  for (const Rule rule : question.rules)
    indicators.add(rule, stage, several ? std::vector{rule_name(rule)} : std::vector<std::string>{});
  return indicators.result();
}

Result stages(const Cube& cube, const ContributionQuery& question) {
  lead::Asked asked = lead::asked(cube, question.of, question.rules, question.groups, question.lead);
  if (!question.stage.empty())
    throw QueryError("stages are asked side by side: leave out the stage '" + question.stage +
                     "', or ask for its contribution");
  const std::vector<Stage> stages = asked.leads().stages;
  if (stages.empty())
    throw QueryError("lead set '" + asked.lead + "' declares no stages: stages = [[\"filed\", \"filed_on\"], …]");
  lead::Indicators indicators(std::move(asked), question);
  const bool several = question.rules.size() > 1;
  for (const Rule rule : question.rules)
    for (const Stage& stage : stages)
      indicators.add(rule, stage.name, several ? std::vector{rule_name(rule), stage.name} : std::vector{stage.name});
  return indicators.result();
}

Cube asked_of(const Cube& cube, const Result& result) {
  const Catalogue& asked = result.catalogue();
  Cube knowing = cube;
  for (const Grouping& grouping : asked.definitions().groupings)
    if (cube.catalogue().grouping(grouping.id) == nullptr) knowing = knowing.with(grouping);
  std::vector<Indicator> further;
  for (const Indicator& indicator : asked.definitions().indicators)
    if (!lead::is_among(cube.catalogue().definitions().indicators, indicator.id)) further.push_back(indicator);
  return further.empty() ? knowing : knowing.with(std::move(further));
}

}  // namespace casemetry
