// SPDX-License-Identifier: Apache-2.0
// Matching: for each row of one table the row of another that has the same key.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "units/keys.hpp"

namespace casemetry::counting {

/// Where no row has the key.
inline constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();

struct Matching {
  Buffer<std::uint32_t> rows;          ///< of the other table, a row each; `no_row`
  std::vector<std::uint8_t> repeated;  ///< which of the other's rows have a key that stands twice; empty: none
  std::size_t repeated_keys = 0;
  std::uint32_t first_repeat = no_row;  ///< the first of the other's rows whose key stood before
};

/// Both sides are dealt into the same parts; a row that has no key finds none. Of rows with one key the first is found.
Matching match(const Keys& rows, const Keys& others, std::size_t chunk);

}  // namespace casemetry::counting
