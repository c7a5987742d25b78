// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reporting months and the spans that a calendar makes of them.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::question {

/// A span of the calendar, by its number of months.
enum class Span : std::int32_t { month = 1, quarter = 3, half = 6, year = 12 };

/// The first month of the span that `month` lies in.
std::int32_t span_start(std::int32_t month, Span span, const Calendar& calendar);

/// `2024-07`, `2024Q3`, `2024H2`, `2024`: the span that begins in `first`.
std::string span_text(std::int32_t first, Span span, const Calendar& calendar);

/// The months from `first` to `last` by the name of the span they are; else as a range of months.
Period span_period(std::int32_t first, std::int32_t last, Span span, const Calendar& calendar);

/// The last day of a reporting month, which bears the name of the month it ends in.
Date last_day(std::int32_t month, const Calendar& calendar);

}  // namespace casemetry::question
