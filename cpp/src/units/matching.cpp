// SPDX-License-Identifier: Apache-2.0
#include "units/matching.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "units/arrangement.hpp"
#include "units/unit_numbers.hpp"

namespace casemetry::counting {
namespace {

// One side of a matching.
struct Dealt {
  Dealt(const Keys& keys, std::size_t parts, std::size_t chunk)
      : hashes(keys.rows()), arrangement(keys, parts, chunk, hashes) {}
  Buffer<std::uint64_t> hashes;
  Arrangement arrangement;
};

class Matcher {
 public:
  Matcher(const Keys& rows, const Keys& others, std::size_t chunk)
      : parts_(std::max(Arrangement::parts_for(rows.rows(), chunk), Arrangement::parts_for(others.rows(), chunk))),
        rows_(rows, parts_, chunk),
        others_(others, parts_, chunk) {}

  Matching match() && {
    Buffer<std::uint32_t> found(rows_.arrangement.rows());
    tbb::enumerable_thread_specific<Workspace> workspaces;
    for_each_task(parts_, [&](std::size_t part) { match(part, found, workspaces.local()); });
    matching_.rows = Buffer<std::uint32_t>(found.size());
    rows_.arrangement.restore<std::uint32_t>(found, matching_.rows);
    return std::move(matching_);
  }

 private:
  // What a thread holds of the others' part.
  struct Workspace {
    UnitNumbers numbers;
    std::vector<std::uint32_t> row_of;                             // of each key
    std::vector<std::pair<std::uint32_t, std::uint32_t>> repeats;  // a row, and the one where its key stood before
  };

  void match(std::size_t part, std::span<std::uint32_t> found, Workspace& others) {
    take_others(part, others);
    if (!others.repeats.empty()) tell(others.repeats);
    rows_.arrangement.visit(part, [&](std::size_t, std::size_t entry, std::size_t end) {
      for (; entry < end; ++entry) {
        const auto number = others.numbers.find(rows_.hashes[entry], rows_.arrangement);
        found[entry] = number ? others.row_of[*number] : no_row;
      }
    });
  }

  void take_others(std::size_t part, Workspace& others) {
    const Arrangement& arrangement = others_.arrangement;
    others.numbers.clear(arrangement.rows_of(part));
    others.row_of.clear();
    others.repeats.clear();
    arrangement.visit(part, [&](std::size_t chunk, std::size_t entry, std::size_t end) {
      const std::size_t begin = arrangement.begin(chunk);
      const std::uint16_t* places = arrangement.places(chunk).data();
      for (; entry < end; ++entry) {
        if (others_.hashes[entry] == hash_of(no_key)) continue;
        const auto row = static_cast<std::uint32_t>(begin + places[entry - begin]);
        const auto [number, is_new] = others.numbers.insert(others_.hashes[entry], arrangement);
        if (is_new)
          others.row_of.push_back(row);
        else
          others.repeats.emplace_back(row, others.row_of[number]);
      }
    });
  }

  void tell(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& repeats) {
    const std::scoped_lock lock(mutex_);
    if (matching_.repeated.empty()) matching_.repeated.resize(others_.arrangement.rows());
    for (const auto& [row, before] : repeats) {
      matching_.repeated_keys += matching_.repeated[before] == 0 ? 1 : 0;
      matching_.repeated[row] = matching_.repeated[before] = 1;
      matching_.first_repeat = std::min(matching_.first_repeat, row);
    }
  }

  std::size_t parts_;
  Dealt rows_;
  Dealt others_;
  std::mutex mutex_;
  Matching matching_;
};

}  // namespace

Matching match(const Keys& rows, const Keys& others, std::size_t chunk) {
  return Matcher(rows, others, chunk).match();
}

}  // namespace casemetry::counting
