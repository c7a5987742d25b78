// SPDX-License-Identifier: Apache-2.0
#include <casemetry/query.hpp>

#include "cells.hpp"
#include "cubes.hpp"

namespace casemetry {
namespace {

using namespace samples;
using testing::cells;

const Texts numbers{"1", "2", "3", "4", "5", "6", "7"};
const Texts decisions{"refused", "approved", "", "refused", "approved", "refused", "withdrawn"};
const Texts offices{"A", "A", "A", "B", "B", "", "B"};
const Dates decided{day(2024, 1, 5), day(2024, 1, 9), day(2024, 2, 1), day(2024, 2, 2), day(2024, 1, 31), {},
                    day(2024, 3, 1)};

Table cases() {
  return Table::of({column("number", numbers), column("decision", decisions), column("office", offices),
                    column("decided_on", decided)});
}

Definitions rates() {
  Indicator refusals;
  refusals.id = "refusals";
  refusals.of = Formula::parse("refused");
  return definitions({placed(aggregate("refused", "decision == 'refused'", "decision != 'withdrawn'"), "decided_on"),
                      placed(aggregate("decided", "decision in ['approved', 'refused']"), "decided_on")},
                     {proportion("rate", "refused", "decided"), refusals});
}

Texts behind(const CellSelector& selector, const Definitions& made = rates(), const BuildOptions& options = {}) {
  return cells(rows({{"cases", cases()}}, Catalogue(made), options, selector).column("number"));
}

TEST(Rows, AreThoseOfTheFigure) {
  EXPECT_EQ(behind({.indicator = "rate", .side = "numerator"}), (Texts{"1", "4", "6"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator"}), (Texts{"1", "2", "4", "5", "6"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "unknown"}), (Texts{"3"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "not_applicable"}), (Texts{"7"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "decided"}), (Texts{"1", "2", "4", "5", "6"}));
  EXPECT_EQ(behind({.indicator = "refusals"}), (Texts{"1", "4", "6"}));
}

TEST(Rows, AreThoseOfACellAndAPeriod) {
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .cell = {{"office", "B"}}}), (Texts{"4", "5"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .cell = {{"office", std::nullopt}}}), (Texts{"6"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .period = "2024-01"}), (Texts{"1", "2", "5"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .undated = true}), (Texts{"6"}));
  EXPECT_EQ(behind({.indicator = "rate", .period = "2024Q1", .cell = {{"office", "A"}}}), (Texts{"1"}));
}

TEST(Rows, AreThoseForWhichAConditionHolds) {
  const Expression in_first = Expression::parse("office == 'A'");
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .where = in_first}), (Texts{"1", "2"}));
  EXPECT_EQ(behind({.indicator = "rate", .side = "denominator", .where = !in_first}), (Texts{"4", "5"}));
}

TEST(Rows, HaveAllColumnsAsTheyCame) {
  const Table found = rows({{"cases", cases()}}, Catalogue(rates()), {}, {.indicator = "rate", .side = "unknown"});
  EXPECT_EQ(found.column_names(), (Texts{"number", "decision", "office", "decided_on"}));
  EXPECT_EQ(cells(found.column("decision")), (Texts{"-"}));
  EXPECT_EQ(found.name(), cases().name());
}

TEST(Rows, OfAUnitAreAllThatMakeIt) {
  const Texts persons{"p", "q", "p", "p", "q", "r", "s"};
  Definitions made = rates();
  made.units = {{.id = "person",
                 .from = "cases",
                 .one_row_per = {"person"},
                 .columns = {{"refused", Expression::parse("any(decision == 'refused')")},
                             {"first_on", Expression::parse("min(decided_on)")}}}};
  made.aggregates = {placed(aggregate("persons", "refused"), "first_on")};
  made.aggregates[0].unit = "person";
  Indicator refused;
  refused.id = "refused_persons";
  refused.of = Formula::parse("persons");
  made.indicators = {refused};
  const Table table = Table::of({column("number", numbers), column("person", persons), column("decision", decisions),
                                 column("decided_on", decided)});
  const auto of = [&](const CellSelector& selector) {
    return cells(rows({{"cases", table}}, Catalogue(made), {}, selector).column("number"));
  };
  EXPECT_EQ(of({.indicator = "refused_persons"}), (Texts{"1", "3", "4", "6"}));
  EXPECT_EQ(of({.indicator = "refused_persons", .period = "2024-01"}), (Texts{"1", "3", "4"}));
  EXPECT_EQ(of({.indicator = "refused_persons", .side = "unknown"}), Texts{});
}

TEST(Rows, OfSumsAndDaysAreThoseWhoseValueIsKnown) {
  const Numbers amounts{5, {}, 7};
  const Dates start{day(2024, 1, 1), day(2024, 1, 1), {}};
  const Dates end{day(2024, 1, 5), day(2024, 1, 9), day(2024, 2, 1)};
  const Texts three{"1", "2", "3"};
  Indicator total{.id = "total", .kind = Indicator::Kind::sum, .of = Formula::parse("amounts")};
  Indicator median{.id = "median", .kind = Indicator::Kind::quantile, .of = Formula::parse("took")};
  const Catalogue catalogue(
      definitions({sum_of("amounts", "amount"), days_between("took", "start", "end")}, {total, median}));
  const Table table =
      Table::of({column("number", three), column("amount", amounts), column("start", start), column("end", end)});
  const auto of = [&](const CellSelector& selector) {
    return cells(rows({{"cases", table}}, catalogue, {}, selector).column("number"));
  };
  EXPECT_EQ(of({.indicator = "total"}), (Texts{"1", "3"}));
  EXPECT_EQ(of({.indicator = "total", .side = "unknown"}), (Texts{"2"}));
  EXPECT_EQ(of({.indicator = "median", .side = "denominator"}), (Texts{"1", "2"}));
  EXPECT_EQ(of({.indicator = "median", .side = "unknown"}), (Texts{"3"}));
  EXPECT_EQ(message_of([&] { of({.indicator = "median"}); }),
            "indicator 'median' has no numerator: ask for side='denominator'");
}

TEST(Rows, OfTwoUnitsAreRefusedAndOfOneOfThemGiven) {
  Aggregate items = aggregate("items");
  items.unit = "items";
  Indicator ratio{.id = "ratio",
                  .kind = Indicator::Kind::ratio,
                  .numerator = Formula::parse("items"),
                  .denominator = Formula::parse("received")};
  const Catalogue catalogue(definitions({items, aggregate("received")}, {ratio}));
  const Texts two{"i", "j"};
  const Tables tables{{"cases", cases()}, {"items", Table::of({column("number", two)})}};
  const auto of = [&](std::string side) {
    return cells(rows(tables, catalogue, {}, {.indicator = "ratio", .side = std::move(side)}).column("number"));
  };
  EXPECT_EQ(of("numerator"), two);
  EXPECT_EQ(of("denominator"), numbers);
  EXPECT_TRUE(
      has(message_of([&] { of("unknown"); }), {"the unknown of 'ratio' counts different units", "'received' of 'cases'",
                                               "'items' of 'items'", "name an aggregate, such as side='items'"}));
}

TEST(Rows, RefuseWhatIsNotThere) {
  const auto refusal = [](const CellSelector& selector) { return message_of([&] { behind(selector); }); };
  EXPECT_TRUE(has(refusal({.indicator = "rates"}), {"did you mean 'rate'?"}));
  EXPECT_TRUE(has(refusal({.indicator = "rate", .side = "denominater"}), {"did you mean 'denominator'?"}));
  EXPECT_EQ(refusal({.indicator = "refusals", .side = "denominator"}),
            "indicator 'refusals' has no denominator: ask for side='numerator'");
  EXPECT_TRUE(has(refusal({.indicator = "rate", .cell = {{"office", "C"}}}), {"has no label 'C'"}));
  EXPECT_TRUE(has(refusal({.indicator = "rate", .cell = {{"ofice", "A"}}}), {"'ofice'", "did you mean 'office'?"}));
  EXPECT_TRUE(has(refusal({.indicator = "rate", .period = "2024-13"}), {"2024-13"}));
}

}  // namespace
}  // namespace casemetry
