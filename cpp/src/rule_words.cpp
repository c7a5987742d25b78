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

}  // namespace casemetry
