// SPDX-License-Identifier: Apache-2.0
#include "rule_words.hpp"

namespace casemetry {

const std::array<RuleWord, 7>& rule_words() {
  static const std::array<RuleWord, 7> words{{{"any", "sources"},
                                              {"exclusive", "sources"},
                                              {"first", "first"},
                                              {"last", "last"},
                                              {"linear", "log"},
                                              {"shapley", "sources"},
                                              {"owen", "sources"}}};
  return words;
}

const std::array<std::string, 2>& over_words() {
  static const std::array<std::string, 2> words{"leads", "attributed"};
  return words;
}

std::string lacks_role(const std::string& lead_set, const RuleWord& rule) {
  return "lead set '" + lead_set + "' has no sources that the rule " + rule.rule + " could read: declare " + rule.role +
         " = \"…\" in it";
}

}  // namespace casemetry
