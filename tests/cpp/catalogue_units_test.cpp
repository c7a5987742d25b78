// SPDX-License-Identifier: Apache-2.0
// Units in a catalogue: how they are written, what their columns hold, and every fault they can have.
#include <gtest/gtest.h>

#include <algorithm>
#include <casemetry/catalogue.hpp>
#include <functional>

namespace casemetry {
namespace {

using Names = std::vector<std::string>;

// ----------------------------------------------------------------------------------------------- the example

const char* const example_json = R"json({"schema": 1,
  "list": {"arrests": ["approved", "decided"]},
  "calendar": {"holidays": "holidays"},
  "table": {
    "arrest_review": {"key": ["case_id", "person_id"], "columns": {
      "case_id": {"type": "text"},
      "person_id": {"type": "text", "identifies": true, "label": "人员"},
      "office": {"type": "category"},
      "decision": {"type": "category", "values": ["approved", "decided", "refused"], "aliases": {"批捕": "approved"}},
      "decided_on": {"type": "date", "empty": "not_yet"}}},
    "prosecution_review": {"columns": {
      "case_no": {"type": "text"},
      "person_id": {"type": "text", "identifies": true},
      "unit_code": {"type": "category"},
      "outcome": {"type": "category", "values": ["prosecuted", "not_prosecuted"]},
      "received_on": {"type": "date"},
      "decided_on": {"type": "date"}}},
    "holidays": {"columns": {"date": {"type": "date"}, "works": {"type": "boolean"}}}},
  "unit": {
    "arrested_person": {"label": {"zh": "被捕人员", "en": "Arrested person"}, "from": "arrest_review",
      "counts": "person", "one_row_per": ["case_id", "person_id"], "columns": {
        "arrested": "any(decision in @arrests)", "decision": "only(decision)", "decided_on": "max(decided_on)",
        "office": "only(office)"}},
    "prosecuted_person": {"from": "prosecution_review", "counts": {"zh": "人", "en": "person"},
      "one_row_per": ["case_no", "person_id"],
      "lookup": {"arrest": {"from": "arrested_person", "on": {"case_no": "case_id", "person_id": "person_id"},
        "take": ["arrested"], "otherwise": {"arrested": false}, "duplicates": "unknown"}},
      "columns": {
        "concluded_on": "max(decided_on)", "received_on": "min(received_on)",
        "due_on": "add_workdays(received_on, 7)", "outcome": "only(outcome)", "unit_code": "only(unit_code)",
        "after_arrest": "found(arrest) and arrested"}},
    "late_person": {"from": "prosecuted_person", "columns": {"late": "concluded_on > due_on"}}},
  "dimension": {"office": {"from": {"arrested_person": "office", "prosecuted_person": "unit_code"}}},
  "aggregate": [
    {"id": "refused", "unit": "arrested_person", "date": "decided_on", "where": "decision == 'refused'"},
    {"id": "concluded", "unit": "prosecuted_person", "date": "concluded_on", "applies_where": "after_arrest"},
    {"id": "not_prosecuted", "unit": "prosecuted_person", "date": "concluded_on", "applies_where": "after_arrest",
      "where": "outcome == 'not_prosecuted'"},
    {"id": "late", "unit": "late_person", "date": "due_on", "where": "late"},
    {"id": "pending_persons", "kind": "pending", "unit": "prosecuted_person", "opened": "received_on",
      "closed": "concluded_on"}],
  "indicator": [
    {"id": "not_prosecuted_after_arrest", "kind": "proportion", "numerator": "not_prosecuted",
      "denominator": "concluded", "mature_after": 90},
    {"id": "stock", "kind": "stock", "of": "pending_persons", "at": "opening"},
    {"id": "clearance", "kind": "ratio", "numerator": "concluded", "denominator": "opening(pending_persons)"},
    {"id": "refusals", "kind": "count", "of": "refused"},
    {"id": "late_ones", "kind": "count", "of": "late"}]
})json";

Catalogue example() {
  return Catalogue::from_json(example_json);
}

using Change = std::function<void(Definitions&)>;

Definitions changed(const Change& change) {
  Definitions definitions = example().definitions();
  change(definitions);
  return definitions;
}

template <typename Item>
Item& named(std::vector<Item>& items, const std::string& id) {
  return *std::ranges::find(items, id, &Item::id);
}

UnitDefinition& arrested(Definitions& definitions) {
  return named(definitions.units, "arrested_person");
}

UnitDefinition& prosecuted(Definitions& definitions) {
  return named(definitions.units, "prosecuted_person");
}

Lookup& arrest(Definitions& definitions) {
  return prosecuted(definitions).lookups.front();
}

void set_column(UnitDefinition& unit, const std::string& name, const char* text) {
  const auto found = std::ranges::find(unit.columns, name, &UnitColumn::name);
  const UnitColumn column{name, Expression::parse(text)};
  found != unit.columns.end() ? void(*found = column) : unit.columns.push_back(column);
}

// Every fault after a change, as `path: message`, a line each.
std::string faults_after(const Change& change) {
  try {
    const Catalogue catalogue(changed(change));
  } catch (const DefinitionError& error) {
    std::string text;
    for (const Fault& fault : error.faults()) text += fault.path + ": " + fault.message + "\n";
    return text;
  }
  return "";
}

// ----------------------------------------------------------------------------------------------- the two forms

TEST(UnitForms, JsonReadsBackToTheSame) {
  const std::string json = example().json();
  EXPECT_EQ(Catalogue::from_json(json).json(), json);
  EXPECT_EQ(Catalogue::from_json(json).toml(), example().toml());
}

TEST(UnitForms, TomlGivesEveryLookupItsOwnSection) {
  const std::string toml = example().toml();
  EXPECT_NE(toml.find(R"toml(
[unit.prosecuted_person]
from = "prosecution_review"
counts = { zh = "人", en = "person" }
one_row_per = ["case_no", "person_id"]

[unit.prosecuted_person.lookup.arrest]
from = "arrested_person"
on = { case_no = "case_id", person_id = "person_id" }
take = ["arrested"]
otherwise = { arrested = false }
duplicates = "unknown"

[unit.prosecuted_person.columns]
concluded_on = "max(decided_on)"
)toml"),
            std::string::npos)
      << toml;
}

TEST(UnitForms, ColumnsOfOneNameOnBothSidesAreAList) {
  const Catalogue catalogue(changed([](Definitions& d) {
    set_column(prosecuted(d), "case_id", "only(case_no)");
    arrest(d).on = {{"case_id", "case_id"}, {"person_id", "person_id"}};
  }));
  EXPECT_NE(catalogue.json().find(R"("on": ["case_id", "person_id"])"), std::string::npos);
}

TEST(UnitForms, AreFoundByTheirNames) {
  const Catalogue catalogue(changed([](Definitions& d) {
    d.dimensions.front().hierarchy = {.prefixes = {2, 4, 6}, .levels = {"province", "city", "county"}};
  }));
  EXPECT_EQ(catalogue.root("prosecuted_person"), "prosecution_review");
  EXPECT_EQ(catalogue.root("holidays"), "holidays");
  EXPECT_EQ(catalogue.dimension("office"), &catalogue.definitions().dimensions.front());
  EXPECT_EQ(catalogue.dimension("city"), nullptr);
  EXPECT_EQ(catalogue.dimension_of_level("city"), catalogue.dimension("office"));
  EXPECT_EQ(catalogue.dimension_of_level("office"), nullptr);
}

TEST(UnitForms, OpeningStandsInAFormulaAndReadsBack) {
  const Formula formula = Formula::parse("opening(pending_persons) + 2 * filed - opening");
  ASSERT_EQ(formula.terms.size(), 3U);
  EXPECT_TRUE(formula.terms[0].opening);
  EXPECT_FALSE(formula.terms[2].opening);
  EXPECT_EQ(formula.text(), "opening(pending_persons) + 2 * filed - opening");
  EXPECT_THROW(Formula::parse("opening(a"), DefinitionError);
  EXPECT_THROW(Formula::parse("opening()"), DefinitionError);
}

TEST(UnitForms, FaultsOfFormAreToldWithThoseOfMeaning) {
  try {
    Catalogue::from_json(R"({"schema": 1, "table": {"t": {"columns": {"a": {"type": "date", "empty": "later"}}}},
      "unit": {"u": {"from": "t", "one_row": ["a"], "columns": {"b": "a ==", "c": 1}},
               "v": {"from": "tt", "lookup": {"l": {"from": "t", "on": 5, "duplicates": "no"}}}},
      "dimension": {"d": {"bands": [1.5], "hierarchy": {"prefix": [2]}}}})");
    FAIL();
  } catch (const DefinitionError& error) {
    Names paths;
    for (const Fault& fault : error.faults()) paths.push_back(fault.path);
    for (const char* path :
         {"table.t.columns.a.empty", "unit.u.one_row", "unit.u.columns.b", "unit.u.columns.c", "unit.v.from",
          "unit.v.lookup.l.on", "unit.v.lookup.l.duplicates", "dimension.d.bands", "dimension.d.hierarchy.prefix"})
      EXPECT_EQ(std::ranges::count(paths, path), 1) << path << " of\n" << error.what();
  }
}

// ----------------------------------------------------------------------------------------------- columns

TEST(UnitColumns, HoldWhatTheirExpressionGives) {
  const Catalogue catalogue = example();
  const ColumnDefinition* decision = catalogue.column("arrested_person", "decision");
  ASSERT_NE(decision, nullptr);
  EXPECT_EQ(decision->type, Type::category);
  EXPECT_EQ(decision->values, (Names{"approved", "decided", "refused"}));
  EXPECT_TRUE(decision->aliases.empty());  // they belong to the table's cells
  EXPECT_EQ(catalogue.column("arrested_person", "arrested")->type, Type::boolean);
  EXPECT_EQ(catalogue.column("arrested_person", "decided_on")->type, Type::date);
  EXPECT_FALSE(catalogue.column("arrested_person", "decided_on")->empty_is_not_yet);
  EXPECT_EQ(catalogue.column("prosecuted_person", "arrested")->type, Type::boolean);  // looked up
  EXPECT_EQ(catalogue.column("prosecuted_person", "after_arrest")->type, Type::boolean);
  EXPECT_EQ(catalogue.column("arrest_review", "decided_on")->type, Type::date);
}

TEST(UnitColumns, AreThoseOfTheSourceOnlyWithoutAKey) {
  const Catalogue catalogue = example();
  EXPECT_EQ(catalogue.column("late_person", "outcome")->values, (Names{"prosecuted", "not_prosecuted"}));
  EXPECT_NE(catalogue.column("late_person", "late"), nullptr);
  EXPECT_EQ(catalogue.column("prosecuted_person", "case_id"), nullptr);
  EXPECT_EQ(catalogue.column("nothing", "case_id"), nullptr);
}

TEST(UnitColumns, OfAValueCarriedOverIdentifyWhomItIdentified) {
  const Catalogue catalogue(
      changed([](Definitions& d) { set_column(arrested(d), "who", "coalesce(person_id, case_id)"); }));
  EXPECT_TRUE(catalogue.column("arrested_person", "person_id")->identifies);
  EXPECT_TRUE(catalogue.column("arrested_person", "who")->identifies);
  EXPECT_EQ(catalogue.column("arrested_person", "person_id")->label.zh, "人员");
  EXPECT_FALSE(catalogue.column("arrested_person", "case_id")->identifies);
}

TEST(UnitColumns, OfATableThatDeclaresNoneAreNotKnownBeforeItsData) {
  const Change undeclared = [](Definitions& d) {
    named(d.tables, "arrest_review").columns.clear();
    named(d.tables, "arrest_review").key.clear();
  };
  EXPECT_EQ(faults_after(undeclared), "");
  const Catalogue catalogue(changed(undeclared));
  EXPECT_EQ(catalogue.column("arrested_person", "decision"), nullptr);
  EXPECT_EQ(catalogue.column("prosecuted_person", "outcome")->type, Type::category);
  const Catalogue declared = catalogue.with(*example().table("arrest_review"));
  EXPECT_EQ(declared.column("arrested_person", "decision")->type, Type::category);
}

TEST(UnitColumns, ThatAnAggregateReadsAreFollowedToTheTables) {
  const Catalogue catalogue = example();
  EXPECT_EQ(catalogue.columns("late_person"), (Names{"concluded_on", "due_on", "late"}));
  EXPECT_EQ(catalogue.columns("prosecuted_person"), (Names{"after_arrest", "arrested", "case_no", "concluded_on",
                                                           "due_on", "outcome", "person_id", "received_on"}));
  EXPECT_EQ(catalogue.columns("arrest_review"), (Names{"case_id", "decided_on", "decision", "person_id"}));
  EXPECT_EQ(catalogue.columns("holidays"), (Names{"date", "works"}));
}

TEST(UnitColumns, AreDimensionsWhateverEachUnitCallsThem) {
  const Catalogue catalogue = example();
  EXPECT_EQ(catalogue.dimension_column("office", "prosecuted_person"), "unit_code");
  EXPECT_EQ(catalogue.dimension_column("office", "late_person"), std::nullopt);
  EXPECT_EQ(catalogue.dimension_column("outcome", "prosecuted_person"), "outcome");
  EXPECT_EQ(catalogue.dimension_column("outcome", "arrested_person"), std::nullopt);
}

TEST(UnitColumns, StayWithTheIndicatorsThatNeedThem) {
  const Names wanted{"refusals"};
  const Catalogue part = example().only(wanted);
  ASSERT_EQ(part.definitions().units.size(), 1U);
  EXPECT_EQ(part.definitions().units.front().columns.size(), 4U);  // any may be asked for as a dimension
  ASSERT_EQ(part.definitions().tables.size(), 1U);
  EXPECT_EQ(part.definitions().lists.size(), 1U);
  EXPECT_EQ(part.definitions().calendar.holidays, "");
  EXPECT_EQ(part.count_hash("refused"), example().count_hash("refused"));
  const Names late{"late_ones"};
  const Catalogue rest = example().only(late);
  EXPECT_EQ(rest.definitions().units.size(), 3U);
  EXPECT_EQ(rest.definitions().tables.size(), 3U);
  EXPECT_EQ(rest.count_hash("late"), example().count_hash("late"));
}

// ----------------------------------------------------------------------------------------------- hashes

TEST(UnitHashes, ChangeWithAllThatAUnitIsMadeFrom) {
  const std::string before = example().count_hash("late");
  const auto changes = [&](const Change& change) { return Catalogue(changed(change)).count_hash("late") != before; };
  EXPECT_TRUE(changes([](Definitions& d) { set_column(prosecuted(d), "due_on", "add_workdays(received_on, 10)"); }));
  EXPECT_TRUE(changes([](Definitions& d) { set_column(prosecuted(d), "received_on", "max(received_on)"); }));
  EXPECT_TRUE(changes([](Definitions& d) {
    std::erase_if(prosecuted(d).columns, [](const UnitColumn& column) { return column.name == "unit_code"; });
    prosecuted(d).one_row_per.push_back("unit_code");
  }));
  EXPECT_TRUE(changes([](Definitions& d) {
    d.tables[1].columns[4].format = "day/month/year";  // received_on
  }));
  EXPECT_TRUE(changes([](Definitions& d) {
    d.tables.push_back({.id = "other_days"});
    d.calendar.holidays = "other_days";
  }));
}

TEST(UnitHashes, ChangeWithWhatIsLookedUp) {
  const std::string before = example().count_hash("not_prosecuted");
  const auto changes = [&](const Change& change) {
    return Catalogue(changed(change)).count_hash("not_prosecuted") != before;
  };
  EXPECT_TRUE(changes([](Definitions& d) { d.lists["arrests"].pop_back(); }));
  EXPECT_TRUE(changes([](Definitions& d) { arrest(d).otherwise.clear(); }));
  EXPECT_TRUE(changes([](Definitions& d) { arrest(d).duplicates_unknown = false; }));
  EXPECT_TRUE(changes([](Definitions& d) { set_column(arrested(d), "arrested", "all(decision in @arrests)"); }));
  EXPECT_TRUE(changes([](Definitions& d) { d.tables[0].columns[3].values.push_back("withdrawn"); }));
}

TEST(UnitHashes, DoNotChangeWithWhatIsOnlyReadOrNotNeeded) {
  const std::string before = example().count_hash("not_prosecuted");
  const auto after = [](const Change& change) { return Catalogue(changed(change)).count_hash("not_prosecuted"); };
  EXPECT_EQ(after([](Definitions& d) { arrested(d).label.zh = "其他"; }), before);
  EXPECT_EQ(after([](Definitions& d) { arrested(d).counts = "case"; }), before);
  EXPECT_EQ(after([](Definitions& d) { set_column(arrested(d), "office", "only(decision)"); }), before);
  EXPECT_EQ(after([](Definitions& d) { std::ranges::reverse(prosecuted(d).columns); }), before);
  EXPECT_EQ(after([](Definitions& d) { d.tables[0].columns[3].aliases["批准"] = "approved"; }), before);
  EXPECT_EQ(after([](Definitions& d) { d.tables[0].columns[3].label.zh = "结果"; }), before);
  EXPECT_EQ(after([](Definitions& d) {
              d.calendar.holidays.clear();
              set_column(prosecuted(d), "due_on", "received_on");
            }),
            before);
}

TEST(UnitHashes, OfAStockTellItsBeginningFromItsEnd) {
  const std::string opening = example().definition_hash("stock");
  const Catalogue closing(changed([](Definitions& d) { named(d.indicators, "stock").at = "closing"; }));
  const Catalogue by_default(changed([](Definitions& d) { named(d.indicators, "stock").at.clear(); }));
  EXPECT_NE(closing.definition_hash("stock"), opening);
  EXPECT_EQ(by_default.definition_hash("stock"), closing.definition_hash("stock"));
  const Catalogue at_end(changed(
      [](Definitions& d) { named(d.indicators, "clearance").denominator = Formula::parse("pending_persons"); }));
  EXPECT_NE(at_end.definition_hash("clearance"), example().definition_hash("clearance"));
}

// ----------------------------------------------------------------------------------------------- faults of units

TEST(UnitFaults, TheSourceIsAUnitOrATable) {
  EXPECT_EQ(faults_after([](Definitions& d) { arrested(d).from = "arest_review"; }),
            "unit.arrested_person.from: no unit or table 'arest_review'; did you mean 'arrest_review'?\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.units, "late_person").from.clear(); }),
            "unit.late_person.from: no source: name the table, or the unit, whose rows it takes\n");
}

TEST(UnitFaults, UnitsAndTablesAreNamedAlike) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.tables.push_back({.id = "late_person"}); }),
            "unit.late_person.id: a table has this id: units and tables are named alike, each needs its own\n");
}

TEST(UnitFaults, AUnitIsNotMadeFromItself) {
  const std::string told = faults_after([](Definitions& d) {
    arrest(d).from = "late_person";
    arrest(d).take.clear();
    arrest(d).otherwise.clear();
    set_column(prosecuted(d), "after_arrest", "found(arrest)");
  });
  EXPECT_EQ(
      told,
      "unit.prosecuted_person.lookup.arrest.from: the unit is made from itself: prosecuted_person → late_person → "
      "prosecuted_person\n"
      "unit.late_person.from: the unit is made from itself: late_person → prosecuted_person → late_person\n");
}

TEST(UnitFaults, TheKeyIsOfColumnsOfTheSource) {
  EXPECT_EQ(faults_after([](Definitions& d) { arrested(d).one_row_per = {"case_id", "person_id", "persn_id"}; }),
            "unit.arrested_person.one_row_per: 'arrest_review' has no column 'persn_id'; did you mean 'person_id'?\n"
            "unit.prosecuted_person.lookup.arrest.on: 'arrested_person' has one row for each \"case_id\", "
            "\"person_id\", \"persn_id\", and 'persn_id' is not given: many of its rows could be found for one (many "
            "to many). Collapse it to this side in a unit of its own, one_row_per = [\"case_id\", \"person_id\"], and "
            "look that up\n");
}

TEST(UnitFaults, RowsAreCollapsedOnlyByAKey) {
  EXPECT_EQ(
      faults_after([](Definitions& d) { set_column(named(d.units, "late_person"), "last", "max(concluded_on)"); }),
      "unit.late_person.columns.last: max(…) makes one value of many rows, and here each row of "
      "'prosecuted_person' is a unit: name the key, one_row_per = [\"…\"]\n");
}

TEST(UnitFaults, AColumnOfTheSourceStandsInACollapseCall) {
  EXPECT_EQ(
      faults_after([](Definitions& d) {
        set_column(arrested(d), "refused", "decided_on > 2024-01-01 and is_null(outcome)");
        named(d.tables, "arrest_review").columns.push_back({.name = "outcome"});
      }),
      "unit.arrested_person.columns.refused: 'outcome' is a column of the source 'arrest_review': say how its rows "
      "become one value, such as only(outcome)\n");
}

TEST(UnitFaults, AColumnDoesNotStandForItselfInTheSource) {
  EXPECT_EQ(faults_after([](Definitions& d) { set_column(arrested(d), "office", "office"); }),
            "unit.arrested_person.columns.office: 'office' is a column of the source 'arrest_review': say how its rows "
            "become one value, such as only(office)\n");
}

TEST(UnitFaults, NamesAreToldWhereTheyStandWithTheNearest) {
  EXPECT_EQ(faults_after([](Definitions& d) { set_column(arrested(d), "late", "desided_on > 2024-01-01"); }),
            "unit.arrested_person.columns.late: there is no column 'desided_on'; did you mean 'decided_on'?\n");
  EXPECT_EQ(faults_after([](Definitions& d) { set_column(arrested(d), "last", "max(desided_on)"); }),
            "unit.arrested_person.columns.last: there is no column 'desided_on'; did you mean 'decided_on'?\n");
  EXPECT_NE(faults_after([](Definitions& d) { set_column(prosecuted(d), "known", "found(arest)"); }).find("'arrest'"),
            std::string::npos);
}

TEST(UnitFaults, AColumnIsNotMadeFromItself) {
  EXPECT_EQ(faults_after([](Definitions& d) {
              set_column(prosecuted(d), "a", "coalesce(b, concluded_on)");
              set_column(prosecuted(d), "b", "add_days(a, 1)");
            }),
            "unit.prosecuted_person.columns.a: the column is made from itself: a → b → a\n"
            "unit.prosecuted_person.columns.b: the column is made from itself: b → a → b\n");
}

TEST(UnitFaults, ANameStandsForOneColumn) {
  EXPECT_EQ(faults_after([](Definitions& d) { set_column(arrested(d), "case_id", "only(case_id)"); }),
            "unit.arrested_person.columns.case_id: the key has a column 'case_id' already: each needs its own name\n");
  EXPECT_EQ(
      faults_after([](Definitions& d) { set_column(prosecuted(d), "arrested", "true == true"); }),
      "unit.prosecuted_person.columns.arrested: the lookup 'arrest' takes a column 'arrested' already: each needs "
      "its own name\n");
  EXPECT_EQ(
      faults_after([](Definitions& d) { set_column(named(d.units, "late_person"), "outcome", "due_on"); }),
      "unit.late_person.columns.outcome: the source 'prosecuted_person' has a column 'outcome' already: each needs "
      "its own name\n");
}

TEST(UnitFaults, WorkdaysNeedHolidays) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.calendar.holidays.clear(); }),
            "unit.prosecuted_person.columns.due_on: add_workdays needs a table of holidays: name one under [calendar], "
            "holidays = \"holidays\", with columns date and works\n");
}

// ----------------------------------------------------------------------------------------------- faults of lookups

TEST(LookupFaults, NamesAreOfTheirSide) {
  EXPECT_EQ(faults_after([](Definitions& d) { arrest(d).from = "arested_person"; }),
            "unit.prosecuted_person.lookup.arrest.from: no unit or table 'arested_person'; did you mean "
            "'arrested_person'?\n");
  EXPECT_EQ(faults_after([](Definitions& d) { arrest(d).on.front().first = "case_id"; }),
            "unit.prosecuted_person.lookup.arrest.on: the unit has no column 'case_id'; did you mean 'case_no'?\n");
  EXPECT_EQ(
      faults_after([](Definitions& d) { arrest(d).take.push_back("ofice"); }),
      "unit.prosecuted_person.lookup.arrest.take: 'arrested_person' has no column 'ofice'; did you mean 'office'?\n");
}

TEST(LookupFaults, KeysThatCanNeverBeEqualAreRefused) {
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.tables, "prosecution_review").columns[0].type = Type::integer; }),
            "unit.prosecuted_person.lookup.arrest.on: 'case_no' is integer and 'case_id' of 'arrested_person' is text: "
            "they are never equal, declare both alike\n");
}

TEST(LookupFaults, ManyToManyIsRefusedWithAdvice) {
  EXPECT_EQ(faults_after([](Definitions& d) { arrest(d).on.pop_back(); }),
            "unit.prosecuted_person.lookup.arrest.on: 'arrested_person' has one row for each \"case_id\", "
            "\"person_id\", and 'person_id' is not given: many of its rows could be found for one (many to many). "
            "Collapse it to this side in a unit of its own, one_row_per = [\"case_id\"], and look that up\n");
}

TEST(LookupFaults, WhatItGoesByIsThereBeforeIt) {
  const std::string told = faults_after([](Definitions& d) {
    set_column(prosecuted(d), "copy", "coalesce(arrested, after_arrest)");
    arrest(d).on.emplace_back("copy", "arrested");
  });
  EXPECT_NE(told.find("lookup.arrest.on: 'copy' is itself looked up"), std::string::npos) << told;
}

TEST(LookupFaults, OtherwiseIsOfAColumnTakenAndOfItsType) {
  EXPECT_EQ(faults_after([](Definitions& d) { arrest(d).otherwise["decision"] = std::string("approved"); }),
            "unit.prosecuted_person.lookup.arrest.otherwise.decision: 'decision' is not taken; known: arrested\n");
  EXPECT_EQ(faults_after([](Definitions& d) { arrest(d).otherwise["arrested"] = std::string("no"); }),
            "unit.prosecuted_person.lookup.arrest.otherwise.arrested: 'no' cannot stand in a column of type boolean\n");
  EXPECT_EQ(faults_after([](Definitions& d) {
              arrest(d).take.push_back("decision");
              arrest(d).otherwise["decision"] = std::string("aproved");
            }),
            "unit.prosecuted_person.lookup.arrest.otherwise.decision: 'aproved' is not listed; did you mean "
            "'approved'?\n");
}

// ----------------------------------------------------------------------------------------------- what counts on units

TEST(AggregateFaults, DatesAndPredicatesAreOfTheUnit) {
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.aggregates, "refused").date = "decision"; }),
            "aggregate.refused.date: column 'decision' is category: it should be a date column\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.aggregates, "refused").unit = "arrested_persn"; }),
            "aggregate.refused.unit: no unit or table 'arrested_persn'; did you mean 'arrested_person'?\n");
  EXPECT_NE(faults_after([](Definitions& d) {
              named(d.aggregates, "refused").where = Expression::parse("decision == 'refusd'");
            }).find("'refused'"),
            std::string::npos);
}

TEST(AggregateFaults, PendingIsPlacedByItsTwoDates) {
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.aggregates, "pending_persons").closed = "outcome"; }),
            "aggregate.pending_persons.closed: column 'outcome' is category: it should be a date column\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.aggregates, "pending_persons").date = "received_on"; }),
            "aggregate.pending_persons.date: what is pending has no date: opened and closed place it\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.aggregates, "refused").opened = "decided_on"; }),
            "aggregate.refused.opened: only what is pending has opened: kind = \"pending\"\n");
}

TEST(IndicatorFaults, AStockIsOfOnePendingAggregate) {
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.indicators, "stock").of = Formula::parse("refused"); }),
            "indicator.stock.of: 'refused' is an aggregate of kind count: a stock takes what is pending\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.indicators, "stock").at = "end"; }),
            "indicator.stock.at: 'end' is no word for it; known: opening, closing\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.indicators, "refusals").at = "opening"; }),
            "indicator.refusals.at: only a stock has a time: kind = \"stock\"\n");
  EXPECT_EQ(faults_after([](Definitions& d) {
              named(d.indicators, "clearance").denominator = Formula::parse("opening(refused)");
            }),
            "indicator.clearance.denominator: opening(refused): 'refused' is an aggregate of kind count, and only "
            "what is pending has an opening\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.indicators, "refusals").mature_after = -1; }),
            "indicator.refusals.mature_after: negative: days after the end of a period\n");
}

// ----------------------------------------------------------------------------------------------- dimensions, calendar

TEST(DimensionFaults, BandsAscendAndAreOfIntegers) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.dimensions.front().bands = {18, 18}; }),
            "dimension.office.bands: 18 comes after 18: bands begin at ascending numbers\n"
            "dimension.office.bands: column 'office' of 'arrested_person' is category: bands are of integers\n"
            "dimension.office.bands: column 'unit_code' of 'prosecuted_person' is category: bands are of integers\n");
}

TEST(DimensionFaults, AHierarchyIsByATableOrByPrefixes) {
  const auto told = [](Hierarchy hierarchy) {
    return faults_after([&](Definitions& d) { d.dimensions.front().hierarchy = std::move(hierarchy); });
  };
  EXPECT_EQ(told({.prefixes = {2, 4, 6}, .levels = {"province", "city", "county"}}), "");
  EXPECT_EQ(told({.table = "offices", .levels = {"region"}}),
            "dimension.office.hierarchy.table: no table 'offices'; known: arrest_review, "
            "prosecution_review, holidays\n");
  EXPECT_EQ(told({.table = "holidays"}),
            "dimension.office.hierarchy.levels: no names: name the levels above, coarsest first\n"
            "dimension.office.hierarchy.table: 'holidays' has no column 'code': a hierarchy has code and parent\n"
            "dimension.office.hierarchy.table: 'holidays' has no column 'parent': a hierarchy has code and parent\n");
  EXPECT_EQ(told({.prefixes = {4, 2}, .levels = {"a", "b"}}),
            "dimension.office.hierarchy.prefixes: 2 comes after 4: prefixes grow longer, from 1 character\n");
  EXPECT_EQ(told({.prefixes = {2, 4}, .levels = {"a"}}),
            "dimension.office.hierarchy.levels: 1 for 2 prefixes: each has its name\n");
  EXPECT_EQ(told({.levels = {"a"}}),
            "dimension.office.hierarchy: no table and no prefixes: one of them says what is above a code\n");
}

TEST(DimensionFaults, LevelsAreNamedOnce) {
  const auto told = [](std::vector<std::string> levels) {
    return faults_after([&](Definitions& d) {
      d.dimensions.push_back({.id = "charge", .hierarchy = {.prefixes = {2}, .levels = {"chapter"}}});
      d.dimensions.front().hierarchy = {.prefixes = {2, 4}, .levels = std::move(levels)};
    });
  };
  EXPECT_EQ(told({"province", "city"}), "");
  EXPECT_EQ(told({"province", "province"}), "dimension.office.hierarchy.levels: 'province' stands twice\n");
  for (const char* taken : {"office", "charge", "chapter"})
    EXPECT_NE(told({taken, "city"}).find("is a dimension or a level of another"), std::string::npos) << taken;
  EXPECT_NE(told({"value", "city"}).find("a result has a column 'value' already"), std::string::npos);
}

TEST(DimensionFaults, BandsHaveNoHierarchy) {
  EXPECT_EQ(faults_after([](Definitions& d) {
              d.dimensions = {{.id = "age", .bands = {18}, .hierarchy = {.prefixes = {1}, .levels = {"ten"}}}};
            }),
            "dimension.age.bands: bands have no hierarchy: leave one of both out\n");
}

TEST(DimensionFaults, BandsOfTheColumnsOfItsOwnNameAreOfIntegersToo) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.dimensions = {{.id = "outcome", .bands = {18}}}; }).substr(0, 96),
            "dimension.outcome.bands: column 'outcome' of 'late_person' is category: bands are of integers\n"
            "di");
}

TEST(CalendarFaults, HolidaysAreATableOfDaysAndWhetherTheyWork) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.calendar.holidays = "holiday"; }),
            "calendar.holidays: no table 'holiday'; did you mean 'holidays'?\n");
  EXPECT_EQ(faults_after([](Definitions& d) { named(d.tables, "holidays").columns[1].type = Type::text; }),
            "calendar.holidays: column 'works' of 'holidays' is text: it should be boolean\n");
}

TEST(TableFaults, OnlyABlankDateIsNotYet) {
  EXPECT_EQ(faults_after([](Definitions& d) { d.tables[0].columns[2].empty_is_not_yet = true; }),
            "table.arrest_review.columns.office.empty: only a blank date can mean not yet\n");
}

}  // namespace
}  // namespace casemetry
