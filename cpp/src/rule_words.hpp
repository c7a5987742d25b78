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

}  // namespace casemetry
