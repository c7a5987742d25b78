// SPDX-License-Identifier: Apache-2.0
#include "expression/dictionary.hpp"

#include <numeric>

namespace casemetry::language {

Word Dictionary::word(std::string_view text) {
  for (std::size_t i = words_.size(); i < texts_.size(); ++i) words_.emplace(texts_[i], static_cast<Word>(i));
  const auto [found, added] = words_.emplace(text, static_cast<Word>(texts_.size()));
  if (added) texts_.push_back(text);
  return found->second;
}

std::vector<Word> Dictionary::words(std::span<const std::string> labels) {
  std::vector<Word> words(labels.size());
  if (texts_.empty()) {
    texts_.assign(labels.begin(), labels.end());
    std::iota(words.begin(), words.end(), Word{0});
    return words;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) words[i] = word(labels[i]);
  return words;
}

}  // namespace casemetry::language
