// SPDX-License-Identifier: Apache-2.0
/// \file
/// The figures that are published, or may be: sums of cells, in a table for each combination of levels.
#pragma once

#include <set>

#include "protection/counting.hpp"

namespace casemetry::protection {

/// The figures of one combination of levels.
struct Table {
  Levels levels;
  bool is_result = false;  ///< else it is a total that others may publish
  std::map<Nodes, std::uint32_t> numbers{};
  std::vector<std::uint32_t> of_cell{};  ///< the figure that each cell is part of, or `none`
};

class Tables {
 public:
  /// The tables of all results, all totals of them, and which of their figures are small.
  Tables(const Frame& frame, const Cells& cells, const Protection& protection);

  const std::vector<Table>& all() const { return tables_; }
  std::vector<Figure>& figures() { return figures_; }
  /// How many units a figure counts, and one: what is lost if it is hidden.
  double cost(std::uint32_t figure) const { return costs_[figure]; }
  bool is_hidden(const Levels& levels, const Nodes& nodes) const;
  /// Of the others of largest cells, in a period at that level.
  bool are_others_hidden(std::size_t result, std::size_t time, std::uint32_t period) const;

 private:
  void add_levels(const Shown& shown);
  Table& table(const Levels& levels);
  void fill(Table& table);
  void add_others(std::size_t result);
  void add_others(std::size_t result, std::size_t time, const std::set<Nodes>& largest);
  std::set<Nodes> largest_of(std::size_t result) const;
  Nodes nodes_of(std::size_t cell, const Levels& levels) const;
  void put(Table& table, std::size_t cell, const Nodes& nodes);
  void measure();
  bool is_hidden(const Table& table, const Nodes& nodes) const;

  const Frame& frame_;
  const Cells& cells_;
  const Protection& protection_;
  std::vector<Table> tables_;
  std::map<Levels, std::size_t> places_;
  std::map<std::size_t, std::vector<std::size_t>> others_;  // by result, by level of the period
  std::vector<Figure> figures_;
  std::vector<double> costs_;
};

}  // namespace casemetry::protection
