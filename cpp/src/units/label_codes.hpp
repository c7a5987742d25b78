// SPDX-License-Identifier: Apache-2.0
// The labels of one column among those of another: compared once a label, not once a row.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace casemetry::counting {

/// The code of a label that the other column has not.
inline constexpr std::uint32_t no_code = std::numeric_limits<std::uint32_t>::max();

/// For each of `labels` its place among `known`, and one more at the end, `no_code`, for the missing cell.
std::vector<std::uint32_t> codes_among(std::span<const std::string> known, std::span<const std::string> labels);

}  // namespace casemetry::counting
