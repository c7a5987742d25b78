// SPDX-License-Identifier: Apache-2.0
#include "query/calendar.hpp"

#include "written.hpp"

namespace casemetry::question {

std::int32_t span_start(std::int32_t month, Span span, const Calendar& calendar) {
  const auto months = static_cast<std::int32_t>(span);
  const std::int32_t into = (month - (calendar.year_starts_on - 1)) % months;
  return month - (into < 0 ? into + months : into);
}

std::string span_text(std::int32_t first, Span span, const Calendar& calendar) {
  if (span == Span::month) return month_text(first);
  const std::int32_t year_start = span_start(first, Span::year, calendar);
  const std::string year = padded((year_start + 11) / 12, 4);
  if (span == Span::year) return year;
  const std::int32_t part = (first - year_start) / static_cast<std::int32_t>(span) + 1;
  return year + (span == Span::half ? "H" : "Q") + std::to_string(part);
}

Period span_period(std::int32_t first, std::int32_t last, Span span, const Calendar& calendar) {
  const bool whole = span_start(first, span, calendar) == first && last - first + 1 == static_cast<std::int32_t>(span);
  if (whole) return {first, last, span_text(first, span, calendar)};
  return {first, last, first == last ? month_text(first) : month_text(first) + ".." + month_text(last)};
}

Date last_day(std::int32_t month, const Calendar& calendar) {
  using namespace std::chrono;
  const year_month named{year{month / 12}, std::chrono::month{static_cast<unsigned>(month % 12 + 1)}};
  if (calendar.month_starts_on == 1) return local_days{named / last};
  return local_days{named / day{static_cast<unsigned>(calendar.month_starts_on - 1)}};
}

}  // namespace casemetry::question
