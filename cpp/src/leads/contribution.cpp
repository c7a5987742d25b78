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

// Called by its group, if that may stand as an id, and no other indicator is called so.
std::string free_id(const Catalogue& catalogue, const std::vector<std::string>& parts) {
  std::string id = is_id(parts.front()) ? parts.front() : "contribution";
  for (auto part = parts.begin() + 1; part != parts.end(); ++part) id += "_" + *part;
  const auto& indicators = catalogue.definitions().indicators;
  return free_name(std::move(id), [&](const std::string& taken) {
    return std::ranges::find(indicators, taken, &Indicator::id) != indicators.end();
  });
}

// `digital · owen`, names as they are: the same in both languages.
Label label_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " · ") + part;
  return {.zh = text, .en = text};
}

// One question after another becomes an indicator of the cube.
class Indicators {
 public:
  Indicators(Asked asked, const ContributionQuery& question) : asked_(std::move(asked)), question_(question) {}

  // `names` beside the group: what tells it from others of the same question.
  void add(Rule rule, const std::string& stage, const std::vector<std::string>& names) {
    std::vector<std::string> parts{question_.of};
    parts.insert(parts.end(), names.begin(), names.end());
    Indicator indicator{.id = free_id(asked_.catalogue(), parts), .label = label_of(parts)};
    if (names.empty()) indicator.label = label_of({question_.of, rule_name(rule)});
    indicator.kind = Indicator::Kind::contribution;
    indicator.group = question_.of;
    indicator.rule = rule_name(rule);
    indicator.groups = asked_.groups;
    indicator.lead = asked_.lead;
    indicator.stage = stage;
    indicator.over = over_name(question_.over);
    indicator.min_n = small;
    ids_.push_back(indicator.id);
    asked_.cube = asked_.cube.with(std::move(indicator));
  }

  Result result() const {
    return query(asked_.cube, {.indicators = ids_,
                               .by = question_.by,
                               .period = question_.period,
                               .every = question_.every,
                               .where = question_.where,
                               .compare = question_.compare,
                               .level = question_.level});
  }

 private:
  Asked asked_;
  const ContributionQuery& question_;
  std::vector<std::string> ids_;
};

template <typename Definition>
void add_missing(Cube& cube, const std::vector<Definition>& known, const std::vector<Definition>& all) {
  for (const Definition& definition : all)
    if (std::ranges::find(known, definition.id, &Definition::id) == known.end()) cube = cube.with(definition);
}

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
  const Definitions& known = cube.catalogue().definitions();
  const Definitions& asked = result.catalogue().definitions();
  Cube knowing = cube;
  lead::add_missing(knowing, known.groupings, asked.groupings);
  lead::add_missing(knowing, known.indicators, asked.indicators);
  return knowing;
}

}  // namespace casemetry
