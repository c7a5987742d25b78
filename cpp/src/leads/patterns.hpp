// SPDX-License-Identifier: Apache-2.0
// The leads of a cube by the patterns of their sources.
#pragma once

#include <casemetry/leads.hpp>
#include <optional>
#include <string>

namespace casemetry::lead {

/// Which counts are read: of a lead set at a stage, under a grouping that the cube counts by.
struct Counted {
  std::string lead, stage, grouping;
};

/// Whether the cube counts the patterns of a set column: `sources`, `first`, `last` or `log`.
bool counts_patterns(const Cube& cube, const Counted& counted, const std::string& role);

/// Throws QueryError, and says why or how they are had, if it does not.
void check_counted(const Cube& cube, const Counted& counted, const std::string& role);

/// The leads whose stage lies in the period (of all without one), by pattern. The cube counts them.
PatternCounts patterns_in(const Cube& cube, const Counted& counted, const std::string& role,
                          const std::optional<Period>& period);

/// For each group that is counted the one that joins it with others.
using JoinedGroups = std::map<std::string, std::string, std::less<>>;
/// The same leads by the patterns of groups that join those that are counted.
PatternCounts joined(const PatternCounts& counts, const JoinedGroups& groups);

}  // namespace casemetry::lead
