// SPDX-License-Identifier: Apache-2.0
#include "protection/frame.hpp"

#include <algorithm>

#include "protection/shown_counts.hpp"
#include "query/calendar.hpp"
#include "query/compare.hpp"
#include "query/levels.hpp"
#include "query/question.hpp"
#include "query/steps.hpp"

namespace casemetry::protection {
namespace {

/// For each code at one level of an axis, that at a coarser one.
std::vector<std::uint32_t> lifted(const Axis& axis, std::size_t from, std::size_t to) {
  std::vector<std::uint32_t> codes;
  for (std::size_t code = 0; code < axis.codes(); ++code) {
    const std::uint32_t node = axis.levels[from][code];
    if (codes.size() <= node) codes.resize(node + 1, none);
    codes[node] = axis.levels[to][code];
  }
  return codes;
}

bool are_pending(std::span<const Result> results, const Asked& asked) {
  const Result::Data& data = results[asked.result].data();
  return is_pending(data.catalogue, indicator_of(data, asked));
}

}  // namespace

const Indicator& indicator_of(const Result::Data& data, const Asked& asked) {
  return data.catalogue.indicator(data.query.indicators[asked.indicator]);
}

Frame::Frame(std::span<const Result> results, std::span<const Asked> asked)
    : results_(results), periods_(!are_pending(results, asked.front())) {
  const Cube& cube = *data(asked.front().result).cube;
  find_positions(cube, asked);
  for (const std::size_t position : positions_) axes_.push_back(axis_of_labels(cube, position));
  for (const Asked& one : asked) shown_.emplace(one.result, Shown{});
  for (auto& [result, shown] : shown_) shown = shown_by(data(result));
  axes_.push_back(conditions_.axis());
  find_periods();
}

void Frame::find_positions(const Cube& cube, std::span<const Asked> asked) {
  std::map<std::size_t, std::size_t> finest;  // by dimension of the cube
  for (const Asked& one : asked) {
    for (const std::size_t p : question::positions_of(cube, data(one.result).query.by)) {
      const std::size_t dimension = question::dimension_at(cube, p);
      const auto [known, is_new] = finest.emplace(dimension, p);
      if (!is_new && (p == dimension || (known->second != dimension && p > known->second))) known->second = p;
    }
  }
  for (const auto& [dimension, position] : finest) positions_.push_back(position);
}

Shown Frame::shown_by(const Result::Data& data) {
  Shown shown;
  for (const Axis& axis : axes_) shown.levels.push_back(axis.levels.size() - 1);
  const auto positions = question::positions_of(cube(), data.query.by);
  for (const std::size_t position : positions) {
    const auto is_same = [&](std::size_t finest) {
      return question::dimension_at(cube(), finest) == question::dimension_at(cube(), position);
    };
    const auto axis = static_cast<std::size_t>(std::ranges::find_if(positions_, is_same) - positions_.begin());
    shown.axes.push_back(axis);
    shown.levels[axis] = std::min(shown.levels[axis], level_of(cube(), positions_[axis], position));
    shown.missing.push_back(static_cast<std::uint32_t>(question::labels_at(cube(), position).labels.size()));
  }
  for (std::size_t d = 0; d < positions.size(); ++d) {
    const std::size_t axis = shown.axes[d];
    shown.is_finest.push_back(level_of(cube(), positions_[axis], positions[d]) == shown.levels[axis]);
    shown.has_others = shown.has_others || data.dimensions[d].labels.size() > shown.missing[d];
  }
  if (!positions.empty()) {
    const std::size_t axis = shown.axes.back(), level = shown.levels[axis];
    shown.parents = lifted(axes_[axis], level, std::min(level + 1, axes_[axis].levels.size() - 1));
  }
  shown.levels.push_back(conditions_.add(data.query.where));
  return shown;
}

void Frame::find_periods() {
  for (const auto& [result, shown] : shown_) add_periods(data(result));
  periods_.settle();
  axes_.push_back(periods_.axis());
  are_whole_.resize(time_levels().size());
  for (const Period& whole : wholes_) are_whole_[periods_.place(whole).first] = true;
}

// The steps and the whole period, and what they are compared with; of a range that is longer than a year, not the sum
// of the year before, which would be in part its own.
void Frame::add_periods(const Result::Data& data) {
  for (const Period& step : data.steps) periods_.add(step);
  if (data.steps.empty()) return;
  const Period now{data.steps.front().first, data.steps.back().last, {}};
  add_whole(data.query.period ? now : question::everything);
  for (const std::string& comparison : data.query.compare) {
    if (question::is_with_whole(comparison)) continue;
    const auto then = question::compared_steps(comparison, data.steps, data.catalogue.definitions().calendar);
    for (const Period& step : then) periods_.add(step);
    const Period before{then.front().first, then.back().last, {}};
    if (comparison == "year_ago" && !overlap(before, now)) add_whole(before);
  }
}

void Frame::add_whole(const Period& whole) {
  periods_.add(whole);
  wholes_.push_back(whole);
}

std::vector<std::string> Frame::names() const {
  const auto all = question::names_of(cube());
  std::vector<std::string> names;
  for (const std::size_t position : positions_) names.push_back(all[position]);
  return names;
}

Nodes Frame::nodes_of(const Place& place) const {
  const Shown& shown = shown_.at(place.result);
  Nodes nodes(dimensions() + 1);
  for (std::size_t d = 0; d < place.codes.size(); ++d)
    if (shown.is_finest[d]) nodes[shown.axes[d]] = std::min(place.codes[d], shown.missing[d]);
  return nodes;
}

}  // namespace casemetry::protection
