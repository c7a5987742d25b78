// SPDX-License-Identifier: Apache-2.0
// Leads in a cube: counted by the patterns of their sources, in cells, parts and forms like any other unit.
#include <casemetry/leads.hpp>

#include <algorithm>

#include "lead_site.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

using Ids = std::vector<std::string>;

const std::vector<Lead> three{{"L1"}, {"L2", "B"}, {"L3", "B"}};
const std::vector<Discovery> found{{"L1", "m1"}, {"L1", "hotline"}, {"L2", "m2"}};

Cube cube_of(const std::vector<Lead>& leads, const std::vector<Discovery>& discoveries,
             const BuildOptions& options = {}) {
  return build(tables(leads, discoveries), site_catalogue(), options);
}

const DimensionLabels& dimension(const Cube& cube, const std::string& id) {
  return *std::ranges::find(cube.dimensions(), id, &DimensionLabels::id);
}

TEST(LeadsInACube, AreCountedByThePatternsOfTheirSources) {
  const Cube cube = cube_of(three, found, {.by = {"office"}});
  EXPECT_EQ(dimension_ids(cube), (Ids{"office", "@origin", "@source"}));
  EXPECT_EQ(dimension(cube, "@origin").labels, (Ids{"[]", "digital 1", "digital 1, traditional 1"}));
  EXPECT_EQ(dimension(cube, "@source").labels, (Ids{"[]", "hotline 1, m1 1", "m2 1"}));
  EXPECT_EQ(counted(cube, "supervision.registered.sources@origin"), 3);
  EXPECT_EQ(counted(cube, "supervision.filed.sources@origin"), 0);
}

TEST(LeadsInACube, BySingleSourceHaveNoOtherDimensionAndNoDate) {
  const Cube cube = cube_of(three, found, {.by = {"office"}});
  const Block* block = cube.block("supervision.sources@source", "");
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(block->has_dimension, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(block->units, (std::vector<std::int64_t>{1, 1, 1}));
}

TEST(LeadsInACube, AreCountedByTheGroupingsThatAreNamed) {
  Definitions definitions = site();
  definitions.groupings.push_back({.id = "model", .groups = {{"first", {"m1"}}}, .rest = "others"});
  const Catalogue catalogue(definitions);
  const auto dimensions = [&](const std::optional<Ids>& groupings) {
    return dimension_ids(build(tables(three, found), catalogue, {.groupings = groupings}));
  };
  EXPECT_EQ(dimensions({}), (Ids{"@origin", "@model", "@source"}));
  EXPECT_EQ(dimensions(Ids{"model", "origin"}), dimensions({})) << "in the order of the catalogue";
  EXPECT_EQ(dimensions(Ids{"model"}), (Ids{"@model", "@source"}));
  EXPECT_EQ(dimensions(Ids{}), (Ids{"@source"}));
  expect_says(refusal<QueryError>([&] { dimensions(Ids{"modl"}); }), "no grouping 'modl'; did you mean 'model'?");
}

TEST(LeadsInACube, AreCountedAsFarAsTheNamedIndicatorsNeed) {
  Definitions definitions = site();
  definitions.aggregates = {{.id = "cases", .unit = "leads"}};
  definitions.indicators = {
      {.id = "all", .kind = Indicator::Kind::count, .of = Formula::parse("cases")},
      {.id = "digital", .kind = Indicator::Kind::contribution, .group = "digital", .rule = "owen", .groups = "origin"}};
  const Catalogue catalogue(definitions);
  const auto built = [&](const Ids& indicators) {
    return build(tables(three, found), catalogue, {.indicators = indicators});
  };
  EXPECT_EQ(dimension_ids(built({"all"})), Ids{});
  EXPECT_EQ(built({"all"}).blocks().size(), 1U);
  const Cube cube = built({"digital"});
  EXPECT_EQ(dimension_ids(cube), (Ids{"@origin"}));
  ASSERT_EQ(cube.blocks().size(), 2U);
  EXPECT_NE(cube.block("supervision.sources@origin", "registered_on"), nullptr);
  EXPECT_NE(cube.block("lead", ""), nullptr) << "the odd ones, which are told with it";
}

TEST(LeadsInACube, LeaveACubeWithoutThemAsItIs) {
  Definitions definitions = site();
  definitions.aggregates = {{.id = "cases", .unit = "leads"}};
  definitions.leads.clear();
  const Catalogue without(definitions);
  const Cube cube = build(tables(three, found), without, {.by = {"office"}});
  EXPECT_EQ(dimension_ids(cube), (Ids{"office"}));
  EXPECT_EQ(cube.catalogue().json(), without.json());
  EXPECT_EQ(cube.bytes(), build(tables(three, found), without, {.by = {"office"}, .groupings = Ids{"origin"}}).bytes());
}

TEST(LeadsInACube, AreLeftOutWhereTheirTablesAreNotAtHandAndItIsSaidWhy) {
  const Tables all = tables(three, found);
  Definitions definitions = site();
  definitions.aggregates = {{.id = "cases", .unit = "leads"}};
  const Cube cube = build({{"leads", all.at("leads")}}, Catalogue(definitions), {.by = {"office"}});
  EXPECT_EQ(dimension_ids(cube), (Ids{"office"}));
  EXPECT_EQ(counted(cube, "cases"), 3);
  expect_says(cube.not_available().at("lead.supervision"), "discoveries");
  expect_says(refusal<QueryError>([&] { overlap(cube); }), "discoveries");
}

TEST(LeadsInACube, WithoutAColumnLackOnlyWhatItHolds) {
  Definitions definitions = site();
  definitions.leads.front().value = "recovered";
  const samples::Texts ids{"L1"}, offices{"A"}, registered{"2024-03-01"}, filed{""};
  const Table leads = Table::of({samples::column("lead_id", ids), samples::column("office", offices),
                                 samples::column("registered_on", registered), samples::column("filed_on", filed)});
  const Cube cube = build({{"leads", leads}, {"discoveries", discovery_table(found)}}, Catalogue(definitions));
  EXPECT_EQ(counted(cube, "supervision.registered.sources@origin"), 1);
  expect_says(cube.not_available().at("lead.supervision"), "recovered");
}

TEST(LeadsInACube, ArePlannedInPlainWords) {
  const Plan told = plan(tables(three, found), site_catalogue(), {.by = {"office"}});
  const auto unit = std::ranges::find(told.units, "supervision.sources@origin", &Plan::Unit::id);
  ASSERT_NE(unit, told.units.end());
  EXPECT_EQ(unit->from, "supervision.leads") << "the leads, with the stages that each reached";
  EXPECT_EQ(unit->pattern, "pattern(sources, @origin)");
  EXPECT_EQ(unit->units, 3);
}

// ------------------------------------------------------------------------------------------------- parts

Cube part(const std::string& name, const std::vector<Lead>& leads, const std::vector<Discovery>& discoveries,
          Ids partitioned_by = {"lead_id"}) {
  return cube_of(leads, discoveries, {.by = {"office"}, .partitioned_by = std::move(partitioned_by), .part = name});
}

TEST(LeadsInParts, AddUpToThoseOfAllRows) {
  Cube sum = part("north", {three[0]}, {found[0], found[1]});
  sum += part("south", {three[1], three[2]}, {found[2]});
  EXPECT_EQ(sum, cube_of(three, found, {.by = {"office"}}));
  EXPECT_EQ(sum.fingerprint(), cube_of(three, found, {.by = {"office"}}).fingerprint());
}

TEST(LeadsInParts, AreRefusedIfOneCouldBeInTwo) {
  Cube sum = part("north", {three[0]}, {found[0]}, {});
  const std::string message = refusal<MergeError>([&] { sum += part("south", {three[0]}, {found[1]}, {}); });
  expect_says(message, "unit 'lead' looks up 'discovered'");
  expect_says(message, "partitioned_by");
}

TEST(LeadsInParts, AreCountedOnceIfTheirDiscoveriesAreJoinedBefore) {
  const Cube joined = cube_of({three[0]}, {found[0], found[1]});
  EXPECT_EQ(counted(joined, "supervision.registered.sources@origin"), 1);
  EXPECT_EQ(dimension(joined, "@source").labels, (Ids{"hotline 1, m1 1"}));
}

// ------------------------------------------------------------------------------------------------- forms

TEST(LeadsInForms, AreTheSameInBytesAndInArrow) {
  const Cube cube = cube_of(three, found, {.by = {"office"}});
  EXPECT_EQ(Cube::from_bytes(cube.bytes()), cube);
  EXPECT_EQ(Cube::from_bytes(cube.bytes()).bytes(), cube.bytes());
  ArrowArrayStream stream;
  cube.to_arrow(&stream);
  EXPECT_EQ(Cube::from_arrow(&stream), cube);
}

TEST(LeadsInForms, RollUpToTheirPatternsAndAreKeptWithoutOthers) {
  const Cube cube = cube_of(three, found, {.by = {"office"}});
  EXPECT_EQ(cube.roll_up(Ids{"@origin", "@source"}), cube_of(three, found));
  const Cube kept = cube.keep(Ids{"supervision.registered.sources@origin"});
  EXPECT_EQ(dimension_ids(kept), (Ids{"office", "@origin"}));
  EXPECT_EQ(counted(kept, "supervision.registered.sources@origin"), 3);
}

// ------------------------------------------------------------------------------------------------- odd data

TEST(OddLeads, FoundWithoutALeadAreCountedWhereTheyAreLookedUp) {
  std::vector<Discovery> more = found;
  more.push_back({"L9", "m1"});
  const Cube cube = cube_of(three, more);
  EXPECT_EQ(counted(cube, "supervision.registered.sources@origin"), 3);
  const auto reports = cube.unit_reports();
  const auto report = std::ranges::find(reports, "dated_discovery", &UnitReport::unit);
  ASSERT_NE(report, reports.end());
  EXPECT_EQ(report->lookups.front().not_found, 1);
}

TEST(OddLeads, ThatWeighLessThanNothingAreRefused) {
  Definitions definitions = site();
  definitions.leads.front().value = "recovered";
  const std::vector<Lead> leads{{"L1"}, {.id = "L2", .recovered = "-5"}};
  const std::string message = refusal<DataError>([&] { build(tables(leads, found), Catalogue(definitions)); });
  expect_says(message, "column 'recovered' of 'lead' is -5 for lead_id = 'L2'");
}

TEST(OddLeads, ThatPassStagesOutOfOrderAreCounted) {
  const std::vector<Lead> leads{{.id = "L1", .filed_on = "2024-02-20"}, {.id = "L2", .filed_on = "2024-03-20"}, {"L3"}};
  EXPECT_EQ(counted(cube_of(leads, found), out_of_order("supervision")), 1);
}

TEST(OddLeads, StayWithTheCountsOfContributions) {
  const std::vector<Lead> leads{{.id = "L1", .filed_on = "2024-02-20"}, {.id = "L2", .registered_on = ""}};
  const Cube cube = cube_of(leads, found);
  const Cube kept = cube.keep(Ids{"supervision.registered.sources@origin"});
  EXPECT_EQ(counted(kept, out_of_order("supervision")), 1);
  EXPECT_EQ(counted(kept, no_stage("supervision")), 1);
  EXPECT_EQ(cube.keep(Ids{no_stage("supervision")}).blocks().front().aggregates.size(), 1U);
}

}  // namespace
}  // namespace casemetry
