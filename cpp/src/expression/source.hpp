// SPDX-License-Identifier: Apache-2.0
// An expression bound to columns is a tree of sources, each of which gives its values for a block of rows at a time:
// one virtual call a block and node, plain loops inside, and scratch memory that a thread reuses.
#pragma once

#include <algorithm>
#include <casemetry/expression.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>

namespace casemetry::language {

inline constexpr std::size_t block_rows = 1024;
inline constexpr std::size_t greatest_cell = sizeof(std::int64_t);

// At most `block_rows` rows.
struct Rows {
  std::size_t begin;
  std::size_t count;
};

template <class T>
class Source {
 public:
  virtual ~Source() = default;
  virtual void read(Rows rows, T* out) const = 0;
};

template <class T>
using SourceOf = std::unique_ptr<const Source<T>>;

// A text as a number in a Dictionary. An unlisted value of a closed category keeps its number and has the highest bit
// set besides: it is not missing, but what it means is unknown.
using Word = std::uint32_t;
inline constexpr Word unlisted_bit = 0x8000'0000;

// What stands for a missing value, and which values can be compared.
template <class T>
struct Missing;
template <>
struct Missing<Outcome> {
  static constexpr Outcome value = Outcome::unknown;
  static constexpr bool known(Outcome outcome) { return outcome != value; }
};
template <>
struct Missing<std::int64_t> {
  static constexpr std::int64_t value = missing_number;
  static constexpr bool known(std::int64_t number) { return number != value; }
};
template <>
struct Missing<Word> {
  static constexpr Word value = std::numeric_limits<Word>::max();
  static constexpr bool known(Word word) { return word < unlisted_bit; }
};

// Memory for one block of values, lent by the thread for as long as the object lives.
class ScratchBlock {
 public:
  ScratchBlock();
  ~ScratchBlock();
  ScratchBlock(const ScratchBlock&) = delete;
  ScratchBlock& operator=(const ScratchBlock&) = delete;

 protected:
  std::unique_ptr<std::byte[]> memory_;
};

template <class T>
class Scratch : ScratchBlock {
 public:
  static_assert(sizeof(T) <= greatest_cell);
  T* data() { return reinterpret_cast<T*>(memory_.get()); }
  T operator[](std::size_t row) { return data()[row]; }
};

template <class T>
void read_all(const Source<T>& source, std::int64_t begin, std::span<T> out) {
  for (std::size_t done = 0; done < out.size(); done += block_rows)
    source.read({static_cast<std::size_t>(begin) + done, std::min(block_rows, out.size() - done)}, out.data() + done);
}

}  // namespace casemetry::language
