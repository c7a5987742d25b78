// SPDX-License-Identifier: Apache-2.0
// A site of leads of the tests: a lead table, the discoveries of its leads, and what is asked of them.
#pragma once

#include <casemetry/cube.hpp>

#include "cubes.hpp"
#include "lead_samples.hpp"

namespace casemetry::lead_samples {

inline constexpr const char* site_definitions = R"json({
  "schema": 1, "id": "leads",
  "table": {
    "leads": {"key": ["lead_id"], "columns": {
      "lead_id": {"type": "text"}, "office": {"type": "category"}, "registered_on": {"type": "date"},
      "filed_on": {"type": "date"}, "recovered": {"type": "integer"}}},
    "discoveries": {"columns": {
      "lead_id": {"type": "text"}, "source": {"type": "category"}, "found_on": {"type": "date"}}}},
  "unit": {
    "dated_discovery": {"from": "discoveries", "lookup": {"registered": {
      "from": "leads", "on": ["lead_id"], "take": ["registered_on"]}}},
    "discovered": {"from": "dated_discovery", "one_row_per": ["lead_id"], "columns": {
      "sources": "set(source where between(days(registered_on, found_on), -90, 0))",
      "first_sources": "earliest(source by found_on where between(days(registered_on, found_on), -90, 0))",
      "last_sources": "latest(source by found_on where between(days(registered_on, found_on), -90, 0))",
      "log": "bag(source where between(days(registered_on, found_on), -90, 0))"}},
    "lead": {"from": "leads", "counts": "lead", "lookup": {"discoveries": {
      "from": "discovered", "on": ["lead_id"], "take": ["sources", "first_sources", "last_sources", "log"],
      "otherwise": {"sources": [], "first_sources": [], "last_sources": [], "log": []}}}}},
  "lead": {"supervision": {"unit": "lead", "sources": "sources", "first": "first_sources", "last": "last_sources",
    "log": "log", "stages": [["registered", "registered_on"], ["filed", "filed_on"]]}},
  "grouping": {"origin": {"digital": ["m1", "m2"], "traditional": ["hotline", "manual"]}}
})json";

inline Catalogue site_catalogue() {
  return Catalogue::from_json(site_definitions);
}

inline Definitions site() {
  return site_catalogue().definitions();
}

struct Lead {
  std::string id;
  std::string office = "A";
  std::string registered_on = "2024-03-01";
  std::string filed_on = "";
  std::string recovered = "1";
};

struct Discovery {
  std::string lead, source;
  std::string found_on = "2024-02-01";
};

inline Table lead_table(const std::vector<Lead>& leads) {
  samples::Texts ids, offices, registered, filed, recovered;
  for (const Lead& lead : leads) {
    ids.push_back(lead.id);
    offices.push_back(lead.office);
    registered.push_back(lead.registered_on);
    filed.push_back(lead.filed_on);
    recovered.push_back(lead.recovered);
  }
  using samples::column;
  return Table::of({column("lead_id", ids), column("office", offices), column("registered_on", registered),
                    column("filed_on", filed), column("recovered", recovered)});
}

inline Table discovery_table(const std::vector<Discovery>& discoveries) {
  samples::Texts leads, sources, days;
  for (const Discovery& discovery : discoveries) {
    leads.push_back(discovery.lead);
    sources.push_back(discovery.source);
    days.push_back(discovery.found_on);
  }
  using samples::column;
  return Table::of({column("lead_id", leads), column("source", sources), column("found_on", days)});
}

inline Tables tables(const std::vector<Lead>& leads, const std::vector<Discovery>& discoveries) {
  return {{"leads", lead_table(leads)}, {"discoveries", discovery_table(discoveries)}};
}

/// The golden leads: each found by its sources on successive days, in the order of the table; offices take turns,
/// months too, and every second lead is filed.
struct GoldenSite {
  std::vector<Lead> leads;
  std::vector<Discovery> discoveries;

  GoldenSite() {
    for (const auto& row : golden("coverage_toy_leads.csv"))
      for (std::int64_t i = 0; i < std::stoll(row[1]); ++i) add(parts(row[0], '|'));
  }

  void add(const Sources& sources) {
    const std::size_t n = leads.size();
    const std::string id = "L" + std::to_string(100 + n);
    const std::string month = n % 3 == 0 ? "2024-03" : n % 3 == 1 ? "2024-04" : "2025-03";
    leads.push_back({.id = id,
                     .office = n % 2 == 0 ? "A" : "B",
                     .registered_on = month + "-10",
                     .filed_on = n % 2 == 0 ? month + "-20" : "",
                     .recovered = std::to_string(1 + n % 5)});
    for (std::size_t i = 0; i < sources.size(); ++i)
      discoveries.push_back({id, sources[i], month + "-0" + std::to_string(i + 1)});
  }

  Tables tables() const { return lead_samples::tables(leads, discoveries); }
};

inline std::int64_t counted(const Cube& cube, const std::string& aggregate) {
  std::int64_t sum = 0;
  for (const Block& block : cube.blocks())
    for (const AggregateCounts& counts : block.aggregates)
      if (counts.aggregate == aggregate)
        for (const std::int64_t yes : counts.yes) sum += yes;
  return sum;
}

inline std::vector<std::string> dimension_ids(const Cube& cube) {
  std::vector<std::string> ids;
  for (const DimensionLabels& dimension : cube.dimensions()) ids.push_back(dimension.id);
  return ids;
}

}  // namespace casemetry::lead_samples
