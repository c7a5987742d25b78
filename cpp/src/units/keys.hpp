// SPDX-License-Identifier: Apache-2.0
// Keys: what names a unit, one or several columns of a row, as one exact 64-bit number. A key is a number in mixed
// radix whose digits are codes of labels, days and numbers by their range; no two different keys share a number.
#pragma once

#include <casemetry/table.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "units/buffer.hpp"

namespace casemetry::counting {

/// The key of a row of which a cell is missing, or is none that the keys of the other side have.
inline constexpr std::uint64_t no_key = std::numeric_limits<std::uint64_t>::max();

/// One digit of a key: a cell less `first`, or what its code is mapped to. A digit of `radix` or more is none.
struct KeyDigit {
  using Cells =
      std::variant<std::span<const std::uint8_t>, std::span<const std::uint16_t>, std::span<const std::uint32_t>,
                   std::span<const std::int32_t>, std::span<const std::int64_t>>;
  Cells cells;
  std::uint64_t first = 0;
  std::uint64_t radix = 1;
  std::vector<std::uint32_t> digit_of_code;          ///< empty: the code itself
  std::shared_ptr<const Buffer<std::uint32_t>> own;  ///< what `cells` refers to, if it was made here
};

/// The keys of rows.
class Keys {
 public:
  Keys(std::vector<KeyDigit> digits, std::size_t rows) : digits_(std::move(digits)), rows_(rows) {}
  std::size_t rows() const { return rows_; }
  /// The keys of rows [begin, begin + out.size()).
  void read(std::size_t begin, std::span<std::uint64_t> out) const;

 private:
  std::vector<KeyDigit> digits_;
  std::size_t rows_;
};

/// The digit of a column's cells. Its radix is no more than they need, or all that their type has: then the column is
/// not read for it.
enum class Range : std::uint8_t { needed, whole };
KeyDigit digit_of(const Column& column, Range range);
/// The digit of another column's cells, so that equal cells have equal digits. The columns hold the same type.
KeyDigit digit_like(const Column& column, const Column& own, const KeyDigit& digit);

/// The keys of a table's rows by these columns. `chunk` rows are taken at once.
Keys keys_of(std::span<const Column> columns, std::size_t chunk);

/// The keys of the rows of two tables: equal keys are equal numbers. The columns hold the same types, pair by pair.
struct KeysOfBoth {
  Keys own, other;
};
KeysOfBoth keys_of_both(std::span<const Column> own, std::span<const Column> other, std::size_t chunk);

}  // namespace casemetry::counting
