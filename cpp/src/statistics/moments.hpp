// SPDX-License-Identifier: Apache-2.0
#pragma once
// Moments from exact sums, for callers that have added up already.

#include <casemetry/statistics.hpp>
#include <cstdint>

namespace casemetry {

__extension__ typedef __int128 int128;

// The moments of n numbers x · 10^−scale from n, Σx and Σx² of the whole numbers x. Throws DataError unless
// 0 <= scale <= 18, and if no n whole numbers have these sums: n Σx² < (Σx)².
Moments moments(std::int64_t n, int128 sum, int128 sum_of_squares, int scale = 0);

}  // namespace casemetry
