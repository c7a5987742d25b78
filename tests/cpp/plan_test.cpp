// SPDX-License-Identifier: Apache-2.0
#include "cubes.hpp"

namespace casemetry {
namespace {

using namespace samples;

// 150 cases of two offices and 10 months, a third of them without a decision.
Table cases() {
  Texts offices, decisions, numbers;
  Dates dates;
  for (int i = 0; i < 150; ++i) {
    offices.push_back(i % 2 == 0 ? "A" : "B");
    decisions.push_back(i % 3 == 0 ? "" : i % 3 == 1 ? "refused" : "approved");
    numbers.push_back("c" + std::to_string(i / 3));
    dates.push_back(day(2024, 1 + static_cast<unsigned>(i % 10), 15));
  }
  return Table::of({column("office", offices), column("decision", decisions), column("case_id", numbers),
                    column("decided_on", dates)});
}

Plan planned(const Definitions& made, const BuildOptions& options = {}) {
  return plan({{"cases", cases()}}, Catalogue(made), options);
}

TEST(Plan, TellsHowManyCellsThereMayBeAndOfWhat) {
  const Plan of = planned(definitions({placed(aggregate("all"), "decided_on")}), {.by = {"office"}});
  ASSERT_EQ(of.blocks.size(), 1U);
  const Plan::Block& block = of.blocks[0];
  EXPECT_EQ(block.unit, "cases");
  EXPECT_EQ(block.date, "decided_on");
  ASSERT_EQ(block.axes.size(), 2U);
  EXPECT_EQ(block.axes[0].name, "office");
  EXPECT_EQ(block.axes[0].values, 3U);  // and the missing one
  EXPECT_EQ(block.axes[1].name, "month");
  EXPECT_EQ(block.axes[1].values, 11U);  // and the undated
  EXPECT_EQ(block.cells, 33U);
  EXPECT_FALSE(block.numbers_cells);
  EXPECT_EQ(of.cells(), 33U);
}

TEST(Plan, OfManyPossibleCellsTellsNoMoreThanThereAreUnits) {
  const Plan of = planned(definitions({placed(aggregate("all"), "decided_on"), aggregate("undated")}),
                          {.by = {"case_id", "office", "decision"}});
  EXPECT_EQ(of.blocks.size(), 2U);  // with and without a date
  EXPECT_EQ(of.blocks[1].cells, 150U);
  EXPECT_LE(build({{"cases", cases()}}, Catalogue(definitions({placed(aggregate("all"), "decided_on")})),
                  {.by = {"case_id", "office", "decision"}})
                .cells(),
            150);
}

TEST(Plan, TellsWhatEachAggregateCosts) {
  Definitions made = definitions({aggregate("all"), aggregate("refused", "decision == 'refused'"),
                                  aggregate("same", "decision == office"), placed(aggregate("again"), "decided_on")},
                                 {proportion("share", "refused", "all")});
  const Plan of = planned(made);
  const auto cost = [&](std::size_t aggregate) { return of.blocks[0].aggregates.at(aggregate); };
  EXPECT_EQ(cost(0).aggregate, "all");
  EXPECT_EQ(cost(0).lanes, 1U);     // every unit
  EXPECT_EQ(cost(1).lanes, 2U);     // true, and true or unknown
  EXPECT_EQ(cost(1).computed, 0U);  // a code of one column decides
  EXPECT_EQ(cost(2).computed, 1U);  // two columns do not
  EXPECT_EQ(of.blocks[0].proportions, 1U);
  EXPECT_EQ(of.blocks[0].lanes, 5U);  // each once
}

TEST(Plan, TellsTheTasksAndTheMemoryOfAThread) {
  const Plan of = planned(definitions({aggregate("all")}), {.by = {"office"}, .morsel = 3});
  EXPECT_EQ(of.blocks[0].morsels, 50U);
  EXPECT_EQ(of.blocks[0].bytes, 3U * (64 + 4));  // a byte a lane, 64 together, and where a full one spills
  EXPECT_EQ(of.bytes(), of.blocks[0].bytes);
}

TEST(Plan, TellsTheMemoryOfTheDaysOfWhatIsPending) {
  Aggregate open = aggregate("open");
  open.kind = Aggregate::Kind::pending;
  open.opened = "opened_on";
  open.closed = "closed_on";
  const Dates opened{day(2024, 1, 15), day(2024, 2, 15)};
  const Dates closed{day(2024, 2, 15), day(2024, 3, 15)};
  const Table table = Table::of({column("opened_on", opened), column("closed_on", closed)});
  const Plan of = plan({{"cases", table}}, Catalogue(definitions({open})));
  ASSERT_EQ(of.blocks.size(), 2U);
  for (const Plan::Block& block : of.blocks) EXPECT_EQ(block.bytes, 3U * (64 + 4) + 2 * 8);  // and 8 bytes a unit
}

TEST(Plan, TellsWhatIsReadAndWhatIsNotThere) {
  Aggregate other = aggregate("others");
  other.unit = "others";
  Indicator lacking;
  lacking.id = "lacking";
  lacking.of = Formula::parse("others");
  const Plan of = planned(definitions({aggregate("refused", "decision == 'refused'"), other}, {lacking}));
  ASSERT_EQ(of.units.size(), 1U);
  EXPECT_EQ(of.units[0].id, "cases");
  EXPECT_EQ(of.units[0].from, "cases");
  EXPECT_EQ(of.units[0].units, 150);
  ASSERT_EQ(of.tables.size(), 1U);
  EXPECT_EQ(of.tables[0].table, "cases");
  EXPECT_EQ(of.tables[0].rows, 150);
  EXPECT_EQ(of.tables[0].columns, Texts{"decision"});
  EXPECT_TRUE(has(of.not_available.at("lacking"), {"needs table 'others'"}));
}

TEST(Plan, OfAUnitTellsItsRowsAndItsKey) {
  Aggregate counted = aggregate("counted", "refused");
  counted.unit = "person";
  Definitions made = definitions({});
  made.tables = {{.id = "cases"}};
  made.units = {{.id = "person",
                 .from = "cases",
                 .one_row_per = {"case_id"},
                 .columns = {{"refused", Expression::parse("any(decision == 'refused')")}}}};
  made.aggregates = {counted};
  const Plan of = planned(made);
  EXPECT_EQ(of.units[0].id, "person");
  EXPECT_EQ(of.units[0].from, "cases");
  EXPECT_EQ(of.units[0].key, Texts{"case_id"});
  EXPECT_EQ(of.units[0].units, 50);
  EXPECT_EQ(of.tables[0].columns, (Texts{"decision", "case_id"}));
}

TEST(Plan, RefusesWhatABuildRefuses) {
  EXPECT_THROW(planned(definitions({aggregate("all")}), {.by = {"ofice"}}), QueryError);
  EXPECT_THROW(planned(definitions({aggregate("all")}), {.threads = -1}), QueryError);
  EXPECT_THROW(planned(definitions({aggregate("all")}), {.partitioned_by = {"ofice"}}), QueryError);
}

}  // namespace
}  // namespace casemetry
