// SPDX-License-Identifier: Apache-2.0
#include <casemetry/table.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <ostream>

#include "cells.hpp"

namespace casemetry {
namespace {

using testing::cell;
using testing::Cells;
using testing::cells;

constexpr const char* none = nullptr;  // a missing cell

Date day(int since_1970) {
  return Date{std::chrono::days{since_1970}};
}

Column texts(std::initializer_list<const char*> values) {
  std::vector<std::string> held;
  for (const char* value : values) held.emplace_back(value == none ? "" : value);
  return Table::of({{"x", std::span<const std::string>(held)}}, "cases").column("x");
}

Column integers(const std::vector<std::optional<std::int64_t>>& values) {
  return Table::of({{"x", std::span<const std::optional<std::int64_t>>(values)}}, "cases").column("x");
}

ColumnDefinition definition(Type type, int scale = 0) {
  ColumnDefinition made;
  made.name = "x";
  made.type = type;
  made.scale = scale;
  return made;
}

ColumnDefinition category(std::vector<std::string> values) {
  ColumnDefinition made = definition(Type::category);
  made.values = std::move(values);
  return made;
}

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

bool has_all(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts)
    if (text.find(part) == std::string::npos) return false;
  return true;
}

TEST(Table, IsMadeOfTheCallersOwnArrays) {
  const std::vector<std::string_view> office{"A", "B", " ", "A"};
  const std::vector<Date> decided{day(19783), day(19784), day(0), day(-1)};
  const std::vector<std::optional<std::int64_t>> items{3, std::nullopt, 0, -2};
  const bool urgent[] = {true, false, false, true};
  const Table table = Table::of({{"office", std::span<const std::string_view>(office)},
                                 {"decided_on", std::span<const Date>(decided)},
                                 {"items", std::span<const std::optional<std::int64_t>>(items)},
                                 {"urgent", std::span<const bool>(urgent)}},
                                "cases");
  EXPECT_EQ(table.rows(), 4);
  EXPECT_EQ(table.column_names(), (Cells{"office", "decided_on", "items", "urgent"}));
  EXPECT_EQ(cells(table.column("office")), (Cells{"A", "B", "-", "A"}));
  EXPECT_EQ(cells(table.column("decided_on")), (Cells{"2024/3/1", "2024/3/2", "1970/1/1", "1969/12/31"}));
  EXPECT_EQ(cells(table.column("items")), (Cells{"3", "-", "0", "-2"}));
  EXPECT_EQ(cells(table.column("urgent")), (Cells{"true", "false", "false", "true"}));
  EXPECT_EQ(table.report()[0].missing, 1);
  EXPECT_EQ(table.report()[2].read_as, "integer");
}

TEST(Table, RefusesColumnsOfDifferentLengthOrTheSameName) {
  const std::vector<std::int64_t> two{1, 2};
  const std::vector<std::int64_t> three{1, 2, 3};
  const std::span<const std::int64_t> a(two);
  const std::span<const std::int64_t> b(three);
  EXPECT_THROW(Table::of({{"a", a}, {"b", b}}), SchemaError);
  EXPECT_THROW(Table::of({{"a", a}, {"a", a}}), SchemaError);
  EXPECT_THROW(Table(std::vector<Column>{}), SchemaError);
}

TEST(Table, NamesTheNearestColumnWhenOneIsNotThere) {
  const std::vector<std::int64_t> values{1};
  const Table table = Table::of({{"decision", std::span<const std::int64_t>(values)}}, "cases");
  const std::string message = message_of([&] { table.column("desicion"); });
  EXPECT_EQ(message, "table 'cases' has no column 'desicion'; did you mean 'decision'?");
}

TEST(Dates, OfWhichABlankMeansNotYetAreNotMissing) {
  ColumnDefinition not_yet = definition(Type::date);
  not_yet.empty_is_not_yet = true;
  const Column column = texts({"2024-03-01", none, "soon"}).as(not_yet);
  EXPECT_EQ(cells(column), (Cells{"2024/3/1", "not_yet", "-"}));
  EXPECT_EQ(column.report().missing, 0);
  EXPECT_EQ(column.report().unreadable, 1);
  EXPECT_EQ(cells(integers({20240301, std::nullopt}).as(not_yet)), (Cells{"2024/3/1", "not_yet"}));
  EXPECT_EQ(cells(texts({"2024-03-01", none}).as_dates().as(not_yet)), (Cells{"2024/3/1", "not_yet"}));
}

TEST(Dates, ThatCouldNotBeReadAreNotTakenForNotYet) {
  ColumnDefinition not_yet = definition(Type::date);
  not_yet.empty_is_not_yet = true;
  const Column dates = texts({"2024-03-01", none, "soon"}).as_dates();
  EXPECT_TRUE(has_all(message_of([&] { dates.as(not_yet); }), {"'x'", "1 of its cells", "soon", "as text"}));
}

TEST(Table, RefusesTextThatIsNotUtf8ByTableColumnAndRow) {
  const std::string message = message_of([] { texts({"a", "b", "\xB2\xBB\xB2\xB6"}); });
  EXPECT_TRUE(has_all(message, {"table 'cases', column 'x', row 3", "UTF-8", "GB18030"})) << message;
}

TEST(Column, KeepsCodesInTheNarrowestWidth) {
  const auto width_for = [](int labels) {
    std::vector<std::string> values;
    for (int i = 0; i < labels; ++i) values.push_back("label " + std::to_string(i));
    values.emplace_back();
    const Table table = Table::of({{"x", std::span<const std::string>(values)}});
    const Column& column = table.column("x");
    EXPECT_EQ(column.labels().size(), static_cast<std::size_t>(labels));
    EXPECT_EQ(cell(column, static_cast<std::size_t>(labels)), "-");
    EXPECT_EQ(cell(column, static_cast<std::size_t>(labels) - 1), values[static_cast<std::size_t>(labels) - 1]);
    return column.codes().index();
  };
  EXPECT_EQ(width_for(255), 0U);
  EXPECT_EQ(width_for(256), 1U);
  EXPECT_EQ(width_for(65535), 1U);
  EXPECT_EQ(width_for(65536), 2U);
}

TEST(Column, SaysWhatItIsNotWhenAskedForTheWrongCells) {
  EXPECT_THROW(texts({"a"}).days(), SchemaError);
  EXPECT_THROW(texts({"a"}).numbers(), SchemaError);
  EXPECT_THROW(integers({1}).codes(), SchemaError);
  EXPECT_THROW(integers({1}).labels(), SchemaError);
}

TEST(Date, IsReadInEverySpellingThatBeginsWithTheYear) {
  const Column dates = texts({"2024-03-01", "2024/3/1", "2024.3.1", "20240301", "2024年3月1日", "２０２４－０３－０１",
                              "　2024年03月01号 ", "2024-3-1"})
                           .as_dates();
  EXPECT_EQ(cells(dates), Cells(8, "2024/3/1"));
  EXPECT_EQ(dates.report().read_as, "date");
}

TEST(Date, IsCutBeforeItsTimeAndNeverConverted) {
  const Column dates = texts({"2024-03-01T23:59:59.999999Z", "2024-03-01T00:30:00+08:00", "2024-03-01 4:00",
                              "2024-03-01 12:00:00 AM", "20240301T04:00:00-0500", "2024-03-01 24:00"})
                           .as_dates();
  EXPECT_EQ(cells(dates), Cells(6, "2024/3/1"));
}

TEST(Date, IsUnreadableIfThereIsNoSuchDay) {
  const Column dates = texts({"2024-13-01", "2023-02-29", "2024-02-29", "0001-01-01", "9999-12-31", "0000-01-01",
                              "2024-03", "24-03-01", "2024-03/01", "2024-03-01x", "2024-03-01 25:00", "—", none})
                           .as_dates();
  EXPECT_EQ(cells(dates),
            (Cells{"-", "-", "2024/2/29", "1/1/1", "9999/12/31", "-", "-", "-", "-", "-", "-", "-", "-"}));
  EXPECT_EQ(dates.report().unreadable, 9);
  EXPECT_EQ(dates.report().missing, 1);
  EXPECT_EQ(dates.report().examples, (Cells{"2024-13-01", "2023-02-29", "0000-01-01", "2024-03", "24-03-01"}));
}

TEST(Date, WithTheYearLastTakesTheOrderThatOneValueDecides) {
  const Column us = texts({"3/4/2024", "1/31/2024 12:00:00 AM", "2024-05-06"}).as_dates();
  EXPECT_EQ(cells(us), (Cells{"2024/3/4", "2024/1/31", "2024/5/6"}));
  EXPECT_EQ(us.report().read_as, "date (month/day/year)");
  const Column uk = texts({"3/4/2024", "31/1/2024"}).as_dates();
  EXPECT_EQ(cells(uk), (Cells{"2024/4/3", "2024/1/31"}));
  EXPECT_EQ(uk.report().read_as, "date (day/month/year)");
  EXPECT_EQ(cells(texts({"31.1.2024", "1.2.2024"}).as_dates()), (Cells{"2024/1/31", "2024/2/1"}));
  EXPECT_EQ(cells(texts({"5/5/2024"}).as_dates()), (Cells{"2024/5/5"}));
}

TEST(Date, ThatCanBeReadTwoWaysIsRefusedWithBothUntilItIsSaid) {
  const Column open = texts({"3/4/2024", "5/5/2024"});
  const std::string message = message_of([&] { open.as_dates(); });
  EXPECT_TRUE(has_all(message, {"column 'x'", "'3/4/2024'", "2024-03-04 as month/day/year",
                                "2024-04-03 as day/month/year", "format = "}))
      << message;
  EXPECT_EQ(cells(open.as_dates("month/day/year")), (Cells{"2024/3/4", "2024/5/5"}));
  EXPECT_EQ(cells(open.as_dates("day/month/year")), (Cells{"2024/4/3", "2024/5/5"}));
  EXPECT_EQ(cells(open.as_dates("year-month-day")), (Cells{"-", "2024/5/5"}));
  EXPECT_THROW(open.as_dates("dd.mm.yy"), DataError);
}

TEST(Date, ColumnOfBothOrdersIsRefusedWithAnExampleOfEach) {
  const Column mixed = texts({"1/31/2024", "31/1/2024"});
  const std::string message = message_of([&] { mixed.as_dates(); });
  EXPECT_TRUE(has_all(message, {"'1/31/2024'", "'31/1/2024'", "format"})) << message;
  EXPECT_EQ(mixed.as_dates("month/day/year").report().unreadable, 1);
}

TEST(Date, MayBeAnIntegerOfEightDigits) {
  const Column dates = integers({20240301, std::nullopt, 20241301, 588}).as(definition(Type::date));
  EXPECT_EQ(cells(dates), (Cells{"2024/3/1", "-", "-", "-"}));
  EXPECT_EQ(dates.report().missing, 1);
  EXPECT_EQ(dates.report().unreadable, 2);
}

struct NumberCase {
  const char* text;
  int scale;
  const char* number;
};

void PrintTo(const NumberCase& c, std::ostream* out) {
  *out << c.text << " at scale " << c.scale;
}

class NumberText : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberText, IsReadExactlyOrNotAtAll) {
  const auto [text, scale, number] = GetParam();
  const Column column = texts({text}).as(definition(scale == 0 ? Type::integer : Type::decimal, scale));
  EXPECT_EQ(cell(column, 0), number);
  EXPECT_EQ(column.report().unreadable, std::string_view(number) == "-" ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, NumberText,
    ::testing::Values(NumberCase{"42", 0, "42"}, NumberCase{" -42 ", 0, "-42"}, NumberCase{"+42", 0, "42"},
                      NumberCase{"007", 0, "7"}, NumberCase{"9,662", 0, "9662"}, NumberCase{"1,234,567", 0, "1234567"},
                      NumberCase{"1,23,456", 0, "-"}, NumberCase{"9662,", 0, "-"}, NumberCase{"，662", 0, "-"},
                      NumberCase{"９，６６２", 0, "9662"}, NumberCase{"−5", 0, "-5"}, NumberCase{"12.0", 0, "12"},
                      NumberCase{"12.5", 0, "-"}, NumberCase{"1.29E+11", 0, "-"}, NumberCase{"85.3%", 0, "-"},
                      NumberCase{"-", 0, "-"}, NumberCase{"—", 0, "-"}, NumberCase{"3万", 0, "-"},
                      NumberCase{"9223372036854775807", 0, "9223372036854775807"},
                      NumberCase{"9223372036854775808", 0, "-"}, NumberCase{"-9223372036854775808", 0, "-"},
                      NumberCase{"12.5", 2, "1250"}, NumberCase{"-0.05", 2, "-5"}, NumberCase{".5", 1, "5"},
                      NumberCase{"1,234.567", 2, "-"}, NumberCase{"1,234.560", 2, "123456"}, NumberCase{"12,5", 1, "-"},
                      NumberCase{"0", 18, "0"}, NumberCase{"10", 18, "-"}));

TEST(Number, OutsideItsRangeIsUnreadable) {
  ColumnDefinition age = definition(Type::integer);
  age.range = {0, 120};
  EXPECT_EQ(cells(texts({"0", "120", "121", "-1"}).as(age)), (Cells{"0", "120", "-", "-"}));
  const Column numbers = integers({0, 120, 121, std::nullopt}).as(age);
  EXPECT_EQ(cells(numbers), (Cells{"0", "120", "-", "-"}));
  EXPECT_EQ(numbers.report().unreadable, 1);
  EXPECT_EQ(numbers.report().missing, 1);
}

TEST(Number, ChangesItsScaleOnlyIfNoDigitIsLost) {
  const Column decimal = integers({12, -3}).as(definition(Type::decimal, 2));
  EXPECT_EQ(cells(decimal), (Cells{"1200", "-300"}));
  EXPECT_EQ(decimal.report().read_as, "decimal(2)");
  EXPECT_EQ(cells(decimal.as(definition(Type::integer))), (Cells{"12", "-3"}));
  const Column fine = texts({"1.25", "1.20"}).as(definition(Type::decimal, 2));
  EXPECT_EQ(cells(fine.as(definition(Type::decimal, 1))), (Cells{"-", "12"}));
  EXPECT_EQ(cells(fine.as(definition(Type::text))), (Cells{"1.25", "1.20"}));
  EXPECT_EQ(cells(texts({"-0.05"}).as(definition(Type::decimal, 2)).as(definition(Type::text))), (Cells{"-0.05"}));
}

TEST(Number, OfThirteenDigitsBecomesTextWithEveryDigit) {
  EXPECT_EQ(cells(integers({1079960508495, std::nullopt}).as(definition(Type::text))), (Cells{"1079960508495", "-"}));
}

TEST(Boolean, IsReadFromTheWordsThatPeopleUse) {
  const Column yes = texts({"true", "1", "YES", "Ｙ", "是", "False", "0", "no", "n", "否", "maybe", none})
                         .as(definition(Type::boolean));
  EXPECT_EQ(cells(yes),
            (Cells{"true", "true", "true", "true", "true", "false", "false", "false", "false", "false", "-", "-"}));
  EXPECT_EQ(yes.report().unreadable, 1);
  EXPECT_EQ(yes.report().missing, 1);
  EXPECT_EQ(cells(integers({0, 1, 2}).as(definition(Type::boolean))), (Cells{"false", "true", "-"}));
}

TEST(Category, PutsDeclaredValuesFirstAndCountsWhatTheyDoNotList) {
  const Column closed =
      texts({"decided", "Approved", " approved ", none, "refused"}).as(category({"approved", "decided"}));
  EXPECT_EQ(Cells(closed.labels().begin(), closed.labels().end()),
            (Cells{"approved", "decided", "Approved", "refused"}));
  EXPECT_EQ(closed.listed(), 2U);
  EXPECT_EQ(cells(closed), (Cells{"decided", "Approved", "approved", "-", "refused"}));
  EXPECT_EQ(closed.report().unlisted, 2);
  EXPECT_EQ(closed.report().examples, (Cells{"Approved", "refused"}));
  EXPECT_EQ(closed.report().missing, 1);
}

TEST(Category, AppliesAliasesBeforeAnythingElse) {
  ColumnDefinition decision = category({"refused", "approved"});
  decision.aliases = {{"不捕", "refused"}, {"n/a", ""}};
  const Column read = texts({"不捕", " 不捕", "approved", "n/a"}).as(decision);
  EXPECT_EQ(cells(read), (Cells{"refused", "refused", "approved", "-"}));
  EXPECT_EQ(read.report().missing, 1);
  EXPECT_EQ(read.report().unlisted, 0);
  decision.aliases = {{"1", "refused"}};
  EXPECT_EQ(cells(integers({1, 2}).as(decision)), (Cells{"refused", "2"}));
}

TEST(Column, ThatCanNeverBeReadAsWantedIsRefusedInWords) {
  const Column dates = texts({"2024-03-01"}).as_dates();
  EXPECT_THROW(dates.as(definition(Type::integer)), DataError);
  EXPECT_THROW(dates.as(definition(Type::boolean)), DataError);
  EXPECT_THROW(texts({"1"}).as(definition(Type::decimal, 19)), DataError);
  EXPECT_THROW(texts({"1.5"}).as(definition(Type::decimal, 1)).as(definition(Type::date)), DataError);
  const std::string message =
      message_of([] { texts({"y"}).as(definition(Type::boolean)).as(definition(Type::integer)); });
  EXPECT_EQ(message,
            "column 'x' is boolean and cannot be read as integer: declare it as boolean and count where it is true");
}

TEST(Column, KeepsCountOfWhatWasUnreadableBefore) {
  const Column once = texts({"1", "x", none}).as(definition(Type::integer));
  const Column twice = once.as(definition(Type::decimal, 2));
  EXPECT_EQ(twice.report().unreadable, 1);
  EXPECT_EQ(twice.report().missing, 1);
  EXPECT_EQ(twice.report().examples, (Cells{"x"}));
}

TEST(Column, WithoutAnyValueIsReadAsAnything) {
  for (const Type type : {Type::text, Type::category, Type::date, Type::integer, Type::decimal, Type::boolean}) {
    const Column empty = texts({none, none}).as(definition(type, 0));
    EXPECT_EQ(cells(empty), (Cells{"-", "-"}));
    EXPECT_EQ(empty.report().missing, 2);
    EXPECT_EQ(texts({}).as(definition(type, 0)).rows(), 0);
  }
}

Table cases() {
  const std::vector<std::string> offices = {"甲", "乙", "", "丙", "甲"};
  const std::vector<std::optional<std::int64_t>> items = {1, 2, 3, {}, 5};
  const std::vector<std::optional<Date>> dates = {day(0), day(1), {}, day(3), day(4)};
  const bool urgent[] = {true, false, true, false, true};
  return Table::of({{"office", std::span(offices)},
                    {"items", std::span(items)},
                    {"decided_on", std::span(dates)},
                    {"urgent", std::span(urgent)}},
                   "cases");
}

TEST(Take, GivesTheRowsAskedForInTheirOrder) {
  const Table taken = cases().take(std::vector<std::int64_t>{4, 2, 3});
  EXPECT_EQ(taken.name(), "cases");
  EXPECT_EQ(cells(taken.column("office")), (Cells{"甲", "-", "丙"}));
  EXPECT_EQ(cells(taken.column("items")), (Cells{"5", "3", "-"}));
  EXPECT_EQ(cells(taken.column("decided_on")), (Cells{"1970/1/5", "-", "1970/1/4"}));
  EXPECT_EQ(cells(taken.column("urgent")), (Cells{"true", "true", "false"}));
  EXPECT_EQ(taken.report()[0].missing, 1);
  EXPECT_EQ(taken.report()[1].missing, 1);
  EXPECT_EQ(taken.report()[2].rows, 3);
}

TEST(Take, KeepsOfFreeTextTheLabelsThatOccurAndOfACategoryAll) {
  const std::vector<std::int64_t> last{3};
  EXPECT_EQ(cases().take(last).column("office").labels().size(), 1U);
  const Column closed = cases().column("office").as(category({"甲", "乙"}));
  EXPECT_EQ(closed.take(last).labels().size(), 3U);
  EXPECT_EQ(closed.take(last).listed(), 2U);
  EXPECT_EQ(cells(closed.take(last)), (Cells{"丙"}));
}

TEST(Take, OfNoRowsIsATableAndOfRowsThatAreNotThereRefused) {
  EXPECT_EQ(cases().take({}).rows(), 0);
  EXPECT_EQ(message_of([] { cases().take(std::vector<std::int64_t>{5}); }),
            "table 'cases' has no row 5: it has 5, counted from 0");
}

TEST(Spellings, TellWhatEachIsReadAsAndTheMostFrequentFirst) {
  ColumnDefinition closed = definition(Type::category);
  closed.values = {"approved", "refused"};
  closed.aliases = {{"批准逮捕", "approved"}};
  EXPECT_EQ(texts({"批准逮捕", "refused", " refused ", "不批捕", none}).spellings(closed),
            (std::vector<Spelling>{{"refused", 2, "refused"}, {"不批捕", 1, {}}, {"批准逮捕", 1, "approved"}}));
  EXPECT_EQ(texts({"是", "否", "不详"}).spellings(definition(Type::boolean)),
            (std::vector<Spelling>{{"不详", 1, {}}, {"否", 1, "false"}, {"是", 1, "true"}}));
}

TEST(Spellings, OfNumbersAreAsTheyArePrinted) {
  ColumnDefinition closed = definition(Type::category);
  closed.values = {"approved"};
  closed.aliases = {{"1", "approved"}};
  EXPECT_EQ(integers({1, 2, 1, {}}).spellings(closed), (std::vector<Spelling>{{"1", 2, "approved"}, {"2", 1, {}}}));
}

TEST(Renamed, GivesTheColumnsOtherNamesAndSharesTheirCells) {
  const Table table = Table::of({{"承办单位", std::span<const std::string>(std::vector<std::string>{"甲院"})}}, "案卡");
  const Table named = table.renamed(std::vector<std::pair<std::string, std::string>>{{"承办单位", "office"}}, "cases");
  EXPECT_EQ(named.name(), "cases");
  EXPECT_EQ(named.column_names(), std::vector<std::string>{"office"});
  EXPECT_EQ(named.report().front().name, "office");
  EXPECT_EQ(named.column("office").codes().index(), table.column("承办单位").codes().index());
  EXPECT_THROW(table.renamed(std::vector<std::pair<std::string, std::string>>{{"单位", "office"}}, "cases"),
               ColumnNotFoundError);
}

TEST(Stacked, PutsCellsOneBelowTheOther) {
  const Column stacked = Column::stacked(std::vector<Column>{texts({"b", none}), texts({"a", "b"})}, "x");
  EXPECT_EQ(cells(stacked), (Cells{"b", "-", "a", "b"}));
  EXPECT_EQ(stacked.report().missing, 1);
  EXPECT_EQ(cells(Column::stacked(std::vector<Column>{integers({1}), integers({{}, 3})}, "x")), (Cells{"1", "-", "3"}));
}

TEST(Stacked, TakesCellsOfUnlikeTypesAsTheyAreWritten) {
  const Column stacked = Column::stacked(std::vector<Column>{integers({7}), texts({"007"})}, "x");
  EXPECT_EQ(stacked.type(), Type::text);
  EXPECT_EQ(cells(stacked), (Cells{"7", "007"}));
  EXPECT_EQ(Column::stacked(std::vector<Column>{integers({7}), texts({none})}, "x").type(), Type::integer);
}

TEST(Stacked, RefusesTablesOfOtherColumnsAndSaysWhich) {
  const std::vector<std::string> values{"a"};
  const Table january = Table::of({{"office", std::span<const std::string>(values)}}, "1月");
  const Table february = Table::of({{"offce", std::span<const std::string>(values)}}, "2月");
  try {
    Table::stacked(std::vector<Table>{january, february});
    FAIL();
  } catch (const SchemaError& error) {
    EXPECT_NE(std::string(error.what()).find("'1月' has a column 'office' and '2月' has none; did you mean 'offce'?"),
              std::string::npos)
        << error.what();
  }
}

TEST(Table, IsHandedOutAsItIsReadBack) {
  ArrowArrayStream stream{};
  const Table whole = cases();
  whole.to_arrow(&stream);
  const Table back = Table::from_arrow(&stream);
  for (const Column& column : whole.columns()) {
    EXPECT_EQ(cells(back.column(column.name())), cells(column));
    EXPECT_EQ(back.column(column.name()).type(), column.type());
  }
}

TEST(Table, HandsOutDecimalsWithTheirScaleAndADayThatHasNotComeAsNone) {
  const Column sums = integers({1250, {}, -5}).as(definition(Type::decimal, 2)).renamed("sum");
  ArrowArrayStream stream{};
  Table({sums, Column::of_days("closed_on", {0, not_yet_day, missing_day})}).to_arrow(&stream);
  const Table back = Table::from_arrow(&stream);
  EXPECT_EQ(back.column("sum").scale(), 2);
  EXPECT_EQ(cells(back.column("sum")), (Cells{"125000", "-", "-500"}));
  EXPECT_EQ(cells(back.column("closed_on")), (Cells{"1970/1/1", "-", "-"}));
}

}  // namespace
}  // namespace casemetry
