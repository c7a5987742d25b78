// SPDX-License-Identifier: Apache-2.0
#include "table/dates.hpp"

#include <array>
#include <chrono>

#include "table/text.hpp"
#include "written.hpp"

namespace casemetry {
namespace {

constexpr int first_year = 1;
constexpr int last_year = 9999;

// Reads a text from the left; every step says whether it went.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool done() const { return text_.empty(); }
  bool literal(std::string_view wanted) {
    if (!text_.starts_with(wanted)) return false;
    text_.remove_prefix(wanted.size());
    return true;
  }
  bool blanks() {
    const std::size_t before = text_.size();
    while (literal(" ") || literal("\t")) {
    }
    return text_.size() < before;
  }
  // At most `longest` digits; their count is 0 if there are none or more.
  std::size_t digits(int& value, std::size_t longest) {
    std::size_t count = 0;
    value = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') {
      if (count == longest) return 0;
      value = 10 * value + (text_[count++] - '0');
    }
    text_.remove_prefix(count);
    return count;
  }
  char any_of(std::string_view wanted) {
    if (text_.empty() || wanted.find(text_.front()) == std::string_view::npos) return '\0';
    const char found = text_.front();
    text_.remove_prefix(1);
    return found;
  }

 private:
  std::string_view text_;
};

bool zone(Scanner& scan) {
  scan.blanks();
  if (scan.done() || scan.literal("z") || scan.literal("utc")) return true;
  int hours = 0;
  int minutes = 0;
  if (!scan.any_of("+-")) return false;
  const std::size_t count = scan.digits(hours, 4);
  if (count == 4) return hours / 100 <= 14 && hours % 100 < 60;
  if (count != 2 || hours > 14) return false;
  return !scan.literal(":") || (scan.digits(minutes, 2) == 2 && minutes < 60);
}

// `04:00`, `12:00:00 am`, `04:00:00.123+08:00`; checked, so that what is cut off is known to be a time.
bool time_of_day(Scanner& scan) {
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (scan.digits(hours, 2) == 0 || hours > 24) return false;
  if (!scan.literal(":") || scan.digits(minutes, 2) != 2 || minutes > 59) return false;
  if (scan.literal(":")) {
    if (scan.digits(seconds, 2) != 2 || seconds > 60) return false;
    int fraction = 0;
    if (scan.any_of(".,") && scan.digits(fraction, 9) == 0) return false;
  }
  scan.blanks();
  if (scan.literal("am") || scan.literal("pm")) return scan.done() && hours >= 1 && hours <= 12;
  return zone(scan) && scan.done();
}

// What may follow a date: nothing, or a time behind `T` or blanks.
bool ends_or_time(Scanner scan) {
  if (scan.done()) return true;
  return (scan.literal("t") || scan.blanks()) && time_of_day(scan);
}

DateReadings both(std::optional<std::int32_t> day) {
  return {day, day};
}

DateReadings compact(int digits, const Scanner& rest) {
  if (!ends_or_time(rest)) return {};
  return both(day_of(digits / 10000, digits / 100 % 100, digits % 100));
}

DateReadings chinese(int year, Scanner scan) {
  int month = 0;
  int day = 0;
  if (scan.digits(month, 2) == 0 || !scan.literal("月") || scan.digits(day, 2) == 0) return {};
  if (!scan.literal("日") && !scan.literal("号")) return {};
  return ends_or_time(scan) ? both(day_of(year, month, day)) : DateReadings{};
}

DateReadings separated(std::size_t first_digits, int first, Scanner scan) {
  const char separator = scan.any_of("-/.");
  int second = 0;
  int third = 0;
  if (separator == '\0' || scan.digits(second, 2) == 0 || scan.any_of({&separator, 1}) == '\0') return {};
  const std::size_t third_digits = scan.digits(third, 4);
  if (third_digits == 0 || !ends_or_time(scan)) return {};
  if (first_digits == 4 && third_digits <= 2) return both(day_of(first, second, third));
  if (first_digits > 2 || third_digits != 4) return {};
  if (separator == '.') return both(day_of(third, second, first));  // nobody writes months first with points
  return {.month_first = day_of(third, first, second), .day_first = day_of(third, second, first)};
}

constexpr std::array<std::string_view, 3> formats{"year-month-day", "month/day/year", "day/month/year"};

}  // namespace

std::optional<std::int32_t> day_of(int year, int month, int day) {
  using namespace std::chrono;
  if (year < first_year || year > last_year || month < 1 || day < 1) return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count());
}

std::optional<std::int32_t> day_in_range(std::int64_t day) {
  static const std::int32_t least = *day_of(first_year, 1, 1);
  static const std::int32_t most = *day_of(last_year, 12, 31);
  if (day < least || day > most) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

DateReadings read_date(std::string_view text) {
  const std::string plain = plain_form(text);
  Scanner scan(plain);
  int first = 0;
  const std::size_t digits = scan.digits(first, 8);
  if (digits == 8) return compact(first, scan);
  if (digits == 0) return {};
  if (digits == 4 && scan.literal("年")) return chinese(first, scan);
  return separated(digits, first, scan);
}

std::optional<DateOrder> date_order(std::string_view format) {
  for (std::size_t i = 0; i < formats.size(); ++i)
    if (formats[i] == format) return static_cast<DateOrder>(i);
  return std::nullopt;
}

std::string_view date_format(DateOrder order) {
  return formats[static_cast<std::size_t>(order)];
}

std::optional<std::int32_t> day_under(DateOrder order, const DateReadings& readings) {
  switch (order) {
    case DateOrder::month_first:
      return readings.month_first;
    case DateOrder::day_first:
      return readings.day_first;
    case DateOrder::year_first:
      return readings.month_first == readings.day_first ? readings.month_first : std::nullopt;
  }
  return std::nullopt;
}

void DateEvidence::add(std::string_view text, const DateReadings& readings) {
  if (readings.either()) {
    if (!either_) either_ = text;
  } else if (readings.month_first && !readings.day_first) {
    if (!only_month_first_) only_month_first_ = text;
  } else if (readings.day_first && !readings.month_first) {
    if (!only_day_first_) only_day_first_ = text;
  }
}

DateOrder DateEvidence::order() const {
  if (only_month_first_) return DateOrder::month_first;
  return only_day_first_ ? DateOrder::day_first : DateOrder::year_first;
}

std::string DateEvidence::refusal() const {
  static constexpr std::string_view advice =
      "; say which it is: format = \"month/day/year\" or format = \"day/month/year\" in the column's definition";
  if (contradictory())
    return in_quotes(*only_month_first_) + " can only be month/day/year and " + in_quotes(*only_day_first_) +
           " only day/month/year" + std::string(advice) + ", the others are then counted as unreadable";
  const DateReadings readings = read_date(*either_);
  const auto text = [](std::int32_t day) { return date_text(std::chrono::local_days{std::chrono::days{day}}); };
  return "its dates can be read two ways: " + in_quotes(*either_) + " is " + text(*readings.month_first) +
         " as month/day/year and " + text(*readings.day_first) + " as day/month/year, and no value decides" +
         std::string(advice);
}

}  // namespace casemetry
