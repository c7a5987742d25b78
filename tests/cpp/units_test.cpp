// SPDX-License-Identifier: Apache-2.0
// Units: what each rule of collapsing and deriving means, on tables small enough to count by hand.
#include "unit_samples.hpp"

#include <limits>

namespace casemetry {
namespace {

using namespace samples;
using testing::Cells;

const Texts ids{"b", "a", "b", "c", "a", "c"};

// ---- keys

TEST(Unit, IsOneRowForEachKeySortedByIt) {
  const Table table = person(Table::of({column("id", ids)}), {{"events", "count(true)"}});
  EXPECT_EQ(table.column_names(), (Texts{"id", "events"}));
  EXPECT_EQ(cells_of(table, "id"), (Cells{"a", "b", "c"}));
  EXPECT_EQ(cells_of(table, "events"), (Cells{"2", "2", "2"}));
}

TEST(Unit, IsNamedBySeveralColumnsOfAnyType) {
  const Texts texts{"x", "x", "x", "y", "x"};
  const Numbers numbers{-1, 5, -1, 5, 5};
  const Dates dates{day(2024, 1, 1), day(2024, 1, 2), day(2024, 1, 1), day(2024, 1, 2), day(2024, 1, 1)};
  const Table table = person(Table::of({column("text", texts), column("number", numbers), column("date", dates)}),
                             {{"n", "count(true)"}}, {"number", "text", "date"});
  EXPECT_EQ(table.column_names(), (Texts{"number", "text", "date", "n"}));
  EXPECT_EQ(cells_of(table, "number"), (Cells{"-1", "5", "5", "5"}));
  EXPECT_EQ(cells_of(table, "text"), (Cells{"x", "x", "x", "y"}));
  EXPECT_EQ(cells_of(table, "date"), (Cells{"2024/1/1", "2024/1/1", "2024/1/2", "2024/1/2"}));
  EXPECT_EQ(cells_of(table, "n"), (Cells{"2", "1", "1", "1"}));
}

TEST(Unit, TellsKeysApartWhoseRangesFitNoNumber) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Numbers first{most, -most, most, most, -most, 0};
  const Numbers second{-most, -most, -most, most, -most, most};
  const Numbers third{most, 1, most, -most, 1, -most};
  const Table table = person(Table::of({column("a", first), column("b", second), column("c", third)}),
                             {{"n", "count(true)"}}, {"a", "b", "c"});
  EXPECT_EQ(cells_of(table, "n"), (Cells{"2", "1", "2", "1"}));
  EXPECT_EQ(table.column("a").numbers()[0], -most);
  EXPECT_EQ(table.column("b").numbers()[2], -most);
}

TEST(Unit, IsSortedByDeclaredThenByCodePointOrder) {
  const Texts office{"c", "zz", "b", "aa", "a"};
  Definitions made = persons({}, {"office"});
  made.tables.front().columns = {{.name = "office", .type = Type::category, .values = {"c", "b", "a"}}};
  const Table table = units({{"events", Table::of({column("office", office)})}}, Catalogue(made), "person");
  EXPECT_EQ(cells_of(table, "office"), (Cells{"c", "b", "a", "aa", "zz"}));
  EXPECT_EQ(table.column("office").listed(), 3U);
}

TEST(Unit, HasNoRowsOfATableWithoutRows) {
  const Texts none;
  const Table table = person(Table::of({column("id", none)}), {{"n", "count(true)"}, {"same", "only(id)"}});
  EXPECT_EQ(table.rows(), 0);
}

TEST(Unit, RefusesAMissingKeyAndTellsWhere) {
  const Texts holed{"b", "", "b", ""};
  const Texts whole{"b", "a", "b", "c"};
  const Table events = Table::of({column("id", whole), column("part", holed)});
  const auto refused = [&] { person(events, {}, {"id", "part"}); };
  EXPECT_THROW(refused(), DataError);
  EXPECT_TRUE(has(message_of(refused), {"unit 'person'", "key column 'part' of table 'events'", "no value in 2 rows",
                                        "first in row 2", "leave such rows out"}));
}

// ---- collapsing

TEST(Collapse, SkipsMissingCells) {
  const Numbers amount{3, {}, {}, {}, -5, {}};
  const Dates on{day(2024, 1, 2), {}, day(2024, 3, 1), {}, day(2023, 1, 1), {}};
  const Texts office{"X", "", "", "", "Y", ""};
  const Table table =
      person(Table::of({column("id", ids), column("amount", amount), column("on", on), column("office", office)}),
             {{"least", "min(amount)"},
              {"greatest", "max(amount)"},
              {"sum", "sum(amount)"},
              {"first", "min(on)"},
              {"last", "max(on)"},
              {"office_of", "only(office)"},
              {"amount_of", "only(amount)"}});
  for (const char* name : {"least", "greatest", "sum", "amount_of"})
    EXPECT_EQ(cells_of(table, name), (Cells{"-5", "3", "-"})) << name;
  EXPECT_EQ(cells_of(table, "first"), (Cells{"2023/1/1", "2024/1/2", "-"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"2023/1/1", "2024/3/1", "-"}));
  EXPECT_EQ(cells_of(table, "office_of"), (Cells{"Y", "X", "-"}));
}

TEST(Collapse, OfNoRowsLeftIsMissingButCountIsZeroAnyIsFalseAllIsTrue) {
  const Texts kind{"x", "y", "x", "y", "y", "y"};
  const Table table =
      person(Table::of({column("id", ids), column("kind", kind)}), {{"any_x", "any(kind == 'x' where kind == 'x')"},
                                                                    {"all_x", "all(kind == 'x' where kind == 'x')"},
                                                                    {"count_x", "count(true where kind == 'x')"},
                                                                    {"only_x", "only(kind where kind == 'x')"}});
  EXPECT_EQ(cells_of(table, "any_x"), (Cells{"false", "true", "false"}));
  EXPECT_EQ(cells_of(table, "all_x"), (Cells{"true", "true", "true"}));
  EXPECT_EQ(cells_of(table, "count_x"), (Cells{"0", "2", "0"}));
  EXPECT_EQ(cells_of(table, "only_x"), (Cells{"-", "x", "-"}));
}

TEST(Collapse, AnyAndAllAreKleenesOverRows) {
  // a: yes, unknown. b: no, unknown. c: unknown, unknown. d: yes, no.
  const Texts id{"a", "a", "b", "b", "c", "c", "d", "d"};
  const Texts kind{"x", "", "y", "", "", "", "x", "y"};
  const Table table = person(Table::of({column("id", id), column("kind", kind)}),
                             {{"any_x", "any(kind == 'x')"}, {"all_x", "all(kind == 'x')"}});
  EXPECT_EQ(cells_of(table, "any_x"), (Cells{"true", "-", "-", "true"}));
  EXPECT_EQ(cells_of(table, "all_x"), (Cells{"-", "false", "-", "false"}));
  EXPECT_EQ(table.column("any_x").type(), Type::boolean);
}

TEST(Collapse, OnlyIsTheValueThatAllRowsHave) {
  const Texts kind{"x", "y", "x", "x", "z", ""};
  const Dates on{day(2024, 1, 1), day(2024, 1, 1), day(2024, 1, 1), {}, day(2024, 1, 1), day(2024, 5, 1)};
  const Table table = person(Table::of({column("id", ids), column("kind", kind), column("on", on)}),
                             {{"kind_of", "only(kind)"}, {"on_of", "only(on)"}, {"is_x", "only(kind == 'x')"}});
  EXPECT_EQ(cells_of(table, "kind_of"), (Cells{"-", "x", "x"}));
  EXPECT_EQ(cells_of(table, "on_of"), (Cells{"2024/1/1", "2024/1/1", "2024/5/1"}));
  EXPECT_EQ(cells_of(table, "is_x"), (Cells{"false", "true", "true"}));
}

TEST(Collapse, KeepsTypeScaleAndDeclaredValues) {
  const Texts decision{"refused", "approved", "refused", "odd", "approved", "odd"};
  const Texts amount{"1.50", "2.25", "-1.00", "0.05", "3", ""};
  Definitions made = persons({{"decision_of", "only(decision)"}, {"sum", "sum(amount)"}, {"most", "max(amount)"}});
  made.tables.front().columns = {{.name = "id", .type = Type::text},
                                 {.name = "decision", .type = Type::category, .values = {"approved", "refused"}},
                                 {.name = "amount", .type = Type::decimal, .scale = 2}};
  const Table events = Table::of({column("id", ids), column("decision", decision), column("amount", amount)});
  const Table table = units({{"events", events}}, Catalogue(made), "person");
  const Column& decision_of = table.column("decision_of");
  EXPECT_EQ(testing::cells(decision_of), (Cells{"approved", "refused", "odd"}));
  EXPECT_EQ(decision_of.type(), Type::category);
  EXPECT_EQ(decision_of.listed(), 2U);
  EXPECT_EQ(decision_of.labels()[0], "approved");
  EXPECT_EQ(decision_of.report().unlisted, 1);
  EXPECT_EQ(table.column("sum").type(), Type::decimal);
  EXPECT_EQ(table.column("sum").scale(), 2);
  EXPECT_EQ(cells_of(table, "sum"), (Cells{"525", "50", "5"}));
  EXPECT_EQ(cells_of(table, "most"), (Cells{"300", "150", "5"}));
}

TEST(Collapse, TakesADayThatHasNotComeYetAsTheGreatest) {
  const Texts on{"2024-01-01", "", "", "2024-02-01", "", "2024-03-01"};
  Definitions made = persons({{"first", "min(on)"}, {"last", "max(on)"}, {"same", "only(on)"}});
  made.tables.front().columns = {{.name = "id", .type = Type::text},
                                 {.name = "on", .type = Type::date, .empty_is_not_yet = true}};
  const Table table = units({{"events", Table::of({column("id", ids), column("on", on)})}}, Catalogue(made), "person");
  EXPECT_EQ(cells_of(table, "first"), (Cells{"not_yet", "2024/1/1", "2024/2/1"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"not_yet", "not_yet", "2024/3/1"}));
  EXPECT_EQ(cells_of(table, "same"), (Cells{"not_yet", "-", "-"}));
}

TEST(Collapse, TakesExpressionsOfTheRows) {
  const Dates from{day(2024, 1, 1), day(2024, 1, 1), day(2024, 1, 1), {}, day(2024, 1, 1), day(2024, 1, 1)};
  const Dates to{day(2024, 1, 8), day(2024, 1, 3), day(2024, 1, 2), {}, day(2024, 1, 4), {}};
  const Table table = person(Table::of({column("id", ids), column("from", from), column("to", to)}),
                             {{"longest", "max(days(from, to))"}, {"last", "max(coalesce(to, from))"}});
  EXPECT_EQ(cells_of(table, "longest"), (Cells{"3", "7", "-"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"2024/1/4", "2024/1/8", "2024/1/1"}));
}

TEST(Collapse, SkipsAndCountsRowsWhoseConditionIsUnknown) {
  const Texts kind{"x", "", "x", "y", "x", ""};
  const Numbers amount{1, 2, 3, 4, 5, 6};
  const Catalogue catalogue(
      persons({{"sum_x", "sum(amount where kind == 'x')"}, {"n_x", "count(kind == 'x')"}, {"all", "count(true)"}}));
  RowSets sets({{"events", Table::of({column("id", ids), column("kind", kind), column("amount", amount)})}}, catalogue);
  RowSet& persons = sets.at("person");
  for (const std::string& name : persons.column_names()) persons.column(name);
  const UnitReport report = sets.unit_reports().front();
  EXPECT_EQ(report, (UnitReport{.unit = "person",
                                .rows = 6,
                                .units = 3,
                                .columns = {{"sum_x", 0, 2}, {"n_x", 0, 2}, {"all", 0, 0}},
                                .lookups = {}}));
}

TEST(Collapse, CountsTheUnitsWhoseRowsDisagree) {
  const Texts kind{"x", "y", "y", "x", "y", "z"};
  RowSets sets({{"events", Table::of({column("id", ids), column("kind", kind)})}},
               Catalogue(persons({{"kind_of", "only(kind)"}})));
  sets.at("person").column("kind_of");
  EXPECT_EQ(sets.unit_reports().front().columns, (std::vector<UnitReport::Collapsed>{{"kind_of", 2, 0}}));
}

TEST(Collapse, SumsExactlyWhateverTheOrder) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Texts one{"a", "a", "a"};
  for (const Numbers& amount : {Numbers{most, 1, -1}, Numbers{1, most, -1}, Numbers{-1, most, 1}})
    EXPECT_EQ(person(Table::of({column("id", one), column("amount", amount)}), {{"sum", "sum(amount)"}})
                  .column("sum")
                  .numbers()[0],
              most);
}

TEST(Collapse, RefusesASumThatDoesNotFitAndTellsOfWhom) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Numbers amount{1, most, 1, 1, 1, 1};
  const auto refused = [&] {
    person(Table::of({column("id", ids), column("amount", amount)}), {{"total", "sum(amount)"}});
  };
  EXPECT_THROW(refused(), DataError);
  EXPECT_TRUE(has(message_of(refused), {"unit 'person'", "column 'total'", "sum(amount)", "id = 'a'", "64 bits"}));
}

// ---- deriving

TEST(Derive, PutsCollapsedValuesIntoLargerExpressions) {
  const Dates guilty{{}, day(2024, 1, 1), {}, {}, day(2024, 1, 1), {}};
  const Dates disposed{day(2024, 2, 1), day(2024, 2, 2), day(2024, 2, 3), {}, {}, {}};
  const Table table = person(Table::of({column("id", ids), column("guilty", guilty), column("disposed", disposed)}),
                             {{"on", "coalesce(max(guilty), max(disposed))"},
                              {"late", "days(min(disposed), last) > 1 and any(not is_null(disposed))"},
                              {"last", "max(disposed)"}});
  EXPECT_EQ(cells_of(table, "on"), (Cells{"2024/1/1", "2024/2/3", "-"}));
  EXPECT_EQ(cells_of(table, "late"), (Cells{"false", "true", "false"}));
}

TEST(Derive, FollowsWhatColumnsRestOnNotTheirOrder) {
  const Texts kind{"x", "y", "x", "y", "x", "y"};
  const Table table = person(Table::of({column("id", ids), column("kind", kind)}),
                             {{"c", "b or id == 'c'"}, {"b", "not a"}, {"a", "any(kind == 'x')"}});
  EXPECT_EQ(table.column_names(), (Texts{"id", "c", "b", "a"}));
  EXPECT_EQ(cells_of(table, "a"), (Cells{"true", "true", "false"}));
  EXPECT_EQ(cells_of(table, "b"), (Cells{"false", "false", "true"}));
  EXPECT_EQ(cells_of(table, "c"), (Cells{"false", "false", "true"}));
}

TEST(Derive, CountsWorkingDaysByTheTableOfHolidays) {
  const Texts one{"a", "b"};
  const Dates from{day(2024, 4, 30), day(2024, 5, 10)};
  const Dates to{day(2024, 5, 6), day(2024, 5, 11)};
  const Dates date{day(2024, 5, 1), day(2024, 5, 2), day(2024, 5, 3), day(2024, 5, 11)};
  const bool works[] = {false, false, false, true};
  Definitions made = persons({{"took", "workdays(only(from), only(to))"}});
  made.tables.push_back({.id = "holidays"});
  made.calendar.holidays = "holidays";
  const Table events = Table::of({column("id", one), column("from", from), column("to", to)});
  const Table holidays = Table::of({column("date", date), {"works", std::span(works)}});
  EXPECT_EQ(cells_of(units({{"events", events}, {"holidays", holidays}}, Catalogue(made), "person"), "took"),
            (Cells{"1", "1"}));
  EXPECT_TRUE(has(message_of([&] { units({{"events", events}}, Catalogue(made), "person"); }),
                  {"unit 'person'", "column 'took'", "needs table 'holidays'"}));
  RowSets sets({{"events", events}, {"holidays", holidays}}, Catalogue(made));
  sets.at("person").column("id");
  EXPECT_FALSE(sets.table_rows().contains("holidays"));  // nothing has asked for them
}

TEST(Derive, WithoutAKeyKeepsEachRowAndAllItsColumns) {
  const Texts kind{"x", "y", "x", "y", "x", "y"};
  const Definitions made = units_of({{.id = "events"}}, {unit("event", "events", {}, {{"is_x", "kind == 'x'"}})});
  const Table events = Table::of({column("id", ids), column("kind", kind)});
  const Table table = units({{"events", events}}, Catalogue(made), "event");
  EXPECT_EQ(table.column_names(), (Texts{"id", "kind", "is_x"}));
  EXPECT_EQ(cells_of(table, "id"), ids);
  EXPECT_EQ(cells_of(table, "is_x"), (Cells{"true", "false", "true", "false", "true", "false"}));
}

// ---- units of units, and what is asked for

TEST(Units, AreMadeOfUnits) {
  const Texts person_id{"p", "q", "p", "p", "p", "p"};
  const Definitions made =
      units_of({{.id = "events"}}, {unit("case", "accused", {"id"}, {{"accused", "count(true)"}}),
                                    unit("accused", "events", {"id", "person"}, {{"charges", "count(true)"}})});
  const Table events = Table::of({column("id", ids), column("person", person_id)});
  EXPECT_EQ(cells_of(units({{"events", events}}, Catalogue(made), "case"), "accused"), (Cells{"2", "1", "1"}));
}

TEST(Units, GiveTheColumnsThatAreAskedForBesidesTheKey) {
  const Catalogue catalogue(persons({{"a", "count(true)"}, {"b", "max(no_such_column)"}}));
  const Tables tables{{"events", Table::of({column("id", ids)})}};
  EXPECT_EQ(units(tables, catalogue, "person", {.columns = {"a"}}).column_names(), (Texts{"id", "a"}));
  EXPECT_TRUE(has(message_of([&] { units(tables, catalogue, "person"); }),
                  {"unit 'person', column 'b'", "table 'events' has no column 'no_such_column'"}));
  EXPECT_TRUE(has(message_of([&] { units(tables, catalogue, "person", {.columns = {"c"}}); }),
                  {"unit 'person' has no column 'c'"}));
}

TEST(Units, AreRowsOfATableWhereATableIsNamed) {
  const Catalogue catalogue(persons({}));
  const Tables tables{{"events", Table::of({column("id", ids)})}};
  EXPECT_EQ(cells_of(units(tables, catalogue, "events"), "id"), ids);
  EXPECT_THROW(units(tables, catalogue, "event"), QueryError);
  EXPECT_THROW(units({}, catalogue, "person"), QueryError);
  EXPECT_THROW(units(tables, catalogue, "person", {.threads = -1}), QueryError);
}

TEST(Units, TellTheFaultsOfExpressionsOverColumnsThatNoOneDeclared) {
  const auto refused = [] { person(Table::of({column("id", ids)}), {{"a", "max(id) > 3"}}); };
  EXPECT_THROW(refused(), DefinitionError);
  EXPECT_TRUE(
      has(message_of(refused), {"unit.person.columns.a", "max takes dates or numbers", "declare the column as date"}));
}

TEST(Units, NameTheRowsBehindThem) {
  const Texts person_id{"p", "q", "p", "p", "p", "p"};
  const Definitions made =
      units_of({{.id = "events"}}, {unit("case", "accused", {"id"}), unit("accused", "event", {"id", "person"}),
                                    unit("event", "events", {}, {{"is_p", "person == 'p'"}})});
  RowSets sets({{"events", Table::of({column("id", ids), column("person", person_id)})}}, Catalogue(made));
  const auto behind = [&](const std::string& unit, const std::string& label) {
    RowSet& rows = sets.at(unit);
    std::vector<std::uint8_t> chosen;
    for (const std::string& id : testing::cells(rows.column("id"))) chosen.push_back(id == label ? 1 : 0);
    return rows.rows_behind(chosen);
  };
  using Rows = std::vector<std::int64_t>;
  EXPECT_EQ(behind("case", "a"), (Rows{1, 4}));
  EXPECT_EQ(behind("accused", "c"), (Rows{3, 5}));
  EXPECT_EQ(behind("event", "b"), (Rows{0, 2}));
  EXPECT_EQ(behind("events", "b"), (Rows{0, 2}));
  EXPECT_EQ(behind("case", "no one"), Rows{});
  EXPECT_THROW(sets.at("case").rows_behind(std::vector<std::uint8_t>(2)), QueryError);
}

}  // namespace
}  // namespace casemetry
