// SPDX-License-Identifier: Apache-2.0
#include "table/sets.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace casemetry {
namespace {

constexpr std::uint32_t left_out = std::numeric_limits<std::uint32_t>::max();

std::uint64_t hash_of_members(std::span<const std::uint32_t> members) {
  std::uint64_t hash = members.size();
  for (const std::uint32_t member : members) {
    hash = (hash ^ member) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
  }
  return hash;
}

// The codes of the sets that occur; checks them and their members.
std::vector<bool> occurring(const std::string& name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                            std::size_t labels) {
  std::vector<bool> occurs(sets.size() + 1);
  for (const std::uint32_t code : codes) {
    if (code > sets.size())
      throw SchemaError("column '" + name + "' has a code " + std::to_string(code) + ", but only " +
                        std::to_string(sets.size()) + " sets");
    occurs[code] = true;
  }
  for (std::size_t set = 0; set < sets.size(); ++set)
    if (occurs[set] && !sets[set].empty() && sets[set].back() >= labels)
      throw SchemaError("column '" + name + "' has a member " + std::to_string(sets[set].back()) + ", but only " +
                        std::to_string(labels) + " labels");
  return occurs;
}

// Labels in canonical order, and the new code of each old one.
struct OrderedLabels {
  std::vector<std::string> labels;
  std::vector<std::uint32_t> code_of;
};

OrderedLabels in_order(std::vector<std::string> labels, std::vector<bool> kept, std::size_t declared) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t label = 0; label < labels.size(); ++label)
    if (label < declared || kept[label]) order.push_back(label);
  std::sort(order.begin() + static_cast<std::ptrdiff_t>(declared), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
  OrderedLabels ordered{.labels = {}, .code_of = std::vector<std::uint32_t>(labels.size(), left_out)};
  for (const std::uint32_t label : order) {
    ordered.code_of[label] = static_cast<std::uint32_t>(ordered.labels.size());
    ordered.labels.push_back(std::move(labels[label]));
  }
  return ordered;
}

std::vector<bool> members_of(const Sets& sets, const std::vector<bool>& occurs, std::size_t labels) {
  std::vector<bool> members(labels);
  for (std::size_t set = 0; set < sets.size(); ++set)
    if (occurs[set])
      for (const std::uint32_t member : sets[set]) members[member] = true;
  return members;
}

// The distinct ones of the sets that occur, in the order of their first appearance; `code_of` tells which is which.
Sets distinct(const Sets& sets, const std::vector<bool>& occurs, const std::vector<std::uint32_t>& code_of_label,
              std::vector<std::uint32_t>& code_of) {
  DistinctSets found;
  std::vector<std::uint32_t> members;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    if (!occurs[set]) continue;
    members.clear();
    for (const std::uint32_t member : sets[set]) members.push_back(code_of_label[member]);
    std::ranges::sort(members);
    code_of[set] = found.code(members);
  }
  return found.sets();
}

// Sorts the sets; returns the new place of each.
std::vector<std::uint32_t> sort_sets(Sets& sets) {
  std::vector<std::uint32_t> order(sets.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(
      order, [&](std::uint32_t a, std::uint32_t b) { return std::ranges::lexicographical_compare(sets[a], sets[b]); });
  Sets sorted;
  std::vector<std::uint32_t> place(sets.size());
  for (const std::uint32_t set : order) {
    place[set] = static_cast<std::uint32_t>(sorted.size());
    sorted.add(sets[set]);
  }
  sets = std::move(sorted);
  return place;
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
  const auto begin = static_cast<std::ptrdiff_t>(members_.size());
  members_.insert(members_.end(), members.begin(), members.end());
  std::sort(members_.begin() + begin, members_.end());
  begins_.push_back(members_.size());
}

std::uint32_t DistinctSets::code(std::span<const std::uint32_t> members) {
  if (2 * hashes_.size() >= slots_.size()) grow();
  const std::uint64_t hash = hash_of_members(members);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t held = slots_[slot];
    if (held == 0) {
      sets_.add(members);
      hashes_.push_back(hash);
      slots_[slot] = static_cast<std::uint32_t>(hashes_.size());
      return slots_[slot] - 1;
    }
    if (hashes_[held - 1] == hash && std::ranges::equal(sets_[held - 1], members)) return held - 1;
  }
}

void DistinctSets::grow() {
  const std::size_t size = slots_.empty() ? 64 : 2 * slots_.size();
  slots_.assign(size, 0);
  for (std::size_t code = 0; code < hashes_.size(); ++code) {
    std::size_t slot = hashes_[code] & (size - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = static_cast<std::uint32_t>(code + 1);
  }
}

ColumnData set_column(std::string name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                      std::vector<std::string> labels, std::size_t declared) {
  ColumnData column = begun_sets(std::move(name), codes.size());
  const std::vector<bool> occurs = occurring(column.name, codes, sets, labels.size());
  std::vector<bool> members = members_of(sets, occurs, labels.size());
  OrderedLabels ordered = in_order(std::move(labels), std::move(members), declared);
  std::vector<std::uint32_t> code_of(sets.size() + 1, left_out);
  Sets found = distinct(sets, occurs, ordered.code_of, code_of);
  const std::vector<std::uint32_t> place = sort_sets(found);
  for (std::size_t set = 0; set < sets.size(); ++set)
    if (occurs[set]) code_of[set] = place[code_of[set]];
  code_of.back() = static_cast<std::uint32_t>(found.size());
  std::vector<std::uint32_t> cells(codes.size());
  std::ranges::transform(codes, cells.begin(), [&](std::uint32_t code) { return code_of[code]; });
  column.listed = declared > 0 ? declared : ordered.labels.size();
  column.labels = std::move(ordered.labels);
  column.sets = std::make_shared<const Sets>(std::move(found));
  column.cells = narrow_codes(cells, column.sets->size());
  const std::vector<std::int64_t> rows = rows_of_labels(column);
  column.report.missing = rows.back();
  count_unlisted_members(column, rows);
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
