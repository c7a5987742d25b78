// SPDX-License-Identifier: Apache-2.0
#include "units/label_codes.hpp"

#include <tbb/parallel_for.h>

#include <bit>
#include <functional>
#include <string_view>

namespace casemetry::counting {
namespace {

constexpr std::size_t labels_a_task = 4096;

// Labels by their text: open addressing, at most half full. Part of the hash is kept, so that few texts are compared.
class LabelTable {
 public:
  explicit LabelTable(std::span<const std::string> labels)
      : labels_(labels), slots_(std::bit_ceil(2 * labels.size() + 1), Slot{0, no_code}) {
    for (std::size_t code = 0; code < labels.size(); ++code) {
      const std::size_t hash = hash_of(labels[code]);
      std::size_t slot = hash & mask();
      while (slots_[slot].code != no_code) slot = (slot + 1) & mask();
      slots_[slot] = {tag_of(hash), static_cast<std::uint32_t>(code)};
    }
  }

  std::uint32_t code(std::string_view text) const {
    const std::size_t hash = hash_of(text);
    for (std::size_t slot = hash & mask(); slots_[slot].code != no_code; slot = (slot + 1) & mask())
      if (slots_[slot].tag == tag_of(hash) && labels_[slots_[slot].code] == text) return slots_[slot].code;
    return no_code;
  }

 private:
  struct Slot {
    std::uint32_t tag;
    std::uint32_t code;
  };
  static std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }
  static std::uint32_t tag_of(std::size_t hash) { return static_cast<std::uint32_t>(std::uint64_t{hash} >> 32); }
  std::size_t mask() const { return slots_.size() - 1; }

  std::span<const std::string> labels_;
  std::vector<Slot> slots_;
};

}  // namespace

std::vector<std::uint32_t> codes_among(std::span<const std::string> known, std::span<const std::string> labels) {
  const LabelTable table(known);
  std::vector<std::uint32_t> codes(labels.size() + 1, no_code);
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, labels.size(), labels_a_task), [&](const auto& task) {
    for (std::size_t label = task.begin(); label < task.end(); ++label) codes[label] = table.code(labels[label]);
  });
  return codes;
}

}  // namespace casemetry::counting
