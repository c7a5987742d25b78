// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/answer.hpp"

namespace casemetry::question {
namespace {

Outcomes outcomes_at(const JointCounts& joint, std::size_t row) {
  return {at(joint.both_true, row),
          at(joint.known, row),
          at(joint.numerator_unknown, row),
          at(joint.both_unknown, row),
          at(joint.denominator_unknown_n_false, row),
          at(joint.denominator_unknown_n_true, row)};
}

int128 wide_at(const std::vector<Wide>& column, std::size_t row) {
  return column.empty() ? 0 : as_int128(column[row]);
}

Histogram histogram_at(const AggregateCounts& counts, std::size_t row) {
  if (counts.offsets.empty()) return {{}, {}, at(counts.unknown, row) + at(counts.yes, row)};
  const auto first = static_cast<std::size_t>(counts.offsets[row]);
  const auto size = static_cast<std::size_t>(counts.offsets[row + 1]) - first;
  Histogram histogram{std::span(counts.days).subspan(first, size), std::span(counts.day_counts).subspan(first, size)};
  histogram.unknown = at(counts.unknown, row) + at(counts.yes, row);
  for (const std::int64_t count : histogram.counts) histogram.unknown -= count;
  return histogram;
}

Totals totals_of(const Histogram& histogram) {
  Totals totals{.unknown = histogram.unknown};
  for (std::size_t k = 0; k < histogram.days.size(); ++k) {
    const int128 weighted = int128{histogram.days[k]} * histogram.counts[k];
    totals.n += histogram.counts[k];
    totals.sum += weighted;
    totals.sum_of_squares = checked_sum(totals.sum_of_squares, checked_product(weighted, histogram.days[k]));
  }
  return totals;
}

// A true unit whose value is missing is as unknown as one of which it is unknown whether it is true.
Totals totals_at(const AggregateCounts& counts, std::size_t row) {
  if (!counts.offsets.empty()) return totals_of(histogram_at(counts, row));
  const std::int64_t n = at(counts.n, row);
  return {.n = n,
          .unknown = at(counts.unknown, row) + at(counts.yes, row) - n,
          .sum = wide_at(counts.sum, row),
          .sum_of_squares = wide_at(counts.sum_of_squares, row),
          .scale = counts.scale};
}

/// The operands of a fraction in one row.
class Gathered {
 public:
  Gathered(const Answer& answer, std::span<const Block> counts, std::size_t row) {
    for (const auto& [place, kind, range] : answer.variables) {
      const AggregateCounts& column = counts[place.block].aggregates[place.column];
      if (kind == Aggregate::Kind::count || kind == Aggregate::Kind::pending) {
        add_count(at(column.yes, row), at(column.unknown, row));
      } else {
        add_sum(column, row, range);
      }
    }
  }

  Operands operands() const {
    return {known_, bounded_ ? std::optional<std::span<const Range>>(ranges_) : std::nullopt, unknown_};
  }

 private:
  void add_count(std::int64_t yes, std::int64_t unknown) {
    known_.push_back(yes);
    ranges_.push_back({yes, int128{yes} + unknown});
    unknown_ += unknown;
  }

  // A value that is missing lies in the column's range; a unit of which it is unknown whether it is true may also add
  // nothing.
  void add_sum(const AggregateCounts& column, std::size_t row, const std::optional<ValueRange>& range) {
    const Totals totals = totals_at(column, row);
    const std::int64_t missing = at(column.yes, row) - totals.n;
    known_.push_back(totals.sum);
    unknown_ += totals.unknown;
    bounded_ = bounded_ && (range.has_value() || totals.unknown == 0);
    const auto [lowest, highest] = range.value_or(ValueRange{});
    const auto with = [&](std::int64_t value, std::int64_t or_nothing) {
      const int128 added =
          checked_sum(checked_product(value, missing), checked_product(or_nothing, at(column.unknown, row)));
      return checked_sum(totals.sum, added);
    };
    ranges_.push_back(
        {with(lowest, std::min<std::int64_t>(lowest, 0)), with(highest, std::max<std::int64_t>(highest, 0))});
  }

  std::vector<int128> known_;
  std::vector<Range> ranges_;
  std::int64_t unknown_ = 0;
  bool bounded_ = true;
};

}  // namespace

Evaluation evaluate(const Answer& answer, const Sums& sums, std::size_t row, double level) {
  const std::span<const Block> counts = sums.blocks;
  const Indicator& indicator = *answer.indicator;
  if (!answer.not_available.empty()) {
    Evaluation evaluation;
    evaluation.flags.set(Flag::not_available);
    return evaluation;
  }
  const auto only = [&]() -> const AggregateCounts& {
    const Place& place = answer.variables.front().place;
    return counts[place.block].aggregates[place.column];
  };
  switch (indicator.kind) {
    case Indicator::Kind::proportion: {
      const JointCounts& joint = counts[answer.outcomes->block].proportions[answer.outcomes->column];
      return evaluate_proportion(indicator, outcomes_at(joint, row), level);
    }
    case Indicator::Kind::mean: {
      Totals totals = totals_at(only(), row);
      totals.range = answer.variables.front().range;
      return evaluate_mean(indicator, totals, level);
    }
    case Indicator::Kind::quantile:
      return evaluate_quantile(indicator, histogram_at(only(), row), level);
    case Indicator::Kind::contribution:
      return evaluate_contribution(indicator, *answer.credit, leads_at(*answer.credit, sums.by_class, row, sums.steps),
                                   level);
    default:
      return evaluate_fraction(indicator, answer.fraction, Gathered(answer, counts, row).operands(), level);
  }
}

Evaluation evaluate_rest(const Answer& answer, const Sums& wholes, std::size_t whole, const Sums& parts,
                         std::size_t part, double level) {
  const Credit& credit = *answer.credit;
  const LeadCounts inside = leads_at(credit, parts.by_class, part, parts.steps);
  const LeadCounts rest = rest_of(leads_at(credit, wholes.by_class, whole, wholes.steps), inside);
  return evaluate_contribution(*answer.indicator, credit, rest, level);
}

}  // namespace casemetry::question
