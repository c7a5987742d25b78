// SPDX-License-Identifier: Apache-2.0
#include "cube/bands.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <algorithm>

namespace casemetry::pass {

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
  const auto code_of = [&](std::int64_t number) {
    if (number == missing_number) return missing;
    return static_cast<std::uint16_t>(std::ranges::upper_bound(bands, number) - bands.begin());
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, numbers.size()), [&](const auto& range) {
    for (std::size_t row = range.begin(); row != range.end(); ++row) codes[row] = code_of(numbers[row]);
  });
  return codes;
}

}  // namespace casemetry::pass
