// SPDX-License-Identifier: Apache-2.0
// Leads of the tests: 70 of a golden table, found by four sources in nine sets.
#pragma once

#include <casemetry/error.hpp>
#include <casemetry/rules.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace casemetry::lead_samples {

using Sources = std::vector<std::string>;
using LeadsBySet = std::map<Sources, std::int64_t>;

inline std::vector<std::string> parts(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, separator);) cells.push_back(cell);
  return cells;
}

// The rows of a golden table, without its header.
inline std::vector<std::vector<std::string>> golden(const std::string& name) {
  std::ifstream file(std::string(CASEMETRY_GOLDEN) + "/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(parts(line, ','));
  if (rows.empty()) throw std::runtime_error("no golden table " + name);
  rows.erase(rows.begin());
  return rows;
}

// 70 leads, four sources, nine sets.
inline LeadsBySet toy() {
  LeadsBySet leads;
  for (const auto& row : golden("coverage_toy_leads.csv")) leads[parts(row[0], '|')] += std::stoll(row[1]);
  return leads;
}

inline const Grouping origin{.id = "origin",
                             .groups = {{"digital", {"m1", "m2"}}, {"traditional", {"hotline", "manual"}}}};

/// Each source a group of its own.
inline const Grouping single{
    .id = "single", .groups = {{"m1", {"m1"}}, {"m2", {"m2"}}, {"hotline", {"hotline"}}, {"manual", {"manual"}}}};

inline PatternCounts patterns(const LeadsBySet& leads, const Grouping& grouping = origin) {
  PatternCounts counts;
  for (const auto& [sources, n] : leads) counts.leads[pattern_of(sources, grouping)] += n;
  return counts;
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

inline void expect_says(const std::string& message, const std::string& part) {
  EXPECT_NE(message.find(part), std::string::npos) << message;
}

}  // namespace casemetry::lead_samples
