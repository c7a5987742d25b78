// SPDX-License-Identifier: Apache-2.0
#include "cube/bands.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <algorithm>

namespace casemetry::pass {
namespace {

// Up to so many bands, comparing with each without a branch is quicker than a search.
constexpr std::size_t most_counted = 32;

// How many bands begin at or below a number.
std::size_t begun(std::span<const std::int64_t> bands, std::int64_t number) {
  std::size_t count = 0;
  for (const std::int64_t first : bands) count += first <= number ? 1 : 0;
  return count;
}

}  // namespace

std::vector<std::string> band_labels(std::span<const std::int64_t> bands) {
  std::vector<std::string> labels{"<" + std::to_string(bands.front())};
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const std::int64_t last = bands[i + 1] - 1;
    labels.push_back(std::to_string(bands[i]) + (last > bands[i] ? "–" + std::to_string(last) : ""));
  }
  labels.push_back("≥" + std::to_string(bands.back()));
  return labels;
}

std::vector<std::uint16_t> band_codes(std::span<const std::int64_t> numbers, std::span<const std::int64_t> bands) {
  std::vector<std::uint16_t> codes(numbers.size());
  const auto missing = static_cast<std::uint16_t>(bands.size() + 1);
  const auto code = [&](const auto& range, auto band_of) {
    for (std::size_t row = range.begin(); row != range.end(); ++row)
      codes[row] = numbers[row] == missing_number ? missing : static_cast<std::uint16_t>(band_of(numbers[row]));
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, numbers.size()), [&](const auto& range) {
    if (bands.size() <= most_counted) {
      code(range, [&](std::int64_t number) { return begun(bands, number); });
    } else {
      code(range, [&](std::int64_t number) { return std::ranges::upper_bound(bands, number) - bands.begin(); });
    }
  });
  return codes;
}

}  // namespace casemetry::pass
