// SPDX-License-Identifier: Apache-2.0
/// \file
/// Days as they are written: year first in several spellings, month or day first with the year last. A time of day
/// behind the date is cut off, a zone behind it is not looked at: the day as written is the day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry {

/// Days since 1970-01-01 of a civil date in the years 1 to 9999; nothing if there is no such day.
std::optional<std::int32_t> day_of(int year, int month, int day);
/// Nothing for days outside the years 1 to 9999.
std::optional<std::int32_t> day_in_range(std::int64_t day);

/// The days that a spelling can mean. Both are the same unless it begins like `3/1/2024`.
struct DateReadings {
  std::optional<std::int32_t> month_first;
  std::optional<std::int32_t> day_first;
  bool either() const { return month_first && day_first && *month_first != *day_first; }
  bool neither() const { return !month_first && !day_first; }
};

/// Reads `2024-03-01 2024/3/1 2024.3.1 20240301 2024年3月1日 1/31/2024 31/1/2024 31.1.2024`, full-width or not, a time
/// of day behind `T` or a blank.
DateReadings read_date(std::string_view text);

/// Which spelling a column uses where its values leave it open.
enum class DateOrder : std::uint8_t { year_first, month_first, day_first };

/// The order that a format says: `month/day/year`, `day/month/year`, `year-month-day`; nothing for another word.
std::optional<DateOrder> date_order(std::string_view format);
/// `month/day/year`, …
std::string_view date_format(DateOrder order);
/// The day under an order; `year_first` takes only what is the same both ways.
std::optional<std::int32_t> day_under(DateOrder order, const DateReadings& readings);

/// What the values of a column say about its order, gathered one distinct spelling after another.
class DateEvidence {
 public:
  void add(std::string_view text, const DateReadings& readings);
  /// True if some values fit only month first and others only day first.
  bool contradictory() const { return only_month_first_ && only_day_first_; }
  /// True if values can be read two ways and none decides.
  bool undecided() const { return either_ && !only_month_first_ && !only_day_first_; }
  /// The order of a column that is neither.
  DateOrder order() const;
  /// Why the column cannot be read, with its own values as examples, and what to do. For a column that is either.
  std::string refusal() const;

 private:
  std::optional<std::string> only_month_first_;
  std::optional<std::string> only_day_first_;
  std::optional<std::string> either_;
};

}  // namespace casemetry
