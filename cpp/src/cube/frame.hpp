// SPDX-License-Identifier: Apache-2.0
// Class columns, and a block of rows of them at a time: stored codes as they are, and outcomes of predicates that no
// single code decides, evaluated into a buffer.
#pragma once

#include <algorithm>
#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "cube/lane.hpp"

namespace casemetry::pass {

/// Rows that are evaluated together: their codes and masks stay in the first-level cache.
inline constexpr std::size_t block_rows = 1024;

/// Lanes that a word of a mask holds.
inline constexpr std::size_t lanes_a_word = 64;
/// Words of a mask of so many lanes.
constexpr std::size_t words_of(std::size_t lanes) {
  return std::max<std::size_t>(1, (lanes + lanes_a_word - 1) / lanes_a_word);
}

class Frame;
struct ClassColumn;

/// For each row the set of lanes that it is in, a bit a lane: the AND of one table look-up a column.
class Masks {
 public:
  Masks(std::span<const Lane> lanes, std::span<const ClassColumn> columns);
  /// Words of 64 lanes.
  std::size_t words() const { return all_.size(); }
  /// Writes the masks of the frame's rows, row by row.
  void evaluate(const Frame& frame, std::span<std::uint64_t> out) const;
  /// The class columns that the lanes read.
  std::vector<std::size_t> columns() const;

 private:
  struct LookUp {
    std::size_t column;
    std::vector<std::uint64_t> words;  // codes × words: the lanes that a row of this code may be in
  };
  std::vector<std::uint64_t> all_;
  std::vector<LookUp> look_ups_;
};

/// An outcome decided by lanes over earlier class columns: yes if the row is in any of the first `yes` lanes, else
/// unknown if it is in any other.
struct LaneOutcome {
  Masks masks;
  std::size_t yes;
};

/// A column of small codes. What is not stored as codes has the three codes of `Outcome`.
struct ClassColumn {
  std::variant<Column, BoundPredicate, std::shared_ptr<const LaneOutcome>> source;
  CodeSet occurs;
};

/// The codes of a block of rows. Each thread has its own.
class Frame {
 public:
  /// Loads `needed` columns and those that they are decided by.
  Frame(std::span<const ClassColumn> columns, std::span<const std::size_t> needed);
  /// Loads rows [begin, begin + rows), at most `block_rows`.
  void load(std::int64_t begin, std::size_t rows);
  std::size_t rows() const { return rows_; }
  const Codes& codes(std::size_t column) const { return codes_[column]; }

 private:
  void require(std::size_t column);
  Codes load(std::size_t column, std::int64_t begin);
  Codes decide(std::size_t column, const LaneOutcome& decision);

  std::span<const ClassColumn> columns_;
  std::vector<bool> needed_;
  std::vector<Codes> codes_;
  std::vector<std::vector<Outcome>> outcomes_;  // of the columns that are evaluated
  std::vector<std::uint64_t> masks_;
  std::size_t rows_ = 0;
};

}  // namespace casemetry::pass
