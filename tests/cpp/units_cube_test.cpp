// SPDX-License-Identifier: Apache-2.0
// Cubes of units: the example of the definitions, counted by hand.
#include "unit_samples.hpp"

#include <algorithm>

namespace casemetry {
namespace {

using namespace samples;

const char* const example = R"json({
  "schema": 1, "id": "example",
  "list": {"refusals": ["refused_no_crime", "refused_evidence", "refused_no_need"]},
  "table": {
    "arrest_review": {"key": ["case_id", "person_id"], "columns": {
      "case_id": {"type": "text"}, "person_id": {"type": "text", "identifies": true}, "office": {"type": "category"},
      "decision": {"type": "category",
                   "values": ["approved", "decided", "refused_no_crime", "refused_evidence", "refused_no_need"]},
      "decided_on": {"type": "date"}}},
    "prosecution_review": {"key": ["case_id", "person_id"], "columns": {
      "case_id": {"type": "text"}, "person_id": {"type": "text", "identifies": true}, "unit_code": {"type": "category"},
      "outcome": {"type": "category", "values": ["prosecuted", "not_prosecuted"]},
      "decided_on": {"type": "date", "empty": "not_yet"}}}},
  "unit": {
    "arrested_person": {"from": "arrest_review", "counts": "person", "one_row_per": ["case_id", "person_id"], "columns": {
      "arrested": "any(decision in ['approved', 'decided'])", "decision": "only(decision)",
      "decided_on": "max(decided_on)", "office": "only(office)"}},
    "prosecuted_person": {"from": "prosecution_review", "counts": "person", "one_row_per": ["case_id", "person_id"],
      "lookup": {"arrest": {"from": "arrested_person", "on": ["case_id", "person_id"], "take": ["arrested"]}},
      "columns": {"concluded_on": "max(decided_on)", "outcome": "only(outcome)", "unit_code": "only(unit_code)",
                  "after_arrest": "found(arrest) and arrested"}}},
  "dimension": {"office": {"from": {"arrested_person": "office", "prosecuted_person": "unit_code"}}},
  "aggregate": [
    {"id": "refused", "unit": "arrested_person", "date": "decided_on", "where": "decision in @refusals"},
    {"id": "arrested", "unit": "arrested_person", "date": "decided_on", "where": "decision in ['approved', 'decided']"},
    {"id": "concluded_after_arrest", "unit": "prosecuted_person", "date": "concluded_on",
     "applies_where": "after_arrest", "where": "outcome in ['prosecuted', 'not_prosecuted']"},
    {"id": "not_prosecuted_after_arrest", "unit": "prosecuted_person", "date": "concluded_on",
     "applies_where": "after_arrest", "where": "outcome == 'not_prosecuted'"}],
  "indicator": [
    {"id": "non_arrest_rate", "kind": "proportion", "numerator": "refused", "denominator": "arrested + refused"},
    {"id": "not_prosecuted_after_arrest_rate", "kind": "proportion", "numerator": "not_prosecuted_after_arrest",
     "denominator": "concluded_after_arrest"}]
})json";

Table arrest_review() {
  const Texts case_id{"c1", "c1", "c1", "c2", "c2", "c3", "c4"};
  const Texts person_id{"p1", "p1", "p2", "p1", "p1", "p3", "p4"};
  const Texts office{"A", "A", "A", "B", "B", "B", ""};
  const Texts decision{"approved",        "approved", "refused_evidence", "approved",
                       "refused_no_need", "decided",  "refused_no_crime"};
  const Texts decided_on{"2024-01-10", "2024-01-12", "2024-01-15", "2024-02-01",
                         "2024-02-05", "2024-02-20", "2024-02-21"};
  return Table::of({column("case_id", case_id), column("person_id", person_id), column("office", office),
                    column("decision", decision), column("decided_on", decided_on)});
}

Table prosecution_review() {
  const Texts case_id{"c1", "c1", "c2", "c3", "c9"};
  const Texts person_id{"p1", "p2", "p1", "p3", "p9"};
  const Texts unit_code{"A", "A", "B", "B", "B"};
  const Texts outcome{"prosecuted", "not_prosecuted", "not_prosecuted", "not_prosecuted", "prosecuted"};
  const Texts decided_on{"2024-05-01", "2024-05-02", "2024-05-03", "", "2024-06-01"};
  return Table::of({column("case_id", case_id), column("person_id", person_id), column("unit_code", unit_code),
                    column("outcome", outcome), column("decided_on", decided_on)});
}

Tables both() {
  return {{"arrest_review", arrest_review()}, {"prosecution_review", prosecution_review()}};
}

Cube cube(const Tables& tables, BuildOptions options = {}) {
  options.by = {"office"};
  return build(tables, Catalogue::from_json(example), options);
}

const AggregateCounts& counts(const Block& block, std::string_view aggregate) {
  return *std::ranges::find(block.aggregates, aggregate, &AggregateCounts::aggregate);
}

TEST(UnitsInCubes, AreCountedByThePersonNotByTheRow) {
  const Cube made = cube(both());
  const Block& arrests = *made.block("arrested_person", "decided_on");
  EXPECT_EQ(labels(made, arrests), (Texts{"A", "B", "-"}));
  EXPECT_EQ(arrests.months, (std::vector<std::int32_t>{month(2024, 1), month(2024, 2), month(2024, 2)}));
  EXPECT_EQ(arrests.units, (Counts{2, 2, 1}));
  EXPECT_EQ(counts(arrests, "refused").yes, (Counts{1, 0, 1}));
  EXPECT_EQ(counts(arrests, "refused").unknown, (Counts{0, 1, 0}));  // of c2, p1 the decisions disagree
  EXPECT_EQ(counts(arrests, "arrested").yes, (Counts{1, 1, 0}));
  EXPECT_EQ(counts(arrests, "arrested").unknown, (Counts{0, 1, 0}));
}

TEST(UnitsInCubes, ApplyWhereALookupFindsAnArrest) {
  const Cube made = cube(both());
  const Block& prosecutions = *made.block("prosecuted_person", "concluded_on");
  EXPECT_EQ(labels(made, prosecutions), (Texts{"A", "B", "B", "B"}));
  EXPECT_EQ(prosecutions.months, (std::vector<std::int32_t>{month(2024, 5), month(2024, 5), month(2024, 6), undated}));
  EXPECT_EQ(prosecutions.units, (Counts{2, 1, 1, 1}));
  EXPECT_EQ(counts(prosecutions, "concluded_after_arrest").yes, (Counts{1, 1, 0, 1}));
  EXPECT_EQ(counts(prosecutions, "concluded_after_arrest").not_applicable, (Counts{1, 0, 1, 0}));
  EXPECT_EQ(counts(prosecutions, "not_prosecuted_after_arrest").yes, (Counts{0, 1, 0, 1}));
}

TEST(UnitsInCubes, ComeWithAReportOfWhatBecameOfTheRows) {
  const Cube made = cube(both());
  EXPECT_EQ(made.rows(), (std::map<std::string, std::int64_t>{{"arrest_review", 7}, {"prosecution_review", 5}}));
  ASSERT_EQ(made.unit_reports().size(), 2U);
  const UnitReport& arrests = made.unit_reports()[0];
  EXPECT_EQ(arrests.unit, "arrested_person");
  EXPECT_EQ(arrests.rows, 7);
  EXPECT_EQ(arrests.units, 5);
  const auto decision = std::ranges::find(arrests.columns, "decision", &UnitReport::Collapsed::column);
  EXPECT_EQ(*decision, (UnitReport::Collapsed{"decision", 1, 0}));
  EXPECT_EQ(made.unit_reports()[1].lookups, (std::vector<UnitReport::LookedUp>{{"arrest", 4, 1, 0}}));
  EXPECT_EQ(made.reports().at("arrest_review").size(), 5U);
}

TEST(UnitsInCubes, AreMadeOfTheColumnsThatAreNeededOnly) {
  const Cube made = cube({{"arrest_review", arrest_review()}}, {.indicators = {"non_arrest_rate"}});
  EXPECT_EQ(made.unit_reports().size(), 1U);
  EXPECT_EQ(made.unit_reports()[0].columns.size(), 3U);  // `arrested` is not among them
}

TEST(UnitsInCubes, AddOnlyWhereWorkingDaysWereCountedWithTheSameHolidays) {
  Definitions made = units_of({{.id = "requests"}, {.id = "holidays"}},
                              {unit("request", "requests", {}, {{"due_on", "add_workdays(received_on, 7)"}})});
  made.tables[0].columns = {{.name = "received_on", .type = Type::date}};
  made.tables[1].columns = {{.name = "date", .type = Type::date}, {.name = "works", .type = Type::boolean}};
  made.calendar.holidays = "holidays";
  Aggregate due = placed(aggregate("due"), "due_on");
  due.unit = "request";
  made.aggregates = {due};
  const Catalogue catalogue(made);
  const auto cube = [&](const std::string& holiday, const std::string& works) {
    const Texts received{"2024-02-08"};
    const Texts date{holiday};
    const Texts word{works};
    return build({{"requests", Table::of({column("received_on", received)})},
                  {"holidays", Table::of({column("date", date), column("works", word)})}},
                 catalogue);
  };
  Cube sum = cube("2024-02-12", "false");
  EXPECT_EQ(sum.blocks()[0].months, (std::vector<std::int32_t>{month(2024, 2)}));
  sum += cube("2024-02-12", "false");
  EXPECT_EQ(counts(sum.blocks()[0], "due").yes, (Counts{2}));
  try {
    sum += cube("2024-02-10", "true");
    FAIL() << "other holidays were not noticed";
  } catch (const MergeError& error) {
    EXPECT_TRUE(has(error.what(), {"other holidays", "2024-02-10", "2024-02-12", "the same table of holidays"}));
  }
  EXPECT_EQ(Cube::from_bytes(sum.bytes()).bytes(), sum.bytes());
}

TEST(UnitsInCubes, AreNotAvailableWhereATableBehindALookupIsNotGiven) {
  const Tables without{{"prosecution_review", prosecution_review()}};
  const Cube made = cube(without);
  EXPECT_TRUE(
      has(made.not_available().at("non_arrest_rate"), {"unit 'arrested_person'", "needs table 'arrest_review'"}));
  EXPECT_TRUE(has(made.not_available().at("not_prosecuted_after_arrest_rate"),
                  {"unit 'prosecuted_person', column 'after_arrest'", "lookup 'arrest'", "needs table 'arrest_review'",
                   "the tables given are: prosecution_review"}));
  EXPECT_THROW(cube(without, {.indicators = {"not_prosecuted_after_arrest_rate"}}), QueryError);
}

TEST(UnitsInCubes, AreNotAvailableWhereAColumnIsLacking) {
  const Texts case_id{"c1"};
  const Tables bare{{"arrest_review", Table::of({column("case_id", case_id), column("person_id", case_id)})}};
  EXPECT_TRUE(has(cube(bare).not_available().at("non_arrest_rate"),
                  {"unit 'arrested_person', column", "table 'arrest_review' has no column 'decided_on'"}));
  EXPECT_THROW(cube(bare, {.indicators = {"non_arrest_rate"}}), ColumnNotFoundError);
}

TEST(UnitsInCubes, CountTheSameForAnyThreadsAndMorsels) {
  const Cube expected = cube(both());
  for (const int threads : {1, 2, 3, 7})
    for (const std::size_t morsel : {std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
      const Cube made = cube(both(), {.threads = threads, .morsel = morsel});
      EXPECT_TRUE(std::ranges::equal(made.blocks(), expected.blocks()));
    }
}

}  // namespace
}  // namespace casemetry
