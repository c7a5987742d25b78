// SPDX-License-Identifier: Apache-2.0
// The compiler's 128-bit integers, for sums and products that must be exact. What all rooms may use, inside.
#pragma once

#include <casemetry/wide.hpp>

namespace casemetry {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

inline Wide as_wide(int128 value) {
  return {static_cast<std::int64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

inline int128 as_int128(const Wide& value) {
  return static_cast<int128>((static_cast<uint128>(static_cast<std::uint64_t>(value.high)) << 64) | value.low);
}

}  // namespace casemetry
