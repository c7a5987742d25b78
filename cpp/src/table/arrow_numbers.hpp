// SPDX-License-Identifier: Apache-2.0
/// \file
/// Integers of any width and binary fractions of a producer, as 64-bit integers and decimals.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "table/arrow_cells.hpp"
#include "table/data.hpp"

namespace casemetry {

/// The 128-bit integer at an index, nothing if it does not fit 64 bits.
std::optional<std::int64_t> load_128(const void* buffer, std::int64_t index);

/// Calls `take(row, number)` for every row; a number that does not fit 64 bits is nothing. Missing cells are loaded
/// like others: the caller knows them.
template <class Take>
void for_each_integer(const ArrowType& type, const ArrowCells& cells, const Take& take) {
  const auto each = [&](auto read) {
    for (std::int64_t row = 0; row < cells.length; ++row) take(row, read(row));
  };
  using Integer = std::optional<std::int64_t>;
  switch (type.is_signed ? type.width : -type.width) {
    case 1:
      return each([&](std::int64_t row) { return Integer(cells.value<std::int8_t>(row)); });
    case 2:
      return each([&](std::int64_t row) { return Integer(cells.value<std::int16_t>(row)); });
    case 4:
      return each([&](std::int64_t row) { return Integer(cells.value<std::int32_t>(row)); });
    case 8:
      return each([&](std::int64_t row) { return Integer(cells.value<std::int64_t>(row)); });
    case 16:
      return each([&](std::int64_t row) { return load_128(cells.array->buffers[1], cells.begin + row); });
    case -1:
      return each([&](std::int64_t row) { return Integer(cells.value<std::uint8_t>(row)); });
    case -2:
      return each([&](std::int64_t row) { return Integer(cells.value<std::uint16_t>(row)); });
    case -4:
      return each([&](std::int64_t row) { return Integer(cells.value<std::uint32_t>(row)); });
    case -8:
      return each([&](std::int64_t row) {
        const auto number = static_cast<std::int64_t>(cells.value<std::uint64_t>(row));
        return number < 0 ? std::nullopt : Integer(number);
      });
  }
}

/// A float32 as the double nearest to the decimal that was written.
double widened_float(float value);

/// A column of binary fractions. Whole, it becomes an integer column; else a decimal with the least scale, at most 9,
/// that writes the shortest decimal of every value. What that cannot hold is unreadable: infinities, more digits, whole
/// numbers beyond 2^53, whose last digits are lost already. NaN is missing.
class FloatingBuilder {
 public:
  explicit FloatingBuilder(std::string name) : name_(std::move(name)) {}
  void add(double value) { values_.push_back(value); }
  ColumnData finish() &&;

 private:
  std::string name_;
  std::vector<double> values_;
};

}  // namespace casemetry
