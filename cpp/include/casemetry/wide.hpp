// SPDX-License-Identifier: Apache-2.0
/// \file
/// A sum that 64 bits cannot hold, at the border of the library: no compiler's own 128-bit type stands in a header.
#pragma once

#include <cstdint>

namespace casemetry {

/// A 128-bit integer, two's complement: `high · 2⁶⁴ + low`.
struct Wide {
  std::int64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const Wide&) const = default;
};

}  // namespace casemetry
