// SPDX-License-Identifier: Apache-2.0
#include "questions.hpp"

namespace casemetry {
namespace {

using namespace questions;

TEST(Flags, AreWordsGravestFirst) {
  Flags flags;
  EXPECT_EQ(flags.status(), "ok");
  EXPECT_EQ(flags.text(), "");
  flags.set(Flag::unlisted);
  flags.set(Flag::small);
  flags.set(Flag::no_denominator);
  EXPECT_EQ(flags.status(), "no_denominator");
  EXPECT_EQ(flags.text(), "no_denominator,small,unlisted");
}

TEST(Query, TellsWhatAProportionCouldBeWhateverTheUnknownTurnOutToBe) {
  const Result::Row row = ask(cube({{.x = 10, .n = 80, .a = 20}}), {}).row(0);
  EXPECT_EQ(row.value, 0.125);
  EXPECT_EQ(row.numerator, Number(std::int64_t{10}));
  EXPECT_EQ(row.denominator, Number(std::int64_t{80}));
  EXPECT_EQ(row.unknown, 20);
  EXPECT_EQ(row.least, 0.10);
  EXPECT_EQ(row.most, 0.30);
}

TEST(Query, BoundsAProportionOfWhichNoDenominatorIsKnown) {
  const Result::Row only_false = ask(cube({{.c = 3}}), {}).row(0);
  EXPECT_EQ(only_false.value, std::nullopt);
  EXPECT_EQ(only_false.least, 0.0);
  EXPECT_EQ(only_false.most, 0.0);
  const Result::Row only_true = ask(cube({{.d = 3}}), {}).row(0);
  EXPECT_EQ(only_true.least, 1.0);
  EXPECT_EQ(only_true.most, 1.0);
  const Result::Row nothing = ask(cube(std::vector<Persons>{}), {}).row(0);
  EXPECT_EQ(nothing.least, std::nullopt);
  EXPECT_EQ(nothing.most, std::nullopt);
  EXPECT_EQ(nothing.flags.status(), "no_denominator");
}

TEST(Query, ShowsCellsInLabelOrderMissingLast) {
  const Result result = ask(cube({{.office = missing, .x = 1, .n = 1},
                                  {.office = C, .x = 2, .n = 2},
                                  {.office = A, .x = 3, .n = 3},
                                  {.office = A, .in = undated, .x = 4, .n = 4}}),
                            {.by = {"office"}});
  EXPECT_EQ(texts(result), (Texts{"A - 7/7", "C - 2/2", "- - 1/1"}));
  EXPECT_EQ(result.row(0).flags.text(), "");
  EXPECT_EQ(result.row(1).flags.text(), "unlisted");
  EXPECT_EQ(result.row(2).flags.text(), "");
}

TEST(Query, HasOneCellWithoutDimensions) {
  EXPECT_EQ(texts(ask(cube({{.office = A, .x = 1, .n = 2}, {.office = B, .x = 2, .n = 3}}), {})), Texts{"- 3/5"});
  EXPECT_EQ(texts(ask(cube(std::vector<Persons>{}), {})), Texts{"- 0/0"});
  EXPECT_EQ(texts(ask(cube(std::vector<Persons>{}), {.by = {"office"}})), Texts{});
}

const std::vector<Persons> two_years{{.in = month(2023, 2), .x = 1, .n = 2},
                                     {.in = month(2024, 1), .x = 1, .n = 4},
                                     {.in = month(2024, 3), .x = 2, .n = 4},
                                     {.in = month(2024, 12), .x = 3, .n = 4},
                                     {.in = undated, .x = 5, .n = 5}};

TEST(Query, PlacesUnitsByPeriodAndEvery) {
  const Cube of = cube(two_years);
  EXPECT_EQ(texts(ask(of, {})), Texts{"- 12/19"});
  EXPECT_EQ(texts(ask(of, {.period = "2024Q1"})), Texts{"2024Q1 3/8"});
  EXPECT_EQ(texts(ask(of, {.every = "month"})),
            (Texts{"2023-02 1/2", "2024-01 1/4", "2024-03 2/4", "2024-12 3/4", "- 5/5"}));
  EXPECT_EQ(texts(ask(of, {.every = "quarter"})), (Texts{"2023Q1 1/2", "2024Q1 3/8", "2024Q4 3/4", "- 5/5"}));
  EXPECT_EQ(texts(ask(of, {.every = "year"})), (Texts{"2023 1/2", "2024 6/12", "- 5/5"}));
  EXPECT_EQ(texts(ask(of, {.period = "2024Q1", .every = "month"})),
            (Texts{"2024-01 1/4", "2024-02 0/0", "2024-03 2/4"}));
  EXPECT_EQ(ask(of, {.period = "2024Q1", .every = "month"}).row(1).flags.text(), "no_denominator");
  EXPECT_EQ(texts(ask(of, {.indicators = {"refusals"}, .period = "2024-02", .every = "month"})), Texts{"2024-02 0"});
}

TEST(Query, NamesTheEndsOfACutQuarterByTheirMonths) {
  EXPECT_EQ(texts(ask(cube(two_years), {.period = "2023-12..2024-05", .every = "quarter"})),
            (Texts{"2023-12 0/0", "2024Q1 3/8", "2024-04..2024-05 0/0"}));
}

TEST(Query, SaysWhichPeriodTheDataDoNotFill) {
  using namespace std::chrono;
  const auto flags = [](Date as_of) {
    return ask(cube({{.in = month(2024, 6), .x = 1, .n = 1}}, as_of), {.period = "2024Q2"}).row(0).flags.text();
  };
  EXPECT_EQ(flags(local_days{2024y / 6 / 29}), "partial_period");
  EXPECT_EQ(flags(local_days{2024y / 6 / 30}), "");
  EXPECT_EQ(ask(cube({{.x = 1, .n = 1}}, local_days{2024y / 1 / 1}), {}).row(0).flags.text(), "");
}

TEST(Query, ComparesWithAYearAgo) {
  const Result::Row row =
      ask(cube({{.in = month(2023, 5), .x = 48, .n = 80}, {.in = month(2024, 5), .x = 56, .n = 70}}),
          {.period = "2024-05", .compare = {"year_ago"}})
          .row(0);
  EXPECT_EQ(row.value, 0.8);
  ASSERT_EQ(row.changes.size(), 1U);
  EXPECT_EQ(row.changes[0].value, 0.6);
  EXPECT_DOUBLE_EQ(*row.changes[0].change, 0.2);
  EXPECT_NEAR(*row.changes[0].low, 0.0524, 5e-5);  // Newcombe (1998), table II (a), method 10
  EXPECT_NEAR(*row.changes[0].high, 0.3339, 5e-5);
}

TEST(Query, ComparesCellsThatOccurOnOneSideOnly) {
  const Result result = ask(
      cube({{.office = A, .in = month(2023, 1), .x = 1, .n = 2}, {.office = B, .in = month(2024, 1), .x = 3, .n = 4}}),
      {.by = {"office"}, .period = "2024", .compare = {"year_ago"}});
  ASSERT_EQ(texts(result), (Texts{"A 2024 0/0", "B 2024 3/4"}));
  EXPECT_EQ(result.row(0).changes[0].value, 0.5);
  EXPECT_EQ(result.row(0).changes[0].change, std::nullopt);
  EXPECT_EQ(result.row(1).changes[0].value, std::nullopt);
  EXPECT_EQ(result.row(1).changes[0].low, std::nullopt);
}

TEST(Query, ComparesCountsRelatively) {
  const Result result = ask(cube({{.office = A, .in = month(2023, 1), .x = 4, .n = 4},
                                  {.office = A, .in = month(2024, 1), .x = 3, .n = 4},
                                  {.office = B, .in = month(2024, 1), .x = 3, .n = 4},
                                  {.office = C, .in = month(2024, 1), .x = 0, .n = 4}}),
                            {.indicators = {"refusals"}, .by = {"office"}, .period = "2024", .compare = {"year_ago"}});
  EXPECT_EQ(result.row(0).changes[0].change, -0.25);
  EXPECT_FALSE(result.row(0).changes[0].is_new);
  EXPECT_EQ(result.row(1).changes[0].value, 0.0);
  EXPECT_EQ(result.row(1).changes[0].change, std::nullopt);
  EXPECT_TRUE(result.row(1).changes[0].is_new);
  EXPECT_EQ(result.row(2).changes[0].change, 0.0);
}

TEST(Query, ComparesEachMonthWithItsOwnAYearBefore) {
  const Result result = ask(cube(two_years), {.period = "2023-02..2024-02", .every = "month", .compare = {"year_ago"}});
  ASSERT_EQ(result.rows(), 13);
  EXPECT_EQ(text(result.row(12)), "2024-02 0/0");
  EXPECT_EQ(result.row(12).changes[0].value, 0.5);
  EXPECT_EQ(result.row(0).changes[0].value, std::nullopt);
}

TEST(Query, BoundsCountsAndRatiosByTheirUnknown) {
  const Cube of = cube({{.x = 10, .n = 80, .a = 20}});
  const Result::Row count = ask(of, {.indicators = {"refusals"}}).row(0);
  EXPECT_EQ(count.value, 10.0);
  EXPECT_EQ(count.denominator, std::nullopt);
  EXPECT_EQ(count.unknown, 20);
  EXPECT_EQ(count.least, 10.0);
  EXPECT_EQ(count.most, 30.0);
  EXPECT_EQ(count.low, std::nullopt);
  const Result::Row ratio = ask(of, {.indicators = {"refused_per_case"}}).row(0);
  EXPECT_EQ(ratio.value, 0.125);
  EXPECT_EQ(ratio.least, 0.125);
  EXPECT_EQ(ratio.most, 0.30);
  EXPECT_EQ(ratio.flags.text(), "no_interval");
}

TEST(Query, NeverAnswersWithASilentTotal) {
  Block leads{.unit = "lead", .date = "found_on", .codes = {0}, .has_dimension = {false}};
  leads.months = {month(2024, 1)};
  leads.units = {7};
  leads.aggregates = {{.aggregate = "leads", .yes = {7}}};
  const Cube of = cube({leads, block({{.office = B, .x = 1, .n = 2}})});
  const Result result = ask(of, {.indicators = {"leads_found", "refusals"}, .by = {"office"}});
  ASSERT_EQ(texts(result), (Texts{"B -", "B - 1"}));
  EXPECT_EQ(result.row(0).flags.text(), "not_available");
  EXPECT_EQ(result.row(0).value, std::nullopt);
  EXPECT_EQ(
      result.metadata().at("not_available"),
      R"({"leads_found":"'lead' has no dimension 'office'; ask without it, or declare which column of 'lead' it is"})");
  EXPECT_EQ(texts(ask(of, {.indicators = {"leads_found"}, .by = {"office"}})), Texts{"- -"});
  EXPECT_EQ(texts(ask(of, {.indicators = {"leads_found"}})), Texts{"- 7"});
}

TEST(Query, SaysWhyAnIndicatorIsNotAvailable) {
  const auto reason = [](const std::string& indicator, Query question) {
    question.indicators = {indicator};
    const Result result = ask(cube({{.x = 1, .n = 1}}), question);
    EXPECT_EQ(result.row(0).flags.status(), "not_available") << indicator;
    return result.metadata().at("not_available");
  };
  EXPECT_EQ(reason("mean_fine", {}), R"({"mean_fine":"table 'fine' is not at hand"})");
  EXPECT_EQ(reason("median_stay", {}),
            R"({"median_stay":"the cube does not hold aggregate 'stay'; build it with indicator 'median_stay'"})");
  EXPECT_EQ(
      reason("all_persons", {.period = "2024"}),
      R"({"all_persons":"aggregate 'persons' has no date and answers questions about the whole data only; ask without period and every"})");
  Block without_joint = block({{.x = 1, .n = 1}});
  without_joint.proportions.clear();
  EXPECT_EQ(ask(cube(std::vector{without_joint}), {}).row(0).flags.status(), "not_available");
}

// Fines of 1.00, 2.00, 3.00 and 4.00; one more is missing. R: t.test(1:4).
TEST(Query, MeanHasStudentsIntervalAndItsScaleTakenBack) {
  Cube::Data data{.catalogue = Catalogue(definitions()), .blocks = {block({{.n = 5}})}};
  data.blocks[0].has_dimension.clear();
  data.blocks[0].codes.clear();
  data.blocks[0].aggregates.push_back(
      {.aggregate = "fines", .yes = {5}, .scale = 2, .n = {4}, .sum = {{0, 1'000}}, .sum_of_squares = {{0, 300'000}}});
  const Cube of(data);
  const Result::Row mean = ask(of, {.indicators = {"mean_fine"}}).row(0);
  EXPECT_EQ(mean.value, 2.5);
  EXPECT_EQ(mean.numerator, Number(10.0));
  EXPECT_EQ(mean.denominator, Number(std::int64_t{4}));
  EXPECT_EQ(mean.unknown, 1);
  EXPECT_NEAR(*mean.low, 0.4457397, 1e-7);
  EXPECT_NEAR(*mean.high, 4.5542603, 1e-7);
  EXPECT_EQ(mean.least, std::nullopt);
  const Result::Row sum = ask(of, {.indicators = {"fines_set"}}).row(0);
  EXPECT_EQ(sum.value, 10.0);
  EXPECT_EQ(sum.denominator, std::nullopt);
  EXPECT_EQ(sum.most, std::nullopt);
}

// 10 is known; one fine is missing, and of another it is unknown whether it was set.
TEST(Query, SumLiesInTheRangeOfWhatIsMissing) {
  Definitions made = definitions();
  made.tables[0].columns = {{.name = "fine", .type = Type::integer, .range = {{5, 50}}},
                            {.name = "office"},
                            {.name = "decided_on", .type = Type::date},
                            {.name = "held_on", .type = Type::date}};
  Cube::Data data{.catalogue = Catalogue(made), .blocks = {block({{.n = 3}})}};
  data.blocks[0].has_dimension.clear();
  data.blocks[0].codes.clear();
  data.blocks[0].aggregates.push_back(
      {.aggregate = "fines", .yes = {2}, .unknown = {1}, .n = {1}, .sum = {{0, 10}}, .sum_of_squares = {{0, 100}}});
  const Result result = ask(Cube(data), {.indicators = {"fines_set"}});
  const Result::Row sum = result.row(0);
  EXPECT_EQ(sum.value, 10.0);
  EXPECT_EQ(sum.unknown, 2);
  EXPECT_EQ(sum.least, 10.0 + 5);
  EXPECT_EQ(sum.most, 10.0 + 50 + 50);
}

Cube stays(std::int64_t unknown) {
  Block stays = block({{.office = A, .n = 3}, {.office = B, .n = 3}});
  stays.aggregates.push_back({.aggregate = "stay",
                              .yes = {3, 3},
                              .unknown = {unknown, 0},
                              .offsets = {0, 2, 4},
                              .days = {1'000, 1'220, 1'221, 1'300},
                              .day_counts = {2, 1, 1, 2}});
  return cube(std::vector{stays});
}

// 1000, 1000, 1220, 1221, 1300, 1300.
TEST(Query, MedianIsExactAndItsBandThatOfUnknownsAtEitherEnd) {
  const Result::Row known = ask(stays(0), {.indicators = {"median_stay"}}).row(0);
  EXPECT_EQ(known.value, 1220.5);
  EXPECT_EQ(known.numerator, std::nullopt);
  EXPECT_EQ(known.denominator, Number(std::int64_t{6}));
  EXPECT_EQ(known.least, 1220.5);
  EXPECT_EQ(known.low, 1000);  // six values: the least and the greatest, R: quantile ranks of binom(6, 1/2)
  EXPECT_EQ(known.high, 1300);
  const Result::Row one = ask(stays(1), {.indicators = {"median_stay"}}).row(0);
  EXPECT_EQ(one.unknown, 1);
  EXPECT_EQ(one.least, 1220);
  EXPECT_EQ(one.most, 1221);
  const Result::Row many = ask(stays(9), {.indicators = {"median_stay"}}).row(0);
  EXPECT_EQ(many.least, std::nullopt);
  EXPECT_EQ(many.most, std::nullopt);
  EXPECT_EQ(ask(stays(0), {.indicators = {"median_stay"}, .by = {"office"}}).row(0).flags.text(), "no_interval");
}

TEST(Query, SaysIfCountsDoNotFitTogether) {
  constexpr std::int64_t many = std::int64_t{1} << 62;
  Cube::Data data{.catalogue = Catalogue(Definitions{.id = "test",
                                                     .tables = {{.id = "persons"}},
                                                     .aggregates = {counted("all", "persons", {})},
                                                     .indicators = {of("n", Indicator::Kind::count, "all")}})};
  data.dimensions = {{.id = "office", .labels = {"A", "B"}, .listed = 2}};
  Block block{.unit = "persons", .date = {}, .codes = {0, 1}, .has_dimension = {true}};
  block.months = {undated, undated};
  block.units = {many, many};
  block.aggregates = {{.aggregate = "all", .yes = {many, many}}};
  data.blocks = {std::move(block)};
  const Cube cube(std::move(data));
  EXPECT_EQ(query(cube, {.by = {"office"}}).rows(), 2);
  EXPECT_THROW(query(cube, {}), DataError);
}

TEST(Query, RefusesWhatTheCubeCannotBeAsked) {
  const Cube of = cube({{.x = 1, .n = 1}});
  EXPECT_EQ(refusal(of, {.by = {"ofice"}}),
            "the cube has no dimension 'ofice'; did you mean 'office'? or build it by 'ofice' too");
  EXPECT_EQ(refusal(of, {.by = {"office", "office"}}), "dimension 'office' is asked twice; name it once");
  EXPECT_EQ(refusal(of, {.compare = {"year_ago"}}),
            "compare='year_ago' needs a period to compare; give one, such as period='2024-01..2024-09'");
  EXPECT_EQ(refusal(of, {.period = "2024", .compare = {"yearago"}}),
            "there is no comparison 'yearago'; did you mean 'year_ago'?");
  EXPECT_EQ(refusal(of, {.every = "months"}), "every='months' is no step; did you mean 'month'?");
  EXPECT_EQ(refusal(of, {.level = 95}), "level 95 is no coverage between 0 and 1; write 0.95 for 95 %");
  EXPECT_NE(refusal(of, {.indicators = {"non_arest_rate"}}).find("did you mean 'non_arrest_rate'?"), std::string::npos);
  EXPECT_TRUE(refusal(of, {.period = "2024-13"}).starts_with("period '2024-13' names a month 13"));
}

TEST(Query, AsksAllIndicatorsIfNoneIsNamed) {
  const Result result = query(cube({{.x = 1, .n = 1}}), {});
  EXPECT_EQ(result.rows(), 8);
  EXPECT_EQ(result.query().indicators.size(), 8U);
  EXPECT_EQ(result.row(2).indicator, "refusals");
}

TEST(Query, TellsWhatItRestsOn) {
  using namespace std::chrono;
  const Result result = ask(cube({{.x = 1, .n = 1}}, local_days{2024y / 9 / 30}),
                            {.by = {"office"}, .period = "2024Q1", .compare = {"year_ago"}});
  const auto& metadata = result.metadata();
  EXPECT_EQ(metadata.at("as_of"), "2024-09-30");
  EXPECT_EQ(metadata.at("period"), "2024Q1");
  EXPECT_EQ(metadata.at("compare"), R"(["year_ago"])");
  EXPECT_EQ(metadata.at("level"), "0.95");
  EXPECT_EQ(metadata.at("rows"), R"({"person":100})");
  EXPECT_EQ(metadata.at("labels"),
            R"({"non_arrest_rate":{"zh":"不捕率","en":"Non-arrest rate"},"office":{"zh":"承办单位","en":"Office"}})");
  EXPECT_NE(metadata.at("definition").find("non_arrest_rate"), std::string::npos);
  EXPECT_EQ(metadata.at("definition").find("median_stay"), std::string::npos);
  EXPECT_NE(metadata.at("definition_hashes").find("non_arrest_rate"), std::string::npos);
  EXPECT_EQ(metadata.count("not_available"), 0U);
}

TEST(Query, NamesItsColumnsInOrder) {
  const Result result = ask(cube({{.x = 1, .n = 1}}), {.by = {"office"}, .period = "2024", .compare = {"year_ago"}});
  Texts names;
  for (const ArrowColumn& column : result.columns()) names.push_back(column.name);
  EXPECT_EQ(names, (Texts{"indicator", "office", "period", "value", "numerator", "denominator", "unknown", "low",
                          "high", "least", "most", "status", "flags", "year_ago_value", "year_ago_change",
                          "year_ago_low", "year_ago_high"}));
}

}  // namespace
}  // namespace casemetry
