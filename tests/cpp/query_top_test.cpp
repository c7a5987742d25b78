// SPDX-License-Identifier: Apache-2.0
#include "questions.hpp"

namespace casemetry {
namespace {

using namespace questions;

const std::vector<Persons> offices{{.office = A, .x = 3, .n = 4},
                                   {.office = A, .in = month(2024, 2), .x = 0, .n = 1},
                                   {.office = B, .x = 1, .n = 9},
                                   {.office = C, .x = 2, .n = 5},
                                   {.office = missing, .x = 1, .n = 6, .a = 1}};

TEST(Top, ShowsTheLargestAndAddsUpTheOthers) {
  const Result result = ask(cube(offices), {.by = {"office"}, .top = Top{2}});
  EXPECT_EQ(texts(result), (Texts{"B - 1/9", "- - 1/6", "（其他） - 5/10"}));
  EXPECT_EQ(result.metadata().at("top"),
            R"({"n":2,"by":"denominator","of":"non_arrest_rate","others":2,"label":"（其他）"})");
}

TEST(Top, BreaksTiesByLabelOrder) {
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .top = Top{4}})),
            (Texts{"B - 1/9", "- - 1/6", "A - 3/5", "C - 2/5"}));
}

TEST(Top, MayBeByAnotherAmountAndLeaveTheOthersOut) {
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .top = Top{2, "numerator", false}})),
            (Texts{"A - 3/5", "C - 2/5"}));
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .top = Top{1, "value", false}})), Texts{"A - 3/5"});
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .top = Top{1, "unknown", false}})), Texts{"- - 1/6"});
}

TEST(Top, OfACountIsByTheCount) {
  const Result result = ask(cube(offices), {.indicators = {"refusals"}, .by = {"office"}, .top = Top{1}});
  EXPECT_EQ(texts(result), (Texts{"A - 3", "（其他） - 4"}));
  EXPECT_EQ(result.row(1).unknown, 1);
  EXPECT_EQ(result.row(1).most, 5.0);
}

TEST(Top, AreTheSameCellsInAllPeriods) {
  EXPECT_EQ(
      texts(ask(cube(offices), {.by = {"office"}, .period = "2024-01..2024-02", .every = "month", .top = Top{1}})),
      (Texts{"B 2024-01 1/9", "B 2024-02 0/0", "（其他） 2024-01 6/15", "（其他） 2024-02 0/1"}));
}

TEST(Top, RespectsTheCondition) {
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .where = in(col("office"), {"A", "C"}), .top = Top{1}})),
            (Texts{"A - 3/5", "（其他） - 2/5"}));
}

TEST(Top, HasNoOthersIfNoneAreLeft) {
  const Result result = ask(cube(offices), {.by = {"office"}, .top = Top{9}});
  EXPECT_EQ(result.rows(), 4);
  EXPECT_EQ(result.metadata().at("top"), R"({"n":9,"by":"denominator","of":"non_arrest_rate"})");
}

TEST(Top, LeavesTotalsAsTheyAre) {
  const Result result =
      ask(cube(offices), {.by = {"office"}, .compare = {"total", "parent"}, .top = Top{1, {}, false}});
  ASSERT_EQ(result.rows(), 1);
  EXPECT_EQ(result.row(0).changes[0].value, 7.0 / 25);
  EXPECT_EQ(result.row(0).changes[1].value, 7.0 / 25);
}

TEST(Top, MediansOfTheOthersAreThoseOfTheirDays) {
  Block stays = block({{.office = A, .n = 3}, {.office = B, .n = 1}, {.office = C, .n = 1}});
  stays.aggregates.push_back(
      {.aggregate = "stay", .yes = {3, 1, 1}, .offsets = {0, 1, 2, 3}, .days = {10, 20, 40}, .day_counts = {3, 1, 1}});
  const Result result = ask(cube(std::vector{stays}), {.indicators = {"median_stay"}, .by = {"office"}, .top = Top{1}});
  ASSERT_EQ(texts(result), (Texts{"A -/3", "（其他） -/2"}));
  EXPECT_EQ(result.row(1).value, 30.0);
}

TEST(Top, NamesTheOthersAsNoLabelIsNamed) {
  Cube::Data data{.catalogue = Catalogue(definitions()),
                  .dimensions = {{.id = "office", .labels = {"A", "B", "（其他）"}, .listed = 3}},
                  .blocks = {block(offices)}};
  EXPECT_EQ(texts(ask(Cube(std::move(data)), {.by = {"office"}, .top = Top{2}})),
            (Texts{"B - 1/9", "- - 1/6", "（（其他）） - 5/10"}));
}

TEST(Top, OthersOfSeveralParentsAreComparedWithNone) {
  Cube::Data data{.catalogue = Catalogue(definitions()),
                  .dimensions = {{.id = "office", .labels = {"A", "B", "C"}, .listed = 3},
                                 {.id = "charge", .labels = {"fraud", "theft"}, .listed = 2}},
                  .blocks = {block({{.office = A, .n = 4}, {.office = A, .n = 2}, {.office = B, .x = 1, .n = 2}})}};
  data.blocks[0].has_dimension = {true, true};
  data.blocks[0].codes = {A, 0, A, 1, B, 1};
  const Result result =
      ask(Cube(std::move(data)), {.by = {"office", "charge"}, .compare = {"parent", "total"}, .top = Top{1}});
  ASSERT_EQ(texts(result), (Texts{"A fraud - 0/4", "（其他） （其他） - 1/4"}));
  EXPECT_EQ(result.row(1).changes[0].value, std::nullopt);
  EXPECT_EQ(result.row(1).changes[1].value, 1.0 / 8);
}

TEST(Top, RefusesWhatChoosesNoCells) {
  EXPECT_EQ(refusal(cube(offices), {.by = {"office"}, .top = Top{0}}),
            "the largest 0 cells are none; ask for the top 1 or more");
  EXPECT_EQ(refusal(cube(offices), {.top = Top{1}}), "top needs cells to choose among; give dimensions in by");
  EXPECT_EQ(refusal(cube(offices), {.by = {"office"}, .top = Top{1, "denominatr"}}),
            "cells have no amount 'denominatr'; did you mean 'denominator'?");
}

}  // namespace
}  // namespace casemetry
