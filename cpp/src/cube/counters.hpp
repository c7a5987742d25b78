// SPDX-License-Identifier: Apache-2.0
// Counters of a thread: a byte for each cell and lane, so that a row is one masked add over a cache line or two; where
// a byte is full, the cell's bytes spill into wide counters that only such cells have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "cube/measures.hpp"

namespace casemetry::pass {

class Counters {
 public:
  /// Lane 0 must be that of all units: it is the first to fill a byte.
  Counters(std::size_t cells, std::size_t words);
  /// The memory that it takes, without the counters of cells that spill.
  static std::uint64_t bytes(std::uint64_t cells, std::size_t words) {
    return cells * (words * lanes_a_word + sizeof(std::uint32_t));
  }
  void add(const MaskedRows& rows);
  bool occurs(std::size_t cell) const { return bytes_[cell * width_] != 0 || wide_row_[cell] != 0; }
  /// Adds the cell's counts, lane by lane.
  void add_to(std::span<std::int64_t> counts, std::size_t cell) const;

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  // Zeroed memory of the system's: pages that no row touches are never made.
  template <class T>
  using Zeroed = std::unique_ptr<T[], Free>;

  template <std::size_t words>
  void add_masked(const MaskedRows& rows);
  void spill(std::size_t cell);

  std::size_t width_;  // lanes
  Zeroed<std::uint8_t> bytes_;
  Zeroed<std::uint32_t> wide_row_;  // 0: none, else its number and one
  std::vector<std::uint64_t> wide_;
};

}  // namespace casemetry::pass
