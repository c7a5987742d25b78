// SPDX-License-Identifier: Apache-2.0
// The counts of leads that are odd, and stand beside the counts that contributions are made of.
#pragma once

#include <casemetry/catalogue.hpp>
#include <set>
#include <string>
#include <vector>

namespace casemetry::value {

/// Of each lead set of which these aggregates count leads by pattern: the declared counts of its leads that are out of
/// order, and of those at no stage. They are told with every contribution, so they stay with its counts.
std::vector<std::string> odd_counts(const Catalogue& catalogue, const std::set<std::string>& aggregates);

}  // namespace casemetry::value
