// SPDX-License-Identifier: Apache-2.0
// Contributions as indicators of a cube: what any other is asked by, they are asked by too. What is expected of a cell
// is the contribution of just its leads, by the pure functions.
#include <casemetry/statistics.hpp>
#include <cmath>
#include <functional>

#include "contributions.hpp"

namespace casemetry {
namespace {

using namespace lead_samples;

// The patterns of the leads that pass: of their sets, their first and last source, and their log.
LeadCounts leads_of(const GoldenSite& site, const std::function<bool(const Lead&)>& passes) {
  LeadCounts counts{.sets = {}, .first = PatternCounts{}, .last = PatternCounts{}, .log = PatternCounts{}};
  for (const Lead& lead : site.leads) {
    if (!passes(lead)) continue;
    Sources sources;
    for (const Discovery& discovery : site.discoveries)
      if (discovery.lead == lead.id) sources.push_back(discovery.source);
    const Sources first(sources.begin(), sources.begin() + (sources.empty() ? 0 : 1));
    const Sources last(sources.end() - (sources.empty() ? 0 : 1), sources.end());
    ++counts.sets.leads[pattern_of(sources, origin)];
    ++counts.first->leads[pattern_of(first, origin)];
    ++counts.last->leads[pattern_of(last, origin)];
    ++counts.log->leads[pattern_of(sources, origin)];
  }
  return counts;
}

Contribution expected(const std::string& rule, const std::function<bool(const Lead&)>& passes,
                      Over over = Over::leads) {
  return contribution(leads_of(golden_site(), passes), "digital", rule_named(rule), over);
}

void expect_same(const Result::Row& row, const Contribution& of) {
  EXPECT_EQ(row.value, of.value);
  EXPECT_EQ(row.low, of.low);
  EXPECT_EQ(row.high, of.high);
  EXPECT_EQ(row.least, of.least);
  EXPECT_EQ(row.most, of.most);
  EXPECT_EQ(row.denominator->whole(), of.leads);
  ASSERT_TRUE(row.band);
  EXPECT_EQ(row.band->exclusive, of.exclusive);
  EXPECT_EQ(row.band->any, of.any);
  EXPECT_EQ(row.band->leads, of.all);
  EXPECT_EQ(row.band->unattributed, of.unattributed);
}

// ----------------------------------------------------------------------------------------------- the golden toy

TEST(Contributions, OfTheGoldenLeadsAreTheirFractions) {
  const std::vector<std::tuple<std::string, double, double>> credits{
      {"any", 38, 70}, {"exclusive", 24, 70}, {"shapley", 95.0 / 3, 70}, {"owen", 31, 70}};
  for (const auto& [rule, credit, leads] : credits) {
    const Result::Row row = ask(share(rule)).row(0);
    EXPECT_DOUBLE_EQ(*row.numerator, credit) << rule;
    EXPECT_EQ(row.numerator->is_whole(), rule != "shapley") << rule;
    EXPECT_EQ(row.denominator, Number(std::int64_t{70})) << rule;
    EXPECT_DOUBLE_EQ(*row.value, credit / leads) << rule;
    EXPECT_DOUBLE_EQ(*row.band->exclusive, 24.0 / 70) << rule;
    EXPECT_DOUBLE_EQ(*row.band->any, 38.0 / 70) << rule;
  }
}

// Wilson with n_eff = p (1 − p) / 0.0534².
TEST(Contributions, OfTheGoldenLeadsHaveTheirInterval) {
  const Result::Row row = ask(share("shapley")).row(0);
  EXPECT_NEAR(*row.value, 0.4524, 5e-5);
  EXPECT_NEAR(*row.low, 0.35202380073155076, 1e-12);
  EXPECT_NEAR(*row.high, 0.556765384772476, 1e-12);
}

TEST(Contributions, AreTheSameFromTheBytesOfACube) {
  const Cube loaded = Cube::from_bytes(golden_cube().bytes());
  EXPECT_EQ(ask(share("owen"), {}, loaded).row(0).value, ask(share("owen")).row(0).value);
}

// ----------------------------------------------------------------------------------------------- cells and periods

TEST(Contributions, OfACellAndPeriodAreThoseOfItsLeads) {
  for (const std::string& rule : rule_names()) {
    const Result result = ask(share(rule), {.by = {"office"}, .every = "month"});
    ASSERT_EQ(result.rows(), 6) << rule;
    for (const Result::Row& row : result) {
      const auto is_in = [&](const Lead& lead) {
        return lead.office == *row.cell[0] && lead.registered_on.starts_with(*row.period);
      };
      expect_same(row, expected(rule, is_in));
    }
  }
}

TEST(Contributions, AreOfTheLeadsThatReachedTheStage) {
  const Result result = ask(share("owen", "filed"), {.period = "2024"});
  expect_same(result.row(0), expected("owen", [](const Lead& lead) { return lead.filed_on.starts_with("2024"); }));
}

TEST(Contributions, AreAskedOfSomeCellsOnly) {
  const Result result = ask(share("shapley"), {.where = Expression::parse("office == 'B'")});
  expect_same(result.row(0), expected("shapley", [](const Lead& lead) { return lead.office == "B"; }));
}

TEST(Contributions, OfNoLeadsHaveNoDenominator) {
  const Result::Row row = ask(share("owen"), {.period = "2020"}).row(0);
  EXPECT_EQ(row.flags.status(), "no_denominator");
  EXPECT_FALSE(row.value || row.low);
  EXPECT_EQ(row.denominator, Number(std::int64_t{0}));
}

TEST(Contributions, OfFewLeadsAreSmall) {
  Indicator indicator = share("owen");
  indicator.min_n = 71;
  EXPECT_EQ(ask(indicator).row(0).flags.status(), "small");
  indicator.min_n = 70;
  EXPECT_EQ(ask(indicator).row(0).flags.status(), "ok");
}

TEST(Contributions, LeaveOutTheirIntervalIfItIsNotWanted) {
  Indicator indicator = share("owen");
  indicator.interval = "none";
  const Result::Row row = ask(indicator, {.period = "2025", .compare = {"year_ago"}}).row(0);
  EXPECT_TRUE(row.value && row.changes[0].change);
  EXPECT_FALSE(row.low || row.changes[0].low);
}

// ----------------------------------------------------------------------------------------------- leads without sources

TEST(Contributions, CountALeadWithoutDiscoveriesInWAndInU) {
  GoldenSite site;
  site.add({});
  const Cube cube = build(site.tables(), site_catalogue());
  const Result::Row of_all = ask(share("owen"), {}, cube).row(0);
  EXPECT_EQ(of_all.band->leads, 71);
  EXPECT_EQ(of_all.band->unattributed, 1);
  EXPECT_DOUBLE_EQ(*of_all.value, 31.0 / 71);
  const Result::Row of_attributed = ask(share("owen", "", "attributed"), {}, cube).row(0);
  EXPECT_EQ(of_attributed.band->leads, 71) << "both denominators are told";
  EXPECT_EQ(of_attributed.band->unattributed, 1);
  EXPECT_DOUBLE_EQ(*of_attributed.value, 31.0 / 70);
}

// The leads are made from their discoveries: nobody knows of those that no source found.
TEST(Contributions, OfLeadsWithoutALeadTableDoNotKnowW) {
  Definitions definitions = with(site(), share("owen"));
  definitions.units = {{.id = "found",
                        .from = "discoveries",
                        .one_row_per = {"lead_id"},
                        .columns = {{"sources", Expression::parse("set(source)")}}}};
  definitions.leads = {{.id = "found_leads", .unit = "found", .sources = "sources"}};
  const Cube cube = build({{"discoveries", discovery_table(golden_site().discoveries)}}, Catalogue(definitions));
  const Result result = query(cube, {.indicators = {"digital"}});
  EXPECT_DOUBLE_EQ(*result.row(0).value, 31.0 / 70);
  EXPECT_FALSE(result.row(0).band->leads || result.row(0).band->unattributed);
  EXPECT_EQ(result.metadata().at("leads_known"), "false");
  EXPECT_FALSE(ask(share("owen")).metadata().contains("leads_known"));
}

// ----------------------------------------------------------------------------------------------- what is unknown

// Without `otherwise`, what a lead without discoveries was found by is not known.
TEST(Contributions, TellLeadsOfUnknownSources) {
  GoldenSite site;
  site.add({});
  site.add({});
  Definitions definitions = lead_samples::site();
  for (UnitDefinition& unit : definitions.units)
    for (Lookup& lookup : unit.lookups) lookup.otherwise.clear();
  const Cube cube = build(site.tables(), Catalogue(definitions));
  const Result::Row row = ask(share("owen"), {}, cube).row(0);
  EXPECT_EQ(row.unknown, 2);
  EXPECT_EQ(row.band->leads, 70);
  EXPECT_EQ(row.band->unattributed, 0);
  EXPECT_DOUBLE_EQ(*row.least, 31.0 / 72);
  EXPECT_DOUBLE_EQ(*row.most, 33.0 / 72);
}

// One lead of digital and one of the hotline are asked about; of one more of each the office is missing.
TEST(Contributions, TellLeadsThatMayNotBeAskedAbout) {
  Definitions definitions = site();
  definitions.leads[0].among = Expression::parse("office == 'A'");
  const std::vector<Lead> leads{{"L1"}, {"L2"}, {"L3", ""}, {"L4", ""}, {"L5", "B"}};
  const std::vector<Discovery> found{{"L1", "m1"}, {"L2", "hotline"}, {"L3", "m2"}, {"L4", "manual"}, {"L5", "m1"}};
  const Cube cube = build(tables(leads, found), Catalogue(definitions));
  const Result::Row row = ask(share("shapley"), {}, cube).row(0);
  EXPECT_DOUBLE_EQ(*row.value, 0.5);
  EXPECT_EQ(row.unknown, 2);
  EXPECT_DOUBLE_EQ(*row.least, 1.0 / 3);
  EXPECT_DOUBLE_EQ(*row.most, 2.0 / 3);
}

// ----------------------------------------------------------------------------------------------- comparisons

void expect_change(const Change& change, const Contribution& now, const Contribution& then) {
  const Interval interval = newcombe_shares(*now.value, {*now.low, *now.high}, *then.value, {*then.low, *then.high});
  EXPECT_EQ(change.value, then.value);
  EXPECT_DOUBLE_EQ(*change.change, *now.value - *then.value);
  EXPECT_DOUBLE_EQ(*change.low, interval.low);
  EXPECT_DOUBLE_EQ(*change.high, interval.high);
}

TEST(Contributions, ChangeByNewcombesIntervalFromTheirOwnLimits) {
  const auto in = [](const char* month) {
    return [month](const Lead& lead) { return lead.registered_on.starts_with(month); };
  };
  for (const char* rule : {"shapley", "any", "first"}) {
    const Result year_ago = ask(share(rule), {.period = "2025-03", .compare = {"year_ago"}});
    expect_change(year_ago.row(0).changes[0], expected(rule, in("2025-03")), expected(rule, in("2024-03")));
    const Result previous = ask(share(rule), {.period = "2024-04", .compare = {"previous"}});
    expect_change(previous.row(0).changes[0], expected(rule, in("2024-04")), expected(rule, in("2024-03")));
  }
}

TEST(Contributions, AgainstAWholeChangeAsAgainstItsRest) {
  const auto office = [](const char* name) { return [name](const Lead& lead) { return lead.office == name; }; };
  const Contribution a = expected("shapley", office("A")), b = expected("shapley", office("B"));
  const double rest = static_cast<double>(b.leads) / 70;
  const Interval apart = newcombe_shares(*a.value, {*a.low, *a.high}, *b.value, {*b.low, *b.high});
  for (const char* name : {"total", "parent"}) {
    const Change change = ask(share("shapley"), {.by = {"office"}, .compare = {name}}).row(0).changes[0];
    EXPECT_DOUBLE_EQ(*change.value, 95.0 / 3 / 70);
    EXPECT_NEAR(*change.change, rest * (*a.value - *b.value), 1e-15);
    EXPECT_DOUBLE_EQ(*change.low, rest * apart.low);
    EXPECT_DOUBLE_EQ(*change.high, rest * apart.high);
  }
}

TEST(Contributions, ThatAreTheWholeDoNotDifferFromIt) {
  const Result result =
      ask(share("owen"), {.by = {"office"}, .where = Expression::parse("office == 'A'"), .compare = {"total"}});
  const Change change = result.row(0).changes[0];
  EXPECT_EQ(change.change, 0);
  EXPECT_EQ(change.low, 0);
  EXPECT_EQ(change.high, 0);
}

TEST(Contributions, AreShownForTheLargestCellsAndTheOthers) {
  GoldenSite site;
  for (std::size_t i = 0; i < site.leads.size(); i += 7) site.leads[i].office = "C";
  const Cube cube = build(site.tables(), site_catalogue(), {.by = {"office"}});
  const Result result = ask(share("owen"), {.by = {"office"}, .top = Top{.n = 1}}, cube);
  ASSERT_EQ(result.rows(), 2);
  const std::string largest(*result.row(0).cell[0]);
  const auto others = leads_of(site, [&](const Lead& lead) { return lead.office != largest; });
  EXPECT_EQ(result.row(1).cell[0], "（其他）");
  expect_same(result.row(1), contribution(others, "digital", Rule::owen));
}

// ----------------------------------------------------------------------------------------------- values

Cube cube_of_values(const Tables& tables) {
  Definitions definitions = site();
  definitions.leads[0].value = "recovered";
  return build(tables, Catalogue(definitions), {.by = {"office"}});
}

TEST(Contributions, WeighLeadsByTheirValue) {
  double all = 0, credit = 0, squares = 0;
  std::vector<std::pair<double, double>> leads;  // value, weight
  for (const Lead& lead : golden_site().leads) {
    const auto only = [&](const Lead& other) { return other.id == lead.id; };
    leads.emplace_back(std::stod(lead.recovered), *expected("shapley", only).value);
    all += leads.back().first;
    credit += leads.back().first * leads.back().second;
  }
  for (const auto& [value, weight] : leads) squares += std::pow(value * (weight - credit / all), 2);
  const Result::Row row = ask(share("shapley"), {}, cube_of_values(golden_site().tables())).row(0);
  EXPECT_NEAR(*row.numerator, credit, 1e-9);
  EXPECT_EQ(row.denominator, Number(static_cast<std::int64_t>(all)));
  EXPECT_NEAR(*row.value, credit / all, 1e-12);
  const double p = credit / all;
  EXPECT_NEAR(*row.low, wilson_share(p, p * (1 - p) / (squares / all / all)).low, 1e-12);
  EXPECT_EQ(row.band->leads, 70) << "W and U stay counts of leads";
  EXPECT_EQ(row.least, row.value);
}

TEST(Contributions, DoNotKnowTheBandOfLeadsOfUnknownValue) {
  GoldenSite site;
  site.leads[0].recovered = "";
  const Result::Row row = ask(share("any"), {}, cube_of_values(site.tables())).row(0);
  EXPECT_EQ(row.unknown, 1);
  EXPECT_FALSE(row.least || row.most);
  EXPECT_EQ(row.band->leads, 70);
}

TEST(Contributions, OfValuesDifferFromAWholeAsFromItsRest) {
  const Cube cube = cube_of_values(golden_site().tables());
  const auto of = [&](const char* office) {
    return ask(share("any"), {.where = Expression::parse(std::string("office == '") + office + "'")}, cube).row(0);
  };
  const Result::Row a = of("A"), b = of("B");
  const double rest = *b.denominator / (*a.denominator + *b.denominator);
  const Interval apart = newcombe_shares(*a.value, {*a.low, *a.high}, *b.value, {*b.low, *b.high});
  const Change change = ask(share("any"), {.by = {"office"}, .compare = {"total"}}, cube).row(0).changes[0];
  EXPECT_DOUBLE_EQ(*change.low, rest * apart.low);
  EXPECT_DOUBLE_EQ(*change.high, rest * apart.high);
}

}  // namespace
}  // namespace casemetry
