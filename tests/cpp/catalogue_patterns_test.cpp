// SPDX-License-Identifier: Apache-2.0
// Patterns and what a unit takes of its source, as a catalogue declares, checks and hashes them.
#include <gtest/gtest.h>

#include <casemetry/catalogue.hpp>
#include <functional>

namespace casemetry {
namespace {

// Leads with their sources, counted by the pattern of these under a grouping.
Definitions leads(const std::string& mix = "pattern(sources, @origin)") {
  Definitions made;
  made.id = "leads";
  made.tables = {
      {.id = "lead",
       .columns = {{.name = "id"},
                   {.name = "sources", .type = Type::set},
                   {.name = "office", .type = Type::category},
                   {.name = "found_on", .type = Type::date}}},
      {.id = "models",
       .columns = {
           {.name = "source"}, {.name = "group"}, {.name = "valid_from", .type = Type::date}, {.name = "note"}}}};
  made.groupings = {{.id = "origin", .groups = {{"digital", {"m1", "m2"}}}, .rest = "traditional"},
                    {.id = "dated", .table = "models"}};
  made.units = {{.id = "mixed", .from = "lead"}};
  made.units.front().columns = {{"mix", Expression::parse(mix)}};
  made.aggregates = {{.id = "mixed_leads", .unit = "mixed", .where = Expression::parse("mix == 'digital 1'")}};
  return made;
}

Definitions changed(const std::function<void(Definitions&)>& change, Definitions made = leads()) {
  change(made);
  return made;
}

// The faults, one a line, as `path, position: message`.
std::string faults_of(const Definitions& definitions) {
  std::string text;
  try {
    const Catalogue catalogue(definitions);
  } catch (const DefinitionError& error) {
    for (const Fault& fault : error.faults())
      text += (text.empty() ? "" : "\n") + fault.path + (fault.position ? ", " + std::to_string(*fault.position) : "") +
              ": " + fault.message;
  }
  return text;
}

std::string hash(const Definitions& definitions) {
  return Catalogue(definitions).count_hash("mixed_leads");
}

TEST(Pattern, IsACategoryOfAUnit) {
  const Catalogue catalogue(leads());
  EXPECT_EQ(catalogue.column("mixed", "mix")->type, Type::category);
  EXPECT_TRUE(catalogue.column("mixed", "mix")->values.empty()) << "which patterns there are, the data tell";
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).json(), catalogue.json());
}

TEST(Pattern, NamesAGroupingOrTheIdentity) {
  EXPECT_EQ(faults_of(leads("pattern(sources, @source)")), "");
  EXPECT_EQ(faults_of(leads("pattern(sources, @orgin)")),
            "unit.mixed.columns.mix, 0: there is no grouping '@orgin'; did you mean 'origin'?");
  const auto undeclared = [](Definitions& made) { made.tables.front().columns.clear(); };
  EXPECT_EQ(faults_of(changed(undeclared, leads("pattern(sources, @orgin)"))),
            "unit.mixed.columns.mix, 0: there is no grouping '@orgin'; did you mean 'origin'?");
}

TEST(Pattern, SaysADateWhereGroupsChange) {
  EXPECT_EQ(faults_of(leads("pattern(sources, @dated by found_on)")), "");
  EXPECT_EQ(faults_of(leads("pattern(sources, @origin by found_on)")), "") << "the same at every date";
  EXPECT_EQ(faults_of(leads("pattern(sources, @dated)")),
            "unit.mixed.columns.mix, 0: the groups of '@dated' change over time: say by which date, pattern(set, "
            "@dated by date)");
}

TEST(Pattern, StandsInNoCondition) {
  const auto in_condition = [](Definitions& made) {
    made.aggregates.front().where = Expression::parse("pattern(sources, @origin) == 'digital 1'");
  };
  EXPECT_EQ(
      faults_of(changed(in_condition)),
      "aggregate.mixed_leads.where, 0: a pattern stands in a column of a unit: declare a unit with such a column, "
      "and ask about the column");
}

TEST(Pattern, IsHashedWithTheGroupsThatItGoesBy) {
  const std::string before = hash(leads());
  EXPECT_EQ(hash(changed([](Definitions& made) { made.groupings.front().label = {"来源", ""}; })), before);
  EXPECT_EQ(hash(changed([](Definitions& made) { made.groupings.pop_back(); })), before) << "of no concern to it";
  EXPECT_EQ(hash(changed([](Definitions& made) { made.groupings.front().groups = {{"digital", {"m2", "m1"}}}; })),
            before);
  EXPECT_NE(hash(changed([](Definitions& made) { made.groupings.front().groups = {{"digital", {"m1"}}}; })), before);
  EXPECT_NE(hash(changed([](Definitions& made) { made.groupings.front().rest = "others"; })), before);
  EXPECT_NE(hash(leads("pattern(sources, @source)")), before);
}

TEST(Pattern, IsHashedWithTheTableThatTellsItsGroups) {
  const Definitions dated = leads("pattern(sources, @dated by found_on)");
  const std::string before = hash(dated);
  const auto unread = [](Definitions& made) { made.tables.back().columns.pop_back(); };
  EXPECT_EQ(hash(changed(unread, dated)), before);
  const auto closed = [](Definitions& made) {
    made.tables.back().columns[1] = {.name = "group", .type = Type::category, .values = {"digital"}};
  };
  EXPECT_NE(hash(changed(closed, dated)), before);
  EXPECT_EQ(Catalogue(dated).columns("models"), (std::vector<std::string>{"group", "source", "valid_from"}));
}

TEST(Catalogue, KeepsTheGroupingsThatItsIndicatorsRestOn) {
  Definitions made = leads("pattern(sources, @dated by found_on)");
  made.indicators = {{.id = "mixed_count", .of = Formula::parse("mixed_leads")}};
  const std::vector<std::string> wanted{"mixed_count"};
  const Definitions part = Catalogue(made).only(wanted).definitions();
  ASSERT_EQ(part.groupings.size(), 1U);
  EXPECT_EQ(part.groupings.front().id, "dated");
  EXPECT_EQ(part.tables.size(), 2U);
}

// ---- aliases

TEST(Aliases, ThatGoRoundAreToldWithTheirWay) {
  const auto round = [](Definitions& made) {
    made.tables.front().columns[2].aliases = {{"a", "b"}, {"b", "c"}, {"c", "b"}};
  };
  EXPECT_EQ(
      faults_of(changed(round)),
      "table.lead.columns.office.aliases.a: 'b' is an alias itself, and they go round: b → c → b; one of them must "
      "be the value\n"
      "table.lead.columns.office.aliases.b: 'c' is an alias itself, and they go round: b → c → b; one of them must "
      "be the value\n"
      "table.lead.columns.office.aliases.c: 'b' is an alias itself, and they go round: c → b → c; one of them must "
      "be the value");
}

// ---- take

TEST(Take, KeepsTheseColumnsOfTheSourceAndNoOthers) {
  const Catalogue catalogue(changed([](Definitions& made) { made.units.front().take = {"id", "sources"}; }));
  EXPECT_NE(catalogue.column("mixed", "sources"), nullptr);
  EXPECT_EQ(catalogue.column("mixed", "office"), nullptr);
  EXPECT_EQ(catalogue.dimension_column("office", "mixed"), std::nullopt);
  EXPECT_EQ(catalogue.dimension_column("mix", "mixed"), "mix");
  EXPECT_NE(catalogue.toml().find("take = [\"id\", \"sources\"]"), std::string::npos);
  EXPECT_EQ(Catalogue::from_json(catalogue.json()).definitions().units.front().take,
            (std::vector<std::string>{"id", "sources"}));
}

TEST(Take, NamesColumnsOfTheSource) {
  EXPECT_EQ(faults_of(changed([](Definitions& made) { made.units.front().take = {"sources", "offce", "sources"}; })),
            "unit.mixed.take: 'lead' has no column 'offce'; did you mean 'office'?\n"
            "unit.mixed.take: 'sources' stands twice");
  EXPECT_EQ(faults_of(changed([](Definitions& made) { made.units.front().take = {"id"}; })),
            "unit.mixed.columns.mix, 8: 'sources' is a column of the source 'lead' that the unit does not keep: add it "
            "to take");
}

TEST(Take, StandsWithoutAKey) {
  const auto keyed = [](Definitions& made) {
    made.units = {{.id = "one", .from = "lead", .one_row_per = {"id"}, .take = {"office"}}};
    made.aggregates.clear();
  };
  EXPECT_EQ(faults_of(changed(keyed)),
            "unit.one.take: a unit of many rows has its key and what its columns make of them: leave take out");
}

TEST(Take, DoesNotBearOnWhatIsCounted) {
  EXPECT_EQ(hash(changed([](Definitions& made) { made.units.front().take = {"sources"}; })), hash(leads()));
}

}  // namespace
}  // namespace casemetry
