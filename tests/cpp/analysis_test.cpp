// SPDX-License-Identifier: Apache-2.0
// Structure: largest remainders over counts and ranges, classes, and what a change of share comes from.
#include <casemetry/analysis.hpp>

#include <gtest/gtest.h>

#include <bit>
#include <functional>
#include <numeric>
#include <random>
#include <set>

#include "questions.hpp"

namespace casemetry {
namespace {

using namespace questions;
using Shares = std::vector<int>;
using Roundings = std::vector<Shares>;
using Named = std::vector<std::pair<std::string, Figure>>;

// ----------------------------------------------------------------------------------------------- rounding

// Those that lost most get one more; `chosen` is such a set if none outside it lost more than one in it.
bool are_largest(const std::vector<std::int64_t>& lost, std::uint32_t chosen) {
  for (std::size_t i = 0; i < lost.size(); ++i)
    for (std::size_t j = 0; j < lost.size(); ++j)
      if (((chosen >> i) & 1U) != 0 && ((chosen >> j) & 1U) == 0 && lost[i] < lost[j]) return false;
  return true;
}

// The largest remainder by its definition, with every way in which a tie can be broken.
void add_by_definition(const std::vector<std::int64_t>& counts, std::set<Shares>& ways) {
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (total == 0) return;
  Shares floors;
  std::vector<std::int64_t> lost;
  for (const std::int64_t count : counts) {
    floors.push_back(static_cast<int>(100 * count / total));
    lost.push_back(100 * count % total);
  }
  const int missing = 100 - std::accumulate(floors.begin(), floors.end(), 0);
  for (std::uint32_t chosen = 0; chosen < (1U << counts.size()); ++chosen) {
    if (std::popcount(chosen) != missing || !are_largest(lost, chosen)) continue;
    Shares shares = floors;
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i] += static_cast<int>((chosen >> i) & 1U);
    ways.insert(shares);
  }
}

std::set<Shares> by_definition(const std::vector<Figure>& ranges) {
  std::set<Shares> ways;
  std::vector<std::int64_t> counts;
  const std::function<void()> try_all = [&] {
    if (counts.size() == ranges.size()) return add_by_definition(counts, ways);
    const Figure range = ranges[counts.size()];
    for (std::int64_t count = range.low; count <= range.high; ++count) {
      counts.push_back(count);
      try_all();
      counts.pop_back();
    }
  };
  try_all();
  return ways;
}

TEST(WholeShares, AddToAHundredByTheLargestRemainder) {
  // National 2024, printed as 84 : 7 : 5 : 4; each rounded by itself gives 85 : 7 : 5 : 4.
  EXPECT_EQ(whole_shares(std::vector<Figure>{3'471'000, 282'000, 195'000, 151'000}), (Roundings{{84, 7, 5, 4}}));
}

TEST(WholeShares, OfFiguresInTenThousandsAllowAnotherRounding) {
  const std::vector<Figure> figures{published("347.1", "万"), published("28.2", "万"), published("19.5", "万"),
                                    published("15.1", "万")};
  EXPECT_EQ(whole_shares(figures), (Roundings{{84, 7, 5, 4}, {85, 7, 5, 3}}));
}

TEST(WholeShares, TellTies) {
  EXPECT_EQ(whole_shares(std::vector<Figure>{1, 1, 1}), (Roundings{{34, 33, 33}, {33, 34, 33}, {33, 33, 34}}));
  EXPECT_EQ(whole_shares(std::vector<Figure>{0, 0}), Roundings{});
  EXPECT_EQ(whole_shares(std::vector<Figure>{0, 7}), (Roundings{{0, 100}}));
}

TEST(WholeShares, EqualTheDefinitionOverAllCountsOfRandomRanges) {
  std::mt19937 random(20241124);
  for (int round = 0; round < 120; ++round) {
    std::vector<Figure> ranges;
    for (int i = 0; i < 2 + round % 3; ++i) {
      const auto low = static_cast<std::int64_t>(random() % (round % 2 == 0 ? 8 : 300));
      ranges.emplace_back(low, low + static_cast<std::int64_t>(random() % 5));
    }
    const Roundings found = whole_shares(ranges);
    EXPECT_EQ(std::set<Shares>(found.begin(), found.end()), by_definition(ranges));
  }
}

TEST(WholeShares, RefuseWhatIsNoCount) {
  EXPECT_THROW(whole_shares(std::vector<Figure>{{-1, 3}, {1, 1}}), QueryError);
  EXPECT_THROW(whole_shares(std::vector<Figure>{{5, 3}}), QueryError);
  EXPECT_THROW(whole_shares(std::vector<Figure>{{0, 100'000'000}, {1, 1}}), QueryError);
}

TEST(Published, IsTheRangeThatRoundsToIt) {
  EXPECT_EQ(published("347.1", "万"), Figure(3'470'500, 3'471'499));
  EXPECT_EQ(published("38.50", "万"), Figure(384'950, 385'049));
  EXPECT_EQ(published("12", "万"), Figure(115'000, 124'999));
  EXPECT_EQ(published("0", "万"), Figure(0, 4'999));
  EXPECT_EQ(published("83805"), Figure(83'805));
  EXPECT_EQ(published("1.2345", "万"), Figure(12'345));
  for (const char* number : {"", ".", "-3", "3,471", "1.2.3", "三"}) EXPECT_THROW(published(number, "万"), QueryError);
  EXPECT_THROW(published("1", "千"), QueryError);
  EXPECT_THROW(published("1.5"), QueryError);
}

// ----------------------------------------------------------------------------------------------- figures

TEST(StructureOfFigures, IsNotDeterminedWhereTheRoundingIsOpen) {
  const Structure handled = structure(Named{{"刑事", published("347.1", "万")},
                                            {"民事", published("28.2", "万")},
                                            {"行政", published("19.5", "万")},
                                            {"公益诉讼", published("15.1", "万")}});
  EXPECT_EQ(handled.wholes.front().flags.status(), "not_determined");
  const Part& criminal = handled.wholes.front().parts.front();
  EXPECT_FALSE(criminal.share);
  EXPECT_LT(*criminal.least, 0.8468);
  EXPECT_GT(*criminal.most, 0.8468);
}

TEST(StructureOfFigures, OfExactCountsHasShares) {
  const Structure beijing = structure(Named{{"监督", 83'805}, {"办案", 49'615}});
  const Whole& whole = beijing.wholes.front();
  EXPECT_EQ(whole.total, Figure(133'420));
  EXPECT_NEAR(*whole.parts.front().share, 0.628, 0.0005);
  EXPECT_EQ(whole.flags.status(), "ok");
}

// ----------------------------------------------------------------------------------------------- cubes

Cube refusals() {
  return cube({{.office = A, .in = month(2023, 1), .x = 10, .n = 10},
               {.office = B, .in = month(2023, 1), .x = 30, .n = 30},
               {.office = A, .in = month(2024, 1), .x = 30, .n = 30},
               {.office = B, .in = month(2024, 1), .x = 20, .n = 20},
               {.office = missing, .in = month(2024, 1), .x = 50, .n = 50}});
}

std::vector<std::int64_t> counts(const Whole& whole) {
  std::vector<std::int64_t> counts;
  for (const Part& part : whole.parts) counts.push_back(part.count.low);
  return counts;
}

using Counts64 = std::vector<std::int64_t>;

StructureQuery by_office() {
  return {.of = "refusals", .dimension = "office", .classes = {{"first", {"B"}}, {"second", {"A"}}}, .period = "2024"};
}

TEST(StructureOfACube, HasClassesInDeclaredOrderAndShowsWhatIsInNone) {
  const Structure found = structure(refusals(), by_office());
  EXPECT_EQ(found.classes, (Texts{"first", "second", std::string(unmapped_class)}));
  EXPECT_EQ(found.unmapped, 2U);
  EXPECT_EQ(counts(found.wholes.front()), (Counts64{20, 30, 50}));
}

TEST(StructureOfACube, PutsTheRestInAClassButNeverWhatIsMissing) {
  StructureQuery question = by_office();
  question.classes.pop_back();
  question.rest = "others";
  const Structure found = structure(refusals(), question);
  EXPECT_EQ(found.classes[1], "others");
  EXPECT_EQ(counts(found.wholes.front()), (Counts64{20, 30, 50}));
}

TEST(StructureOfACube, TakesAnAggregateAndLabelsAsTheyAre) {
  const Structure found = structure(refusals(), {.of = "refused", .dimension = "office", .period = "2023"});
  EXPECT_EQ(counts(found.wholes.front())[0], 10);
  EXPECT_EQ(counts(found.wholes.front())[1], 30);
}

// 10 of 40, then 30 of 50 (without the missing): own first 30/60 − 10/40, own last 30/50 − 10/30.
TEST(StructureOfACube, PartsAChangeBetweenItsOwnVolumeAndThatOfTheOthers) {
  StructureQuery question = by_office();
  question.compare = {"year_ago"};
  question.where = Expression::parse("office in ['A', 'B']");
  const Structure found = structure(refusals(), question);
  const PartChange& change = found.wholes.front().parts[1].changes.front();
  EXPECT_EQ(change.count, 10);
  EXPECT_NEAR(*change.change, 0.6 - 0.25, 1e-15);
  EXPECT_NEAR(*change.from_own, ((0.5 - 0.25) + (0.6 - 10.0 / 30)) / 2, 1e-15);
  EXPECT_NEAR(*change.from_own + *change.from_others, *change.change, 1e-15);
}

std::int32_t day_number(int year, int month_number, int day) {
  const std::chrono::local_days date{std::chrono::year{year} / month_number / day};
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}

TEST(StructureOfACube, ResolvesADatedMappingAtEachMonth) {
  StructureQuery question = by_office();
  question.classes.clear();
  question.dated = {{"A", "old", missing_day, day_number(2023, 12, 31)},
                    {"A", "new", day_number(2024, 1, 1), missing_day},
                    {"B", "old", missing_day, missing_day}};
  question.compare = {"year_ago"};
  const Structure found = structure(refusals(), question);
  EXPECT_EQ(counts(found.wholes.front()), (Counts64{20, 30, 50}));
  EXPECT_EQ(found.wholes.front().parts[0].changes.front().count, 40);
  EXPECT_EQ(found.wholes.front().parts[1].changes.front().count, 0);
}

TEST(StructureOfACube, IsMadeForEachPeriod) {
  StructureQuery question = by_office();
  question.period = "2023..2024";
  question.every = "year";
  const Structure found = structure(refusals(), question);
  ASSERT_EQ(found.wholes.size(), 2U);
  EXPECT_EQ(found.wholes[0].period, "2023");
  EXPECT_EQ(counts(found.wholes[0]), (Counts64{30, 10, 0}));
}

std::string refusal_of(const StructureQuery& question) {
  try {
    structure(refusals(), question);
  } catch (const Error& error) {
    return error.what();
  }
  return "not refused";
}

TEST(StructureOfACube, RefusesWhatMakesNone) {
  StructureQuery question = by_office();
  question.of = "non_arrest_rate";
  EXPECT_NE(refusal_of(question).find("no count"), std::string::npos);
  question = by_office();
  question.classes.push_back({"third", {"A"}});
  EXPECT_NE(refusal_of(question).find("at one time"), std::string::npos);
  question = by_office();
  question.dimension = "offise";
  EXPECT_NE(refusal_of(question).find("'office'"), std::string::npos);
  question = by_office();
  question.compare = {"total"};
  EXPECT_NE(refusal_of(question).find("no comparison"), std::string::npos);
}

TEST(StructureOfACube, GoesOutAsATableOfARowForEachClass) {
  StructureQuery question = by_office();
  question.compare = {"previous"};
  const auto columns = structure(refusals(), question).columns();
  EXPECT_EQ(columns.back().name, "previous_from_others");
  EXPECT_EQ(std::get<ArrowColumn::Integers>(columns[2].values).size(), 3U);
}

}  // namespace
}  // namespace casemetry
