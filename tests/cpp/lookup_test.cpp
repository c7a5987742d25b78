// SPDX-License-Identifier: Apache-2.0
// Lookups: columns of another unit or table, found by key, many to one.
#include "unit_samples.hpp"

namespace casemetry {
namespace {

using namespace samples;
using testing::Cells;

const Texts case_ids{"c2", "c1", "", "c9", "c1"};
const Texts case_numbers{"c0", "c1", "c2"};
const Texts courts{"X", "Y", ""};
const Numbers years{2020, 2021, 2022};

Lookup by_case(std::vector<std::string> take) {
  return {.name = "case", .from = "cases", .on = {{"case_id", "case_no"}}, .take = std::move(take)};
}

Definitions hearings(Lookup lookup, ColumnTexts columns = {}) {
  return units_of({{.id = "hearings"}, {.id = "cases"}},
                  {unit("hearing", "hearings", {}, std::move(columns), {std::move(lookup)})});
}

Tables tables(const Texts& numbers = case_numbers) {
  return {{"hearings", Table::of({column("case_id", case_ids)})},
          {"cases", Table::of({column("case_no", numbers), column("court", courts), column("year", years)})}};
}

Table hearing(const Definitions& made, const Tables& given = tables()) {
  return units(given, Catalogue(made), "hearing");
}

TEST(Lookup, FindsTheRowOfTheSameKeyUnderAnotherName) {
  const Table table = hearing(hearings(by_case({"court", "year"}), {{"known", "found(case)"}}));
  EXPECT_EQ(table.column_names(), (Texts{"case_id", "court", "year", "known"}));
  EXPECT_EQ(cells_of(table, "court"), (Cells{"-", "Y", "-", "-", "Y"}));
  EXPECT_EQ(cells_of(table, "year"), (Cells{"2022", "2021", "-", "-", "2021"}));
  EXPECT_EQ(cells_of(table, "known"), (Cells{"true", "true", "false", "false", "true"}));
}

TEST(Lookup, TakesOtherValuesWhereNothingIsFoundOnly) {
  Lookup lookup = by_case({"court", "year"});
  lookup.otherwise = {{"court", std::string("none")}, {"year", std::int64_t{1900}}};
  const Table table = hearing(hearings(lookup));
  EXPECT_EQ(cells_of(table, "court"), (Cells{"-", "Y", "none", "none", "Y"}));
  EXPECT_EQ(cells_of(table, "year"), (Cells{"2022", "2021", "1900", "1900", "2021"}));
  lookup.otherwise = {{"court", std::string("X")}};
  EXPECT_EQ(cells_of(hearing(hearings(lookup)), "court"), (Cells{"-", "Y", "X", "X", "Y"}));
}

TEST(Lookup, RefusesOtherValuesOfAnotherType) {
  Lookup lookup = by_case({"year"});
  lookup.otherwise = {{"year", std::string("never")}};
  EXPECT_TRUE(
      has(message_of([&] { hearing(hearings(lookup)); }), {"'never' cannot stand in column 'year'", "integer"}));
}

TEST(Lookup, RefusesDuplicatesAndNamesBothRemedies) {
  const auto refused = [] { hearing(hearings(by_case({"court"})), tables({"c1", "c2", "c1"})); };
  EXPECT_THROW(refused(), DataError);
  EXPECT_TRUE(has(message_of(refused),
                  {"unit 'hearing', lookup 'case'", "1 key stands more than once in 'cases'",
                   "case_no = 'c1' again in row 3", "one_row_per = [\"case_no\"]", "duplicates = \"unknown\""}));
}

TEST(Lookup, TakesDuplicatesAsUnknownIfThatIsSaid) {
  Lookup lookup = by_case({"court"});
  lookup.duplicates_unknown = true;
  lookup.otherwise = {{"court", std::string("none")}};
  RowSets sets(tables({"c1", "c2", "c1"}), Catalogue(hearings(lookup, {{"known", "found(case)"}})));
  RowSet& rows = sets.at("hearing");
  EXPECT_EQ(testing::cells(rows.column("court")), (Cells{"Y", "-", "none", "none", "-"}));
  EXPECT_EQ(testing::cells(rows.column("known")), (Cells{"true", "-", "false", "false", "-"}));
  EXPECT_EQ(sets.unit_reports().front().lookups, (std::vector<UnitReport::LookedUp>{{"case", 1, 2, 2}}));
}

TEST(Lookup, IgnoresMissingKeysOnTheOtherSide) {
  const Table table = hearing(hearings(by_case({"year"})), tables({"", "c2", ""}));
  EXPECT_EQ(cells_of(table, "year"), (Cells{"2021", "-", "-", "-", "-"}));
}

TEST(Lookup, FindsByKeysOfSeveralColumnsOfAnyType) {
  const Numbers numbers{1, 2, 1, 2, {}};
  const Dates days{day(2024, 1, 1), day(2024, 1, 1), day(2024, 1, 2), {}, day(2024, 1, 1)};
  const bool flags[] = {true, false, true, true, true};
  const Numbers other_numbers{2, 1, 1};
  const Dates other_days{day(2024, 1, 1), day(2024, 1, 2), day(2024, 1, 1)};
  const bool other_flags[] = {false, true, false};
  const Numbers value{10, 20, 30};
  const Definitions made =
      units_of({{.id = "l"}, {.id = "r"}},
               {unit("u", "l", {}, {},
                     {{.name = "r", .from = "r", .on = {{"n", "n"}, {"d", "d"}, {"f", "f"}}, .take = {"value"}}})});
  const Tables given{{"l", Table::of({column("n", numbers), column("d", days), {"f", std::span(flags)}})},
                     {"r", Table::of({column("n", other_numbers),
                                      column("d", other_days),
                                      {"f", std::span(other_flags)},
                                      column("value", value)})}};
  EXPECT_EQ(cells_of(units(given, Catalogue(made), "u"), "value"), (Cells{"-", "10", "20", "-", "-"}));
}

TEST(Lookup, FindsByKeysWhoseRangesFitNoNumber) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Numbers a{most, -most, {}, most, 0};
  const Numbers b{-most, -most, most, most, most};
  const Numbers c{most, 1, 1, -most, -most};
  const Numbers other_a{most, -most, {}, 5, {}};  // two missing keys are no duplicates
  const Numbers other_b{-most, -most, most, most, most};
  const Numbers other_c{most, 1, 1, -most, 1};
  const Numbers value{10, 20, 30, 40, 50};
  const Definitions made =
      units_of({{.id = "l"}, {.id = "r"}},
               {unit("u", "l", {}, {},
                     {{.name = "r", .from = "r", .on = {{"a", "a"}, {"b", "b"}, {"c", "c"}}, .take = {"value"}}})});
  const Tables given{
      {"l", Table::of({column("a", a), column("b", b), column("c", c)})},
      {"r", Table::of({column("a", other_a), column("b", other_b), column("c", other_c), column("value", value)})}};
  EXPECT_EQ(cells_of(units(given, Catalogue(made), "u"), "value"), (Cells{"10", "20", "-", "-", "-"}));
}

TEST(Lookup, LooksIntoAUnitThatIsCollapsedFirst) {
  const Texts charge_case{"c1", "c1", "c2"};
  const Texts charge{"theft", "fraud", "theft"};
  const Definitions made =
      units_of({{.id = "hearings"}, {.id = "charges"}},
               {unit("hearing", "hearings", {"case_id"}, {{"heard", "count(true)"}, {"theft_only", "theft and n == 1"}},
                     {{.name = "case", .from = "case", .on = {{"case_id", "id"}}, .take = {"theft", "n"}}}),
                unit("case", "charges", {"id"}, {{"theft", "any(charge == 'theft')"}, {"n", "count(true)"}})});
  const Texts heard{"c2", "c1", "c9", "c1"};
  const Tables given{{"hearings", Table::of({column("case_id", heard)})},
                     {"charges", Table::of({column("id", charge_case), column("charge", charge)})}};
  const Table table = units(given, Catalogue(made), "hearing");
  EXPECT_EQ(cells_of(table, "case_id"), (Cells{"c1", "c2", "c9"}));
  EXPECT_EQ(cells_of(table, "n"), (Cells{"2", "1", "-"}));
  EXPECT_EQ(cells_of(table, "theft_only"), (Cells{"false", "true", "-"}));
}

TEST(Lookup, RefusesColumnsThatAreNeverEqual) {
  const Numbers numbers{1, 2, 3};
  Tables given = tables();
  given.insert_or_assign("cases", Table::of({column("case_no", numbers), column("court", courts)}));
  const auto refused = [&] { hearing(hearings(by_case({"court"})), given); };
  EXPECT_THROW(refused(), DefinitionError);
  EXPECT_TRUE(has(message_of(refused), {"unit.hearing.lookup.case.on", "'case_id' is text", "'case_no'", "integer"}));
}

TEST(Lookup, NeedsTheOtherTableForWhatIsTakenOnly) {
  const Catalogue catalogue(hearings(by_case({"court"}), {{"short", "case_id == 'c1'"}, {"known", "found(case)"}}));
  const Tables given{{"hearings", Table::of({column("case_id", case_ids)})}};
  EXPECT_EQ(units(given, catalogue, "hearing", {.columns = {"short"}}).rows(), 5);
  for (const char* name : {"court", "known"})
    EXPECT_TRUE(has(message_of([&] { units(given, catalogue, "hearing", {.columns = {name}}); }),
                    {"unit 'hearing'", "lookup 'case'", "needs table 'cases'", "the tables given are: hearings"}));
}

TEST(Lookup, ThatCouldFindManyIsRefusedWithTheAdviceToCollapse) {
  Definitions made = hearings(by_case({"n"}));
  made.units.push_back(unit("case", "cases", {"case_no", "court"}, {{"n", "count(true)"}}));
  made.units.front().lookups.front().from = "case";
  EXPECT_TRUE(has(message_of([&] { Catalogue{made}; }), {"many to many", "one_row_per = [\"case_no\"]"}));
}

TEST(Units, ThatAreMadeFromThemselvesAreRefused) {
  const Definitions made = units_of({}, {unit("a", "b", {"id"}), unit("b", "a", {"id"})});
  EXPECT_TRUE(has(message_of([&] { Catalogue{made}; }), {"made from itself"}));
}

}  // namespace
}  // namespace casemetry
