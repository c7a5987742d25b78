// SPDX-License-Identifier: Apache-2.0
// The patterns that a unit makes of its sets: by groups that are listed, by groups that a table tells, and by each
// source itself; on tables small enough to count by hand, and beside a brute-force count on tables of chance.
#include <map>
#include <random>

#include "unit_samples.hpp"

namespace casemetry {
namespace {

using namespace samples;
using testing::Cells;

// A set a row, or a bag; nothing is missing.
using SetTexts = std::vector<std::optional<Texts>>;

Column sets_column(const SetTexts& rows, const Texts& declared = {}) {
  Texts labels = declared;
  Sets sets;
  std::vector<std::uint32_t> codes;
  for (const auto& row : rows) {
    std::vector<std::uint32_t> members;
    for (const std::string& member : row.value_or(Texts{})) {
      const auto place = std::find(labels.begin(), labels.end(), member);
      members.push_back(static_cast<std::uint32_t>(place - labels.begin()));
      if (place == labels.end()) labels.push_back(member);
    }
    codes.push_back(row ? static_cast<std::uint32_t>(sets.size()) : static_cast<std::uint32_t>(rows.size()));
    if (row) sets.add(members);
  }
  for (std::uint32_t& code : codes) code = std::min(code, static_cast<std::uint32_t>(sets.size()));
  return Column::of_sets("sources", codes, sets, labels, declared.size());
}

Table leads_table(const SetTexts& sources, const Dates& found_on = {}) {
  std::vector<Column> columns{sets_column(sources)};
  if (!found_on.empty()) columns.push_back(Table::of({column("on", found_on)}).column("on"));
  return Table(std::move(columns), "leads");
}

Grouping listed(std::vector<SourceGroup> groups, std::string rest = {}) {
  return {.id = "origin", .groups = std::move(groups), .rest = std::move(rest)};
}

const Grouping origin = listed({{"digital", {"m1", "m2"}}, {"traditional", {"hotline", "report"}}});

Definitions mixes(const Grouping& grouping, const std::string& mix) {
  Definitions made = units_of({{.id = "leads"}, {.id = "models"}}, {unit("lead", "leads", {}, {{"mix", mix}})});
  made.groupings = {grouping};
  return made;
}

// The patterns of the leads, row by row.
Cells mixes_of(const Grouping& grouping, const std::string& mix, Tables tables) {
  return cells_of(units(tables, Catalogue(mixes(grouping, mix)), "lead"), "mix");
}

Cells mixes_of(const Grouping& grouping, const SetTexts& sources) {
  return mixes_of(grouping, "pattern(sources, @origin)", {{"leads", leads_table(sources)}});
}

std::string refused(const std::function<void()>& action) {
  try {
    action();
  } catch (const DataError& error) {
    return error.what();
  }
  return "not refused";
}

// ---- groups that are listed

TEST(Pattern, CountsTheSourcesOfEachGroup) {
  EXPECT_EQ(mixes_of(origin, {Texts{"m1", "hotline", "m2"}, Texts{"report"}, Texts{}, std::nullopt, Texts{"m2"}}),
            (Cells{"digital 2, traditional 1", "traditional 1", "[]", "-", "digital 1"}));
}

TEST(Pattern, PutsGroupsInCodePointOrderHoweverTheyAreDeclared) {
  const Grouping reversed = listed({{"乙", {"m1"}}, {"b", {"m2"}}, {"B", {"m3"}}});
  EXPECT_EQ(mixes_of(reversed, {Texts{"m1", "m2", "m3"}}), (Cells{"B 1, b 1, 乙 1"}));
}

TEST(Pattern, CountsTheRepeatsOfABag) {
  EXPECT_EQ(mixes_of(origin, {Texts{"m1", "m1", "hotline"}}), (Cells{"digital 2, traditional 1"}));
}

TEST(Pattern, PutsAllOthersIntoTheRest) {
  EXPECT_EQ(mixes_of(listed({{"digital", {"m1"}}}, "others"), {Texts{"m1", "m9", "m8"}, Texts{"m9"}}),
            (Cells{"digital 1, others 2", "others 1"}));
}

TEST(Pattern, IsUnknownWhereAMemberIsNotListedByTheColumn) {
  const Table table({sets_column({Texts{"m1"}, Texts{"m1", "stranger"}}, {"m1"})}, "leads");
  EXPECT_EQ(mixes_of(origin, "pattern(sources, @origin)", {{"leads", table}}), (Cells{"digital 1", "-"}));
  EXPECT_EQ(mixes_of(origin, "pattern(sources, @source)", {{"leads", table}}), (Cells{"m1 1", "-"}));
}

TEST(Pattern, OfTheIdentityCountsEachSource) {
  EXPECT_EQ(mixes_of(origin, "pattern(sources, @source)",
                     {{"leads", leads_table({Texts{"m1", "hotline", "m1"}, Texts{}, std::nullopt})}}),
            (Cells{"hotline 1, m1 2", "[]", "-"}));
}

TEST(Pattern, QuotesNamesThatCouldBeMisread) {
  EXPECT_EQ(mixes_of(origin, "pattern(sources, @source)", {{"leads", leads_table({Texts{"a, b", "c"}})}}),
            (Cells{"\"a, b\" 1, c 1"}));
}

TEST(Pattern, StandsInsideALargerExpression) {
  const auto is_mixed = [](const std::string& value) {
    return mixes_of(origin, value, {{"leads", leads_table({Texts{"m1", "hotline"}, Texts{"m1"}, std::nullopt})}});
  };
  EXPECT_EQ(is_mixed("pattern(sources, @origin) == 'digital 1, traditional 1'"), (Cells{"true", "false", "-"}));
  EXPECT_EQ(is_mixed("coalesce(pattern(sources, @origin), 'not known')"),
            (Cells{"digital 1, traditional 1", "digital 1", "not known"}));
}

TEST(Pattern, IsOfASetThatTheUnitMakes) {
  const Texts ids{"a", "a", "b", "a"};
  const Texts source{"m1", "hotline", "m2", "m1"};
  Definitions made = persons({{"mix", "pattern(set(source), @origin)"}, {"log", "pattern(bag(source), @source)"}});
  made.groupings = {origin};
  const Table table =
      units({{"events", Table::of({column("id", ids), column("source", source)})}}, Catalogue(made), "person");
  EXPECT_EQ(cells_of(table, "mix"), (Cells{"digital 1, traditional 1", "digital 1"}));
  EXPECT_EQ(cells_of(table, "log"), (Cells{"hotline 1, m1 2", "m2 1"}));
}

TEST(Pattern, IsOfASetThatIsLookedUp) {
  const Texts ids{"a", "b"};
  const Texts found{"a", "a", "c"};
  const Texts source{"m1", "hotline", "stranger"};
  Definitions made = units_of({{.id = "cases"}, {.id = "discoveries"}},
                              {unit("discovered", "discoveries", {"id"}, {{"sources", "set(source)"}}),
                               unit("lead", "cases", {}, {{"mix", "pattern(sources, @origin)"}},
                                    {{.name = "by",
                                      .from = "discovered",
                                      .on = {{"id", "id"}},
                                      .take = {"sources"},
                                      .otherwise = {{"sources", EmptySet{}}}}})});
  made.groupings = {origin};
  const Tables tables{{"cases", Table::of({column("id", ids)})},
                      {"discoveries", Table::of({column("id", found), column("source", source)})}};
  EXPECT_EQ(cells_of(units(tables, Catalogue(made), "lead"), "mix"), (Cells{"digital 1, traditional 1", "[]"}))
      << "'stranger' found no lead that is counted here, and needs no group";
}

TEST(Pattern, IsADimensionAndAPartOfTheCountHash) {
  Definitions made = mixes(origin, "pattern(sources, @origin)");
  made.aggregates = {{.id = "all", .unit = "lead"}};
  const Cube cube =
      build({{"leads", leads_table({Texts{"m1"}, Texts{"m2"}, Texts{"hotline"}})}}, Catalogue(made), {.by = {"mix"}});
  EXPECT_EQ(cube.dimensions().front().labels, (Texts{"digital 1", "traditional 1"}));
  EXPECT_EQ(cube.blocks().front().units, (Counts{2, 1}));
}

TEST(Pattern, TellsASourceThatIsInNoGroup) {
  EXPECT_EQ(
      refused([] { mixes_of(origin, {Texts{"m1"}, Texts{"m1", "hotlin"}}); }),
      "unit 'lead', column 'mix', row 2: source 'hotlin' is in no group of 'origin'; did you mean 'hotline'?; "
      "list it in a group, or name the group of all others: rest = \"…\", in Python ... in the place of its sources");
}

TEST(Pattern, TellsTheUnitWhoseSourceIsInNoGroup) {
  const Texts ids{"a", "b"};
  const Texts source{"m1", "m9"};
  Definitions made = persons({{"mix", "pattern(set(source), @origin)"}});
  made.groupings = {origin};
  const Tables tables{{"events", Table::of({column("id", ids), column("source", source)})}};
  const std::string told = refused([&] { units(tables, Catalogue(made), "person"); });
  EXPECT_TRUE(told.starts_with("unit 'person', column 'mix', id = 'b': source 'm9' is in no group of 'origin'; "))
      << told;
}

// ---- groups that a table tells

const Grouping dated{.id = "origin", .table = "models"};

Table models(const Texts& source, const Texts& group, const Dates& from = {}, const Dates& to = {}) {
  const Table texts = Table::of({column("source", source), column("group", group)});
  std::vector<Column> columns(texts.columns().begin(), texts.columns().end());
  if (!from.empty()) columns.push_back(Table::of({column("valid_from", from)}).column("valid_from"));
  if (!to.empty()) columns.push_back(Table::of({column("valid_to", to)}).column("valid_to"));
  return Table(std::move(columns), "models");
}

// The hotline was digitised in 2024; m1 is new since then.
Table history() {
  return models({"hotline", "hotline", "m1"}, {"traditional", "digital", "digital"},
                {{}, day(2024, 1, 1), day(2024, 1, 1)}, {day(2023, 12, 31), {}, {}});
}

Cells dated_mixes(const Table& table, const SetTexts& sources, const Dates& on, std::string rest = {}) {
  Grouping grouping = dated;
  grouping.rest = std::move(rest);
  return mixes_of(grouping, "pattern(sources, @origin by on)",
                  {{"leads", leads_table(sources, on)}, {"models", table}});
}

TEST(DatedGroups, AreThoseOfTheDayBothBoundsIncluded) {
  const SetTexts hotline(4, Texts{"hotline"});
  EXPECT_EQ(dated_mixes(history(), hotline, {day(2023, 12, 31), day(2024, 1, 1), day(1999, 1, 1), day(2030, 1, 1)}),
            (Cells{"traditional 1", "digital 1", "traditional 1", "digital 1"}));
}

TEST(DatedGroups, OfARowWithoutADateAreKnownWhereASourceIsEverInOneOnly) {
  EXPECT_EQ(dated_mixes(history(), {Texts{"m1"}, Texts{"hotline"}, Texts{"m1", "hotline"}, Texts{}},
                        {std::nullopt, std::nullopt, std::nullopt, std::nullopt}),
            (Cells{"digital 1", "-", "-", "[]"}));
  EXPECT_EQ(dated_mixes(history(), {Texts{"m1"}}, {std::nullopt}, "others"), (Cells{"-"}))
      << "before 2024 it was among the others";
}

TEST(DatedGroups, LeaveASourceToTheRestOutsideItsDays) {
  EXPECT_EQ(dated_mixes(history(), {Texts{"m1"}, Texts{"m1", "m9"}}, {day(2020, 5, 1), day(2024, 5, 1)}, "others"),
            (Cells{"others 1", "digital 1, others 1"}));
}

TEST(DatedGroups, MayBeToldWithoutBounds) {
  EXPECT_EQ(mixes_of(dated, "pattern(sources, @origin)",
                     {{"leads", leads_table({Texts{"m1", "hotline"}})},
                      {"models", models({"hotline", "m1"}, {"traditional", "digital"})}}),
            (Cells{"digital 1, traditional 1"}));
}

TEST(DatedGroups, MayBeToldTwiceIfBothSayTheSame) {
  const Table table = models({"m1", "m1", "m1"}, {"digital", "digital", "digital"}, {{}, {}, day(2020, 1, 1)});
  EXPECT_EQ(dated_mixes(table, {Texts{"m1"}}, {day(2024, 1, 1)}), (Cells{"digital 1"}));
}

TEST(DatedGroups, NeedADateWhereTheyChange) {
  EXPECT_THROW(
      mixes_of(dated, "pattern(sources, @origin)", {{"leads", leads_table({Texts{"hotline"}})}, {"models", history()}}),
      DefinitionError);
}

TEST(DatedGroups, TellASourceInTwoGroupsAtOneTimeWithItsRows) {
  const Table table = models({"m1", "m2", "m1"}, {"digital", "digital", "traditional"},
                             {day(2020, 1, 1), {}, day(2023, 1, 1)}, {day(2023, 1, 1), {}, {}});
  EXPECT_EQ(refused([&] { dated_mixes(table, {Texts{"m2"}}, {day(2024, 1, 1)}); }),
            "grouping 'origin', table 'models', rows 1 and 3: source 'm1' is in 'digital' and in 'traditional' on "
            "2023-01-01; a source is in one group at a time: end the one with valid_to before the other begins with "
            "valid_from");
}

TEST(DatedGroups, TellBoundsThatAreReversed) {
  EXPECT_EQ(refused([] {
              dated_mixes(models({"m1"}, {"digital"}, {day(2024, 2, 1)}, {day(2024, 1, 1)}), {Texts{"m1"}},
                          {day(2024, 1, 1)});
            }),
            "grouping 'origin', table 'models', row 1: source 'm1' is in 'digital' from 2024-02-01 to 2024-01-01: "
            "valid_from comes before valid_to, or is the same day");
}

TEST(DatedGroups, TellARowThatNamesNoSourceOrNoGroup) {
  EXPECT_EQ(refused([] { dated_mixes(models({"m1", ""}, {"a", "b"}), {Texts{"m1"}}, {day(2024, 1, 1)}); }),
            "grouping 'origin', table 'models', row 2: no source: each row names a source and the group that it is in");
  EXPECT_EQ(refused([] { dated_mixes(models({"m1", "m2"}, {"a", ""}), {Texts{"m1"}}, {day(2024, 1, 1)}); }),
            "grouping 'origin', table 'models', row 2: no group: each row names a source and the group that it is in");
}

TEST(DatedGroups, TellTheDayOnWhichASourceIsInNone) {
  EXPECT_EQ(
      refused([] { dated_mixes(history(), {Texts{"hotline"}, Texts{"m1"}}, {day(2020, 1, 1), day(2020, 5, 1)}); }),
      "unit 'lead', column 'mix', row 2: source 'm1' is in no group of 'origin' on 2020-05-01; known: hotline; give "
      "it a row in table 'models', or name the group of all others: rest = \"…\", in Python ... in the place of its "
      "sources");
}

TEST(DatedGroups, NeedTheirTable) {
  try {
    mixes_of(dated, "pattern(sources, @origin)", {{"leads", leads_table({Texts{"m1"}})}});
    FAIL() << "the table is not given";
  } catch (const QueryError& error) {
    EXPECT_STREQ(error.what(), "unit 'lead', column 'mix': needs table 'models'; the tables given are: leads");
  }
}

// ---- limits

SetTexts one_set_of(std::size_t members) {
  Texts set;
  for (std::size_t member = 0; member < members; ++member) set.push_back("m" + std::to_string(member));
  return {Texts{"m0"}, set};
}

TEST(Sets, HaveAtMost64DifferentMembers) {
  const std::string sizes = "size(sources) > 64";
  EXPECT_EQ(mixes_of(origin, sizes, {{"leads", leads_table(one_set_of(64))}}), (Cells{"false", "false"}));
  EXPECT_EQ(mixes_of(origin, sizes, {{"leads", leads_table({Texts(100, "m1")})}}), (Cells{"true"})) << "repeats";
  EXPECT_EQ(refused([&] { mixes_of(origin, sizes, {{"leads", leads_table(one_set_of(65))}}); }),
            "table 'leads', column 'sources', row 2: 65 different members, and a set has at most 64; make smaller "
            "units, or take a coarser column");
}

TEST(Sets, OfAUnitAreLimitedAndToldByItsKey) {
  Texts ids(65, "a");
  Texts source;
  for (int row = 0; row < 65; ++row) source.push_back("m" + std::to_string(row));
  const Table events = Table::of({column("id", ids), column("source", source)});
  EXPECT_EQ(refused([&] { person(events, {{"sources", "set(source)"}}); }),
            "unit 'person', column 'sources', id = 'a': 65 different members, and a set has at most 64; make smaller "
            "units, or take a coarser column");
}

TEST(Sets, OfAColumnHaveAtMost65536DifferentMembers) {
  const auto leads = [](std::uint32_t members) {
    Sets sets;
    Texts labels;
    std::vector<std::uint32_t> codes;
    for (std::uint32_t member = 0; member < members; ++member) {
      codes.push_back(member);
      sets.add(std::vector{member});
      labels.push_back(std::to_string(member));
    }
    return Table({Column::of_sets("sources", codes, sets, labels, 0)}, "leads");
  };
  EXPECT_EQ(mixes_of(origin, "size(sources)", {{"leads", leads(65536)}}).size(), 65536U);
  EXPECT_EQ(refused([&] { mixes_of(origin, "size(sources)", {{"leads", leads(65537)}}); }),
            "table 'leads', column 'sources': 65537 different members, and a column of sets has at most 65536; give "
            "members that are the same one name by aliases, or take a coarser column");
}

// ---- aliases

TEST(Aliases, OfARenamedSourceAreAppliedBeforeTheCollapse) {
  const Texts ids{"a", "a", "b"};
  const Texts source{"model one", "m1", "model one"};
  Definitions made = persons({{"log", "pattern(bag(source), @source)"}, {"sources", "set(source)"}});
  made.tables.front().columns = {{.name = "id"},
                                 {.name = "source", .type = Type::category, .aliases = {{"model one", "m1"}}}};
  const Table table =
      units({{"events", Table::of({column("id", ids), column("source", source)})}}, Catalogue(made), "person");
  EXPECT_EQ(cells_of(table, "sources"), (Cells{"{m1}", "{m1}"}));
  EXPECT_EQ(cells_of(table, "log"), (Cells{"m1 2", "m1 1"}));
}

TEST(Aliases, OfARenamedSourceAreAppliedToSetsAndToTablesOfGroups) {
  Definitions made = mixes(dated, "pattern(sources, @origin)");
  const std::map<std::string, std::string> renamed{{"model one", "m1"}};
  made.tables = {{.id = "leads", .columns = {{.name = "sources", .type = Type::set, .aliases = renamed}}},
                 {.id = "models", .columns = {{.name = "source", .aliases = renamed}, {.name = "group"}}}};
  const Tables tables{{"leads", leads_table({Texts{"model one", "m1"}, Texts{"model one"}})},
                      {"models", models({"model one", "m1"}, {"digital", "digital"})}};
  EXPECT_EQ(cells_of(units(tables, Catalogue(made), "lead"), "mix"), (Cells{"digital 1", "digital 1"}));
}

// ---- take

TEST(Take, LeavesOutTheOtherColumnsOfTheSource) {
  Definitions made = mixes(origin, "pattern(sources, @origin)");
  made.units.front().take = {"sources"};
  const Tables tables{{"leads", leads_table({Texts{"m1"}}, {day(2024, 1, 1)})}};
  const Table table = units(tables, Catalogue(made), "lead");
  EXPECT_EQ(table.column_names(), (Texts{"sources", "mix"}));
  RowSets rows(tables, Catalogue(made));
  EXPECT_EQ(rows.at("lead").lacking("on").reason, "unit 'lead' has no column 'on'; known: sources, mix");
  EXPECT_EQ(rows.at("lead").definition("on"), nullptr);
}

// ---- beside a brute-force count

// A table of chance: sources that move between groups on days of chance, never in two at once.
struct Chance {
  std::mt19937 random;
  Texts source, group;
  Dates from, to;

  explicit Chance(unsigned seed) : random(seed) {
    for (int number = 0; number < 6; ++number) {
      int begin = uniform(0, 3) == 0 ? -1 : uniform(0, 30);
      while (begin < 60) {
        const int end = uniform(0, 3) == 0 ? 1000 : begin + uniform(0, 25);
        source.push_back("m" + std::to_string(number));
        group.push_back(std::string(1, static_cast<char>('a' + uniform(0, 2))));
        from.push_back(begin < 0 ? std::nullopt : day_of(begin));
        to.push_back(end == 1000 ? std::nullopt : day_of(end));
        begin = end + 1 + uniform(0, 1) * uniform(0, 10);
      }
    }
  }

  int uniform(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }
  static std::optional<Date> day_of(int number) { return *day(2024, 1, 1) + std::chrono::days{number}; }

  std::string group_on(const std::string& member, const std::optional<Date>& on) const {
    for (std::size_t row = 0; row < source.size(); ++row)
      if (source[row] == member && (!from[row] || *from[row] <= *on) && (!to[row] || *on <= *to[row]))
        return group[row];
    return "rest";
  }

  // The group of a source on every day there is, if it is the same.
  std::string group_always(const std::string& member) const {
    const std::string first = group_on(member, day_of(-100));
    for (int number = -99; number < 200; ++number)
      if (group_on(member, day_of(number)) != first) return "?";
    return first;
  }

  std::string pattern(const std::optional<Texts>& set, const std::optional<Date>& on) const {
    if (!set) return "-";
    std::map<std::string, int> counts;
    for (const std::string& member : *set) ++counts[on ? group_on(member, on) : group_always(member)];
    if (counts.contains("?")) return "-";
    std::string text;
    for (const auto& [name, count] : counts) text += (text.empty() ? "" : ", ") + name + " " + std::to_string(count);
    return text.empty() ? "[]" : text;
  }
};

TEST(Pattern, IsWhatCountingMemberByMemberGives) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    Chance chance(seed);
    SetTexts sets;
    Dates on;
    Cells expected;
    for (int row = 0; row < 400; ++row) {
      std::optional<Texts> set(std::in_place);
      for (int member = chance.uniform(0, 4); member > 0; --member)
        set->push_back("m" + std::to_string(chance.uniform(0, 7)));
      if (chance.uniform(0, 19) == 0) set.reset();
      on.push_back(chance.uniform(0, 9) == 0 ? std::nullopt : Chance::day_of(chance.uniform(-5, 80)));
      expected.push_back(chance.pattern(set, on.back()));
      sets.push_back(std::move(set));
    }
    const Table table = models(chance.source, chance.group, chance.from, chance.to);
    EXPECT_EQ(dated_mixes(table, sets, on, "rest"), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace casemetry
