// SPDX-License-Identifier: Apache-2.0
#include "cube/key_numbers.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace casemetry::pass {
namespace {

constexpr std::uint64_t no_key = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t least_slots = 1024;

// Fibonacci hashing (Knuth 1973, 6.4): the upper bits of a product with 2⁶⁴ / φ.
std::size_t slot_of(std::uint64_t key, std::size_t slots) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> (64 - std::countr_zero(slots)));
}

std::size_t slots_for(std::size_t keys) {
  return std::max(least_slots, std::bit_ceil(2 * keys));
}

}  // namespace

KeySet::KeySet() : slots_(least_slots, no_key) {}

void KeySet::insert(std::uint64_t key) {
  std::size_t slot = slot_of(key, slots_.size());
  while (slots_[slot] != no_key && slots_[slot] != key) slot = (slot + 1) & (slots_.size() - 1);
  if (slots_[slot] == key) return;
  slots_[slot] = key;
  if (2 * ++size_ > slots_.size()) grow();
}

void KeySet::append_to(std::vector<std::uint64_t>& keys) const {
  std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(keys), [](auto key) { return key != no_key; });
}

void KeySet::grow() {
  std::vector<std::uint64_t> old(2 * slots_.size(), no_key);
  old.swap(slots_);
  size_ = 0;
  for (const std::uint64_t key : old)
    if (key != no_key) insert(key);
}

KeyNumbers::KeyNumbers(std::vector<std::uint64_t> keys)
    : keys_(std::move(keys)), slots_(slots_for(keys_.size()), Slot{no_key, 0}) {
  for (std::size_t number = 0; number < keys_.size(); ++number) {
    std::size_t slot = slot_of(keys_[number], slots_.size());
    while (slots_[slot].key != no_key) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = {keys_[number], static_cast<std::uint32_t>(number)};
  }
}

void KeyNumbers::look_up(std::span<const std::uint64_t> keys, std::span<std::uint32_t> numbers) const {
  for (std::size_t row = 0; row < keys.size(); ++row) {
    std::size_t slot = slot_of(keys[row], slots_.size());
    while (slots_[slot].key != keys[row]) slot = (slot + 1) & (slots_.size() - 1);
    numbers[row] = slots_[slot].number;
  }
}

}  // namespace casemetry::pass
