// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <casemetry/error.hpp>
#include <casemetry/leads.hpp>
#include <casemetry/statistics.hpp>
#include <cmath>
#include <fstream>
#include <numeric>
#include <sstream>

namespace casemetry {
namespace {

using Sources = std::vector<std::string>;
using LeadsBySet = std::map<Sources, std::int64_t>;

// ----------------------------------------------------------------------------------------------- the golden toy

std::vector<std::string> parts(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, separator);) cells.push_back(cell);
  return cells;
}

// The rows of a golden table, without its header.
std::vector<std::vector<std::string>> golden(const std::string& name) {
  std::ifstream file(std::string(CASEMETRY_GOLDEN) + "/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(parts(line, ','));
  if (rows.empty()) throw std::runtime_error("no golden table " + name);
  rows.erase(rows.begin());
  return rows;
}

// 70 leads, four sources, nine sets.
LeadsBySet toy() {
  LeadsBySet leads;
  for (const auto& row : golden("coverage_toy_leads.csv")) leads[parts(row[0], '|')] += std::stoll(row[1]);
  return leads;
}

const Grouping origin{.id = "origin", .groups = {{"digital", {"m1", "m2"}}, {"traditional", {"hotline", "manual"}}}};

PatternCounts patterns(const LeadsBySet& leads, const Grouping& grouping = origin) {
  PatternCounts counts;
  for (const auto& [sources, n] : leads) counts.leads[pattern_of(sources, grouping)] += n;
  return counts;
}

Rational fraction(const std::string& text) {
  const auto cells = parts(text, '/');
  return {std::stoll(cells[0]), cells.size() > 1 ? std::stoll(cells[1]) : 1};
}

template <typename Exception, typename Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const Exception& error) {
    return error.what();
  }
  return "not refused";
}

void expect_says(const std::string& message, const std::string& part) {
  EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(CoverageToy, GivesEverySourceItsExactCredit) {
  for (const auto& row : golden("coverage_toy_expected.csv")) {
    const auto credit = [&](Rule rule) { return source_contribution(toy(), origin, row[0], rule).credit; };
    EXPECT_EQ(credit(Rule::any), fraction(row[1])) << row[0];
    EXPECT_EQ(credit(Rule::exclusive), fraction(row[2])) << row[0];
    EXPECT_EQ(credit(Rule::shapley), fraction(row[3])) << row[0];
    EXPECT_EQ(credit(Rule::owen), fraction(row[6])) << row[0];
    EXPECT_DOUBLE_EQ(*source_contribution(toy(), origin, row[0], Rule::shapley).value, std::stod(row[4])) << row[0];
    EXPECT_DOUBLE_EQ(*source_contribution(toy(), origin, row[0], Rule::owen).value, std::stod(row[7])) << row[0];
  }
}

TEST(CoverageToy, GivesEveryGroupItsShare) {
  const LeadCounts counts{.sets = patterns(toy())};
  for (const auto& row : golden("coverage_toy_groups_expected.csv")) {
    const auto by = [&](Rule rule) { return contribution(counts, row[0], rule); };
    EXPECT_EQ(by(Rule::any).credit, fraction(row[1])) << row[0];
    EXPECT_DOUBLE_EQ(*by(Rule::any).value, std::stod(row[2])) << row[0];
    EXPECT_EQ(by(Rule::exclusive).credit, fraction(row[3])) << row[0];
    EXPECT_DOUBLE_EQ(*by(Rule::exclusive).value, std::stod(row[4])) << row[0];
    EXPECT_DOUBLE_EQ(*by(Rule::shapley).value, std::stod(row[5])) << row[0];
    EXPECT_DOUBLE_EQ(*by(Rule::owen).value, std::stod(row[6])) << row[0];
  }
}

// The variance is taken from the weights of the group: from single-source tables it would be 0.0424.
TEST(CoverageToy, GivesDigitalItsStandardErrorAndInterval) {
  const Contribution digital = contribution({.sets = patterns(toy())}, "digital", Rule::shapley);
  EXPECT_EQ(digital.credit, (Rational{95, 3}));
  EXPECT_EQ(digital.leads, 70);
  EXPECT_NEAR(*digital.standard_error, 0.053361265766090835, 1e-15);
  EXPECT_NEAR(*digital.low, 0.35202380073155076, 1e-12);  // Wilson with n_eff = 87.0022753128
  EXPECT_NEAR(*digital.high, 0.556765384772476, 1e-12);
}

TEST(CoverageToy, GivesWilsonsIntervalWhereLeadsCountWhole) {
  const Contribution any = contribution({.sets = patterns(toy())}, "digital", Rule::any);
  const Interval wilson_any = wilson(38, 70);
  EXPECT_NEAR(*any.low, wilson_any.low, 1e-14);
  EXPECT_NEAR(*any.high, wilson_any.high, 1e-14);
}

TEST(CoverageToy, PutsOwenOfTwoGroupsInTheMiddleOfTheBand) {
  const Contribution owen = contribution({.sets = patterns(toy())}, "digital", Rule::owen);
  EXPECT_DOUBLE_EQ(*owen.value, (*owen.exclusive + *owen.any) / 2);
  EXPECT_EQ(owen.credit, (Rational{31, 1}));
}

// ----------------------------------------------------------------------------------------------- patterns

TEST(Patterns, ReadBackFromTheirText) {
  const Pattern pattern{{{"traditional", 1}, {"digital", 2}}};
  EXPECT_EQ(pattern.text(), "digital 2, traditional 1");
  EXPECT_EQ(Pattern::parse(pattern.text()), pattern);
  EXPECT_EQ(Pattern{}.text(), "[]");
  EXPECT_EQ(Pattern::parse("[]"), Pattern{});
  EXPECT_EQ(Pattern::parse("群众 举报 12"), (Pattern{{{"群众 举报", 12}}}));
}

TEST(Patterns, AreRefusedIfTheyAreNone) {
  for (const char* text : {"", "digital", "digital 0", "digital -1", "digital two", " 2", "digital 1, digital 2",
                           "digital 1,", "digital 1, "})
    expect_says(refusal<DataError>([&] { Pattern::parse(text); }), "is no pattern");
}

TEST(Patterns, PutSourcesThatNoGroupListsIntoTheRest) {
  const Grouping open{.id = "origin", .groups = {{"digital", {"m1", "m2"}}}, .rest = "traditional"};
  EXPECT_EQ(pattern_of(Sources{"m1", "m2", "hotline"}, open).text(), "digital 2, traditional 1");
  const Grouping closed{.id = "origin", .groups = {{"digital", {"model_001"}}}};
  const std::string message = refusal<DataError>([&] { pattern_of(Sources{"model_01"}, closed); });
  expect_says(message, "source 'model_01' is in no group of 'origin'");
  expect_says(message, "did you mean 'model_001'?");
}

TEST(Patterns, OfAGroupingByTableAreLeftToTheData) {
  const Grouping dated{.id = "dated", .table = "source_groups"};
  expect_says(refusal<QueryError>([&] { pattern_of(Sources{"m1"}, dated); }), "table 'source_groups'");
}

// ----------------------------------------------------------------------------------------------- weights

TEST(Weights, AreThoseOfTheTable) {
  const Pattern pattern{{{"digital", 2}, {"hotline", 1}, {"review", 1}}};
  EXPECT_EQ(weight(Rule::any, pattern, "digital"), (Rational{1, 1}));
  EXPECT_EQ(weight(Rule::exclusive, pattern, "digital"), (Rational{0, 1}));
  EXPECT_EQ(weight(Rule::exclusive, Pattern{{{"digital", 2}}}, "digital"), (Rational{1, 1}));
  EXPECT_EQ(weight(Rule::shapley, pattern, "digital"), (Rational{1, 2}));
  EXPECT_EQ(weight(Rule::owen, pattern, "digital"), (Rational{1, 3}));
  EXPECT_EQ(weight(Rule::linear, Pattern{{{"digital", 6}, {"hotline", 3}}}, "digital"), (Rational{2, 3}));
}

TEST(Weights, AreNoneWithoutSources) {
  for (const std::string& name : rule_names()) {
    EXPECT_EQ(weight(rule_named(name), {}, "digital"), (Rational{0, 1})) << name;
    EXPECT_EQ(weight(rule_named(name), Pattern{{{"hotline", 1}}}, "digital"), (Rational{0, 1})) << name;
  }
}

TEST(Weights, OfRulesThatSplitLeadsSumToOne) {
  const Pattern pattern{{{"a", 3}, {"b", 2}, {"c", 2}}};
  for (const Rule rule : {Rule::first, Rule::last, Rule::linear, Rule::shapley, Rule::owen}) {
    double sum = 0;
    for (const char* group : {"a", "b", "c"}) {
      const Rational share = weight(rule, pattern, group);
      sum += static_cast<double>(share.numerator) / static_cast<double>(share.denominator);
    }
    EXPECT_DOUBLE_EQ(sum, 1) << rule_name(rule);
  }
}

TEST(Weights, AreAllEqualWhereASingleSourceFoundTheLead) {
  for (const std::string& name : rule_names())
    EXPECT_EQ(weight(rule_named(name), Pattern{{{"digital", 1}}}, "digital"), (Rational{1, 1})) << name;
}

// Two clones that find the same leads stand for one model.
TEST(Weights, MoveUnderShapleyAndNotUnderOwenWhenAModelIsSplit) {
  const Pattern before{{{"digital", 1}, {"hotline", 1}}};
  const Pattern after{{{"digital", 2}, {"hotline", 1}}};
  EXPECT_EQ(weight(Rule::owen, before, "digital"), weight(Rule::owen, after, "digital"));
  EXPECT_EQ(weight(Rule::shapley, before, "digital"), (Rational{1, 2}));
  EXPECT_EQ(weight(Rule::shapley, after, "digital"), (Rational{2, 3}));
}

TEST(Weights, NameTheNearestRule) {
  expect_says(refusal<QueryError>([] { rule_named("shaply"); }), "no rule 'shaply'; did you mean 'shapley'?");
}

// ----------------------------------------------------------------------------------------------- contributions

// Five leads: g once and another a hundred times; three at once; one after the other; one alone; none.
LeadCounts five() {
  const auto counts = [](std::initializer_list<const char*> texts) {
    PatternCounts patterns;
    for (const char* text : texts) ++patterns.leads[Pattern::parse(text)];
    return patterns;
  };
  return {.sets = counts({"digital 1, traditional 1", "digital 2, traditional 1", "digital 1, traditional 1",
                          "traditional 1", "[]"}),
          .first = counts({"digital 1", "digital 2, traditional 1", "traditional 1", "traditional 1", "[]"}),
          .last = counts({"traditional 1", "digital 2, traditional 1", "digital 1", "traditional 1", "[]"}),
          .log = counts({"digital 1, traditional 100", "digital 2, traditional 1", "digital 1, traditional 1",
                         "traditional 1", "[]"})};
}

// By tests/oracle/leads.py: every order of the sources, one lead at a time.
TEST(Contribution, EqualsBruteForceUnderEveryRule) {
  const auto expect = [](Rule rule, Rational credit, double variance) {
    const Contribution digital = contribution(five(), "digital", rule);
    EXPECT_EQ(digital.credit, credit) << rule_name(rule);
    EXPECT_EQ(digital.leads, 5) << rule_name(rule);
    EXPECT_NEAR(*digital.standard_error, std::sqrt(variance), 1e-15) << rule_name(rule);
  };
  expect(Rule::any, {3, 1}, 6.0 / 125);
  expect(Rule::exclusive, {0, 1}, 0);
  expect(Rule::first, {5, 3}, 8.0 / 225);
  expect(Rule::last, {5, 3}, 8.0 / 225);
  expect(Rule::linear, {713, 606}, 191734.0 / 11476125);
  expect(Rule::shapley, {5, 3}, 7.0 / 450);
  expect(Rule::owen, {3, 2}, 3.0 / 250);
}

TEST(Contribution, StaysInTheBandHoweverOftenOthersLogTheSameLead) {
  for (const std::string& name : rule_names()) {
    const Contribution digital = contribution(five(), "digital", rule_named(name));
    EXPECT_LE(*digital.exclusive, *digital.value) << name;
    EXPECT_LE(*digital.value, *digital.any) << name;
    EXPECT_LE(*digital.low, *digital.value) << name;
    EXPECT_LE(*digital.value, *digital.high) << name;
  }
}

TEST(Contribution, CountsALeadWithoutSourceInWAndInU) {
  const Contribution of_all = contribution(five(), "digital", Rule::owen);
  EXPECT_EQ(of_all.leads, 5);
  EXPECT_EQ(of_all.unattributed, 1);
  EXPECT_DOUBLE_EQ(*of_all.value, 1.5 / 5);
  const Contribution of_attributed = contribution(five(), "digital", Rule::owen, Over::attributed);
  EXPECT_EQ(of_attributed.leads, 4);
  EXPECT_EQ(of_attributed.unattributed, 1);
  EXPECT_DOUBLE_EQ(*of_attributed.value, 1.5 / 4);
}

TEST(Contribution, TellsWhatTheUnknownCouldMakeOfIt) {
  LeadCounts counts{.sets = {.leads = {{Pattern{{{"digital", 1}}}, 6}, {Pattern{}, 2}}, .unknown = 2}};
  const Contribution digital = contribution(counts, "digital", Rule::any);
  EXPECT_EQ(digital.leads, 8);
  EXPECT_EQ(digital.unknown, 2);
  EXPECT_DOUBLE_EQ(*digital.least, 0.6);
  EXPECT_DOUBLE_EQ(*digital.most, 0.8);
}

TEST(Contribution, IsUnknownByFirstForALeadOfWhichNoTimeIsKnown) {
  const Pattern found{{{"digital", 1}}};
  const LeadCounts counts{.sets = {.leads = {{found, 3}, {Pattern{}, 1}}},
                          .first = PatternCounts{.leads = {{found, 1}, {Pattern{}, 3}}}};
  const Contribution digital = contribution(counts, "digital", Rule::first);
  EXPECT_EQ(digital.unknown, 2);
  EXPECT_EQ(digital.leads, 2);
  EXPECT_EQ(digital.unattributed, 1);
  EXPECT_DOUBLE_EQ(*digital.value, 0.5);
}

TEST(Contribution, OfNoLeadsHasNoValue) {
  const Contribution none = contribution({}, "digital", Rule::shapley);
  EXPECT_FALSE(none.value || none.low || none.high || none.standard_error || none.any || none.least);
  EXPECT_EQ(none.leads, 0);
}

TEST(Contribution, IsAPointWhereAllLeadsAreSplitAlike) {
  const Contribution half =
      contribution({.sets = {.leads = {{Pattern::parse("digital 1, hotline 1"), 9}}}}, "digital", Rule::shapley);
  EXPECT_EQ(half.standard_error, 0);
  EXPECT_EQ(half.low, 0.5);
  EXPECT_EQ(half.high, 0.5);
}

TEST(Contribution, HasWilsonsIntervalAtItsEnds) {
  const Contribution all =
      contribution({.sets = {.leads = {{Pattern::parse("digital 2"), 6}}}}, "digital", Rule::shapley);
  EXPECT_EQ(all.high, 1);
  EXPECT_NEAR(*all.low, wilson(6, 6).low, 1e-15);
  const Contribution none =
      contribution({.sets = {.leads = {{Pattern::parse("hotline 1"), 6}}}}, "digital", Rule::owen);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(*none.high, wilson(0, 6).high, 1e-15);
}

TEST(Contribution, AddsOverPartsThatDoNotSplitALead) {
  LeadCounts twice = five();
  for (auto& [pattern, leads] : twice.sets.leads) leads *= 2;
  const Contribution one = contribution({.sets = five().sets}, "digital", Rule::shapley);
  const Contribution two = contribution({.sets = twice.sets}, "digital", Rule::shapley);
  EXPECT_EQ(two.credit, (Rational{10, 3}));
  EXPECT_DOUBLE_EQ(*two.value, *one.value);
}

// Denominators whose common multiple is beyond 64 bits: no exact credit, and the same value to the last digits.
TEST(Contribution, HasAValueAlsoWhereItsCreditDoesNotFit) {
  LeadCounts counts;
  double expected = 0;
  for (std::int64_t others = 1; others < 64; ++others) {
    counts.sets.leads[Pattern{{{"digital", 1}, {"hotline", others}}}] = 1;
    expected += 1 / static_cast<double>(others + 1);
  }
  const Contribution digital = contribution(counts, "digital", Rule::shapley);
  EXPECT_FALSE(digital.credit);
  EXPECT_NEAR(*digital.value, expected / 63, 1e-15);
}

TEST(Contribution, ChangesByNewcombesInterval) {
  const auto of = [](std::int64_t digital, std::int64_t hotline) {
    return contribution(
        {.sets = {.leads = {{Pattern::parse("digital 1"), digital}, {Pattern::parse("hotline 1"), hotline}}}},
        "digital", Rule::any);
  };
  const Change change = compare(of(56, 14), of(48, 32));
  const Interval expected = newcombe(56, 70, 48, 80);  // Newcombe's own example: [0.0524, 0.3339]
  EXPECT_NEAR(*change.change, 0.2, 1e-15);
  EXPECT_NEAR(*change.low, expected.low, 1e-14);
  EXPECT_NEAR(*change.high, expected.high, 1e-14);
  EXPECT_NEAR(*change.low, 0.0524, 5e-5);
  EXPECT_NEAR(*change.high, 0.3339, 5e-5);
  EXPECT_FALSE(compare(of(1, 0), of(0, 0)).change);
}

TEST(Contribution, NeedsThePatternsThatItsRuleReads) {
  const LeadCounts sets_only{.sets = five().sets};
  expect_says(refusal<QueryError>([&] { contribution(sets_only, "digital", Rule::first); }),
              "the rule first needs more than the sets of sources: declare in the lead set first = ");
  expect_says(refusal<QueryError>([&] { contribution(sets_only, "digital", Rule::linear); }), "log = ");
  expect_says(refusal<QueryError>([&] { source_contribution(toy(), origin, "m1", Rule::last); }), "the rule last");
}

TEST(Contribution, RefusesCountsThatAreNone) {
  expect_says(refusal<DataError>([] { contribution({.sets = {.leads = {{Pattern{}, -1}}}}, "digital", Rule::any); }),
              "is -1; expected 0 or more");
  LeadCounts uneven = five();
  uneven.first->leads.erase(Pattern::parse("traditional 1"));
  expect_says(refusal<DataError>([&] { contribution(uneven, "digital", Rule::first); }), "expected the same leads");
}

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
