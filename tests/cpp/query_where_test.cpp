// SPDX-License-Identifier: Apache-2.0
#include "questions.hpp"

namespace casemetry {
namespace {

using namespace questions;

const std::vector<Persons> offices{
    {.office = A, .x = 1, .n = 2},       {.office = A, .in = month(2024, 3), .x = 2, .n = 3},
    {.office = B, .x = 3, .n = 4},       {.office = C, .x = 5, .n = 6},
    {.office = missing, .x = 7, .n = 8}, {.office = missing, .in = month(2024, 3), .x = 0, .n = 9}};

Expression office_is(const char* label) {
  return col("office") == label;
}

/// The same cells, and a catalogue that declares which offices there are: `C` is not listed.
Cube closed_offices() {
  Definitions made = definitions();
  made.tables[0].columns = {{.name = "office", .type = Type::category, .values = {"A", "B", "D"}},
                            {.name = "fine", .type = Type::integer},
                            {.name = "decided_on", .type = Type::date},
                            {.name = "held_on", .type = Type::date}};
  return Cube({.catalogue = Catalogue(made),
               .dimensions = {{.id = "office", .labels = {"A", "B", "C"}, .listed = 2}},
               .blocks = {block(offices)}});
}

TEST(Where, ChoosesCells) {
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .where = office_is("A")})), Texts{"A - 3/5"});
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .where = in(col("office"), {"A", "C"})})),
            (Texts{"A - 3/5", "C - 5/6"}));
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .where = is_null(col("office"))})), Texts{"- - 7/17"});
}

TEST(Where, NeedNotBeAskedBy) {
  EXPECT_EQ(texts(ask(cube(offices), {.where = office_is("B")})), Texts{"- 3/4"});
  EXPECT_EQ(texts(ask(cube(offices), {.period = "2024", .every = "quarter", .where = office_is("A")})).front(),
            "2024Q1 3/5");
}

TEST(Where, NothingChosenIsAnAnswer) {
  EXPECT_EQ(texts(ask(cube(offices), {.where = office_is("E")})), Texts{"- 0/0"});
  EXPECT_EQ(texts(ask(cube(offices), {.by = {"office"}, .where = office_is("E")})), Texts{});
}

TEST(Where, OnlyMonthsThatAreChosenOccur) {
  EXPECT_EQ(texts(ask(cube(offices), {.every = "month", .where = office_is("B")})), Texts{"2024-01 3/4"});
}

TEST(Where, TellsHowManyUnitsItIsUnknownOf) {
  const auto unknown = [](Query question) {
    const auto metadata = ask(cube(offices), std::move(question)).metadata();
    return metadata.contains("where_unknown") ? metadata.at("where_unknown") : "none";
  };
  EXPECT_EQ(unknown({.where = office_is("A")}), R"({"person":17})");
  EXPECT_EQ(unknown({.period = "2024-03", .where = office_is("A")}), R"({"person":9})");
  EXPECT_EQ(unknown({.period = "2024-02", .where = office_is("A")}), "none");
  EXPECT_EQ(unknown({.where = is_null(col("office"))}), "none");
  EXPECT_EQ(unknown({}), "none");
  EXPECT_EQ(ask(cube(offices), {.where = office_is("A")}).metadata().at("where"), "office == 'A'");
}

TEST(Where, KnowsWhatAClosedDimensionLists) {
  EXPECT_EQ(texts(ask(closed_offices(), {.where = office_is("D")})), Texts{"- 0/0"});
  EXPECT_EQ(ask(closed_offices(), {.where = office_is("A")}).metadata().at("where_unknown"), R"({"person":23})");
  const std::string refused = refusal(closed_offices(), {.where = office_is("C")});
  EXPECT_NE(refused.find("where"), std::string::npos) << refused;
  EXPECT_NE(refused.find("'C'"), std::string::npos) << refused;
}

TEST(Where, ReadsDimensionsOfTheCubeOnly) {
  EXPECT_EQ(refusal(cube(offices), {.where = col("ofice") == "A"}),
            "the cube has no dimension 'ofice'; did you mean 'office'? or build it by 'ofice' too");
  EXPECT_NE(refusal(cube(offices), {.where = col("office")}), "not refused");
}

TEST(Where, NeverChoosesByADimensionThatAUnitLacks) {
  Block leads{.unit = "lead", .date = "found_on", .codes = {0}, .has_dimension = {false}};
  leads.months = {month(2024, 1)};
  leads.units = {7};
  leads.aggregates = {{.aggregate = "leads", .yes = {7}}};
  const Result result = ask(cube({leads, block(offices)}), {.indicators = {"leads_found"}, .where = office_is("A")});
  EXPECT_EQ(result.row(0).flags.text(), "not_available");
}

TEST(Where, ReadsADimensionByTheTypeThatIsDeclared) {
  Definitions made = definitions();
  made.tables[0].columns = {{.name = "office", .type = Type::integer},
                            {.name = "fine", .type = Type::integer},
                            {.name = "decided_on", .type = Type::date},
                            {.name = "held_on", .type = Type::date}};
  const Cube of({.catalogue = Catalogue(made),
                 .dimensions = {{.id = "office", .labels = {"10", "101", "9"}, .listed = 3}},
                 .blocks = {block(offices)}});
  EXPECT_EQ(texts(ask(of, {.by = {"office"}, .where = col("office") > lit(std::int64_t{9})})),
            (Texts{"10 - 3/5", "101 - 3/4"}));
}

}  // namespace
}  // namespace casemetry
