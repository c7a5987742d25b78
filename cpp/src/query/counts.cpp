// SPDX-License-Identifier: Apache-2.0
#include "query/counts.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "exact.hpp"

namespace casemetry::question {
namespace {

/// A cell of the block and the row that it is added to.
struct Move {
  std::size_t cell;
  std::size_t row;
};

/// The steps that a month lies in, found once a month.
class StepsOfMonths {
 public:
  explicit StepsOfMonths(std::span<const Period> steps) : steps_(steps) {}

  const std::vector<std::size_t>& at(std::int32_t month) {
    const auto [place, is_new] = found_.try_emplace(month);
    for (std::size_t step = 0; is_new && step < steps_.size(); ++step)
      if (steps_[step].first <= month && month <= steps_[step].last) place->second.push_back(step);
    return place->second;
  }

 private:
  std::span<const Period> steps_;
  std::unordered_map<std::int32_t, std::vector<std::size_t>> found_;
};

// Cells that are not counted, and those whose month lies in no step, go nowhere.
std::vector<Move> moves_of(const Block& block, std::span<const std::uint32_t> cell_of, std::span<const Period> steps) {
  StepsOfMonths months(steps);
  std::vector<Move> moves;
  for (std::size_t i = 0; i < block.cells(); ++i) {
    if (cell_of[i] == nowhere) continue;
    for (const std::size_t step : months.at(block.months[i])) moves.push_back({i, cell_of[i] * steps.size() + step});
  }
  return moves;
}

/// Adds up columns along the moves.
class Summing {
 public:
  Summing(std::vector<Move> moves, std::size_t rows, bool with_histograms)
      : moves_(std::move(moves)), rows_(rows), with_histograms_(with_histograms) {}

  std::vector<std::int64_t> operator()(const std::vector<std::int64_t>& column) const {
    if (column.empty()) return {};
    std::vector<std::int64_t> sums(rows_);
    for (const Move& move : moves_) add_count(sums[move.row], column[move.cell]);
    return sums;
  }

  std::vector<Wide> operator()(const std::vector<Wide>& column) const {
    if (column.empty()) return {};
    std::vector<int128> sums(rows_);
    for (const Move& move : moves_) sums[move.row] = checked_sum(sums[move.row], as_int128(column[move.cell]));
    std::vector<Wide> result(rows_);
    std::ranges::transform(sums, result.begin(), as_wide);
    return result;
  }

  AggregateCounts operator()(const AggregateCounts& from) const {
    const Summing& sum = *this;
    AggregateCounts to{.aggregate = from.aggregate, .scale = from.scale};
    to.yes = sum(from.yes);
    to.unknown = sum(from.unknown);
    to.not_applicable = sum(from.not_applicable);
    to.n = sum(from.n);
    to.sum = sum(from.sum);
    to.sum_of_squares = sum(from.sum_of_squares);
    if (with_histograms_ && !from.offsets.empty()) add_histograms(from, to);
    return to;
  }

  JointCounts operator()(const JointCounts& from) const {
    const Summing& sum = *this;
    JointCounts to{.numerator = from.numerator, .denominator = from.denominator};
    to.both_true = sum(from.both_true);
    to.known = sum(from.known);
    to.numerator_unknown = sum(from.numerator_unknown);
    to.both_unknown = sum(from.both_unknown);
    to.denominator_unknown_n_false = sum(from.denominator_unknown_n_false);
    to.denominator_unknown_n_true = sum(from.denominator_unknown_n_true);
    return to;
  }

 private:
  // Pairs of all cells by row and day; those of one row and day become one.
  void add_histograms(const AggregateCounts& from, AggregateCounts& to) const {
    std::vector<std::tuple<std::size_t, std::int32_t, std::int64_t>> pairs;
    for (const Move& move : moves_)
      for (auto k = static_cast<std::size_t>(from.offsets[move.cell]);
           k < static_cast<std::size_t>(from.offsets[move.cell + 1]); ++k)
        pairs.emplace_back(move.row, from.days[k], from.day_counts[k]);
    std::ranges::sort(pairs);
    to.offsets.assign(rows_ + 1, 0);
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const auto& [row, day, count] = pairs[k];
      if (k > 0 && row == std::get<0>(pairs[k - 1]) && day == std::get<1>(pairs[k - 1])) {
        to.day_counts.back() += count;
        continue;
      }
      to.days.push_back(day);
      to.day_counts.push_back(count);
      ++to.offsets[row + 1];
    }
    for (std::size_t row = 0; row < rows_; ++row) to.offsets[row + 1] += to.offsets[row];
  }

  std::vector<Move> moves_;
  std::size_t rows_;
  bool with_histograms_;
};

}  // namespace

bool Wanted::any() const {
  return std::ranges::count(aggregates, true) > 0 || std::ranges::count(proportions, true) > 0;
}

Block counts(const Block& block, std::span<const std::uint32_t> cell_of, std::size_t cells,
             std::span<const Period> steps, const Wanted& wanted) {
  const Summing sum(moves_of(block, cell_of, steps), cells * steps.size(), wanted.histograms);
  Block result{.unit = block.unit, .date = block.date};
  for (std::size_t k = 0; k < block.aggregates.size(); ++k)
    result.aggregates.push_back(wanted.aggregates[k] ? sum(block.aggregates[k]) : AggregateCounts{});
  for (std::size_t k = 0; k < block.proportions.size(); ++k)
    result.proportions.push_back(wanted.proportions[k] ? sum(block.proportions[k]) : JointCounts{});
  return result;
}

}  // namespace casemetry::question
