// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/analysis.hpp>
#include <functional>
#include <limits>
#include <numeric>

namespace casemetry {
namespace analysis {
namespace {

using Rounding = std::vector<int>;

constexpr std::int64_t hundred = 100;
constexpr std::int64_t most_totals = 2'000'000;  // that are tried
constexpr std::int64_t greatest = 1'000'000'000'000'000;
constexpr std::size_t most_candidates = 200'000;
constexpr std::int64_t most_trials = 100'000'000;  // candidates times totals
constexpr std::size_t most_found = 100;

std::int64_t floor_div(std::int64_t number, std::int64_t by) {
  return number / by - (number % by < 0 ? 1 : 0);
}

std::int64_t ceil_div(std::int64_t number, std::int64_t by) {
  return -floor_div(-number, by);
}

[[noreturn]] void refuse_width() {
  throw QueryError("the figures are too wide to tell in which ways they can be rounded; give them to more digits");
}

/// The counts as ranges, and the sums they can have.
struct Ranges {
  std::span<const Figure> counts;
  std::int64_t least = 0, most = 0;

  explicit Ranges(std::span<const Figure> figures) : counts(figures) {
    for (const Figure& count : counts) {
      if (count.low < 0 || count.high < count.low || count.high > greatest)
        throw QueryError("a count lies from " + std::to_string(count.low) + " to " + std::to_string(count.high) +
                         "; it should be 0 or more, the least before the most, and at most 10^15");
      least += count.low;
      most += count.high;
    }
    if (most - least > most_totals) refuse_width();
  }
};

/// Whether some counts of this sum round to these shares: 100·n − share·total of all lie in a window of width `total`.
/// The lowest window whose upper ends reach the total is best, for the lower ends rise with it; it moves on only where
/// between the ends of a range there is no whole number, which needs a total below 100.
class Window {
 public:
  Window(const Ranges& ranges, const Rounding& shares, std::int64_t total)
      : ranges_(ranges), shares_(shares), total_(total) {}

  bool is_possible() const {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      first = std::max(first, hundred * ranges_.counts[i].low - (shares_[i] + 1) * total_);
      last = std::min(last, hundred * ranges_.counts[i].high - shares_[i] * total_);
    }
    if (first > last || sum_of_most(last) < total_ || sum_of_least(first) > total_) return false;
    for (std::int64_t at = lowest(first, last); at <= last && sum_of_least(at) <= total_; ++at)
      if (has_whole_numbers(at)) return true;
    return false;
  }

 private:
  std::int64_t least(std::size_t i, std::int64_t at) const {
    return std::max(ranges_.counts[i].low, ceil_div(at + shares_[i] * total_, hundred));
  }
  std::int64_t most(std::size_t i, std::int64_t at) const {
    return std::min(ranges_.counts[i].high, floor_div(at + (shares_[i] + 1) * total_, hundred));
  }
  std::int64_t sum_of_least(std::int64_t at) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) sum += least(i, at);
    return sum;
  }
  std::int64_t sum_of_most(std::int64_t at) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) sum += most(i, at);
    return sum;
  }
  bool has_whole_numbers(std::int64_t at) const {
    for (std::size_t i = 0; i < shares_.size(); ++i)
      if (least(i, at) > most(i, at)) return false;
    return true;
  }
  // The first at which the upper ends reach the total; at the last they do.
  std::int64_t lowest(std::int64_t first, std::int64_t last) const {
    while (first < last) {
      const std::int64_t middle = first + (last - first) / 2;
      if (sum_of_most(middle) < total_) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  const Ranges& ranges_;
  const Rounding& shares_;
  std::int64_t total_;
};

/// From the middle sum outwards, for there a rounding that is possible is found soonest.
bool is_possible(const Ranges& ranges, const Rounding& shares) {
  const std::int64_t middle = ranges.least + (ranges.most - ranges.least) / 2;
  for (std::int64_t away = 0; middle - away >= ranges.least || middle + away <= ranges.most; ++away)
    for (const std::int64_t total : {middle - away, middle + away})
      if (total > 0 && total >= ranges.least && total <= ranges.most && Window(ranges, shares, total).is_possible())
        return true;
  return false;
}

/// All whole shares that add to 100, each between what its count alone allows.
class Candidates {
 public:
  explicit Candidates(const Ranges& ranges) : totals_(ranges.most - ranges.least + 1) {
    for (const Figure& count : ranges.counts) {
      const std::int64_t with_most_others = std::max<std::int64_t>(count.low + ranges.most - count.high, 1);
      const std::int64_t with_least_others = std::max<std::int64_t>(count.high + ranges.least - count.low, 1);
      least_.push_back(static_cast<int>(hundred * count.low / with_most_others));
      most_.push_back(static_cast<int>(ceil_div(hundred * count.high, with_least_others)));
    }
  }

  std::vector<Rounding> all() && {
    add(0, static_cast<int>(hundred));
    if (static_cast<std::int64_t>(found_.size()) > most_trials / totals_) refuse_width();
    return std::move(found_);
  }

 private:
  void add(std::size_t i, int left) {
    if (i == least_.size()) {
      if (left == 0) found_.push_back(shares_);
      if (found_.size() > most_candidates) refuse_width();
      return;
    }
    const int others_least = std::accumulate(least_.begin() + static_cast<std::ptrdiff_t>(i) + 1, least_.end(), 0);
    const int others_most = std::accumulate(most_.begin() + static_cast<std::ptrdiff_t>(i) + 1, most_.end(), 0);
    for (int share = std::max(least_[i], left - others_most); share <= std::min(most_[i], left - others_least);
         ++share) {
      shares_.push_back(share);
      add(i + 1, left - share);
      shares_.pop_back();
    }
  }

  std::int64_t totals_;
  std::vector<int> least_, most_;
  Rounding shares_;
  std::vector<Rounding> found_;
};

/// Of exact counts: those that lost most get one more; where the last place is tied, each of the tied may have it.
class Remainders {
 public:
  explicit Remainders(std::span<const Figure> counts, std::int64_t total) {
    std::vector<std::int64_t> lost;
    for (const Figure& count : counts) {
      shares_.push_back(static_cast<int>(hundred * count.low / total));
      lost.push_back(hundred * count.low % total);
    }
    missing_ = static_cast<std::size_t>(hundred - std::accumulate(shares_.begin(), shares_.end(), std::int64_t{0}));
    if (missing_ == 0) return;
    std::vector<std::int64_t> sorted = lost;
    std::ranges::sort(sorted, std::greater());
    const std::int64_t last = sorted[missing_ - 1];
    for (std::size_t i = 0; i < lost.size(); ++i) {
      if (lost[i] > last) {
        ++shares_[i];
        --missing_;
      } else if (lost[i] == last) {
        tied_.push_back(i);
      }
    }
  }

  std::vector<Rounding> all() && {
    add(0, missing_);
    return std::move(found_);
  }

 private:
  // The first in order have it first.
  void add(std::size_t next, std::size_t missing) {
    if (found_.size() == most_found) return;
    if (missing == 0) return found_.push_back(shares_);
    for (std::size_t i = next; i + missing <= tied_.size(); ++i) {
      ++shares_[tied_[i]];
      add(i + 1, missing - 1);
      --shares_[tied_[i]];
    }
  }

  Rounding shares_;
  std::size_t missing_ = 0;
  std::vector<std::size_t> tied_;
  std::vector<Rounding> found_;
};

std::vector<Figure> middles(std::span<const Figure> counts) {
  std::vector<Figure> exact;
  for (const Figure& count : counts) exact.emplace_back(count.low + (count.high - count.low + 1) / 2);
  return exact;
}

}  // namespace
}  // namespace analysis

std::vector<std::vector<int>> whole_shares(std::span<const Figure> counts) {
  const analysis::Ranges ranges(counts);
  if (ranges.most == 0) return {};
  const std::vector<Figure> exact = analysis::middles(counts);
  const analysis::Ranges middle(exact);
  std::vector<std::vector<int>> roundings = analysis::Remainders(exact, middle.least).all();
  if (ranges.least == ranges.most) return roundings;
  roundings.resize(1);
  for (std::vector<int>& shares : analysis::Candidates(ranges).all())
    if (shares != roundings.front() && analysis::is_possible(ranges, shares)) roundings.push_back(std::move(shares));
  return roundings;
}

}  // namespace casemetry
