// SPDX-License-Identifier: Apache-2.0
// Bands of numbers, hierarchies of codes, and questions by their levels.
#include <casemetry/query.hpp>

#include "cubes.hpp"

namespace casemetry {
namespace {

using namespace samples;

// ----------------------------------------------------------------------------------------------- bands

Definitions by_age(std::vector<std::int64_t> bands, Type type = Type::integer) {
  Definitions made = definitions({aggregate("all")});
  made.tables.front().columns = {{.name = "age", .type = type}};
  made.dimensions = {{.id = "ages", .from = {{"cases", "age"}}, .bands = std::move(bands)}};
  return made;
}

Cube ages_of(const Numbers& ages, std::vector<std::int64_t> bands) {
  return cube_of(Table::of({column("age", ages)}), by_age(std::move(bands)), {.by = {"ages"}});
}

TEST(Bands, HaveALabelEachInOrder) {
  const Cube cube = ages_of({40, 17, 18, 24, 25, 34, 35, {}}, {18, 25, 35});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"<18", "18–24", "25–34", "≥35"}));
  EXPECT_EQ(labels(cube, cube.blocks()[0]), (Texts{"<18", "18–24", "25–34", "≥35", "-"}));
  EXPECT_EQ(cube.blocks()[0].units, (std::vector<std::int64_t>{1, 2, 2, 2, 1}));
}

TEST(Bands, OfOneNumberAreCalledByIt) {
  const Cube cube = ages_of({13, 14, 15}, {14, 15});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"<14", "14", "≥15"}));
}

TEST(Bands, TakeNegativeNumbersAndExtremes) {
  const Cube cube = ages_of({-3, std::numeric_limits<std::int64_t>::max(), 0}, {0, 7});
  EXPECT_EQ(labels(cube, cube.blocks()[0]), (Texts{"<0", "0–6", "≥7"}));
}

TEST(Bands, MayBeMany) {
  std::vector<std::int64_t> bands(100);
  std::iota(bands.begin(), bands.end(), 1);
  const Cube cube = ages_of({0, 1, 57, 100, 101, {}}, bands);
  EXPECT_EQ(labels(cube, cube.blocks()[0]), (Texts{"<1", "1", "57", "≥100", "-"}));
}

TEST(Bands, AreOfIntegersOnly) {
  Definitions made = by_age({18});
  made.tables.front().columns.clear();
  const Table table = Table::of({column("age", Texts{"17"})});
  const std::string message = message_of([&] { cube_of(table, made, {.by = {"ages"}}); });
  EXPECT_TRUE(has(message, {"dimension.ages.bands", "'age' of 'cases' holds text", "declare it as `integer`"}));
}

TEST(Bands, AreValuesOfAConditionWhetherOrNotTheyOccur) {
  Definitions made = by_age({18, 25, 35});
  made.indicators = {{.id = "count", .of = Formula::parse("all")}};
  const Cube asked = cube_of(Table::of({column("age", Numbers{17, 20, 40})}), made, {.by = {"ages"}});
  const auto value = [&](const char* where) { return query(asked, {.where = Expression::parse(where)}).row(0).value; };
  EXPECT_EQ(value("ages in ['<18', '≥35']"), 2);
  EXPECT_EQ(value("ages == '25–34'"), 0);
  EXPECT_THROW(value("ages == '25-34'"), DefinitionError);  // a hyphen instead of a dash
}

TEST(Bands, BelongToWhatADimensionIs) {
  Cube cube = ages_of({17}, {18});
  const Cube other = ages_of({17}, {18, 25});
  EXPECT_TRUE(has(message_of([&] { cube += other; }), {"dimension 'ages' is defined differently"}));
  EXPECT_EQ(cube + ages_of({40, 3}, {18}), ages_of({3, 17, 40}, {18}));
}

// ----------------------------------------------------------------------------------------------- one dimension, two
// units

TEST(Dimension, OfTwoUnitsHasTheLabelsOfBoth) {
  Definitions made = definitions({aggregate("heard"), aggregate("filed")},
                                 {proportion("share", "heard", "heard"), proportion("other", "filed", "filed")});
  made.aggregates[1].unit = "appeals";
  made.tables.push_back({.id = "appeals"});
  made.dimensions = {{.id = "court", .from = {{"cases", "office"}, {"appeals", "heard_at"}}}};
  const Tables tables{{"cases", Table::of({column("office", Texts{"C", "A"}), column("charge", Texts{"x", "y"})})},
                      {"appeals", Table::of({column("heard_at", Texts{"B", "A"})})}};
  const Cube cube = build(tables, Catalogue(made), {.by = {"court", "charge"}});
  EXPECT_EQ(cube.dimensions()[0].labels, (Texts{"A", "B", "C"}));
  const Result result = query(cube, {.by = {"charge"}});
  EXPECT_EQ(result.row(0).flags.status(), "ok");
  EXPECT_EQ(result.row(result.rows() - 1).flags.status(), "not_available");
  EXPECT_TRUE(has(result.metadata().at("not_available"), {"'appeals' has no dimension 'charge'", "declare which"}));
}

// ----------------------------------------------------------------------------------------------- hierarchies by table

const Texts codes{"41", "4101", "410101", "410102", "4102", "410201", "42", "4201", "420101"};
const Texts parents{"", "41", "4101", "4101", "41", "4102", "", "42", "4201"};
const Texts names{"河南省院", "甲市院", "朝阳区院", "金水区院", "乙市院", "鼓楼区院", "湖北省院", "丙市院", "朝阳区院"};

Table offices(const Texts& code = codes, const Texts& parent = parents, const Texts& name = names) {
  return Table::of({column("code", code), column("parent", parent), column("name", name)});
}

Definitions by_office() {
  Definitions made = definitions({aggregate("all"), aggregate("refused", "decision == 'refused'")},
                                 {proportion("rate", "refused", "all")});
  made.tables.push_back({.id = "offices"});
  made.dimensions = {{.id = "office", .hierarchy = {.table = "offices", .levels = {"province", "city"}}}};
  return made;
}

// Each office refuses one of its cases.
Tables cases_of(const std::vector<std::pair<std::string, int>>& cases, Table hierarchy = offices()) {
  Texts office, decision;
  for (const auto& [code, times] : cases) {
    for (int i = 0; i < times; ++i) {
      office.push_back(code);
      decision.push_back(i == 0 ? "refused" : "approved");
    }
  }
  return {{"cases", Table::of({column("office", office), column("decision", decision)})},
          {"offices", std::move(hierarchy)}};
}

Cube cube_by_office(const Tables& tables, const BuildOptions& options = {.by = {"office"}}) {
  return build(tables, Catalogue(by_office()), options);
}

// `cell numerator/denominator` of each row; `-` is the missing label, a flag stands behind it.
Texts rows_of(const Result& result) {
  Texts texts;
  for (const Result::Row& row : result) {
    std::string text;
    for (const auto& label : row.cell) text += std::string(label.value_or("-")) + " ";
    text += std::to_string(row.numerator->whole()) + "/" + std::to_string(row.denominator->whole());
    if (row.flags.has(Flag::unlisted)) text += " unlisted";
    texts.push_back(text);
  }
  return texts;
}

const std::vector<std::pair<std::string, int>> some_cases{{"410101", 2}, {"410102", 3}, {"4102", 4}, {"41", 5},
                                                          {"420101", 6}, {"999", 7},    {"", 8}};

TEST(Levels, AddUpExactly) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  EXPECT_EQ(rows_of(query(cube, {.by = {"province"}})),
            (Texts{"河南省院 4/14", "湖北省院 1/6", "999 1/7 unlisted", "- 1/8"}));
  EXPECT_EQ(rows_of(query(cube, {.by = {"city"}})),
            (Texts{"河南省院 1/5", "甲市院 2/5", "乙市院 1/4", "丙市院 1/6", "999 1/7 unlisted", "- 1/8"}));
}

TEST(Levels, StandBesideOtherDimensionsAndOneAnother) {
  const Cube cube = cube_by_office(cases_of(some_cases), {.by = {"office", "decision"}});
  EXPECT_EQ(rows_of(query(cube, {.by = {"decision", "province"}, .where = col("province") == "42"})),
            (Texts{"approved 湖北省院 0/5", "refused 湖北省院 1/1"}));
  EXPECT_EQ(rows_of(query(cube, {.by = {"province", "city"}, .where = col("province") == "42"})),
            Texts{"湖北省院 丙市院 1/6"});
}

TEST(Levels, ShowNamesAndTellEqualOnesByCode) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  EXPECT_EQ(rows_of(query(cube, {.by = {"office"}})),
            (Texts{"河南省院 1/5", "朝阳区院（410101） 1/2", "金水区院 1/3", "乙市院 1/4", "朝阳区院（420101） 1/6",
                   "999 1/7 unlisted", "- 1/8"}));
}

TEST(Levels, AreConditionsByCodeOrByName) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  const auto total = [&](const char* where) {
    return rows_of(query(cube, {.where = Expression::parse(where)})).front();
  };
  EXPECT_EQ(total("province == '41'"), "4/14");
  EXPECT_EQ(total("province == '河南省院'"), "4/14");
  EXPECT_EQ(total("city in ['甲市院', '4201'] and office != '金水区院'"), "2/8");
  EXPECT_EQ(total("office == '朝阳区院（420101）'"), "1/6");
  EXPECT_EQ(total("starts_with(office, '4101')"), "2/5");
}

TEST(Levels, CompareACellWithTheOneAbove) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  const Result cities = query(cube, {.by = {"city"}, .where = col("province") == "41", .compare = {"parent"}});
  for (const Result::Row& row : cities) EXPECT_DOUBLE_EQ(row.changes[0].value.value(), 4.0 / 14);
  const Result courts = query(cube, {.by = {"office"}, .where = col("city") == "4101", .compare = {"parent"}});
  for (const Result::Row& row : courts) EXPECT_DOUBLE_EQ(row.changes[0].value.value(), 2.0 / 5);
  const Result provinces = query(cube, {.by = {"province"}, .compare = {"parent"}});
  for (const Result::Row& row : provinces) EXPECT_DOUBLE_EQ(row.changes[0].value.value(), 7.0 / 35);
}

TEST(Levels, AreNoDimensionsToBuildBy) {
  const std::string message = message_of([] { cube_by_office(cases_of(some_cases), {.by = {"province"}}); });
  EXPECT_TRUE(
      has(message, {"'province' is a level of dimension 'office'", "build by 'office', and ask by 'province'"}));
  const Cube cube = cube_by_office(cases_of(some_cases));
  EXPECT_TRUE(has(message_of([&] { query(cube, {.by = {"provinse"}}); }), {"did you mean 'province'"}));
}

TEST(Hierarchy, IsCheckedWhenItIsRead) {
  const auto told = [](const Texts& code, const Texts& parent) {
    return message_of([&] { cube_by_office(cases_of(some_cases, offices(code, parent, code))); });
  };
  EXPECT_TRUE(has(told({"1", "2", "1"}, {"", "1", ""}), {"table 'offices'", "code '1' stands twice"}));
  EXPECT_TRUE(has(told({"1", "2"}, {"", "3"}), {"code '2' is under '3', which is no code"}));
  EXPECT_TRUE(has(told({"1", "2", "3"}, {"3", "1", "2"}), {"is above itself: 1 → 3 → 2 → 1"}));
  EXPECT_TRUE(has(told({"1"}, {"1"}), {"code '1' is above itself: 1 → 1"}));
  EXPECT_TRUE(has(told({"1", ""}, {"", "1"}), {"row 2", "no code"}));
  Tables tables = cases_of(some_cases);
  tables.erase("offices");
  EXPECT_TRUE(has(message_of([&] { cube_by_office(tables); }), {"dimension 'office' needs table 'offices'"}));
}

TEST(Hierarchy, TravelsWithTheCube) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  const Cube read = Cube::from_bytes(cube.bytes());
  EXPECT_EQ(read, cube);
  EXPECT_EQ(rows_of(query(read, {.by = {"city"}})), rows_of(query(cube, {.by = {"city"}})));
  ASSERT_TRUE(cube.dimensions()[0].hierarchy);
  EXPECT_EQ(cube.dimensions()[0].hierarchy->size(), 8U);  // 410201 has no cases
}

TEST(Hierarchy, OfTheSumIsThatOfTheParts) {
  const Cube left = cube_by_office(cases_of({{"410101", 2}, {"999", 1}}));
  const Cube right = cube_by_office(cases_of({{"420101", 3}, {"410102", 1}}));
  const Cube whole = cube_by_office(cases_of({{"410101", 2}, {"410102", 1}, {"420101", 3}, {"999", 1}}));
  EXPECT_EQ(left + right, whole);
  EXPECT_EQ(right + left, whole);
  EXPECT_EQ(whole - left, right);
  EXPECT_EQ((left + right).fingerprint(), whole.fingerprint());
}

TEST(Hierarchy, ThatPutsACodeElsewhereIsAnother) {
  Texts moved = parents;
  moved[1] = "42";
  Cube cube = cube_by_office(cases_of({{"410101", 2}}));
  const Cube other = cube_by_office(cases_of({{"410101", 2}}, offices(codes, moved)));
  EXPECT_NE(cube.fingerprint(), other.fingerprint());
  EXPECT_TRUE(has(message_of([&] { cube += other; }), {"code '4101' is under '41' on the left and under '42'"}));
}

TEST(Hierarchy, ThatDoesNotKnowACodeOfTheOtherIsAnother) {
  Texts fewer_codes = codes;
  Texts fewer_parents = parents;
  fewer_codes.erase(fewer_codes.begin() + 2);
  fewer_parents.erase(fewer_parents.begin() + 2);
  const Cube knows = cube_by_office(cases_of({{"410101", 2}}));
  const Cube does_not = cube_by_office(cases_of({{"410101", 2}}, offices(fewer_codes, fewer_parents, fewer_codes)));
  EXPECT_TRUE(has(message_of([&] { knows + does_not; }), {"the hierarchy on the right does not know code '410101'"}));
  EXPECT_TRUE(has(message_of([&] { does_not + knows; }), {"the hierarchy on the left does not know code '410101'"}));
}

TEST(Hierarchy, CallsItsCodesWithoutChangingWhatIsCounted) {
  const Cube cube = cube_by_office(cases_of({{"410101", 2}}));
  const Cube renamed = cube_by_office(cases_of({{"410101", 2}}, offices(codes, parents, codes)));
  EXPECT_EQ(cube.fingerprint(), renamed.fingerprint());
  EXPECT_EQ(rows_of(query(renamed, {.by = {"province"}})), Texts{"41 1/2"});
}

// ----------------------------------------------------------------------------------------------- hierarchies by
// prefixes

Cube cube_by_prefixes(std::vector<int> prefixes, std::vector<std::string> levels, const Texts& offices_of_cases) {
  Definitions made = definitions({aggregate("all")}, {proportion("rate", "all", "all")});
  made.dimensions = {{.id = "office", .hierarchy = {.prefixes = std::move(prefixes), .levels = std::move(levels)}}};
  return cube_of(Table::of({column("office", offices_of_cases)}), made, {.by = {"office"}});
}

TEST(Prefixes, AreLevels) {
  const Cube cube = cube_by_prefixes({2, 4}, {"province", "city"}, {"410101", "410102", "410201", "420101", "4", ""});
  EXPECT_EQ(rows_of(query(cube, {.by = {"province"}})), (Texts{"41 3/3", "42 1/1", "4 1/1 unlisted", "- 1/1"}));
  EXPECT_EQ(rows_of(query(cube, {.by = {"city"}})),
            (Texts{"4101 2/2", "4102 1/1", "4201 1/1", "4 1/1 unlisted", "- 1/1"}));
}

TEST(Prefixes, AreCountedInCharacters) {
  const Cube cube = cube_by_prefixes({1}, {"kind"}, {"刑一", "刑二", "民一"});
  EXPECT_EQ(rows_of(query(cube, {.by = {"kind"}})), (Texts{"刑 2/2", "民 1/1"}));
}

TEST(Prefixes, AddUpInAnyParts) {
  const Cube left = cube_by_prefixes({2}, {"province"}, {"410101", "42"});
  const Cube right = cube_by_prefixes({2}, {"province"}, {"430101"});
  EXPECT_EQ(rows_of(query(left + right, {.by = {"province"}})), (Texts{"41 1/1", "42 1/1", "43 1/1"}));
}

// ----------------------------------------------------------------------------------------------- drill

TEST(Drill, AsksByTheLevelBelowInsideTheCell) {
  const Cube cube = cube_by_office(cases_of(some_cases), {.by = {"office", "decision"}});
  const Query provinces{.by = {"decision", "province"}, .where = col("decision") == "refused"};
  const Query cities = drill(cube, provinces, {{"province", "41"}});
  EXPECT_EQ(cities.by, (Texts{"decision", "city"}));
  EXPECT_EQ(rows_of(query(cube, cities)), (Texts{"refused 河南省院 1/1", "refused 甲市院 2/2", "refused 乙市院 1/1"}));
  const Query courts = drill(cube, cities, {{"city", "甲市院"}, {"decision", "refused"}});
  EXPECT_EQ(courts.by, (Texts{"decision", "office"}));
  EXPECT_EQ(rows_of(query(cube, courts)), (Texts{"refused 朝阳区院（410101） 1/1", "refused 金水区院 1/1"}));
}

TEST(Drill, GoesIntoCellsWithoutALabelToo) {
  const Cube cube = cube_by_office(cases_of(some_cases));
  EXPECT_EQ(rows_of(query(cube, drill(cube, {.by = {"province"}}, {{"province", {}}}))), Texts{"- 1/8"});
  EXPECT_EQ(rows_of(query(cube, drill(cube, {.by = {"province"}}, {{"province", "999"}}))), Texts{"999 1/7 unlisted"});
}

TEST(Drill, TellsWhatCannotBeOpened) {
  const Cube cube = cube_by_office(cases_of(some_cases), {.by = {"office", "decision"}});
  const Query provinces{.by = {"province", "decision"}};
  EXPECT_TRUE(has(message_of([&] { drill(cube, provinces, {{"city", "4101"}}); }), {"not by 'city'"}));
  EXPECT_TRUE(has(message_of([&] { drill(cube, provinces, {{"province", "43"}}); }), {"no label '43'"}));
  EXPECT_TRUE(has(message_of([&] { drill(cube, provinces, {{"decision", "refused"}}); }), {"no level below"}));
}

}  // namespace
}  // namespace casemetry
