// SPDX-License-Identifier: Apache-2.0
#include "protection/axis.hpp"

#include <algorithm>
#include <numeric>

#include "query/calendar.hpp"
#include "query/levels.hpp"

namespace casemetry::protection {
namespace {

bool is_inside(const Period& part, const Period& whole) {
  return part.first >= whole.first && part.last <= whole.last;
}

}  // namespace

bool overlap(const Period& one, const Period& other) {
  return one.first <= other.last && other.first <= one.last;
}

Axis axis_of_labels(const Cube& cube, std::size_t position) {
  std::vector<std::uint32_t> codes(question::labels_at(cube, position).labels.size() + 1);
  std::iota(codes.begin(), codes.end(), 0U);
  Axis axis{{codes}};
  for (auto level = question::above(cube, position); level; level = question::above(cube, *level)) {
    const auto parents = question::parents_at(cube, position);
    for (std::uint32_t& code : codes) code = parents[code];
    axis.levels.push_back(codes);
    position = *level;
  }
  axis.levels.emplace_back(codes.size(), 0U);
  return axis;
}

std::size_t level_of(const Cube& cube, std::size_t finest, std::size_t position) {
  std::size_t level = 0;
  while (finest != position) {
    finest = *question::above(cube, finest);
    ++level;
  }
  return level;
}

std::size_t Conditions::add(const std::optional<Expression>& where) {
  if (!where) has_none_ = true;
  if (!where) return 0;
  const auto known = std::ranges::find(wheres_, where->text(), &Expression::text);
  if (known != wheres_.end()) return 1 + static_cast<std::size_t>(known - wheres_.begin());
  if (wheres_.size() == 3)
    throw QueryError(
        "results under more than three conditions are too many to be protected together: ask by a "
        "dimension that tells them apart");
  wheres_.push_back(*where);
  return wheres_.size();
}

Axis Conditions::axis() const {
  if (is_single()) return {std::vector(1 + wheres_.size(), std::vector<std::uint32_t>{0})};
  Axis axis{{std::vector<std::uint32_t>(combinations(), has_none_ ? 0 : none)}};
  for (std::size_t bit = 0; bit < wheres_.size(); ++bit) {
    axis.levels.emplace_back(combinations(), none);
    for (std::uint32_t bits = 0; bits < combinations(); ++bits)
      if ((bits >> bit) & 1U) axis.levels.back()[bits] = 0;
  }
  return axis;
}

std::optional<Expression> Conditions::all_of(std::uint32_t bits) const {
  if (is_single()) return wheres_.empty() ? std::nullopt : std::optional(wheres_.front());
  std::optional<Expression> all;
  for (std::size_t bit = 0; bit < wheres_.size(); ++bit)
    if ((bits >> bit) & 1U) all = all ? (*all && wheres_[bit]) : wheres_[bit];
  return all;
}

void Periods::add(const Period& period) {
  if (!places_.try_emplace({period.first, period.last}).second) return;
  periods_.push_back(period);
}

void Periods::settle() {
  std::ranges::sort(periods_, {}, [](const Period& p) {
    return std::tuple(std::int64_t{p.last} - p.first, p.first);  // short ones first
  });
  if (adds_up_) {
    cut();
    pack();
    return;
  }
  spans_ = periods_;
  axis_.levels.emplace_back(spans_.size());
  std::iota(axis_.levels.front().begin(), axis_.levels.front().end(), 0U);
  for (std::uint32_t code = 0; code < spans_.size(); ++code)
    places_[{spans_[code].first, spans_[code].last}] = {0, code};
}

// At every month in which a period begins or after which one ends. Of questions without a period, whose steps are all
// there is, only within these.
void Periods::cut() {
  std::vector<std::int64_t> cuts;
  for (const Period& period : periods_) {
    cuts.push_back(period.first);
    cuts.push_back(std::int64_t{period.last} + 1);
  }
  std::ranges::sort(cuts);
  cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    Period span{static_cast<std::int32_t>(cuts[i]), static_cast<std::int32_t>(cuts[i + 1] - 1), {}};
    if (std::ranges::any_of(periods_, [&](const Period& period) { return is_inside(span, period); }))
      spans_.push_back(span);
  }
}

// A level takes periods that do not overlap.
void Periods::pack() {
  std::vector<std::vector<Period>> levels;
  for (const Period& period : periods_) {
    const auto fits = [&](const auto& level) {
      return std::ranges::none_of(level, [&](const Period& other) { return overlap(period, other); });
    };
    const auto number = static_cast<std::size_t>(std::ranges::find_if(levels, fits) - levels.begin());
    if (number == levels.size()) {
      levels.emplace_back();
      axis_.levels.emplace_back(spans_.size(), none);
    }
    const auto code = static_cast<std::uint32_t>(levels[number].size());
    levels[number].push_back(period);
    places_[{period.first, period.last}] = {number, code};
    for (std::size_t span = 0; span < spans_.size(); ++span)
      if (is_inside(spans_[span], period)) axis_.levels[number][span] = code;
  }
}

std::pair<std::size_t, std::uint32_t> Periods::place(const Period& period) const {
  return places_.at({period.first, period.last});
}

std::vector<std::uint32_t> Periods::families() const {
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
  std::vector<std::uint32_t> families;
  for (std::size_t span = 0; span < spans_.size(); ++span) {
    std::vector<std::uint32_t> above;
    for (const auto& level : axis_.levels) {
      const bool is_alone = level[span] == none || std::ranges::count(level, level[span]) == 1;
      above.push_back(is_alone ? none : level[span]);
    }
    families.push_back(numbers.try_emplace(std::move(above), static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return families;
}

}  // namespace casemetry::protection
