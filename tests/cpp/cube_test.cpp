// SPDX-License-Identifier: Apache-2.0
#include "cubes.hpp"

namespace casemetry {
namespace {

using namespace samples;

const Texts decisions{"refused", "approved", "", "refused", "returned", "approved"};
const Texts offices{"B", "A", "A", "", "B", "B"};

Table cases() {
  return Table::of({column("decision", decisions), column("office", offices)});
}

TEST(Cube, CountsWhatIsTrueUnknownAndNotApplicable) {
  const Cube cube = cube_of(cases(), definitions({aggregate("refused", "decision == 'refused'"),
                                                  aggregate("applied", "office == 'B'", "decision != 'returned'")}));
  const Block& block = *cube.block("cases", "");
  EXPECT_EQ(block.units, Counts{6});
  EXPECT_EQ(block.months, std::vector<std::int32_t>{undated});
  EXPECT_EQ(counts_of(block, "refused").yes, Counts{2});
  EXPECT_EQ(counts_of(block, "refused").unknown, Counts{1});
  EXPECT_TRUE(counts_of(block, "refused").not_applicable.empty());
  EXPECT_EQ(counts_of(block, "applied").yes, Counts{2});
  EXPECT_EQ(counts_of(block, "applied").unknown, Counts{2});  // whether it applies, and what it is
  EXPECT_EQ(counts_of(block, "applied").not_applicable, Counts{1});
}

TEST(Cube, ReadsNoColumnThatNothingAsksFor) {
  const Cube cube = cube_of(cases(), definitions({aggregate("refused", "decision == 'refused'")}));
  ASSERT_EQ(cube.reports().at("cases").size(), 1U);
  EXPECT_EQ(cube.reports().at("cases")[0].name, "decision");
  EXPECT_EQ(cube.reports().at("cases")[0].missing, 1);
  EXPECT_EQ(cube.rows().at("cases"), 6);
}

TEST(Cube, KeepsCellsThatOccurInTheOrderOfTheirLabels) {
  const Cube cube = cube_of(cases(), definitions({aggregate("all")}), {.by = {"office"}});
  const Block& block = *cube.block("cases", "");
  EXPECT_EQ(labels(cube, block), (Texts{"A", "B", "-"}));
  EXPECT_EQ(block.units, (Counts{2, 3, 1}));
}

TEST(Cube, PutsDeclaredLabelsFirstAndDropsUnusedOnes) {
  Definitions made = definitions({aggregate("all")});
  ColumnDefinition decision;
  decision.name = "decision";
  decision.type = Type::category;
  decision.values = {"refused", "withdrawn", "approved"};
  made.tables = {{.id = "cases", .columns = {decision}}};
  const Cube cube = cube_of(cases(), made, {.by = {"decision"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"refused", "approved", "returned"}));
  EXPECT_EQ(cube.dimensions()[0].listed, 2U);
  EXPECT_EQ(labels(cube, *cube.block("cases", "")), (Texts{"refused", "approved", "returned", "-"}));
}

TEST(Cube, MergesTheLabelsOfSeveralTables) {
  const Texts codes{"C", "A"};
  Aggregate other = aggregate("others");
  other.unit = "others";
  Definitions made = definitions({aggregate("all"), other});
  made.dimensions = {{.id = "place", .from = {{"cases", "office"}, {"others", "code"}}, .label = {}}};
  const Tables tables{{"cases", cases()}, {"others", Table::of({column("code", codes)})}};
  const Cube cube = build(tables, Catalogue(made), {.by = {"place"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"A", "B", "C"}));
  EXPECT_EQ(labels(cube, *cube.block("cases", "")), (Texts{"A", "B", "-"}));
  EXPECT_EQ(labels(cube, *cube.block("others", "")), (Texts{"A", "C"}));
  EXPECT_EQ(cube.cells(), 5);
}

TEST(Cube, MarksADimensionThatATableLacks) {
  const Texts codes{"x", "y"};
  Aggregate other = aggregate("others");
  other.unit = "others";
  const Tables tables{{"cases", cases()}, {"others", Table::of({column("code", codes)})}};
  const Cube cube = build(tables, Catalogue(definitions({aggregate("all"), other})), {.by = {"office"}});
  EXPECT_EQ(cube.block("cases", "")->has_dimension, std::vector<bool>{true});
  EXPECT_EQ(cube.block("others", "")->has_dimension, std::vector<bool>{false});
  EXPECT_EQ(cube.block("others", "")->units, Counts{2});
}

TEST(Cube, TakesNumbersAndDatesAsDimensionsByTheirText) {
  const Numbers ages{18, 7, {}, 18};
  const Dates days{day(2024, 2, 29), day(2024, 2, 29), {}, day(19, 1, 1)};
  const Table table = Table::of({column("age", ages), column("on", days)});
  const Cube cube = cube_of(table, definitions({aggregate("all")}), {.by = {"age", "on"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"18", "7"}));
  EXPECT_EQ(cube.dimensions()[1].labels, (Texts{"0019-01-01", "2024-02-29"}));
  EXPECT_EQ(cube.block("cases", "")->cells(), 4U);
}

TEST(Month, BearsTheNameOfTheMonthItEndsIn) {
  const Dates days{day(2024, 1, 25), day(2024, 1, 26), day(2024, 12, 26), day(1, 1, 1), day(2219, 12, 31), {}};
  const Table table = Table::of({column("on", days)});
  Definitions made = definitions({placed(aggregate("all"), "on")});
  made.calendar.month_starts_on = 26;
  const Cube cube = cube_of(table, made);
  const std::vector<std::int32_t> months{month(1, 1),    month(2024, 1), month(2024, 2),
                                         month(2025, 1), month(2220, 1), undated};
  EXPECT_EQ(cube.block("cases", "on")->months, months);
  EXPECT_EQ(cube.block("cases", "on")->units, Counts(6, 1));
}

TEST(Month, IsTheCalendarsOwnFromTheFirst) {
  const Dates days{day(2024, 2, 29), day(2024, 3, 1), day(2024, 2, 1), {}, {}};
  const Table table = Table::of({column("on", days)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("all"), "on")}));
  EXPECT_EQ(cube.block("cases", "on")->months, (std::vector<std::int32_t>{month(2024, 2), month(2024, 3), undated}));
  EXPECT_EQ(cube.block("cases", "on")->units, (Counts{2, 1, 2}));
}

TEST(Month, IsReadFromTextAndSharedByTheAggregatesOfADate) {
  const Texts days{"2024-01-05", "", "2024-01-31"};
  const Texts other{"2024-02-05", "2024-02-06", "2024-02-07"};
  const Table table = Table::of({column("on", days), column("off", other)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("a"), "on"), placed(aggregate("b"), "on"),
                                                placed(aggregate("c"), "off"), aggregate("d")}));
  ASSERT_EQ(cube.blocks().size(), 3U);
  EXPECT_EQ(cube.block("cases", "on")->aggregates.size(), 2U);
  EXPECT_EQ(cube.block("cases", "on")->units, (Counts{2, 1}));
  EXPECT_EQ(cube.block("cases", "off")->units, Counts{3});
  EXPECT_EQ(cube.reports().at("cases")[0].read_as.substr(0, 4), "date");
}

TEST(Sum, IsExactBeyond64Bits) {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  const Numbers amounts{large, large, {}, -5};
  const Table table = Table::of({column("amount", amounts)});
  const Cube cube = cube_of(table, definitions({sum_of("recovered", "amount")}));
  const AggregateCounts& counts = cube.blocks()[0].aggregates[0];
  EXPECT_EQ(counts.n, Counts{3});
  EXPECT_EQ(counts.yes, Counts{4});
  EXPECT_TRUE(counts.unknown.empty());
  EXPECT_EQ(counts.sum[0], (Wide{0, 0xFFFFFFFFFFFFFFF9U}));             // 2⁶⁴ − 7
  EXPECT_EQ(counts.sum_of_squares[0], (Wide{0x7FFFFFFFFFFFFFFE, 27}));  // 2 (2⁶³ − 1)² + 25
}

TEST(Sum, TellsAMissingValueFromAnUnknownOutcome) {
  const Numbers amounts{10, {}, 30, {}};
  const Texts kinds{"taken", "taken", "", "left"};
  Aggregate taken = sum_of("taken", "amount");
  taken.where = Expression::parse("kind == 'taken'");
  const Cube cube = cube_of(Table::of({column("amount", amounts), column("kind", kinds)}), definitions({taken}));
  const AggregateCounts& counts = cube.blocks()[0].aggregates[0];
  EXPECT_EQ(counts.yes, Counts{2});
  EXPECT_EQ(counts.unknown, Counts{1});
  EXPECT_EQ(counts.n, Counts{1});
  EXPECT_EQ(counts.sum, (std::vector<Wide>{{0, 10}}));
}

TEST(Sum, RefusesSquaresThatDoNotFit) {
  const Numbers amounts(4, std::numeric_limits<std::int64_t>::max());
  const Table table = Table::of({column("amount", amounts)});
  const std::string message = message_of([&] { cube_of(table, definitions({sum_of("recovered", "amount")})); });
  EXPECT_TRUE(has(message, {"recovered", "128 bits", "range"}));
}

TEST(Days, AreKeptAsAnExactHistogram) {
  const Texts office{"A", "A", "A", "B", "A"};
  const Dates start{day(2024, 1, 1), day(2024, 1, 3), day(2024, 1, 1), {}, day(2023, 1, 1)};
  const Dates end{day(2024, 1, 3), day(2024, 1, 1), day(2024, 1, 3), day(2024, 1, 1), day(2024, 1, 1)};
  const Table table = Table::of({column("office", office), column("start", start), column("end", end)});
  const Cube cube = cube_of(table, definitions({days_between("took", "start", "end")}), {.by = {"office"}});
  const AggregateCounts& counts = cube.blocks()[0].aggregates[0];
  EXPECT_EQ(counts.yes, (Counts{4, 1}));
  EXPECT_TRUE(counts.unknown.empty());
  EXPECT_EQ(counts.offsets, (Counts{0, 3, 3}));
  EXPECT_EQ(counts.days, (std::vector<std::int32_t>{-2, 2, 365}));
  EXPECT_EQ(counts.day_counts, (Counts{1, 2, 1}));
}

TEST(Days, ToADayThatHasNotComeYetAreNotKnown) {
  const Dates received{day(2024, 1, 1), day(2024, 1, 1), std::nullopt};
  const Texts decided{"2024-01-31", "", "2024-01-31"};
  Definitions made = definitions({placed(days_between("duration", "received_on", "decided_on"), "decided_on"),
                                  aggregate("decided", "decided_on <= 2024-06-30")});
  made.tables.front().columns = {{.name = "received_on", .type = Type::date},
                                 {.name = "decided_on", .type = Type::date, .empty_is_not_yet = true}};
  const Cube cube = cube_of(Table::of({column("received_on", received), column("decided_on", decided)}), made);
  const Block& whole = cube.blocks()[0];
  EXPECT_EQ(whole.aggregates[0].yes, Counts{2});
  EXPECT_TRUE(whole.aggregates[0].unknown.empty());
  const Block& placed_by_decision = cube.blocks()[1];
  EXPECT_EQ(placed_by_decision.months, (std::vector<std::int32_t>{month(2024, 1), undated}));
  EXPECT_EQ(placed_by_decision.aggregates[0].yes, (Counts{2, 1}));
  EXPECT_EQ(placed_by_decision.aggregates[0].day_counts, Counts{1});
  EXPECT_EQ(placed_by_decision.aggregates[0].days, std::vector<std::int32_t>{30});
}

TEST(Proportion, KnowsItsNumeratorAndDenominatorTogether) {
  // 100 units, the denominator true for all, the numerator unknown for 20 and true for 10.
  Texts decision(100, "approved");
  std::fill_n(decision.begin(), 20, "");
  std::fill_n(decision.begin() + 20, 10, "refused");
  const Table table = Table::of({column("decision", decision)});
  const Cube cube = cube_of(table, definitions({aggregate("refused", "decision == 'refused'"), aggregate("all")},
                                               {proportion("rate", "refused", "all")}));
  const JointCounts& joint = cube.blocks()[0].proportions[0];
  EXPECT_EQ(joint.both_true, Counts{10});
  EXPECT_EQ(joint.known, Counts{80});
  EXPECT_EQ(joint.numerator_unknown, Counts{20});
  EXPECT_TRUE(joint.both_unknown.empty());
  EXPECT_TRUE(joint.denominator_unknown_n_false.empty());
  EXPECT_TRUE(joint.denominator_unknown_n_true.empty());
}

TEST(Proportion, RefusesCountsThatOverlap) {
  const Definitions made =
      definitions({aggregate("refused", "decision == 'refused'"), aggregate("in_b", "office == 'B'"), aggregate("all")},
                  {proportion("rate", "refused + in_b", "all")});
  const std::string message = message_of([&] { cube_of(cases(), made); });
  EXPECT_TRUE(has(message, {"'rate'", "'refused'", "'in_b'", "1 rows of 'cases'", "exclude each other"}));
}

TEST(Proportion, TakesSumsOfDisjointCounts) {
  const Definitions made = definitions(
      {aggregate("refused", "decision == 'refused'"), aggregate("approved", "decision == 'approved'"),
       aggregate("elsewhere", "decision == 'returned' and office == 'B'")},
      {proportion("rate", "refused", "approved + refused"), proportion("other", "refused", "refused + elsewhere")});
  const Cube cube = cube_of(cases(), made);
  EXPECT_EQ(cube.blocks()[0].proportions[0].both_true, Counts{2});
  EXPECT_EQ(cube.blocks()[0].proportions[0].known, Counts{4});
  EXPECT_EQ(cube.blocks()[0].proportions[0].both_unknown, Counts{1});
  EXPECT_EQ(cube.blocks()[0].proportions[1].known, Counts{3});
}

TEST(Build, SaysWhyAnIndicatorIsNotAvailable) {
  Aggregate other = aggregate("others", "x == 'y'");
  other.unit = "others";
  const Definitions made = definitions({aggregate("all"), other, aggregate("mistyped", "ofice == 'A'")},
                                       {proportion("here", "all", "all"), proportion("absent", "others", "others"),
                                        proportion("misread", "mistyped", "all")});
  const Cube cube = cube_of(cases(), made);
  EXPECT_TRUE(has(cube.not_available().at("absent"), {"'others'", "cases"}));
  EXPECT_TRUE(has(cube.not_available().at("misread"), {"'ofice'", "'cases'", "did you mean 'office'?"}));
  EXPECT_FALSE(cube.not_available().contains("here"));
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"absent"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"misread"}}), ColumnNotFoundError);
  EXPECT_THROW(cube_of(cases(), made, {.indicators = {"heer"}}), QueryError);
  EXPECT_EQ(cube_of(cases(), made, {.indicators = {"here"}}).blocks()[0].aggregates.size(), 1U);
}

TEST(Build, SuggestsTheDimensionThatWasMeant) {
  const Definitions made = definitions({aggregate("all")});
  const std::string message = message_of([&] { cube_of(cases(), made, {.by = {"ofice"}}); });
  EXPECT_TRUE(has(message, {"'ofice'", "did you mean 'office'?"}));
  EXPECT_THROW(cube_of(cases(), made, {.by = {"ofice"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.by = {"office", "office"}}), QueryError);
  EXPECT_THROW(cube_of(cases(), made, {.threads = -1}), QueryError);
}

TEST(Build, TellsEveryFaultOfUndeclaredColumns) {
  const Definitions made = definitions({aggregate("a", "decision > 5"), aggregate("b", "office == 2024")});
  try {
    cube_of(cases(), made);
    FAIL() << "nothing was thrown";
  } catch (const DefinitionError& error) {
    ASSERT_EQ(error.faults().size(), 2U);
    EXPECT_EQ(error.faults()[0].path, "aggregate.a.where");
    EXPECT_EQ(error.faults()[1].path, "aggregate.b.where");
  }
}

TEST(Build, RefusesColumnsOfTheWrongType) {
  EXPECT_TRUE(
      has(message_of([] { cube_of(cases(), definitions({sum_of("s", "office")})); }), {"'office'", "text", "integer"}));
  const Numbers numbers{1, 2};
  const Table table = Table::of({column("n", numbers)});
  EXPECT_TRUE(
      has(message_of([&] { cube_of(table, definitions({placed(aggregate("a"), "n")})); }), {"'n'", "integer", "date"}));
}

TEST(Build, CarriesTheDayTheDataStandAt) {
  const Cube cube = cube_of(cases(), definitions({aggregate("all")}), {.as_of = day(2024, 9, 30)});
  EXPECT_EQ(cube.as_of(), day(2024, 9, 30));
}

TEST(Build, MakesACubeWithoutCellsOfAnEmptyTable) {
  const Texts none;
  const Table table = Table::of({column("decision", none), column("office", none)});
  const Cube cube = cube_of(table, definitions({placed(aggregate("refused", "decision == 'refused'"), "office")}),
                            {.by = {"office"}});
  EXPECT_EQ(cube.cells(), 0);
  EXPECT_TRUE(cube.dimensions()[0].labels.empty());
}

}  // namespace
}  // namespace casemetry
