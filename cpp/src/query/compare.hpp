// SPDX-License-Identifier: Apache-2.0
/// \file
/// Comparisons: which periods a comparison looks at, and the change from one evaluated cell to another.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::question {

/// The names of the comparisons that there are.
std::span<const std::string> known_comparisons();

/// For each step the period that a comparison sets beside it.
std::vector<Period> compared_steps(std::string_view comparison, std::span<const Period> steps,
                                   const Calendar& calendar);

/// now − then for proportions, ratios, means and quantiles; (now − then) / |then| for counts and sums, none but a flag
/// if then is 0 and now is more. Proportions with Newcombe's interval. No change where either value is missing.
Change compare(const Indicator& indicator, const Evaluation& now, const Evaluation& then, double level);

}  // namespace casemetry::question
