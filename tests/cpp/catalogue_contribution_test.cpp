// SPDX-License-Identifier: Apache-2.0
// Contributions as definitions: read, written, checked, and what they need.
#include <gtest/gtest.h>

#include <casemetry/catalogue.hpp>

namespace casemetry {
namespace {

using Ids = std::vector<std::string>;

Indicator owen() {
  return {.id = "digital",
          .kind = Indicator::Kind::contribution,
          .group = "digital",
          .rule = "owen",
          .groups = "origin",
          .lead = "supervision",
          .stage = "filed",
          .over = "attributed"};
}

Definitions example(Indicator indicator = owen()) {
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {{.id = "lead"}, {.id = "source_groups", .columns = {{.name = "source"}, {.name = "group"}}}};
  definitions.leads = {{.id = "supervision",
                        .unit = "lead",
                        .sources = "sources",
                        .first = "first_sources",
                        .among = Expression::parse("kind == 'supervision'"),
                        .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}}}};
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1", "m2"}}}, .rest = "traditional"},
                           {.id = "told", .table = "source_groups"}};
  definitions.indicators = {std::move(indicator)};
  return definitions;
}

std::string faults_of(const Definitions& definitions) {
  try {
    const Catalogue catalogue(definitions);
  } catch (const DefinitionError& error) {
    return error.what();
  }
  return "none";
}

std::string faults_of(const Indicator& indicator) {
  return faults_of(example(indicator));
}

::testing::AssertionResult says(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "'" << part << "' not in: " << text;
}

TEST(ContributionDefinitions, AreReadAndWrittenInBothForms) {
  const Catalogue catalogue(example());
  EXPECT_TRUE(says(catalogue.toml(), R"([[indicator]]
id = "digital"
kind = "contribution"
group = "digital"
rule = "owen"
groups = "origin"
lead = "supervision"
stage = "filed"
over = "attributed"
)"));
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).json(), catalogue.json());
}

TEST(ContributionDefinitions, NeedARuleGroupsAndAGroup) {
  Indicator indicator = owen();
  indicator.rule = indicator.groups = indicator.group = "";
  const std::string faults = faults_of(indicator);
  EXPECT_TRUE(says(faults, "indicator.digital.rule: no rule: a contribution depends on it; known: any, exclusive"));
  EXPECT_TRUE(says(faults, "indicator.digital.groups: no groups: a contribution depends on them; known: origin, told"));
  EXPECT_TRUE(says(faults, "indicator.digital.group: no group: whose contribution it is"));
}

TEST(ContributionDefinitions, NameWhatIsThere) {
  const auto fault = [](const auto& change) {
    Indicator indicator = owen();
    change(indicator);
    return faults_of(indicator);
  };
  EXPECT_TRUE(says(fault([](Indicator& i) { i.rule = "oven"; }), ".rule: no rule 'oven'; did you mean 'owen'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.groups = "orign"; }), "no grouping 'orign'; did you mean 'origin'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.group = "digtal"; }),
                   ".group: 'origin' has no group 'digtal'; did you mean 'digital'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.lead = "supervison"; }),
                   ".lead: no lead set 'supervison'; did you mean 'supervision'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.stage = "file"; }),
                   ".stage: lead set 'supervision' has no stage 'file'; did you mean 'filed'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.over = "lead"; }), "'lead' is no word for it; did you mean 'leads'?"));
  EXPECT_TRUE(says(fault([](Indicator& i) { i.interval = "student"; }), "is no interval of a contribution"));
}

TEST(ContributionDefinitions, NeedTheSourcesThatTheirRuleReads) {
  Indicator indicator = owen();
  indicator.rule = "linear";
  EXPECT_TRUE(says(faults_of(indicator),
                   ".rule: lead set 'supervision' has no sources that the rule linear could "
                   "read: declare log = \"…\" in it"));
  indicator.rule = "first";
  EXPECT_EQ(faults_of(indicator), "none");
}

TEST(ContributionDefinitions, HaveNoFormulaAndOthersHaveNoneOfTheirKeys) {
  Indicator indicator = owen();
  indicator.of = Formula::parse("leads");
  EXPECT_TRUE(says(faults_of(indicator), ".of: a contribution has no formula: it is of a group, by a rule"));
  Definitions definitions = example();
  definitions.aggregates = {{.id = "all", .unit = "lead"}};
  definitions.indicators = {
      {.id = "n", .kind = Indicator::Kind::count, .of = Formula::parse("all"), .group = "digital", .rule = "owen"}};
  EXPECT_TRUE(says(faults_of(definitions), "indicator.n.rule: only a contribution has it"));
}

TEST(ContributionDefinitions, NeedTheirLeadSetNamedIfThereAreSeveral) {
  Indicator indicator = owen();
  indicator.lead = "";
  EXPECT_EQ(faults_of(indicator), "none");
  Definitions definitions = example(indicator);
  definitions.leads.push_back({.id = "clues", .unit = "lead", .sources = "sources"});
  EXPECT_TRUE(says(faults_of(definitions), ".lead: several lead sets: say which leads are asked about; known: "));
  definitions.leads.clear();
  EXPECT_TRUE(says(faults_of(definitions), ".lead: no lead set is declared"));
}

TEST(ContributionDefinitions, AreOfWhateverGroupsATableTells) {
  Indicator indicator = owen();
  indicator.groups = "told";
  indicator.group = "anything";
  EXPECT_EQ(faults_of(indicator), "none");
  indicator.groups = "source";
  EXPECT_EQ(faults_of(indicator), "none") << "each source by itself";
}

// ----------------------------------------------------------------------------------------------- what they need

TEST(NeedsOfContributions, AreTheCountsOfWhatTheirRuleReadsAndOfTheSets) {
  Indicator indicator = owen();
  indicator.rule = "first";
  Definitions definitions = example(indicator);
  definitions.leads[0].value = "recovered";
  EXPECT_EQ(Catalogue(definitions).needs(indicator),
            (Ids{"supervision.filed.first.value@origin", "supervision.filed.first@origin",
                 "supervision.filed.sources.value@origin", "supervision.filed.sources@origin"}));
  definitions.leads[0].value = "";
  EXPECT_EQ(Catalogue(definitions).needs(owen()), (Ids{"supervision.filed.sources@origin"}));
}

TEST(NeedsOfContributions, AreThoseOfAGroupingThatTellsTheirsWhereThatIsNotCounted) {
  Definitions definitions = example();
  definitions.groupings.push_back({.id = "model", .groups = {{"first", {"m1"}}, {"second", {"m2"}}}, .rest = "people"});
  const Catalogue catalogue(definitions);
  const auto needs = [&](const Ids& groupings) { return catalogue.with_patterns(groupings).needs(owen()); };
  EXPECT_EQ(needs({"origin", "model"}), (Ids{"supervision.filed.sources@origin"}));
  EXPECT_EQ(needs({"model"}), (Ids{"supervision.filed.sources@model"}));
  EXPECT_EQ(needs({}), (Ids{"supervision.filed.sources@source"}));
}

TEST(NeedsOfContributions, StayInACatalogueOfThemOnly) {
  Definitions definitions = example();
  definitions.aggregates = {{.id = "all", .unit = "lead"}};
  definitions.indicators.push_back({.id = "n", .kind = Indicator::Kind::count, .of = Formula::parse("all")});
  const Ids both{"digital", "n"};
  const Ids groupings{"origin"};
  const Catalogue part = Catalogue(definitions).with_patterns(groupings).only({both.data(), 1});
  ASSERT_EQ(part.definitions().leads.size(), 1U);
  ASSERT_EQ(part.definitions().groupings.size(), 1U);
  ASSERT_EQ(part.definitions().aggregates.size(), 1U);
  EXPECT_EQ(part.definitions().aggregates[0].id, "supervision.filed.sources@origin");
  EXPECT_EQ(Catalogue(definitions).only({both.data(), 1}).definitions().leads.size(), 1U)
      << "also before it is counted";
  EXPECT_TRUE(Catalogue(definitions).only({both.data() + 1, 1}).definitions().leads.empty());
}

TEST(NeedsOfContributions, AreColumnsOfTablesBeforeTheyAreCounts) {
  Definitions definitions = example();
  definitions.leads[0].value = "recovered";
  const Catalogue catalogue(definitions);
  EXPECT_EQ(catalogue.columns("lead"),
            (Ids{"filed_on", "first_sources", "kind", "recovered", "registered_on", "sources"}));
  EXPECT_EQ(catalogue.columns("source_groups"), (Ids{"group", "source"}));
}

// ----------------------------------------------------------------------------------------------- hashes

TEST(HashesOfContributions, AreOfWhatIsCountedWhetherOrNotItIsCountedHere) {
  const Catalogue catalogue(example());
  const std::string hash = catalogue.definition_hash("digital");
  const Ids groupings{"origin"};
  EXPECT_EQ(catalogue.with_patterns(groupings).definition_hash("digital"), hash);
  EXPECT_EQ(catalogue.with_patterns({}).definition_hash("digital"), hash);
}

TEST(HashesOfContributions, ChangeWithWhatTheyMeanAndNotWithWhatTheyAreCalled) {
  const std::string hash = Catalogue(example()).definition_hash("digital");
  const auto changed = [&](const auto& change) {
    Definitions definitions = example();
    change(definitions);
    return Catalogue(definitions).definition_hash("digital") != hash;
  };
  EXPECT_FALSE(changed([](Definitions& d) { d.indicators[0].label = {"数字", "Digital"}; }));
  EXPECT_FALSE(changed([](Definitions& d) { d.indicators[0].min_n = 10; }));
  EXPECT_FALSE(changed([](Definitions& d) { d.indicators[0].lead = ""; })) << "it is the only one";
  EXPECT_TRUE(changed([](Definitions& d) { d.indicators[0].rule = "shapley"; }));
  EXPECT_TRUE(changed([](Definitions& d) { d.indicators[0].group = "traditional"; }));
  EXPECT_TRUE(changed([](Definitions& d) { d.indicators[0].stage = ""; }));
  EXPECT_TRUE(changed([](Definitions& d) { d.indicators[0].over = ""; }));
  EXPECT_TRUE(changed([](Definitions& d) { d.groupings[0].groups[0].sources.push_back("m3"); }));
  EXPECT_TRUE(changed([](Definitions& d) { d.leads[0].among.reset(); }));
  EXPECT_TRUE(changed([](Definitions& d) { d.leads[0].sources = "other_sources"; }));
  EXPECT_TRUE(changed([](Definitions& d) { d.leads[0].value = "recovered"; }));
}

// ----------------------------------------------------------------------------------------------- coarser groupings

TEST(CoarserGroupings, SayWhereEachFinerGroupGoes) {
  const Grouping fine{.id = "model", .groups = {{"first", {"m1"}}, {"second", {"m2", "m3"}}}, .rest = "people"};
  const Grouping coarse{.id = "origin", .groups = {{"digital", {"m1", "m2", "m3"}}}, .rest = "traditional"};
  const auto groups = coarsening(fine, coarse);
  ASSERT_TRUE(groups);
  EXPECT_EQ(groups->at("first"), "digital");
  EXPECT_EQ(groups->at("second"), "digital");
  EXPECT_EQ(groups->at("people"), "traditional");
}

TEST(CoarserGroupings, SplitNoGroupAndLeaveNoSourceWithoutOne) {
  const Grouping fine{.id = "fine", .groups = {{"models", {"m1", "m2"}}}, .rest = "people"};
  const Grouping split{.id = "split", .groups = {{"a", {"m1"}}, {"b", {"m2"}}}, .rest = "people"};
  const Grouping closed{.id = "closed", .groups = {{"a", {"m1", "m2"}}}};
  const Grouping splits_rest{.id = "rest", .groups = {{"a", {"m1", "m2"}}, {"b", {"hotline"}}}, .rest = "people"};
  const Grouping told{.id = "told", .table = "source_groups"};
  for (const Grouping& coarse : {split, closed, splits_rest, told}) EXPECT_FALSE(coarsening(fine, coarse)) << coarse.id;
  EXPECT_FALSE(coarsening(told, split));
  EXPECT_TRUE(coarsening({.id = "listed", .groups = {{"x", {"m1"}}, {"y", {"hotline"}}}}, splits_rest));
}

}  // namespace
}  // namespace casemetry
