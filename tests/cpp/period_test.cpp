// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <casemetry/query.hpp>

namespace casemetry {
namespace {

constexpr std::int32_t month(int year, int number) {
  return 12 * year + number - 1;
}

void expect_months(std::string_view text, std::int32_t first, std::int32_t last, const Calendar& calendar = {}) {
  const Period period = Period::parse(text, calendar);
  EXPECT_EQ(period.first, first) << text;
  EXPECT_EQ(period.last, last) << text;
  EXPECT_EQ(period.text, text);
}

std::string refusal(std::string_view text) {
  try {
    Period::parse(text);
  } catch (const QueryError& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Period, IsARangeOfMonthsInSevenForms) {
  expect_months("2024", month(2024, 1), month(2024, 12));
  expect_months("2024H2", month(2024, 7), month(2024, 12));
  expect_months("2024Q3", month(2024, 7), month(2024, 9));
  expect_months("2024-07", month(2024, 7), month(2024, 7));
  expect_months("2024-01..2024-09", month(2024, 1), month(2024, 9));
  expect_months("ytd(2024-09)", month(2024, 1), month(2024, 9));
  expect_months("rolling(2024-09, 12)", month(2023, 10), month(2024, 9));
}

TEST(Period, HasEndsOfAnyForm) {
  expect_months("2023..2024", month(2023, 1), month(2024, 12));
  expect_months("2023Q4..2024-02", month(2023, 10), month(2024, 2));
}

TEST(Period, BearsTheNameOfTheYearItEndsIn) {
  const Calendar december{.year_starts_on = 12};
  expect_months("2024", month(2023, 12), month(2024, 11), december);
  expect_months("2024Q1", month(2023, 12), month(2024, 2), december);
  expect_months("2024H2", month(2024, 6), month(2024, 11), december);
  expect_months("ytd(2024-02)", month(2023, 12), month(2024, 2), december);
  expect_months("ytd(2024-12)", month(2024, 12), month(2024, 12), december);
}

TEST(Period, MayBeWrittenLoosely) {
  EXPECT_EQ(Period::parse(" 2024q3 ").first, month(2024, 7));
  EXPECT_EQ(Period::parse("rolling( 2024-09 ,3 )").first, month(2024, 7));
}

TEST(Period, AYearAgoIsTheSameFormTwelveMonthsBefore) {
  const std::vector<std::pair<std::string, std::string>> forms{
      {"2024", "2023"},
      {"2024H1", "2023H1"},
      {"2024Q3", "2023Q3"},
      {"2024-07", "2023-07"},
      {"2024-01..2024-09", "2023-01..2023-09"},
      {"ytd(2024-09)", "ytd(2023-09)"},
      {"rolling(2024-09, 6)", "rolling(2023-09, 6)"},
  };
  for (const Calendar& calendar : {Calendar{}, Calendar{.year_starts_on = 4}})
    for (const auto& [now, then] : forms) {
      const Period period = Period::parse(now, calendar).year_ago(calendar);
      EXPECT_EQ(period, Period::parse(then, calendar)) << now;
    }
}

TEST(Period, PreviousIsAsManyMonthsJustBefore) {
  const std::vector<std::pair<const char*, const char*>> forms = {
      {"2024", "2023"},
      {"2024H1", "2023H2"},
      {"2024Q1", "2023Q4"},
      {"2024-01", "2023-12"},
      {"2024-01..2024-09", "2023-04..2023-12"},
      {"2023Q4..2024Q1", "2023Q2..2023Q3"},
      {"2024Q1..2024-04", "2023-09..2023-12"},
      {"rolling(2024-09, 6)", "rolling(2024-03, 6)"},
  };
  for (const auto& [now, before] : forms) EXPECT_EQ(Period::parse(now).previous(), Period::parse(before)) << now;
  const Calendar april{.year_starts_on = 4};
  EXPECT_EQ(Period::parse("2024Q1", april).previous(april).text, "2023Q4");
  EXPECT_THROW(Period::parse("ytd(2024-09)").previous(), QueryError);
}

TEST(Period, SaysWhatIsWrongAndWhichFormsThereAre) {
  EXPECT_EQ(refusal("2024-13"),
            "period '2024-13' names a month 13, which no year has; write one of 2024, 2024H1, 2024Q3, 2024-07, "
            "2024-01..2024-09, ytd(2024-09), rolling(2024-09, 12)");
  EXPECT_TRUE(refusal("2024-09..2024-01").starts_with("period '2024-09..2024-01' ends before it begins; write"));
  EXPECT_TRUE(refusal("2024-7").starts_with("period '2024-7' needs a month of two digits after the '-'"));
  EXPECT_TRUE(refusal("2024Q5").starts_with("period '2024Q5' names no quarter from 1 to 4"));
  EXPECT_TRUE(refusal("2024H0").starts_with("period '2024H0' names no half from 1 to 2"));
  EXPECT_TRUE(refusal("rolling(2024-09)").starts_with("period 'rolling(2024-09)' lacks its number of months"));
  EXPECT_TRUE(refusal("rolling(2024-09, 0)").starts_with("period 'rolling(2024-09, 0)' needs a number of months"));
  EXPECT_TRUE(refusal("ytd(2024)").starts_with("period 'ytd(2024)' must end in a month"));
  for (const std::string text : {"", "last year", "0000", "24-07", "2024M07", "2024-07-01", "2024..", "ytd 2024-09"})
    EXPECT_NE(refusal(text), "not refused") << text;
}

}  // namespace
}  // namespace casemetry
