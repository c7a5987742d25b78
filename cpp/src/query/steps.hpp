// SPDX-License-Identifier: Apache-2.0
/// \file
/// The periods of a question's rows.
#pragma once

#include "query/calendar.hpp"
#include "query/counts.hpp"

namespace casemetry::question {

/// The step of all units, undated ones too.
inline const Period everything{std::numeric_limits<std::int32_t>::min(), undated, ""};

/// The periods that each cell has a row for, in order, without overlap. One without text comes last: all units, or the
/// undated ones.
///
/// Without period and every: all units. A period: itself. A period and every: all its months, quarters or years, the
/// first and last cut to the period (and then named by their months). Only every: those that occur in cells that are
/// placed, and the undated units of the blocks that may have some if there are any, or if nothing else is.
std::vector<Period> steps_of(const Cube& cube, const Placement& cells, const std::vector<bool>& may_be_undated,
                             const Query& question);

/// The last month of a step; without a period the last one that occurs in cells that are placed. Nothing for undated
/// units, or if all are.
std::optional<std::int32_t> last_month(const Cube& cube, const Placement& cells, const Period& step);

/// The data do not stand at this many days after the last one of the month; nor do they if it is not said where they
/// stand.
bool is_immature(std::int32_t last_month, int days, std::optional<Date> as_of, const Calendar& calendar);

/// The data stand at a day before the last one of the period.
bool is_partial(const Period& step, std::optional<Date> as_of, const Calendar& calendar);

}  // namespace casemetry::question
