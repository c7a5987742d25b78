// SPDX-License-Identifier: Apache-2.0
// Contributions by groupings that a cube does not count, what their results carry, and the leads behind them.
#include <casemetry/query.hpp>

#include "cells.hpp"
#include "contributions.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

// ----------------------------------------------------------------------------------------------- other groupings

const Grouping model{.id = "model", .groups = {{"first", {"m1"}}, {"second", {"m2"}}}, .rest = "people"};

TEST(OtherGroupings, ThatJoinGroupsAreToldByPatterns) {
  Definitions definitions = site();
  definitions.groupings = {model};
  const Cube fine = build(golden_site().tables(), Catalogue(definitions), {.by = {"office"}});
  const Grouping joined{.id = "origin", .groups = {{"digital", {"m1", "m2"}}}, .rest = "traditional"};
  const Result told = ask(share("shapley"), {.by = {"office"}, .every = "month"}, fine.with(joined));
  const Result counted = ask(share("shapley"), {.by = {"office"}, .every = "month"});
  ASSERT_EQ(told.rows(), counted.rows());
  for (std::int64_t i = 0; i < told.rows(); ++i) EXPECT_EQ(told.row(i).value, counted.row(i).value);
}

TEST(OtherGroupings, AreToldOverAllBySingleSources) {
  Indicator first = share("shapley");
  first.group = "first";
  first.groups = "model";
  const Result told = ask(first, {}, golden_cube().with(model));
  LeadCounts leads{.sets = patterns(toy(), model)};
  EXPECT_EQ(told.row(0).value, contribution(leads, "first", Rule::shapley).value);
  first.rule = "linear";
  EXPECT_EQ(ask(first, {}, golden_cube().with(model)).row(0).flags.status(), "ok");
}

TEST(OtherGroupings, AreNotAvailableByCellOrPeriodAndItIsSaidHowTheyWouldBe) {
  Indicator first = share("owen");
  first.group = "first";
  first.groups = "model";
  const Cube cube = golden_cube().with(model);
  for (const Query& question : {Query{.by = {"office"}}, Query{.period = "2024"}, Query{.every = "month"},
                                Query{.where = Expression::parse("office == 'A'")}}) {
    const Result result = ask(first, question, cube);
    EXPECT_EQ(result.row(0).flags.status(), "not_available");
    expect_says(result.metadata().at("not_available"), R"(build the cube with groupings=[\"model\"])");
  }
}

TEST(OtherGroupings, AreNotAskedOfACubeThatWasRolledUpWithoutTheirPatterns) {
  const Ids office{"office"}, both{"office", "@origin"};
  const Result result = ask(share("owen"), {}, golden_cube().roll_up(office));
  EXPECT_EQ(result.row(0).flags.status(), "not_available");
  expect_says(result.metadata().at("not_available"), "rolled up without '@origin'");
  EXPECT_EQ(ask(share("owen"), {}, golden_cube().roll_up(both)).row(0).value, ask(share("owen")).row(0).value);
}

TEST(OtherGroupings, OfSingleSourcesAreGroupsOfTheirOwn) {
  Indicator hotline = share("shapley");
  hotline.group = "hotline";
  hotline.groups = "source";
  const LeadCounts leads{.sets = patterns(toy(), single)};
  EXPECT_EQ(ask(hotline).row(0).value, contribution(leads, "hotline", Rule::shapley).value);
  EXPECT_EQ(ask(hotline, {.every = "year"}).row(0).flags.status(), "not_available");
}

TEST(OtherGroupings, MustHaveAGroupForEverySource) {
  Indicator first = share("owen");
  first.group = "first";
  first.groups = "model";
  const Grouping closed{.id = "model", .groups = {{"first", {"m1"}}}};
  expect_says(refusal<DataError>([&] { ask(first, {}, golden_cube().with(closed)); }), "is in no group of 'model'");
}

// ----------------------------------------------------------------------------------------------- what a result tells

Ids names(const Result& result) {
  Ids names;
  for (const ArrowColumn& column : result.columns()) names.push_back(column.name);
  return names;
}

TEST(ResultsOfContributions, HaveTheBandAndBothDenominatorsAsColumns) {
  EXPECT_EQ(names(ask(share("owen"))),
            (Ids{"indicator", "period", "value", "numerator", "denominator", "unknown", "low", "high", "least", "most",
                 "standard_error", "exclusive", "any", "leads", "unattributed", "status", "flags"}));
}

TEST(ResultsOfContributions, LeaveThemEmptyForOtherIndicators) {
  Definitions definitions = with(site(), share("owen"));
  definitions.aggregates = {{.id = "all", .unit = "leads"}};
  definitions.indicators.push_back({.id = "n", .kind = Indicator::Kind::count, .of = Formula::parse("all")});
  const Cube cube = build(golden_site().tables(), Catalogue(definitions));
  const Result both = query(cube, {.indicators = {"digital", "n"}});
  EXPECT_TRUE(both.row(0).band);
  EXPECT_FALSE(both.row(1).band);
  EXPECT_EQ(names(query(cube, {.indicators = {"n"}})).size(), 12U) << "and have no such columns without any";
}

TEST(ResultsOfContributions, CarryTheSixNames) {
  const Result result = ask(share("first", "filed", "attributed"));
  EXPECT_EQ(result.metadata().at("names"),
            R"json({"digital":{"rule":"first","among":"all leads","stage":"filed",)json"
            R"json("groups":"origin: digital (2 sources), traditional (2 sources)",)json"
            R"json("counts":"attributed leads","window":"between(days(registered_on, found_on), -90, 0)"}})json");
  EXPECT_EQ(result.metadata().at("counts"), R"({"digital":{"zh":"条","en":"leads"}})");
}

TEST(ResultsOfContributions, CannotBeMadeFromFigures) {
  const Catalogue catalogue(with(site(), share("owen")));
  expect_says(refusal<QueryError>([&] { evaluate(catalogue, "digital", {}); }), "ask a cube for it");
}

// ----------------------------------------------------------------------------------------------- the leads behind them

testing::Cells behind(const std::string& side, const std::string& rule = "owen", CellSelector selector = {}) {
  const std::vector<Lead> leads{{"L1"}, {"L2", "B"}, {"L3", "B"}, {"L4", "A", "2024-04-01"}};
  const std::vector<Discovery> found{{"L1", "m1"}, {"L1", "hotline"}, {"L2", "manual"}, {"L4", "m2", "2024-03-02"}};
  selector.indicator = "digital";
  selector.side = side;
  const Catalogue catalogue(with(site(), share(rule)));
  return testing::cells(rows(tables(leads, found), catalogue, {}, selector).column("lead_id"));
}

TEST(LeadsBehindAContribution, AreThoseThatGiveTheGroupSomeCredit) {
  EXPECT_EQ(behind("numerator"), (testing::Cells{"L1", "L4"}));
  EXPECT_EQ(behind("numerator", "exclusive"), (testing::Cells{"L4"}));
  EXPECT_EQ(behind("numerator", "first"), (testing::Cells{"L1", "L4"}));
  EXPECT_EQ(behind("denominator"), (testing::Cells{"L1", "L2", "L3", "L4"}));
  EXPECT_EQ(behind("unknown"), (testing::Cells{}));
}

TEST(LeadsBehindAContribution, AreThoseOfACellAndPeriod) {
  EXPECT_EQ(behind("numerator", "owen", {.period = "2024-04"}), (testing::Cells{"L4"}));
  EXPECT_EQ(behind("denominator", "owen", {.cell = {{"office", "B"}}}), (testing::Cells{"L2", "L3"}));
}

TEST(LeadsBehindAContribution, OfFirstAndLastAreKnownOnTheirUpperSideOnly) {
  expect_says(refusal<QueryError>([] { behind("denominator", "last"); }), "ask for side='numerator'");
}

}  // namespace
}  // namespace casemetry
