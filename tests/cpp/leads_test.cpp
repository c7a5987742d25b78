// SPDX-License-Identifier: Apache-2.0
// Questions to a cube of leads: contributions, stages, claims, overlap.
#include <casemetry/leads.hpp>

#include "lead_site.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

using Ids = std::vector<std::string>;

// By office, saved and read back: no question needs the tables.
const Cube& golden_cube() {
  static const Cube cube = Cube::from_bytes(build(GoldenSite().tables(), site_catalogue(), {.by = {"office"}}).bytes());
  return cube;
}

Result contribution_of(const Cube& cube, Rule rule, const Ids& by = {}) {
  return contribution(cube, {.of = "digital", .rules = {rule}, .groups = "origin", .by = by});
}

// The leads of the golden table by pattern: of all sources, or of some of each set.
template <typename Choice>
PatternCounts golden_patterns(const Choice& choice) {
  PatternCounts counts;
  for (const auto& [sources, leads] : toy()) counts.leads[pattern_of(choice(sources), origin)] += leads;
  return counts;
}

LeadCounts golden_counts() {
  const auto all = [](const Sources& sources) { return sources; };
  return {.sets = golden_patterns(all),
          .first = golden_patterns([](const Sources& sources) { return Sources{sources.front()}; }),
          .last = golden_patterns([](const Sources& sources) { return Sources{sources.back()}; }),
          .log = golden_patterns(all)};
}

// ----------------------------------------------------------------------------------------- contributions

struct Expected {
  Rule rule;
  double credit;  // of 70 leads
};

class GoldenContribution : public ::testing::TestWithParam<Expected> {};

TEST_P(GoldenContribution, IsExact) {
  const Result result = contribution_of(golden_cube(), GetParam().rule);
  ASSERT_EQ(result.rows(), 1);
  const Result::Row row = result.row(0);
  EXPECT_DOUBLE_EQ(row.numerator.value(), GetParam().credit);
  EXPECT_EQ(row.denominator->whole(), 70);
  EXPECT_DOUBLE_EQ(row.value.value(), GetParam().credit / 70);
  EXPECT_DOUBLE_EQ(row.band->exclusive.value(), 24.0 / 70);
  EXPECT_DOUBLE_EQ(row.band->any.value(), 38.0 / 70);
  EXPECT_EQ(row.band->leads, 70);
  EXPECT_EQ(row.band->unattributed, 0);
}

// tests/golden/coverage_toy_groups_expected.csv: m1 and m2 have 55/3 and 40/3 under shapley, 18 and 13 under owen.
INSTANTIATE_TEST_SUITE_P(Toy, GoldenContribution,
                         ::testing::Values(Expected{Rule::any, 38}, Expected{Rule::exclusive, 24},
                                           Expected{Rule::shapley, 95.0 / 3}, Expected{Rule::owen, 31}),
                         [](const auto& toy_rule) { return rule_name(toy_rule.param.rule); });

TEST(Contributions, UnderEveryRuleAreThoseOfThePatterns) {
  for (const std::string& name : rule_names()) {
    const Rule rule = rule_named(name);
    const Contribution expected = contribution(golden_counts(), "digital", rule);
    const Result result = contribution_of(golden_cube(), rule);
    const Result::Row row = result.row(0);
    EXPECT_DOUBLE_EQ(row.value.value(), expected.value.value()) << name;
    EXPECT_DOUBLE_EQ(row.low.value(), expected.low.value()) << name;
    EXPECT_DOUBLE_EQ(row.high.value(), expected.high.value()) << name;
  }
}

TEST(Contributions, OfTwoGroupsUnderOwenAreTheMidpointOfTheBand) {
  const Result result = contribution_of(golden_cube(), Rule::owen, {"office"});
  ASSERT_EQ(result.rows(), 2);
  for (const Result::Row& row : result)
    EXPECT_DOUBLE_EQ(row.value.value(), (row.band->exclusive.value() + row.band->any.value()) / 2);
}

TEST(Contributions, ByOfficeAreThoseOfACubeOfTheOffice) {
  GoldenSite of_a;
  std::erase_if(of_a.leads, [](const Lead& lead) { return lead.office != "A"; });
  const Cube alone = build(of_a.tables(), site_catalogue());
  const Result there = contribution_of(alone, Rule::shapley);
  const Result here = contribution_of(golden_cube(), Rule::shapley, {"office"});
  EXPECT_EQ(here.row(0).cell.front(), "A");
  EXPECT_DOUBLE_EQ(here.row(0).value.value(), there.row(0).value.value());
  EXPECT_DOUBLE_EQ(here.row(0).low.value(), there.row(0).low.value());
}

TEST(Contributions, HaveMonthsAndAreCompared) {
  const Result months =
      contribution(golden_cube(), {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .every = "month"});
  std::int64_t leads = 0;
  for (const Result::Row& row : months) leads += row.band->leads.value_or(0);
  EXPECT_EQ(leads, 70) << "each lead in the month of its registration";

  const Result year = contribution(
      golden_cube(),
      {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .period = "2025", .compare = {"year_ago"}});
  const Result ago =
      contribution(golden_cube(), {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .period = "2024"});
  EXPECT_DOUBLE_EQ(year.row(0).changes.front().value.value(), ago.row(0).value.value());
  EXPECT_DOUBLE_EQ(year.row(0).changes.front().change.value(), year.row(0).value.value() - ago.row(0).value.value());
}

TEST(Contributions, UnderSeveralRulesStandSideBySide) {
  const Result result =
      contribution(golden_cube(), {.of = "digital", .rules = {Rule::any, Rule::owen}, .groups = "origin"});
  ASSERT_EQ(result.rows(), 2);
  EXPECT_EQ(result.row(0).indicator, "digital_any");
  EXPECT_EQ(result.row(1).indicator, "digital_owen");
  EXPECT_EQ(contribution_of(golden_cube(), Rule::owen).row(0).indicator, "digital");
}

TEST(Contributions, HaveALeadWithoutDiscoveriesInAllAndAmongTheUnattributed) {
  GoldenSite site;
  site.add({});
  const Cube cube = build(site.tables(), site_catalogue());
  const Result over_all = contribution_of(cube, Rule::owen);
  EXPECT_EQ(over_all.row(0).band->leads, 71);
  EXPECT_EQ(over_all.row(0).band->unattributed, 1);
  EXPECT_DOUBLE_EQ(over_all.row(0).value.value(), 31.0 / 71);
  const Result attributed =
      contribution(cube, {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .over = Over::attributed});
  EXPECT_EQ(attributed.row(0).band->leads, 71);
  EXPECT_DOUBLE_EQ(attributed.row(0).value.value(), 31.0 / 70);
}

TEST(Contributions, OfSingleSourcesAreThoseOfTheGoldenTable) {
  for (const auto& row : golden("coverage_toy_expected.csv")) {
    const auto credit = [&](Rule rule) {
      return contribution(golden_cube(), {.of = row[0], .rules = {rule}, .groups = "source"}).row(0).numerator.value();
    };
    EXPECT_DOUBLE_EQ(credit(Rule::any), std::stod(row[1])) << row[0];
    EXPECT_DOUBLE_EQ(credit(Rule::exclusive), std::stod(row[2])) << row[0];
    EXPECT_DOUBLE_EQ(credit(Rule::shapley) / 70, std::stod(row[4])) << row[0];
  }
}

// m2 is digital until the end of 2024.
Cube dated_cube() {
  Definitions definitions = site();
  definitions.tables.push_back({.id = "origins",
                                .columns = {{.name = "source"},
                                            {.name = "group"},
                                            {.name = "valid_from", .type = Type::date},
                                            {.name = "valid_to", .type = Type::date}}});
  definitions.groupings.push_back({.id = "dated", .rest = "traditional", .table = "origins"});
  definitions.groupings.push_back({.id = "later", .groups = {{"digital", {"m1"}}}, .rest = "traditional"});
  const samples::Texts sources{"m1", "m2", "m2"}, groups{"digital", "digital", "traditional"};
  const samples::Texts from{"2020-01-01", "2020-01-01", "2025-01-01"}, to{"2030-01-01", "2024-12-31", "2030-01-01"};
  Tables tables = GoldenSite().tables();
  tables.emplace("origins", Table::of({samples::column("source", sources), samples::column("group", groups),
                                       samples::column("valid_from", from), samples::column("valid_to", to)}));
  return build(tables, Catalogue(definitions), {.by = {"office"}});
}

TEST(Contributions, OfGroupsThatChangeAreByTheDayOfTheStage) {
  const Cube cube = dated_cube();
  const auto share = [&](const std::string& groups, const std::string& year) {
    return contribution(cube, {.of = "digital", .rules = {Rule::shapley}, .groups = groups, .period = year})
        .row(0)
        .value.value();
  };
  EXPECT_DOUBLE_EQ(share("dated", "2024"), share("origin", "2024"));
  EXPECT_DOUBLE_EQ(share("dated", "2025"), share("later", "2025"));
  EXPECT_NE(share("dated", "2025"), share("origin", "2025"));
  expect_says(
      refusal<QueryError>([&] { contribution(cube, {.of = "digtal", .rules = {Rule::owen}, .groups = "dated"}); }),
      "did you mean 'digital'?");
}

TEST(Contributions, MayBeAskedUnderAGroupOfAnyName) {
  Definitions definitions = site();
  definitions.groupings.front().groups.front().name = "12345 热线";
  const Cube cube = build(GoldenSite().tables(), Catalogue(definitions));
  const Result result = contribution(cube, {.of = "12345 热线", .rules = {Rule::any}, .groups = "origin"});
  EXPECT_EQ(result.row(0).indicator, "contribution");
  EXPECT_EQ(result.catalogue().indicator("contribution").label.zh, "12345 热线 · any");
}

TEST(Contributions, SayWhatTheyLack) {
  const auto refused = [](const ContributionQuery& question) {
    return refusal<QueryError>([&] { contribution(golden_cube(), question); });
  };
  expect_says(refused({.of = "digital", .groups = "origin"}), "needs its rule, for it depends on it; known: any");
  expect_says(refused({.of = "digital", .rules = {Rule::owen}}),
              "needs its groups, for it depends on them; known: origin");
  expect_says(refused({.of = "digtal", .rules = {Rule::owen}, .groups = "origin"}), "did you mean 'digital'?");
  expect_says(refused({.of = "digital", .rules = {Rule::owen}, .groups = "orgin"}), "did you mean 'origin'?");
  expect_says(refused({.of = "digital", .rules = {Rule::owen}, .groups = "origin", .lead = "supervison"}),
              "did you mean 'supervision'?");
  expect_says(refused({.of = "digital", .rules = {Rule::owen}, .groups = "origin", .stage = "file"}),
              "no stage 'file'; did you mean 'filed'?");
}

TEST(Contributions, AreNotAvailableWhereTheirLeadsAreNotCounted) {
  const Cube kept = golden_cube().keep(Ids{"supervision.registered.sources@origin"});
  EXPECT_DOUBLE_EQ(contribution_of(kept, Rule::owen).row(0).value.value(), 31.0 / 70);
  EXPECT_TRUE(contribution_of(kept, Rule::first).row(0).flags.has(Flag::not_available));
  const Cube alone = build({{"leads", GoldenSite().tables().at("leads")}}, site_catalogue());
  const Result result = contribution_of(alone, Rule::owen);
  EXPECT_TRUE(result.row(0).flags.has(Flag::not_available));
  expect_says(result.metadata().at("not_available"), "discoveries");
}

// --------------------------------------------------------------------------------------------- regrouping

const Grouping by_model{.id = {}, .groups = {{"first", {"m1"}}, {"second", {"m2"}}}, .rest = "others"};
const Grouping all_found{.id = {}, .groups = {{"found", {"m1", "m2", "hotline", "manual"}}}};

TEST(Regrouping, ByOtherGroupsIsExactOverAll) {
  const Result result = contribution(golden_cube(), {.of = "first", .rules = {Rule::any}, .groups = by_model});
  EXPECT_EQ(result.row(0).numerator->whole(), 29) << "tests/golden/coverage_toy_expected.csv";
  const Cube counted = build(GoldenSite().tables(), Catalogue([] {
                               Definitions definitions = site();
                               definitions.groupings.push_back(by_model);
                               definitions.groupings.back().id = "model";
                               return definitions;
                             }()));
  for (const Rule rule :
       {Rule::any, Rule::exclusive, Rule::shapley, Rule::owen, Rule::first, Rule::last, Rule::linear}) {
    const Result afterwards = contribution(golden_cube(), {.of = "first", .rules = {rule}, .groups = by_model});
    const Result before = contribution(counted, {.of = "first", .rules = {rule}, .groups = "model"});
    EXPECT_DOUBLE_EQ(afterwards.row(0).value.value(), before.row(0).value.value()) << rule_name(rule);
  }
}

TEST(Regrouping, ByGroupsThatJoinOthersIsExactByOfficeAndMonth) {
  const Result result = contribution(
      golden_cube(), {.of = "found", .rules = {Rule::owen}, .groups = all_found, .by = {"office"}, .period = "2024"});
  for (const Result::Row& row : result) EXPECT_DOUBLE_EQ(row.value.value(), 1);
}

TEST(Regrouping, ByOtherGroupsAndOfficeNamesWhatToDeclare) {
  const Result result =
      contribution(golden_cube(), {.of = "first", .rules = {Rule::any}, .groups = by_model, .by = {"office"}});
  EXPECT_TRUE(result.row(0).flags.has(Flag::not_available));
}

TEST(Regrouping, RefusesGroupsThatAreNone) {
  const auto refused = [](const Grouping& grouping) {
    return refusal<DefinitionError>(
        [&] { contribution(golden_cube(), {.of = "first", .rules = {Rule::any}, .groups = grouping}); });
  };
  expect_says(refused({.groups = {{"first", {"m1"}}, {"none", {}}}, .rest = "others"}), "a group without sources");
  expect_says(refused({.groups = {{"first", {"m1"}}, {"second", {"m1"}}}, .rest = "others"}),
              "a source is in one group");
}

// ----------------------------------------------------------------------------------------------- stages

TEST(Stages, StandSideBySideAndNeverGainLeadsOverAll) {
  const Result result = stages(golden_cube(), {.of = "digital", .rules = {Rule::owen}, .groups = "origin"});
  ASSERT_EQ(result.rows(), 2);
  EXPECT_EQ(result.row(0).indicator, "digital_registered");
  EXPECT_EQ(result.row(1).indicator, "digital_filed");
  EXPECT_EQ(result.row(0).band->leads, 70);
  EXPECT_EQ(result.row(1).band->leads, 35);
  expect_says(refusal<QueryError>([] {
                stages(golden_cube(), {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .stage = "filed"});
              }),
              "leave out the stage");
}

TEST(Stages, ReachedOutOfOrderAreTold) {
  const std::vector<Lead> leads{{.id = "L1", .filed_on = "2024-02-20"}, {"L2"}};
  const Cube cube = build(tables(leads, {{"L1", "m1"}}), site_catalogue());
  EXPECT_EQ(contribution_of(cube, Rule::owen).metadata().at("out_of_order"), "{\"supervision\":1}");
  EXPECT_FALSE(contribution_of(golden_cube(), Rule::owen).metadata().contains("out_of_order"));
}

// ----------------------------------------------------------------------------------------------- claims

Claim claimed(double share, const Ids& years, Rule rule = Rule::owen) {
  return claim(golden_cube(), {.of = "digital", .rule = rule, .groups = "origin", .share = share, .years = years});
}

TEST(Claims, AreTestedInEachYearAndJointly) {
  const Claim held = claimed(0.2, {"2024", "2025"});
  ASSERT_EQ(held.asked.years.size(), 2U);
  EXPECT_TRUE(held.asked.holds);
  EXPECT_DOUBLE_EQ(held.asked.p, std::max(held.asked.years[0].p, held.asked.years[1].p));
  EXPECT_FALSE(claimed(0.6, {"2024", "2025"}).asked.holds);
  const Result year =
      contribution(golden_cube(), {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .period = "2024"});
  EXPECT_DOUBLE_EQ(held.asked.years[0].contribution.value.value(), year.row(0).value.value());
  EXPECT_DOUBLE_EQ(held.asked.years[0].contribution.low.value(), year.row(0).low.value());
}

TEST(Claims, AreTestedUnderEveryRuleThatTheLeadsAllow) {
  Ids rules;
  for (const RuleVerdict& verdict : claimed(0.3, {"2024"}).rules) rules.push_back(rule_name(verdict.rule));
  EXPECT_EQ(rules, Ids(rule_names().begin(), rule_names().end()));
}

TEST(Claims, WeighLeadsByTheirValue) {
  Definitions definitions = site();
  definitions.leads.front().value = "recovered";
  const Cube cube = build(GoldenSite().tables(), Catalogue(definitions));
  const Claim weighed =
      claim(cube, {.of = "digital", .rule = Rule::owen, .groups = "origin", .share = 0.2, .years = {"2024"}});
  const Result year =
      contribution(cube, {.of = "digital", .rules = {Rule::owen}, .groups = "origin", .period = "2024"});
  EXPECT_DOUBLE_EQ(weighed.asked.years[0].contribution.value.value(), year.row(0).value.value());
  EXPECT_NE(weighed.asked.years[0].contribution.value, claimed(0.2, {"2024"}).asked.years[0].contribution.value);
}

TEST(Claims, MarkAYearInWhichTheDataEnd) {
  const Cube cube = build(GoldenSite().tables(), site_catalogue(), {.as_of = samples::day(2025, 3, 31)});
  const Claim tested =
      claim(cube, {.of = "digital", .rule = Rule::owen, .groups = "origin", .share = 0.2, .years = {"2024", "2025"}});
  EXPECT_FALSE(tested.asked.years[0].is_partial);
  EXPECT_TRUE(tested.asked.years[1].is_partial);
}

TEST(Claims, CarryTheirNames) {
  const ContributionNames names = claimed(0.2, {"2024"}).names;
  EXPECT_EQ(names.rule, "owen");
  EXPECT_EQ(names.stage, "registered");
  EXPECT_EQ(names.window, "between(days(registered_on, found_on), -90, 0)");
}

TEST(Claims, MayBeAboutGroupsThatJoinOthers) {
  const Claim sure =
      claim(golden_cube(), {.of = "found", .rule = Rule::owen, .groups = all_found, .share = 0.9, .years = {"2024"}});
  EXPECT_TRUE(sure.asked.holds);
}

TEST(Claims, SayWhatTheyLack) {
  const auto refused = [](const ClaimQuery& question) {
    return refusal<QueryError>([&] { claim(golden_cube(), question); });
  };
  ClaimQuery question{.of = "digital", .rule = Rule::owen, .groups = "origin", .share = 0.6, .years = {"2024"}};
  ClaimQuery empty = question;
  empty.years = {"2024", "2023"};
  expect_says(refused(empty), "2023, which has no leads");
  ClaimQuery twice = question;
  twice.years = {"2024", "2025", "2024"};
  expect_says(refused(twice), "about 2024 and about 2024, which have months in common");
  twice.years = {"2024", "2024Q1"};
  expect_says(refused(twice), "about 2024 and about 2024Q1, which have months in common");
  ClaimQuery all = question;
  all.share = 1;
  expect_says(refused(all), "expected a share between 0 and 1");
  ClaimQuery other = question;
  other.groups = by_model;
  other.of = "first";
  expect_says(refused(other), "declare");
  ClaimQuery single = question;
  single.groups = "source";
  single.of = "m1";
  expect_says(refused(single), "single sources are counted over all only");
  question.rule.reset();
  expect_says(refused(question), "needs its rule");
}

// ---------------------------------------------------------------------------------------------- overlap

TEST(Overlaps, AreThoseOfTheSets) {
  const Overlap here = overlap(golden_cube());
  const Overlap expected = overlap(toy());
  EXPECT_EQ(here.leads, 70);
  ASSERT_EQ(here.sources.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(here.sources[i].source, expected.sources[i].source);
    EXPECT_EQ(here.sources[i].leads, expected.sources[i].leads);
    EXPECT_EQ(here.sources[i].alone, expected.sources[i].alone);
  }
  ASSERT_EQ(here.pairs.size(), expected.pairs.size());
  EXPECT_EQ(here.pairs.front().both, expected.pairs.front().both);
  EXPECT_EQ(here.intersections.front().leads, 8);
}

TEST(Overlaps, HaveSourcesThatFoundNothing) {
  Definitions definitions = site();
  definitions.groupings.front().groups.front().sources.push_back("m3");
  const Overlap here = overlap(build(GoldenSite().tables(), Catalogue(definitions)));
  ASSERT_EQ(here.sources.size(), 5U);
  EXPECT_EQ(here.sources[3].source, "m3");
  EXPECT_EQ(here.sources[3].leads, 0);
}

// Without `otherwise` the sources of a lead that is not among the discoveries are not known.
TEST(Overlaps, TellLeadsWhoseSourcesAreNotKnownApart) {
  Definitions definitions = site();
  for (UnitDefinition& unit : definitions.units)
    for (Lookup& lookup : unit.lookups) lookup.otherwise.clear();
  const Overlap here = overlap(build(tables({{"L1"}, {"L2"}}, {{"L1", "m1"}}), Catalogue(definitions)));
  EXPECT_EQ(here.leads, 1);
  EXPECT_EQ(here.unattributed, 0);
  EXPECT_EQ(here.unknown, 1);
}

TEST(Overlaps, TellLeadsApartOfWhichItIsNotKnownWhetherTheyAreAskedAbout) {
  Definitions definitions = site();
  definitions.leads.front().among = Expression::parse("recovered > 0");
  const std::vector<Lead> leads{{"L1"}, {.id = "L2", .recovered = ""}, {"L3"}};
  const Overlap here = overlap(build(tables(leads, {{"L1", "m1"}, {"L2", "m1"}}), Catalogue(definitions)));
  EXPECT_EQ(here.leads, 2);
  EXPECT_EQ(here.unattributed, 1);
  EXPECT_EQ(here.unknown, 1);
  EXPECT_EQ(here.names.stage, "registered");
  EXPECT_EQ(here.names.rule, "");
}

TEST(Overlaps, AreOfTheLeadsThatReachedAStage) {
  EXPECT_EQ(overlap(golden_cube(), {.stage = "filed"}).leads, 35);
  EXPECT_EQ(overlap(golden_cube(), {.largest = 1}).intersections.size(), 1U);
  expect_says(refusal<QueryError>([] { overlap(golden_cube(), {.stage = "fild"}); }), "did you mean 'filed'?");
}

}  // namespace
}  // namespace casemetry
