// SPDX-License-Identifier: Apache-2.0
// Distinct sets, found again by their members.
#pragma once

#include <casemetry/table.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "fetch.hpp"

namespace casemetry {

/// Distinct sets in the order of their first appearance; a set's code is its position. Sets of up to two members are
/// found at once where there are not too many labels, sets of a few members by their codes packed into 64 bits (six of
/// a thousand labels), longer ones by a hash.
class DistinctSets {
 public:
  /// Of members that are codes of so many labels.
  explicit DistinctSets(std::size_t labels);

  /// The code of a set whose members are in order; it is added if it is new. Linear in its members.
  std::uint32_t code(std::span<const std::uint32_t> members) {
    if (members.size() > 2 || pairs_.empty()) return code_by_key(members);
    std::uint32_t& known = pairs_[place_of(members)];
    if (known == none) known = added(members);
    return known;
  }
  /// Has the memory fetched where the code of a set will be looked for.
  void fetch_code(std::span<const std::uint32_t> members) const {
    if (members.size() <= 2 && !pairs_.empty())
      fetch(&pairs_[place_of(members)], 1);
    else if (!slots_.empty())
      fetch(&slots_[slot_of(key_of(members))], 1);
  }
  const Sets& sets() const { return sets_; }
  /// The sets themselves, of one that codes no more.
  Sets take() && { return std::move(sets_); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t code = none;
  };
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint64_t mixed(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15U;
    return key ^ key >> 32;
  }

  // No member stands for 0.
  std::size_t place_of(std::span<const std::uint32_t> members) const {
    const std::size_t first = members.empty() ? 0 : members.front() + std::size_t{1};
    return first * base_ + (members.size() < 2 ? 0 : members[1] + std::size_t{1});
  }
  std::uint32_t code_by_key(std::span<const std::uint32_t> members);
  std::uint64_t key_of(std::span<const std::uint32_t> members) const;
  std::size_t slot_of(std::uint64_t key) const { return mixed(key) & (slots_.size() - 1); }
  std::uint32_t added(std::span<const std::uint32_t> members);
  void grow();

  std::size_t base_;  // one more than there are labels
  int bits_;          // that tell labels and none apart
  Sets sets_;
  std::vector<std::uint32_t> pairs_;  // codes of sets of up to two members
  std::vector<Slot> slots_;           // of the others; a power of two, at most half full
  std::size_t taken_ = 0;
};

}  // namespace casemetry
