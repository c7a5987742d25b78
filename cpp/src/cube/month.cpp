// SPDX-License-Identifier: Apache-2.0
#include "cube/month.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>
#include <algorithm>
#include <limits>
#include <map>

#include "reporting_month.hpp"

namespace casemetry::pass {
namespace {

constexpr std::size_t grain = std::size_t{1} << 16;
using Range = tbb::blocked_range<std::size_t>;

struct Bounds {
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
};

Bounds bounds_of(std::span<const std::int32_t> days) {
  const auto extend = [&](const Range& range, Bounds bounds) {
    for (std::size_t i = range.begin(); i != range.end(); ++i) {
      bounds.first = std::min(bounds.first, is_day(days[i]) ? days[i] : bounds.first);
      bounds.last = std::max(bounds.last, is_day(days[i]) ? days[i] : bounds.last);
    }
    return bounds;
  };
  const auto join = [](const Bounds& left, const Bounds& right) {
    return Bounds{std::min(left.first, right.first), std::max(left.last, right.last)};
  };
  return tbb::parallel_reduce(Range(0, days.size(), grain), Bounds{}, extend, join);
}

using Marks = std::vector<std::uint8_t>;

// A mark for every day from the first to the last that occurs.
Marks marks_of(std::span<const std::int32_t> days, const Bounds& bounds) {
  const auto length = static_cast<std::size_t>(std::int64_t{bounds.last} - bounds.first + 1);
  tbb::enumerable_thread_specific<Marks> local([length] { return Marks(length); });
  tbb::parallel_for(Range(0, days.size(), grain), [&](const Range& range) {
    Marks& marks = local.local();
    for (std::size_t i = range.begin(); i != range.end(); ++i)
      if (is_day(days[i])) marks[static_cast<std::size_t>(days[i] - bounds.first)] = 1;
  });
  Marks all(length);
  for (const Marks& marks : local)
    std::transform(all.begin(), all.end(), marks.begin(), all.begin(), [](auto a, auto b) { return a | b; });
  return all;
}

}  // namespace

Months months_of(std::span<const std::int32_t> days, const Calendar& calendar) {
  const Bounds bounds = bounds_of(days);
  Months months;
  if (bounds.first > bounds.last) return months;
  const Marks marks = marks_of(days, bounds);
  months.first_day = bounds.first;
  months.numbers.resize(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == 0) continue;
    const std::int32_t month = reporting_month(bounds.first + static_cast<std::int32_t>(i), calendar);
    if (months.months.empty() || months.months.back() != month) months.months.push_back(month);
    months.numbers[i] = static_cast<std::uint32_t>(months.months.size() - 1);
  }
  return months;
}

}  // namespace casemetry::pass
