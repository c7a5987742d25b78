// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where an indicator's integers stand in a cube, or why it cannot be answered from it.
#pragma once

#include "query/contribution.hpp"
#include "query/counts.hpp"
#include "query/evaluate.hpp"
#include "query/stock.hpp"

namespace casemetry::question {

/// A variable that an indicator needs; of what is pending, `place` is among the stocks, which are a block of their own
/// after those of the cube. `range`: what the column of a sum may hold, if that is declared.
struct Needed {
  Place place;
  Aggregate::Kind kind = Aggregate::Kind::count;
  std::optional<ValueRange> range;
};

/// How an indicator is answered from a cube.
struct Answer {
  const Indicator* indicator = nullptr;
  std::string not_available;      ///< the reason; empty: it is
  std::optional<Place> outcomes;  ///< of a proportion: its joint counts
  std::vector<Needed> variables;  ///< of the others, sorted
  std::vector<Stock> stocks;      ///< of what is pending
  Fraction fraction;              ///< of count, sum, stock and ratio
  std::optional<Credit> credit;   ///< of a contribution
};

/// The integers of a question: a block of sums for each block of the cube, and one of the stocks; and those of leads by
/// class. Each row is a cell and one of so many steps.
struct Sums {
  std::vector<Block> blocks;
  std::vector<Block> by_class;
  std::size_t steps = 1;
};

/// Finds the integers of an indicator. `dimensions` are positions among the cube's; `is_dated`: the question places
/// units in months, which aggregates without a date cannot answer.
Answer answer_of(const Cube& cube, const Indicator& indicator, std::span<const std::size_t> dimensions, bool is_dated);

/// The stocks of all answers in one list, where the answers' variables then find them.
std::vector<Stock> gathered_stocks(std::span<Answer> answers);

/// The classes of leads of all answers in one list, where the answers then find their sums.
std::vector<const Classified*> gathered_classes(std::span<Answer> answers);

/// Which columns of each block these answers need, other than for stocks and classes.
std::vector<Wanted> wanted_of(const Cube& cube, std::span<const Answer> answers);

/// Which blocks these answers need; `undated`: those of them whose units without a month are undated. Of units that are
/// asked only for when they are closed, those that are not have no month either.
struct Asked {
  std::vector<bool> blocks, undated;
};
Asked asked_of(const Cube& cube, std::span<const Answer> answers);

/// Evaluates one row.
Evaluation evaluate(const Answer& answer, const Sums& sums, std::size_t row, double level);

/// Evaluates a contribution in what remains of a row of wholes without its part, a row of other sums.
Evaluation evaluate_rest(const Answer& answer, const Sums& wholes, std::size_t whole, const Sums& parts,
                         std::size_t part, double level);

}  // namespace casemetry::question
