// SPDX-License-Identifier: Apache-2.0
/// \file
/// What figures of the same units add up over: labels of dimensions, conditions of questions, periods.
#pragma once

#include "protection/axis.hpp"
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

/// A code on each axis, or on some of them.
using Nodes = std::vector<std::uint32_t>;
/// A level of each axis.
using Levels = std::vector<std::size_t>;

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

/// The axes of several results: dimensions at the finest level that one asks by, then the condition, then the period.
class Frame {
 public:
  /// Throws QueryError if there are more conditions than can be told apart.
  Frame(std::span<const Result> results, std::span<const Asked> asked);

  const Result::Data& data(std::size_t result) const { return results_[result].data(); }
  const std::map<std::size_t, Shown>& shown() const { return shown_; }
  const Shown& shown(std::size_t result) const { return shown_.at(result); }
  /// The names of the dimensions, at their finest level.
  std::vector<std::string> names() const;
  std::size_t dimensions() const { return positions_.size(); }
  std::size_t axes() const { return axes_.size(); }
  const std::vector<std::vector<std::uint32_t>>& levels_of(std::size_t axis) const { return axes_[axis].levels; }
  const std::vector<std::vector<std::uint32_t>>& time_levels() const { return axes_.back().levels; }
  /// Of the levels of periods: whether some are whole periods, not only steps.
  const std::vector<bool>& are_whole() const { return are_whole_; }
  const Conditions& conditions() const { return conditions_; }
  const Periods& periods() const { return periods_; }
  /// The codes of a row on the axes of the dimensions, and on that of the condition.
  Nodes nodes_of(const Place& place) const;

 private:
  const Cube& cube() const { return *data(shown_.begin()->first).cube; }
  void find_positions(const Cube& cube, std::span<const Asked> asked);
  Shown shown_by(const Result::Data& data);
  void find_periods();
  void add_periods(const Result::Data& data);
  void add_whole(const Period& whole);

  std::span<const Result> results_;
  std::vector<std::size_t> positions_;  // of the finest labels of each dimension
  std::vector<Axis> axes_;
  Conditions conditions_;
  Periods periods_;
  std::vector<bool> are_whole_;
  std::vector<Period> wholes_;
  std::map<std::size_t, Shown> shown_;  // by result
};

/// The indicator that is asked.
const Indicator& indicator_of(const Result::Data& data, const Asked& asked);

}  // namespace casemetry::protection
