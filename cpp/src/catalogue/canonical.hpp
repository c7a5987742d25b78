// SPDX-License-Identifier: Apache-2.0
/// \file
/// One form for one value, so that what is written reads back as the same.
#pragma once

#include <casemetry/catalogue.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace casemetry::definition {

/// `2024-03-01` if it is a day of the calendar.
std::optional<Date> parse_date(std::string_view text);

/// In a list, and where a lookup finds nothing, text that reads as a date is a date, and a decimal has no trailing
/// zeros. Sources that groups list by another spelling are listed by their value.
Definitions canonical(Definitions definitions);

}  // namespace casemetry::definition
