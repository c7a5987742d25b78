// SPDX-License-Identifier: Apache-2.0
// Sources of numbers and days made of others. Missing if any part is missing, or if the value has no place in 64 bits
// or in the years 1 to 9999.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "expression/source.hpp"

namespace casemetry::language {

using NumberSource = SourceOf<std::int64_t>;

// The numbers a scale further: `by` digits are added.
NumberSource rescaled(NumberSource number, int by);

// Of a day that has not come yet, too, the functions of dates are missing.
NumberSource days_between(NumberSource from, NumberSource to);
NumberSource year_of(NumberSource date);
NumberSource quarter_of(NumberSource date);
NumberSource month_of(NumberSource date);
NumberSource days_added(NumberSource date, NumberSource days);
// On the last day of a month that is too short.
NumberSource months_added(NumberSource date, NumberSource months);
NumberSource workdays_between(NumberSource from, NumberSource to, const Holidays& holidays);
NumberSource workdays_added(NumberSource date, NumberSource days, const Holidays& holidays);
NumberSource least_of(std::vector<NumberSource> parts);
NumberSource greatest_of(std::vector<NumberSource> parts);

// Whether left < right, <= or ==, where their last digits have different scales: exact in 128 bits.
enum class Order { less, less_equal, equal };
SourceOf<Outcome> compared(Order order, NumberSource left, int left_scale, NumberSource right, int right_scale);

// A constant number in units of the last digit of a scale, if it is exactly one.
std::optional<std::int64_t> exactly(const Literal& number, int scale);

}  // namespace casemetry::language
