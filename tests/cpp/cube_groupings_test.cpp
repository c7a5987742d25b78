// SPDX-License-Identifier: Apache-2.0
// Cubes by the patterns of a grouping that a table tells: they carry its rows, and parts of different rows do not add.
#include <casemetry/cube.hpp>

#include "cubes.hpp"
#include "unit_samples.hpp"

namespace casemetry {
namespace {

using namespace samples;

Definitions mixes() {
  Definitions made = units_of(
      {{.id = "leads"}, {.id = "models"}},
      {unit("lead", "leads", {"id"}, {{"mix", "pattern(set(source), @origin by min(on))"}, {"on", "min(on)"}})});
  made.groupings = {{.id = "origin", .rest = "others", .table = "models"}};
  made.aggregates = {{.id = "all", .unit = "lead", .date = "on"}};
  return made;
}

// m1 has been in a group since a day.
Table models(std::optional<Date> since, const std::string& group = "digital") {
  const Texts source{"m1", "hotline"};
  const Texts groups{group, "traditional"};
  const Dates from{since, {}};
  return Table::of({column("source", source), column("group", groups), column("valid_from", from)}, "models");
}

Cube part(const std::string& name, const Table& groups) {
  const Texts ids{name + "1", name + "1", name + "2"};
  const Texts source{"m1", "hotline", "m1"};
  const Dates on{day(2024, 3, 1), day(2024, 2, 1), day(2023, 1, 1)};
  const Tables tables{{"leads", Table::of({column("id", ids), column("source", source), column("on", on)})},
                      {"models", groups}};
  return build(tables, Catalogue(mixes()), {.by = {"mix"}, .partitioned_by = {"id"}, .part = name});
}

TEST(CubeOfPatterns, AddsPartsWithoutTheirTableOfGroupsBeingSaidToBeWhole) {
  const Cube sum = part("a", models(day(2024, 1, 1))) + part("b", models(day(2024, 1, 1)));
  EXPECT_EQ(sum.dimensions().front().labels, (Texts{"digital 1, traditional 1", "others 1"}));
  EXPECT_EQ(sum.blocks().front().units, (Counts{2, 2}));
}

TEST(CubeOfPatterns, RefusesPartsOfDifferentGroupsAndNamesTheFirstSourceThatDiffers) {
  const auto refused = [](const Table& groups) -> std::string {
    try {
      part("a", models(day(2024, 1, 1))) + part("b", groups);
    } catch (const MergeError& error) {
      return error.what();
    }
    return "added";
  };
  EXPECT_EQ(
      refused(models(day(2023, 1, 1))),
      "these cubes cannot be added: grouping 'origin': source 'm1' is in 'digital' from 2024-01-01 on the left and "
      "in 'digital' from 2023-01-01 on the right; build both with the same table of groups");
  const Texts one{"hotline"};
  const Texts group{"traditional"};
  EXPECT_EQ(
      refused(Table::of({column("source", one), column("group", group)}, "models")),
      "these cubes cannot be added: grouping 'origin': source 'm1' is in 'digital' from 2024-01-01 on the left and "
      "in none on the right; build both with the same table of groups");
}

TEST(CubeOfPatterns, CarriesTheGroupsAsBytesAndAsArrow) {
  const Cube a = part("a", models(day(2024, 1, 1)));
  ArrowArrayStream stream;
  a.to_arrow(&stream);
  for (const Cube& read : {Cube::from_bytes(a.bytes()), Cube::from_arrow(&stream)}) {
    EXPECT_EQ(read.fingerprint(), a.fingerprint());
    EXPECT_NO_THROW(read + part("b", models(day(2024, 1, 1))));
    EXPECT_THROW(read + part("b", models(day(2024, 1, 1), "traditional")), MergeError);
  }
}

// The same cube as another library might write it: the rows of its groups backwards, and one of them twice.
Cube shuffled(const Cube& cube) {
  Cube::Data data{.catalogue = cube.catalogue(),
                  .dimensions = {cube.dimensions().begin(), cube.dimensions().end()},
                  .blocks = {cube.blocks().begin(), cube.blocks().end()},
                  .partitioned_by = {"id"},
                  .parts = cube.parts(),
                  .groupings = cube.groupings()};
  std::vector<GroupedSource>& rows = data.groupings.at("origin");
  rows.push_back(rows.front());
  std::ranges::reverse(rows);
  return Cube(std::move(data));
}

TEST(CubeOfPatterns, ReadsTheRowsOfGroupsInAnyOrder) {
  const Cube a = part("a", models(day(2024, 1, 1)));
  ArrowArrayStream stream;
  shuffled(a).to_arrow(&stream);
  for (const Cube& read : {Cube::from_bytes(shuffled(a).bytes()), Cube::from_arrow(&stream)}) {
    EXPECT_EQ(read.groupings(), a.groupings());
    EXPECT_NO_THROW(read + part("b", models(day(2024, 1, 1))));
    EXPECT_THROW(read + part("b", models(day(2023, 1, 1))), MergeError);
  }
}

TEST(CubeOfPatterns, LetsNoOtherGroupingTakeTheNameOfOneThatItCountsBy) {
  const Cube cube = part("a", models(day(2024, 1, 1)));
  const Grouping same = cube.catalogue().definitions().groupings.front();
  const auto replaced = [&](const Cube& counts, const std::string& rest) {
    Grouping other = same;
    other.rest = rest;
    return counts.with(other);
  };
  EXPECT_EQ(replaced(cube, "others"), cube);
  EXPECT_THROW(replaced(cube, "elsewhere"), DefinitionError) << "the dimension 'mix' rests on it";
  EXPECT_NO_THROW(replaced(cube.roll_up({}), "elsewhere")) << "nothing that is left does";
  EXPECT_NO_THROW(cube.with(Grouping{.id = "another", .groups = {{"first", {"m1"}}}, .rest = "others"}));
}

TEST(CubeOfPatterns, LetsNoOtherGroupingTakeTheNameOfOneThatAnAggregateAsksFor) {
  Definitions definitions = mixes();
  definitions.aggregates.front().where = Expression::parse("mix == 'digital 1'");
  const Texts ids{"a"};
  const Texts source{"m1"};
  const Dates on{day(2024, 3, 1)};
  const Tables tables{{"leads", Table::of({column("id", ids), column("source", source), column("on", on)})},
                      {"models", models(day(2024, 1, 1))}};
  const Cube cube = build(tables, Catalogue(definitions), {});
  EXPECT_THROW(cube.with(Grouping{.id = "origin", .groups = {{"digital", {"m1"}}}, .rest = "others"}), DefinitionError);
}

TEST(CubeOfPatterns, KeepsTheGroupsOfBothSidesOfASum) {
  const Cube sum = part("a", models(day(2024, 1, 1))) + part("b", models(day(2024, 1, 1)));
  EXPECT_THROW(sum + part("c", models(day(2020, 1, 1))), MergeError);
}

}  // namespace
}  // namespace casemetry
