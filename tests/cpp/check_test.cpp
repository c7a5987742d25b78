// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/check.hpp>

namespace casemetry {
namespace {

using Kind = Finding::Kind;
using Texts = std::vector<std::string_view>;

const Date as_of{std::chrono::year{2024} / 9 / 30};

Catalogue catalogue() {
  return Catalogue::from_json(R"json({
    "schema": 1,
    "table": {"cards": {"key": ["case_id"], "in_order": [["received_on", "decided_on"]], "entered": "entered_on",
      "columns": {
        "case_id": {"type": "text"}, "office": {"type": "category"},
        "decision": {"type": "category", "values": ["approved", "refused"]},
        "age": {"type": "integer", "range": [0, 120]},
        "received_on": {"type": "date"}, "decided_on": {"type": "date", "empty": "not_yet"},
        "entered_on": {"type": "date"}}}},
    "unit": {"case": {"from": "cards", "one_row_per": ["case_id"],
      "columns": {"refused": "any(decision == 'refused')", "office": "only(office)", "decided_on": "max(decided_on)"}}},
    "aggregate": [
      {"id": "cases", "unit": "case", "date": "decided_on"},
      {"id": "refused", "unit": "case", "date": "decided_on", "where": "refused"},
      {"id": "of_a", "unit": "case", "date": "decided_on", "where": "office == 'A'"}],
    "indicator": [
      {"id": "refusal_rate", "kind": "proportion", "numerator": "refused", "denominator": "cases"},
      {"id": "cases_of_a", "kind": "count", "of": "of_a"}]
  })json");
}

Table cards(const Texts& ids, const Texts& offices, const Texts& decisions, const Texts& received, const Texts& decided,
            const Texts& entered) {
  const Texts ages(ids.size(), "30");
  return Table::of({{"case_id", std::span(ids)},
                    {"office", std::span(offices)},
                    {"decision", std::span(decisions)},
                    {"age", std::span(ages)},
                    {"received_on", std::span(received)},
                    {"decided_on", std::span(decided)},
                    {"entered_on", std::span(entered)}},
                   "cards");
}

Table dirty() {
  return cards({"1", "1", "2", "3", "4", "5"}, {"A", "B", "A", " Ａ", "a", "A"},
               {"approved", "approved", "refusd", "", "refused", "approved"},
               {"2024-01-01", "2024-01-01", "2024-03-05", "1900-01-01", "2024-02-30", "2024-01-01"},
               {"2024-02-01", "2024-02-01", "2024-03-01", "2031-01-01", "2024-01-09", ""},
               {"2024-02-01", "2024-02-02", "2024-04-01", "2024-02-01", "2024-01-09", "2024-01-01"});
}

const Finding& finding(const Check& check, Kind kind, const std::string& column) {
  const auto found = std::ranges::find_if(
      check.findings, [&](const Finding& each) { return each.kind == kind && each.column == column; });
  if (found == check.findings.end()) throw std::logic_error("nothing " + std::string(word(kind)) + " in " + column);
  return *found;
}

std::vector<std::int64_t> rows_shown(const Finding& finding) {
  std::vector<std::int64_t> rows;
  for (const Finding::Example& example : finding.examples) rows.push_back(*example.row);
  return rows;
}

class Checked : public testing::Test {
 protected:
  Tables tables{{"cards", dirty()}};
  CheckOptions options{.as_of = as_of};
  Check check_of = check(tables, catalogue(), options);
};

TEST_F(Checked, CellsAreMissingUnreadableOrUnlisted) {
  EXPECT_EQ(finding(check_of, Kind::missing, "decision").rows, 1);
  EXPECT_EQ(finding(check_of, Kind::unlisted, "decision").examples.front().value, "refusd");
  EXPECT_EQ(finding(check_of, Kind::unreadable, "received_on").examples.front().value, "2024-02-30");
}

TEST_F(Checked, DaysLieBeforeAPlausibleDayOrAfterTheData) {
  EXPECT_EQ(rows_shown(finding(check_of, Kind::before_first_day, "received_on")), (std::vector<std::int64_t>{3}));
  EXPECT_EQ(rows_shown(finding(check_of, Kind::after_as_of, "decided_on")), (std::vector<std::int64_t>{3}));
}

TEST_F(Checked, DaysAreReversedUnlessTheLaterHasNotCome) {
  const Finding& reversed = finding(check_of, Kind::out_of_order, "received_on");
  EXPECT_EQ(rows_shown(reversed), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(reversed.of, 5);  // of row 4 the day of receipt is not known
  EXPECT_EQ(reversed.examples.front().value, "2024-03-05 → 2024-03-01");
  EXPECT_EQ(reversed.examples.front().key, "case_id = 2");
}

TEST_F(Checked, AKeyOfSeveralRowsIsRepeatedAndConflictsWhereTheyDiffer) {
  EXPECT_EQ(finding(check_of, Kind::repeated, "case_id").keys, 1);
  EXPECT_EQ(rows_shown(finding(check_of, Kind::repeated, "case_id")), (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(finding(check_of, Kind::conflicting, "office").keys, 1);
  EXPECT_THROW(finding(check_of, Kind::conflicting, "decision"), std::logic_error);
}

TEST_F(Checked, RowsAreLateThatWereEnteredInALaterMonth) {
  EXPECT_EQ(rows_shown(finding(check_of, Kind::late, "decided_on")), (std::vector<std::int64_t>{2}));
  ASSERT_EQ(check_of.lateness.size(), 1U);
  EXPECT_EQ(check_of.lateness.front().rows, 5);  // one has not been decided
  EXPECT_EQ(check_of.lateness.front().bands.front().rows, 3);
}

TEST_F(Checked, LabelsAreAlikeButForWidthCaseAndSpaces) {
  ASSERT_EQ(check_of.alike.size(), 1U);
  EXPECT_EQ(check_of.alike.front().labels.front(), (std::pair<std::string, std::int64_t>("A", 3)));
  EXPECT_EQ(finding(check_of, Kind::alike, "office").rows, 2);
}

TEST_F(Checked, AnIndicatorLosesUnitsToTheCellsOfColumns) {
  const auto rate = std::ranges::find(check_of.losses, "refusal_rate", &Loss::indicator);
  ASSERT_NE(rate, check_of.losses.end());
  EXPECT_EQ(rate->units, 5);
  EXPECT_EQ(rate->unknown, 2);
  ASSERT_EQ(rate->causes.size(), 2U);
  for (const Loss::Cause& cause : rate->causes) {
    EXPECT_EQ(cause.table + "." + cause.column, "cards.decision");
    EXPECT_EQ(cause.units, 1);
  }
  const auto of_a = std::ranges::find(check_of.losses, "cases_of_a", &Loss::indicator);
  ASSERT_NE(of_a, check_of.losses.end());
  EXPECT_EQ(of_a->causes.front().kind, Loss::Cause::Kind::disagreeing);
}

TEST_F(Checked, AFindingHasItsRows) {
  for (const Finding& found : check_of.findings)
    EXPECT_EQ(rows(tables, catalogue(), options, found).rows(), found.rows) << word(found.kind) << " " << found.column;
  EXPECT_THROW(rows(tables, catalogue(), options, {.kind = Kind::late, .table = "cards", .column = "age"}), QueryError);
}

TEST(Check, AColumnThatCannotBeReadIsToldAndDoesNotEndIt) {
  const Texts ids{"1", "2"};
  const Texts days{"03/04/2024", "05/06/2024"};
  const Table ambiguous = Table::of({{"case_id", std::span(ids)}, {"received_on", std::span(days)}});
  const Check found = check({{"cards", ambiguous}}, catalogue());
  EXPECT_EQ(finding(found, Kind::unread, "received_on").rows, 2);
  EXPECT_TRUE(found.not_available.contains("refusal_rate"));
}

TEST(Check, RowsWithoutAWholeKeyRepeatNone) {
  const Table keyless = cards({"", "", "1", "1"}, {"A", "A", "A", "A"}, {"approved", "approved", "approved", "refused"},
                              {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"},
                              {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"},
                              {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"});
  const Check found = check({{"cards", keyless}}, catalogue());
  EXPECT_EQ(rows_shown(finding(found, Kind::repeated, "case_id")), (std::vector<std::int64_t>{2, 3}));
}

// ----------------------------------------------------------------------------------------------- identities

Definitions ledger(const char* left, Identity::Relation relation, const char* right, std::string every = "") {
  Definitions definitions;
  definitions.tables = {{.id = "cases",
                         .columns = {{.name = "received_on", .type = Type::date},
                                     {.name = "decided_on", .type = Type::date, .empty_is_not_yet = true}}}};
  definitions.aggregates = {{.id = "accepted", .unit = "cases", .date = "received_on"},
                            {.id = "concluded", .unit = "cases", .date = "decided_on"},
                            {.id = "pending",
                             .kind = Aggregate::Kind::pending,
                             .unit = "cases",
                             .opened = "received_on",
                             .closed = "decided_on"}};
  definitions.identities = {{.id = "flow",
                             .left = Formula::parse(left),
                             .relation = relation,
                             .right = Formula::parse(right),
                             .every = std::move(every)}};
  return definitions;
}

Tables cases() {
  using std::chrono::year;
  const std::vector<std::optional<Date>> received{Date{year{2024} / 1 / 5}, Date{year{2024} / 1 / 9},
                                                  Date{year{2024} / 2 / 1}};
  const std::vector<std::optional<Date>> decided{Date{year{2024} / 2 / 5}, Date{year{2024} / 1 / 19}, std::nullopt};
  return {{"cases", Table::of({{"received_on", std::span(received)}, {"decided_on", std::span(decided)}})}};
}

TEST(Identity, OfStockAndFlowHolds) {
  const Check found = check(
      cases(), Catalogue(ledger("opening(pending) + accepted - concluded", Identity::Relation::equal, "pending")));
  ASSERT_EQ(found.identities.size(), 1U);
  EXPECT_EQ(found.identities.front().cells, 2);
  EXPECT_TRUE(found.identities.front().failures.empty());
}

TEST(Identity, TellsWhereItFailsAndByHowMuch) {
  const Check found = check(cases(), Catalogue(ledger("concluded", Identity::Relation::at_least, "accepted")));
  ASSERT_EQ(found.identities.front().failures.size(), 1U);
  const CheckedIdentity::Failure& failure = found.identities.front().failures.front();
  EXPECT_EQ(failure.period, "2024-01");
  EXPECT_EQ(failure.left, Number(std::int64_t{1}));
  EXPECT_EQ(failure.right, Number(std::int64_t{2}));
  EXPECT_EQ(failure.difference, Number(std::int64_t{-1}));
}

// Received on 20 February and decided on 15 January: unknown to the stock, at the opening and at the closing.
TEST(Identity, TellsAnUnknownUnitOnce) {
  using std::chrono::year;
  const std::vector<std::optional<Date>> received{Date{year{2024} / 2 / 20}, Date{year{2024} / 1 / 9}};
  const std::vector<std::optional<Date>> decided{Date{year{2024} / 1 / 15}, std::nullopt};
  const Tables tables{{"cases", Table::of({{"received_on", std::span(received)}, {"decided_on", std::span(decided)}})}};
  const Check found =
      check(tables, Catalogue(ledger("opening(pending) + accepted - concluded", Identity::Relation::equal, "pending")));
  const std::vector<CheckedIdentity::Failure>& failures = found.identities.front().failures;
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures[0].difference, Number(std::int64_t{-1}));  // January
  EXPECT_EQ(failures[1].difference, Number(std::int64_t{1}));   // February
  for (const CheckedIdentity::Failure& failure : failures) EXPECT_EQ(failure.unknown, 1) << failure.period;
}

TEST(Identity, IsLookedAtInThePeriodsItNames) {
  const Check found =
      check(cases(), Catalogue(ledger("concluded", Identity::Relation::at_least, "accepted", "quarter")));
  EXPECT_EQ(found.identities.front().cells, 1);
  EXPECT_EQ(found.identities.front().failures.size(), 1U);
}

// Fines: what was imposed is what was paid and what is open, to the fen.
Catalogue fines(const std::string& identities, const std::string& further = "") {
  return Catalogue::from_json(R"json({
    "schema": 1,
    "table": {
      "fines": {"columns": {"on": {"type": "date"}, "imposed": {"type": "decimal(2)"},
        "paid": {"type": "decimal(2)"}, "open": {"type": "decimal(1)"}}},
      "cards": {"columns": {"id": {"type": "text"}}}},
    "unit": {"person": {"from": "cards", "one_row_per": ["id"]}},
    "aggregate": [
      {"id": "imposed", "kind": "sum", "unit": "fines", "column": "imposed", "date": "on"},
      {"id": "paid", "kind": "sum", "unit": "fines", "column": "paid", "date": "on"},
      {"id": "open", "kind": "sum", "unit": "fines", "column": "open", "date": "on"},
      {"id": "fines", "unit": "fines", "date": "on"}, {"id": "persons", "unit": "person"}],
    "indicator": [)json" + further +
                              R"json(],
    "identity": [)json" + identities +
                              "]}");
}

Tables imposed(const Texts& imposed, const Texts& paid, const Texts& open) {
  const Texts days(imposed.size(), "2024-01-05");
  return {{"fines", Table::of({{"on", std::span(days)},
                               {"imposed", std::span(imposed)},
                               {"paid", std::span(paid)},
                               {"open", std::span(open)}})}};
}

constexpr const char* balance = R"({"id": "balance", "holds": "imposed == paid + open"})";

TEST(Identity, OfMoneyIsComparedByItsDigits) {
  const Check held = check(imposed({"180143985094819.85"}, {"180143985094819.75"}, {"0.1"}), fines(balance));
  EXPECT_EQ(held.identities.front().not_available, "");
  EXPECT_EQ(held.identities.front().cells, 1);
  EXPECT_TRUE(held.identities.front().failures.empty());
  const Check off = check(imposed({"180143985094819.85"}, {"180143985094819.74"}, {"0.1"}), fines(balance));
  ASSERT_EQ(off.identities.front().failures.size(), 1U);
  EXPECT_EQ(off.identities.front().failures.front().difference, Number(0.01));
}

TEST(Identity, OfAUnitThatCannotBeMadeLeavesTheOthers) {
  Tables tables = imposed({"3.00"}, {"1.00"}, {"2.0"});
  const Texts ids{"1", ""};
  tables.emplace("cards", Table::of({{"id", std::span(ids)}}));
  const Check found =
      check(tables, fines(std::string(balance) + R"(, {"id": "each_a_person", "holds": "fines <= persons"})"));
  ASSERT_EQ(found.identities.size(), 2U);
  EXPECT_EQ(found.identities[0].cells, 1);
  EXPECT_EQ(found.identities[0].not_available, "");
  EXPECT_TRUE(found.identities[1].not_available.find("key column 'id'") != std::string::npos)
      << found.identities[1].not_available;
}

TEST(Identity, TakesNoIndicatorOfTheCatalogueForItsOwn) {
  const Check found =
      check(imposed({"3.00"}, {"1.00"}, {"2.0"}), fines(balance, R"({"id": "counted_0", "kind": "count", "of": "fines"},
                              {"id": "counted_1", "kind": "count", "of": "fines"})"));
  EXPECT_EQ(found.identities.front().cells, 1);
  EXPECT_TRUE(found.identities.front().failures.empty());
}

}  // namespace
}  // namespace casemetry
