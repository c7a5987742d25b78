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
    const std::span<const std::uint64_t> hashes = rows_.hashes;
    const auto find = [&](std::size_t, std::size_t entry, std::size_t end) {
      others.numbers.find(hashes.subspan(entry, end - entry), found.data() + entry);
      for (; entry < end; ++entry)
        found[entry] = found[entry] == UnitNumbers::none ? no_row : others.row_of[found[entry]];
    };
    rows_.arrangement.visit(part, find, [&](std::size_t entry) { fetch(hashes.data() + entry); });
  }

  void take_others(std::size_t part, Workspace& others) {
    const Arrangement& arrangement = others_.arrangement;
    others.numbers.clear(arrangement.rows_of(part), arrangement.part_bits());
    others.row_of.clear();
    others.repeats.clear();
    const auto take = [&](std::size_t chunk, std::size_t entry, std::size_t end) {
      for (; entry < end; ++entry)
        if (others_.hashes[entry] != hash_of(no_key)) take_other(chunk, entry, others);
    };
    arrangement.visit(part, take, [&](std::size_t entry) { fetch(others_.hashes.data() + entry); });
  }

  void take_other(std::size_t chunk, std::size_t entry, Workspace& others) {
    const std::size_t begin = others_.arrangement.begin(chunk);
    const auto row = static_cast<std::uint32_t>(begin + others_.arrangement.places(chunk)[entry - begin]);
    const std::span<const std::uint64_t> hash(&others_.hashes[entry], 1);
    std::uint32_t number = 0;
    bool is_new = false;
    others.numbers.number(hash, &number, [&](std::size_t) { is_new = true; });
    if (is_new)
      others.row_of.push_back(row);
    else
      others.repeats.emplace_back(row, others.row_of[number]);
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
