// SPDX-License-Identifier: Apache-2.0
#include "cubes.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <random>

namespace casemetry {
namespace {

using namespace samples;

// Many rows of chance, with missing cells; the same in any order.
class Random {
 public:
  explicit Random(std::size_t rows, std::size_t places = 5) {
    std::mt19937 chance(1);
    const auto any = [&](std::size_t n) { return static_cast<std::size_t>(chance() % n); };
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t kind = any(160);
      kinds.push_back(kind < 155 ? "k" + std::to_string(kind) : "");
      for (Texts* texts : {&first, &second, &third}) {
        const std::size_t place = any(places);
        texts->push_back(place == 0 ? "" : "p" + std::to_string(place));
      }
      const auto date = [&] { return any(9) == 0 ? std::nullopt : day(2020, 1 + static_cast<unsigned>(any(12)), 15); };
      start.push_back(date());
      end.push_back(date());
      amounts.push_back(any(9) == 0 ? std::nullopt : std::optional<std::int64_t>(any(1000)));
    }
  }

  Table table(const std::vector<std::size_t>& order = {}) const {
    const auto ordered = [&order]<class T>(std::vector<T> values) {
      const std::vector<T> before = values;
      for (std::size_t row = 0; row < order.size(); ++row) values[row] = before[order[row]];
      return values;
    };
    const Texts kind = ordered(kinds);
    const Texts a = ordered(first);
    const Texts b = ordered(second);
    const Texts c = ordered(third);
    const Dates from = ordered(start);
    const Dates until = ordered(end);
    const Numbers amount = ordered(amounts);
    return Table::of({column("kind", kind), column("a", a), column("b", b), column("c", c), column("start", from),
                      column("end", until), column("amount", amount)});
  }

  Texts kinds, first, second, third;
  Dates start, end;
  Numbers amounts;
};

Definitions many_kinds(std::size_t kinds) {
  Definitions made = definitions({placed(aggregate("all"), "end"), placed(sum_of("amount_sum", "amount"), "end"),
                                  placed(days_between("took", "start", "end"), "end"),
                                  placed(aggregate("odd", "a == b or days(start, end) > 60"), "end")});
  for (std::size_t kind = 0; kind < kinds; ++kind)
    made.aggregates.push_back(
        placed(aggregate("n" + std::to_string(kind), "kind == 'k" + std::to_string(kind) + "'"), "end"));
  made.indicators = {proportion("share", "n0 + n1", "all"), proportion("odd_share", "odd", "n0 + n1 + n2")};
  return made;
}

std::vector<Block> blocks(const Cube& cube) {
  return {cube.blocks().begin(), cube.blocks().end()};
}

TEST(Pass, CountsTheSameForAnyThreadsMorselsAndOrder) {
  const Random random(20'000);
  const Definitions made = many_kinds(10);
  const BuildOptions once{.by = {"a", "b"}, .threads = 1, .morsel = 1'000'000};
  const Cube expected = cube_of(random.table(), made, once);
  for (const int threads : {1, 2, 3, 7}) {
    for (const std::size_t morsel : {std::size_t{0}, std::size_t{1000}, std::size_t{1025}, std::size_t{65536},
                                     std::numeric_limits<std::size_t>::max()}) {
      if (morsel == 0 && threads > 2) continue;  // a row a task is slow
      std::vector<std::size_t> order(random.kinds.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::shuffle(order.begin(), order.end(), std::mt19937(static_cast<unsigned>(morsel)));
      const BuildOptions options{.by = {"a", "b"}, .threads = threads, .morsel = morsel};
      const Cube cube = cube_of(random.table(order), made, options);
      EXPECT_EQ(blocks(cube), blocks(expected)) << threads << " threads, morsels of " << morsel;
      EXPECT_EQ(cube.dimensions()[0].labels, expected.dimensions()[0].labels);
    }
  }
}

TEST(Pass, HasAsManyLanesAsAreWanted) {
  const Random random(5000);
  for (const std::size_t kinds : {1, 61, 63, 64, 127, 128, 155}) {
    const Cube cube = cube_of(random.table(), many_kinds(std::max<std::size_t>(kinds, 3)));
    const Block& block = cube.blocks()[0];
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const auto of_kind = std::count(random.kinds.begin(), random.kinds.end(), "k" + std::to_string(kind));
      const AggregateCounts& counts = counts_of(block, "n" + std::to_string(kind));
      EXPECT_EQ(total(counts.yes), of_kind);
      EXPECT_EQ(total(counts.unknown), std::count(random.kinds.begin(), random.kinds.end(), ""));
    }
  }
}

TEST(Pass, UnitesCountsOverSeveralColumns) {
  // 70 counts that are disjoint in one column and differ in another as well: no lane is their union.
  const Random random(5000);
  Definitions made = definitions({aggregate("all")});
  std::string numerator;
  std::int64_t expected = 0;
  for (std::size_t i = 0; i < 70; ++i) {
    const std::string kind = "k" + std::to_string(i);
    const std::string place = "p" + std::to_string(1 + i % 4);
    made.aggregates.push_back(aggregate("n" + std::to_string(i), "kind == '" + kind + "' and a == '" + place + "'"));
    numerator += (i == 0 ? "n" : " + n") + std::to_string(i);
    for (std::size_t row = 0; row < random.kinds.size(); ++row)
      expected += random.kinds[row] == kind && random.first[row] == place ? 1 : 0;
  }
  made.indicators = {proportion("share", numerator, "all")};
  EXPECT_EQ(cube_of(random.table(), made).blocks()[0].proportions[0].both_true, Counts{expected});
}

TEST(Pass, CountsBeyondWhatSmallCountersHold) {
  for (const std::size_t rows : {254, 255, 256, 510, 511, 65'535, 65'536, 70'000}) {
    const Texts decision(rows, "refused");
    const Texts office(rows, "A");
    const Table table = Table::of({column("decision", decision), column("office", office)});
    const Cube cube = cube_of(table, definitions({aggregate("refused", "decision == 'refused'"),
                                                  aggregate("approved", "decision == 'approved'")}));
    EXPECT_EQ(cube.blocks()[0].units, Counts{static_cast<std::int64_t>(rows)});
    EXPECT_EQ(counts_of(cube.blocks()[0], "refused").yes, Counts{static_cast<std::int64_t>(rows)});
    EXPECT_TRUE(counts_of(cube.blocks()[0], "approved").yes.empty());
  }
}

TEST(Pass, NumbersManyPossibleCellsLikeFew) {
  // 100³ possible cells are more than rows: those that occur are numbered. Summed over two dimensions they are the few.
  const Random random(3000, 100);
  const Definitions made = many_kinds(3);
  const Cube many = cube_of(random.table(), made, {.by = {"a", "b", "c"}});
  const Cube few = cube_of(random.table(), made, {.by = {"a"}});
  std::map<std::pair<std::string, std::int32_t>, std::int64_t> expected, rolled_up;
  const Block& block = few.blocks()[0];
  for (std::size_t cell = 0; cell < block.cells(); ++cell)
    expected[{label(few, block, cell), block.months[cell]}] += block.units[cell];
  const Block& fine = many.blocks()[0];
  for (std::size_t cell = 0; cell < fine.cells(); ++cell)
    rolled_up[{label(many, fine, cell), fine.months[cell]}] += fine.units[cell];
  EXPECT_EQ(rolled_up, expected);
  EXPECT_GT(fine.cells(), 2900U);
  const auto at = [&](std::size_t cell) {
    return std::tuple(fine.codes[3 * cell], fine.codes[3 * cell + 1], fine.codes[3 * cell + 2], fine.months[cell]);
  };
  for (std::size_t cell = 1; cell < fine.cells(); ++cell) EXPECT_LT(at(cell - 1), at(cell));
}

TEST(Pass, RefusesMoreCellsThanCanBeNumbered) {
  Texts wide(2000);
  for (std::size_t row = 0; row < wide.size(); ++row) wide[row] = std::to_string(row);
  std::vector<Column> columns;
  BuildOptions options;
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    columns.push_back(Table::of({column(name, wide)}).column(name));
    options.by.push_back(name);
  }
  const std::string message = message_of([&] { cube_of(Table(columns), definitions({aggregate("all")}), options); });
  EXPECT_TRUE(has(message, {"a (2001)", "f (2001)", "2^63", "`by`"}));
}

}  // namespace
}  // namespace casemetry
