// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <casemetry/error.hpp>
#include <casemetry/statistics.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "int128.hpp"
#include "statistics/check.hpp"
#include "statistics/distributions.hpp"

namespace casemetry {
namespace {

constexpr std::size_t decimal_places = 18;
constexpr std::int64_t decimal_one = 1'000'000'000'000'000'000;  // 10^decimal_places

// q in units of 10^−18: the shortest decimal that reads back as q, so that 0.1 is one tenth and not the double next to
// it.
std::int64_t as_decimal(double q) {
  std::array<char, 400> buffer;  // the least double has 324 decimals
  const auto end = std::to_chars(buffer.begin(), buffer.end(), std::fabs(q), std::chars_format::fixed).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  std::int64_t units = text[0] - '0';
  for (std::size_t i = 2; i < 2 + decimal_places; ++i) units = units * 10 + (i < text.size() ? text[i] - '0' : 0);
  return units;
}

// The last of the ranks 1 … n for which `holds`, which holds for the first ones and then no more; 0 if for none.
template <typename Claim>
std::int64_t last_rank(std::int64_t n, const Claim& holds) {
  std::int64_t known = 0;
  std::int64_t possible = n;
  while (known < possible) {
    const std::int64_t middle = possible - (possible - known) / 2;
    if (holds(middle))
      known = middle;
    else
      possible = middle - 1;
  }
  return known;
}

}  // namespace

QuantilePosition quantile_position(std::int64_t n, double q) {
  if (n < 1) throw DataError("quantile_position: n is " + std::to_string(n) + "; a quantile needs at least one value");
  require::probability("quantile_position", q);
  const int128 position = static_cast<int128>(n - 1) * as_decimal(q);
  return {static_cast<std::int64_t>(position / decimal_one) + 1,
          static_cast<double>(static_cast<std::int64_t>(position % decimal_one)) / static_cast<double>(decimal_one)};
}

// P(B >= k) is the probability that a beta (k, n − k + 1) variable is at most q, so a bound on it is a bound on a beta
// quantile, which stays accurate where the binomial probabilities of large n do not.
std::optional<Ranks> quantile_ranks(std::int64_t n, double q, double level) {
  require::count("quantile_ranks", "n", n);
  require::probability("quantile_ranks", q);
  require::level("quantile_ranks", level);
  const double tail = (1 - level) / 2;
  const auto shapes = [n](std::int64_t rank) {
    return std::pair(static_cast<double>(rank), static_cast<double>(n - rank + 1));
  };
  const std::int64_t low = last_rank(n, [&](std::int64_t rank) {
    const auto [a, b] = shapes(rank);
    return distributions::beta_upper(tail, a, b).value <= q;
  });
  const std::int64_t below_high = last_rank(n, [&](std::int64_t rank) {
    const auto [a, b] = shapes(rank);
    return distributions::beta_lower(tail, a, b).value < q;
  });
  if (low == 0 || below_high == n) return std::nullopt;
  return Ranks{low, below_high + 1};
}

}  // namespace casemetry
