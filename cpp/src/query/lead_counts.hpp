// SPDX-License-Identifier: Apache-2.0
/// \file
/// The leads that a contribution is about by their patterns, for those who test or show more than one share of them.
#pragma once

#include <casemetry/query.hpp>
#include <casemetry/rules.hpp>
#include <span>
#include <vector>

namespace casemetry::question {

/// In each period (without one: over all) the leads by the patterns of the indicator's groups that its rule reads.
/// Throws QueryError with the reason if the cube does not count them, or not by period; DataError if it counts groups
/// that no grouping has.
std::vector<PatternCounts> pattern_counts(const Cube& cube, const Indicator& contribution,
                                          std::span<const Period> periods);

/// The same by the patterns that every rule reads; of the sets, and of the others that the cube counts. Throws as above
/// for the sets.
std::vector<LeadCounts> lead_counts(const Cube& cube, const Indicator& contribution, std::span<const Period> periods);

}  // namespace casemetry::question
