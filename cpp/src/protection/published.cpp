// SPDX-License-Identifier: Apache-2.0
#include "protection/published.hpp"

#include <algorithm>

#include "protection/staging.hpp"
#include "query/compare.hpp"

namespace casemetry::protection {

Published::Published(std::span<const Result> results, std::span<const Asked> asked, const Protection& protection)
    : frame_(results, asked), cells_(counted_cells(frame_, asked, protection)), tables_(frame_, cells_, protection) {
  cover_all(frame_, cells_, tables_, !protection.zeros);
}

bool Published::is_hidden(const Place& place) const {
  const Shown& shown = frame_.shown(place.result);
  const auto [time, period] = frame_.periods().place(place.period);
  if (shown.is_others(place.codes)) return tables_.are_others_hidden(place.result, time, period);
  Levels levels = shown.levels;
  Nodes nodes = frame_.nodes_of(place);
  levels.push_back(time);
  nodes.push_back(period);
  return tables_.is_hidden(levels, nodes);
}

bool Published::is_hidden(const Place& place, std::string_view comparison, const Period& then) const {
  if (!question::is_with_whole(comparison)) return is_hidden({place.result, place.codes, then});
  const Shown& shown = frame_.shown(place.result);
  Levels levels = shown.levels;
  Nodes nodes = frame_.nodes_of(place);
  const bool is_parent = comparison == "parent" && !shown.is_others(place.codes);
  for (std::size_t axis = 0; axis < frame_.dimensions(); ++axis) {
    if (is_parent && axis != shown.axes.back()) continue;
    const std::size_t top = frame_.levels_of(axis).size() - 1;
    nodes[axis] = is_parent ? shown.parents[nodes[axis]] : 0;
    levels[axis] = is_parent ? std::min(levels[axis] + 1, top) : top;
  }
  const auto [time, period] = frame_.periods().place(place.period);
  levels.push_back(time);
  nodes.push_back(period);
  return tables_.is_hidden(levels, nodes);
}

}  // namespace casemetry::protection
