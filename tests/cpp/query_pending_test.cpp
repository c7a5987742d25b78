// SPDX-License-Identifier: Apache-2.0
#include <casemetry/query.hpp>

#include "cubes.hpp"

namespace casemetry {
namespace {

using namespace samples;

/// Five cases; of `unknown` it is not known whether it is closed, `undated` not when it was opened.
struct Cases {
  Texts office{"A", "A", "B", "B", "A"};
  Dates opened{day(2024, 1, 10), day(2024, 1, 20), day(2024, 2, 1), day(2024, 3, 5), std::nullopt};
  Dates closed{day(2024, 2, 15), day(2024, 4, 2), std::nullopt, day(2024, 3, 25), std::nullopt};

  Table table() const {
    return Table::of({column("office", office), column("opened_on", opened), column("closed_on", closed)});
  }
};

Aggregate pending(std::string id, const std::optional<std::string>& where = {}) {
  Aggregate made = aggregate(std::move(id), where);
  made.kind = Aggregate::Kind::pending;
  made.opened = "opened_on";
  made.closed = "closed_on";
  return made;
}

Indicator of(std::string id, Indicator::Kind kind, std::string_view formula, std::string at = {}) {
  return {.id = std::move(id), .kind = kind, .of = Formula::parse(formula), .at = std::move(at)};
}

Definitions pending_definitions(bool blank_is_not_yet = true) {
  using Kind = Indicator::Kind;
  Definitions made = definitions(
      {pending("open_cases"), pending("of_a", "office == 'A'"), placed(aggregate("accepted"), "opened_on"),
       placed(aggregate("concluded"), "closed_on")},
      {of("at_end", Kind::stock, "open_cases"), of("at_beginning", Kind::stock, "open_cases", "opening"),
       of("balance", Kind::count, "opening(open_cases) + accepted - concluded"),
       of("median_age", Kind::quantile, "open_cases"), of("mean_age", Kind::mean, "open_cases"),
       of("age_at_beginning", Kind::quantile, "opening(open_cases)"), of("open_in_a", Kind::stock, "of_a")});
  made.tables.front().columns = {{.name = "office", .type = Type::category},
                                 {.name = "opened_on", .type = Type::date},
                                 {.name = "closed_on", .type = Type::date, .empty_is_not_yet = blank_is_not_yet}};
  return made;
}

Cube cases(std::optional<Date> as_of = std::nullopt, bool blank_is_not_yet = true) {
  return cube_of(Cases{}.table(), pending_definitions(blank_is_not_yet), {.by = {"office"}, .as_of = as_of});
}

using Values = std::vector<std::optional<double>>;

Values values(const Cube& cube, std::string indicator, Query question) {
  question.indicators = {std::move(indicator)};
  Values found;
  for (const Result::Row& row : query(cube, question)) found.push_back(row.value);
  return found;
}

using Counts = std::vector<std::int64_t>;

Counts unknowns(const Cube& cube, std::string indicator, Query question) {
  question.indicators = {std::move(indicator)};
  Counts found;
  for (const Result::Row& row : query(cube, question)) found.push_back(row.unknown);
  return found;
}

Result::Row only(const Cube& cube, std::string indicator, Query question) {
  question.indicators = {std::move(indicator)};
  return query(cube, question).row(0);
}

const Query monthly{.period = "2024-01..2024-04", .every = "month"};

TEST(Pending, IsWhatIsOpenedAndNotYetClosedAtTheEndOfAPeriod) {
  EXPECT_EQ(values(cases(), "at_end", monthly), (Values{2, 2, 2, 1}));
  EXPECT_EQ(values(cases(), "at_end", {.period = "2024Q1"}), Values{2});
  EXPECT_EQ(values(cases(), "at_end", {.period = "2023"}), Values{0});
  EXPECT_EQ(values(cases(), "at_end", {.by = {"office"}, .period = "2024-02"}), (Values{1, 1}));
}

TEST(Pending, AtTheBeginningIsThatAtTheEndOfTheMonthBefore) {
  EXPECT_EQ(values(cases(), "at_beginning", monthly), (Values{0, 2, 2, 2}));
  EXPECT_EQ(values(cases(), "at_beginning", {.period = "2024-02..2024-04"}), Values{2});
}

TEST(Pending, OpeningAndAcceptedLessConcludedIsPending) {
  for (const Query& question : {monthly, Query{.by = {"office"}, .period = "2024Q1"}, Query{.period = "2024"}})
    EXPECT_EQ(values(cases(), "balance", question), values(cases(), "at_end", question));
}

TEST(Pending, NowIsWithoutAPeriodAndHasTheUndated) {
  EXPECT_EQ(values(cases(), "at_end", {}), Values{2});
  EXPECT_EQ(values(cases(), "at_end", {.by = {"office"}}), (Values{1, 1}));
  EXPECT_EQ(values(cases(), "at_end", {.every = "year"}), (Values{1, 1}));  // 2024, then the undated one
  EXPECT_EQ(values(cases(), "at_beginning", {}), Values{0});
}

TEST(Pending, AClosedCaseThatIsUndatedIsUnknownFromItsClosingOn) {
  Cases of;
  of.closed[4] = day(2024, 3, 1);
  const Cube cube = cube_of(of.table(), pending_definitions());
  EXPECT_EQ(values(cube, "at_end", {}), Values{1});
  EXPECT_EQ(only(cube, "at_end", {}).unknown, 1);
  EXPECT_EQ(values(cube, "at_end", monthly), (Values{2, 2, 2, 1}));
  EXPECT_EQ(unknowns(cube, "at_end", monthly), (Counts{0, 0, 1, 1}));
  EXPECT_EQ(unknowns(cube, "median_age", monthly), (Counts{0, 0, 1, 1}));
}

TEST(Pending, AClosingAfterTheDataStandHasNotComeYet) {
  EXPECT_EQ(values(cases(day(2024, 3, 20)), "at_end", monthly), (Values{2, 2, 3, 3}));
}

TEST(Pending, IsUnknownFromTheOpeningOnWhereTheClosingIs) {
  const Cube cube = cases(std::nullopt, false);
  EXPECT_EQ(values(cube, "at_end", monthly), (Values{2, 1, 1, 0}));
  const Result::Row january = only(cube, "at_end", {.period = "2024-01"});
  const Result::Row march = only(cube, "at_end", {.period = "2024-03"});
  EXPECT_EQ(january.unknown, 0);
  EXPECT_EQ(march.unknown, 1);
  EXPECT_EQ(march.least, 1.0);
  EXPECT_EQ(march.most, 2.0);
  EXPECT_EQ(only(cube, "at_end", {}).unknown, 2);
}

TEST(Pending, IsUnknownUntilTheClosingWhereTheConditionIs) {
  Cases of;
  of.office[0] = "";
  const Cube cube = cube_of(of.table(), pending_definitions());
  const auto unknown = [&](const char* period) { return only(cube, "open_in_a", {.period = period}).unknown; };
  EXPECT_EQ(unknown("2024-01"), 1);
  EXPECT_EQ(unknown("2024-02"), 0);
  EXPECT_EQ(values(cube, "open_in_a", monthly), (Values{1, 1, 1, 0}));
}

// At the end of March 71 days since 20 January and 59 since 1 February.
TEST(Pending, IsAsOldAsTheDaysToTheEndOfThePeriod) {
  const Result::Row median = only(cases(), "median_age", {.period = "2024-03"});
  EXPECT_EQ(median.value, (71 + 59) / 2.0);
  EXPECT_EQ(median.denominator, Number(std::int64_t{2}));
  const Result::Row mean = only(cases(), "mean_age", {.period = "2024-03"});
  EXPECT_EQ(mean.value, 65.0);
  EXPECT_EQ(mean.numerator, Number(std::int64_t{71 + 59}));
  EXPECT_EQ(values(cases(), "age_at_beginning", {.period = "2024-04"}), Values{65});
  EXPECT_EQ(values(cases(), "median_age", {.by = {"office"}, .period = "2024-03"}), (Values{71, 59}));
}

TEST(Pending, IsNoOlderThanTheDataStand) {
  const Cube cube = cases(day(2024, 3, 20));  // 60 and 48 days, and 15 since 5 March
  EXPECT_EQ(values(cube, "median_age", {.period = "2024-03"}), Values{48});
  EXPECT_EQ(values(cube, "median_age", {.period = "2024-02"}), Values{(40 + 28) / 2.0});
}

TEST(Pending, HasAnAgeWithoutAPeriodOnlyIfItIsSaidWhereTheDataStand) {
  const Result::Row now = only(cases(day(2024, 4, 30)), "median_age", {});
  EXPECT_EQ(now.value, 89.0);  // since 1 February; of the undated one it is unknown
  EXPECT_EQ(now.unknown, 1);
  const Result refused = query(cases(), {.indicators = {"median_age"}});
  EXPECT_EQ(refused.row(0).flags.text(), "not_available");
  EXPECT_TRUE(has(refused.metadata().at("not_available"), {"give a period", "as_of"}));
}

/// One of the cases is closed on 20 February, and opened on 5 March.
Cube contradictory(std::optional<Date> as_of = std::nullopt) {
  Cases of;
  of.closed[3] = day(2024, 2, 20);
  return cube_of(of.table(), pending_definitions(), {.by = {"office"}, .as_of = as_of});
}

TEST(Pending, ClosedBeforeItIsOpenedIsUnknownFromTheClosingOn) {
  const Cube cube = contradictory();
  EXPECT_EQ(values(cube, "at_end", monthly), (Values{2, 2, 2, 1}));
  EXPECT_EQ(unknowns(cube, "at_end", monthly), (Counts{0, 1, 1, 1}));
  EXPECT_EQ(unknowns(cube, "at_beginning", monthly), (Counts{0, 0, 1, 1}));
  EXPECT_EQ(only(cube, "at_end", {}).unknown, 1);
  EXPECT_EQ(unknowns(cube, "at_end", {.by = {"office"}, .period = "2024-02"}), (Counts{0, 1}));
  const Result::Row february = only(cube, "mean_age", {.period = "2024-02"});
  EXPECT_EQ(february.denominator, Number(std::int64_t{2}));
  EXPECT_EQ(february.unknown, 1);
}

TEST(Pending, OpeningAndAcceptedLessConcludedIsPendingUpToTheUnknown) {
  EXPECT_EQ(values(contradictory(), "balance", monthly), (Values{2, 1, 3, 1}));
}

TEST(Pending, ClosedAfterTheDataStandIsInOrderWheneverItIsOpened) {
  const Cube cube = contradictory(day(2024, 2, 18));
  EXPECT_EQ(values(cube, "at_end", monthly), (Values{2, 2, 3, 3}));
  EXPECT_EQ(unknowns(cube, "at_end", monthly), (Counts{0, 0, 0, 0}));
}

TEST(Pending, AddsUpWithWhatContradictsItself) {
  const Cube cube = contradictory();
  EXPECT_EQ(unknowns(cube + cube, "at_end", monthly), (Counts{0, 2, 2, 2}));
  EXPECT_EQ(cube + cube - cube, cube);
}

TEST(Pending, IsComparedByPeriodAndByPart) {
  const Result::Row row =
      only(cases(), "at_end", {.by = {"office"}, .period = "2024-04", .compare = {"previous", "total"}});
  EXPECT_EQ(row.value, 0.0);
  EXPECT_EQ(row.changes[0].value, 1.0);
  EXPECT_EQ(row.changes[0].change, -1.0);
  EXPECT_EQ(row.changes[1].value, 1.0);
}

TEST(Pending, RespectsConditionsAndTheLargestCells) {
  EXPECT_EQ(values(cases(), "at_end", {.period = "2024-02", .where = col("office") == "A"}), Values{1});
  EXPECT_EQ(values(cases(), "at_end", {.by = {"office"}, .period = "2024-01", .top = Top{1}}), (Values{2, 0}));
}

TEST(Pending, IsTheSameForAnyNumberOfThreadsAndMorsels) {
  const Cube one = cube_of(Cases{}.table(), pending_definitions(), {.by = {"office"}, .threads = 1});
  const Cube two = cube_of(Cases{}.table(), pending_definitions(), {.by = {"office"}, .threads = 2, .morsel = 1});
  EXPECT_TRUE(std::ranges::equal(one.blocks(), two.blocks()));
}

TEST(Pending, FiguresOfItsOpeningAreGivenByThatName) {
  const Catalogue catalogue(pending_definitions());
  EXPECT_EQ(evaluate(catalogue, "balance", {{"opening(open_cases)", 5}, {"accepted", 3}, {"concluded", 2}}).value, 6.0);
  EXPECT_TRUE(has(message_of([&] { evaluate(catalogue, "balance", {{"accepted", 3}}); }), {"'opening(open_cases)'"}));
}

TEST(Pending, IsAddedOnlyWhereTheDataStandAtOneDay) {
  const Cube january = cases(day(2024, 1, 31));
  const Cube march = cases(day(2024, 3, 31));
  EXPECT_THROW(static_cast<void>(january + march), MergeError);
  EXPECT_THROW(static_cast<void>(march - january), MergeError);
  EXPECT_THROW(static_cast<void>(march + cases()), MergeError);
  EXPECT_TRUE(has(message_of([&] { static_cast<void>(january + march); }), {"2024-01-31", "2024-03-31", "as_of"}));
  EXPECT_EQ(march + march - march, march);
  const Texts others{"accepted", "concluded"};
  EXPECT_EQ((january.keep(others) + march.keep(others)).as_of(), day(2024, 3, 31));
}

TEST(Pending, IsNoPartOfAProportion) {
  Definitions made = pending_definitions();
  made.indicators.push_back(proportion("share", "open_cases", "accepted"));
  EXPECT_TRUE(has(message_of([&] { Catalogue{made}; }), {"indicator.share.numerator", "pending", "counts"}));
}

TEST(Pending, IsNotOpenedAndClosedByOneDate) {
  Definitions made = pending_definitions();
  made.aggregates.front().closed = "opened_on";
  EXPECT_TRUE(has(message_of([&] { Catalogue{made}; }), {"aggregate.open_cases.closed", "the date of opening"}));
}

/// An indicator on cases by month of opening that is mature after 30 days.
Cube cohort(std::optional<Date> as_of) {
  Definitions made = pending_definitions();
  made.indicators = {of("opened", Indicator::Kind::count, "accepted")};
  made.indicators.front().mature_after = 30;
  return cube_of(Cases{}.table(), made, {.by = {"office"}, .as_of = as_of});
}

TEST(Immature, IsAPeriodWhoseUnitsHaveNotHadTheirTime) {
  const auto flags = [](std::optional<Date> as_of, Query question) {
    return only(cohort(as_of), "opened", std::move(question)).flags.text();
  };
  EXPECT_EQ(flags(day(2024, 4, 29), {.period = "2024Q1"}), "immature");
  EXPECT_EQ(flags(day(2024, 4, 30), {.period = "2024Q1"}), "");
  EXPECT_EQ(flags(day(2024, 3, 30), {.period = "2024Q1"}), "immature,partial_period");
  EXPECT_EQ(flags(day(2024, 4, 29), {}), "immature");  // its last month is March
  EXPECT_EQ(flags(day(2024, 4, 30), {}), "");
  EXPECT_EQ(flags(std::nullopt, {.period = "2024Q1"}), "immature");
}

TEST(Immature, TellsHowLongToWait) {
  EXPECT_EQ(query(cohort(day(2024, 4, 1)), {}).metadata().at("mature_after"), R"({"opened":30})");
}

TEST(Immature, IsNotOfTheUndated) {
  const Result result = query(cohort(day(2024, 3, 31)), {.every = "quarter"});
  ASSERT_EQ(result.rows(), 2);
  EXPECT_EQ(result.row(0).flags.text(), "immature");
  EXPECT_EQ(result.row(1).flags.text(), "");
}

TEST(CountingUnit, TravelsWithItsIndicators) {
  Definitions made = pending_definitions();
  made.tables.front().counts = "case";
  made.tables.push_back({.id = "charges", .counts_label = {"罪名", "charges"}});
  made.aggregates.push_back({.id = "charged", .unit = "charges"});
  made.indicators = {of("taken", Indicator::Kind::count, "accepted"), of("named", Indicator::Kind::count, "charged"),
                     of("both", Indicator::Kind::count, "accepted + charged")};
  EXPECT_EQ(query(cube_of(Cases{}.table(), made), {}).metadata().at("counts"),
            R"({"taken":{"zh":"件","en":"cases"},"named":{"zh":"罪名","en":"charges"}})");
}

}  // namespace
}  // namespace casemetry
