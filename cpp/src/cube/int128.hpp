// SPDX-License-Identifier: Apache-2.0
// 128-bit integers, for sums that must be exact.
#pragma once

#include <casemetry/cube.hpp>

namespace casemetry::pass {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UnsignedInt128;

inline Wide as_wide(Int128 value) {
  return {static_cast<std::int64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

inline Int128 as_int128(Wide value) {
  const auto high = static_cast<UnsignedInt128>(static_cast<std::uint64_t>(value.high));
  return static_cast<Int128>((high << 64) | value.low);
}

}  // namespace casemetry::pass
