// SPDX-License-Identifier: Apache-2.0
// The different keys of one part, numbered as they come: open addressing that grows, at most two thirds full.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "units/arrangement.hpp"

namespace casemetry::counting {

class UnitNumbers {
 public:
  struct Inserted {
    std::uint32_t number;
    bool is_new;
  };

  /// Forgets all keys and makes room for about so many.
  void clear(std::size_t keys) {
    hashes_.clear();
    room_for(std::min(keys, most_at_first));
  }
  std::size_t size() const { return hashes_.size(); }

  Inserted insert(std::uint64_t hash, const Arrangement& arrangement) {
    std::size_t slot = arrangement.slot(hash, bits_);
    for (; slots_[slot] != 0; slot = (slot + 1) & mask_)
      if (hashes_[slots_[slot] - 1] == hash) return {slots_[slot] - 1, false};
    hashes_.push_back(hash);
    const auto number = static_cast<std::uint32_t>(hashes_.size());
    slots_[slot] = number;
    if (3 * hashes_.size() > 2 * slots_.size()) grow(arrangement);
    return {number - 1, true};
  }

  std::optional<std::uint32_t> find(std::uint64_t hash, const Arrangement& arrangement) const {
    for (std::size_t slot = arrangement.slot(hash, bits_); slots_[slot] != 0; slot = (slot + 1) & mask_)
      if (hashes_[slots_[slot] - 1] == hash) return slots_[slot] - 1;
    return std::nullopt;
  }

 private:
  // What a part has by intention; one that has more grows.
  static constexpr std::size_t most_at_first = std::size_t{1} << 15;

  void room_for(std::size_t keys) {
    slots_.assign(std::bit_ceil(keys + keys / 2 + 2), 0);
    mask_ = slots_.size() - 1;
    bits_ = std::countr_zero(slots_.size());
  }

  void grow(const Arrangement& arrangement) {
    room_for(2 * hashes_.size());
    for (std::size_t number = 0; number < hashes_.size(); ++number) {
      std::size_t slot = arrangement.slot(hashes_[number], bits_);
      while (slots_[slot] != 0) slot = (slot + 1) & mask_;
      slots_[slot] = static_cast<std::uint32_t>(number + 1);
    }
  }

  std::vector<std::uint32_t> slots_;  // number + 1; 0 is free
  std::vector<std::uint64_t> hashes_;
  std::size_t mask_ = 0;
  int bits_ = 0;
};

}  // namespace casemetry::counting
