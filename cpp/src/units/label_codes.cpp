// SPDX-License-Identifier: Apache-2.0
#include "units/label_codes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <string_view>

#include "fetch.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

constexpr std::size_t labels_a_task = 4096;
// Labels that are looked up together: what each needs next is fetched while the others are worked on.
constexpr std::size_t labels_a_block = 32;

std::size_t hash_of_text(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

// Labels by their text: open addressing, at most half full. Part of the hash is kept, so that few texts are compared.
class LabelTable {
 public:
  explicit LabelTable(std::span<const std::string> labels)
      : labels_(labels), slots_(std::bit_ceil(2 * labels.size() + 1), Slot{0, no_code}) {
    for (std::size_t begin = 0; begin < labels.size(); begin += labels_a_block) {
      const std::span<const std::string> block = labels.subspan(begin, std::min(labels_a_block, labels.size() - begin));
      const Hashes hashes = hashed(block);
      for (std::size_t i = 0; i < block.size(); ++i) insert(hashes[i], static_cast<std::uint32_t>(begin + i));
    }
  }

  /// The codes of a block of texts.
  void codes(std::span<const std::string> texts, std::uint32_t* codes) const {
    const Hashes hashes = hashed(texts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      codes[i] = slots_[likely(hashes[i], slot_of(hashes[i]))].code;
      if (codes[i] != no_code) fetch(&labels_[codes[i]], 1);
    }
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (codes[i] != no_code) fetch(labels_[codes[i]].data(), 1);
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (codes[i] != no_code && labels_[codes[i]] != texts[i]) codes[i] = code(hashes[i], texts[i]);
  }

 private:
  struct Slot {
    std::uint32_t tag;
    std::uint32_t code;
  };
  using Hashes = std::array<std::size_t, labels_a_block>;

  static std::uint32_t tag_of(std::size_t hash) { return static_cast<std::uint32_t>(std::uint64_t{hash} >> 32); }
  std::size_t slot_of(std::size_t hash) const { return hash & (slots_.size() - 1); }
  std::size_t after(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  Hashes hashed(std::span<const std::string> texts) const {
    Hashes hashes{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      hashes[i] = hash_of_text(texts[i]);
      fetch(&slots_[slot_of(hashes[i])], 1);
    }
    return hashes;
  }

  void insert(std::size_t hash, std::uint32_t code) {
    std::size_t slot = slot_of(hash);
    while (slots_[slot].code != no_code) slot = after(slot);
    slots_[slot] = {tag_of(hash), code};
  }

  // The first slot from this one on that may hold a text of this hash, or is free.
  std::size_t likely(std::size_t hash, std::size_t slot) const {
    while (slots_[slot].code != no_code && slots_[slot].tag != tag_of(hash)) slot = after(slot);
    return slot;
  }

  std::uint32_t code(std::size_t hash, std::string_view text) const {
    std::size_t slot = likely(hash, slot_of(hash));
    while (slots_[slot].code != no_code && labels_[slots_[slot].code] != text) slot = likely(hash, after(slot));
    return slots_[slot].code;
  }

  std::span<const std::string> labels_;
  std::vector<Slot> slots_;
};

}  // namespace

std::vector<std::uint32_t> codes_among(std::span<const std::string> known, std::span<const std::string> labels) {
  const LabelTable table(known);
  std::vector<std::uint32_t> codes(labels.size() + 1, no_code);
  for_each_task((labels.size() + labels_a_task - 1) / labels_a_task, [&](std::size_t task) {
    const std::size_t end = std::min(labels.size(), (task + 1) * labels_a_task);
    for (std::size_t begin = task * labels_a_task; begin < end; begin += labels_a_block)
      table.codes(labels.subspan(begin, std::min(labels_a_block, end - begin)), codes.data() + begin);
  });
  return codes;
}

}  // namespace casemetry::counting
