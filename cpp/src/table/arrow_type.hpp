// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of the Arrow C data interface that are read, from their format strings.
#pragma once

#include <casemetry/arrow.hpp>
#include <cstdint>
#include <string>

namespace casemetry {

/// What a column of a producer holds.
struct ArrowType {
  enum class Kind : std::uint8_t { none, boolean, integer, floating, decimal, day, moment, text, list };
  enum class Layout : std::uint8_t {
    small,
    large,
    view
  };  ///< of text: 32-bit offsets, 64-bit offsets, views; of lists: the first two

  Kind kind = Kind::none;
  int width = 0;             ///< bytes a cell: integers, floating, decimals, days, moments
  bool is_signed = true;     ///< integers
  int scale = 0;             ///< decimals
  std::int64_t per_day = 1;  ///< moments: ticks a day
  Layout layout = Layout::small;
  bool coded = false;  ///< a dictionary: `width` and `is_signed` are of the index, `layout` of the values
};

/// The type of a column. Throws SchemaError, in words, for one that is not read; `place` names table and column.
ArrowType arrow_type(const ArrowSchema& schema, const std::string& place);

}  // namespace casemetry
