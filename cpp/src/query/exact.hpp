// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole numbers of 128 bits that say so when they run over, instead of wrapping round.
#pragma once

#include <casemetry/cube.hpp>
#include <casemetry/error.hpp>

namespace casemetry::question {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

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

inline int128 exact(const Wide& wide) {
  return static_cast<int128>((static_cast<uint128>(static_cast<std::uint64_t>(wide.high)) << 64) | wide.low);
}

inline Wide wide(int128 value) {
  return {static_cast<std::int64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

inline bool fits_in_64_bits(int128 value) {
  return value == static_cast<std::int64_t>(value);
}

}  // namespace casemetry::question
