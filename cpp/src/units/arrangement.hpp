// SPDX-License-Identifier: Apache-2.0
// Rows in the order of parts. The keys of a table are dealt into parts by their hash, but only inside chunks of rows:
// in a chunk the rows of the first part come first, then those of the second, and so on. So whoever deals reads and
// writes inside one chunk, whoever works on a part reads a short run in each chunk, and either stays in the processor's
// cache. Compare the partitioned hash joins of Manegold, Boncz and Kersten (2002).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "fetch.hpp"
#include "units/buffer.hpp"
#include "units/keys.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {

/// Rows that a chunk may have at most: a place in it is 16 bits wide.
inline constexpr std::size_t greatest_chunk = std::size_t{1} << 16;

/// A key spread over all bits, one to one: equal hashes are equal keys, so that no key is ever compared again.
constexpr std::uint64_t hash_of(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15U;
  key ^= key >> 32;
  return key * 0xD6E8FEB86659FD93U;
}

class Arrangement {
 public:
  /// Into how many parts so many rows are best dealt, in chunks of `chunk` rows.
  static std::size_t parts_for(std::size_t rows, std::size_t chunk);

  /// Deals the rows into `parts`, a power of two; writes the hash of each entry's key. Throws
  /// DataError if there are 2³² rows, or nearly.
  Arrangement(const Keys& keys, std::size_t parts, std::size_t chunk, std::span<std::uint64_t> hashes);

  std::size_t rows() const { return places_.size(); }
  std::size_t parts() const { return parts_; }
  std::size_t chunks() const { return (rows() + chunk_ - 1) / chunk_; }
  /// The chunk's first row, which is its first entry too, and how many it has.
  std::size_t begin(std::size_t chunk) const { return chunk * chunk_; }
  std::size_t size(std::size_t chunk) const { return std::min(chunk_, rows() - begin(chunk)); }
  /// The place of each entry's row in its chunk.
  std::span<const std::uint16_t> places(std::size_t chunk) const {
    return std::span<const std::uint16_t>(places_).subspan(begin(chunk), size(chunk));
  }
  /// How many rows a part has.
  std::size_t rows_of(std::size_t part) const { return rows_of_[part]; }
  /// How many leading bits of a hash tell the part.
  int part_bits() const { return part_bits_; }

  /// Visits the entries of a part, run by run: `visit(chunk, first entry, past the last entry)`. Each run lies
  /// somewhere else: `ahead(first entry)` of the next one is called before, to have its cells fetched.
  template <class Visit, class Ahead>
  void visit(std::size_t part, const Visit& visit, const Ahead& ahead) const {
    const std::size_t all = chunks();
    for (std::size_t chunk = 0; chunk < all; ++chunk) {
      const std::uint32_t* starts = starts_.data() + chunk * (parts_ + 1);
      if (chunk + 1 < all) ahead(begin(chunk + 1) + starts[parts_ + 1 + part]);
      visit(chunk, begin(chunk) + starts[part], begin(chunk) + starts[part + 1]);
    }
  }

  /// Turns cells in the order of rows into cells in the order of entries, a chunk at a time.
  template <class Cell>
  void arrange(std::size_t chunk, const Cell* of_rows, Cell* entries) const {
    const std::span<const std::uint16_t> place = places(chunk);
    for (std::size_t entry = 0; entry < place.size(); ++entry) entries[entry] = of_rows[place[entry]];
  }
  /// Turns cells in the order of entries back into cells in the order of rows.
  template <class Cell>
  void restore(std::span<const Cell> entries, std::span<Cell> of_rows) const {
    for_each_task(chunks(), [&](std::size_t chunk) {
      const std::span<const std::uint16_t> place = places(chunk);
      for (std::size_t entry = 0; entry < place.size(); ++entry)
        of_rows[begin(chunk) + place[entry]] = entries[begin(chunk) + entry];
    });
  }

 private:
  std::size_t part_of(std::uint64_t hash) const { return part_bits_ == 0 ? 0 : hash >> (64 - part_bits_); }
  void deal(const Keys& keys, std::size_t chunk, std::span<std::uint64_t> hashes, std::span<std::uint64_t> buffer);

  std::size_t parts_;
  int part_bits_;
  std::size_t chunk_;
  Buffer<std::uint16_t> places_;
  std::vector<std::uint32_t> starts_;  // chunks × (parts + 1): where a part begins in a chunk
  std::vector<std::size_t> rows_of_;
};

}  // namespace casemetry::counting
