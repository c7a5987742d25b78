// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/catalogue.hpp>

namespace casemetry {
namespace {

Definitions example() {
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {
      {.id = "lead"},
      {.id = "discovery", .columns = {{.name = "source"}, {.name = "found_on", .type = Type::date}}},
      {.id = "source_groups",
       .columns = {{.name = "source"}, {.name = "group"}, {.name = "valid_from", .type = Type::date}}}};
  definitions.leads = {{.id = "supervision",
                        .label = {"监督线索", "Supervision leads"},
                        .unit = "lead",
                        .sources = "sources",
                        .first = "first_sources",
                        .last = "last_sources",
                        .log = "log",
                        .among = Expression::parse("kind == 'supervision'"),
                        .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}},
                        .value = "recovered"}};
  definitions.groupings = {
      {.id = "origin", .groups = {{"digital", {"model_001", "model_002"}}}, .rest = "traditional"},
      {.id = "channel", .label = {"渠道", ""}, .groups = {{"columns", {"model_001"}}, {"热线", {"12345", "12309"}}}},
      {.id = "dated", .table = "source_groups"}};
  return definitions;
}

std::vector<Fault> faults_of(const Definitions& definitions) {
  try {
    const Catalogue catalogue(definitions);
  } catch (const DefinitionError& error) {
    return error.faults();
  }
  return {};
}

// The one fault, as `path: message`.
std::string fault_of(const Definitions& definitions) {
  const std::vector<Fault> faults = faults_of(definitions);
  if (faults.size() != 1) return std::to_string(faults.size()) + " faults";
  return faults.front().path + ": " + faults.front().message;
}

TEST(LeadDefinitions, ReadBackFromJsonAsTheyWere) {
  const Catalogue catalogue(example());
  const Catalogue read = Catalogue::from_json(catalogue.json());
  EXPECT_EQ(read.json(), catalogue.json());
  EXPECT_EQ(read.definitions().groupings, example().groupings);
  ASSERT_EQ(read.definitions().leads.size(), 1U);
  const LeadSet& lead = read.definitions().leads.front();
  EXPECT_EQ(lead.sources, "sources");
  EXPECT_EQ(lead.log, "log");
  EXPECT_EQ(lead.among->text(), "kind == 'supervision'");
  EXPECT_EQ(lead.stages, (std::vector<Stage>{{"registered", "registered_on"}, {"filed", "filed_on"}}));
}

TEST(LeadDefinitions, ArePrintedAsTheyAreWrittenInToml) {
  const std::string toml = Catalogue(example()).toml();
  EXPECT_NE(toml.find("[lead.supervision]\n"), std::string::npos) << toml;
  EXPECT_NE(toml.find("stages = [[\"registered\", \"registered_on\"], [\"filed\", \"filed_on\"]]\n"), std::string::npos)
      << toml;
  EXPECT_NE(toml.find("[grouping.origin]\ndigital = [\"model_001\", \"model_002\"]\nrest = \"traditional\"\n"),
            std::string::npos)
      << toml;
  EXPECT_NE(toml.find("columns = [\"model_001\"]\n"), std::string::npos) << "a group may have any name\n" << toml;
}

TEST(LeadDefinitions, MustNameAUnitAndTheSetOfItsSources) {
  Definitions definitions = example();
  definitions.leads.front().unit = "leed";
  EXPECT_EQ(fault_of(definitions), "lead.supervision.unit: no unit or table 'leed'; did you mean 'lead'?");
  definitions = example();
  definitions.leads.front().sources.clear();
  EXPECT_EQ(fault_of(definitions),
            "lead.supervision.sources: no sources: name the column that holds the set of its sources");
}

TEST(LeadDefinitions, MustNameColumnsThatAreThere) {
  Definitions definitions = example();
  definitions.leads = {{.id = "found", .unit = "discovery", .sources = "sorce", .value = "found_on"}};
  definitions.leads.front().stages = {{"found", "source"}, {"found", "found_on"}};
  std::vector<std::string> paths;
  for (const Fault& fault : faults_of(definitions)) paths.push_back(fault.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"lead.found.sources", "lead.found.stages", "lead.found.stages",
                                             "lead.found.value"}));
}

TEST(Groupings, PutEachSourceInOneGroup) {
  Definitions definitions = example();
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1", "m2"}}, {"traditional", {"m2"}}}}};
  EXPECT_EQ(fault_of(definitions),
            "grouping.origin.traditional: 'm2' is in 'digital' already: a source is in one group");
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1", "m1"}}}}};
  EXPECT_EQ(fault_of(definitions), "grouping.origin.digital: 'm1' stands twice");
}

TEST(Groupings, HaveNoGroupWithoutSources) {
  Definitions definitions = example();
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {}}}, .rest = "traditional"}};
  EXPECT_EQ(fault_of(definitions),
            "grouping.origin.digital: a group without sources: list one at least, or leave it out");
}

TEST(Groupings, AreToldOnce) {
  Definitions definitions = example();
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1"}}}, .table = "source_groups"}};
  EXPECT_EQ(fault_of(definitions),
            "grouping.origin: groups and a table: only one of them says which group a source is in");
  definitions.groupings = {{.id = "origin", .rest = "traditional"}};
  EXPECT_EQ(fault_of(definitions),
            "grouping.origin: no groups: list the sources of each, or name the table that tells them");
}

TEST(Groupings, OfATableNeedItsColumns) {
  Definitions definitions = example();
  definitions.groupings = {{.id = "dated", .table = "discovery"}};
  EXPECT_EQ(fault_of(definitions),
            "grouping.dated.table: 'discovery' has no column 'group': groups of sources have source and group");
}

TEST(Groupings, DoNotShareANameWithAList) {
  Definitions definitions = example();
  definitions.lists["origin"] = {std::string("model_001")};
  EXPECT_EQ(fault_of(definitions), "grouping.origin: a list has this name: @origin would stand for both");
}

TEST(Groupings, DoNotTakeTheNameOfTheIdentityGrouping) {
  Definitions definitions = example();
  definitions.groupings.front().id = "source";
  EXPECT_EQ(fault_of(definitions),
            "grouping.source: @source stands for the grouping of each source by itself: choose another name");
}

TEST(Groupings, MayGiveGroupsAnyName) {
  Definitions definitions = example();
  definitions.groupings = {{.id = "origin", .groups = {{"digital, new", {"m1"}}}}};
  EXPECT_TRUE(faults_of(definitions).empty());
}

}  // namespace
}  // namespace casemetry
