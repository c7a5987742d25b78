// SPDX-License-Identifier: Apache-2.0
// What a catalogue adds so that a cube counts leads by the patterns of their sources.
#include <casemetry/catalogue.hpp>

#include <algorithm>

#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;
using Groupings = std::vector<std::string>;

Definitions supervision() {
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {{.id = "lead",
                         .columns = {{.name = "lead_id"},
                                     {.name = "office", .type = Type::category},
                                     {.name = "sources", .type = Type::set},
                                     {.name = "first sources", .type = Type::set},
                                     {.name = "registered_on", .type = Type::date},
                                     {.name = "filed_on", .type = Type::date},
                                     {.name = "recovered", .type = Type::integer}}}};
  definitions.leads = {{.id = "supervision",
                        .unit = "lead",
                        .sources = "sources",
                        .first = "first sources",
                        .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}}}};
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1"}}}, .rest = "traditional"}};
  return definitions;
}

Catalogue expanded(const Definitions& definitions, const Groupings& groupings = {"origin"}) {
  return Catalogue(definitions).with_patterns(groupings);
}

template <typename Item>
std::vector<std::string> ids(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.id);
  std::ranges::sort(names);
  return names;
}

TEST(Patterns, AreAColumnOfAUnitForEachSetColumnAndGrouping) {
  const Catalogue catalogue = expanded(supervision());
  EXPECT_EQ(ids(catalogue.definitions().units),
            (std::vector<std::string>{"supervision.first@origin", "supervision.first@source", "supervision.leads",
                                      "supervision.sources@origin", "supervision.sources@source"}));
  const UnitDefinition* unit = catalogue.unit(pattern_unit("supervision", "", "first", "origin"));
  ASSERT_NE(unit, nullptr);
  EXPECT_EQ(unit->from, "supervision.leads");
  EXPECT_TRUE(unit->one_row_per.empty());
  EXPECT_EQ(unit->columns.front().name, pattern_dimension("origin"));
  EXPECT_EQ(unit->columns.front().value.text(), "pattern(`first sources`, @origin)");
}

TEST(Patterns, AreCountedAtEachStageByItsDate) {
  const Catalogue catalogue = expanded(supervision());
  const Aggregate& count = catalogue.aggregate(pattern_count("supervision", "filed", "sources", "origin"));
  EXPECT_EQ(count.id, "supervision.filed.sources@origin");
  EXPECT_EQ(count.unit, "supervision.sources@origin");
  EXPECT_EQ(count.date, "filed_on");
  EXPECT_EQ(count.where->text(), "`supervision.filed`");
}

TEST(Patterns, AskOfALeadOnceWhetherItReachedAStage) {
  Definitions definitions = supervision();
  definitions.leads.front().among = Expression::parse("office == 'A'");
  const Catalogue catalogue = expanded(definitions);
  const UnitDefinition* leads = catalogue.unit("supervision.leads");
  ASSERT_NE(leads, nullptr);
  EXPECT_EQ(leads->from, "lead");
  ASSERT_EQ(leads->columns.size(), 2U);
  EXPECT_EQ(leads->columns.front().name, "supervision.registered");
  const std::string registered = leads->columns.front().value.text();
  EXPECT_NE(registered.find("filed_on"), std::string::npos) << "a lead that has a later date reached the stage";
  EXPECT_NE(registered.find("office == 'A'"), std::string::npos) << "and is among those asked about";
}

TEST(Patterns, OfGroupsThatChangeNeedAStageWhoseDaySaysWhichTheyAre) {
  Definitions definitions = supervision();
  definitions.tables.push_back(
      {.id = "models", .columns = {{.name = "source"}, {.name = "group"}, {.name = "valid_from", .type = Type::date}}});
  definitions.groupings = {{.id = "dated", .table = "models"}};
  EXPECT_EQ(expanded(definitions, {"dated"}).unit("supervision.sources.filed@dated")->columns.front().value.text(),
            "pattern(sources, @dated by filed_on)");
  definitions.leads.front().stages.clear();
  try {
    expanded(definitions, {"dated"});
    FAIL() << "no day";
  } catch (const DefinitionError& error) {
    EXPECT_EQ(error.faults().front().path, "lead.supervision.stages");
    EXPECT_EQ(error.faults().front().message,
              "the groups of '@dated' change over time, and no stage says by which day: name one, stages = "
              "[[\"found\", \"found_on\"]], or build with other groupings");
  }
}

TEST(Patterns, OfSingleSourcesAreCountedOverAllAndKeepOnlyWhatTheyRead) {
  const Catalogue catalogue = expanded(supervision(), {});
  EXPECT_EQ(catalogue.unit("supervision.sources@source")->take,
            (std::vector<std::string>{"sources", "supervision.filed", "supervision.registered"}));
  EXPECT_FALSE(catalogue.aggregate("supervision.filed.sources@source").date);
  EXPECT_EQ(catalogue.dimension_column("office", "supervision.sources@source"), std::nullopt);
}

TEST(Patterns, HaveTheSumOfWhatTheirLeadsWeigh) {
  Definitions definitions = supervision();
  definitions.leads.front().value = "recovered";
  const Catalogue catalogue = expanded(definitions);
  const Aggregate& value = catalogue.aggregate(pattern_value("supervision", "filed", "sources", "origin"));
  EXPECT_EQ(value.id, "supervision.filed.sources.value@origin");
  EXPECT_EQ(value.kind, Aggregate::Kind::sum);
  EXPECT_EQ(value.column, "recovered");
  EXPECT_EQ(value.where->text(), catalogue.aggregate("supervision.filed.sources@origin").where->text());
}

TEST(Patterns, OfLeadsWithoutStagesAreCountedWithoutDate) {
  Definitions definitions = supervision();
  definitions.leads.front().stages.clear();
  const Catalogue catalogue = expanded(definitions);
  const Aggregate& count = catalogue.aggregate(pattern_count("supervision", "", "sources", "origin"));
  EXPECT_EQ(count.id, "supervision.sources@origin");
  EXPECT_FALSE(count.date);
  EXPECT_FALSE(count.where);
}

TEST(Patterns, OfAGroupingThatChangesByDateHaveAUnitForEachStage) {
  Definitions definitions = supervision();
  definitions.tables.push_back({.id = "origins",
                                .columns = {{.name = "source"},
                                            {.name = "group"},
                                            {.name = "valid_from", .type = Type::date},
                                            {.name = "valid_to", .type = Type::date}}});
  definitions.groupings = {{.id = "origin", .table = "origins"}};
  const Catalogue catalogue = expanded(definitions);
  EXPECT_EQ(catalogue.aggregate("supervision.filed.sources@origin").unit, "supervision.sources.filed@origin");
  EXPECT_EQ(catalogue.unit("supervision.sources.filed@origin")->columns.front().value.text(),
            "pattern(sources, @origin by filed_on)");
}

TEST(Patterns, CountTheLeadsThatPassStagesOutOfOrder) {
  const Catalogue catalogue = expanded(supervision());
  const Aggregate& count = catalogue.aggregate(out_of_order("supervision"));
  EXPECT_EQ(count.id, "supervision.out_of_order");
  EXPECT_EQ(count.unit, "lead");
  EXPECT_NE(count.where->text().find("days(registered_on, filed_on) < 0"), std::string::npos) << count.where->text();
}

TEST(Patterns, CountTheLeadsThatAreDatedAtNoStage) {
  Definitions definitions = supervision();
  const Aggregate count = expanded(definitions).aggregate(no_stage("supervision"));
  EXPECT_EQ(count.id, "supervision.no_stage");
  EXPECT_EQ(count.unit, "lead");
  EXPECT_EQ(count.where->text().rfind("not ", 0), 0U) << count.where->text();
  definitions.leads.front().stages.clear();
  EXPECT_EQ(expanded(definitions).json().find("no_stage"), std::string::npos);
}

TEST(Patterns, AddedTwiceChangeNothing) {
  const Catalogue once = expanded(supervision());
  EXPECT_EQ(once.with_patterns(Groupings{"origin"}).json(), once.json());
}

TEST(Patterns, AreLeftOutWhereNoLeadsAreDeclared) {
  Definitions definitions = supervision();
  definitions.leads.clear();
  EXPECT_EQ(expanded(definitions).json(), Catalogue(definitions).json());
}

TEST(Patterns, AreReadBackAsTheyArePrinted) {
  const Catalogue catalogue = expanded(supervision());
  const Catalogue read = Catalogue::from_json(catalogue.json());
  EXPECT_EQ(read.json(), catalogue.json());
  EXPECT_EQ(read.count_hash("supervision.filed.sources@origin"),
            catalogue.count_hash("supervision.filed.sources@origin"));
  EXPECT_NE(catalogue.toml().find("[unit.\"supervision.sources@origin\"]"), std::string::npos);
}

TEST(Patterns, MayBeAskedByFormulas) {
  const Formula formula = Formula::parse("supervision.filed.sources@origin + 1/2 * supervision.out_of_order");
  EXPECT_EQ(formula.terms.front().name, "supervision.filed.sources@origin");
  EXPECT_EQ(Formula::parse(formula.text()), formula);
}

TEST(Patterns, StayInTheCatalogueOfAnIndicatorOverThem) {
  Definitions definitions = expanded(supervision()).definitions();
  definitions.indicators = {{.id = "odd", .of = Formula::parse("supervision.out_of_order")}};
  const std::vector<std::string> odd{"odd"};
  const Catalogue part = Catalogue(definitions).only(odd);
  EXPECT_EQ(ids(part.definitions().leads), (std::vector<std::string>{"supervision"}));
  EXPECT_EQ(ids(part.definitions().aggregates), (std::vector<std::string>{"supervision.out_of_order"}));
}

TEST(Patterns, AreRefusedForAGroupingThatIsNotDeclared) {
  expect_says(refusal<QueryError>([] { expanded(supervision(), {"orgin"}); }),
              "no grouping 'orgin'; did you mean 'origin'?");
}

TEST(Ids, ThatAreMadeForLeadsAreNoOnesElse) {
  Definitions definitions = supervision();
  definitions.aggregates = {{.id = "arrests.filed", .unit = "lead"}};
  expect_says(refusal<DefinitionError>([&] { Catalogue catalogue(definitions); }), "'arrests.filed' is no id");
  definitions.aggregates = {{.id = "supervision.total", .unit = "lead"}};
  expect_says(refusal<DefinitionError>([&] { Catalogue catalogue(definitions); }), "'supervision.total' is no id");
}

}  // namespace
}  // namespace casemetry
