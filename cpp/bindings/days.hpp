// SPDX-License-Identifier: Apache-2.0
// Days as Python's dates.
#pragma once

#include <casemetry/table.hpp>

#include <pybind11/pybind11.h>

#include <cstdint>
#include <optional>

namespace casemetry::bindings {

inline constexpr int ordinal_of_1970 = 719163;  // of 1970-01-01 in Python's datetime; 0001-01-01 is 1

inline pybind11::object date_of(std::int64_t days_since_1970) {
  return pybind11::module_::import("datetime").attr("date").attr("fromordinal")(days_since_1970 + ordinal_of_1970);
}

inline pybind11::object date_of(const std::optional<Date>& day) {
  return day ? date_of(day->time_since_epoch().count()) : pybind11::object(pybind11::none());
}

inline std::optional<Date> day_of(const pybind11::object& date) {
  if (date.is_none()) return std::nullopt;
  return Date{std::chrono::days{date.attr("toordinal")().cast<int>() - ordinal_of_1970}};
}

}  // namespace casemetry::bindings
