// SPDX-License-Identifier: Apache-2.0
/// \file
/// Contributions as definitions: the defaults of what is not said, and the counts that they need.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/words.hpp"

namespace casemetry::definition {

/// The key of the column that a rule reads; the rule is known.
const std::string& role_of_rule(std::string_view rule);

/// The names of a grouping's groups; none that are known before the data if a table tells them.
Words group_names(const Grouping& grouping);

/// Where the counts of a valid contribution come from.
Basis basis_of(const Definitions& definitions, const Indicator& contribution);

/// The counts, and sums of value, of this basis under a grouping.
std::vector<std::string> counts_of(const Basis& basis, const std::string& grouping);

/// Whether the leads of a contribution are counted by its own grouping. Another indicator asks for none.
bool has_own_counts(const Definitions& definitions, const Indicator& indicator);

/// Those that a contribution needs: of its basis, or, where nothing tells them, of its own grouping. Another indicator
/// needs none.
std::vector<std::string> needed_counts(const Definitions& definitions, const Indicator& indicator);

}  // namespace casemetry::definition
