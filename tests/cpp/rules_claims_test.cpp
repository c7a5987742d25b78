// SPDX-License-Identifier: Apache-2.0
#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

// ----------------------------------------------------------------------------------------------- claims

YearCounts year(const std::string& name, std::int64_t digital, std::int64_t traditional) {
  return {name,
          {.sets = {.leads = {{Pattern::parse("digital 1"), digital}, {Pattern::parse("hotline 1"), traditional}}}}};
}

TEST(Claims, HoldIfEveryYearHoldsByItself) {
  const std::vector<YearCounts> both{year("2024", 70, 30), year("2025", 140, 60)};
  const Claim held = claim(both, {.of = "digital", .rule = Rule::owen, .share = 0.6});
  EXPECT_TRUE(held.asked.holds);
  EXPECT_NEAR(held.asked.years[0].p, 0.020613416668581852, 1e-12);  // z = 0.1 / √(0.24 / 100)
  EXPECT_EQ(held.asked.p, held.asked.years[0].p);
  const std::vector<YearCounts> one{year("2024", 70, 30), year("2025", 65, 35)};
  const Claim failed = claim(one, {.of = "digital", .rule = Rule::owen, .share = 0.6});
  EXPECT_FALSE(failed.asked.holds);
  EXPECT_NEAR(failed.asked.p, 0.15371708296369746, 1e-12);
}

TEST(Claims, TellTheRulesUnderWhichTheyHold) {
  const std::vector<YearCounts> years{
      {"2024", {.sets = {.leads = {{Pattern::parse("digital 1, hotline 1"), 80}, {Pattern::parse("hotline 1"), 20}}}}}};
  const Claim claimed = claim(years, {.of = "digital", .rule = Rule::any, .share = 0.6});
  std::vector<std::string> holds, fails;
  for (const RuleVerdict& verdict : claimed.rules) (verdict.holds ? holds : fails).push_back(rule_name(verdict.rule));
  EXPECT_EQ(holds, (std::vector<std::string>{"any"}));
  EXPECT_EQ(fails, (std::vector<std::string>{"exclusive", "shapley", "owen"})) << "the others' sources are not at hand";
}

TEST(Claims, NeedARuleYearsWithLeadsAndAShare) {
  const std::vector<YearCounts> years{year("2024", 7, 3), year("2025", 0, 0)};
  const auto refused = [&](const ClaimTest& question, std::size_t n) {
    return refusal<QueryError>([&] { claim(std::span(years).first(n), question); });
  };
  expect_says(refused({.of = "digital"}, 1), "a claim needs its rule; known: any, exclusive, first");
  expect_says(refused({.of = "digital", .rule = Rule::any}, 0), "name at least one");
  expect_says(refused({.of = "digital", .rule = Rule::any}, 2), "about 2025, which has no leads");
  expect_says(refused({.of = "digital", .rule = Rule::any, .share = 60}, 1), "0.6 for 60 per cent");
}

// ----------------------------------------------------------------------------------------------- overlap

TEST(Overlaps, CountWhatTwoSourcesShare) {
  const Overlap found = overlap(toy());
  EXPECT_EQ(found.leads, 70);
  ASSERT_FALSE(found.pairs.empty());
  const Overlap::Pair& largest = found.pairs.front();  // m1|m2 8, m1|m2|manual 4, all four 2
  EXPECT_EQ(largest.first, "m1");
  EXPECT_EQ(largest.second, "m2");
  EXPECT_EQ(largest.both, 14);
  EXPECT_EQ(largest.either, 29 + 23 - 14);
  EXPECT_DOUBLE_EQ(largest.jaccard(), 14.0 / 38);
  EXPECT_DOUBLE_EQ(largest.first_in_second(), 14.0 / 29);
  EXPECT_DOUBLE_EQ(largest.second_in_first(), 14.0 / 23);
}

TEST(Overlaps, GiveTheLargestIntersections) {
  const Overlap found = overlap(toy(), {}, 2);
  ASSERT_EQ(found.intersections.size(), 2U);
  EXPECT_EQ(found.intersections[0].sources, (Sources{"m1", "m2"}));
  EXPECT_EQ(found.intersections[0].leads, 8);
  EXPECT_EQ(found.intersections[1].sources, (Sources{"m1", "manual"}));
  EXPECT_EQ(found.intersections[1].leads, 5);
}

TEST(Overlaps, NameSourcesThatFindNothingAndThoseAlwaysCovered) {
  const LeadsBySet leads{{{}, 4}, {{"a"}, 3}, {{"b", "a"}, 1}, {{"a", "b"}, 1}};
  const std::vector<std::string> declared{"a", "b", "sleeping"};
  const Overlap found = overlap(leads, declared);
  EXPECT_EQ(found.unattributed, 4);
  ASSERT_EQ(found.sources.size(), 3U);
  EXPECT_EQ(found.sources[0].leads, 5);
  EXPECT_EQ(found.sources[0].alone, 3);
  EXPECT_TRUE(found.sources[1].always_covered());
  EXPECT_EQ(found.sources[2].source, "sleeping");
  EXPECT_EQ(found.sources[2].leads, 0);
  EXPECT_FALSE(found.sources[2].always_covered());
}

TEST(Overlaps, RefuseALogInPlaceOfASet) {
  expect_says(refusal<DataError>([] { overlap({{{"a", "a"}, 1}}); }), "source 'a' stands twice in a set");
}

}  // namespace
}  // namespace casemetry
