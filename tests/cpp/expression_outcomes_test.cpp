// SPDX-License-Identifier: Apache-2.0
// What expressions say about the rows of a table. Outcomes are written 1 (true), 0 (false) and ? (unknown), a row each.
#include <gtest/gtest.h>
#include <array>
#include <casemetry/expression.hpp>
#include <limits>

namespace casemetry {
namespace {

using Number = std::optional<std::int64_t>;
using Day = std::optional<Date>;

Date day(int year, unsigned month, unsigned day) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

const std::map<std::string, std::vector<Literal>> lists{{"refusals", {"refused", "dropped"}}};

// Six rows. `decision` lists only approved and refused; "other" is not among them.
Table cases() {
  const std::array<std::string, 6> decision{"approved", "refused", "", "other", "refused", "approved"};
  const std::array<std::string, 6> office{"A", "A", "B", "", "B", "approved"};
  const std::array<std::string, 6> other_office{"B", "A", "", "A", "B", "approved"};
  const std::array<std::string, 6> filed{"2024-01-31", "2024/2/1", "?", "", "2024-02-29", "2023-12-31"};
  const std::array<Day, 6> decided{day(2024, 2, 29), day(2024, 1, 1), day(2024, 1, 31), {}, day(2024, 2, 29), {}};
  const std::array<Number, 6> age{17, 18, 19, {}, 60, -1};
  const std::array<std::string, 6> amount{"17.00", "18.01", "0.05", "", "9999999999999999", "-1.00"};
  const std::array<std::string, 6> detained{"true", "false", "", "true", "true", "false"};
  const Table raw = Table::of({{"decision", std::span(decision)},
                               {"office", std::span(office)},
                               {"other_office", std::span(other_office)},
                               {"filed_on", std::span(filed)},
                               {"decided_on", std::span(decided)},
                               {"age", std::span(age)},
                               {"amount", std::span(amount)},
                               {"detained", std::span(detained)}});
  std::vector<Column> columns(raw.columns().begin(), raw.columns().end());
  columns[0] = columns[0].as({.name = "decision", .type = Type::category, .values = {"refused", "approved"}});
  columns[6] = columns[6].as({.name = "amount", .type = Type::decimal, .scale = 2});
  columns[7] = columns[7].as({.name = "detained", .type = Type::boolean});
  return Table(std::move(columns));
}

BoundPredicate bound(std::string_view text, const Table& table = cases()) {
  return BoundPredicate(Expression::parse(text), [table](std::string_view name) { return table.column(name); }, lists);
}

std::string outcomes(std::string_view text, const Table& table = cases()) {
  std::vector<Outcome> out(static_cast<std::size_t>(table.rows()));
  bound(text, table).outcomes(0, out);
  std::string shown;
  for (const Outcome outcome : out) shown += "01?"[static_cast<int>(outcome)];
  return shown;
}

std::vector<std::int64_t> values(std::string_view text, const Table& table = cases()) {
  const BoundValue value(Expression::parse(text), [table](std::string_view name) { return table.column(name); });
  std::vector<std::int64_t> out(static_cast<std::size_t>(table.rows()));
  value.values(0, out);
  return out;
}

constexpr std::int64_t none = missing_number;

TEST(Outcome, IsUnknownForAMissingAndForAnUnlistedValue) {
  EXPECT_EQ(outcomes("decision == 'refused'"), "01??10");
  EXPECT_EQ(outcomes("decision != 'refused'"), "10??01");
  EXPECT_EQ(outcomes("decision in ['refused']"), "01??10");
  EXPECT_EQ(outcomes("decision not in ['refused']"), "10??01");
  EXPECT_EQ(outcomes("decision in []"), "00??00");
  EXPECT_EQ(outcomes("office in @refusals"), "000?00");
  EXPECT_EQ(outcomes("starts_with(decision, 'ref') or contains(decision, 'pp')"), "11??11");
}

TEST(Outcome, OfIsNullIsNeverUnknownAndAnUnlistedValueIsNotNull) {
  EXPECT_EQ(outcomes("is_null(decision)"), "001000");
  EXPECT_EQ(outcomes("is_null(office)"), "000100");
  EXPECT_EQ(outcomes("is_null(age)"), "000100");
  EXPECT_EQ(outcomes("is_null(decided_on)"), "000101");
  EXPECT_EQ(outcomes("is_null(detained)"), "001000");
  EXPECT_EQ(outcomes("is_null(days(filed_on, decided_on))"), "001101");
  EXPECT_EQ(outcomes("is_null(coalesce(decision, office))"), "000000");
}

TEST(Outcome, FollowsKleene) {
  // detained is 1 0 ? 1 1 0, decision == 'refused' 0 1 ? ? 1 0, age >= 18 0 1 1 ? 1 0
  EXPECT_EQ(outcomes("detained and age >= 18"), "00??10");
  EXPECT_EQ(outcomes("detained or age >= 18"), "111110");
  EXPECT_EQ(outcomes("not detained"), "01?001");
  EXPECT_EQ(outcomes("detained == (age >= 18)"), "00??11");
  EXPECT_EQ(outcomes("detained != true"), "01?001");
  EXPECT_EQ(outcomes("detained in [false]"), "01?001");
  EXPECT_EQ(outcomes("coalesce(detained, age >= 18)"), "101110");
  EXPECT_EQ(outcomes("coalesce(decision == 'refused', false)"), "010010");
  EXPECT_EQ(outcomes("true and not false"), "111111");
}

TEST(Outcome, ComparesTextColumnsByTheirText) {
  EXPECT_EQ(outcomes("office == other_office"), "01??11");
  EXPECT_EQ(outcomes("office != other_office"), "10??00");
  EXPECT_EQ(outcomes("decision == office"), "00??01");
  EXPECT_EQ(outcomes("coalesce(office, other_office) == 'A'"), "110100");
  EXPECT_EQ(outcomes("coalesce(decision, office) in ['B', 'approved']"), "101?01");
  EXPECT_EQ(outcomes("office == office"), "111?11");
}

TEST(Outcome, ComparesNumbersOfDifferentScalesExactly) {
  EXPECT_EQ(outcomes("age == amount"), "100?01");
  EXPECT_EQ(outcomes("age < amount"), "010?10");
  EXPECT_EQ(outcomes("age <= amount"), "110?11");
  EXPECT_EQ(outcomes("amount > 18.005"), "010?10");
  EXPECT_EQ(outcomes("amount == 18.01000"), "010?00");
  EXPECT_EQ(outcomes("amount in [18.01, 0.050, 0.051]"), "011?00");
  EXPECT_EQ(outcomes("age in [17.5, 18.0, 60]"), "010?10");
  EXPECT_EQ(outcomes("age < 17.0000000000000001"), "100?01");
  EXPECT_EQ(outcomes("amount < 9223372036854775807"), "111?11");
  EXPECT_EQ(outcomes("between(age, 17.5, 19)"), "011?00");
  EXPECT_EQ(outcomes("age > 17 and age >= 18 and age != 60"), "011?00");
}

TEST(Outcome, ReadsTextAsDatesWhereADateIsWanted) {
  EXPECT_EQ(outcomes("filed_on >= 2024-02-01"), "01??10");
  EXPECT_EQ(outcomes("filed_on == decided_on"), "00??1?");
  EXPECT_EQ(outcomes("filed_on in [2024-01-31, 2024-02-29]"), "10??10");
  EXPECT_EQ(outcomes("starts_with(filed_on, '2024') and filed_on < 2024-02-29"), "110?00");
  EXPECT_EQ(outcomes("year(filed_on) == 2023 or month(filed_on) == 2"), "01??11");
  EXPECT_EQ(outcomes("coalesce(decided_on, filed_on) < 2024-01-31"), "010?01");
}

TEST(Value, CountsDaysFromTheFirstToTheSecond) {
  EXPECT_EQ(values("days(filed_on, decided_on)"), (std::vector<std::int64_t>{29, -31, none, none, 0, none}));
}

TEST(Value, AddsMonthsUpToTheEndOfAShortMonth) {
  const auto date = [](int y, unsigned m, unsigned d) { return day(y, m, d).time_since_epoch().count(); };
  EXPECT_EQ(values("add_months(filed_on, 1)"), (std::vector<std::int64_t>{date(2024, 2, 29), date(2024, 3, 1), none,
                                                                          none, date(2024, 3, 29), date(2024, 1, 31)}));
  EXPECT_EQ(values("add_months(decided_on, -12)")[0], date(2023, 2, 28));
  EXPECT_EQ(values("add_days(decided_on, age)")[0], date(2024, 3, 17));
  EXPECT_EQ(values("add_days(decided_on, 9223372036854775807)")[0], none);
  EXPECT_EQ(values("add_months(decided_on, 1000000)")[0], none);
}

TEST(Value, TakesThePartsOfADate) {
  EXPECT_EQ(values("year(decided_on)"), (std::vector<std::int64_t>{2024, 2024, 2024, none, 2024, none}));
  EXPECT_EQ(values("quarter(add_months(decided_on, 10))")[0], 4);
  EXPECT_EQ(values("month(decided_on)"), (std::vector<std::int64_t>{2, 1, 1, none, 2, none}));
}

TEST(Value, OfLeastAndGreatestIsMissingIfAnyPartIsAndOfCoalesceIfAllAre) {
  EXPECT_EQ(values("least(age, amount)"), (std::vector<std::int64_t>{1700, 1800, 5, none, 6000, -100}));
  EXPECT_EQ(values("greatest(age, 18, 19)"), (std::vector<std::int64_t>{19, 19, 19, none, 60, 19}));
  EXPECT_EQ(values("coalesce(age, 7)"), (std::vector<std::int64_t>{17, 18, 19, 7, 60, -1}));
}

TEST(Value, ThatIsTooLargeForTheCommonScaleIsMissing) {
  const std::array<std::int64_t, 2> large{std::numeric_limits<std::int64_t>::max(), 5};
  const Table table = Table::of({{"n", std::span(large)}});
  EXPECT_EQ(values("greatest(n, 0.5)", table), (std::vector<std::int64_t>{none, 50}));
  EXPECT_EQ(outcomes("n > 0.5", table), "11");
  EXPECT_TRUE(bound("greatest(n, 0.5) > 1", table).may_be_unknown());
}

TEST(Value, TellsItsTypeAndScale) {
  const Table table = cases();
  const auto bind = [&](std::string_view text) {
    return BoundValue(Expression::parse(text), [&](std::string_view name) { return table.column(name); });
  };
  EXPECT_EQ(bind("decided_on").type(), Type::date);
  EXPECT_EQ(bind("filed_on").type(), Type::date);
  EXPECT_EQ(bind("days(filed_on, decided_on)").type(), Type::integer);
  EXPECT_EQ(bind("least(age, amount)").type(), Type::decimal);
  EXPECT_EQ(bind("least(age, amount)").scale(), 2);
  EXPECT_THROW(bind("office == 'A'"), DefinitionError);
  EXPECT_THROW(bind("decision"), DefinitionError);
}

TEST(BoundPredicate, IsDecidedByCodeIfItReadsOneCodedColumn) {
  const BoundPredicate one = bound("decision == 'refused' or is_null(decision) and not decision in ['approved']");
  ASSERT_NE(one.decided_by(), nullptr);
  EXPECT_EQ(one.decided_by()->name(), "decision");
  // refused, approved, other (not listed), missing
  EXPECT_EQ((std::vector<Outcome>(one.by_code().begin(), one.by_code().end())),
            (std::vector{Outcome::yes, Outcome::no, Outcome::unknown, Outcome::unknown}));
  EXPECT_EQ(bound("detained").decided_by()->name(), "detained");
  EXPECT_EQ(bound("filed_on < 2024-02-01").decided_by()->name(), "filed_on");
  EXPECT_EQ(bound("age > 1").decided_by(), nullptr);
  EXPECT_EQ(bound("decision == 'refused' and office == 'A'").decided_by(), nullptr);
  EXPECT_EQ(bound("true").decided_by(), nullptr);
}

TEST(BoundPredicate, MayBeUnknownOnlyIfACellThatItReadsIs) {
  const std::array<std::string, 2> office{"A", "B"};
  const std::array<std::string, 2> gappy{"A", ""};
  const std::array<std::int64_t, 2> age{1, 2};
  const Table table = Table::of({{"office", std::span(office)}, {"gappy", std::span(gappy)}, {"age", std::span(age)}});
  EXPECT_FALSE(bound("office == 'A' and age > 1", table).may_be_unknown());
  EXPECT_FALSE(bound("office == 'A'", table).may_be_unknown());
  EXPECT_TRUE(bound("gappy == 'A' and age > 1", table).may_be_unknown());
  EXPECT_TRUE(bound("gappy == office", table).may_be_unknown());
  EXPECT_FALSE(bound("is_null(gappy) or age > 1", table).may_be_unknown());
  EXPECT_TRUE(bound("decision == 'refused'").may_be_unknown());
  EXPECT_TRUE(bound("age > 1").may_be_unknown());
}

TEST(BoundPredicate, AnswersAnyRangeOfRowsLikeTheWhole) {
  std::vector<std::string> office(5000);
  std::vector<Number> age(5000);
  for (std::size_t row = 0; row < office.size(); ++row) {
    office[row] = "office " + std::to_string(row % 700);
    if (row % 11 != 0) age[row] = static_cast<std::int64_t>(row % 97);
  }
  const Table table =
      Table::of({{"office", std::span<const std::string>(office)}, {"age", std::span<const Number>(age)}});
  const BoundPredicate predicate = bound("age > 50 and office != 'office 3' or office == 'office 600'", table);
  std::vector<Outcome> whole(office.size());
  predicate.outcomes(0, whole);
  for (std::size_t row = 0; row < office.size(); ++row) {
    const Outcome old = !age[row] ? Outcome::unknown : Outcome(*age[row] > 50);
    const Outcome expected = row % 700 == 600 ? Outcome::yes : row % 700 == 3 ? Outcome::no : old;
    ASSERT_EQ(whole[row], expected) << row;
  }
  std::vector<Outcome> part(2500);
  predicate.outcomes(1023, part);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 1023));
}

TEST(BoundPredicate, RefusesWhatCheckRefusesAndColumnsThatAreNotThere) {
  EXPECT_THROW(bound("age == '18'"), DefinitionError);
  EXPECT_THROW(bound("age in @nothing"), DefinitionError);
  EXPECT_THROW(bound("ages == 18"), ColumnNotFoundError);
}

TEST(BoundPredicate, AnswersADeepAndALongExpression) {
  std::string deep = "age > 1";
  for (int i = 0; i < 95; ++i) deep = "not (" + deep + (i % 2 == 0 ? " and detained)" : " or detained)");
  EXPECT_EQ(outcomes(deep).size(), 6U);
  std::string parts = "age";
  for (int i = 0; i < 20'000; ++i) parts += ", " + std::to_string(i);
  EXPECT_EQ(outcomes("greatest(" + parts + ") == 19999 and detained or false"), "10??10");
}

}  // namespace
}  // namespace casemetry
