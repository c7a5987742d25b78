// SPDX-License-Identifier: Apache-2.0
// Sets and numberings of 63-bit keys, by open addressing (linear probing, at most half full).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casemetry::pass {

/// The different keys of a stream of keys.
class KeySet {
 public:
  KeySet();
  void insert(std::uint64_t key);
  void append_to(std::vector<std::uint64_t>& keys) const;

 private:
  void grow();
  std::vector<std::uint64_t> slots_;
  std::size_t size_ = 0;
};

/// Keys numbered in ascending order.
class KeyNumbers {
 public:
  /// The keys, ascending, each once.
  explicit KeyNumbers(std::vector<std::uint64_t> keys);
  /// The numbers of keys that are all among them.
  void look_up(std::span<const std::uint64_t> keys, std::span<std::uint32_t> numbers) const;
  std::uint64_t key(std::uint32_t number) const { return keys_[number]; }

 private:
  struct Slot {
    std::uint64_t key;
    std::uint32_t number;
  };
  std::vector<std::uint64_t> keys_;
  std::vector<Slot> slots_;
};

}  // namespace casemetry::pass
