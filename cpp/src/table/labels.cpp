// SPDX-License-Identifier: Apache-2.0
#include "table/labels.hpp"

#include <functional>

namespace casemetry {

std::uint32_t LabelSet::code(std::string_view label) {
  if (2 * labels_.size() >= slots_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(label));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t held = slots_[slot];
    if (held == 0) {
      labels_.emplace_back(label);
      hashes_.push_back(hash);
      slots_[slot] = static_cast<std::uint32_t>(labels_.size());
      return static_cast<std::uint32_t>(labels_.size() - 1);
    }
    if (hashes_[held - 1] == hash && labels_[held - 1] == label) return held - 1;
  }
}

void LabelSet::grow() {
  const std::size_t size = slots_.empty() ? 64 : 2 * slots_.size();
  slots_.assign(size, 0);
  for (std::size_t code = 0; code < labels_.size(); ++code) {
    std::size_t slot = hashes_[code] & (size - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = static_cast<std::uint32_t>(code + 1);
  }
}

}  // namespace casemetry
