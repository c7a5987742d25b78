// SPDX-License-Identifier: Apache-2.0
// What digital sources contribute: leads and their discoveries from a program's own arrays, a cube, and the
// contribution of a group under every rule, with its band and interval; then a claim about two years running.
//
//   contribution
#include <casemetry/casemetry.hpp>

#include <array>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace cm = casemetry;

namespace {

using Texts = std::vector<std::string>;
using Dates = std::vector<cm::Date>;

// Leads that were found by the same sources: models m1 and m2, the hotline, manual review.
struct Found {
  Texts sources;
  int leads;
};

const std::array<Found, 9> found{{{{"m1"}, 10},
                                  {{"m2"}, 6},
                                  {{"manual"}, 20},
                                  {{"m1", "m2"}, 8},
                                  {{"m1", "manual"}, 5},
                                  {{"m2", "hotline"}, 3},
                                  {{"m1", "m2", "manual"}, 4},
                                  {{"hotline"}, 12},
                                  {{"m1", "m2", "hotline", "manual"}, 2}}};

// The arrays of a program: what the library reads, it reads in place.
struct Arrays {
  Texts lead_id;
  Dates registered_on;
  Texts lead_found, source;
  Dates found_on;

  Arrays() {
    for (const Found& same : found)
      for (int i = 0; i < same.leads; ++i) add(same.sources);
  }

  // Registered in turns of years, and found by one source a day in the week before.
  void add(const Texts& sources) {
    const std::chrono::year year(lead_id.size() % 2 == 0 ? 2024 : 2025);
    lead_id.push_back("L" + std::to_string(lead_id.size() + 1));
    registered_on.emplace_back(year / 3 / 8);
    cm::Date day{year / 3 / 1};
    for (const std::string& name : sources) {
      lead_found.push_back(lead_id.back());
      source.push_back(name);
      found_on.push_back(day);
      day += std::chrono::days(1);
    }
  }

  cm::Tables tables() const {
    return {
        {"leads", cm::Table::of({{"lead_id", lead_id}, {"registered_on", std::span(registered_on)}}, "leads")},
        {"discoveries", cm::Table::of({{"lead_id", lead_found}, {"source", source}, {"found_on", std::span(found_on)}},
                                      "discoveries")}};
  }
};

// The exchanged form of a catalogue: what `casemetry.Catalogue.load("….toml").json()` gives.
constexpr const char* definitions = R"json({
  "schema": 1, "id": "leads",
  "table": {
    "leads": {"key": ["lead_id"], "columns": {"lead_id": {"type": "text"}, "registered_on": {"type": "date"}}},
    "discoveries": {"columns": {
      "lead_id": {"type": "text"}, "source": {"type": "category"}, "found_on": {"type": "date"}}}},
  "unit": {
    "discovered": {"from": "discoveries", "one_row_per": ["lead_id"], "columns": {
      "sources": "set(source)", "first": "earliest(source by found_on)", "last": "latest(source by found_on)",
      "log": "bag(source)"}},
    "lead": {"from": "leads", "lookup": {"discoveries": {"from": "discovered", "on": ["lead_id"],
      "take": ["sources", "first", "last", "log"],
      "otherwise": {"sources": [], "first": [], "last": [], "log": []}}}}},
  "lead": {"supervision": {"unit": "lead", "sources": "sources", "first": "first", "last": "last", "log": "log",
    "stages": [["registered", "registered_on"]]}},
  "grouping": {"origin": {"digital": ["m1", "m2"], "rest": "traditional"}}
})json";

void print(const cm::Result& contributions) {
  for (const auto& row : contributions)
    std::cout << contributions.catalogue().indicator(row.indicator).rule << ": " << *row.value << ", interval ["
              << *row.low << ", " << *row.high << "]\n";
  const auto row = contributions.row(0);
  std::cout << "band: [" << *row.band->exclusive << ", " << *row.band->any << "]\n"
            << "leads: " << *row.band->leads << ", without a source: " << *row.band->unattributed << "\n";
}

void print(const cm::Claim& claim, double share) {
  std::cout << "digital over " << share << " in";
  for (const auto& year : claim.asked.years) std::cout << " " << year.year;
  std::cout << ": " << (claim.asked.holds ? "holds" : "does not hold") << " under " << cm::rule_name(claim.asked.rule)
            << ", p = " << claim.asked.p << "\nholds under:";
  for (const cm::RuleVerdict& verdict : claim.rules)
    if (verdict.holds) std::cout << " " << cm::rule_name(verdict.rule);
  std::cout << "\n";
}

std::vector<cm::Rule> every_rule() {
  std::vector<cm::Rule> rules;
  for (const std::string& name : cm::rule_names()) rules.push_back(cm::rule_named(name));
  return rules;
}

}  // namespace

int main() try {
  const Arrays arrays;
  const cm::Cube cube = cm::build(arrays.tables(), cm::Catalogue::from_json(definitions));
  std::cout.precision(4);
  print(cm::contribution(cube, {.of = "digital", .rules = every_rule(), .groups = "origin"}));
  constexpr double share = 0.3;
  print(cm::claim(
            cube,
            {.of = "digital", .rule = cm::Rule::owen, .groups = "origin", .share = share, .years = {"2024", "2025"}}),
        share);
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
