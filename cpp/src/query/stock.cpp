// SPDX-License-Identifier: Apache-2.0
#include "query/stock.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "exact.hpp"
#include "query/calendar.hpp"

namespace casemetry::question {
namespace {

constexpr std::int32_t before_all = std::numeric_limits<std::int32_t>::min();

bool is_undated(const Period& months) {
  return months.first == undated;
}

// The last month that counts for a step.
std::int32_t end_of(const Period& step, bool at_opening) {
  if (!at_opening || is_undated(step)) return step.last;
  return step.first == before_all ? before_all : step.first - 1;
}

std::vector<std::int32_t> ends_of(std::span<const Period> steps, bool at_opening) {
  std::vector<std::int32_t> ends;
  for (const Period& step : steps) ends.push_back(end_of(step, at_opening));
  return ends;
}

// The months up to the first end, from there to the next, and so on: each month in one span, the undated step in its
// own.
std::vector<Period> spans_between(std::vector<std::int32_t> ends, std::span<const Period> steps) {
  if (std::ranges::any_of(steps, is_undated)) ends.push_back(undated - 1);
  std::ranges::sort(ends);
  const auto repeats = std::ranges::unique(ends);
  ends.erase(repeats.begin(), repeats.end());
  std::vector<Period> spans;
  for (const std::int32_t end : ends) spans.push_back({spans.empty() ? before_all : spans.back().last + 1, end, {}});
  return spans;
}

AggregateCounts counted(const Cube& cube, const Place& place, const Placement& placement, std::size_t cells,
                        std::span<const Period> spans, bool with_histograms) {
  const Block& block = cube.blocks()[place.block];
  Wanted wanted{std::vector<bool>(block.aggregates.size()), std::vector<bool>(block.proportions.size()),
                with_histograms};
  wanted.aggregates[place.column] = true;
  return std::move(counts(block, placement[place.block], cells, spans, wanted).aggregates[place.column]);
}

/// What is pending in one cell, as time goes on.
class Running {
 public:
  void open(const AggregateCounts& counts, std::size_t row) { add(counts, row, 1); }

  /// What closes without having been opened is unknown from then on.
  void close(const AggregateCounts& counts, std::size_t row) {
    add(counts, row, -1);
    add_count(unknown_, at(counts.not_applicable, row));
  }

  std::int64_t yes() const { return yes_; }
  std::int64_t unknown() const { return unknown_; }
  const std::map<std::int32_t, std::int64_t>& by_opening() const { return by_opening_; }

 private:
  void add(const AggregateCounts& counts, std::size_t row, std::int64_t sign) {
    add_count(yes_, sign * at(counts.yes, row));
    add_count(unknown_, sign * at(counts.unknown, row));
    if (counts.offsets.empty()) return;
    for (auto k = static_cast<std::size_t>(counts.offsets[row]); k < static_cast<std::size_t>(counts.offsets[row + 1]);
         ++k)
      if ((by_opening_[counts.days[k]] += sign * counts.day_counts[k]) == 0) by_opening_.erase(counts.days[k]);
  }

  std::int64_t yes_ = 0;
  std::int64_t unknown_ = 0;
  std::map<std::int32_t, std::int64_t> by_opening_;  // day → units that are pending since
};

/// Adds up openings and closings over the spans of months, and writes the row of each step as its end comes.
class Stocktaking {
 public:
  Stocktaking(const Cube& cube, const Stock& of, std::span<const Period> steps)
      : cube_(cube),
        of_(of),
        steps_(steps),
        ends_(ends_of(steps, of.at_opening)),
        spans_(spans_between(ends_, steps)) {}

  AggregateCounts taken(const Placement& placement, std::size_t cells) {
    const auto opened = counted(cube_, of_.opened, placement, cells, spans_, of_.has_ages);
    const auto closed = counted(cube_, of_.closed, placement, cells, spans_, of_.has_ages);
    counts_.aggregate = opened.aggregate;
    counts_.yes.resize(cells * steps_.size());
    counts_.unknown.resize(cells * steps_.size());
    if (of_.has_ages) counts_.offsets = {0};
    for (std::size_t cell = 0; cell < cells; ++cell) take(opened, closed, cell);
    return std::move(counts_);
  }

 private:
  using Ages = std::vector<std::pair<std::int32_t, std::int64_t>>;

  void take(const AggregateCounts& opened, const AggregateCounts& closed, std::size_t cell) {
    Running pending;
    std::vector<Ages> ages(steps_.size());
    for (std::size_t s = 0; s < spans_.size(); ++s) {
      if (is_undated(spans_[s])) pending = {};  // they stand by themselves
      pending.open(opened, cell * spans_.size() + s);
      pending.close(closed, cell * spans_.size() + s);
      for (std::size_t step = 0; step < steps_.size(); ++step)
        if (ends_[step] == spans_[s].last) write(pending, step, cell * steps_.size() + step, ages[step]);
    }
    for (const Ages& row : ages) append(row);
  }

  void write(const Running& pending, std::size_t step, std::size_t row, Ages& ages) {
    counts_.yes[row] = pending.yes();
    counts_.unknown[row] = pending.unknown();
    if (!of_.has_ages) return;
    const std::int32_t last = last_day_of(step);
    const std::int32_t reference = cube_.as_of() ? std::min(last, day_of(*cube_.as_of())) : last;
    for (auto opened = pending.by_opening().rbegin(); opened != pending.by_opening().rend(); ++opened)
      ages.emplace_back(reference - opened->first, opened->second);
  }

  void append(const Ages& ages) {
    if (!of_.has_ages) return;
    for (const auto& [age, count] : ages) {
      counts_.days.push_back(age);
      counts_.day_counts.push_back(count);
    }
    counts_.offsets.push_back(static_cast<std::int64_t>(counts_.days.size()));
  }

  static std::int32_t day_of(Date date) { return static_cast<std::int32_t>(date.time_since_epoch().count()); }

  // Without a period there is none.
  std::int32_t last_day_of(std::size_t step) const {
    if (ends_[step] == undated || ends_[step] == before_all) return std::numeric_limits<std::int32_t>::max();
    return day_of(last_day(ends_[step], cube_.catalogue().definitions().calendar));
  }

  const Cube& cube_;
  const Stock& of_;
  std::span<const Period> steps_;
  std::vector<std::int32_t> ends_;  // by step
  std::vector<Period> spans_;
  AggregateCounts counts_;
};

}  // namespace

AggregateCounts stock(const Cube& cube, const Stock& of, const Placement& placement, std::size_t cells,
                      std::span<const Period> steps) {
  return Stocktaking(cube, of, steps).taken(placement, cells);
}

}  // namespace casemetry::question
