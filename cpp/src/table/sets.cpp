// SPDX-License-Identifier: Apache-2.0
#include "table/sets.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <compare>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace casemetry {
namespace {

constexpr std::uint32_t left_out = std::numeric_limits<std::uint32_t>::max();

// Rows that are enough to be worth a thread.
constexpr std::size_t rows_a_task = std::size_t{1} << 16;

using RowRange = tbb::blocked_range<std::size_t>;
using Flags = std::vector<std::uint8_t>;

// Which sets occur; the missing one has a flag too. Checks the codes.
Flags occurring(const std::string& name, const std::vector<std::uint32_t>& codes, const Sets& sets) {
  Flags occurs(sets.size() + 1);
  const auto mark = [&](const RowRange& rows, std::uint32_t greatest) {
    for (std::size_t row = rows.begin(); row < rows.end(); ++row) {
      greatest = std::max(greatest, codes[row]);
      if (codes[row] > sets.size()) continue;
      const std::atomic_ref<std::uint8_t> flag(occurs[codes[row]]);
      if (flag.load(std::memory_order_relaxed) == 0) flag.store(1, std::memory_order_relaxed);
    }
    return greatest;
  };
  const auto greater = [](std::uint32_t a, std::uint32_t b) { return std::max(a, b); };
  const std::uint32_t greatest = tbb::parallel_reduce(RowRange(0, codes.size(), rows_a_task), 0U, mark, greater);
  if (greatest > sets.size())
    throw SchemaError("column '" + name + "' has a code " + std::to_string(greatest) + ", but only " +
                      std::to_string(sets.size()) + " sets");
  return occurs;
}

// The labels that occur in them. Checks the members.
Flags members_of(const std::string& name, const Sets& sets, const Flags& occurs, std::size_t labels) {
  Flags members(labels);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    if (occurs[set] == 0 || sets[set].empty()) continue;
    if (sets[set].back() >= labels)
      throw SchemaError("column '" + name + "' has a member " + std::to_string(sets[set].back()) + ", but only " +
                        std::to_string(labels) + " labels");
    for (const std::uint32_t member : sets[set]) members[member] = 1;
  }
  return members;
}

// Labels in canonical order, and the new code of each old one.
struct OrderedLabels {
  std::vector<std::string> labels;
  std::vector<std::uint32_t> code_of;
};

OrderedLabels in_order(std::vector<std::string> labels, const Flags& kept, std::size_t declared) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t label = 0; label < labels.size(); ++label)
    if (label < declared || kept[label] != 0) order.push_back(label);
  std::sort(order.begin() + static_cast<std::ptrdiff_t>(declared), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
  OrderedLabels ordered{.labels = {}, .code_of = std::vector<std::uint32_t>(labels.size(), left_out)};
  for (const std::uint32_t label : order) {
    ordered.code_of[label] = static_cast<std::uint32_t>(ordered.labels.size());
    ordered.labels.push_back(std::move(labels[label]));
  }
  return ordered;
}

// Different sets in the order of their members, and the new code of each old one.
struct OrderedSets {
  Sets sets;
  std::vector<std::uint32_t> code_of;
};

// Sorts sets by their members. The codes of the first members, as many as 64 bits hold, are the key of a set: most sets
// are their keys, and are neither compared nor read again member by member.
class SetOrder {
 public:
  SetOrder(const Sets& sets, const Flags& occurs, const OrderedLabels& labels)
      : bits_(std::max(1, static_cast<int>(std::bit_width(labels.labels.size())))),
        in_a_key_(static_cast<std::size_t>(key_bits / bits_)),
        code_of_(sets.size() + 1, left_out) {
    keys_.reserve(sets.size());
    std::uint32_t longer = 0;
    for (std::uint32_t set = 0; set < sets.size(); ++set)
      if (occurs[set] != 0) keys_.push_back({0, set, sets[set].size() > in_a_key_ ? longer++ : left_out});
    longer_.resize(longer);
    tbb::parallel_for(RowRange(0, keys_.size(), rows_a_task / 16), [&](const RowRange& places) {
      std::vector<std::uint32_t> members;
      for (std::size_t place = places.begin(); place < places.end(); ++place) {
        members.clear();
        for (const std::uint32_t member : sets[keys_[place].set]) members.push_back(labels.code_of[member]);
        std::ranges::sort(members);
        read(keys_[place], members);
      }
    });
  }

  OrderedSets ordered() && {
    tbb::parallel_sort(keys_.begin(), keys_.end(), [this](const Key& a, const Key& b) { return compare(a, b) < 0; });
    Sets sets;
    std::vector<std::uint32_t> members;
    for (std::size_t place = 0; place < keys_.size(); ++place) {
      if (place == 0 || compare(keys_[place - 1], keys_[place]) < 0) sets.add(members_of(keys_[place], members));
      code_of_[keys_[place].set] = static_cast<std::uint32_t>(sets.size() - 1);
    }
    return {std::move(sets), std::move(code_of_)};
  }

 private:
  static constexpr int key_bits = 64;
  struct Key {
    std::uint64_t first = 0;
    std::uint32_t set = 0;
    std::uint32_t longer = left_out;  // its place among the sets that are more than their keys
  };

  void read(Key& key, const std::vector<std::uint32_t>& members) {
    int shift = key_bits;
    for (std::size_t place = 0; place < std::min(members.size(), in_a_key_); ++place)
      key.first |= (members[place] + std::uint64_t{1}) << (shift -= bits_);
    if (key.longer != left_out) longer_[key.longer] = members;
  }

  std::span<const std::uint32_t> members_of(const Key& key, std::vector<std::uint32_t>& members) const {
    if (key.longer != left_out) return longer_[key.longer];
    members.clear();
    for (std::uint64_t rest = key.first; rest != 0; rest <<= bits_)
      members.push_back(static_cast<std::uint32_t>(rest >> (key_bits - bits_)) - 1);
    return members;
  }

  std::strong_ordering compare(const Key& a, const Key& b) const {
    if (a.first != b.first) return a.first <=> b.first;
    if (a.longer == left_out || b.longer == left_out) return (a.longer != left_out) <=> (b.longer != left_out);
    const auto& one = longer_[a.longer];
    const auto& other = longer_[b.longer];
    return std::lexicographical_compare_three_way(one.begin(), one.end(), other.begin(), other.end());
  }

  int bits_;               // that tell labels and none apart
  std::size_t in_a_key_;   // so many members
  std::vector<Key> keys_;  // of the sets that occur
  std::vector<std::vector<std::uint32_t>> longer_;
  std::vector<std::uint32_t> code_of_;
};

// Cells as narrow as the sets allow; counts those of the code `missing`.
template <class Code>
ColumnData::Cells recoded_as(const std::vector<std::uint32_t>& codes, const std::vector<std::uint32_t>& code_of,
                             std::int64_t& missing) {
  std::vector<Code> cells(codes.size());
  const auto fill = [&](const RowRange& rows, std::int64_t counted) {
    for (std::size_t row = rows.begin(); row < rows.end(); ++row) {
      cells[row] = static_cast<Code>(code_of[codes[row]]);
      counted += codes[row] + 1 == code_of.size() ? 1 : 0;
    }
    return counted;
  };
  missing = tbb::parallel_reduce(RowRange(0, codes.size(), rows_a_task), std::int64_t{0}, fill, std::plus<>());
  return cells;
}

ColumnData::Cells recoded_cells(const std::vector<std::uint32_t>& codes, const std::vector<std::uint32_t>& code_of,
                                std::size_t sets, std::int64_t& missing) {
  if (sets <= std::numeric_limits<std::uint8_t>::max()) return recoded_as<std::uint8_t>(codes, code_of, missing);
  if (sets <= std::numeric_limits<std::uint16_t>::max()) return recoded_as<std::uint16_t>(codes, code_of, missing);
  return recoded_as<std::uint32_t>(codes, code_of, missing);
}

ColumnData begun_sets(std::string name, std::size_t rows) {
  ColumnData column;
  column.name = std::move(name);
  column.type = Type::set;
  column.report.name = column.name;
  column.report.read_as = type_name(Type::set);
  column.report.rows = static_cast<std::int64_t>(rows);
  return column;
}

}  // namespace

void Sets::add(std::span<const std::uint32_t> members) {
  for (const std::uint32_t member : members) members_.push_back(member);  // sets are small
  if (!std::ranges::is_sorted(members))
    std::sort(members_.begin() + static_cast<std::ptrdiff_t>(begins_.back()), members_.end());
  begins_.push_back(members_.size());
}

ColumnData set_column(std::string name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                      std::vector<std::string> labels, std::size_t declared) {
  ColumnData column = begun_sets(std::move(name), codes.size());
  const Flags occurs = occurring(column.name, codes, sets);
  const Flags members = members_of(column.name, sets, occurs, labels.size());
  OrderedLabels ordered = in_order(std::move(labels), members, declared);
  OrderedSets found = SetOrder(sets, occurs, ordered).ordered();
  found.code_of.back() = static_cast<std::uint32_t>(found.sets.size());
  column.cells = recoded_cells(codes, found.code_of, found.sets.size(), column.report.missing);
  column.listed = declared > 0 ? declared : ordered.labels.size();
  column.labels = std::move(ordered.labels);
  column.sets = std::make_shared<const Sets>(std::move(found.sets));
  if (declared > 0) count_unlisted_members(column, rows_of_labels(column));
  return column;
}

void count_unlisted_members(ColumnData& column, std::span<const std::int64_t> rows) {
  for (std::size_t set = 0; set < column.sets->size(); ++set) {
    const auto members = (*column.sets)[set];
    if (!members.empty() && members.back() >= column.listed)
      count_unlisted(column.report, rows[set], column.labels[members.back()]);
  }
}

bool has_no_repeats(std::span<const std::uint32_t> members) {
  return std::ranges::adjacent_find(members) == members.end();
}

}  // namespace casemetry
