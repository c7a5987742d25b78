// SPDX-License-Identifier: Apache-2.0
/// \file
/// One form for one value, so that what is written reads back as the same.
#pragma once

#include <casemetry/catalogue.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::definition {

/// `2024-03-01` if it is a day of the calendar.
std::optional<Date> parse_date(std::string_view text);

/// In a list, text that reads as a date is a date, and a decimal has no trailing zeros.
std::map<std::string, std::vector<Literal>> canonical(std::map<std::string, std::vector<Literal>> lists);

}  // namespace casemetry::definition
