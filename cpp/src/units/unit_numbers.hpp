// SPDX-License-Identifier: Apache-2.0
// The different keys of one part, numbered as they come: open addressing that grows, at most two thirds full.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "fetch.hpp"

namespace casemetry::counting {

class UnitNumbers {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  /// Forgets all keys and makes room for about so many.
  void clear(std::size_t keys, int part_bits) {
    part_bits_ = part_bits;
    size_ = 0;
    room_for(std::min(keys, most_at_first));
  }
  std::size_t size() const { return size_; }

  /// The numbers of keys by their hash; a new one is told by its place in `hashes`: `is_new(place)`.
  template <class IsNew>
  void number(std::span<const std::uint64_t> hashes, std::uint32_t* numbers, IsNew is_new) {
    for (std::size_t done = 0; done < hashes.size();)
      done += number_some(hashes.subspan(done), numbers + done, [&](std::size_t place) { is_new(done + place); });
  }
  /// The numbers of keys that may be among these; `none`.
  void find(std::span<const std::uint64_t> hashes, std::uint32_t* numbers) const {
    const std::uint32_t* slots = slots_.data();
    const std::uint64_t* keys = keys_.data();
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      std::size_t slot = slot_of(hashes[i]);
      while (slots[slot] != 0 && keys[slots[slot] - 1] != hashes[i]) slot = (slot + 1) & mask_;
      numbers[i] = slots[slot] - 1;
    }
  }

 private:
  // What a part has by intention; one that has more grows.
  static constexpr std::size_t most_at_first = std::size_t{1} << 15;
  // How far before it is read a slot is fetched.
  static constexpr std::size_t ahead = 12;

  // The bits of a hash below those that tell the part.
  std::size_t slot_of(std::uint64_t hash) const { return static_cast<std::size_t>((hash << part_bits_) >> shift_); }

  // As many as there is room for.
  template <class IsNew>
  std::size_t number_some(std::span<const std::uint64_t> hashes, std::uint32_t* numbers, IsNew is_new) {
    if (size_ == keys_.size()) grow();
    std::uint32_t* slots = slots_.data();
    std::uint64_t* keys = keys_.data();
    const std::size_t most = keys_.size();
    std::size_t size = size_;
    std::size_t i = 0;
    for (; i < hashes.size() && size < most; ++i) {
      const std::uint64_t hash = hashes[i];
      if (i + ahead < hashes.size()) fetch(slots + slot_of(hashes[i + ahead]), 1);
      std::size_t slot = slot_of(hash);
      while (slots[slot] != 0 && keys[slots[slot] - 1] != hash) slot = (slot + 1) & mask_;
      if (slots[slot] == 0) {
        keys[size] = hash;
        slots[slot] = static_cast<std::uint32_t>(++size);
        is_new(i);
      }
      numbers[i] = slots[slot] - 1;
    }
    size_ = size;
    return i;
  }

  void room_for(std::size_t keys) {
    slots_.assign(std::bit_ceil(keys + keys / 2 + 2), 0);
    mask_ = slots_.size() - 1;
    shift_ = 64 - std::countr_zero(slots_.size());
    keys_.resize(2 * slots_.size() / 3);
  }

  void grow() {
    room_for(2 * size_);
    for (std::size_t number = 0; number < size_; ++number) {
      std::size_t slot = slot_of(keys_[number]);
      while (slots_[slot] != 0) slot = (slot + 1) & mask_;
      slots_[slot] = static_cast<std::uint32_t>(number + 1);
    }
  }

  std::vector<std::uint32_t> slots_;  // number + 1; 0 is free
  std::vector<std::uint64_t> keys_;   // hashes, by number; room for more
  std::size_t size_ = 0;
  std::size_t mask_ = 0;
  int part_bits_ = 0;
  int shift_ = 63;
};

}  // namespace casemetry::counting
