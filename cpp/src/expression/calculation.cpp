// SPDX-License-Identifier: Apache-2.0
#include "expression/calculation.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "expression/logic.hpp"
#include "expression/words.hpp"
#include "int128.hpp"

namespace casemetry::language {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::int64_t scaled_up(std::int64_t value, std::int64_t factor) {
  const std::int64_t limit = largest / factor;
  return value >= -limit && value <= limit ? value * factor : missing_number;
}

template <class Function>
class Calculated final : public Source<std::int64_t> {
 public:
  Calculated(NumberSource value, Function function) : value_(std::move(value)), function_(function) {}
  void read(Rows rows, std::int64_t* out) const override {
    value_->read(rows, out);
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = out[i] == missing_number ? missing_number : function_(out[i]);
  }

 private:
  NumberSource value_;
  Function function_;
};

template <class Function>
class CalculatedOfTwo final : public Source<std::int64_t> {
 public:
  CalculatedOfTwo(NumberSource left, NumberSource right, Function function)
      : left_(std::move(left)), right_(std::move(right)), function_(function) {}
  void read(Rows rows, std::int64_t* out) const override {
    left_->read(rows, out);
    Scratch<std::int64_t> right;
    right_->read(rows, right.data());
    for (std::size_t i = 0; i < rows.count; ++i) {
      const bool missing = out[i] == missing_number || right[i] == missing_number;
      out[i] = missing ? missing_number : function_(out[i], right[i]);
    }
  }

 private:
  NumberSource left_;
  NumberSource right_;
  Function function_;
};

struct Least {
  static std::int64_t of(std::int64_t a, std::int64_t b) { return std::min(a, b); }
};

struct Greatest {
  static std::int64_t of(std::int64_t a, std::int64_t b) { return std::max(a, b); }
};

template <class Extreme>
class Extremes final : public Source<std::int64_t> {
 public:
  explicit Extremes(std::vector<NumberSource> parts) : parts_(std::move(parts)) {}
  void read(Rows rows, std::int64_t* out) const override {
    parts_.front()->read(rows, out);
    Scratch<std::int64_t> next;
    for (std::size_t part = 1; part < parts_.size(); ++part) {
      parts_[part]->read(rows, next.data());
      for (std::size_t i = 0; i < rows.count; ++i) {
        const bool missing = out[i] == missing_number || next[i] == missing_number;
        out[i] = missing ? missing_number : Extreme::of(out[i], next[i]);
      }
    }
  }

 private:
  std::vector<NumberSource> parts_;
};

template <class Function>
NumberSource calculated(NumberSource value, Function function) {
  return std::make_unique<Calculated<Function>>(std::move(value), function);
}

template <class Function>
NumberSource calculated(NumberSource left, NumberSource right, Function function) {
  return std::make_unique<CalculatedOfTwo<Function>>(std::move(left), std::move(right), function);
}

// Of a day that has not come yet a function of dates is missing. So it is of as large a number beside a date, which
// would move the date beyond its years.
template <class Function>
auto of_days(Function function) {
  return [function](std::int64_t day, auto... more) {
    const bool not_yet = day == not_yet_day || ((more == not_yet_day) || ...);
    return not_yet ? missing_number : std::int64_t{function(day, more...)};
  };
}

Date date_of(std::int64_t day) {
  return Date(std::chrono::days(day));
}

std::chrono::year_month_day civil(std::int64_t day) {
  return std::chrono::year_month_day(date_of(day));
}

constexpr std::int64_t day_number(Date date) {
  return date.time_since_epoch().count();
}

std::int64_t with_days(std::int64_t day, std::int64_t days) {
  constexpr std::int64_t span = day_number(last_day) - day_number(first_day);
  if (days < -span || days > span) return missing_number;
  const std::int64_t moved = day + days;
  return moved >= day_number(first_day) && moved <= day_number(last_day) ? moved : missing_number;
}

std::int64_t with_months(std::int64_t day, std::int64_t months) {
  constexpr std::int64_t span = 12 * 10'000;
  if (months < -span || months > span) return missing_number;
  std::chrono::year_month_day moved = civil(day) + std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  const Date date(moved);
  return date >= first_day && date <= last_day ? day_number(date) : missing_number;
}

template <class Compare>
SourceOf<Outcome> ordered(NumberSource left, NumberSource right, Compare compare) {
  return std::make_unique<Comparison<std::int64_t, Compare>>(std::move(left), std::move(right), compare);
}

}  // namespace

NumberSource rescaled(NumberSource number, int by) {
  if (by == 0) return number;
  return calculated(std::move(number), [factor = power_of_ten(by)](std::int64_t v) { return scaled_up(v, factor); });
}

NumberSource days_between(NumberSource from, NumberSource to) {
  return calculated(std::move(from), std::move(to), of_days([](std::int64_t a, std::int64_t b) { return b - a; }));
}

NumberSource year_of(NumberSource date) {
  return calculated(std::move(date), of_days([](std::int64_t day) { return int(civil(day).year()); }));
}

NumberSource quarter_of(NumberSource date) {
  return calculated(std::move(date), of_days([](std::int64_t day) { return (unsigned(civil(day).month()) + 2) / 3; }));
}

NumberSource month_of(NumberSource date) {
  return calculated(std::move(date), of_days([](std::int64_t day) { return unsigned(civil(day).month()); }));
}

NumberSource days_added(NumberSource date, NumberSource days) {
  return calculated(std::move(date), std::move(days), of_days(with_days));
}

NumberSource months_added(NumberSource date, NumberSource months) {
  return calculated(std::move(date), std::move(months), of_days(with_months));
}

NumberSource workdays_between(NumberSource from, NumberSource to, const Holidays& holidays) {
  return calculated(std::move(from), std::move(to), of_days([holidays](std::int64_t a, std::int64_t b) {
                      return holidays.workdays(date_of(a), date_of(b));
                    }));
}

NumberSource workdays_added(NumberSource date, NumberSource days, const Holidays& holidays) {
  return calculated(std::move(date), std::move(days), of_days([holidays](std::int64_t day, std::int64_t n) {
                      const auto moved = holidays.add_workdays(date_of(day), n);
                      return moved ? day_number(*moved) : missing_number;
                    }));
}

NumberSource least_of(std::vector<NumberSource> parts) {
  return std::make_unique<Extremes<Least>>(std::move(parts));
}

NumberSource greatest_of(std::vector<NumberSource> parts) {
  return std::make_unique<Extremes<Greatest>>(std::move(parts));
}

SourceOf<Outcome> compared(Order order, NumberSource left, int left_scale, NumberSource right, int right_scale) {
  if (left_scale == right_scale) {
    if (order == Order::less) return ordered(std::move(left), std::move(right), std::less<>());
    if (order == Order::less_equal) return ordered(std::move(left), std::move(right), std::less_equal<>());
    return ordered(std::move(left), std::move(right), std::equal_to<>());
  }
  const int scale = std::max(left_scale, right_scale);
  const auto widened = [left_factor = power_of_ten(scale - left_scale),
                        right_factor = power_of_ten(scale - right_scale)](auto compare) {
    return [=](std::int64_t a, std::int64_t b) { return compare(int128{a} * left_factor, int128{b} * right_factor); };
  };
  if (order == Order::less) return ordered(std::move(left), std::move(right), widened(std::less<>()));
  if (order == Order::less_equal) return ordered(std::move(left), std::move(right), widened(std::less_equal<>()));
  return ordered(std::move(left), std::move(right), widened(std::equal_to<>()));
}

std::optional<std::int64_t> exactly(const Literal& number, int scale) {
  const auto* integer = std::get_if<std::int64_t>(&number);
  const Decimal value = integer != nullptr ? Decimal{*integer, 0} : std::get<Decimal>(number);
  const std::int64_t factor = power_of_ten(std::abs(scale - value.scale));
  if (value.scale > scale) return value.digits % factor == 0 ? std::optional(value.digits / factor) : std::nullopt;
  const std::int64_t scaled = scaled_up(value.digits, factor);
  return scaled == missing_number ? std::nullopt : std::optional(scaled);
}

}  // namespace casemetry::language
