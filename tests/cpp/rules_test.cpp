// SPDX-License-Identifier: Apache-2.0
#include <casemetry/statistics.hpp>
#include <cmath>

#include "lead_samples.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

Rational fraction(const std::string& text) {
  const auto cells = parts(text, '/');
  return {std::stoll(cells[0]), cells.size() > 1 ? std::stoll(cells[1]) : 1};
}

// Of all leads together.
double weight_of(const std::string& source, Rule rule) {
  double sum = 0;
  for (const auto& [sources, leads] : toy()) {
    const Rational weight = source_weight(rule, sources, origin, source);
    sum += static_cast<double>(leads * weight.numerator) / static_cast<double>(weight.denominator);
  }
  return sum;
}

TEST(CoverageToy, GivesEverySourceItsExactCredit) {
  const LeadCounts counts{.sets = patterns(toy(), single)};
  for (const auto& row : golden("coverage_toy_expected.csv")) {
    const auto credit = [&](Rule rule) { return contribution(counts, row[0], rule).credit; };
    EXPECT_EQ(credit(Rule::any), fraction(row[1])) << row[0];
    EXPECT_EQ(credit(Rule::exclusive), fraction(row[2])) << row[0];
    EXPECT_EQ(credit(Rule::shapley), fraction(row[3])) << row[0];
    EXPECT_NEAR(weight_of(row[0], Rule::shapley) / 70, std::stod(row[4]), 1e-14) << row[0];
    EXPECT_NEAR(weight_of(row[0], Rule::owen) / 70, std::stod(row[7]), 1e-14) << row[0];
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

// Undecided leads may be in or out: two that digital found alone, one that it found with the hotline.
TEST(Contribution, TellsWhatLeadsThatMayNotBeAskedAboutCouldMakeOfIt) {
  const LeadCounts counts{
      .sets = {.leads = {{Pattern::parse("digital 1"), 1}, {Pattern::parse("hotline 1"), 1}},
               .undecided = {
                   {Pattern::parse("digital 1"), 2}, {Pattern::parse("digital 1, hotline 1"), 1}, {Pattern{}, 3}}}};
  const Contribution of_all = contribution(counts, "digital", Rule::shapley);
  EXPECT_DOUBLE_EQ(*of_all.value, 0.5);
  EXPECT_EQ(of_all.unknown, 6);
  EXPECT_DOUBLE_EQ(*of_all.least, 1.0 / 5) << "the three without a source in, all others out";
  EXPECT_DOUBLE_EQ(*of_all.most, 3.0 / 4) << "those that digital found alone in";
  const Contribution of_attributed = contribution(counts, "digital", Rule::shapley, Over::attributed);
  EXPECT_EQ(of_attributed.unknown, 3);
  EXPECT_DOUBLE_EQ(*of_attributed.least, 0.5);
  EXPECT_DOUBLE_EQ(*of_attributed.most, 3.0 / 4);
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

TEST(Contribution, IsNoSurerWhereAllLeadsAreSplitAlikeThanIfEachCountedWhole) {
  const Contribution half =
      contribution({.sets = {.leads = {{Pattern::parse("digital 1, hotline 1"), 9}}}}, "digital", Rule::shapley);
  EXPECT_EQ(half.standard_error, 0);
  EXPECT_EQ(half.low, wilson_share(0.5, 9).low);
  EXPECT_EQ(half.high, wilson_share(0.5, 9).high);
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

// Digital 30 of 100 yuan, half of 60, none of 10: values 10 and 20, 60, 10.
LeadCounts of_value() {
  const Pattern alone = Pattern::parse("digital 1"), both = Pattern::parse("digital 1, hotline 1");
  LeadCounts counts{.sets = {.leads = {{alone, 2}, {both, 1}, {Pattern{}, 1}}}};
  counts.sets.values = PatternCounts::Values{
      .leads = {{alone, {2, {0, 30}, {0, 500}}}, {both, {1, {0, 60}, {0, 3600}}}, {Pattern{}, {1, {0, 10}, {0, 100}}}}};
  return counts;
}

TEST(Contribution, WeighsLeadsByTheirValue) {
  const Contribution digital = contribution(of_value(), "digital", Rule::shapley);
  EXPECT_EQ(digital.credit, (Rational{60, 1}));
  EXPECT_EQ(digital.weight, (Wide{0, 100}));
  EXPECT_DOUBLE_EQ(*digital.value, 0.6);
  EXPECT_EQ(digital.leads, 4);
  EXPECT_EQ(digital.unattributed, 1);
  const double squares = 500 * 0.4 * 0.4 + 3600 * 0.1 * 0.1 + 100 * 0.6 * 0.6;
  EXPECT_NEAR(*digital.standard_error, std::sqrt(squares) / 100, 1e-15);
  EXPECT_DOUBLE_EQ(*digital.exclusive, 0.3);
  EXPECT_DOUBLE_EQ(*digital.any, 0.9);
  const Interval expected = wilson_share(0.6, 0.24 / (squares / 1e4));
  EXPECT_DOUBLE_EQ(*digital.low, expected.low);
  EXPECT_EQ(digital.least, digital.value);
}

TEST(Contribution, WithUnitValuesIsTheSameAsWithout) {
  LeadCounts counts = five();
  for (PatternCounts* patterns : {&counts.sets, &*counts.first, &*counts.last, &*counts.log}) {
    patterns->values.emplace();
    for (const auto& [pattern, leads] : patterns->leads) {
      const Wide n{0, static_cast<std::uint64_t>(leads)};
      patterns->values->leads[pattern] = {leads, n, n};
    }
  }
  for (const std::string& name : rule_names()) {
    const Contribution valued = contribution(counts, "digital", rule_named(name));
    const Contribution counted = contribution(five(), "digital", rule_named(name));
    EXPECT_EQ(valued.credit, counted.credit) << name;
    EXPECT_EQ(valued.low, counted.low) << name;
    EXPECT_EQ(valued.high, counted.high) << name;
  }
}

TEST(Contribution, OfOneOrNoneIsKnownAsWellAsItsValuesAreEven) {
  LeadCounts counts{.sets = {.leads = {{Pattern::parse("digital 1"), 2}}}};
  counts.sets.values = PatternCounts::Values{.leads = {{Pattern::parse("digital 1"), {2, {0, 100}, {0, 8200}}}}};
  const Contribution all = contribution(counts, "digital", Rule::any);
  EXPECT_EQ(all.high, 1);
  EXPECT_DOUBLE_EQ(*all.low, wilson_share(1, 1e4 / 8200).low) << "90 and 10: as well as 1.2 leads would tell";
}

TEST(Contribution, CountsALeadOfUnknownValueAsUnknownAndKnowsNoBandThen) {
  LeadCounts counts = of_value();
  counts.sets.values->leads[Pattern::parse("digital 1")] = {1, {0, 20}, {0, 400}};
  const Contribution digital = contribution(counts, "digital", Rule::any);
  EXPECT_EQ(digital.unknown, 1);
  EXPECT_EQ(digital.leads, 3);
  EXPECT_EQ(digital.all, 4);
  EXPECT_DOUBLE_EQ(*digital.value, 80.0 / 90);
  EXPECT_FALSE(digital.least || digital.most);
}

TEST(Contribution, KnowsTheBandWhereItIsKnownWhatTheUnknownWeigh) {
  LeadCounts counts = of_value();
  counts.sets.unknown = 1;
  counts.sets.values->unknown = {1, {0, 100}, {0, 10000}};
  const Contribution digital = contribution(counts, "digital", Rule::any);
  EXPECT_DOUBLE_EQ(*digital.least, 90.0 / 200);
  EXPECT_DOUBLE_EQ(*digital.most, 190.0 / 200);
}

TEST(Contribution, RefusesLeadsThatWeighLessThanNothing) {
  LeadCounts counts = of_value();
  counts.sets.values->leads[Pattern{}].sum = {-1, static_cast<std::uint64_t>(-1)};
  expect_says(refusal<DataError>([&] { contribution(counts, "digital", Rule::any); }), "weighs less than nothing");
}

// g found it once, others a hundred times: linear gives g 1/101, between none (exclusive) and all (any).
TEST(Contribution, IsInTheBandOfEveryLeadByItself) {
  for (const char* text : {"digital 1, traditional 100", "digital 100, traditional 1", "digital 3", "traditional 2",
                           "[]", "digital 1, hotline 1, review 7"}) {
    const Pattern log = Pattern::parse(text);
    Pattern set;
    for (const auto& [group, found] : log.members) set.members[group] = 1;
    const LeadCounts lead{.sets = {.leads = {{set, 1}}}, .log = PatternCounts{.leads = {{log, 1}}}};
    const Contribution digital = contribution(lead, "digital", Rule::linear);
    EXPECT_LE(*digital.exclusive, *digital.value) << text;
    EXPECT_LE(*digital.value, *digital.any) << text;
  }
}

TEST(Contribution, NeedsThePatternsThatItsRuleReads) {
  const LeadCounts sets_only{.sets = five().sets};
  expect_says(refusal<QueryError>([&] { contribution(sets_only, "digital", Rule::first); }),
              "the rule first needs more than the sets of sources: declare in the lead set first = ");
  expect_says(refusal<QueryError>([&] { contribution(sets_only, "digital", Rule::linear); }), "log = ");
}

TEST(Contribution, RefusesCountsThatAreNone) {
  expect_says(refusal<DataError>([] { contribution({.sets = {.leads = {{Pattern{}, -1}}}}, "digital", Rule::any); }),
              "is -1; expected 0 or more");
  LeadCounts uneven = five();
  uneven.first->leads.erase(Pattern::parse("traditional 1"));
  expect_says(refusal<DataError>([&] { contribution(uneven, "digital", Rule::first); }), "expected the same leads");
}

}  // namespace
}  // namespace casemetry
