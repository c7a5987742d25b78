// SPDX-License-Identifier: Apache-2.0
// Working days are numbered, so that counting them is a subtraction and adding them a search: the number of a day is
// how many working days lie up to it, by the weekdays alone from their count, and corrected by the days listed so far.
#include <algorithm>
#include <casemetry/expression.hpp>
#include <stdexcept>

#include "expression/words.hpp"

namespace casemetry {
namespace language {
namespace {

constexpr std::int64_t days_a_week = 7;
constexpr std::int64_t workdays_a_week = 5;
constexpr std::int64_t monday = -3;  // 1969-12-29; 1970-01-01 was a Thursday

constexpr std::int64_t floor_divided(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// The days from Monday to Friday from `monday` up to a day, itself included.
constexpr std::int64_t weekdays_up_to(std::int64_t day) {
  const std::int64_t week = floor_divided(day - monday, days_a_week);
  return workdays_a_week * week + std::min(day - monday - days_a_week * week + 1, workdays_a_week);
}

// The first day of which `weekdays_up_to` is `number`.
constexpr std::int64_t weekday_numbered(std::int64_t number) {
  const std::int64_t week = floor_divided(number - 1, workdays_a_week);
  return monday + days_a_week * week + number - workdays_a_week * week - 1;
}

constexpr bool is_weekday(std::int64_t day) {
  return weekdays_up_to(day) > weekdays_up_to(day - 1);
}

std::string row_of(const Table& table, std::size_t row) {
  return "table '" + table.name() + "', row " + std::to_string(row + 1);
}

struct Told {
  std::int64_t day;
  bool works;
  auto operator<=>(const Told&) const = default;
};

std::vector<Told> days_told(const Table& table) {
  const Column date = table.column("date").as_dates();
  const Column works = table.column("works").as({.name = "works", .type = Type::boolean});
  std::vector<Told> told;
  std::visit(
      [&](auto codes) {
        for (std::size_t row = 0; row < codes.size(); ++row) {
          const std::int32_t day = date.days()[row];
          if (day == missing_day || day == not_yet_day || codes[row] > 1)
            throw DataError(row_of(table, row) +
                            ": a table of holidays says of each day whether it works: fill in date (2024-02-12) and "
                            "works (true or false)");
          told.push_back({day, codes[row] == 1});
        }
      },
      works.codes());
  return told;
}

// Each day once, in their order.
std::vector<Told> agreed(std::vector<Told> told, const Table& table) {
  std::ranges::sort(told);
  told.erase(std::unique(told.begin(), told.end()), told.end());
  const auto twice = std::ranges::adjacent_find(told, {}, &Told::day);
  if (twice != told.end())
    throw DataError("table '" + table.name() + "': " + spelled(Literal(Date(std::chrono::days(twice->day)))) +
                    " is listed as a working day and as a holiday; keep one of the rows");
  return told;
}

std::int64_t number_of(Date day) {
  return day.time_since_epoch().count();
}

}  // namespace
}  // namespace language

struct Holidays::Data {
  explicit Data(const Table& table);
  // The number of a day.
  std::int64_t up_to(Date day) const;
  // The first day of a number: a working day.
  std::int64_t numbered(std::int64_t number) const;

  std::vector<std::int32_t> days;        // that the weekdays do not tell, sorted
  std::vector<std::int64_t> changes{0};  // by how much the first none, one, two … of them change the count
};

Holidays::Data::Data(const Table& table) {
  for (const auto& [day, works] : language::agreed(language::days_told(table), table)) {
    if (works == language::is_weekday(day)) continue;
    days.push_back(static_cast<std::int32_t>(day));
    changes.push_back(changes.back() + (works ? 1 : -1));
  }
}

std::int64_t Holidays::Data::up_to(Date day) const {
  const std::int64_t number = language::number_of(day);
  const auto listed = std::ranges::upper_bound(days, number) - days.begin();
  return language::weekdays_up_to(number) + changes[static_cast<std::size_t>(listed)];
}

// Between two listed days the change is the same, so that the day is either the next listed one or told by the
// weekdays.
std::int64_t Holidays::Data::numbered(std::int64_t number) const {
  std::size_t listed = 0;
  for (std::size_t beyond = days.size(); listed < beyond;) {
    const std::size_t middle = listed + (beyond - listed) / 2;
    const bool before = language::weekdays_up_to(days[middle]) + changes[middle + 1] < number;
    (before ? listed : beyond) = before ? middle + 1 : middle;
  }
  const std::int64_t day = language::weekday_numbered(number - changes[listed]);
  return listed == days.size() ? day : std::min(day, std::int64_t{days[listed]});
}

Holidays::Holidays(const Table& table) : data_(std::make_shared<const Data>(table)) {}

const Holidays::Data& Holidays::data() const {
  if (data_ == nullptr) throw std::logic_error("working days are asked of Holidays without a table");
  return *data_;
}

std::vector<std::int32_t> Holidays::listed() const {
  if (!known()) return {};
  return {data_->days.begin(), data_->days.end()};
}

bool Holidays::works(Date day) const {
  return data().up_to(day) > data().up_to(day - std::chrono::days(1));
}

std::int64_t Holidays::workdays(Date from, Date to) const {
  return data().up_to(to) - data().up_to(from);
}

std::optional<Date> Holidays::add_workdays(Date from, std::int64_t n) const {
  constexpr std::int64_t span = 9999 * 366;
  if (n < -span || n > span) return std::nullopt;
  const Date day{std::chrono::days(data().numbered(data().up_to(from) + n))};
  return day >= language::first_day && day <= language::last_day ? std::optional(day) : std::nullopt;
}

}  // namespace casemetry
