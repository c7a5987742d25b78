// SPDX-License-Identifier: Apache-2.0
// Numbers and days as they are written. What all rooms may use, inside.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace casemetry {

// A whole number of 0 or more with zeros before it, to a width: `07`.
std::string padded(int number, std::size_t width);

// `12.50` for 1250 at scale 2.
std::string number_text(std::int64_t number, int scale);

// `2024-03-01`.
std::string date_text(std::chrono::local_days date);

// `2024-03`, of a month counted from the year 0: `12 · year + month − 1`.
std::string month_text(std::int32_t month);

}  // namespace casemetry
