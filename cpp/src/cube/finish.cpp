// SPDX-License-Identifier: Apache-2.0
#include "cube/finish.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace casemetry::pass {
namespace {

// An empty vector stands for zeros.
template <class T>
std::vector<T> unless_zero(std::vector<T> values) {
  const bool is_zero = std::all_of(values.begin(), values.end(), [](const T& value) { return value == T{}; });
  return is_zero ? std::vector<T>{} : std::move(values);
}

class Finisher {
 public:
  Finisher(const BlockPlan& plan, const Counted& counted, const CellSpace& space)
      : plan_(plan), counted_(counted), space_(space) {
    const std::vector<Lane> lanes = plan.lanes();
    for (std::size_t number = 0; number < lanes.size(); ++number) rows_in_.emplace(lanes[number], number);
  }

  Block block() {
    for (const Overlap& overlap : plan_.overlaps) check(overlap);
    Block block;
    block.unit = plan_.unit;
    block.date = plan_.date;
    block.has_dimension = space_.has_dimension;
    block.units = counted_.lanes.front();
    place_cells(block);
    for (const AggregatePlan& aggregate : plan_.aggregates) block.aggregates.push_back(counts_of(aggregate));
    for (const ProportionPlan& proportion : plan_.proportions) block.proportions.push_back(counts_of(proportion));
    return block;
  }

 private:
  void check(const Overlap& overlap) const {
    const auto& rows = counted_.lanes[rows_in_.at(overlap.lane)];
    const std::int64_t both = std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
    if (both == 0) return;
    throw DataError("indicator '" + overlap.indicator + "': its " + overlap.side + " adds '" + overlap.first +
                    "' and '" + overlap.second + "', but " + std::to_string(both) + " rows of '" + plan_.unit +
                    "' are both and would count twice; make the two exclude each other, or make one aggregate of them "
                    "with `or`");
  }

  void place_cells(Block& block) const {
    std::vector<std::uint64_t> digits(space_.groups.digits());
    for (const std::uint32_t cell : counted_.cells) {
      space_.groups.digits(cell, digits);
      auto digit = digits.begin();
      for (const bool has : space_.has_dimension) block.codes.push_back(has ? static_cast<std::uint32_t>(*digit++) : 0);
      const bool is_placed = digit != digits.end() && *digit < space_.months.size();
      block.months.push_back(is_placed ? space_.months[*digit] : undated);
    }
  }

  std::vector<std::int64_t> values(const Count& count) const {
    std::vector<std::int64_t> values(count.terms.empty() ? 0 : counted_.cells.size());
    for (const auto& [lane, times] : count.terms) {
      const auto& rows = counted_.lanes[rows_in_.at(lane)];
      for (std::size_t cell = 0; cell < values.size(); ++cell) values[cell] += times * rows[cell];
    }
    return unless_zero(std::move(values));
  }

  AggregateCounts counts_of(const AggregatePlan& plan) {
    AggregateCounts counts;
    counts.aggregate = plan.aggregate->id;
    counts.yes = values(plan.yes);
    counts.unknown = values(plan.unknown);
    counts.not_applicable = values(plan.not_applicable);
    if (plan.measured.never) return counts;
    if (plan.aggregate->kind == Aggregate::Kind::sum) add_sums(plan, counts);
    if (plan.aggregate->kind == Aggregate::Kind::days || plan.aggregate->kind == Aggregate::Kind::pending)
      add_days(counts);
    return counts;
  }

  void add_sums(const AggregatePlan& plan, AggregateCounts& counts) {
    counts.n = values(plan.measured);
    for (const PowerSums& sums : counted_.sums[next_sum_++]) {
      counts.sum.push_back(as_wide(sums.sum));
      counts.sum_of_squares.push_back(as_wide(sums.sum_of_squares));
    }
    counts.sum = unless_zero(std::move(counts.sum));
    counts.sum_of_squares = unless_zero(std::move(counts.sum_of_squares));
  }

  void add_days(AggregateCounts& counts) {
    const Histogram& histogram = counted_.days[next_days_++];
    if (histogram.days.empty()) return;
    counts.offsets = histogram.offsets;
    counts.days = histogram.days;
    counts.day_counts = histogram.counts;
  }

  JointCounts counts_of(const ProportionPlan& plan) const {
    return {.numerator = plan.numerator,
            .denominator = plan.denominator,
            .both_true = values(plan.x),
            .known = values(plan.n),
            .numerator_unknown = values(plan.a),
            .both_unknown = values(plan.b),
            .denominator_unknown_n_false = values(plan.c),
            .denominator_unknown_n_true = values(plan.d)};
  }

  const BlockPlan& plan_;
  const Counted& counted_;
  const CellSpace& space_;
  std::map<Lane, std::size_t> rows_in_;
  std::size_t next_sum_ = 0;
  std::size_t next_days_ = 0;
};

}  // namespace

Block finished(const BlockPlan& plan, const Counted& counted, const CellSpace& space) {
  return Finisher(plan, counted, space).block();
}

}  // namespace casemetry::pass
