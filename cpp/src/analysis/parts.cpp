// SPDX-License-Identifier: Apache-2.0
#include "analysis/parts.hpp"

#include <numeric>

namespace casemetry::analysis {
namespace {

std::optional<double> share(std::int64_t count, std::int64_t others) {
  if (count + others == 0) return std::nullopt;
  return static_cast<double>(count) / static_cast<double>(count + others);
}

/// A class and all others, at one time.
struct Volumes {
  std::int64_t own, others;
};

// Each factor changes first or second; the mean of both orders (Shapley 1953).
void set_change(PartChange& change, const Volumes& now, const Volumes& then) {
  const auto before = share(then.own, then.others);
  const auto after = share(now.own, now.others);
  if (!before || !after) return;
  change.change = *after - *before;
  const auto own_first = share(now.own, then.others);
  const auto others_first = share(then.own, now.others);
  if (!own_first || !others_first) return;
  change.from_own = ((*own_first - *before) + (*after - *others_first)) / 2;
  change.from_others = *change.change - *change.from_own;
}

Figure total_of(std::span<const Figure> counts) {
  Figure total;
  for (const Figure& count : counts) {
    total.low += count.low;
    total.high += count.high;
  }
  return total;
}

}  // namespace

Whole whole_of(std::span<const Figure> counts) {
  Whole whole;
  whole.roundings = whole_shares(counts);
  whole.total = total_of(counts);
  if (whole.total.high == 0) whole.flags.set(Flag::no_denominator);
  if (whole.roundings.size() > 1) whole.flags.set(Flag::not_determined);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    Part& part = whole.parts.emplace_back();
    part.count = counts[i];
    part.least = share(counts[i].low, whole.total.high - counts[i].high);
    part.most = share(counts[i].high, whole.total.low - counts[i].low);
    if (part.least == part.most) part.share = part.least;
    if (!whole.roundings.empty()) part.rounded = whole.roundings.front()[i];
  }
  return whole;
}

void compare(Whole& whole, std::span<const std::int64_t> then) {
  const std::int64_t total = std::accumulate(then.begin(), then.end(), std::int64_t{0});
  for (std::size_t i = 0; i < whole.parts.size(); ++i) {
    Part& part = whole.parts[i];
    PartChange& change = part.changes.emplace_back();
    change.count = then[i];
    change.share = share(then[i], total - then[i]);
    set_change(change, {part.count.low, whole.total.low - part.count.low}, {then[i], total - then[i]});
  }
}

}  // namespace casemetry::analysis
