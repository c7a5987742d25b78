// SPDX-License-Identifier: Apache-2.0
// Tables, definitions and cubes of the tests, in few words.
#pragma once

#include <casemetry/cube.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <string_view>

namespace casemetry::samples {

using Texts = std::vector<std::string>;
using Numbers = std::vector<std::optional<std::int64_t>>;
using Dates = std::vector<std::optional<Date>>;
using Counts = std::vector<std::int64_t>;

inline std::optional<Date> day(int year, unsigned month, unsigned of_month) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
}

constexpr std::int32_t month(int year, int of_year) {
  return 12 * year + of_year - 1;
}

inline NamedColumn column(std::string name, const Texts& texts) {
  return {std::move(name), std::span(texts)};
}
inline NamedColumn column(std::string name, const Numbers& numbers) {
  return {std::move(name), std::span(numbers)};
}
inline NamedColumn column(std::string name, const Dates& dates) {
  return {std::move(name), std::span(dates)};
}

inline Aggregate aggregate(std::string id, const std::optional<std::string>& where = {},
                           const std::optional<std::string>& applies_where = {}) {
  Aggregate made;
  made.id = std::move(id);
  made.unit = "cases";
  if (where) made.where = Expression::parse(*where);
  if (applies_where) made.applies_where = Expression::parse(*applies_where);
  return made;
}

inline Aggregate placed(Aggregate made, std::string date) {
  made.date = std::move(date);
  return made;
}

inline Aggregate sum_of(std::string id, std::string of) {
  Aggregate made = aggregate(std::move(id));
  made.kind = Aggregate::Kind::sum;
  made.column = std::move(of);
  return made;
}

inline Aggregate days_between(std::string id, std::string start, std::string end) {
  Aggregate made = aggregate(std::move(id));
  made.kind = Aggregate::Kind::days;
  made.start = std::move(start);
  made.end = std::move(end);
  return made;
}

inline Indicator proportion(std::string id, std::string_view numerator, std::string_view denominator) {
  Indicator made;
  made.id = std::move(id);
  made.kind = Indicator::Kind::proportion;
  made.numerator = Formula::parse(numerator);
  made.denominator = Formula::parse(denominator);
  return made;
}

inline Definitions definitions(std::vector<Aggregate> aggregates, std::vector<Indicator> indicators = {}) {
  Definitions made;
  made.id = "test";
  std::set<std::string> units;
  for (const Aggregate& aggregate : aggregates) units.insert(aggregate.unit);
  for (const std::string& unit : units) made.tables.push_back({.id = unit});
  made.aggregates = std::move(aggregates);
  made.indicators = std::move(indicators);
  return made;
}

inline Cube cube_of(const Table& cases, const Definitions& made, const BuildOptions& options = {}) {
  return build({{"cases", cases}}, Catalogue(made), options);
}

inline const AggregateCounts& counts_of(const Block& block, std::string_view aggregate) {
  return *std::ranges::find(block.aggregates, aggregate, &AggregateCounts::aggregate);
}

inline std::int64_t total(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

// The label of a cell's dimension; `-` is the missing one.
inline std::string label(const Cube& cube, const Block& block, std::size_t cell, std::size_t dimension = 0) {
  const auto& labels = cube.dimensions()[dimension].labels;
  const std::uint32_t code = block.codes[cell * cube.dimensions().size() + dimension];
  return code == labels.size() ? "-" : labels[code];
}

inline Texts labels(const Cube& cube, const Block& block) {
  Texts texts;
  for (std::size_t cell = 0; cell < block.cells(); ++cell) texts.push_back(label(cube, block, cell));
  return texts;
}

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

inline ::testing::AssertionResult has(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts)
    if (text.find(part) == std::string::npos)
      return ::testing::AssertionFailure() << "'" << part << "' not in: " << text;
  return ::testing::AssertionSuccess();
}

}  // namespace casemetry::samples
