// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <casemetry/error.hpp>
#include <casemetry/statistics.hpp>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace casemetry {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t billion = 1'000'000'000;

using Row = std::vector<std::string>;

// The rows of a golden table, without its header.
std::vector<Row> golden(const std::string& name) {
  std::ifstream file(std::string(CASEMETRY_GOLDEN) + "/" + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  if (rows.empty()) throw std::runtime_error("no golden table " + name);
  rows.erase(rows.begin());
  return rows;
}

// Relative, but for the 1e-54 that fifty digits leave of a zero.
void expect_close(double actual, double expected, double tolerance, const std::string& what) {
  EXPECT_LE(std::fabs(actual - expected), tolerance * std::fabs(expected) + 1e-50)
      << what << ": " << actual << " instead of " << expected;
}

void expect_interval(const Interval& actual, const Interval& expected, double tolerance, const std::string& what) {
  expect_close(actual.low, expected.low, tolerance, what + ", low");
  expect_close(actual.high, expected.high, tolerance, what + ", high");
}

Interval interval(const std::string& low, const std::string& high) {
  return {std::stod(low), std::stod(high)};
}

template <typename Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const DataError& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Proportion, EqualsFiftyDigitArithmetic) {
  for (const Row& row : golden("own_binomial_ci_mpmath.csv")) {
    const std::int64_t x = std::stoll(row[0]), n = std::stoll(row[1]);
    const double level = std::stod(row[2]);
    const std::string what = row[0] + " of " + row[1] + " at " + row[2];
    expect_interval(wilson(x, n, level), interval(row[3], row[4]), 1e-12, "Wilson " + what);
    expect_interval(clopper_pearson(x, n, level), interval(row[5], row[6]), 1e-12, "Clopper–Pearson " + what);
  }
}

TEST(Proportion, EqualsR) {
  for (const Row& row : golden("binom_confint_R.csv")) {
    const std::int64_t x = std::stoll(row[0]), n = std::stoll(row[1]);
    const double tolerance = n == 30 ? 1e-6 : 1e-8;
    if (row[3] == "wilson")
      expect_interval(wilson(x, n, 0.95), interval(row[4], row[5]), tolerance, "Wilson");
    else if (row[3] == "exact")
      expect_interval(clopper_pearson(x, n, 0.95), interval(row[4], row[5]), tolerance, "Clopper–Pearson");
  }
}

TEST(Proportion, OfSixOfSixProtestsIsAHundredPercentFrom61) {
  expect_interval(wilson(6, 6), {0.60966571209783461791, 1}, 1e-15, "6 of 6");
}

TEST(Proportion, IsUnknownWhereThereIsNoDenominator) {
  EXPECT_EQ(wilson(0, 0), (Interval{0, 1}));
  EXPECT_EQ(clopper_pearson(0, 0), (Interval{0, 1}));
}

TEST(Proportion, TouchesZeroAndOneExactlyAtTheEnds) {
  for (const std::int64_t n : {std::int64_t{1}, std::int64_t{7}, std::int64_t{30}, 1000 * billion}) {
    for (const auto& method : {wilson, clopper_pearson}) {
      EXPECT_EQ(method(0, n, 0.95).low, 0);
      EXPECT_GT(method(0, n, 0.95).high, 0);
      EXPECT_EQ(method(n, n, 0.95).high, 1);
      EXPECT_LT(method(n, n, 0.95).low, 1);
    }
  }
}

// The numbers in this test and the next of its kind: quadrature of the density and Newton's method with 50 digits.
TEST(Proportion, KeepsItsDigitsForHugeCounts) {
  expect_interval(wilson(1, 1000 * billion), {1.7652455493517472888e-13, 5.664934265736511506e-12}, 1e-12, "1");
  expect_interval(clopper_pearson(1, billion), {2.5317807983969379703e-11, 5.5716433782031152715e-9}, 1e-12,
                  "1 of 1e9");
  expect_interval(clopper_pearson(2'000'000, billion), {0.0019972319070360133416, 0.0020027709763834427843}, 1e-12,
                  "2e6 of 1e9");
  expect_interval(clopper_pearson(20'000'000, 100'000'000), {0.19992160512493370316, 0.20007841224237125353}, 1e-14,
                  "2e7 of 1e8");
  expect_interval(clopper_pearson(300 * billion, 1000 * billion), {0.29999910183174700837, 0.30000089816941071483},
                  1e-15, "3e11 of 1e12");
}

TEST(Proportion, NarrowsToThePointAsTheLevelFalls) {
  expect_interval(wilson(3, 10, 1e-300), {0.3, 0.3}, 1e-15, "level 1e-300");
  EXPECT_EQ(wilson(0, 10, 1e-300), (Interval{0, 0}));
}

TEST(Proportion, IsRefusedForImpossibleCounts) {
  EXPECT_EQ(
      refusal([] { wilson(7, 6); }),
      "wilson: x is 7, more than n, which is 6; a part cannot exceed its whole: for a ratio of two separate counts "
      "take ratio_exact");
  EXPECT_EQ(refusal([] { clopper_pearson(-1, 6); }),
            "clopper_pearson: x is -1; expected a count from 0 to 1000000000000000");
  EXPECT_EQ(refusal([] { wilson(0, -1); }), "wilson: n is -1; expected a count from 0 to 1000000000000000");
  EXPECT_EQ(refusal([] { wilson(0, std::numeric_limits<std::int64_t>::max()); }),
            "wilson: n is 9223372036854775807; expected a count from 0 to 1000000000000000");
}

TEST(Level, IsRefusedOutsideZeroToOne) {
  EXPECT_EQ(refusal([] { wilson(1, 2, 95); }),
            "wilson: level is 95; expected a number between 0 and 1: write 0.95 for 95 %");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double level : {0.0, 1.0, -0.5, nan, infinity}) {
    EXPECT_THROW(wilson(1, 2, level), DataError);
    EXPECT_THROW(clopper_pearson(1, 2, level), DataError);
    EXPECT_THROW(poisson_exact(1, level), DataError);
    EXPECT_THROW(ratio_exact(1, 2, level), DataError);
    EXPECT_THROW(newcombe(1, 2, 1, 2, level), DataError);
    EXPECT_THROW(student_mean({2, 0, 1}, level), DataError);
    EXPECT_THROW(quantile_ranks(100, 0.5, level), DataError);
  }
}

TEST(PoissonCount, EqualsFiftyDigitArithmetic) {
  for (const Row& row : golden("own_poisson_ci_mpmath.csv"))
    expect_interval(poisson_exact(std::stoll(row[0]), std::stod(row[1])), interval(row[2], row[3]), 1e-11, row[0]);
}

TEST(PoissonCount, OfZeroEndsAtMinusTheLogarithmOfTheTail) {
  EXPECT_EQ(poisson_exact(0).low, 0);
  expect_close(poisson_exact(0).high, -std::log(0.025), 1e-14, "0");
}

TEST(PoissonCount, KeepsItsDigitsForHugeCounts) {
  expect_interval(poisson_exact(20'000'000), {19991235.721785622851, 20008767.172739381436}, 1e-15, "2e7");
  expect_interval(poisson_exact(1000 * billion), {999998040036.96261306, 1000001959965.9316938}, 1e-15, "1e12");
}

TEST(PoissonCount, IsRefusedBelowZero) {
  EXPECT_EQ(refusal([] { poisson_exact(-3); }), "poisson_exact: x is -3; expected a count from 0 to 1000000000000000");
}

TEST(RatioOfCounts, IsTheOddsOfTheSharesLimits) {
  for (const std::int64_t x : {0, 1, 5, 40}) {
    for (const std::int64_t y : {1, 5, 300}) {
      const Interval share = clopper_pearson(x, x + y, 0.9);
      const Interval odds = {share.low / (1 - share.low), share.high / (1 - share.high)};
      expect_interval(ratio_exact(x, y, 0.9), odds, 1e-12, std::to_string(x) + " to " + std::to_string(y));
    }
  }
}

TEST(RatioOfCounts, IsUnboundedWithoutADenominator) {
  EXPECT_EQ(ratio_exact(0, 0), (Interval{0, infinity}));
  EXPECT_EQ(ratio_exact(5, 0).high, infinity);
  EXPECT_GT(ratio_exact(5, 0).low, 0);
  EXPECT_EQ(ratio_exact(0, 5).low, 0);
}

TEST(RatioOfCounts, KeepsItsDigitsForHugeCounts) {
  const Interval ratio = {2.8143630515125689469e-12, 1.4422675361755906831e-11};
  expect_interval(ratio_exact(7, 1000 * billion), ratio, 1e-12, "7 to 1e12");
  expect_interval(ratio_exact(1000 * billion, 7), {1 / ratio.high, 1 / ratio.low}, 1e-12, "1e12 to 7");
}

TEST(RatioOfCounts, IsRefusedBelowZero) {
  EXPECT_THROW(ratio_exact(-1, 5), DataError);
  EXPECT_EQ(refusal([] { ratio_exact(1, -5); }), "ratio_exact: y is -5; expected a count from 0 to 1000000000000000");
}

// Newcombe (1998), table II, method 10.
TEST(DifferenceOfProportions, EqualsNewcombesTable) {
  struct Example {
    std::int64_t x1, n1, x2, n2;
    double low, high;
  };
  for (const Example& each : {Example{56, 70, 48, 80, 0.0524, 0.3339}, Example{9, 10, 3, 10, 0.1705, 0.8090},
                              Example{6, 7, 2, 7, 0.0582, 0.8062}, Example{5, 56, 0, 29, -0.0381, 0.1926},
                              Example{0, 10, 0, 20, -0.1611, 0.2775}, Example{0, 10, 0, 10, -0.2775, 0.2775},
                              Example{10, 10, 0, 20, 0.6791, 1.0000}, Example{10, 10, 0, 10, 0.6075, 1.0000}}) {
    const Interval difference = newcombe(each.x1, each.n1, each.x2, each.n2);
    EXPECT_NEAR(difference.low, each.low, 0.00005);
    EXPECT_NEAR(difference.high, each.high, 0.00005);
  }
}

TEST(DifferenceOfProportions, IsUnknownIfEitherSideHasNoDenominator) {
  EXPECT_EQ(newcombe(0, 0, 3, 10), (Interval{-1, 1}));
  EXPECT_EQ(newcombe(3, 10, 0, 0), (Interval{-1, 1}));
}

TEST(DifferenceOfProportions, NamesTheSideThatIsImpossible) {
  EXPECT_TRUE(refusal([] { newcombe(1, 2, 4, 3); }).starts_with("newcombe: x2 is 4, more than n2, which is 3"));
  EXPECT_TRUE(refusal([] { newcombe(-1, 2, 4, 3); }).starts_with("newcombe: x1 is -1"));
}

TEST(Moments, FromSumsAreThoseOfTheNumbersAndRefuseSumsThatNoNumbersHave) {
  const Moments moments_of_3_4_8 = moments(3, Wide{0, 15}, Wide{0, 89});
  EXPECT_EQ(moments_of_3_4_8.mean, 5);
  EXPECT_EQ(moments_of_3_4_8.variance, 7);
  EXPECT_THROW(moments(3, Wide{0, 15}, Wide{0, 74}), DataError);  // 3 · 74 < 15²
}

TEST(Moments, AreExactWhereTheNaiveFormulaLosesEveryDigit) {
  // NIST StRD NumAcc4: 1001 values about 10000000.2, one decimal each; mean 10000000.2, standard deviation 0.1.
  std::vector<std::int64_t> tenths{100'000'002};
  for (int i = 0; i < 500; ++i) tenths.insert(tenths.end(), {100'000'001, 100'000'003});
  const Moments decimal = moments(tenths, 1);
  EXPECT_EQ(decimal.n, 1001);
  EXPECT_DOUBLE_EQ(decimal.mean, 10000000.2);
  EXPECT_DOUBLE_EQ(std::sqrt(decimal.variance), 0.1);
}

TEST(Moments, AreExactAtTheEndsOfTheRange) {
  constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
  const Moments high = moments(std::vector<std::int64_t>{greatest - 2, greatest});
  EXPECT_DOUBLE_EQ(high.mean, static_cast<double>(greatest - 1));
  EXPECT_EQ(high.variance, 2);
  EXPECT_EQ(moments(std::vector<std::int64_t>{-greatest, 2 - greatest}).variance, 2);
  EXPECT_EQ(moments(std::vector<std::int64_t>{-greatest, greatest}).mean, 0);
}

TEST(Moments, OfNegativeAndFractionalMeansAreTheDefinition) {
  const Moments negative = moments(std::vector<std::int64_t>{-5, -2, -1, 0});
  EXPECT_EQ(negative.mean, -2);
  EXPECT_DOUBLE_EQ(negative.variance, 14.0 / 3);
  const Moments third = moments(std::vector<std::int64_t>{0, 0, 1});
  EXPECT_DOUBLE_EQ(third.mean, 1.0 / 3);
  EXPECT_DOUBLE_EQ(third.variance, 1.0 / 3);
}

TEST(Moments, OfTooFewNumbersAreNotNumbers) {
  EXPECT_TRUE(std::isnan(moments({}).mean));
  EXPECT_TRUE(std::isnan(moments({}).variance));
  EXPECT_EQ(moments(std::vector<std::int64_t>{7}).mean, 7);
  EXPECT_TRUE(std::isnan(moments(std::vector<std::int64_t>{7}).variance));
}

TEST(Moments, AreRefusedWhereTheyCannotBeExact) {
  const std::vector<std::int64_t> greatest(3, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(refusal([&] { moments(greatest); }),
            "moments: the sum of squares passes 127 bits; express the values in a larger unit");
  EXPECT_EQ(refusal([] { moments({}, 19); }), "moments: scale is 19; expected 0 to 18 digits after the point");
  EXPECT_THROW(moments({}, -1), DataError);
}

TEST(Mean, EqualsStudentsSleepData) {
  // Student (1908), section VIII: hours of sleep gained by ten patients. The limits are those that R prints for
  // t.test(extra ~ group, data = sleep, paired = TRUE).
  const Moments gained = moments(std::vector<std::int64_t>{12, 24, 13, 13, 0, 10, 18, 8, 46, 14}, 1);
  EXPECT_DOUBLE_EQ(gained.mean, 1.58);
  EXPECT_NEAR(student_mean(gained).low, 0.7001142, 5e-8);
  EXPECT_NEAR(student_mean(gained).high, 2.4598858, 5e-8);
}

TEST(Mean, OfTwoNumbersHasTheQuantileOfCauchy) {
  const Interval mean = student_mean({2, 10, 2}, 0.9);
  const double t = std::tan(0.45 * std::acos(-1.0));
  expect_interval(mean, {10 - t, 10 + t}, 1e-13, "two numbers");
}

TEST(Mean, HasNoWidthIfAllAreEqualAndNoBoundsIfThereIsOne) {
  EXPECT_EQ(student_mean({5, 3, 0}), (Interval{3, 3}));
  EXPECT_EQ(student_mean(moments(std::vector<std::int64_t>{7})), (Interval{-infinity, infinity}));
  EXPECT_EQ(student_mean(moments({})), (Interval{-infinity, infinity}));
}

TEST(Mean, IsRefusedForMomentsOfNoNumbers) {
  EXPECT_EQ(refusal([] { student_mean({-1, 0, 0}); }), "student_mean: n is -1; expected 0 or more numbers");
  EXPECT_THROW(student_mean({5, 0, -1}), DataError);
  EXPECT_THROW(student_mean({5, infinity, 1}), DataError);
  EXPECT_THROW(student_mean({5, 0, std::numeric_limits<double>::quiet_NaN()}), DataError);
}

TEST(QuantilePosition, IsOfType7) {
  EXPECT_EQ(quantile_position(5, 0.5), (QuantilePosition{3, 0}));
  EXPECT_EQ(quantile_position(6, 0.5), (QuantilePosition{3, 0.5}));
  EXPECT_EQ(quantile_position(6, 0.25), (QuantilePosition{2, 0.25}));
  EXPECT_EQ(quantile_position(1, 0.9), (QuantilePosition{1, 0}));
  EXPECT_EQ(quantile_position(9, 0), (QuantilePosition{1, 0}));
  EXPECT_EQ(quantile_position(9, -0.0), (QuantilePosition{1, 0}));
  EXPECT_EQ(quantile_position(9, 1), (QuantilePosition{9, 0}));
}

TEST(QuantilePosition, TakesQAsItIsWritten) {
  // In doubles 0.29 · 100 is 28.999999999999996, one rank too low.
  EXPECT_EQ(quantile_position(101, 0.29), (QuantilePosition{30, 0}));
  EXPECT_EQ(quantile_position(10 * billion + 1, 0.1), (QuantilePosition{billion + 1, 0}));
  EXPECT_EQ(quantile_position(std::numeric_limits<std::int64_t>::max(), 1).rank,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(quantile_position(4, 1e-300), (QuantilePosition{1, 0}));
}

TEST(QuantilePosition, IsRefusedWithoutValuesAndOutsideZeroToOne) {
  EXPECT_EQ(refusal([] { quantile_position(0, 0.5); }),
            "quantile_position: n is 0; a quantile needs at least one value");
  EXPECT_EQ(refusal([] { quantile_position(3, 50); }),
            "quantile_position: q is 50; expected a number from 0 to 1: write 0.5 for the median");
  EXPECT_THROW(quantile_position(3, std::numeric_limits<double>::quiet_NaN()), DataError);
}

// Campbell and Gardner (1988), British Medical Journal 296, 1454–1456, table of ranks for the median.
TEST(QuantileRanks, EqualTheTableForTheMedian) {
  EXPECT_EQ(quantile_ranks(6, 0.5), (Ranks{1, 6}));
  EXPECT_EQ(quantile_ranks(10, 0.5), (Ranks{2, 9}));
  EXPECT_EQ(quantile_ranks(20, 0.5), (Ranks{6, 15}));
  EXPECT_EQ(quantile_ranks(25, 0.5), (Ranks{8, 18}));
  EXPECT_EQ(quantile_ranks(100, 0.5), (Ranks{40, 61}));
}

TEST(QuantileRanks, DoNotExistForTooFewValuesNorForTheEnds) {
  EXPECT_EQ(quantile_ranks(5, 0.5), std::nullopt);
  EXPECT_EQ(quantile_ranks(0, 0.5), std::nullopt);
  EXPECT_EQ(quantile_ranks(20, 0.9), std::nullopt);
  EXPECT_EQ(quantile_ranks(1'000'000, 0), std::nullopt);
  EXPECT_EQ(quantile_ranks(1'000'000, 1), std::nullopt);
}

TEST(QuantileRanks, OfTheFirstAndLastValueExistFromThePowerOfTheTail) {
  // Both tails of B (n, 0.5) beyond the ends are 2^−n; the level 1 − 2^−9 asks for 2^−10.
  EXPECT_EQ(quantile_ranks(9, 0.5, 1 - std::exp2(-9)), std::nullopt);
  EXPECT_EQ(quantile_ranks(10, 0.5, 1 - std::exp2(-9)), (Ranks{1, 10}));
}

TEST(QuantileRanks, AreSymmetricInQ) {
  for (const std::int64_t n : {50, 357, 100'000}) {
    const auto lower = quantile_ranks(n, 0.25), upper = quantile_ranks(n, 0.75);
    ASSERT_TRUE(lower && upper);
    EXPECT_EQ(upper->low, n + 1 - lower->high);
    EXPECT_EQ(upper->high, n + 1 - lower->low);
  }
}

TEST(QuantileRanks, OfHugeCountsAreTheNormalQuantileCorrectedForContinuity) {
  const double half = 1.959963984540054 * std::sqrt(1e12) / 2;
  const Ranks expected = {static_cast<std::int64_t>(std::floor(5e11 - half + 0.5)),
                          static_cast<std::int64_t>(std::ceil(5e11 + half + 0.5))};
  EXPECT_EQ(quantile_ranks(1000 * billion, 0.5), expected);
}

}  // namespace
}  // namespace casemetry
