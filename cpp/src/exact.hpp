// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole numbers of 128 bits that say so when they run over, instead of wrapping round. What all rooms may use, inside.
#pragma once

#include <casemetry/error.hpp>

#include "int128.hpp"

namespace casemetry {

[[noreturn]] inline void runs_over() {
  throw DataError("a formula's sums run over 128 bits; its coefficients or the values it sums are too large");
}

inline int128 checked_sum(int128 a, int128 b) {
  int128 result = 0;
  if (__builtin_add_overflow(a, b, &result)) runs_over();
  return result;
}

inline int128 checked_product(int128 a, int128 b) {
  int128 result = 0;
  if (__builtin_mul_overflow(a, b, &result)) runs_over();
  return result;
}

/// Adds a count; one that is taken away is negative.
inline void add_count(std::int64_t& to, std::int64_t count) {
  if (__builtin_add_overflow(to, count, &to))
    throw DataError("the counts of the cells that are asked do not fit 64 bits together; ask for fewer cells at once");
}

inline bool fits_in_64_bits(int128 value) {
  return value == static_cast<std::int64_t>(value);
}

inline std::int64_t narrowed(int128 value) {
  if (!fits_in_64_bits(value)) runs_over();
  return static_cast<std::int64_t>(value);
}

/// Of an exponent of 0 or more.
inline std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power = narrowed(checked_product(power, 10));
  return power;
}

}  // namespace casemetry
