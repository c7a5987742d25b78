// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "protection/lines.hpp"

namespace casemetry::protection {
namespace {

/// Counts of offices (rows) by charge (columns), with the totals of both and of all: what each figure loses if it is
/// hidden is what it counts, and one. Figures: the cells, the rows, the columns, all.
class Grid {
 public:
  Grid(std::vector<std::vector<double>> counts, double least) : rows_(counts.size()), columns_(counts.front().size()) {
    stage_ = {.axes = 2, .kinds = 1, .families = {std::vector(rows_, 0U), std::vector(columns_, 0U)}};
    stage_.tables.resize(4);
    figures_.resize(rows_ * columns_ + rows_ + columns_ + 1);
    for (std::uint32_t row = 0; row < rows_; ++row)
      for (std::uint32_t column = 0; column < columns_; ++column) add(row, column, counts[row][column]);
    for (Figure& figure : figures_) {
      figure.hidden = figure.cost > 0 && figure.cost < least;
      figure.is_zero = figure.cost == 0;
      figure.cost += 1;
    }
  }

  void cover() { protection::cover(stage_, figures_); }
  bool hides(std::size_t row, std::size_t column) const { return figures_[row * columns_ + column].hidden; }
  bool hides_a_total() const {
    return std::ranges::any_of(std::span(figures_).subspan(rows_ * columns_), &Figure::hidden);
  }
  std::size_t hidden() const { return static_cast<std::size_t>(std::ranges::count(figures_, true, &Figure::hidden)); }
  std::size_t hidden_in_row(std::size_t row) const {
    std::size_t hidden = 0;
    for (std::size_t column = 0; column < columns_; ++column) hidden += hides(row, column);
    return hidden;
  }
  std::size_t hidden_in_column(std::size_t column) const {
    std::size_t hidden = 0;
    for (std::size_t row = 0; row < rows_; ++row) hidden += hides(row, column);
    return hidden;
  }
  const Stage& stage() const { return stage_; }

 private:
  void add(std::uint32_t row, std::uint32_t column, double count) {
    const auto cells = static_cast<std::uint32_t>(rows_ * columns_), rows = static_cast<std::uint32_t>(rows_);
    const std::uint32_t total = cells + rows + static_cast<std::uint32_t>(columns_);
    stage_.codes.insert(stage_.codes.end(), {row, column});
    stage_.counts.push_back(count);
    const std::uint32_t cell = row * static_cast<std::uint32_t>(columns_) + column;
    const std::array<std::uint32_t, 4> of{cell, cells + row, cells + rows + column, total};
    for (std::size_t table = 0; table < of.size(); ++table) {
      stage_.tables[table].push_back(of[table]);
      figures_[of[table]].cost += count;
    }
  }

  std::size_t rows_, columns_;
  Stage stage_;
  std::vector<Figure> figures_;
};

TEST(Cover, HidesNothingWhereNothingIsSmall) {
  Grid grid({{5, 7}, {8, 9}}, 5);
  grid.cover();
  EXPECT_EQ(grid.hidden(), 0U);
}

TEST(Cover, SurroundsASmallFigureByABoxThatChangesNoTotal) {
  Grid grid({{2, 7}, {8, 9}}, 5);
  grid.cover();
  EXPECT_EQ(grid.hidden(), 4U);
  EXPECT_FALSE(grid.hides_a_total());
}

TEST(Cover, TakesTheBoxThatLosesLeast) {
  Grid grid({{2, 60, 7}, {50, 40, 30}, {8, 20, 9}}, 5);
  grid.cover();
  EXPECT_EQ(grid.hidden(), 4U);
  for (const std::size_t row : {0U, 2U})
    for (const std::size_t column : {0U, 2U}) EXPECT_TRUE(grid.hides(row, column));
}

TEST(Cover, NeverHidesZeros) {
  Grid grid({{2, 0, 60}, {8, 9, 70}}, 5);
  grid.cover();
  EXPECT_FALSE(grid.hides(0, 1));
  for (const std::size_t row : {0U, 1U})
    for (const std::size_t column : {0U, 2U}) EXPECT_TRUE(grid.hides(row, column));
}

TEST(Cover, HidesTotalsWhereNoBoxIsLeft) {
  Grid grid({{2, 0}, {0, 9}}, 5);
  grid.cover();
  EXPECT_TRUE(grid.hides(0, 0));
  EXPECT_TRUE(grid.hides_a_total());
}

TEST(Cover, DoesNotEmptyWhatIsKnownToHoldAUnit) {
  Grid grid({{1, 7}, {8, 1}}, 5);  // of this box the ones may only gain, and they do
  grid.cover();
  EXPECT_EQ(grid.hidden(), 4U);
  Grid along({{1, 8}, {1, 1}}, 5);  // here one of them would have to lose
  along.cover();
  EXPECT_TRUE(along.hides_a_total());
}

TEST(Cover, LeavesNoHiddenFigureAloneInALargeTable) {
  std::mt19937 random(1);
  std::uniform_int_distribution<int> count(1, 60);
  std::vector<std::vector<double>> counts(40, std::vector<double>(30));
  for (auto& row : counts)
    for (double& cell : row) cell = count(random);
  Grid grid(counts, 5);
  grid.cover();
  EXPECT_FALSE(grid.hides_a_total());
  EXPECT_LT(grid.hidden(), 400U);
  for (std::size_t row = 0; row < 40; ++row) EXPECT_NE(grid.hidden_in_row(row), 1U);
  for (std::size_t column = 0; column < 30; ++column) EXPECT_NE(grid.hidden_in_column(column), 1U);
}

TEST(Lines, TellTheLargestThatAreHiddenAndTheCheapestThatAreNot) {
  const Grid grid({{30, 10, 50, 20, 40}, {1, 2, 3, 4, 5}}, 1);
  Lines lines(grid.stage(), 1, nullptr, grid.stage().counts, 2);
  const auto hidden = [&](std::uint32_t cell) {
    std::vector<std::uint32_t> cells;
    lines.each_hidden(cell, [&](std::uint32_t other) { return cells.push_back(other), true; });
    return cells;
  };
  const auto shown = [&](std::uint32_t cell) {
    std::vector<std::uint32_t> cells;
    lines.each_shown(cell, [&](std::uint32_t other) { return cells.push_back(other), true; });
    return cells;
  };
  using Cells = std::vector<std::uint32_t>;
  EXPECT_EQ(hidden(0), Cells{});
  EXPECT_EQ(shown(0), (Cells{1, 3, 0, 4, 2}));
  for (const std::uint32_t cell : {3U, 2U, 0U}) lines.hide(cell);
  lines.close(4);
  EXPECT_EQ(hidden(1), (Cells{2, 0}));
  EXPECT_EQ(shown(0), Cells{1});
  EXPECT_EQ(shown(5), (Cells{5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace casemetry::protection
