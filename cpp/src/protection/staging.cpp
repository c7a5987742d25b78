// SPDX-License-Identifier: Apache-2.0
#include "protection/staging.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace casemetry::protection {
namespace {

constexpr double rather_not = 1e12;  // what it costs to hide a total that others may publish

std::size_t coarseness(std::span<const std::size_t> levels) {
  return std::accumulate(levels.begin(), levels.end(), std::size_t{0});
}

void put(std::vector<std::uint32_t>& families, std::uint32_t code, std::uint32_t family) {
  if (families.size() <= code) families.resize(code + 1);
  families[code] = family;
}

/// The cells at some level of each dimension, and at some levels of periods, as one stage.
class Staging {
 public:
  Staging(const Frame& frame, const Cells& cells, Tables& tables, bool zeros_are_shown)
      : frame_(frame), cells_(cells), tables_(tables), time_families_(frame.periods().families()) {
    stage_.axes = frame.dimensions() + 2;
    stage_.kinds = static_cast<std::size_t>(std::ranges::count(cells.is_sum, false));
    stage_.families.resize(stage_.axes);
    stage_.zeros_are_shown = zeros_are_shown;
  }

  /// `dimensions`: the level of each; `time`: of the levels of periods, which.
  void cover(const Levels& dimensions, const std::vector<bool>& time) && {
    for (const auto& [codes, members] : members_at(dimensions, time)) add(codes, members, dimensions);
    for (const Table* table : tables_at(dimensions, time)) add(*table, dimensions);
    if (!stage_.tables.empty()) protection::cover(stage_, tables_.figures());
  }

 private:
  /// Cells of the stage by their codes: of dimensions, of the condition, and at each level of periods.
  std::map<Nodes, std::vector<std::size_t>> members_at(const Levels& dimensions, const std::vector<bool>& time) const {
    std::map<Nodes, std::vector<std::size_t>> members;
    Nodes codes;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      codes.clear();
      for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
        codes.push_back(frame_.levels_of(axis)[dimensions[axis]][cells_.codes[cell][axis]]);
      codes.push_back(cells_.codes[cell][dimensions.size()]);
      for (std::size_t level = 0; level < time.size(); ++level)
        if (time[level]) codes.push_back(frame_.time_levels()[level][cells_.codes[cell].back()]);
      const auto times = std::span(codes).subspan(stage_.axes - 1);
      if (std::ranges::count(times, none) < std::ssize(times)) members[codes].push_back(cell);
    }
    return members;
  }

  // Whether a condition can hold in a cell is known from its labels: units come to none where it held of none, neither
  // of those that are counted nor of those that must reach k.
  void add(const Nodes& codes, std::span<const std::size_t> members, const Levels& dimensions) {
    const std::vector<double> counts = counts_of(members);
    if (!frame_.conditions().is_single() &&
        std::ranges::none_of(members, [&](std::size_t cell) { return holds(cell); }))
      return;
    const auto time = codes.begin() + static_cast<std::ptrdiff_t>(stage_.axes - 1);
    const std::uint32_t number =
        times_.try_emplace(Nodes(time, codes.end()), static_cast<std::uint32_t>(times_.size())).first->second;
    stage_.codes.insert(stage_.codes.end(), codes.begin(), time);
    stage_.codes.push_back(number);
    put(stage_.families.back(), number, time_families_[cells_.codes[members.front()].back()]);
    put(stage_.families[dimensions.size()], codes[dimensions.size()], 0);
    for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
      put(stage_.families[axis], codes[axis], above(members.front(), axis, dimensions[axis]));
    for (std::size_t kind = 0; kind < counts.size(); ++kind)
      if (!cells_.is_sum[kind]) stage_.counts.push_back(counts[kind]);
    firsts_.push_back(members.front());
  }

  std::vector<double> counts_of(std::span<const std::size_t> members) const {
    std::vector<double> counts(cells_.is_sum.size());
    for (const std::size_t cell : members)
      for (std::size_t kind = 0; kind < counts.size(); ++kind) counts[kind] += cells_.counts[cell][kind];
    return counts;
  }

  bool holds(std::size_t cell) const {
    const auto is_some = [](double count) { return count != 0; };
    return std::ranges::any_of(cells_.counts[cell], is_some) || std::ranges::any_of(cells_.tested[cell], is_some);
  }

  std::uint32_t above(std::size_t cell, std::size_t axis, std::size_t level) const {
    const auto& levels = frame_.levels_of(axis);
    return levels[std::min(level + 1, levels.size() - 1)][cells_.codes[cell][axis]];
  }

  /// Those whose figures are sums of cells of the stage, finest first.
  std::vector<const Table*> tables_at(const Levels& dimensions, const std::vector<bool>& time) const {
    std::vector<const Table*> tables;
    for (const Table& table : tables_.all()) {
      bool is_in = time[table.levels.back()];
      for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
        is_in = is_in && table.levels[axis] >= dimensions[axis];
      if (is_in) tables.push_back(&table);
    }
    std::ranges::stable_sort(tables, {}, [&](const Table* table) {
      return std::pair(coarseness(std::span(table->levels).first(dimensions.size())), table->levels.back());
    });
    return tables;
  }

  void add(const Table& table, const Levels& dimensions) {
    const bool is_own = std::ranges::equal(dimensions, std::span(table.levels).first(dimensions.size()));
    const double further = is_own || table.is_result ? 0 : rather_not;
    auto& figure_of = stage_.tables.emplace_back();
    for (const std::size_t cell : firsts_) {
      const std::uint32_t figure = table.of_cell[cell];
      figure_of.push_back(figure);
      if (figure != none) tables_.figures()[figure].cost = tables_.cost(figure) + further;
    }
  }

  const Frame& frame_;
  const Cells& cells_;
  Tables& tables_;
  std::vector<std::uint32_t> time_families_;
  Stage stage_;
  std::map<Nodes, std::uint32_t> times_;
  std::vector<std::size_t> firsts_;  // of each cell of the stage one that is part of it
};

/// The levels of dimensions at which there are tables, coarse ones first.
std::vector<Levels> stages(const Frame& frame, const Tables& tables) {
  const auto dimensions = static_cast<std::ptrdiff_t>(frame.dimensions());
  std::set<Levels> all{Levels(frame.dimensions())};
  for (const Table& table : tables.all()) all.emplace(table.levels.begin(), table.levels.begin() + dimensions);
  std::vector<Levels> stages(all.begin(), all.end());
  std::ranges::stable_sort(stages, std::greater{}, [](const Levels& levels) { return coarseness(levels); });
  return stages;
}

}  // namespace

void cover_all(const Frame& frame, const Cells& cells, Tables& tables, bool zeros_are_shown) {
  const std::vector<bool> all(frame.time_levels().size(), true);
  for (const Levels& dimensions : stages(frame, tables)) {
    if (frame.are_whole() != all) Staging(frame, cells, tables, zeros_are_shown).cover(dimensions, frame.are_whole());
    Staging(frame, cells, tables, zeros_are_shown).cover(dimensions, all);
  }
}

}  // namespace casemetry::protection
