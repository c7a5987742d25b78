// SPDX-License-Identifier: Apache-2.0
/// \file
/// Distinct labels and their codes: an open-addressing table over the labels themselves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casemetry {

/// Distinct labels in the order of their first appearance; a label's code is its position.
class LabelSet {
 public:
  /// The code of a label, which is added if it is new. Amortised constant.
  std::uint32_t code(std::string_view label);
  std::size_t size() const { return labels_.size(); }
  const std::string& operator[](std::uint32_t code) const { return labels_[code]; }
  std::vector<std::string> take() && { return std::move(labels_); }

 private:
  void grow();

  std::vector<std::string> labels_;
  std::vector<std::uint32_t> hashes_;  // a label each
  std::vector<std::uint32_t> slots_;   // code + 1, 0 is free; a power of two, at most half full
};

}  // namespace casemetry
