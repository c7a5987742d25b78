// SPDX-License-Identifier: Apache-2.0
#include "cube/measures.hpp"

#include <tbb/parallel_sort.h>
#include <limits>

namespace casemetry::pass {
namespace {

constexpr std::int64_t least_day = std::numeric_limits<std::int32_t>::min();

// Sums of 64-bit numbers fit; it is the squares that may not.
void add_exactly(PowerSums& sums, int128 sum, int128 sum_of_squares, const std::string& aggregate) {
  sums.sum += sum;
  if (__builtin_add_overflow(sums.sum_of_squares, sum_of_squares, &sums.sum_of_squares))
    throw DataError("aggregate '" + aggregate +
                    "': the sum of squares of its column does not fit 128 bits; leave out values that cannot be meant, "
                    "with a `range` for the column");
}

// Dates lie in the years 1 to 9999, so that the days between any two fit 32 bits.
std::uint64_t pair_of(std::uint32_t cell, std::int64_t days) {
  return (std::uint64_t{cell} << 32) | static_cast<std::uint64_t>(days - least_day);
}

std::uint32_t cell_of(std::uint64_t pair) {
  return static_cast<std::uint32_t>(pair >> 32);
}

std::int32_t days_of(std::uint64_t pair) {
  return static_cast<std::int32_t>(static_cast<std::int64_t>(pair & 0xFFFFFFFFU) + least_day);
}

}  // namespace

void Sums::add(const MaskedRows& rows) {
  for (std::size_t row = 0; row < rows.cells.size(); ++row) {
    const std::int64_t number = of_.numbers[static_cast<std::size_t>(rows.begin) + row];
    if (!rows.in_lane(row, of_.lane) || number == missing_number) continue;
    add_exactly(sums_[rows.cells[row]], number, static_cast<int128>(number) * number, of_.aggregate);
  }
}

void Sums::add_to(std::vector<PowerSums>& totals, std::span<const std::uint32_t> cells) const {
  for (std::size_t i = 0; i < cells.size(); ++i)
    add_exactly(totals[i], sums_[cells[i]].sum, sums_[cells[i]].sum_of_squares, of_.aggregate);
}

void DayPairs::add(const MaskedRows& rows) {
  for (std::size_t row = 0; row < rows.cells.size(); ++row) {
    if (!rows.in_lane(row, of_.lane)) continue;
    const std::size_t at = static_cast<std::size_t>(rows.begin) + row;
    const std::int32_t start = of_.start.empty() ? 0 : of_.start[at];
    if (!is_day(start) || !is_day(of_.end[at])) continue;
    pairs_.push_back(pair_of(rows.cells[row], std::int64_t{of_.end[at]} - start));
  }
}

Histogram DayPairs::histogram(std::span<DayPairs* const> parts, std::span<const std::uint32_t> cells) {
  std::vector<std::uint64_t> pairs;
  for (DayPairs* part : parts) {
    pairs.insert(pairs.end(), part->pairs_.begin(), part->pairs_.end());
    std::vector<std::uint64_t>().swap(part->pairs_);
  }
  tbb::parallel_sort(pairs);
  Histogram histogram;
  std::size_t next = 0;
  for (const std::uint32_t cell : cells) {
    histogram.offsets.push_back(static_cast<std::int64_t>(histogram.days.size()));
    for (; next < pairs.size() && cell_of(pairs[next]) == cell; ++next) {
      const bool is_new = static_cast<std::int64_t>(histogram.days.size()) == histogram.offsets.back() ||
                          histogram.days.back() != days_of(pairs[next]);
      if (is_new) {
        histogram.days.push_back(days_of(pairs[next]));
        histogram.counts.push_back(0);
      }
      ++histogram.counts.back();
    }
  }
  histogram.offsets.push_back(static_cast<std::int64_t>(histogram.days.size()));
  return histogram;
}

}  // namespace casemetry::pass
