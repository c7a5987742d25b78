// SPDX-License-Identifier: Apache-2.0
// Cubes and questions of the tests, in few words.
#pragma once

#include <casemetry/query.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace casemetry::questions {

constexpr std::int32_t month(int year, int number) {
  return 12 * year + number - 1;
}

constexpr std::uint32_t A = 0, B = 1, C = 2, missing = 3;

/// Persons of one office and month: of `n` whose decision is known and in question `x` are refused; the others by what
/// is unknown of them, as in JointCounts.
struct Persons {
  std::uint32_t office = A;
  std::int32_t in = month(2024, 1);
  std::int64_t x = 0, n = 0, a = 0, b = 0, c = 0, d = 0;
};

inline Aggregate counted(std::string id, std::string unit, std::optional<std::string> date) {
  return {.id = std::move(id), .unit = std::move(unit), .date = std::move(date)};
}

inline Indicator of(std::string id, Indicator::Kind kind, std::string_view formula) {
  return {.id = std::move(id), .kind = kind, .of = Formula::parse(formula)};
}

inline Indicator rate(std::string id, Indicator::Kind kind, std::string_view numerator) {
  return {.id = std::move(id),
          .label = {"不捕率", "Non-arrest rate"},
          .kind = kind,
          .numerator = Formula::parse(numerator),
          .denominator = Formula::parse("arrested + refused")};
}

inline Definitions definitions() {
  using Kind = Indicator::Kind;
  Definitions definitions;
  definitions.id = "example";
  definitions.tables = {{.id = "person"}, {.id = "lead"}};
  definitions.dimensions = {{.id = "office", .from = {{"person", "office"}}, .label = {"承办单位", "Office"}}};
  definitions.aggregates = {
      counted("refused", "person", "decided_on"),
      counted("arrested", "person", "decided_on"),
      counted("persons", "person", std::nullopt),
      counted("leads", "lead", "found_on"),
      {.id = "fines", .kind = Aggregate::Kind::sum, .unit = "person", .date = "decided_on", .column = "fine"},
      {.id = "stay",
       .kind = Aggregate::Kind::days,
       .unit = "person",
       .date = "decided_on",
       .start = "held_on",
       .end = "decided_on"}};
  definitions.indicators = {rate("non_arrest_rate", Kind::proportion, "refused"),
                            rate("refused_per_case", Kind::ratio, "refused"),
                            of("refusals", Kind::count, "refused"),
                            of("all_persons", Kind::count, "persons"),
                            of("leads_found", Kind::count, "leads"),
                            of("fines_set", Kind::sum, "fines"),
                            of("mean_fine", Kind::mean, "fines"),
                            of("median_stay", Kind::quantile, "stay")};
  return definitions;
}

template <typename Value>
std::vector<std::int64_t> column(const std::vector<Persons>& persons, const Value& value) {
  std::vector<std::int64_t> numbers;
  for (const Persons& cell : persons) numbers.push_back(value(cell));
  return numbers;
}

inline Block block(std::vector<Persons> persons) {
  std::ranges::sort(persons, {}, [](const Persons& cell) { return std::pair(cell.office, cell.in); });
  using P = const Persons&;
  Block block{.unit = "person", .date = "decided_on", .has_dimension = {true}};
  for (P cell : persons) {
    block.codes.push_back(cell.office);
    block.months.push_back(cell.in);
  }
  block.units = column(persons, [](P p) { return p.n + p.a + p.b + p.c + p.d; });
  block.aggregates = {{.aggregate = "arrested", .yes = column(persons, [](P p) { return p.n - p.x; })},
                      {.aggregate = "refused",
                       .yes = column(persons, [](P p) { return p.x + p.d; }),
                       .unknown = column(persons, [](P p) { return p.a + p.b; })}};
  block.proportions = {{.numerator = "refused",
                        .denominator = "arrested + refused",
                        .both_true = column(persons, [](P p) { return p.x; }),
                        .known = column(persons, [](P p) { return p.n; }),
                        .numerator_unknown = column(persons, [](P p) { return p.a; }),
                        .both_unknown = column(persons, [](P p) { return p.b; }),
                        .denominator_unknown_n_false = column(persons, [](P p) { return p.c; }),
                        .denominator_unknown_n_true = column(persons, [](P p) { return p.d; })}};
  return block;
}

inline Cube cube(std::vector<Block> blocks, std::optional<Date> as_of = std::nullopt) {
  return Cube({.catalogue = Catalogue(definitions()),
               .dimensions = {{.id = "office", .labels = {"A", "B", "C"}, .listed = 2}},
               .as_of = as_of,
               .blocks = std::move(blocks),
               .rows = {{"person", 100}},
               .reports = {},
               .not_available = {{"mean_fine", "table 'fine' is not at hand"}}});
}

inline Cube cube(std::vector<Persons> persons, std::optional<Date> as_of = std::nullopt) {
  return cube(std::vector<Block>{block(std::move(persons))}, as_of);
}

inline Result ask(const Cube& of, Query question) {
  if (question.indicators.empty()) question.indicators = {"non_arrest_rate"};
  return query(of, question);
}

/// `A 2024-01 1/4`: the cell, the period, and numerator/denominator; `-` for what is missing.
inline std::string text(const Result::Row& row) {
  std::string text;
  for (const auto& label : row.cell) text += std::string(label.value_or("-")) + " ";
  text += std::string(row.period.value_or("-"));
  if (row.numerator) text += " " + std::to_string(row.numerator->whole());
  if (row.denominator) text += "/" + std::to_string(row.denominator->whole());
  return text;
}

inline std::vector<std::string> texts(const Result& result) {
  std::vector<std::string> rows;
  for (const Result::Row& row : result) rows.push_back(text(row));
  return rows;
}

using Texts = std::vector<std::string>;

inline std::string refusal(const Cube& of, Query question) {
  try {
    ask(of, std::move(question));
  } catch (const Error& error) {
    return error.what();
  }
  return "not refused";
}

}  // namespace casemetry::questions
