// SPDX-License-Identifier: Apache-2.0
// Bands of numbers (年龄段、期限段): a dimension with a label for each band instead of one for each number.
#pragma once

#include <casemetry/table.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace casemetry::pass {

/// The label of each band, the lowest first: of 18, 25 and 26 `<18`, `18–24`, `25`, `≥26`. One more than there are
/// first numbers.
std::vector<std::string> band_labels(std::span<const std::int64_t> bands);

/// The band of each number: the first is that of all numbers below the first of `bands`, negative ones too; the number
/// of labels stands for `missing_number`. Linear in the numbers, in parallel.
std::vector<std::uint16_t> band_codes(std::span<const std::int64_t> numbers, std::span<const std::int64_t> bands);

}  // namespace casemetry::pass
