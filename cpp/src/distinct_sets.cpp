// SPDX-License-Identifier: Apache-2.0
#include "distinct_sets.hpp"

#include <algorithm>
#include <bit>

namespace casemetry {
namespace {

constexpr std::size_t most_pair_codes = std::size_t{1} << 18;  // 1 MB: what a second-level cache holds
constexpr int key_bits = 63;
constexpr std::uint64_t hashed_key = std::uint64_t{1} << key_bits;  // a key that is no packed set

}  // namespace

DistinctSets::DistinctSets(std::size_t labels)
    : base_(labels + 1),
      bits_(static_cast<int>(std::bit_width(labels))),
      pairs_(base_ * base_ <= most_pair_codes ? base_ * base_ : 0, none) {}

std::uint64_t DistinctSets::key_of(std::span<const std::uint32_t> members) const {
  std::uint64_t key = 0;
  if (members.size() * static_cast<std::size_t>(bits_) <= key_bits) {
    for (const std::uint32_t member : members) key = key << bits_ | (member + std::uint64_t{1});
    return key;
  }
  for (const std::uint32_t member : members) key = mixed(key ^ member);
  return key | hashed_key;
}

std::uint32_t DistinctSets::code_by_key(std::span<const std::uint32_t> members) {
  if (2 * taken_ >= slots_.size()) grow();
  const std::uint64_t key = key_of(members);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t place = slot_of(key);; place = (place + 1) & mask) {
    Slot& slot = slots_[place];
    if (slot.code == none) {
      ++taken_;
      slot = {key, added(members)};
      return slot.code;
    }
    if (slot.key == key && (key < hashed_key || std::ranges::equal(sets_[slot.code], members))) return slot.code;
  }
}

std::uint32_t DistinctSets::added(std::span<const std::uint32_t> members) {
  sets_.add(members);
  return static_cast<std::uint32_t>(sets_.size() - 1);
}

void DistinctSets::grow() {
  std::vector<Slot> before(slots_.empty() ? 64 : 2 * slots_.size());
  before.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.code == none) continue;
    std::size_t place = slot_of(slot.key);
    while (slots_[place].code != none) place = (place + 1) & mask;
    slots_[place] = slot;
  }
}

}  // namespace casemetry
