// SPDX-License-Identifier: Apache-2.0
// The reporting months of a column of days.
#pragma once

#include <casemetry/catalogue.hpp>
#include <cstdint>
#include <span>
#include <vector>

namespace casemetry::pass {

/// The months that occur in a column of days, numbered in their order.
struct Months {
  std::vector<std::int32_t> months;    ///< ascending; the number `months.size()` is for undated units
  std::int32_t first_day = 0;          ///< the first day that occurs
  std::vector<std::uint32_t> numbers;  ///< of the month of each day from the first to the last
};

/// Looks through all days once for their bounds, once for those that occur. What is no day is undated.
Months months_of(std::span<const std::int32_t> days, const Calendar& calendar);

}  // namespace casemetry::pass
