// SPDX-License-Identifier: Apache-2.0
// A cube as a value: adding, taking away, keeping, the canonical form, and cubes as bytes.
#include "cubes.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

namespace casemetry {
namespace {

using namespace samples;

/// Rows of cases, some of them chosen into a table.
struct Rows {
  Texts office, decision;
  Dates on, end;
  Numbers amount;

  Table table(const std::vector<std::size_t>& chosen) const {
    const auto some = [&](const auto& all) {
      auto part = all;
      part.clear();
      for (const std::size_t row : chosen) part.push_back(all[row]);
      return part;
    };
    const auto offices = some(office);
    const auto decisions = some(decision);
    const auto days = some(on);
    const auto ends = some(end);
    const auto amounts = some(amount);
    return Table::of({column("office", offices), column("decision", decisions), column("on", days), column("end", ends),
                      column("amount", amounts)});
  }
};

Rows random_rows(std::size_t n) {
  Rows rows;
  std::mt19937 chance(7);
  const auto one_of = [&](unsigned most) { return std::uniform_int_distribution<unsigned>(0, most)(chance); };
  for (std::size_t row = 0; row < n; ++row) {
    rows.office.push_back(Texts{"A", "B", "丙", "D", ""}[one_of(4)]);
    rows.decision.push_back(Texts{"refused", "approved", "returned", ""}[one_of(3)]);
    rows.on.push_back(one_of(9) == 0 ? std::nullopt : day(2024, 1 + one_of(2), 1 + one_of(27)));
    rows.end.push_back(one_of(9) == 0 ? std::nullopt : day(2024, 4, 1 + one_of(27)));
    rows.amount.push_back(one_of(9) == 0 ? std::nullopt : std::optional(std::int64_t{one_of(2000)} - 1000));
  }
  return rows;
}

std::vector<std::size_t> numbered(std::size_t begin, std::size_t end, std::size_t step = 1) {
  std::vector<std::size_t> rows;
  for (std::size_t row = begin; row < end; row += step) rows.push_back(row);
  return rows;
}

Definitions everything() {
  const std::vector<ColumnDefinition> columns{
      {.name = "office", .type = Type::category},
      {.name = "decision", .type = Type::category, .values = {"refused", "approved"}},
      {.name = "on", .type = Type::date},
      {.name = "end", .type = Type::date},
      {.name = "amount", .type = Type::integer}};
  Definitions made = definitions({placed(aggregate("refused", "decision == 'refused'"), "on"),
                                  placed(aggregate("decided", "not is_null(decision)", "office != 'D'"), "on"),
                                  sum_of("amount", "amount"), days_between("took", "on", "end")},
                                 {proportion("rate", "refused", "decided")});
  made.tables = {{.id = "cases", .columns = columns}};
  return made;
}

const BuildOptions by_both{.by = {"office", "decision"}};

Cube part_of(const Rows& rows, const std::vector<std::size_t>& chosen, BuildOptions options = by_both) {
  return cube_of(rows.table(chosen), everything(), options);
}

// ------------------------------------------------------------------------------------------------------------ adding

TEST(CubeValue, IsTheSameFromAnyPartsInAnyOrder) {
  const Rows rows = random_rows(300);
  const Cube whole = part_of(rows, numbered(0, 300));
  const Cube first = part_of(rows, numbered(0, 17));
  const Cube second = part_of(rows, numbered(17, 300, 2));
  const Cube third = part_of(rows, numbered(18, 300, 2));
  const Cube none = part_of(rows, {});
  EXPECT_EQ((first + second + third).fingerprint(), whole.fingerprint());
  EXPECT_EQ((third + none + (second + first)).fingerprint(), whole.fingerprint());
  EXPECT_EQ(third + first + second, whole);
  EXPECT_EQ(whole.fingerprint().size(), 64U);
  EXPECT_NE(whole.fingerprint(), first.fingerprint());
  EXPECT_TRUE(std::ranges::equal((first + second + third).blocks(), whole.blocks()));
}

TEST(CubeValue, IsWhatItWasAfterAddingAndTakingAway) {
  const Rows rows = random_rows(200);
  const Cube before = part_of(rows, numbered(0, 120), {.by = by_both.by, .as_of = day(2024, 1, 31)});
  const Cube month = part_of(rows, numbered(120, 200), {.by = by_both.by, .as_of = day(2024, 2, 29)});
  Cube cube = before;
  cube += month;
  EXPECT_EQ(cube.as_of(), day(2024, 2, 29));
  EXPECT_EQ(cube.rows().at("cases"), 200);
  cube -= month;
  EXPECT_EQ(cube.fingerprint(), before.fingerprint());
  EXPECT_EQ(cube.rows(), before.rows());
  EXPECT_EQ(cube.reports().at("cases")[0].rows, 120);
}

TEST(CubeValue, AddsCountsCellByCell) {
  const Texts left{"A", "B"};
  const Texts right{"C", "B", "B"};
  const Definitions made = definitions({aggregate("in_b", "office == 'B'")});
  const auto cube = [&](const Texts& offices) {
    return cube_of(Table::of({column("office", offices)}), made, {.by = {"office"}});
  };
  const Cube both = cube(left) + cube(right);
  EXPECT_EQ(labels(both, both.blocks()[0]), (Texts{"A", "B", "C"}));
  EXPECT_EQ(both.blocks()[0].units, (Counts{1, 3, 1}));
  EXPECT_EQ(both.blocks()[0].aggregates[0].yes, (Counts{0, 3, 0}));
  Cube twice = both;
  twice += twice;
  EXPECT_EQ(twice.blocks()[0].units, (Counts{2, 6, 2}));
}

TEST(CubeValue, PutsTheLabelsOfAllPartsInDeclaredOrder) {
  ColumnDefinition kind{.name = "kind", .type = Type::category, .values = {"z", "y", "x"}};
  Definitions made = definitions({aggregate("all")});
  made.tables = {{.id = "cases", .columns = {kind}}};
  const auto cube = [&](const Texts& kinds) {
    return cube_of(Table::of({column("kind", kinds)}), made, {.by = {"kind"}});
  };
  const Cube both = cube({"x", "odd"}) + cube({"a", "z"});
  EXPECT_EQ(both.dimensions()[0].labels, (Texts{"z", "x", "a", "odd"}));
  EXPECT_EQ(both.dimensions()[0].listed, 2U);
}

TEST(CubeValue, ListsALabelOnlyWhileAnOpenColumnHasIt) {
  ColumnDefinition closed{.name = "kind", .type = Type::category, .values = {"z"}};
  Aggregate other = aggregate("others");
  other.unit = "others";
  Definitions made = definitions({aggregate("all"), other});
  made.tables = {{.id = "cases", .columns = {closed}}, {.id = "others"}};
  const auto cube = [&](const Texts& cases, const Texts& others) {
    return build({{"cases", Table::of({column("kind", cases)})}, {"others", Table::of({column("kind", others)})}},
                 Catalogue(made), {.by = {"kind"}});
  };
  const Cube unlisted = cube({"z", "b"}, {"c"});
  EXPECT_EQ(unlisted.dimensions()[0].labels, (Texts{"z", "c", "b"}));
  EXPECT_EQ(unlisted.dimensions()[0].listed, 2U);
  const Cube open = cube({}, {"b"});
  EXPECT_EQ((unlisted + open).dimensions()[0].labels, (Texts{"z", "b", "c"}));
  EXPECT_EQ((unlisted + open).dimensions()[0].listed, 3U);
  EXPECT_EQ(unlisted + open - open, unlisted);
}

// ----------------------------------------------------------------------------------------------------------- refused

std::string refusal(const auto& action) {
  try {
    action();
  } catch (const MergeError& error) {
    return error.what();
  }
  return "no MergeError was thrown";
}

TEST(CubeMerge, NamesTheAggregatesThatDiffer) {
  const Texts offices{"A", "B"};
  const Table table = Table::of({column("office", offices)});
  const Cube left =
      cube_of(table, definitions({aggregate("same"), aggregate("x", "office == 'A'"), aggregate("left")}));
  const Cube right =
      cube_of(table, definitions({aggregate("same"), aggregate("x", "office == 'B'"), aggregate("right")}));
  EXPECT_TRUE(has(refusal([&] { left + right; }), {"defined differently: 'x'", "only the left has: 'left'",
                                                   "only the right has: 'right'", "keep(['same'])"}));
  const std::string same[] = {"same"};
  EXPECT_EQ((left.keep(same) + right.keep(same)).blocks()[0].units, Counts{4});
}

TEST(CubeMerge, RefusesOtherDimensions) {
  const Texts texts{"A"};
  const Table table = Table::of({column("a", texts), column("b", texts)});
  const auto cube = [&](std::vector<std::string> by) {
    return cube_of(table, definitions({aggregate("all")}), {.by = std::move(by)});
  };
  EXPECT_TRUE(has(refusal([&] { cube({"a", "b"}) + cube({"b", "a"}); }), {"'a', 'b'", "'b', 'a'", "roll_up"}));
  const std::string order[] = {"b", "a"};
  EXPECT_EQ(cube({"a", "b"}).roll_up(order), cube({"b", "a"}));
}

TEST(CubeMerge, RefusesADimensionThatIsDeclaredOtherwise) {
  const Texts kinds{"x"};
  const auto cube = [&](std::vector<std::string> values) {
    Definitions made = definitions({aggregate("all")});
    made.tables = {{.id = "cases", .columns = {{.name = "kind", .type = Type::category, .values = std::move(values)}}}};
    return cube_of(Table::of({column("kind", kinds)}), made, {.by = {"kind"}});
  };
  EXPECT_TRUE(has(refusal([&] { cube({"x", "y"}) + cube({"y", "x"}); }), {"dimension 'kind'", "differently"}));
}

TEST(CubeMerge, RefusesAColumnThatOnlyOneSideHas) {
  const Texts offices{"A"};
  const Definitions made = definitions({aggregate("all"), [] {
                                          Aggregate other = aggregate("others");
                                          other.unit = "others";
                                          return other;
                                        }()});
  const auto cube = [&](const char* of_others) {
    return build(
        {{"cases", Table::of({column("office", offices)})}, {"others", Table::of({column(of_others, offices)})}},
        Catalogue(made), {.by = {"office"}});
  };
  EXPECT_TRUE(has(refusal([&] { cube("office") + cube("place"); }), {"'others'", "other dimensions"}));
}

TEST(CubeMerge, RefusesOtherProportionsAndOtherDecimals) {
  const Rows rows = random_rows(5);
  const Cube with = part_of(rows, numbered(0, 5));
  Definitions made = everything();
  made.indicators.clear();
  const Cube without = cube_of(rows.table(numbered(0, 5)), made, by_both);
  EXPECT_TRUE(has(refusal([&] { with + without; }), {"joint counts", "refused / decided", "same indicators"}));
}

TEST(CubeMerge, KnowsItsParts) {
  const Rows rows = random_rows(30);
  const auto named = [&](std::string name, std::size_t begin) {
    return part_of(rows, numbered(begin, begin + 10), {.by = by_both.by, .part = std::move(name)});
  };
  const Cube a = named("甲市", 0);
  const Cube b = named("乙市", 10);
  const Cube c = named("丙市", 20);
  EXPECT_EQ((a + b).parts(), (std::set<std::string>{"甲市", "乙市"}));
  EXPECT_TRUE(has(refusal([&] { (a + b) + (b + c); }), {"'乙市'", "twice"}));
  EXPECT_TRUE(has(refusal([&] { (a + b) - c; }), {"'丙市' is not inside", "'乙市', '甲市'"}));
  EXPECT_EQ(a + b + c - (a + c), b);
  EXPECT_EQ((a + b + c - (a + c)).parts(), b.parts());
}

TEST(CubeMerge, WantsTheSamePromise) {
  const Rows rows = random_rows(4);
  const Cube promised = part_of(rows, numbered(0, 2), {.by = by_both.by, .partitioned_by = {"office"}, .part = "1"});
  const Cube plain = part_of(rows, numbered(2, 4), {.by = by_both.by, .part = "2"});
  EXPECT_TRUE(has(refusal([&] { promised + plain; }), {"'office'", "none", "partitioned_by"}));
}

TEST(CubeMerge, NamesTheCellThatWouldBecomeNegative) {
  const Texts offices{"A", "B"};
  const Texts more{"B", "B"};
  const auto cube = [&](const Texts& texts) {
    return cube_of(Table::of({column("office", texts)}), definitions({aggregate("in_b", "office == 'B'")}),
                   {.by = {"office"}});
  };
  EXPECT_TRUE(has(refusal([&] { cube(offices) - cube(more); }), {"not inside", "'cases'", "-1", "office = 'B'"}));
}

TEST(CubeMerge, RefusesWhatWouldLeaveMoreTrueThanUnits) {
  const auto cube = [](const Texts& decisions) {
    return cube_of(Table::of({column("decision", decisions)}), definitions({aggregate("yes", "decision == 'y'")}));
  };
  EXPECT_TRUE(has(refusal([&] { cube({"y", "y", "y"}) - cube({"n", "n"}); }), {"'yes'", "more than the 1 units"}));
}

TEST(CubeMerge, LeavesTheCubeAsItWasWhenACountDoesNotFit) {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  const Numbers amounts(2, large);
  const Cube once = cube_of(Table::of({column("amount", amounts)}), definitions({sum_of("recovered", "amount")}));
  Cube cube = once;
  const std::string before = cube.fingerprint();
  EXPECT_THROW(cube += once, DataError);  // 4 (2⁶³ − 1)² is more than 2¹²⁷
  EXPECT_TRUE(has(message_of([&] { cube += once; }), {"'recovered'", "'sum_of_squares'", "128 bits"}));
  EXPECT_EQ(cube.fingerprint(), before);
}

// ---------------------------------------------------------------------------------------------- units and promises

/// A cube that counts one unit of these definitions, as if from so many rows.
Cube counting(const Definitions& made, const std::string& unit, BuildOptions options, std::int64_t units = 1) {
  Cube::Data data{.catalogue = Catalogue(made)};
  data.partitioned_by = std::move(options.partitioned_by);
  data.whole = {options.whole.begin(), options.whole.end()};
  if (!options.part.empty()) data.parts.insert(options.part);
  data.blocks = {{.unit = unit, .months = {undated}, .units = {units}, .aggregates = {{.aggregate = "all"}}}};
  return Cube(data);
}

/// Persons of cases, one for each case and person, who may look up something.
Definitions persons(std::vector<Lookup> lookups = {}) {
  Aggregate all = aggregate("all");
  all.unit = "person";
  Definitions made = definitions({all});
  made.tables = {{.id = "cases", .columns = {{.name = "case_id"}, {.name = "person_id"}, {.name = "judge"}}},
                 {.id = "judges", .columns = {{.name = "name"}, {.name = "court"}}}};
  UnitDefinition person{.id = "person", .from = "cases", .one_row_per = {"case_id", "person_id"}};
  person.columns = {{.name = "judge", .value = Expression::parse("only(judge)")}};
  person.lookups = std::move(lookups);
  made.units = {person};
  return made;
}

TEST(CubePromise, IsWantedForCollapsedUnits) {
  const auto sum = [](BuildOptions options) {
    BuildOptions other = options;
    if (!other.part.empty()) other.part += " again";
    return refusal([&] { counting(persons(), "person", options) + counting(persons(), "person", other); });
  };
  EXPECT_TRUE(has(sum({}), {"unit 'person' is one for each 'case_id', 'person_id'", "partitioned_by", "`part`"}));
  EXPECT_TRUE(has(sum({.partitioned_by = {"judge"}, .part = "1"}), {"partitioned by 'judge' does not exclude it"}));
  EXPECT_TRUE(has(sum({.partitioned_by = {"case_id"}}), {"parts that have a name"}));
  EXPECT_EQ(sum({.partitioned_by = {"case_id"}, .part = "1"}), "no MergeError was thrown");
  EXPECT_EQ(sum({.partitioned_by = {"case_id", "person_id"}, .part = "1"}), "no MergeError was thrown");
}

TEST(CubePromise, HoldsThroughUnitsOfUnits) {
  Definitions made = persons();
  made.units.push_back({.id = "case", .from = "person", .one_row_per = {"case_id"}});
  made.aggregates[0].unit = "case";
  const auto part = [&](std::string promised, std::string name) {
    return counting(made, "case", {.partitioned_by = {std::move(promised)}, .part = std::move(name)});
  };
  EXPECT_EQ((part("case_id", "1") + part("case_id", "2")).blocks()[0].units, Counts{2});
  EXPECT_TRUE(has(refusal([&] { part("person_id", "1") + part("person_id", "2"); }), {"'case'", "'case_id'"}));
}

TEST(CubePromise, ProtectsALookupByItsKeyOrByAWholeTable) {
  const Definitions by_name =
      persons({{.name = "of_judge", .from = "judges", .on = {{"judge", "name"}}, .take = {"court"}}});
  const auto sum = [&](std::vector<std::string> whole) {
    const auto part = [&](std::string name) {
      return counting(by_name, "person", {.partitioned_by = {"case_id"}, .part = std::move(name), .whole = whole});
    };
    return refusal([&] { part("1") + part("2"); });
  };
  EXPECT_TRUE(has(sum({}), {"'person' looks up 'judges'", "another part", "`whole`"}));
  EXPECT_EQ(sum({"judges"}), "no MergeError was thrown");
}

TEST(CubePromise, TellsTheRowsOfAWholeTableOnce) {
  const auto part = [](std::int64_t rows) {
    Cube::Data data{.catalogue = Catalogue(definitions({aggregate("all")}))};
    data.whole = {"judges"};
    data.rows = {{"cases", rows}, {"judges", 7}};
    data.reports = {{"judges", {{.name = "court", .rows = 7}}}};
    return Cube(data);
  };
  const Cube sum = part(2) + part(3);
  EXPECT_EQ(sum.rows(), (std::map<std::string, std::int64_t>{{"cases", 5}, {"judges", 7}}));
  EXPECT_EQ(sum.reports().at("judges")[0].rows, 7);
  EXPECT_EQ((sum - part(3)).rows(), part(2).rows());
}

TEST(CubeValue, OfTheSumIsAskedForWhatEitherWasBuiltFor) {
  const auto built_for = [](std::vector<std::string> indicators, std::map<std::string, std::string> lacking) {
    Cube::Data data{.catalogue = Catalogue(definitions({aggregate("all")}))};
    data.indicators = std::move(indicators);
    data.not_available = std::move(lacking);
    return Cube(data);
  };
  const Cube left = built_for({"rate"}, {{"share", "needs table 'a'"}});
  const Cube right = built_for({"days"}, {{"ratio", "needs table 'b'"}});
  EXPECT_EQ((left + right).indicators(), (Texts{"days", "rate"}));
  EXPECT_EQ((left + right).not_available().size(), 2U);
  EXPECT_EQ((left + right).bytes(), (right + left).bytes());
}

TEST(CubePromise, RefusesToCountAWholeTableOnceAPart) {
  const Texts offices{"A"};
  const Cube cube =
      cube_of(Table::of({column("office", offices)}), definitions({aggregate("all")}), {.whole = {"cases"}});
  EXPECT_TRUE(has(refusal([&] { cube + cube; }), {"all rows of 'cases'", "once a part"}));
}

TEST(CubePromise, FollowsALookupUnderTheNamesOfTheOtherSide) {
  Definitions made = persons({{.name = "trial", .from = "trial", .on = {{"case_id", "number"}}, .take = {"days"}}});
  made.tables.push_back({.id = "hearings", .columns = {{.name = "number"}, {.name = "day", .type = Type::integer}}});
  UnitDefinition trial{.id = "trial", .from = "hearings", .one_row_per = {"number"}};
  trial.columns = {{.name = "days", .value = Expression::parse("count(true)")}};
  made.units.push_back(trial);
  const auto sum = [&](std::vector<std::string> promised) {
    const auto part = [&](std::string name) {
      return counting(made, "person", {.partitioned_by = promised, .part = std::move(name)});
    };
    return refusal([&] { part("1") + part("2"); });
  };
  EXPECT_EQ(sum({"case_id"}), "no MergeError was thrown");
  EXPECT_TRUE(has(sum({"person_id"}), {"'person' looks up 'trial'"}));
}

TEST(CubePromise, NamesWhatItDoesNotKnow) {
  const Texts offices{"A"};
  const Table table = Table::of({column("office", offices)});
  const Definitions made = definitions({aggregate("all")});
  EXPECT_TRUE(has(message_of([&] { cube_of(table, made, {.partitioned_by = {"ofice"}}); }), {"'ofice'", "'office'"}));
  EXPECT_TRUE(has(message_of([&] { cube_of(table, made, {.whole = {"case"}}); }), {"'case'", "'cases'"}));
}

// --------------------------------------------------------------------------------------------------------- smaller

TEST(CubeKeep, HoldsTheseAggregatesAndWhatRestsOnThem) {
  const Rows rows = random_rows(50);
  const Cube cube = part_of(rows, numbered(0, 50));
  const std::string both[] = {"decided", "refused"};
  const Cube kept = cube.keep(both);
  ASSERT_EQ(kept.blocks().size(), 1U);
  EXPECT_EQ(kept.blocks()[0], *cube.block("cases", "on"));
  EXPECT_EQ(kept.catalogue().definitions().indicators.size(), 1U);
  EXPECT_EQ(kept.catalogue().definitions().aggregates.size(), 2U);
  const std::string one[] = {"refused"};
  EXPECT_TRUE(cube.keep(one).blocks()[0].proportions.empty());
  EXPECT_TRUE(cube.keep(one).catalogue().definitions().indicators.empty());
}

TEST(CubeKeep, SuggestsTheNameThatWasMeant) {
  const Cube cube = part_of(random_rows(5), numbered(0, 5));
  const std::string aggregates[] = {"refusd"};
  const std::string dimensions[] = {"ofice"};
  EXPECT_TRUE(has(message_of([&] { cube.keep(aggregates); }), {"aggregate 'refusd'", "'refused'"}));
  EXPECT_TRUE(has(message_of([&] { cube.roll_up(dimensions); }), {"dimension 'ofice'", "'office'"}));
  EXPECT_THROW(cube.keep(aggregates), QueryError);
  EXPECT_THROW(cube.roll_up(dimensions), QueryError);
}

TEST(CubeKeep, RollsUpToWhatFewerDimensionsCount) {
  const Rows rows = random_rows(200);
  const Cube cube = part_of(rows, numbered(0, 200));
  const std::string office[] = {"office"};
  const std::string swapped[] = {"decision", "office"};
  EXPECT_EQ(cube.roll_up(office), part_of(rows, numbered(0, 200), {.by = {"office"}}));
  EXPECT_EQ(cube.roll_up(swapped), part_of(rows, numbered(0, 200), {.by = {"decision", "office"}}));
  EXPECT_EQ(cube.roll_up({}), part_of(rows, numbered(0, 200), {.by = {}}));
}

// ------------------------------------------------------------------------------------------------- canonical form

TEST(CubeFingerprint, StandsAboveLabelsNotesAndProvenance) {
  const Rows rows = random_rows(40);
  Definitions renamed = everything();
  renamed.id = "other";
  renamed.aggregates[0].label = {.zh = "不捕", .en = "Refused"};
  renamed.indicators[0].note = {.zh = "注", .en = ""};
  std::ranges::reverse(renamed.aggregates);
  const Cube other = cube_of(rows.table(numbered(0, 40)), renamed,
                             {.by = by_both.by, .as_of = day(2024, 3, 31), .partitioned_by = {"office"}, .part = "x"});
  EXPECT_EQ(other.fingerprint(), part_of(rows, numbered(0, 40)).fingerprint());
}

TEST(CubeFingerprint, ChangesWithADefinition) {
  const Texts decisions{"refused"};
  const Table table = Table::of({column("decision", decisions)});
  const auto cube = [&](const char* where) { return cube_of(table, definitions({aggregate("x", where)})); };
  EXPECT_NE(cube("decision == 'refused'"), cube("decision in ['refused', 'declined']"));
}

TEST(CubeFingerprint, DoesNotKnowOfLabelsThatNoRowHas) {
  const std::vector<std::string> two{"b", "a"};
  const Texts cells{"b"};
  const Cube cube = cube_of(Table::of({column("kind", cells)}), definitions({aggregate("all")}), {.by = {"kind"}});
  const Cube more = cube_of(Table::of({column("kind", two)}), definitions({aggregate("all")}), {.by = {"kind"}});
  const Texts rest{"a"};
  const Cube less = cube_of(Table::of({column("kind", rest)}), definitions({aggregate("all")}), {.by = {"kind"}});
  EXPECT_EQ(more - less, cube);
  EXPECT_EQ((more - less).dimensions()[0].labels, Texts{"b"});
}

// -------------------------------------------------------------------------------------------------------- as bytes

Cube small_cube() {
  return part_of(
      random_rows(12), numbered(0, 12),
      {.by = by_both.by, .as_of = day(2024, 4, 30), .partitioned_by = {"office"}, .part = "甲", .whole = {"cases"}});
}

TEST(CubeBytes, ReadBackAreTheSameCube) {
  const Cube cube = small_cube();
  const Cube read = Cube::from_bytes(cube.bytes());
  EXPECT_EQ(read, cube);
  EXPECT_TRUE(std::ranges::equal(read.blocks(), cube.blocks()));
  EXPECT_EQ(read.bytes(), cube.bytes());
  EXPECT_EQ(read.as_of(), cube.as_of());
  EXPECT_EQ(read.parts(), cube.parts());
  EXPECT_EQ(read.whole(), cube.whole());
  EXPECT_EQ(read.rows(), cube.rows());
  EXPECT_EQ(read.not_available(), cube.not_available());
  EXPECT_EQ(read.catalogue().json(), cube.catalogue().json());
  EXPECT_EQ(read.reports().at("cases").size(), cube.reports().at("cases").size());
}

std::string repaired(std::string bytes) {
  constexpr std::size_t head = 84;
  bytes.replace(head - 64, 64, sha256(std::string_view(bytes).substr(head)));
  return bytes;
}

TEST(CubeBytes, TellWhatIsWrong) {
  const std::string bytes = small_cube().bytes();
  const auto told = [](const std::string& changed) { return message_of([&] { Cube::from_bytes(changed, "x.cube"); }); };
  EXPECT_TRUE(has(told(""), {"x.cube is not a cube"}));
  EXPECT_TRUE(has(told("PK\3\4 and more of a workbook"), {"x.cube is not a cube"}));
  EXPECT_TRUE(has(told(bytes.substr(0, 30)), {"x.cube is cut off"}));
  EXPECT_TRUE(has(told(bytes.substr(0, bytes.size() - 1)), {"x.cube is cut off", "bytes of"}));
  EXPECT_TRUE(has(told(bytes + "x"), {"too many"}));
  std::string flipped = bytes;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  EXPECT_TRUE(has(told(flipped), {"x.cube is damaged", "checksum"}));
  std::string newer = bytes;
  newer[8] = 2;
  EXPECT_TRUE(has(told(newer), {"a cube of form 2", "reads form 1"}));
}

TEST(CubeBytes, CutOffAnywhereAreRefused) {
  const std::string bytes = small_cube().bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(Cube::from_bytes(std::string_view(bytes).substr(0, size)), SchemaError) << size;
}

// Two cases of the offices of these codes.
Cube::Data two_cases(std::vector<std::uint32_t> codes) {
  Cube::Data data{.catalogue = Catalogue(definitions({aggregate("all")}))};
  data.dimensions = {{.id = "office", .labels = {"A", "B"}, .listed = 2}};
  Block block{.unit = "cases", .date = {}, .codes = std::move(codes), .has_dimension = {true}};
  block.months = {undated, undated};
  block.units = {1, 1};
  block.aggregates = {{.aggregate = "all", .yes = {1, 1}}};
  data.blocks = {std::move(block)};
  return data;
}

TEST(CubeBytes, WhoseCellsAreNotInCanonicalFormAreRefused) {
  const auto told = [](Cube::Data data) {
    return message_of([&] { Cube::from_bytes(Cube(std::move(data)).bytes()); });
  };
  EXPECT_EQ(told(two_cases({0, 1})), "nothing was thrown");
  EXPECT_TRUE(has(told(two_cases({1, 0})), {"canonical form"}));  // out of order
  EXPECT_TRUE(has(told(two_cases({0, 0})), {"canonical form"}));  // one cell twice
}

TEST(CubeBytes, WhoseDescriptionCannotBeAreRefused) {
  const auto told = [](const auto& change) {
    Cube::Data data = two_cases({0, 1});
    change(data);
    return message_of([&] { Cube::from_bytes(Cube(std::move(data)).bytes()); });
  };
  EXPECT_TRUE(has(told([](Cube::Data& data) { data.blocks.push_back(data.blocks[0]); }), {"'cases'", "twice"}));
  EXPECT_TRUE(has(told([](Cube::Data& data) { data.blocks[0].aggregates[0].scale = 19; }), {"scale", "'all'"}));
  EXPECT_TRUE(has(told([](Cube::Data& data) { data.blocks[0].unit = "persons"; }), {"'all'", "'persons'"}));
}

TEST(CubeBytes, WithAnyByteChangedAreRefusedOrACube) {
  const std::string bytes = small_cube().bytes();
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ change);
      EXPECT_THROW(Cube::from_bytes(changed), SchemaError) << place;
      if (place < 84) continue;
      try {
        const Cube cube = Cube::from_bytes(repaired(changed));
        EXPECT_EQ(Cube::from_bytes(cube.bytes()), cube) << place;
      } catch (const Error&) {
      }
    }
  }
}

class CubeFile : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  const std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) / "casemetry_cube_file";
  const std::string path_ = (folder_ / "一月.cube").string();
};

TEST_F(CubeFile, IsReplacedWhole) {
  const Cube cube = small_cube();
  std::ofstream(path_) << "what was there before";
  cube.save(path_);
  EXPECT_EQ(Cube::load(path_), cube);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(CubeFile, StaysAsItWasIfItCannotBeWritten) {
  const std::string nowhere = (folder_ / "no such folder" / "x.cube").string();
  EXPECT_TRUE(
      has(message_of([&] { small_cube().save(nowhere); }), {"no such folder", "cannot be written", "untouched"}));
  EXPECT_TRUE(has(message_of([&] { Cube::load(nowhere); }), {"no such folder", "cannot be read"}));
  EXPECT_THROW(Cube::load(nowhere), SchemaError);
}

}  // namespace
}  // namespace casemetry
