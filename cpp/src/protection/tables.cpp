// SPDX-License-Identifier: Apache-2.0
#include "protection/tables.hpp"

#include <algorithm>

namespace casemetry::protection {

Tables::Tables(const Frame& frame, const Cells& cells, const Protection& protection)
    : frame_(frame), cells_(cells), protection_(protection) {
  for (const auto& [result, shown] : frame_.shown()) add_levels(shown);
  for (Table& table : tables_) fill(table);
  for (const auto& [result, shown] : frame_.shown()) {
    const auto& top = frame_.data(result).query.top;
    if (top && top->others) add_others(result);
  }
  measure();
}

// Every combination of its own levels and coarser ones, over all periods.
void Tables::add_levels(const Shown& shown) {
  Levels levels = shown.levels;
  while (true) {
    for (std::size_t time = 0; time < frame_.time_levels().size(); ++time) {
      Levels all = levels;
      all.push_back(time);
      Table& added = table(all);
      added.is_result = added.is_result || levels == shown.levels;
    }
    std::size_t axis = 0;
    while (axis < frame_.dimensions() && levels[axis] + 1 == frame_.levels_of(axis).size()) {
      levels[axis] = shown.levels[axis];
      ++axis;
    }
    if (axis == frame_.dimensions()) return;
    ++levels[axis];
  }
}

Table& Tables::table(const Levels& levels) {
  const auto [place, is_new] = places_.try_emplace(levels, tables_.size());
  if (is_new) tables_.push_back({.levels = levels});
  return tables_[place->second];
}

void Tables::fill(Table& table) {
  table.of_cell.assign(cells_.size(), none);
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    const Nodes nodes = nodes_of(cell, table.levels);
    if (std::ranges::count(nodes, none) == 0) put(table, cell, nodes);
  }
}

Nodes Tables::nodes_of(std::size_t cell, const Levels& levels) const {
  Nodes nodes(levels.size());
  for (std::size_t axis = 0; axis < nodes.size(); ++axis)
    nodes[axis] = frame_.levels_of(axis)[levels[axis]][cells_.codes[cell][axis]];
  return nodes;
}

void Tables::put(Table& table, std::size_t cell, const Nodes& nodes) {
  const auto [figure, is_new] = table.numbers.try_emplace(nodes, static_cast<std::uint32_t>(figures_.size()));
  if (is_new) figures_.emplace_back();
  table.of_cell[cell] = figure->second;
}

void Tables::add_others(std::size_t result) {
  const std::set<Nodes> largest = largest_of(result);
  for (std::size_t time = 0; time < frame_.time_levels().size(); ++time) add_others(result, time, largest);
}

// The cells that the largest ones leave, as one.
void Tables::add_others(std::size_t result, std::size_t time, const std::set<Nodes>& largest) {
  const Levels& levels = frame_.shown(result).levels;
  Table others{.levels = levels, .is_result = true, .of_cell = std::vector(cells_.size(), none)};
  others.levels.push_back(time);
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    const Nodes nodes = nodes_of(cell, levels);
    const std::uint32_t period = frame_.time_levels()[time][cells_.codes[cell].back()];
    if (period != none && std::ranges::count(nodes, none) == 0 && !largest.contains(nodes)) put(others, cell, {period});
  }
  others_[result].push_back(tables_.size());
  tables_.push_back(std::move(others));
}

std::set<Nodes> Tables::largest_of(std::size_t result) const {
  const Result::Data& of = frame_.data(result);
  const std::size_t width = of.query.by.size();
  std::set<Nodes> largest;
  for (std::size_t row = 0; row < of.flags.size(); ++row) {
    const auto codes = std::span(of.codes).subspan(row * width, width);
    if (!frame_.shown(result).is_others(codes)) largest.insert(frame_.nodes_of({result, codes, of.steps.front()}));
  }
  return largest;
}

// What each figure counts, what it would cost to hide it, and whether it is small.
void Tables::measure() {
  const std::size_t tests = cells_.tested.empty() ? 0 : cells_.tested.front().size();
  std::vector<double> tested(figures_.size() * tests);
  costs_.assign(figures_.size(), 0);
  for (const Table& table : tables_)
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      const std::uint32_t figure = table.of_cell[cell];
      if (figure == none) continue;
      for (const double count : cells_.counts[cell]) costs_[figure] += count;
      for (std::size_t test = 0; test < tests; ++test) tested[figure * tests + test] += cells_.tested[cell][test];
    }
  const auto k = static_cast<double>(protection_.k);
  const auto is_small = [&](double count) { return count < k && (count > 0 || (protection_.zeros && k > 1)); };
  for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
    figures_[figure].hidden = std::ranges::any_of(std::span(tested).subspan(figure * tests, tests), is_small);
    figures_[figure].hides_zeros = figures_[figure].hidden && !protection_.base.empty();
    figures_[figure].is_zero = !protection_.zeros && costs_[figure] <= 0 && !figures_[figure].hidden;
    costs_[figure] += 1;
  }
}

bool Tables::is_hidden(const Table& table, const Nodes& nodes) const {
  const auto figure = table.numbers.find(nodes);
  return figure != table.numbers.end() && figures_[figure->second].hidden;
}

bool Tables::is_hidden(const Levels& levels, const Nodes& nodes) const {
  const auto place = places_.find(levels);
  return place != places_.end() && is_hidden(tables_[place->second], nodes);
}

bool Tables::are_others_hidden(std::size_t result, std::size_t time, std::uint32_t period) const {
  return is_hidden(tables_[others_.at(result)[time]], {period});
}

}  // namespace casemetry::protection
