// SPDX-License-Identifier: Apache-2.0
/// \file
/// Comparisons: what a comparison sets beside a cell, and the change from one evaluated cell to another.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::question {

/// The names of the comparisons that there are.
std::span<const std::string> known_comparisons();

/// Whether a comparison is with a whole that the cell is a part of, not with another period.
bool is_with_whole(std::string_view comparison);

/// For each step the period that a comparison sets beside it.
std::vector<Period> compared_steps(std::string_view comparison, std::span<const Period> steps,
                                   const Calendar& calendar);

/// now − then for proportions, ratios, means and quantiles; (now − then) / |then| for counts and sums, none but a flag
/// if then is 0 and now is more. Proportions and contributions with Newcombe's interval. No change where either value
/// is missing.
Change compare(const Indicator& indicator, const Evaluation& now, const Evaluation& then, double level);

/// The same of a part and the whole that it is a part of. The interval of a proportion is Newcombe's of the part and
/// the rest, times the rest's share of the denominator, for part − whole = (1 − share) · (part − rest).
Change compare_with_whole(const Indicator& indicator, const Evaluation& part, const Evaluation& whole, double level);

/// The same of a contribution, of which the rest is evaluated as well.
Change compare_with_whole(const Indicator& indicator, const Evaluation& part, const Evaluation& whole,
                          const Evaluation& rest);

}  // namespace casemetry::question
