// SPDX-License-Identifier: Apache-2.0
#include "cube/counters.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>

namespace casemetry::pass {
namespace {

constexpr std::size_t rows_ahead = 16;  // far enough for a line to arrive from memory

// For each byte of a mask eight counters of a byte each, one where the bit is set. Lane i of a word is counter i in
// memory, whatever the machine's byte order.
constexpr std::array<std::uint64_t, 256> spread_bits() {
  std::array<std::uint64_t, 256> spread{};
  for (std::size_t bits = 0; bits < spread.size(); ++bits) {
    std::array<std::uint8_t, 8> counters{};
    for (std::size_t i = 0; i < counters.size(); ++i) counters[i] = static_cast<std::uint8_t>(bits >> i & 1U);
    spread[bits] = std::bit_cast<std::uint64_t>(counters);
  }
  return spread;
}
constexpr std::array<std::uint64_t, 256> spread = spread_bits();

// No counter is full before an add, so that none carries into its neighbour.
void add_word(std::uint8_t* counters, std::uint64_t mask) {
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint64_t eight;
    std::memcpy(&eight, counters + 8 * i, sizeof eight);
    eight += spread[mask >> (8 * i) & 0xFFU];
    std::memcpy(counters + 8 * i, &eight, sizeof eight);
  }
}

template <class T>
T* zeroed(std::size_t size) {
  void* memory = std::calloc(std::max<std::size_t>(size, 1), sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<T*>(memory);
}

}  // namespace

Counters::Counters(std::size_t cells, std::size_t words)
    : width_(words * lanes_a_word),
      bytes_(zeroed<std::uint8_t>(cells * width_)),
      wide_row_(zeroed<std::uint32_t>(cells)) {}

void Counters::add(const MaskedRows& rows) {
  if (rows.words == 1) return add_masked<1>(rows);
  if (rows.words == 2) return add_masked<2>(rows);
  add_masked<0>(rows);
}

// Words are known when the code is compiled, or (0) when it runs.
template <std::size_t words>
void Counters::add_masked(const MaskedRows& rows) {
  const std::size_t n = words != 0 ? words : rows.words;
  const std::size_t last = rows.cells.size() - 1;
  for (std::size_t row = 0; row <= last; ++row) {
    const std::uint8_t* ahead = bytes_.get() + rows.cells[std::min(row + rows_ahead, last)] * width_;
    for (std::size_t word = 0; word < n; ++word) __builtin_prefetch(ahead + word * lanes_a_word, 1);
    std::uint8_t* counters = bytes_.get() + rows.cells[row] * width_;
    for (std::size_t word = 0; word < n; ++word) add_word(counters + word * lanes_a_word, rows.masks[row * n + word]);
    if (counters[0] == 255) spill(rows.cells[row]);
  }
}

void Counters::spill(std::size_t cell) {
  std::uint32_t& row = wide_row_[cell];
  if (row == 0) {
    wide_.resize(wide_.size() + width_);
    row = static_cast<std::uint32_t>(wide_.size() / width_);
  }
  std::uint8_t* bytes = bytes_.get() + cell * width_;
  std::uint64_t* wide = wide_.data() + (row - std::size_t{1}) * width_;
  for (std::size_t lane = 0; lane < width_; ++lane) wide[lane] += bytes[lane];
  std::fill_n(bytes, width_, std::uint8_t{0});
}

void Counters::add_to(std::span<std::int64_t> counts, std::size_t cell) const {
  const std::uint8_t* bytes = bytes_.get() + cell * width_;
  for (std::size_t lane = 0; lane < counts.size(); ++lane) counts[lane] += bytes[lane];
  if (wide_row_[cell] == 0) return;
  const std::uint64_t* wide = wide_.data() + (wide_row_[cell] - std::size_t{1}) * width_;
  for (std::size_t lane = 0; lane < counts.size(); ++lane) counts[lane] += static_cast<std::int64_t>(wide[lane]);
}

}  // namespace casemetry::pass
