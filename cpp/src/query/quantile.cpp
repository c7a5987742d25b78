// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "query/evaluate.hpp"

namespace casemetry::question {
namespace {

/// Values in ascending order, with as many unknown ones below all of them, or above.
class Ordered {
 public:
  explicit Ordered(const Histogram& histogram) : days_(histogram.days), up_to_(histogram.counts.size()) {
    std::partial_sum(histogram.counts.begin(), histogram.counts.end(), up_to_.begin());
  }

  std::int64_t n() const { return up_to_.empty() ? 0 : up_to_.back(); }

  /// The value at a rank from 1 to n; nothing outside.
  std::optional<std::int32_t> at(std::int64_t rank) const {
    if (rank < 1 || rank > n()) return std::nullopt;
    return days_[static_cast<std::size_t>(std::ranges::lower_bound(up_to_, rank) - up_to_.begin())];
  }

  /// The quantile if `below` more values were less than all, and `above` more were greater; nothing if it falls among
  /// them, where it has no bound.
  std::optional<double> quantile(double q, std::int64_t below, std::int64_t above) const {
    const std::int64_t all = below + n() + above;
    if (all == 0) return std::nullopt;
    const QuantilePosition position = quantile_position(all, q);
    const auto here = at(position.rank - below);
    if (!here || position.fraction == 0) return here ? std::optional<double>(*here) : std::nullopt;
    const auto next = at(position.rank - below + 1);
    if (!next) return std::nullopt;
    return *here + position.fraction * (static_cast<double>(*next) - *here);
  }

 private:
  std::span<const std::int32_t> days_;
  std::vector<std::int64_t> up_to_;  // how many values are at most days_[i]
};

// At the ends of the distribution, and where there are too few values, order statistics enclose nothing.
void set_order_interval(Evaluation& evaluation, const Ordered& values, double q, double level) {
  if (q == 0 || q == 1) return;
  if (const auto ranks = quantile_ranks(values.n(), q, level)) {
    evaluation.low = values.at(ranks->low);
    evaluation.high = values.at(ranks->high);
  } else {
    evaluation.flags.set(Flag::no_interval);
  }
}

}  // namespace

Evaluation evaluate_quantile(const Indicator& indicator, const Histogram& histogram, double level) {
  const Ordered values(histogram);
  const double q = static_cast<double>(indicator.q.numerator) / static_cast<double>(indicator.q.denominator);
  Evaluation evaluation;
  evaluation.value = values.quantile(q, 0, 0);
  evaluation.denominator = Number(values.n());
  evaluation.unknown = histogram.unknown;
  evaluation.least = values.quantile(q, histogram.unknown, 0);
  evaluation.most = values.quantile(q, 0, histogram.unknown);
  flag_denominator(indicator, evaluation);
  if (evaluation.value && indicator.interval != "none") set_order_interval(evaluation, values, q, level);
  return evaluation;
}

}  // namespace casemetry::question
