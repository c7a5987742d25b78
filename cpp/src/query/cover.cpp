// SPDX-License-Identifier: Apache-2.0
#include "query/cover.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "query/moves.hpp"

namespace casemetry::protection {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr std::size_t few_cells = 256;  // so many are looked through whole

/// The cells that differ in one axis only, cheapest first: with whom a cell may exchange this label.
class Lines {
 public:
  /// `families`: only within a family of labels; nothing: all labels.
  Lines(const Stage& stage, std::size_t axis, const std::vector<std::uint32_t>* families,
        const std::vector<double>& costs)
      : order_(stage.cells()), of_cell_(stage.cells()) {
    std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
    for (std::uint32_t cell = 0; cell < stage.cells(); ++cell) {
      std::vector<std::uint32_t> rest(stage.codes.begin() + static_cast<std::ptrdiff_t>(cell * stage.axes),
                                      stage.codes.begin() + static_cast<std::ptrdiff_t>((cell + 1) * stage.axes));
      rest[axis] = families != nullptr ? (*families)[rest[axis]] : 0;
      of_cell_[cell] = numbers.try_emplace(std::move(rest), static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::stable_sort(order_, {}, [&](std::uint32_t cell) { return std::pair(of_cell_[cell], costs[cell]); });
    starts_.resize(numbers.size() + 1);
    for (const std::uint32_t line : of_cell_) ++starts_[line + 1];
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  }

  std::span<const std::uint32_t> of(std::uint32_t cell) const {
    const std::uint32_t line = of_cell_[cell];
    return std::span(order_).subspan(starts_[line], starts_[line + 1] - starts_[line]);
  }

 private:
  std::vector<std::uint32_t> order_, of_cell_;
  std::vector<std::size_t> starts_;
};

/// Finds the moves that cover what is hidden, and hides what they change.
class Cover {
 public:
  Cover(const Stage& stage, std::span<Figure> figures) : stage_(stage), figures_(figures), index_(stage) {
    covered_.resize(figures.size() * stage.kinds);
    add_lines();
    add_members();
  }

  void run() {
    for (const auto& table : stage_.tables)
      for (const std::uint32_t figure : table)
        if (figure != none && figures_[figure].hidden) wait_for(figure);
    for (std::size_t next = 0; next < waiting_.size(); ++next)
      for (std::size_t kind = 0; kind < stage_.kinds; ++kind) cover(waiting_[next], kind);
  }

 private:
  void add_lines() {
    std::vector<double> costs(stage_.cells());
    for (std::size_t cell = 0; cell < costs.size(); ++cell)
      for (std::size_t kind = 0; kind < stage_.kinds; ++kind) costs[cell] += stage_.counts[cell * stage_.kinds + kind];
    for (std::size_t axis = 0; axis < stage_.axes; ++axis) {
      lines_.emplace_back();
      lines_.back().emplace_back(stage_, axis, &stage_.families[axis], costs);
      lines_.back().emplace_back(stage_, axis, nullptr, costs);
    }
    static constexpr std::array<std::size_t, 5> widths{1, 16, 6, 3, 2};
    width_ = stage_.axes < widths.size() ? widths[stage_.axes] : 1;
  }

  void add_members() {
    members_.resize(figures_.size());
    for (const auto& table : stage_.tables)
      for (std::uint32_t cell = 0; cell < table.size(); ++cell)
        if (table[cell] != none) members_[table[cell]].push_back(cell);
    is_waiting_.resize(figures_.size());
  }

  void wait_for(std::uint32_t figure) {
    if (is_waiting_[figure]) return;
    is_waiting_[figure] = true;
    waiting_.push_back(figure);
  }

  double count(std::uint32_t cell, std::size_t kind) const { return stage_.counts[cell * stage_.kinds + kind]; }

  bool needs_cover(std::uint32_t figure, std::size_t kind) const {
    if (covered_[figure * stage_.kinds + kind]) return false;
    if (!stage_.zeros_are_shown) return true;
    return std::ranges::any_of(members_[figure], [&](std::uint32_t cell) { return count(cell, kind) > 0; });
  }

  void cover(std::uint32_t figure, std::size_t kind) {
    if (!needs_cover(figure, kind)) return;
    best_ = {};
    cost_ = unlimited;
    for (const std::uint32_t cell : nearest_members(figure))
      if (cost_ > 0) look_from(cell, figure, kind);
    if (!best_.empty()) accept(best_);
  }

  // Of a figure over many cells those that are hidden already go first.
  std::vector<std::uint32_t> nearest_members(std::uint32_t figure) const {
    std::vector<std::uint32_t> cells = members_[figure];
    const auto& finest = stage_.tables.front();
    std::ranges::stable_partition(
        cells, [&](std::uint32_t cell) { return finest[cell] != none && figures_[finest[cell]].hidden; });
    if (cells.size() > few_cells) cells.resize(2 * width_);
    return cells;
  }

  void look_from(std::uint32_t cell, std::uint32_t figure, std::size_t kind) {
    if (stage_.cells() <= few_cells) {
      for (std::uint32_t other = 0; other < stage_.cells() && cost_ > 0; ++other) look_at(cell, other, figure, kind);
    } else {
      partners_.assign(index_.codes(cell).begin(), index_.codes(cell).end());
      look_along(0, cell, figure, kind);
    }
    if (cost_ > 0) consider({{cell, true}}, figure, kind);
  }

  void look_at(std::uint32_t cell, std::uint32_t other, std::uint32_t figure, std::size_t kind) {
    if (cell == other) return;
    for (Move& move : moves_between(index_, cell, other)) consider(std::move(move), figure, kind);
  }

  // Every combination of a few labels on each axis; boxes first, which change the fewest totals.
  void look_along(std::size_t axis, std::uint32_t cell, std::uint32_t figure, std::size_t kind) {
    if (cost_ <= 0) return;
    if (axis == stage_.axes) {
      const std::uint32_t other = index_.find(partners_);
      if (other != none) look_at(cell, other, figure, kind);
      return;
    }
    const std::uint32_t own = partners_[axis];
    for (const std::uint32_t label : labels_beside(axis, cell)) {
      partners_[axis] = label;
      look_along(axis + 1, cell, figure, kind);
    }
    partners_[axis] = own;
    look_along(axis + 1, cell, figure, kind);
  }

  std::vector<std::uint32_t> labels_beside(std::size_t axis, std::uint32_t cell) const {
    std::vector<std::uint32_t> labels;
    for (const Lines& lines : lines_[axis]) add_labels(lines.of(cell), axis, cell, labels);
    return labels;
  }

  // The largest that are hidden, and the cheapest that are not.
  void add_labels(std::span<const std::uint32_t> line, std::size_t axis, std::uint32_t cell,
                  std::vector<std::uint32_t>& labels) const {
    std::size_t hidden = 0, shown = 0;
    const auto add = [&](std::uint32_t other, std::size_t& number) {
      const std::uint32_t label = index_.codes(other)[axis];
      if (other == cell || number == width_ || std::ranges::count(labels, label) > 0) return;
      labels.push_back(label);
      ++number;
    };
    for (auto other = line.rbegin(); other != line.rend() && hidden < width_; ++other)
      if (is_hidden(*other)) add(*other, hidden);
    for (const std::uint32_t other : line) {
      if (shown == width_) break;
      if (!is_hidden(other) && !is_zero(other)) add(other, shown);
    }
  }

  bool is_hidden(std::uint32_t cell) const {
    const std::uint32_t figure = stage_.tables.front()[cell];
    return figure != none && figures_[figure].hidden;
  }
  bool is_zero(std::uint32_t cell) const {
    const std::uint32_t figure = stage_.tables.front()[cell];
    return figure != none && figures_[figure].is_zero;
  }

  void consider(Move move, std::uint32_t figure, std::size_t kind) {
    if (!can_move(stage_, move, kind)) return;
    const auto cost = cost_of(stage_, figures_, move, cost_);
    if (!cost || std::ranges::count(changed_by(stage_, move), figure) == 0) return;
    best_ = std::move(move);
    cost_ = *cost;
  }

  void accept(const Move& move) {
    const auto changed = changed_by(stage_, move);
    for (const std::uint32_t figure : changed) {
      figures_[figure].hidden = true;
      wait_for(figure);
    }
    for (std::size_t kind = 0; kind < stage_.kinds; ++kind)
      if (can_move(stage_, move, kind))
        for (const std::uint32_t figure : changed) covered_[figure * stage_.kinds + kind] = true;
  }

  const Stage& stage_;
  std::span<Figure> figures_;
  CellIndex index_;
  std::vector<std::vector<Lines>> lines_;  // by axis: within families, over all
  std::size_t width_ = 1;                  // of how many labels a search takes at a time
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<bool> covered_, is_waiting_;
  std::vector<std::uint32_t> waiting_;
  std::vector<std::uint32_t> partners_;
  Move best_;
  double cost_ = unlimited;
};

}  // namespace

void cover(const Stage& stage, std::span<Figure> figures) {
  if (stage.cells() > 0) Cover(stage, figures).run();
}

}  // namespace casemetry::protection
