// SPDX-License-Identifier: Apache-2.0
// Lanes: what is asked of every row at once. A lane is a conjunction of conditions on class columns (columns of small
// codes); every count that is wanted is a small integer combination of the rows in lanes.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace casemetry::pass {

/// Codes of a class column, a bit each.
using CodeSet = std::vector<bool>;

/// A conjunction: rows whose codes are in the sets of all conditions. Without conditions: all rows. In canonical form
/// sets hold only codes that occur, none is empty (then the lane is `never`) and none is everything (then it is left
/// out), so that lanes with the same rows by construction compare equal.
struct Lane {
  std::map<std::size_t, CodeSet> conditions;  ///< class column → codes
  bool never = false;
  bool operator==(const Lane&) const = default;
  auto operator<=>(const Lane&) const = default;
};

/// The lane of one condition, in canonical form; `occurs` has the codes of the column that occur.
Lane lane_of(std::size_t column, CodeSet codes, const CodeSet& occurs);

/// The rows in both lanes.
Lane both(const Lane& left, const Lane& right);

/// The rows in either, if that is a lane: one holds the other, or they differ in one column. `occurs` is by column.
std::optional<Lane> either(const Lane& left, const Lane& right, std::span<const CodeSet> occurs);

/// A count: an integer combination of the numbers of rows in lanes.
struct Count {
  std::map<Lane, int> terms;

  Count() = default;
  Count(const Lane& lane);  // NOLINT(google-explicit-constructor): a lane counts its rows
  Count& operator+=(const Count& other);
  Count& operator-=(const Count& other);
};

inline Count operator+(Count left, const Count& right) {
  return left += right;
}
inline Count operator-(Count left, const Count& right) {
  return left -= right;
}

}  // namespace casemetry::pass
