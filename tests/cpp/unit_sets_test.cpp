// SPDX-License-Identifier: Apache-2.0
// The sets that a unit makes of its rows: `set`, `bag`, `earliest` and `latest`, on tables small enough to count by
// hand and on tables of chance.
#include "unit_samples.hpp"

#include <map>
#include <random>

namespace casemetry {
namespace {

using namespace samples;
using testing::Cells;

// Discoveries: which source found a lead, and when.
const Texts lead{"a", "b", "a", "a", "b", "c", "d"};
const Texts source{"report", "model_1", "hotline", "hotline", "", "model_1", ""};
const Dates found_on{day(2024, 3, 1), day(2024, 1, 5), day(2024, 1, 1), day(2024, 1, 1), day(2024, 1, 1), {},
                     day(2024, 1, 1)};
const Numbers round{1, 1, 2, 3, 4, 5, 6};

Table discoveries() {
  return Table::of({column("id", lead), column("source", source), column("on", found_on), column("round", round)});
}

Table leads(ColumnTexts columns) {
  return person(discoveries(), std::move(columns));
}

TEST(Set, IsOfTheValuesOfAUnitEachOnceAndEmptyWithoutAny) {
  const Table table = leads({{"sources", "set(source)"}});
  EXPECT_EQ(cells_of(table, "id"), (Cells{"a", "b", "c", "d"}));
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{hotline, report}", "{model_1}", "{model_1}", "{}"}));
  EXPECT_EQ(table.column("sources").type(), Type::set);
  EXPECT_EQ(table.column("sources").report().missing, 0);
}

TEST(Bag, CountsRepeats) {
  EXPECT_EQ(cells_of(leads({{"log", "bag(source)"}}), "log"),
            (Cells{"{hotline, hotline, report}", "{model_1}", "{model_1}", "{}"}));
}

TEST(Earliest, IsTheSetOfValuesAtTheFirstTimeSoThatNoOrderOfRowsDecides) {
  const Table table = leads({{"first", "earliest(source by on)"}, {"last", "latest(source by on)"}});
  EXPECT_EQ(cells_of(table, "first"), (Cells{"{hotline}", "{model_1}", "{}", "{}"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"{report}", "{model_1}", "{}", "{}"}));
  EXPECT_EQ(cells_of(leads({{"last", "latest(source by round)"}}), "last"),
            (Cells{"{hotline}", "{model_1}", "{model_1}", "{}"}));
}

TEST(Earliest, HasAllValuesOfATie) {
  const Texts ids{"a", "a", "a"};
  const Texts sources{"y", "x", "z"};
  const Numbers times{1, 1, 2};
  const Table table = person(Table::of({column("id", ids), column("source", sources), column("t", times)}),
                             {{"first", "earliest(source by t)"}, {"last", "latest(source by t)"}});
  EXPECT_EQ(cells_of(table, "first"), (Cells{"{x, y}"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"{z}"}));
}

TEST(Set, TakesTheRowsOfItsCondition) {
  const Table table = leads({{"sources", "set(source where on < 2024-02-01)"},
                             {"last", "latest(source by on where round != 1)"},
                             {"many", "size(set(source)) >= 2"},
                             {"by_model", "has(set(source), 'model_1')"}});
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{hotline}", "{model_1}", "{}", "{}"}));
  EXPECT_EQ(cells_of(table, "last"), (Cells{"{hotline}", "{}", "{}", "{}"}));
  EXPECT_EQ(cells_of(table, "many"), (Cells{"true", "false", "false", "false"}));
  EXPECT_EQ(cells_of(table, "by_model"), (Cells{"false", "true", "true", "false"}));
}

TEST(Set, CountsTheRowsThatItSkipsForTheirConditionOrTheirTime) {
  const auto skipped = [](const std::string& value) {
    RowSets rows({{"events", discoveries()}}, Catalogue(persons({{"x", value}})));
    rows.at("person").column("x");
    return rows.unit_reports().front().columns.front().skipped;
  };
  EXPECT_EQ(skipped("set(source)"), 0);
  EXPECT_EQ(skipped("set(source where on < 2024-02-01)"), 1);
  EXPECT_EQ(skipped("earliest(source by on)"), 1);
  EXPECT_EQ(skipped("earliest(source by on where on < 2024-02-01)"), 1);
}

TEST(Set, KeepsDeclaredOrderAndWhatIsNotListed) {
  Definitions made = persons({{"sources", "set(source)"}, {"only_models", "within(sources, ['model_1'])"}});
  made.tables.front().columns = {{.name = "id"},
                                 {.name = "source", .type = Type::category, .values = {"report", "model_1"}}};
  const Table table = units({{"events", discoveries()}}, Catalogue(made), "person");
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{report, hotline}", "{model_1}", "{model_1}", "{}"}));
  EXPECT_EQ(table.column("sources").listed(), 2U);
  EXPECT_EQ(table.column("sources").report().unlisted, 1);
  EXPECT_EQ(cells_of(table, "only_models"), (Cells{"false", "true", "true", "false"}));
}

TEST(Set, IsLookedUpLikeOtherColumnsAndMissingWhereNothingIsFound) {
  const Texts ids{"b", "e", "a"};
  const Definitions made =
      units_of({{.id = "leads"}, {.id = "events"}},
               {unit("found", "events", {"id"}, {{"sources", "set(source)"}}),
                unit("lead", "leads", {}, {{"n", "size(sources)"}},
                     {{.name = "found", .from = "found", .on = {{"id", "id"}}, .take = {"sources"}}})});
  const Table table =
      units({{"leads", Table::of({column("id", ids)})}, {"events", discoveries()}}, Catalogue(made), "lead");
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{model_1}", "-", "{hotline, report}"}));
  EXPECT_EQ(cells_of(table, "n"), (Cells{"1", "-", "2"}));
}

// A lead without a discovery is known to have no source; of one with a doubtful key nothing is known.
TEST(Set, IsEmptyWhereNothingIsFoundIfTheLookupSaysSo) {
  const Texts ids{"b", "e", "a"};
  Lookup lookup{.name = "found", .from = "found", .on = {{"id", "id"}}, .take = {"sources"}};
  lookup.otherwise = {{"sources", EmptySet{}}};
  const Definitions made =
      units_of({{.id = "leads"}, {.id = "events"}}, {unit("found", "events", {"id"}, {{"sources", "set(source)"}}),
                                                     unit("lead", "leads", {}, {{"n", "size(sources)"}}, {lookup})});
  EXPECT_EQ(Catalogue::from_json(Catalogue(made).json()).json(), Catalogue(made).json());
  const Table table =
      units({{"leads", Table::of({column("id", ids)})}, {"events", discoveries()}}, Catalogue(made), "lead");
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{model_1}", "{}", "{hotline, report}"}));
  EXPECT_EQ(cells_of(table, "n"), (Cells{"1", "0", "2"}));
}

TEST(Set, IsNoOtherValueAndTakesNoOther) {
  const auto refused = [](const std::string& take, const Literal& value) {
    Lookup lookup{.name = "found", .from = "found", .on = {{"id", "id"}}, .take = {take}};
    lookup.otherwise = {{take, value}};
    const Definitions made =
        units_of({{.id = "leads"}, {.id = "events", .columns = {{.name = "id"}, {.name = "source"}}}},
                 {unit("found", "events", {"id"}, {{"sources", "set(source)"}, {"n", "count(true)"}}),
                  unit("lead", "leads", {}, {}, {lookup})});
    return message_of([&] { Catalogue{made}; });
  };
  EXPECT_TRUE(has(refused("n", EmptySet{}), {"[], the empty set, cannot stand in a column of type integer"}));
  EXPECT_TRUE(has(refused("sources", std::string("report")), {"'report' cannot stand in a column of type set"}));
}

TEST(Set, CanAgreeInAUnitOfUnits) {
  const Texts ids{"x", "x"};
  Sets sets;
  sets.add(std::vector<std::uint32_t>{0});
  sets.add(std::vector<std::uint32_t>{});
  const auto agreed = [&](const std::vector<std::uint32_t>& codes) {
    const Table texts = Table::of({column("id", ids)});
    const Table table({texts.column("id"), Column::of_sets("s", codes, sets, {"a"}, 0)});
    return cells_of(person(table, {{"s", "only(s)"}}), "s");
  };
  EXPECT_EQ(agreed({0, 0}), (Cells{"{a}"}));
  EXPECT_EQ(agreed({0, 1}), (Cells{"-"}));
  EXPECT_EQ(agreed({1, 2}), (Cells{"{}"}));
}

TEST(Set, IsNeitherKeyNorDimension) {
  const std::vector<ColumnDefinition> declared{{.name = "id"}, {.name = "source"}};
  Definitions keyed = persons({});
  keyed.tables.front().columns = declared;
  keyed.units.push_back(unit("lead", "events", {"id"}, {{"sources", "set(source)"}}));
  keyed.units.push_back(unit("pattern", "lead", {"sources"}));
  EXPECT_TRUE(has(message_of([&] { Catalogue{keyed}; }), {"unit.pattern.one_row_per", "'sources' is a set"}));
  Definitions counted = persons({{"sources", "set(source)"}});
  counted.tables.front().columns = declared;
  counted.dimensions.push_back({.id = "sources", .from = {{"person", "sources"}}});
  EXPECT_TRUE(has(message_of([&] { Catalogue{counted}; }), {"'sources' of 'person' is a set", "size(sources)"}));
}

TEST(Set, IsDeclaredWithItsMembersAndOldSpellings) {
  const Catalogue catalogue = Catalogue::from_json(R"({"schema": 1, "id": "test", "table": {"leads": {"columns": {
      "sources": {"type": "set", "values": ["report", "model_1"], "aliases": {"model 1": "model_1"}}}}}})");
  const ColumnDefinition& column = catalogue.definitions().tables.front().columns.front();
  EXPECT_EQ(column.type, Type::set);
  EXPECT_EQ(column.values, (Texts{"report", "model_1"}));
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).json(), catalogue.json());
}

// Any and exclusive contribution are ordinary counts: of sets that meet the group, and of those that lie within it.
TEST(Set, IsCountedByWhatItMeetsAndWhatItLiesWithin) {
  Sets sets;
  for (const std::vector<std::uint32_t>& members : {std::vector<std::uint32_t>{0}, {0, 1}, {1}, {}}) sets.add(members);
  const Table leads({Column::of_sets("sources", {0, 0, 1, 2, 3, 4}, sets, {"model_1", "report"}, 0)});
  const Cube cube = cube_of(leads, definitions({aggregate("any", "meets(sources, ['model_1'])"),
                                                aggregate("exclusive", "within(sources, ['model_1'])"),
                                                aggregate("unattributed", "size(sources) == 0")}));
  const Block& block = *cube.block("cases", "");
  EXPECT_EQ(block.units, Counts{6});
  EXPECT_EQ(counts_of(block, "any").yes, Counts{3});
  EXPECT_EQ(counts_of(block, "exclusive").yes, Counts{2});
  EXPECT_EQ(counts_of(block, "unattributed").yes, Counts{1});
  EXPECT_EQ(counts_of(block, "any").unknown, Counts{1});  // the missing set
  EXPECT_THROW(cube_of(leads, definitions({aggregate("all")}), {.by = {"sources"}}), DefinitionError);
}

// The same rule, unit by unit: the values at the first time, joined in order.
TEST(Set, IsTheSameAsWrittenRowByRowOnTablesOfChance) {
  std::mt19937 chance(7);
  Texts ids;
  Texts sources;
  Numbers times;
  std::map<std::string, std::map<std::int64_t, std::set<std::string>>> by_time;
  std::map<std::string, std::multiset<std::string>> all;
  for (int row = 0; row < 200'000; ++row) {
    ids.push_back("u" + std::to_string(chance() % 40'000));
    const auto member = chance() % 12;
    sources.push_back(member == 0 ? "" : "s" + std::to_string(10 + member));
    times.push_back(chance() % 9 == 0 ? std::nullopt : std::optional<std::int64_t>(chance() % 5));
    all[ids.back()];
    if (member == 0) continue;
    all[ids.back()].insert(sources.back());
    if (times.back()) by_time[ids.back()][*times.back()].insert(sources.back());
  }
  const auto joined = [](const auto& members) {
    std::string text;
    for (const std::string& member : members) text += (text.empty() ? "" : ", ") + member;
    return "{" + text + "}";
  };
  const Table table = person(Table::of({column("id", ids), column("source", sources), column("t", times)}),
                             {{"set", "set(source)"},
                              {"bag", "bag(source)"},
                              {"first", "earliest(source by t)"},
                              {"last", "latest(source by t)"}});
  Cells set;
  Cells bag;
  Cells first;
  Cells last;
  for (const auto& [id, members] : all) {
    set.push_back(joined(std::set<std::string>(members.begin(), members.end())));
    bag.push_back(joined(members));
    const auto& timed = by_time[id];
    first.push_back(timed.empty() ? "{}" : joined(timed.begin()->second));
    last.push_back(timed.empty() ? "{}" : joined(timed.rbegin()->second));
  }
  EXPECT_EQ(cells_of(table, "set"), set);
  EXPECT_EQ(cells_of(table, "bag"), bag);
  EXPECT_EQ(cells_of(table, "first"), first);
  EXPECT_EQ(cells_of(table, "last"), last);
}

}  // namespace
}  // namespace casemetry
