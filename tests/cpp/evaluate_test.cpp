// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <casemetry/query.hpp>

namespace casemetry {
namespace {

Aggregate counted(std::string id, std::string unit = "person") {
  return {.id = std::move(id), .unit = std::move(unit), .date = "decided_on"};
}

Indicator quotient(std::string id, Indicator::Kind kind, std::string_view numerator, std::string_view denominator) {
  return {.id = std::move(id),
          .kind = kind,
          .numerator = Formula::parse(numerator),
          .denominator = Formula::parse(denominator)};
}

Indicator of(std::string id, Indicator::Kind kind, std::string_view formula) {
  return {.id = std::move(id), .kind = kind, .of = Formula::parse(formula)};
}

// The indicators that published figures are recomputed by.
Catalogue published() {
  using Kind = Indicator::Kind;
  Definitions definitions;
  definitions.id = "published";
  definitions.tables = {{.id = "person"}, {.id = "protest"}};
  definitions.aggregates = {
      counted("arrested"),
      counted("refused"),
      counted("filed", "protest"),
      counted("changed", "protest"),
      counted("accepted"),
      counted("reviewed"),
      counted("merged"),
      counted("repeated"),
      {.id = "fines", .kind = Aggregate::Kind::sum, .unit = "person", .date = "decided_on", .column = "fine"},
      {.id = "stay",
       .kind = Aggregate::Kind::days,
       .unit = "person",
       .date = "decided_on",
       .start = "accepted_on",
       .end = "decided_on"}};
  Indicator changed = quotient("changed_per_filed", Kind::ratio, "changed", "filed");
  changed.format = Indicator::Format::percent;
  definitions.indicators = {quotient("non_arrest_rate", Kind::proportion, "refused", "arrested + refused"),
                            changed,
                            quotient("case_to_item_ratio", Kind::ratio, "accepted + reviewed - merged + repeated",
                                     "accepted + reviewed - merged"),
                            quotient("arrested_per_100", Kind::ratio, "100 * arrested", "accepted"),
                            of("reviews", Kind::count, "refused + 1/2 * arrested"),
                            of("concluded", Kind::count, "refused + arrested"),
                            of("fined", Kind::sum, "fines"),
                            of("mean_stay", Kind::mean, "stay")};
  return Catalogue(definitions);
}

TEST(Evaluate, GivesTheNationalNonArrestRateOf2019) {
  const Evaluation rate = evaluate(published(), "non_arrest_rate", {{"refused", 313'743}, {"arrested", 1'088'490}});
  EXPECT_EQ(rate.value, 313'743.0 / 1'402'233.0);  // published: 22.4 %
  EXPECT_EQ(rate.numerator, Number(std::int64_t{313'743}));
  EXPECT_EQ(rate.denominator, Number(std::int64_t{1'402'233}));
  EXPECT_NEAR(*rate.low, 0.2231, 5e-5);
  EXPECT_NEAR(*rate.high, 0.2244, 5e-5);
  EXPECT_EQ(rate.least, rate.value);
  EXPECT_EQ(rate.most, rate.value);
  EXPECT_EQ(rate.flags.status(), "ok");
}

TEST(Evaluate, SixOfSixIsNotCertain) {
  const Evaluation rate = evaluate(published(), "non_arrest_rate", {{"refused", 6}, {"arrested", 0}});
  EXPECT_EQ(rate.value, 1.0);
  EXPECT_NEAR(*rate.low, 0.6097, 5e-5);  // Wilson: 6 / (6 + 1.96²)
  EXPECT_EQ(rate.high, 1.0);
}

// A year's figures in units of ten thousand: 38.5万 and 86.8万. The refused stand in both parts of the fraction, so its
// ends are not those of the parts.
TEST(Evaluate, BoundsARateOfRoundedFiguresByItsCorners) {
  const Evaluation rate =
      evaluate(published(), "non_arrest_rate", {{"refused", {384'500, 385'499}}, {"arrested", {867'500, 868'499}}});
  EXPECT_EQ(rate.least, 384'500.0 / (384'500 + 868'499));
  EXPECT_EQ(rate.most, 385'499.0 / (385'499 + 867'500));
  EXPECT_NEAR(*rate.least, 0.306864, 5e-7);
  EXPECT_NEAR(*rate.most, 0.307661, 5e-7);
  EXPECT_EQ(rate.value, std::nullopt);
  EXPECT_EQ(rate.numerator, std::nullopt);
  EXPECT_EQ(rate.flags.text(), "not_determined");
}

TEST(Evaluate, DeterminesWhatTheRangesDoNotMove) {
  const Evaluation none = evaluate(published(), "non_arrest_rate", {{"refused", 0}, {"arrested", {8'500, 9'499}}});
  EXPECT_EQ(none.value, 0.0);
  EXPECT_EQ(none.numerator, Number(std::int64_t{0}));
  EXPECT_EQ(none.denominator, std::nullopt);
  EXPECT_EQ(none.flags.status(), "ok");
}

TEST(Evaluate, HasNoBoundWhereTheDenominatorCanVanish) {
  const Evaluation ratio = evaluate(published(), "changed_per_filed", {{"changed", 3}, {"filed", {0, 4}}});
  EXPECT_EQ(ratio.least, 0.75);
  EXPECT_EQ(ratio.most, std::nullopt);
  const Evaluation share = evaluate(published(), "non_arrest_rate", {{"refused", {0, 5}}, {"arrested", {0, 2}}});
  EXPECT_EQ(share.least, 0.0);
  EXPECT_EQ(share.most, 1.0);
}

// 2016–2019 of one office; published: 1 : 1.545.
TEST(Evaluate, RatioMayHaveAnyFormulas) {
  const Evaluation ratio =
      evaluate(published(), "case_to_item_ratio",
               {{"accepted", 9'265}, {"reviewed", 14'640}, {"merged", 6'220}, {"repeated", 9'630}});
  EXPECT_EQ(ratio.value, 27'315.0 / 17'685.0);
  EXPECT_EQ(ratio.low, std::nullopt);
  EXPECT_EQ(ratio.flags.text(), "no_interval");
}

// R: binom.test(5, 15), as odds.
TEST(Evaluate, RatioOfPlainCountsHasAConditionalInterval) {
  const Evaluation ratio = evaluate(published(), "changed_per_filed", {{"changed", 5}, {"filed", 10}});
  EXPECT_EQ(ratio.value, 0.5);
  EXPECT_NEAR(*ratio.low, 0.1182411 / (1 - 0.1182411), 1e-6);
  EXPECT_NEAR(*ratio.high, 0.6161963 / (1 - 0.6161963), 1e-6);
}

// 2024: 12,564 changed of 11,593 issued; the two are not one cohort.
TEST(Evaluate, SaysWhenAPercentageExceedsItsWhole) {
  const Evaluation ratio = evaluate(published(), "changed_per_filed", {{"changed", 12'564}, {"filed", 11'593}});
  EXPECT_EQ(ratio.value, 12'564.0 / 11'593.0);
  EXPECT_EQ(ratio.flags.status(), "exceeds_denominator");
}

TEST(Evaluate, NothingOfNothingHasAStatusAndNoValue) {
  const Evaluation rate = evaluate(published(), "non_arrest_rate", {{"refused", 0}, {"arrested", 0}});
  EXPECT_EQ(rate.value, std::nullopt);
  EXPECT_EQ(rate.low, std::nullopt);
  EXPECT_EQ(rate.flags.status(), "no_denominator");
}

TEST(Evaluate, IsWholeUnlessTheFormulaHasFractions) {
  const Counts counts{{"refused", 3}, {"arrested", 5}};
  EXPECT_EQ(evaluate(published(), "concluded", counts).numerator, Number(std::int64_t{8}));
  EXPECT_EQ(evaluate(published(), "reviews", counts).numerator, Number(5.5));
  EXPECT_EQ(evaluate(published(), "reviews", counts).value, 5.5);
  EXPECT_EQ(evaluate(published(), "concluded", counts).denominator, std::nullopt);
  EXPECT_EQ(evaluate(published(), "fined", {{"fines", -7}}).value, -7.0);
  EXPECT_EQ(evaluate(published(), "arrested_per_100", {{"arrested", 1}, {"accepted", 3}}).value, 100.0 / 3.0);
}

TEST(Evaluate, FlagsASmallDenominator) {
  Indicator rate = published().indicator("non_arrest_rate");
  rate.min_n = 10;
  const Catalogue catalogue = published().with(rate);
  const auto text = [&](std::int64_t refused) {
    return evaluate(catalogue, "non_arrest_rate", {{"refused", refused}, {"arrested", 5}}).flags.text();
  };
  EXPECT_EQ(text(4), "small");
  EXPECT_EQ(text(5), "");
}

TEST(Evaluate, TakesTheIntervalThatTheIndicatorNames) {
  Indicator rate = published().indicator("non_arrest_rate");
  rate.interval = "none";
  const Counts counts{{"refused", 1}, {"arrested", 9}};
  EXPECT_EQ(evaluate(published().with(rate), "non_arrest_rate", counts).low, std::nullopt);
  EXPECT_EQ(evaluate(published().with(rate), "non_arrest_rate", counts).flags.text(), "");
  rate.interval = "clopper_pearson";  // R: binom.test(1, 10)
  EXPECT_NEAR(*evaluate(published().with(rate), "non_arrest_rate", counts).low, 0.002528579, 1e-9);
  Indicator concluded = published().indicator("concluded");
  concluded.interval = "poisson";  // R: poisson.test(10)
  EXPECT_NEAR(*evaluate(published().with(concluded), "concluded", counts).high, 18.39036, 1e-5);
}

template <typename Ask>
std::string refusal(const Ask& ask) {
  try {
    ask();
  } catch (const QueryError& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Evaluate, SaysWhichFiguresItNeeds) {
  const Catalogue catalogue = published();
  const auto ask = [&](const std::string& indicator, const Counts& counts) {
    return refusal([&] { evaluate(catalogue, indicator, counts); });
  };
  EXPECT_EQ(ask("non_arrest_rate", {{"refused", 1}}),
            "indicator 'non_arrest_rate' needs a figure for 'arrested'; give figures for 'arrested', 'refused'");
  EXPECT_EQ(ask("non_arrest_rate", {{"refusd", 1}}),
            "the catalogue has no aggregate 'refusd' to give a figure for; did you mean 'refused'?");
  EXPECT_EQ(ask("concluded", {{"refused", {5, 4}}, {"arrested", 1}}),
            "the figure [5, 4] for 'refused' ends before it begins; give [low, high]");
  EXPECT_EQ(ask("concluded", {{"refused", -1}, {"arrested", 1}}),
            "the figure [-1, -1] for 'refused' is a count and cannot be negative");
  EXPECT_EQ(ask("mean_stay", {{"stay", 1}}),
            "indicator 'mean_stay' is a mean of single values, which figures do not tell; ask a cube for it");
  EXPECT_NE(ask("non_arest_rate", {}), "not refused");
}

TEST(Evaluate, RefusesSumsThatRunOver) {
  constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  const Catalogue catalogue = published().with(of("huge", Indicator::Kind::count, "9223372036854775807 * refused"));
  EXPECT_EQ(evaluate(catalogue, "huge", {{"refused", 2}}).numerator, Number(2.0 * static_cast<double>(huge)));
  EXPECT_NO_THROW(evaluate(catalogue, "huge", {{"refused", huge}}));
}

}  // namespace
}  // namespace casemetry
