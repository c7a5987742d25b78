// SPDX-License-Identifier: Apache-2.0
// Memory that is written before it is read: not cleared, and in huge pages where the system has them, because the first
// touch of ordinary pages costs more than much of what is done here.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace casemetry::counting {

struct FreeAligned {
  std::align_val_t alignment{alignof(std::max_align_t)};
  void operator()(std::byte* bytes) const;
};

class Memory {
 public:
  Memory() = default;
  explicit Memory(std::size_t bytes);
  std::byte* data() const { return bytes_.get(); }

 private:
  std::unique_ptr<std::byte[], FreeAligned> bytes_;
};

/// Cells without an initial value.
template <class Cell>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : memory_(size * sizeof(Cell)), size_(size) {}
  std::size_t size() const { return size_; }
  Cell* data() { return reinterpret_cast<Cell*>(memory_.data()); }
  const Cell* data() const { return reinterpret_cast<const Cell*>(memory_.data()); }
  Cell& operator[](std::size_t i) { return data()[i]; }
  const Cell& operator[](std::size_t i) const { return data()[i]; }
  operator std::span<Cell>() { return {data(), size_}; }
  operator std::span<const Cell>() const { return {data(), size_}; }

 private:
  Memory memory_;
  std::size_t size_ = 0;
};

/// Memory for one thing after another: what is asked for last is what it holds.
class Scratch {
 public:
  template <class Cell>
  std::span<Cell> cells(std::size_t size) {
    if (size * sizeof(Cell) > bytes_) {
      memory_ = {};
      memory_ = Memory(size * sizeof(Cell));
      bytes_ = size * sizeof(Cell);
    }
    return {reinterpret_cast<Cell*>(memory_.data()), size};
  }

 private:
  Memory memory_;
  std::size_t bytes_ = 0;
};

}  // namespace casemetry::counting
