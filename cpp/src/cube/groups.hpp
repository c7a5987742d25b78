// SPDX-License-Identifier: Apache-2.0
// Cells by number. A cell's key is a number in mixed radix whose digits are the codes of its dimensions and its month,
// so that keys in ascending order are cells in canonical order. Where not many keys are possible they are the numbers
// themselves; else the keys that occur are numbered.
#pragma once

#include <casemetry/table.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cube/key_numbers.hpp"
#include "cube/month.hpp"

namespace casemetry::pass {

/// One digit of a key: what the rows hold, and which digit stands for it.
struct Digit {
  using Cells = std::variant<std::span<const std::uint8_t>, std::span<const std::uint16_t>,
                             std::span<const std::uint32_t>, std::span<const std::int32_t>>;
  std::string name;                   ///< for messages
  Cells cells;                        ///< a code a row, or a day
  std::vector<std::uint64_t> values;  ///< the digit of each code; of each day from `first_day` on, then of no day
  std::int32_t first_day = 0;
  std::uint64_t radix = 1;
  /// That of a row.
  std::uint64_t at(std::size_t row) const;
};

/// How many keys are possible, and whether so few that they are the numbers of the cells themselves.
struct KeySpace {
  std::uint64_t possible = 1;
  bool dense = true;
};
/// Throws DataError, with the digits, if there are more than 2⁶³.
KeySpace key_space(std::span<const Digit> digits, std::int64_t rows);

/// The digit of a dimension: `merged` is the code of its label for each code of the column.
Digit digit_of(std::string name, const Codes& codes, std::span<const std::uint32_t> merged, std::size_t labels);
/// The digit of the months of a column of days.
Digit digit_of(std::span<const std::int32_t> days, const Months& months);

/// The cells that may occur in a table, and the number of every row's.
class Groups {
 public:
  /// The first digit is the most significant one. Throws DataError, with the dimensions, if there are more than 2⁶³
  /// possible keys or 2³² that occur. Runs in parallel, a pass over the digits, if keys must be numbered.
  Groups(std::vector<Digit> digits, std::int64_t rows);

  std::size_t size() const { return size_; }
  /// The numbers of rows [begin, begin + out.size()), at most `block_rows`.
  void numbers(std::int64_t begin, std::span<std::uint32_t> out) const;
  /// How many digits a key has, and those of a cell.
  std::size_t digits() const { return digits_.size(); }
  void digits(std::uint32_t number, std::span<std::uint64_t> out) const;

 private:
  void keys(std::int64_t begin, std::span<std::uint64_t> out) const;
  void number_keys(std::int64_t rows);

  std::vector<Digit> digits_;  // their values already times their weight
  std::size_t size_ = 1;
  std::optional<KeyNumbers> numbers_;  // without it, keys are numbers
};

}  // namespace casemetry::pass
