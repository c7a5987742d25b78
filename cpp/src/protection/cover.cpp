// SPDX-License-Identifier: Apache-2.0
#include "protection/cover.hpp"

#include <algorithm>

#include "protection/lines.hpp"
#include "protection/moves.hpp"

namespace casemetry::protection {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr std::size_t few_cells = 256;  // so many are looked through whole

/// Finds the moves that cover what is hidden, and hides what they change.
class Cover {
 public:
  Cover(const Stage& stage, std::span<Figure> figures) : stage_(stage), figures_(figures), index_(stage) {
    covered_.resize(figures.size() * stage.kinds);
    is_waiting_.resize(figures.size());
    labels_.resize(stage.axes);
    occurs_.resize(stage.kinds);
    for (std::size_t i = 0; i < stage.counts.size(); ++i)
      if (stage.counts[i] > 0) occurs_[i % stage.kinds] = true;
    add_members();
    add_lines();
  }

  void run() {
    for (const auto& table : stage_.tables)
      for (const std::uint32_t figure : table)
        if (figure != none && figures_[figure].hidden) wait_for(figure);
    for (std::size_t next = 0; next < waiting_.size(); ++next) cover(waiting_[next]);
  }

 private:
  void add_members() {
    members_.resize(figures_.size());
    for (const auto& table : stage_.tables)
      for (std::uint32_t cell = 0; cell < table.size(); ++cell)
        if (table[cell] != none) members_[table[cell]].push_back(cell);
  }

  // By axis two: within families of labels, and over all. Of hidden cells so many that a search finds as many as it
  // takes besides the cell itself and those of the family.
  void add_lines() {
    if (is_small()) return;
    static constexpr std::array<std::size_t, 5> widths{1, 16, 6, 3, 2};
    width_ = stage_.axes < widths.size() ? widths[stage_.axes] : 1;
    std::vector<double> costs(stage_.cells());
    for (std::size_t cell = 0; cell < costs.size(); ++cell)
      for (std::size_t kind = 0; kind < stage_.kinds; ++kind) costs[cell] += stage_.counts[cell * stage_.kinds + kind];
    for (std::size_t axis = 0; axis < stage_.axes; ++axis)
      for (const auto* families : {&stage_.families[axis], static_cast<const std::vector<std::uint32_t>*>(nullptr)})
        lines_.emplace_back(stage_, axis, families, costs, 2 * width_ + 1);
    for (std::uint32_t cell = 0; cell < stage_.cells(); ++cell) {
      if (is_hidden(cell)) hide_in_lines(cell);
      if (is_zero(cell))
        for (Lines& lines : lines_) lines.close(cell);
    }
  }

  void hide_in_lines(std::uint32_t cell) {
    for (Lines& lines : lines_) lines.hide(cell);
  }

  bool is_small() const { return stage_.cells() <= few_cells; }

  void wait_for(std::uint32_t figure) {
    if (is_waiting_[figure]) return;
    is_waiting_[figure] = true;
    waiting_.push_back(figure);
  }

  double count(std::uint32_t cell, std::size_t kind) const { return stage_.counts[cell * stage_.kinds + kind]; }

  bool needs_cover(std::uint32_t figure, std::size_t kind) const {
    if (covered_[figure * stage_.kinds + kind]) return false;
    if (!stage_.zeros_are_shown || (figures_[figure].hides_zeros && occurs_[kind])) return true;
    return std::ranges::any_of(members_[figure], [&](std::uint32_t cell) { return count(cell, kind) > 0; });
  }

  void cover(std::uint32_t figure) {
    const std::vector<std::uint32_t> members = nearest_members(figure);
    for (std::size_t kind = 0; kind < stage_.kinds; ++kind)
      if (needs_cover(figure, kind)) cover(figure, kind, members);
  }

  void cover(std::uint32_t figure, std::size_t kind, std::span<const std::uint32_t> members) {
    best_.clear();
    cost_ = unlimited;
    for (const std::uint32_t cell : members)
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
    if (is_small()) {
      for (std::uint32_t other = 0; other < stage_.cells() && cost_ > 0; ++other) look_at(cell, other, figure, kind);
    } else {
      find_labels(cell);
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
    for (const std::uint32_t label : labels_[axis]) {
      partners_[axis] = label;
      look_along(axis + 1, cell, figure, kind);
    }
    partners_[axis] = own;
    look_along(axis + 1, cell, figure, kind);
  }

  // Of each line the largest that are hidden, and the cheapest that are not.
  void find_labels(std::uint32_t cell) {
    for (std::size_t axis = 0; axis < stage_.axes; ++axis) {
      auto& labels = labels_[axis];
      labels.clear();
      for (Lines& lines : std::span(lines_).subspan(2 * axis, 2)) {
        std::size_t most = labels.size() + width_;
        const auto take = [&](std::uint32_t other) {
          const std::uint32_t label = index_.codes(other)[axis];
          if (other != cell && std::ranges::count(labels, label) == 0) labels.push_back(label);
          return labels.size() < most;
        };
        lines.each_hidden(cell, take);
        most = labels.size() + width_;
        lines.each_shown(cell, take);
      }
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
      hide(figure);
      wait_for(figure);
    }
    for (std::size_t kind = 0; kind < stage_.kinds; ++kind)
      if (can_move(stage_, move, kind))
        for (const std::uint32_t figure : changed) covered_[figure * stage_.kinds + kind] = true;
  }

  void hide(std::uint32_t figure) {
    if (figures_[figure].hidden) return;
    figures_[figure].hidden = true;
    for (const std::uint32_t cell : members_[figure])
      if (stage_.tables.front()[cell] == figure) hide_in_lines(cell);
  }

  const Stage& stage_;
  std::span<Figure> figures_;
  CellIndex index_;
  std::vector<Lines> lines_;
  std::size_t width_ = 1;                           // how many labels a search takes at a time
  std::vector<std::vector<std::uint32_t>> labels_;  // by axis: those beside a cell
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<bool> covered_, is_waiting_;
  std::vector<bool> occurs_;  // of each kind: whether there is a unit of it
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
