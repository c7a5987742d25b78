// SPDX-License-Identifier: Apache-2.0
// The reporting month of a day. What all rooms may use, inside.
#pragma once

#include <casemetry/catalogue.hpp>
#include <chrono>
#include <cstdint>

namespace casemetry {

/// The reporting month (`12 · year + month − 1`) of a day since 1970-01-01: from `month_starts_on` on, a day belongs to
/// the next month (a reporting month bears the name of the month it ends in).
inline std::int32_t reporting_month(std::int32_t day, const Calendar& calendar) {
  const std::chrono::year_month_day date{std::chrono::local_days{std::chrono::days{day}}};
  const std::int32_t month =
      12 * static_cast<int>(date.year()) + static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
  const bool is_next =
      calendar.month_starts_on > 1 && static_cast<int>(static_cast<unsigned>(date.day())) >= calendar.month_starts_on;
  return is_next ? month + 1 : month;
}

}  // namespace casemetry
