// SPDX-License-Identifier: Apache-2.0
#include "units/arrangement.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <bit>
#include <numeric>

namespace casemetry::counting {
namespace {

// Of a chunk of full size a part gets a third: its units fit the second-level cache.
constexpr std::size_t parts_of_a_chunk = 3;
constexpr std::size_t most_parts = 4096;

const Keys& countable(const Keys& keys) {
  if (keys.rows() >= std::numeric_limits<std::uint32_t>::max() - 1)
    throw DataError("a table of " + std::to_string(keys.rows()) +
                    " rows: 4,294,967,293 are the most that are grouped or looked up at once; build a cube of each "
                    "part of it, and add them");
  return keys;
}

}  // namespace

std::size_t Arrangement::parts_for(std::size_t rows, std::size_t chunk) {
  const std::size_t rows_a_part = std::max<std::size_t>(1, chunk / parts_of_a_chunk);
  return std::min({std::bit_ceil(rows / rows_a_part + 1), most_parts, std::bit_floor(chunk)});
}

Arrangement::Arrangement(const Keys& keys, std::size_t parts, std::size_t chunk, std::span<std::uint64_t> hashes)
    : parts_(parts),
      part_bits_(std::countr_zero(parts)),
      chunk_(chunk),
      places_(countable(keys).rows()),
      starts_(chunks() * (parts + 1)),
      rows_of_(parts) {
  tbb::enumerable_thread_specific<std::vector<std::uint64_t>> buffers(chunk_);
  for_each_task(chunks(), [&](std::size_t task) { deal(keys, task, hashes, buffers.local()); });
  for (std::size_t c = 0; c < chunks(); ++c) {
    const std::uint32_t* starts = starts_.data() + c * (parts_ + 1);
    for (std::size_t part = 0; part < parts_; ++part) rows_of_[part] += starts[part + 1] - starts[part];
  }
}

// A counting sort of the chunk's rows by part.
void Arrangement::deal(const Keys& keys, std::size_t chunk, std::span<std::uint64_t> hashes,
                       std::span<std::uint64_t> buffer) {
  const std::span<std::uint64_t> of_rows = buffer.first(size(chunk));
  keys.read(begin(chunk), of_rows);
  std::uint32_t next[most_parts + 1];
  std::fill_n(next, parts_ + 1, 0U);
  for (std::uint64_t& key : of_rows) {
    key = hash_of(key);
    ++next[part_of(key) + 1];
  }
  std::partial_sum(next, next + parts_ + 1, next);
  std::copy_n(next, parts_ + 1, starts_.data() + chunk * (parts_ + 1));
  std::uint64_t* entries = hashes.data() + begin(chunk);
  std::uint16_t* places = places_.data() + begin(chunk);
  for (std::size_t row = 0; row < of_rows.size(); ++row) {
    const std::uint32_t entry = next[part_of(of_rows[row])]++;
    entries[entry] = of_rows[row];
    places[entry] = static_cast<std::uint16_t>(row);
  }
}

}  // namespace casemetry::counting
