// SPDX-License-Identifier: Apache-2.0
// The texts of one comparison, numbered, so that the labels of different columns can be compared by number.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "expression/source.hpp"

namespace casemetry::language {

// Does not own the texts. The labels of the first column are their own numbers, so that a test of a single column
// hashes nothing.
class Dictionary {
 public:
  Word word(std::string_view text);
  // The number of each of a column's distinct labels.
  std::vector<Word> words(std::span<const std::string> labels);
  std::span<const std::string_view> texts() const { return texts_; }

 private:
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, Word> words_;  // of the first texts; grows when it is asked
};

}  // namespace casemetry::language
