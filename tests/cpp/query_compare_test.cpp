// SPDX-License-Identifier: Apache-2.0
#include "questions.hpp"

namespace casemetry {
namespace {

using namespace questions;

// Newcombe (1998), table II (a): 56 of 70 and 48 of 80 differ by 0.2, method 10 [0.0524, 0.3339]. The rest is 80 of
// the whole's 150.
const std::vector<Persons> part_and_rest{{.office = A, .x = 56, .n = 70}, {.office = B, .x = 48, .n = 80}};

TEST(Compare, WithTheTotalIsThatWithTheRestTimesItsShare) {
  const Result result = ask(cube(part_and_rest), {.by = {"office"}, .compare = {"total"}});
  const Change change = result.row(0).changes[0];
  EXPECT_DOUBLE_EQ(*change.value, 104.0 / 150);
  EXPECT_DOUBLE_EQ(*change.change, 0.8 - 104.0 / 150);
  EXPECT_DOUBLE_EQ(*change.change, 0.2 * 80 / 150);
  EXPECT_NEAR(*change.low, 0.0524 * 80 / 150, 3e-5);
  EXPECT_NEAR(*change.high, 0.3339 * 80 / 150, 3e-5);
  EXPECT_DOUBLE_EQ(*result.row(1).changes[0].change, -0.2 * 70 / 150);
}

TEST(Compare, AWholeOfOnePartIsThatPart) {
  const Change change = ask(cube({{.x = 3, .n = 4}}), {.by = {"office"}, .compare = {"total"}}).row(0).changes[0];
  EXPECT_EQ(change.value, 0.75);
  EXPECT_EQ(change.change, 0.0);
  EXPECT_EQ(change.low, 0.0);
  EXPECT_EQ(change.high, 0.0);
}

TEST(Compare, TheTotalIsOfWhatIsChosenAndHasAllThatIsMissing) {
  const Cube of = cube({{.office = A, .x = 1, .n = 2}, {.office = B, .x = 1, .n = 4}, {.office = missing, .n = 2}});
  const auto total = [&](std::optional<Expression> where) {
    return ask(of, {.by = {"office"}, .where = std::move(where), .compare = {"total"}}).row(0).changes[0].value;
  };
  EXPECT_EQ(total(std::nullopt), 2.0 / 8);
  EXPECT_EQ(total(in(col("office"), {"A", "B"})), 2.0 / 6);
}

TEST(Compare, CountsAreRelativeToTheirTotal) {
  const Result result = ask(cube({{.office = A, .x = 1, .n = 2}, {.office = B, .x = 3, .n = 4}}),
                            {.indicators = {"refusals"}, .by = {"office"}, .compare = {"total"}});
  EXPECT_EQ(result.row(0).changes[0].value, 4.0);
  EXPECT_EQ(result.row(0).changes[0].change, -0.75);
  EXPECT_EQ(result.row(0).changes[0].low, std::nullopt);
}

TEST(Compare, EachPeriodWithItsOwnTotal) {
  const Result result = ask(cube({{.office = A, .x = 1, .n = 2},
                                  {.office = B, .x = 2, .n = 2},
                                  {.office = A, .in = month(2024, 2), .x = 0, .n = 3}}),
                            {.by = {"office"}, .every = "month", .compare = {"total"}});
  ASSERT_EQ(texts(result), (Texts{"A 2024-01 1/2", "A 2024-02 0/3", "B 2024-01 2/2", "B 2024-02 0/0"}));
  EXPECT_EQ(result.row(0).changes[0].value, 0.75);
  EXPECT_EQ(result.row(1).changes[0].value, 0.0);
  EXPECT_EQ(result.row(3).changes[0].value, 0.0);
  EXPECT_EQ(result.row(3).changes[0].change, std::nullopt);
}

/// Offices by charges: cells A theft, A fraud, B theft.
Cube by_two() {
  Cube::Data data{
      .catalogue = Catalogue(definitions()),
      .dimensions = {{.id = "office", .labels = {"A", "B", "C"}, .listed = 3},
                     {.id = "charge", .labels = {"fraud", "theft"}, .listed = 2}},
      .blocks = {block({{.office = A, .x = 1, .n = 4}, {.office = A, .x = 2, .n = 4}, {.office = B, .x = 3, .n = 4}})}};
  data.blocks[0].has_dimension = {true, true};
  data.blocks[0].codes = {A, 0, A, 1, B, 1};
  return Cube(std::move(data));
}

TEST(Compare, TheParentIsTheTotalOverTheLastDimension) {
  const auto parents = [](std::vector<std::string> by) {
    std::vector<std::optional<double>> values;
    for (const Result::Row& row : ask(by_two(), {.by = std::move(by), .compare = {"parent"}}))
      values.push_back(row.changes[0].value);
    return values;
  };
  using Values = std::vector<std::optional<double>>;
  EXPECT_EQ(parents({"office", "charge"}), (Values{3.0 / 8, 3.0 / 8, 3.0 / 4}));
  EXPECT_EQ(parents({"charge", "office"}), (Values{1.0 / 4, 5.0 / 8, 5.0 / 8}));
  EXPECT_EQ(parents({"office"}), (Values{6.0 / 12, 6.0 / 12}));
}

TEST(Compare, WithThePeriodBefore) {
  const Cube of = cube({{.in = month(2024, 1), .x = 48, .n = 80}, {.in = month(2024, 2), .x = 56, .n = 70}});
  const Change change = ask(of, {.period = "2024-02", .compare = {"previous"}}).row(0).changes[0];
  EXPECT_EQ(change.value, 0.6);
  EXPECT_NEAR(*change.low, 0.0524, 5e-5);
  const Result monthly = ask(of, {.period = "2024Q1", .every = "month", .compare = {"previous"}});
  EXPECT_EQ(monthly.row(0).changes[0].value, std::nullopt);
  EXPECT_EQ(monthly.row(1).changes[0].value, 0.6);
  EXPECT_EQ(monthly.row(2).changes[0].value, 0.8);
}

TEST(Compare, PeriodsBeforeMayOverlap) {
  const Cube of = cube({{.in = month(2023, 10), .x = 1, .n = 4}, {.in = month(2023, 11), .x = 2, .n = 4}});
  const Result result = ask(of, {.period = "2023-12..2024-03", .every = "quarter", .compare = {"previous"}});
  ASSERT_EQ(texts(result), (Texts{"2023-12 0/0", "2024Q1 0/0"}));
  EXPECT_EQ(result.row(0).changes[0].value, 0.5);      // 2023-11
  EXPECT_EQ(result.row(1).changes[0].value, 3.0 / 8);  // 2023Q4
}

TEST(Compare, SeveralAtOnceEachInItsOwnColumns) {
  const Result result = ask(cube({{.in = month(2023, 2), .x = 1, .n = 5},
                                  {.in = month(2024, 1), .x = 2, .n = 5},
                                  {.in = month(2024, 2), .x = 3, .n = 5}}),
                            {.by = {"office"}, .period = "2024-02", .compare = {"total", "year_ago", "previous"}});
  const auto changes = result.row(0).changes;
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].value, 0.6);
  EXPECT_EQ(changes[1].value, 0.2);
  EXPECT_EQ(changes[2].value, 0.4);
  EXPECT_EQ(result.columns()[13].name, "total_value");
  EXPECT_EQ(result.columns()[17].name, "year_ago_value");
}

TEST(Compare, RefusesWhatHasNothingBeside) {
  EXPECT_EQ(refusal(cube(part_and_rest), {.compare = {"total"}}),
            "compare='total' needs cells that are parts of it; give dimensions in by");
  EXPECT_EQ(refusal(cube(part_and_rest), {.compare = {"previous"}}),
            "compare='previous' needs a period to compare; give one, such as period='2024-01..2024-09'");
  EXPECT_NE(refusal(cube(part_and_rest), {.period = "ytd(2024-02)", .compare = {"previous"}}).find("year_ago"),
            std::string::npos);
  EXPECT_EQ(refusal(cube(part_and_rest), {.period = "2024", .compare = {"previos"}}),
            "there is no comparison 'previos'; did you mean 'previous'?");
}

}  // namespace
}  // namespace casemetry
