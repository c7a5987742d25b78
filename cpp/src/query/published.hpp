// SPDX-License-Identifier: Apache-2.0
/// \file
/// Results as the figures that they publish of the same units, with the totals that are taken to be published too, and
/// which of them are hidden.
#pragma once

#include <unordered_map>

#include "query/axis.hpp"
#include "query/result.hpp"

namespace casemetry::protection {

/// The rows of an indicator in one of the results.
struct Asked {
  std::size_t result = 0;
  std::uint32_t indicator = 0;
};

/// A row of a result: its cell and its period.
struct Place {
  std::size_t result = 0;
  std::span<const std::uint32_t> codes;  ///< of the result's dimensions, as it holds them
  Period period;
};

/// Figures of the same units.
class Published {
 public:
  /// Counts them, hides what is small, and what would tell it. `asked` are the indicators that count these units; none
  /// of them is not available.
  Published(std::span<const Result> results, std::vector<Asked> asked, const Protection& protection);

  bool is_hidden(const Place& place) const;
  /// Whether what a comparison sets beside a row is hidden; `then`: the period, of a whole that of the row.
  bool is_hidden(const Place& place, std::string_view comparison, const Period& then) const;

 private:
  using Nodes = std::vector<std::uint32_t>;
  using Levels = std::vector<std::size_t>;  // one for each dimension, the condition, the period

  /// The figures of one combination of levels.
  struct Table {
    Levels levels;
    bool is_result = false;  ///< else it is a total that others may publish
    std::map<Nodes, std::uint32_t> numbers;
    std::vector<std::uint32_t> of_cell;
  };
  /// Where the cells of a result are among the figures.
  struct Shown {
    std::vector<std::size_t> axes;       ///< of each dimension
    std::vector<bool> is_finest;         ///< of each dimension: whether no other one is a level below it
    std::vector<std::uint32_t> missing;  ///< of each dimension: the code of the missing label
    std::vector<std::uint32_t> parents;  ///< of the last dimension: for each code that one level up
    bool has_others = false;             ///< whether a row stands for the others of the largest cells
    Levels levels;                       ///< without that of the period
    bool is_others(std::span<const std::uint32_t> codes) const {
      return has_others && !codes.empty() && codes.front() == missing.front();
    }
  };

  const Result::Data& data(std::size_t result) const { return results_[result].data(); }
  const Cube& cube() const { return *data(asked_.front().result).cube; }
  void find_axes();
  Shown shown_by(const Result::Data& data);
  void find_periods();
  void add_periods(const Result::Data& data);
  void count();
  void count_result(std::size_t result, const std::vector<Asked>& asked);
  void add_counts(const Result& counted, std::uint32_t bits);
  std::size_t cell_of(const Result::Data& counted, std::size_t row, std::uint32_t condition, std::uint32_t span);
  void add_tables();
  void add_tables_of(std::size_t result);
  Table& table(const Levels& levels);
  void fill(Table& table);
  void add_others(std::size_t result);
  void measure();
  std::vector<Levels> stages() const;
  std::vector<double> counts_of(std::span<const std::size_t> cells) const;
  void cover_stage(const Levels& dimensions, const std::vector<bool>& time_levels);
  std::vector<std::uint32_t> codes_at(std::size_t cell, const Levels& dimensions,
                                      const std::vector<bool>& time_levels) const;
  Nodes nodes_of(const Place& place) const;
  bool is_hidden(const Levels& levels, const Nodes& nodes) const;
  const std::vector<std::vector<std::uint32_t>>& levels_of(std::size_t axis) const { return axes_[axis].levels; }

  std::span<const Result> results_;
  std::vector<Asked> asked_;
  const Protection& protection_;
  std::vector<std::size_t> positions_;  // of the finest labels of each dimension
  std::vector<Axis> axes_;              // dimensions, condition, period
  Conditions conditions_;
  Periods periods_;
  std::vector<bool> is_whole_;  // of the levels of periods: some are whole periods, not only steps
  std::vector<Period> wholes_;
  std::map<std::size_t, Shown> shown_;  // by result
  std::size_t kinds_ = 0, tests_ = 0;
  std::vector<bool> kept_;  // of kinds: those that are no sums of others
  std::map<Nodes, std::size_t> cells_;
  std::vector<Nodes> codes_;
  std::vector<std::vector<double>> counts_, tested_;
  std::vector<Table> tables_;
  std::map<Levels, std::size_t> table_at_;
  std::map<std::size_t, std::vector<std::size_t>> others_;  // by result: its tables of the others
  std::vector<Figure> figures_;
  std::vector<double> costs_;
};

}  // namespace casemetry::protection
