// SPDX-License-Identifier: Apache-2.0
// Columns of sets: what they hold, their canonical order, and their Arrow form, `list<utf8>`.
#include <gtest/gtest.h>
#include <casemetry/table.hpp>

#include <algorithm>
#include <random>
#include <set>

#include "arrow_builder.hpp"
#include "cells.hpp"

namespace casemetry {
namespace {

using namespace casemetry::testing;
using Codes32 = std::vector<std::uint32_t>;
using Texts = std::vector<std::string>;

Sets sets_of(const std::vector<Codes32>& all) {
  Sets sets;
  for (const Codes32& members : all) sets.add(members);
  return sets;
}

Texts labels_of(const Column& column) {
  return {column.labels().begin(), column.labels().end()};
}

Column read(std::unique_ptr<ArrowPiece> column) {
  const auto one = batch(std::move(column));
  return Table::from_arrow(&one->schema, &one->array, {.name = "leads", .columns = {}}).columns()[0];
}

template <class Error>
std::string refusal(auto action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(SetColumn, TellsAnEmptySetFromAMissingOne) {
  const Column sources = Column::of_sets("sources", {0, 1, 2, 0}, sets_of({{1, 0}, {}}), {"report", "hotline"}, 0);
  EXPECT_EQ(cells(sources), (Cells{"{hotline, report}", "{}", "-", "{hotline, report}"}));
  EXPECT_EQ(sources.type(), Type::set);
  EXPECT_FALSE(sources.coded());
  EXPECT_EQ(sources.missing_code(), sources.sets().size());
  EXPECT_EQ(sources.report().missing, 1);
  EXPECT_EQ(sources.report().read_as, "set");
}

TEST(SetColumn, IsInCanonicalOrderWhateverOrderItCameIn) {
  const Column one = Column::of_sets("x", {0, 1, 2}, sets_of({{0}, {1, 0}, {2}}), {"c", "a", "b"}, 0);
  const Column other = Column::of_sets("x", {2, 0, 1}, sets_of({{2, 1}, {0}, {1}}), {"b", "c", "a"}, 0);
  EXPECT_EQ(labels_of(one), (Texts{"a", "b", "c"}));
  EXPECT_EQ(labels_of(other), labels_of(one));
  EXPECT_EQ(cells(one), (Cells{"{c}", "{a, c}", "{b}"}));
  EXPECT_EQ(cells(other), (Cells{"{c}", "{a, c}", "{b}"}));
  for (std::size_t set = 0; set < 3; ++set) EXPECT_TRUE(std::ranges::equal(one.sets()[set], other.sets()[set])) << set;
}

TEST(SetColumn, KeepsEachDifferentSetOnceAndOnlyLabelsThatOccur) {
  const Column column = Column::of_sets("x", {0, 1, 3}, sets_of({{0, 1}, {1, 0}, {2}}), {"a", "b", "never"}, 0);
  EXPECT_EQ(column.sets().size(), 1U);
  EXPECT_EQ(labels_of(column), (Texts{"a", "b"}));
  EXPECT_EQ(column.listed(), 2U);
}

// Sets of few members are sorted as numbers, longer ones member by member; nobody can tell which.
TEST(SetColumn, HasItsSetsInTheOrderOfTheirMembersHoweverManyTheyHave) {
  std::mt19937 chance(7);
  for (const std::uint32_t labels : {1U, 2U, 40U, 700U, 70'000U}) {
    Texts names;
    for (std::uint32_t label = 0; label < labels; ++label) names.push_back(std::to_string(1'000'000 + label));
    Sets sets;
    Codes32 codes;
    std::set<Codes32> expected;
    const Codes32 stem{0, 0, labels / 2, labels / 2, labels - 1};  // many sets begin alike
    for (std::uint32_t set = 0; set < 400; ++set) {
      Codes32 members(stem.begin(), stem.begin() + chance() % 6);
      for (std::size_t more = chance() % 12; more > 0; --more) members.push_back(chance() % labels);
      std::ranges::sort(members);
      sets.add(members);
      codes.push_back(set);
      expected.insert(members);
    }
    const Column column = Column::of_sets("x", codes, sets, names, labels);
    ASSERT_EQ(column.sets().size(), expected.size()) << labels;
    std::size_t place = 0;
    for (const Codes32& members : expected)
      EXPECT_TRUE(std::ranges::equal(column.sets()[place++], members)) << labels << ", set " << place;
    std::visit(
        [&](auto held) {
          for (std::size_t row = 0; row < codes.size(); ++row)
            EXPECT_TRUE(std::ranges::equal(column.sets()[held[row]], sets[row])) << labels << ", row " << row;
        },
        column.codes());
  }
}

TEST(SetColumn, HasDeclaredMembersFirstAndCountsCellsWithOthers) {
  const Column column = Column::of_sets("x", {0, 1, 1}, sets_of({{1}, {3, 2, 0}}), {"z", "y", "q", "p"}, 2);
  EXPECT_EQ(labels_of(column), (Texts{"z", "y", "p", "q"}));
  EXPECT_EQ(column.listed(), 2U);
  EXPECT_EQ(cells(column), (Cells{"{y}", "{z, p, q}", "{z, p, q}"}));
  EXPECT_EQ(column.report().unlisted, 2);
}

TEST(SetColumn, CountsTheRepeatsOfABag) {
  const Column column = Column::of_sets("x", {0, 1}, sets_of({{0, 0, 1}, {0, 1}}), {"a", "b"}, 0);
  EXPECT_EQ(cells(column), (Cells{"{a, a, b}", "{a, b}"}));
  EXPECT_EQ(column.sets().size(), 2U);
}

TEST(SetColumn, RefusesCodesWithoutASetAndMembersWithoutALabel) {
  const auto no_set = [] { Column::of_sets("x", {2}, sets_of({{0}}), {"a"}, 0); };
  const auto no_label = [] { Column::of_sets("x", {0}, sets_of({{1}}), {"a"}, 0); };
  EXPECT_NE(refusal<SchemaError>(no_set).find("has a code 2, but only 1 sets"), std::string::npos);
  EXPECT_NE(refusal<SchemaError>(no_label).find("has a member 1, but only 1 labels"), std::string::npos);
}

TEST(SetColumn, GivesItsCellsToChosenRowsAndToOtherCodes) {
  const Column column = Column::of_sets("x", {0, 1, 2}, sets_of({{0}, {}}), {"a"}, 0);
  const std::vector<std::int64_t> rows{2, 0, 0};
  EXPECT_EQ(cells(column.take(rows)), (Cells{"-", "{a}", "{a}"}));
  EXPECT_EQ(column.take(rows).report().missing, 1);
  const std::vector<std::uint8_t> codes{2, 0};
  EXPECT_EQ(cells(column.recoded("y", std::span<const std::uint8_t>(codes))), (Cells{"-", "{}"}));
}

TEST(SetColumn, HasTheEmptySetFirstWhereItIsWanted) {
  const Column column = Column::of_sets("x", {0, 1, 2}, sets_of({{0}, {1}}), {"b", "a"}, 0);
  const Column with = column.with_empty_set();
  EXPECT_EQ(cells(with), cells(column));
  EXPECT_EQ(with.sets().size(), 3U);
  EXPECT_TRUE(with.sets()[0].empty());
  EXPECT_EQ(with.report().missing, 1);
  EXPECT_EQ(with.with_empty_set().sets().size(), 3U);
  EXPECT_THROW(Column::of_numbers("n", {1}).with_empty_set(), SchemaError);
}

TEST(SetColumn, IsReadAsDeclaredWithAliasesAndMembersInTheirOrder) {
  const Column column = Column::of_sets("x", {0, 1, 2}, sets_of({{0, 1}, {2, 2}}), {"model 1", "m1", "report"}, 0);
  const Column read =
      column.as({.name = "sources", .type = Type::set, .values = {"report", "m1"}, .aliases = {{"model 1", "m1"}}});
  EXPECT_EQ(read.name(), "sources");
  EXPECT_EQ(labels_of(read), (Texts{"report", "m1"}));
  EXPECT_EQ(cells(read), (Cells{"{m1}", "{report, report}", "-"}));
  EXPECT_EQ(read.report().missing, 1);
}

TEST(SetColumn, IsReadAsItIsWhereNothingElseIsMeant) {
  const Column column = Column::of_sets("x", {0, 1, 2}, sets_of({{0, 1}, {}}), {"m1", "report"}, 0);
  const Column read = column.as({.name = "sources", .type = Type::set, .aliases = {{"model 1", "m1"}}});
  EXPECT_EQ(read.name(), "sources");
  EXPECT_EQ(read.report().name, "sources");
  EXPECT_EQ(cells(read), cells(column));
  EXPECT_EQ(read.report().missing, 1);
}

TEST(SetColumn, IsNeverReadFromAnotherTypeNorAsOne) {
  const Column sets = Column::of_sets("x", {0}, sets_of({{0}}), {"a"}, 0);
  const Column numbers = Column::of_numbers("n", {1});
  EXPECT_NE(refusal<DataError>([&] { sets.as({.name = "x", .type = Type::text}); }).find("declare it as a set"),
            std::string::npos);
  EXPECT_NE(refusal<DataError>([&] { numbers.as({.name = "n", .type = Type::set}); }).find("lists of texts"),
            std::string::npos);
  EXPECT_THROW(numbers.sets(), SchemaError);
}

TEST(ArrowLists, OfTextsAreSets) {
  for (const bool large : {false, true}) {
    auto members = texts({"report", "hotline", "report"});
    const Column column = read(large ? lists<std::int64_t>("+L", {0, 2, 2, 3}, std::move(members))
                                     : lists<std::int32_t>("+l", {0, 2, 2, 3}, std::move(members)));
    EXPECT_EQ(cells(column), (Cells{"{hotline, report}", "{}", "{report}"}));
  }
}

TEST(ArrowLists, AreReadWithMissingCellsAndFromTheirOffset) {
  auto column = lists<std::int32_t>("+l", {1, 2, 3, 4}, texts({"never", "a", "b", "c"}), bits_of({true, false, true}));
  column->array.offset = 1;
  column->array.length = 2;
  EXPECT_EQ(cells(read(std::move(column))), (Cells{"-", "{c}"}));
}

TEST(ArrowLists, OfADictionaryAreSetsToo) {
  EXPECT_EQ(cells(read(lists<std::int32_t>("+l", {0, 2, 3}, dictionary<std::int8_t>("c", {1, 0, 1}, {"b", "a"})))),
            (Cells{"{a, b}", "{a}"}));
}

TEST(ArrowLists, WithAMissingMemberAreUnreadable) {
  const Column column = read(lists<std::int32_t>("+l", {0, 2, 3}, texts({"a", " ", "b"})));
  EXPECT_EQ(cells(column), (Cells{"-", "{b}"}));
  EXPECT_EQ(column.report().unreadable, 1);
  EXPECT_EQ(column.report().missing, 0);
  EXPECT_EQ(column.report().examples, (Texts{"a list with a missing member"}));
}

TEST(ArrowLists, OfWhatIsNotTextAreRefused) {
  const auto of_numbers = [] { read(lists<std::int32_t>("+l", {0, 1}, numbers<std::int64_t>("l", {1}))); };
  EXPECT_NE(refusal<SchemaError>(of_numbers).find("a list of what is not text"), std::string::npos);
}

TEST(ArrowLists, ThatReachPastTheirMembersOrRunBackAreRefused) {
  const auto past = [] { read(lists<std::int32_t>("+l", {0, 2}, texts({"a"}))); };
  const auto back = [] { read(lists<std::int32_t>("+l", {1, 0}, texts({"a"}))); };
  EXPECT_NE(refusal<SchemaError>(past).find("its lists reach past their members"), std::string::npos);
  EXPECT_NE(refusal<SchemaError>(back).find("its offsets decrease"), std::string::npos);
}

TEST(ArrowLists, AreHandedOutAndReadBackAsTheyWere) {
  const Column sources = Column::of_sets("x", {0, 1, 2}, sets_of({{1, 0, 0}, {}}), {"报告", "a"}, 0);
  ArrowArrayStream stream{};
  Table({sources}).to_arrow(&stream);
  const Column back = Table::from_arrow(&stream).columns()[0];
  EXPECT_EQ(cells(back), (Cells{"{a, 报告, 报告}", "{}", "-"}));
  EXPECT_EQ(back.type(), Type::set);
}

}  // namespace
}  // namespace casemetry
