// SPDX-License-Identifier: Apache-2.0
// What is measured of the rows of a lane, cell by cell: exact sums, and exact histograms of days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cube/frame.hpp"
#include "int128.hpp"

namespace casemetry::pass {

/// A column to be summed over the rows of a lane, where it has a value.
struct SumOf {
  std::string aggregate;  ///< for messages
  std::size_t lane = 0;
  std::span<const std::int64_t> numbers;
};

/// Days from one date to another, over the rows of a lane, where both are known. Without `start`, those from
/// 1970-01-01.
struct DaysOf {
  std::size_t lane = 0;
  std::span<const std::int32_t> start, end;
};

/// Σx and Σx².
struct PowerSums {
  int128 sum = 0;
  int128 sum_of_squares = 0;
};

/// A histogram a cell: cell i has the pairs from offsets[i] to offsets[i + 1], by ascending day.
struct Histogram {
  std::vector<std::int64_t> offsets;
  std::vector<std::int32_t> days;
  std::vector<std::int64_t> counts;
};

/// A block of rows: their cells, and the lanes that each is in (`words` × `lanes_a_word` bits a row).
struct MaskedRows {
  std::int64_t begin = 0;
  std::span<const std::uint32_t> cells;
  std::span<const std::uint64_t> masks;
  std::size_t words = 1;

  bool in_lane(std::size_t row, std::size_t lane) const {
    return masks[row * words + lane / lanes_a_word] >> (lane % lanes_a_word) & 1U;
  }
};

/// Sums by cell. Each thread has its own; they add up.
class Sums {
 public:
  Sums(const SumOf& of, std::size_t cells) : of_(of), sums_(cells) {}
  /// Adds a block. Throws DataError, as `add_to` does, if a sum of squares does not fit 128 bits.
  void add(const MaskedRows& rows);
  void add_to(std::vector<PowerSums>& totals, std::span<const std::uint32_t> cells) const;

 private:
  SumOf of_;
  std::vector<PowerSums> sums_;
};

/// Days with their cells, as they come. Each thread has its own.
class DayPairs {
 public:
  static constexpr std::size_t bytes_a_row = sizeof(std::uint64_t);
  explicit DayPairs(const DaysOf& of) : of_(of) {}
  void add(const MaskedRows& rows);
  /// Sorts the pairs of all threads, and counts equal ones. `cells`: those that occur, ascending.
  static Histogram histogram(std::span<DayPairs* const> parts, std::span<const std::uint32_t> cells);

 private:
  DaysOf of_;
  std::vector<std::uint64_t> pairs_;  // cell in the upper half, days (from the least int32 on) in the lower
};

}  // namespace casemetry::pass
