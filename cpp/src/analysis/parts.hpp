// SPDX-License-Identifier: Apache-2.0
/// \file
/// The arithmetic of a structure: shares of counts and of ranges, and what a change of share comes from.
#pragma once

#include <casemetry/analysis.hpp>
#include <span>
#include <vector>

namespace casemetry::analysis {

/// The shares of counts, their bounds, and their roundings; `not_determined`, `no_denominator`.
Whole whole_of(std::span<const Figure> counts);

/// Sets exact counts of another period beside those of a whole.
void compare(Whole& whole, std::span<const std::int64_t> then);

}  // namespace casemetry::analysis
