// SPDX-License-Identifier: Apache-2.0
/// \file
/// The axes along which published figures add up: dimensions with the levels above their labels, conditions, periods.
#pragma once

#include <casemetry/query.hpp>
#include <map>

#include "protection/cover.hpp"

namespace casemetry::protection {

/// Codes, and the levels at which they are added up, finest first: for each code the one that stands for it there, or
/// `none` if it is not among them.
struct Axis {
  std::vector<std::vector<std::uint32_t>> levels;
  std::size_t codes() const { return levels.front().size(); }
};

/// The labels of a dimension or level (a position), the missing one last; the levels above; the total.
Axis axis_of_labels(const Cube& cube, std::size_t position);

/// At which level of that axis another position of the same dimension is.
std::size_t level_of(const Cube& cube, std::size_t finest, std::size_t position);

/// Whether they have a month in common.
bool overlap(const Period& one, const Period& other);

/// Conditions of questions. A code is which of them hold of a unit, as bits; each is a level, and so is no condition.
class Conditions {
 public:
  /// The level of a condition, the same for one that is written alike. Throws QueryError if there are more than three.
  std::size_t add(const std::optional<Expression>& where);
  Axis axis() const;
  /// The conditions whose bits these are, all of which must hold; nothing: no condition.
  std::optional<Expression> all_of(std::uint32_t bits) const;
  /// A single condition, or none, needs no others to be told apart from.
  bool is_single() const { return has_none_ ? wheres_.empty() : wheres_.size() == 1; }
  std::uint32_t combinations() const { return std::uint32_t{1} << wheres_.size(); }

 private:
  std::vector<Expression> wheres_;
  bool has_none_ = false;
};

/// The periods of all figures. A code is a span of months that no period divides.
class Periods {
 public:
  /// `adds_up`: a year is the sum of its months. Else, as with what is pending, each period is a code of its own.
  explicit Periods(bool adds_up) : adds_up_(adds_up) {}
  void add(const Period& period);
  void settle();
  const Axis& axis() const { return axis_; }
  std::span<const Period> spans() const { return spans_; }
  /// The level of a period, and its code there.
  std::pair<std::size_t, std::uint32_t> place(const Period& period) const;
  /// The spans that are added up with others alike.
  std::vector<std::uint32_t> families() const;

 private:
  using Months = std::pair<std::int32_t, std::int32_t>;
  void cut();
  void pack();
  bool adds_up_;
  std::vector<Period> periods_, spans_;
  std::map<Months, std::pair<std::size_t, std::uint32_t>> places_;
  Axis axis_;
};

}  // namespace casemetry::protection
