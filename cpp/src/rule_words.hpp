// SPDX-License-Identifier: Apache-2.0
// The names of the rules, which definitions write and figures follow. What all rooms may use, inside.
#pragma once

#include <array>
#include <string>

namespace casemetry {

/// A rule, and the key of the set column in a lead set that it reads: `sources`, `first`, `last` or `log`.
struct RuleWord {
  std::string rule, role;
};

/// In the order of `Rule`.
const std::array<RuleWord, 7>& rule_words();

/// What a contribution is a share of, in the order of `Over`.
const std::array<std::string, 2>& over_words();

/// Why a lead set cannot be asked under a rule: it has no column of its role.
std::string lacks_role(const std::string& lead_set, const RuleWord& rule);

}  // namespace casemetry
