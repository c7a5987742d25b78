// SPDX-License-Identifier: Apache-2.0
// What expressions of units have besides: collapse calls, lookups, working days, dates that have not come yet, and
// whole columns.
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <casemetry/expression.hpp>

#include "cells.hpp"

namespace casemetry {
namespace {

using testing::Cells;
using testing::cells;

Date day(int year, unsigned month, unsigned day) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

std::int32_t day_number(int year, unsigned month, unsigned d) {
  return static_cast<std::int32_t>(day(year, month, d).time_since_epoch().count());
}

Fault fault_of(std::string_view text) {
  try {
    Expression::parse(text);
  } catch (const DefinitionError& error) {
    return error.faults().front();
  }
  ADD_FAILURE() << text << " is read without a fault";
  return {};
}

// ---- as it is written

TEST(CollapseCall, PrintsBackWhatWasWritten) {
  for (const std::string_view text : {
           "any(decision in ['approved', 'decided'])",
           "all(refused where decided_on < 2024-03-01 or a and b)",
           "count(true where x == 'y')",
           "min(disposition_date where charge_disposition in @guilty)",
           "coalesce(guilty_on, max(disposition_date))",
           "sum(amount) > 12.50 and only(office) == 'A'",
           "max(where where where == 1)",
           "count(where == 1)",
           "found(arrest) and arrested",
           "not found(`my lookup`)",
           "workdays(received_on, answered_on) <= 7",
           "answered_on <= add_workdays(received_on, 7)",
           "any == 1 and found == 2 and min(max(only))",
       }) {
    const Expression expression = Expression::parse(text);
    EXPECT_EQ(expression.text(), text);
    EXPECT_TRUE(Expression::parse(expression.text()).same_as(expression)) << text;
  }
}

TEST(CollapseCall, IsTheSameTreeFromOperatorsAsFromText) {
  EXPECT_TRUE(Expression::parse("min(d where c in @g)")
                  .same_as(call(Operation::collapse_min, {col("d"), in_list(col("c"), "g")})));
  EXPECT_TRUE(Expression::parse("found(arrest) and any(a)")
                  .same_as(found("arrest") && call(Operation::collapse_any, {col("a")})));
  EXPECT_FALSE(found("a").same_as(found("b")));
  EXPECT_THROW(found(""), DefinitionError);
}

TEST(CollapseCall, TellsWhatIsWrongAndWhere) {
  struct Case {
    std::string_view text;
    std::size_t position;
    std::string_view says;
  };
  for (const Case& expected : std::initializer_list<Case>{
           {"min(a, b)", 0, "the least of several values of one row is least(a, b)"},
           {"max(a, b)", 0, "greatest(a, b)"},
           {"sum(a, b)", 0, "sum takes one value of many rows"},
           {"any()", 0, "takes at least 1 argument, not 0"},
           {"any(a where b where c)", 14, "takes no 'where'"},
           {"least(a, b where c)", 11, "takes no 'where'"},
           {"any(a where )", 12, "expected a name"},
           {"any(a where b", 3, "'(' is not closed"},
           {"found()", 6, "name of a lookup"},
           {"found('arrest')", 6, "name of a lookup"},
           {"found(a, b)", 7, "one lookup and nothing else"},
           {"any(a) where b", 7, "expected an operator"},
       }) {
    const Fault fault = fault_of(expected.text);
    EXPECT_EQ(fault.position, expected.position) << expected.text << ": " << fault.message;
    EXPECT_NE(fault.message.find(expected.says), std::string::npos) << expected.text << ": " << fault.message;
  }
}

TEST(Expression, TellsTheNamesItReadsByWhatTheyName) {
  const Expression expression = Expression::parse("found(arrest) and a == max(b where c in @list) and found(trial)");
  EXPECT_EQ(expression.columns(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(expression.lists(), (std::vector<std::string>{"list"}));
  EXPECT_EQ(expression.lookups(), (std::vector<std::string>{"arrest", "trial"}));
}

TEST(CollapseCalls, AreEachTakenOnceInTheirOrder) {
  std::vector<std::string> texts;
  for (const Expression& call :
       collapse_calls(Expression::parse("coalesce(max(a), min(b where c)) == max(a) and any(d)")))
    texts.push_back(call.text());
  EXPECT_EQ(texts, (std::vector<std::string>{"max(a)", "min(b where c)", "any(d)"}));
  EXPECT_TRUE(collapse_calls(Expression::parse("a == b")).empty());
}

TEST(Replaced, PutsColumnsInThePlaceOfCalls) {
  const Expression expression = Expression::parse("found(arrest) and days(max(a), min(b where c)) > 7 or d");
  const Expression plain = replaced(expression, [](const Expression& part) -> std::optional<Expression> {
    const auto& node = part.node();
    if (node.operation == Operation::found) return col(node.name + " found");
    if (node.operation == Operation::collapse_max || node.operation == Operation::collapse_min) return col(part.text());
    return std::nullopt;
  });
  EXPECT_EQ(plain.text(), "`arrest found` and days(`max(a)`, `min(b where c)`) > 7 or d");
  EXPECT_EQ(&plain.node().children[1].node(), &expression.node().children[1].node());  // shared
}

// ---- checking

const std::map<std::string, std::vector<Literal>> lists{{"guilty", {"guilty"}}};

const std::vector<ColumnDefinition> of_source{
    {.name = "verdict", .type = Type::category, .values = {"guilty", "acquitted"}},
    {.name = "verdict_on", .type = Type::date},
    {.name = "amount", .type = Type::decimal, .scale = 2},
    {.name = "person_id", .type = Type::text, .identifies = true},
};
const std::vector<ColumnDefinition> of_unit{
    {.name = "case_id", .type = Type::text},
    {.name = "received_on", .type = Type::date},
    {.name = "arrested", .type = Type::boolean},
};

Scope scope_of(const std::vector<ColumnDefinition>& columns) {
  Scope scope;
  scope.column = [&columns](std::string_view name) -> const ColumnDefinition* {
    const auto found = std::ranges::find(columns, name, &ColumnDefinition::name);
    return found == columns.end() ? nullptr : &*found;
  };
  for (const ColumnDefinition& column : columns) scope.column_names.push_back(column.name);
  scope.lists = &lists;
  return scope;
}

const Scope source = scope_of(of_source);

Scope unit_scope() {
  Scope scope = scope_of(of_unit);
  scope.source = &source;
  scope.lookups = {"arrest", "trial"};
  scope.holidays = true;
  return scope;
}

std::vector<Fault> faults_of(std::string_view text, const Scope& scope = unit_scope()) {
  std::vector<Fault> faults;
  check(Expression::parse(text), scope, false, "unit.x.columns.y", faults);
  return faults;
}

TEST(CheckOfAUnit, PassesWhatItsSourceAndItsLookupsCanAnswer) {
  for (const std::string_view text : {
           "any(verdict in @guilty where amount > 0)",
           "all(verdict == 'guilty') and found(arrest)",
           "count(true where verdict == 'guilty') >= 2",
           "coalesce(min(verdict_on where verdict in @guilty), received_on)",
           "workdays(received_on, max(verdict_on)) <= 7",
           "only(verdict) == 'guilty' and sum(amount) > 12.50 and arrested",
           "add_workdays(received_on, 7)",
       })
    EXPECT_TRUE(faults_of(text).empty()) << text << ": " << faults_of(text).front().message;
}

TEST(CheckOfAUnit, TellsWhatCannotBeAnsweredAndWhere) {
  struct Case {
    std::string_view text;
    std::size_t position;
    std::string_view says;
  };
  for (const Case& expected : std::initializer_list<Case>{
           {"any(max(verdict_on) > 2024-01-01)", 4, "max inside another collapse call"},
           {"any(arrested)", 4, "the unit has one, but inside a collapse call stand the columns of its source"},
           {"verdict == 'guilty'", 0, "its source has one, of many rows: write only(verdict)"},
           {"only(verdict) == 'guilt'", 17, "does not list 'guilt'; did you mean 'guilty'?"},
           {"found(arest)", 0, "there is no lookup 'arest'; did you mean 'arrest'?"},
           {"any(found(arrest))", 4, "cannot stand inside a collapse call"},
           {"any(verdict)", 4, "a condition is wanted, but verdict is a category"},
           {"max(verdict_on where amount)", 21, "a condition is wanted"},
           {"count(amount)", 6, "a condition is wanted"},
           {"max(verdict)", 4, "max takes dates or numbers, but verdict is a category"},
           {"sum(verdict_on)", 4, "sum takes numbers, but verdict_on is a date"},
           {"workdays(received_on, 7)", 22, "workdays takes a date"},
           {"add_workdays(received_on, 7.5)", 26, "takes an integer"},
       }) {
    const auto faults = faults_of(expected.text);
    ASSERT_EQ(faults.size(), 1U) << expected.text;
    EXPECT_EQ(faults[0].position, expected.position) << expected.text << ": " << faults[0].message;
    EXPECT_NE(faults[0].message.find(expected.says), std::string::npos) << expected.text << ": " << faults[0].message;
  }
}

TEST(CheckOutsideOfAUnit, RefusesCollapseCallsLookupsAndWorkingDaysWithoutHolidays) {
  const Scope plain = scope_of(of_source);
  EXPECT_NE(faults_of("max(verdict_on)", plain)[0].message.find("here nothing is collapsed"), std::string::npos);
  EXPECT_NE(faults_of("found(arrest)", plain)[0].message.find("no lookup 'arrest'"), std::string::npos);
  EXPECT_NE(faults_of("add_workdays(verdict_on, 7)", plain)[0].message.find("[calendar]"), std::string::npos);
}

TEST(ResultOf, IsTheTypeScaleAndListedValues) {
  const auto result = [](std::string_view text) { return result_of(Expression::parse(text), unit_scope()); };
  EXPECT_EQ(result("any(verdict == 'guilty')")->type, Type::boolean);
  EXPECT_EQ(result("count(amount > 1)")->type, Type::integer);
  EXPECT_EQ(result("workdays(received_on, max(verdict_on))")->type, Type::integer);
  EXPECT_EQ(result("add_workdays(received_on, 7)")->type, Type::date);
  EXPECT_EQ(result("coalesce(max(amount), 1.125)")->scale, 3);
  EXPECT_EQ(result("only(verdict where amount > 1)")->values, (std::vector<std::string>{"guilty", "acquitted"}));
  EXPECT_TRUE(result("only(person_id)")->identifies);
  EXPECT_FALSE(result("any(person_id == 'x')")->identifies);
  EXPECT_EQ(result("max(verdict)"), std::nullopt);
}

// ---- working days

// The Spring Festival of 2024: State Council notice 国办发明电〔2023〕7号 (10–17 February off, 4 and 18 February at
// work). Days of which the weekday tells the same are left out.
Table holidays_2024() {
  const std::array<std::string, 8> date{"2024-02-04", "2024-02-12", "2024-02-13", "2024-02-14",
                                        "2024-02-15", "2024-02-16", "2024-02-18", "2024-01-01"};
  const std::array<std::string, 8> works{"true", "false", "false", "false", "false", "false", "true", "false"};
  return Table::of({{"date", std::span(date)}, {"works", std::span(works)}}, "holidays");
}

TEST(Holidays, PlaceASevenDayReplyAfterTheSpringFestival) {
  const Holidays holidays(holidays_2024());
  EXPECT_EQ(holidays.add_workdays(day(2024, 2, 8), 7), day(2024, 2, 23));
  EXPECT_EQ(holidays.workdays(day(2024, 2, 8), day(2024, 2, 23)), 7);
  EXPECT_EQ(holidays.workdays(day(2024, 2, 23), day(2024, 2, 8)), -7);
  EXPECT_EQ(holidays.workdays(day(2024, 2, 9), day(2024, 2, 17)), 0);
  EXPECT_TRUE(holidays.works(day(2024, 2, 18)));
  EXPECT_FALSE(holidays.works(day(2024, 2, 16)));
}

TEST(Holidays, OfNoWorkingDaysLeadBackToTheLastWorkingDay) {
  const Holidays holidays(holidays_2024());
  EXPECT_EQ(holidays.add_workdays(day(2024, 2, 8), 0), day(2024, 2, 8));
  EXPECT_EQ(holidays.add_workdays(day(2024, 2, 17), 0), day(2024, 2, 9));
  EXPECT_EQ(holidays.add_workdays(day(2024, 2, 17), -1), day(2024, 2, 8));
}

TEST(Holidays, EqualADayByDayCount) {
  const Holidays holidays(holidays_2024());
  const Date first = day(2023, 12, 1);
  for (int from = 0; from < 120; ++from) {
    std::int64_t counted = 0;
    for (int to = from + 1; to < 120; ++to) {
      const Date a = first + std::chrono::days(from);
      const Date b = first + std::chrono::days(to);
      counted += holidays.works(b) ? 1 : 0;
      ASSERT_EQ(holidays.workdays(a, b), counted);
      ASSERT_EQ(holidays.workdays(b, a), -counted);
      if (!holidays.works(b)) continue;
      ASSERT_EQ(holidays.add_workdays(a, counted), b);
      const auto back = holidays.add_workdays(b, -counted);
      ASSERT_TRUE(back && holidays.works(*back) && holidays.workdays(b, *back) == -counted);
    }
  }
}

TEST(Holidays, ReachAsFarAsTheYearsDo) {
  const Holidays holidays(holidays_2024());
  EXPECT_EQ(holidays.workdays(day(1, 1, 1), day(1, 1, 8)), 5);
  // Four of the days listed fall out of the 52,000 weeks of five days: a Thursday becomes a Wednesday.
  EXPECT_EQ(holidays.add_workdays(day(1970, 1, 1), 5 * 52 * 1000), day(1970, 1, 1) + std::chrono::days(364'006));
  EXPECT_EQ(holidays.add_workdays(day(9999, 12, 1), 100), std::nullopt);
  EXPECT_EQ(holidays.add_workdays(day(2024, 1, 1), std::numeric_limits<std::int64_t>::min()), std::nullopt);
}

TEST(Holidays, RefuseATableThatLeavesADayOpen) {
  const std::array<std::string, 2> date{"2024-02-12", "2024-02-12"};
  const std::array<std::string, 2> unlike{"true", "false"};
  const std::array<std::string, 2> open{"true", ""};
  EXPECT_THROW(Holidays(Table::of({{"date", std::span(date)}, {"works", std::span(unlike)}})), DataError);
  EXPECT_THROW(Holidays(Table::of({{"date", std::span(date)}, {"works", std::span(open)}})), DataError);
  EXPECT_THROW(Holidays(Table::of({{"date", std::span(date)}})), ColumnNotFoundError);
  EXPECT_FALSE(Holidays().known());
}

// ---- over rows: a third of the cases has no date yet, a fourth has none that is known

constexpr std::int64_t none = missing_number;

Table cases() {
  return Table(
      {Column::of_days("filed_on", {day_number(2024, 2, 8), day_number(2024, 2, 19), day_number(2024, 3, 1),
                                    day_number(2024, 3, 1)}),
       Column::of_days("decided_on", {day_number(2024, 2, 23), day_number(2024, 2, 9), not_yet_day, missing_day}),
       Column::of_codes("verdict", Type::category, {0, 1, 2, 3}, {"guilty", "acquitted", "other"}, 2),
       Column::of_codes("plea", Type::category, {0, 0, 0, 1}, {"none", "guilty"}, 2),
       Column::of_numbers("amount", {100, none, -5, 0}, 2)});
}

Column column_of(std::string_view text, const Holidays& holidays = Holidays(holidays_2024())) {
  const Table table = cases();
  return materialised(
      Expression::parse(text), [&](std::string_view name) { return table.column(name); }, lists, holidays, "made",
      table.rows());
}

TEST(Value, CountsAndAddsWorkingDays) {
  EXPECT_EQ(cells(column_of("workdays(filed_on, decided_on)")), (Cells{"7", "-2", "-", "-"}));
  EXPECT_EQ(cells(column_of("add_workdays(filed_on, 7)")), (Cells{"2024/2/23", "2024/2/28", "2024/3/12", "2024/3/12"}));
  EXPECT_EQ(cells(column_of("decided_on <= add_workdays(filed_on, 7)")), (Cells{"true", "true", "false", "-"}));
  EXPECT_THROW(column_of("workdays(filed_on, decided_on)", {}), DefinitionError);
}

TEST(NotYet, IsLaterThanAnyDateAndNotMissing) {
  EXPECT_EQ(cells(column_of("decided_on <= 9999-12-31")), (Cells{"true", "true", "false", "-"}));
  EXPECT_EQ(cells(column_of("decided_on > 9999-12-31")), (Cells{"false", "false", "true", "-"}));
  EXPECT_EQ(cells(column_of("between(decided_on, 2024-02-10, 2024-12-31)")), (Cells{"true", "false", "false", "-"}));
  EXPECT_EQ(cells(column_of("is_null(decided_on)")), (Cells{"false", "false", "false", "true"}));
}

TEST(NotYet, IsStillSoThroughCoalesceLeastAndGreatest) {
  EXPECT_EQ(column_of("coalesce(decided_on, filed_on)").days()[2], not_yet_day);
  EXPECT_EQ(column_of("greatest(decided_on, filed_on)").days()[2], not_yet_day);
  EXPECT_EQ(column_of("least(decided_on, filed_on)").days()[2], day_number(2024, 3, 1));
  EXPECT_EQ(column_of("coalesce(decided_on, filed_on)").days()[3], day_number(2024, 3, 1));
}

TEST(NotYet, LeavesTheFunctionsOfDatesMissing) {
  for (const std::string_view text : {"days(filed_on, decided_on)", "year(decided_on)", "quarter(decided_on)",
                                      "month(decided_on)", "add_days(decided_on, 1)", "add_months(decided_on, 1)",
                                      "add_workdays(decided_on, 1)", "workdays(decided_on, decided_on)"})
    EXPECT_EQ(cells(column_of(text))[2], "-") << text;
  const Table table({Column::of_days("d", {not_yet_day})});
  const BoundPredicate late(
      Expression::parse("year(d) == 2024"), [&](std::string_view name) { return table.column(name); }, lists);
  EXPECT_TRUE(late.may_be_unknown());
  const BoundPredicate early(
      Expression::parse("d < 2024-01-01"), [&](std::string_view name) { return table.column(name); }, lists);
  EXPECT_FALSE(early.may_be_unknown());
}

// ---- whole columns

TEST(Materialised, MakesAPredicateTrueFalseOrMissing) {
  const Column column = column_of("verdict == 'guilty'");
  EXPECT_EQ(column.name(), "made");
  EXPECT_EQ(column.type(), Type::boolean);
  EXPECT_EQ(cells(column), (Cells{"true", "false", "-", "-"}));
  EXPECT_EQ(column.report().missing, 2);
}

TEST(Materialised, KeepsTypeScaleAndWhatIsUnlisted) {
  EXPECT_EQ(cells(column_of("coalesce(amount, 1.125)")), (Cells{"1000", "1125", "-50", "0"}));
  EXPECT_EQ(column_of("coalesce(amount, 1.125)").scale(), 3);
  const Column text = column_of("coalesce(verdict, plea)");
  EXPECT_EQ(cells(text), (Cells{"guilty", "acquitted", "other", "guilty"}));
  EXPECT_EQ(text.listed(), 2U);
  EXPECT_EQ(text.report().unlisted, 1);
  EXPECT_EQ(cells(column_of("'x'")), (Cells{"x", "x", "x", "x"}));
  EXPECT_EQ(cells(column_of("true")), (Cells{"true", "true", "true", "true"}));
}

TEST(Materialised, IsABareColumnRenamedThatSharesItsCells) {
  const Table table = cases();
  const Column column = materialised(
      col("filed_on"), [&](std::string_view name) { return table.column(name); }, lists, {}, "made", table.rows());
  EXPECT_EQ(column.name(), "made");
  EXPECT_EQ(column.days().data(), table.column("filed_on").days().data());
  EXPECT_EQ(column.as({.type = Type::date}).name(), "made");
}

TEST(Materialised, IsAskedAboutValuesThatDoNotOccurInIt) {
  const Column made = column_of("coalesce(verdict, 'none')");  // guilty, acquitted, other (not listed), none
  const BoundPredicate predicate(
      Expression::parse("made != 'withdrawn'"), [&](std::string_view) { return made; }, lists);
  std::vector<Outcome> outcomes(4);
  predicate.outcomes(0, outcomes);
  EXPECT_EQ(outcomes, (std::vector{Outcome::yes, Outcome::yes, Outcome::unknown, Outcome::yes}));
}

TEST(Materialised, OfALongTableEqualsItsParts) {
  std::vector<std::int64_t> numbers(300'001);
  for (std::size_t row = 0; row < numbers.size(); ++row)
    numbers[row] = row % 13 == 0 ? none : static_cast<std::int64_t>(row % 97);
  const Table table({Column::of_numbers("n", numbers)});
  const auto column = [&](std::string_view name) { return table.column(name); };
  const Column greatest = materialised(Expression::parse("greatest(n, 50)"), column, lists, {}, "g", table.rows());
  const Column large = materialised(Expression::parse("n > 50"), column, lists, {}, "large", table.rows());
  const auto truths = std::get<std::span<const std::uint8_t>>(large.codes());
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    ASSERT_EQ(greatest.numbers()[row], numbers[row] == none ? none : std::max<std::int64_t>(numbers[row], 50));
    ASSERT_EQ(truths[row], numbers[row] == none ? 2 : numbers[row] > 50 ? 1 : 0);
  }
}

}  // namespace
}  // namespace casemetry
