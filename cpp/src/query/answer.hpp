// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where an indicator's integers stand in a cube, or why it cannot be answered from it.
#pragma once

#include "query/counts.hpp"
#include "query/evaluate.hpp"

namespace casemetry::question {

/// A column of counts: which block, and which of its aggregates or proportions.
struct Place {
  std::size_t block = 0;
  std::size_t column = 0;
};

/// An aggregate that an indicator needs. `range`: what the column of a sum may hold, if that is declared.
struct Needed {
  Place place;
  Aggregate::Kind kind = Aggregate::Kind::count;
  std::optional<ValueRange> range;
};

/// How an indicator is answered from a cube.
struct Answer {
  const Indicator* indicator = nullptr;
  std::string not_available;       ///< the reason; empty: it is
  std::optional<Place> outcomes;   ///< of a proportion: its joint counts
  std::vector<Needed> aggregates;  ///< of the others, sorted by id
  Fraction fraction;               ///< of count, sum and ratio
};

/// Finds the integers of an indicator. `dimensions` are positions among the cube's; `is_dated`: the question places
/// units in months, which aggregates without a date cannot answer.
Answer answer_of(const Cube& cube, const Indicator& indicator, std::span<const std::size_t> dimensions, bool is_dated);

/// Which columns of each block these answers need.
std::vector<Wanted> wanted_of(const Cube& cube, std::span<const Answer> answers);

/// Evaluates one row of the counts, a block of sums for each block of the cube.
Evaluation evaluate(const Answer& answer, std::span<const Block> counts, std::size_t row, double level);

}  // namespace casemetry::question
