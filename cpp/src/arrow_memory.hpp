// SPDX-License-Identifier: Apache-2.0
// Structures of the Arrow C data interface: owned, and their memory read. What all rooms may use, inside.
#pragma once

#include <casemetry/arrow.hpp>
#include <cstdint>
#include <cstring>

namespace casemetry {

// Owns a structure of the interface: releases it once, however its scope is left.
template <class Structure>
class Owned {
 public:
  Owned() = default;
  explicit Owned(Structure* from) {
    if (from == nullptr) return;
    held_ = *from;
    from->release = nullptr;
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (held_.release != nullptr) held_.release(&held_);
  }
  Structure* operator->() { return &held_; }
  Structure& operator*() { return held_; }

 private:
  Structure held_{};
};

// A value of a buffer that may not be aligned.
template <class Value>
Value load(const void* buffer, std::int64_t index) {
  Value value;
  std::memcpy(&value, static_cast<const char*>(buffer) + index * static_cast<std::int64_t>(sizeof(Value)),
              sizeof value);
  return value;
}

inline bool load_bit(const void* buffer, std::int64_t index) {
  return (load<std::uint8_t>(buffer, index >> 3) >> (index & 7) & 1) != 0;
}

}  // namespace casemetry
