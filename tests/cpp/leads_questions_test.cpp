// SPDX-License-Identifier: Apache-2.0
#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

// ----------------------------------------------------------------------------------------------- stages

const LeadSet supervision{.id = "supervision",
                          .unit = "lead",
                          .sources = "sources",
                          .among = Expression::parse("kind == 'supervision'"),
                          .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}}};

TEST(Stages, AreReachedByTheirDateOrALaterOne) {
  const Aggregate registered = stage_count(supervision, "registered");
  EXPECT_EQ(registered.id, "supervision_registered");
  EXPECT_EQ(registered.unit, "lead");
  EXPECT_EQ(registered.date, "registered_on");
  EXPECT_EQ(registered.applies_where->text(), "kind == 'supervision'");
  EXPECT_EQ(registered.where->text(),
            "not is_null(registered_on) and registered_on <= 9999-12-31 or "
            "not is_null(filed_on) and filed_on <= 9999-12-31");
  EXPECT_EQ(stage_count(supervision, "filed").where->text(), "not is_null(filed_on) and filed_on <= 9999-12-31");
}

TEST(Stages, OfNoNameAreAllLeadsWithoutADate) {
  const Aggregate all = stage_count(supervision);
  EXPECT_EQ(all.id, "supervision");
  EXPECT_FALSE(all.date || all.where);
}

TEST(Stages, NameTheNearest) {
  expect_says(refusal<QueryError>([] { stage_count(supervision, "file"); }),
              "lead set 'supervision' has no stage 'file'; did you mean 'filed'?");
}

// ----------------------------------------------------------------------------------------------- cells of a cube

// Leads of two offices, their patterns as `pattern(sources, @origin)` writes them; blank: the sources are unknown.
Cube leads_by_office() {
  const std::vector<std::string_view> office{"A", "A", "A", "B", "B", "A"};
  const std::vector<std::string_view> patterns{"digital 1",    "digital 1, traditional 1", "digital 1", "[]", "",
                                               "traditional 2"};
  const std::vector<std::string_view> stage{"filed", "filed", "screened", "filed", "filed", "filed"};
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {{.id = "lead"}};
  definitions.aggregates = {{.id = "filed", .unit = "lead", .where = Expression::parse("stage == 'filed'")}};
  definitions.indicators = {{.id = "leads_filed", .kind = Indicator::Kind::count, .of = Formula::parse("filed")},
                            {.id = "filed_a_lead",
                             .kind = Indicator::Kind::ratio,
                             .numerator = Formula::parse("filed"),
                             .denominator = Formula::parse("filed")}};
  const Table table = Table::of({{"office", office}, {"origin", patterns}, {"stage", stage}});
  return build({{"lead", table}}, Catalogue(definitions), {.by = {"office", "origin"}});
}

TEST(PatternCells, AreReadOffACountByADimensionOfPatterns) {
  const Result filed = query(leads_by_office(), {.indicators = {"leads_filed"}, .by = {"origin", "office"}});
  const std::vector<PatternCell> cells = pattern_cells(filed, "origin");
  ASSERT_EQ(cells.size(), 2U);
  const PatternCell& a = cells[0].cell.front() == "A" ? cells[0] : cells[1];
  const PatternCell& b = cells[0].cell.front() == "A" ? cells[1] : cells[0];
  const Contribution of_a = contribution({.sets = a.counts}, "digital", Rule::shapley);
  EXPECT_EQ(of_a.leads, 3) << "one was only screened";
  EXPECT_EQ(of_a.credit, (Rational{3, 2}));
  EXPECT_EQ(b.counts.unknown, 1);
  EXPECT_EQ(contribution({.sets = b.counts}, "digital", Rule::owen).unattributed, 1);
}

TEST(PatternCells, AddUpToThoseOfTheWhole) {
  const Cube cube = leads_by_office();
  const auto whole = pattern_cells(query(cube, {.indicators = {"leads_filed"}, .by = {"origin"}}), "origin");
  ASSERT_EQ(whole.size(), 1U);
  std::map<Pattern, std::int64_t> sum;
  for (const PatternCell& cell :
       pattern_cells(query(cube, {.indicators = {"leads_filed"}, .by = {"office", "origin"}}), "origin"))
    for (const auto& [pattern, leads] : cell.counts.leads) sum[pattern] += leads;
  EXPECT_EQ(sum, whole.front().counts.leads);
}

TEST(PatternCells, NeedACountByADimensionOfPatterns) {
  const Cube cube = leads_by_office();
  const auto refused = [&](const Query& question, std::string_view dimension) {
    return refusal<QueryError>([&] { pattern_cells(query(cube, question), dimension); });
  };
  expect_says(refused({.indicators = {"leads_filed"}, .by = {"origin"}}, "orign"), "did you mean 'origin'?");
  expect_says(refused({.indicators = {"filed_a_lead"}, .by = {"origin"}}, "origin"), "is no count of leads here");
  expect_says(refused({.indicators = {"leads_filed", "filed_a_lead"}, .by = {"origin"}}, "origin"), "of 2 indicators");
  expect_says(refusal<DataError>(
                  [&] { pattern_cells(query(cube, {.indicators = {"leads_filed"}, .by = {"office"}}), "office"); }),
              "'A' is no pattern");
}

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
  const auto refused = [&](const ClaimQuery& question, std::size_t n) {
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

// ----------------------------------------------------------------------------------------------- questions

Catalogue catalogue() {
  Definitions definitions;
  definitions.id = "leads";
  definitions.tables = {{.id = "lead"}};
  definitions.leads = {{.id = "supervision",
                        .unit = "lead",
                        .sources = "sources",
                        .first = "first_sources",
                        .among = Expression::parse("kind == 'supervision'"),
                        .stages = {{"registered", "registered_on"}, {"filed", "filed_on"}}}};
  definitions.groupings = {{.id = "origin", .groups = {{"digital", {"m1"}}}, .rest = "traditional"}};
  return Catalogue(definitions);
}

TEST(Questions, HaveTheirDefaultsFilledInAndPrinted) {
  const ContributionQuery asked = resolved(catalogue(), {.of = "digital", .rule = Rule::owen, .groups = "origin"});
  EXPECT_EQ(asked.lead, "supervision");
  EXPECT_EQ(asked.stage, "registered");
  EXPECT_EQ(names_of(catalogue(), asked),
            "rule owen; among kind == 'supervision'; stage registered; groups origin; counts leads; window as column "
            "sources says");
}

TEST(Questions, SayWhatTheyLack) {
  const auto refused = [](ContributionQuery question) {
    return refusal<QueryError>([&] { resolved(catalogue(), std::move(question)); });
  };
  expect_says(refused({.of = "digital", .groups = "origin"}), "needs its rule, for it depends on it; known: any");
  expect_says(refused({.of = "digital", .rule = Rule::owen}),
              "needs its groups, for it depends on them; known: origin");
  expect_says(refused({.of = "digtal", .rule = Rule::owen, .groups = "origin"}), "did you mean 'digital'?");
  expect_says(refused({.of = "digital", .rule = Rule::owen, .groups = "orgin"}), "did you mean 'origin'?");
  expect_says(refused({.of = "digital", .rule = Rule::owen, .groups = "origin", .stage = "file"}),
              "no stage 'file'; did you mean 'filed'?");
  expect_says(refused({.of = "digital", .rule = Rule::linear, .groups = "origin"}), "declare log = ");
}

}  // namespace
}  // namespace casemetry
