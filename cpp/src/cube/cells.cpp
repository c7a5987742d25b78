// SPDX-License-Identifier: Apache-2.0
#include "cube/cells.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
#include <limits>
#include <type_traits>
#include <utility>

#include "cube/content.hpp"
#include "int128.hpp"

namespace casemetry::value {
namespace {

using At = Grouping::At;

/// Compares cells by their codes, then month.
class Places {
 public:
  Places(std::span<const Piece> pieces, std::size_t dimensions) : pieces_(pieces), dimensions_(dimensions) {}

  std::strong_ordering compare(const At& left, const At& right) const {
    const std::uint32_t* a = codes(left);
    const std::uint32_t* b = codes(right);
    for (std::size_t d = 0; d < dimensions_; ++d)
      if (a[d] != b[d]) return a[d] <=> b[d];
    return month(left) <=> month(right);
  }
  bool operator()(const At& left, const At& right) const { return compare(left, right) < 0; }

 private:
  const std::uint32_t* codes(const At& at) const { return pieces_[at.piece].codes.data() + at.cell * dimensions_; }
  std::int32_t month(const At& at) const { return pieces_[at.piece].block->months[at.cell]; }

  std::span<const Piece> pieces_;
  std::size_t dimensions_;
};

[[noreturn]] void runs_over(const std::string& name, const char* column, int bits) {
  throw DataError(name + ": its '" + column + "' would not fit " + std::to_string(bits) +
                  " bits in a cell; keep these cubes apart, or `keep` the aggregates that fit");
}

bool add(std::int64_t& to, std::int64_t number, bool subtracted) {
  return !(subtracted ? __builtin_sub_overflow(to, number, &to) : __builtin_add_overflow(to, number, &to));
}
bool add(Wide& to, const Wide& number, bool subtracted) {
  int128 total = as_int128(to);
  const int128 more = as_int128(number);
  const bool fits =
      !(subtracted ? __builtin_sub_overflow(total, more, &total) : __builtin_add_overflow(total, more, &total));
  to = as_wide(total);
  return fits;
}

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// Which group each cell of each piece goes to.
using Targets = std::vector<std::vector<std::size_t>>;

Targets targets_of(std::span<const Piece> pieces, const Grouping& grouping) {
  Targets targets;
  for (const Piece& piece : pieces) targets.emplace_back(piece.block->cells(), nowhere);
  for (std::size_t i = 0; i < grouping.groups(); ++i)
    for (std::size_t k = grouping.begins[i]; k < grouping.begins[i + 1]; ++k)
      targets[grouping.order[k].piece][grouping.order[k].cell] = i;
  return targets;
}

/// Fills the columns of one holder from the holders of the same name of all pieces.
template <class Holder>
class Gathering {
 public:
  Gathering(std::span<const Piece> pieces, const Grouping& grouping, const Targets& targets,
            std::vector<const Holder*> from, Holder& into)
      : pieces_(pieces), grouping_(grouping), targets_(targets), from_(std::move(from)), into_(into) {}

  template <class Number>
  void operator()(const Numbers<Holder, Number>& column) const {
    constexpr bool tells_cells = std::is_same_v<Holder, Block>;  // the units of a block
    std::vector<Number> totals(tells_cells ? grouping_.groups() : 0);
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      const auto& numbers = from_[p]->*column.cells;
      if (numbers.empty()) continue;
      totals.resize(grouping_.groups());
      bool fits = true;
      for (std::size_t cell = 0; cell < numbers.size(); ++cell)
        if (const std::size_t to = targets_[p][cell]; to != nowhere)
          fits = add(totals[to], numbers[cell], pieces_[p].subtracted) && fits;
      if (!fits) runs_over(name_of(into_), column.name, 8 * sizeof(Number));
    }
    const bool is_zero = std::ranges::all_of(totals, [](const Number& number) { return number == Number{}; });
    if (is_zero && !tells_cells) totals.clear();
    into_.*column.cells = std::move(totals);
  }

  void operator()(const Histograms<Holder>& column) const {
    const auto has_none = [&](const Holder* holder) { return (holder->*column.offsets).empty(); };
    if (std::ranges::all_of(from_, has_none)) return;
    auto& offsets = into_.*column.offsets;
    auto& days = into_.*column.days;
    auto& counts = into_.*column.counts;
    offsets.assign(1, 0);
    std::vector<std::pair<std::int32_t, std::int64_t>> pairs;
    for (std::size_t i = 0; i < grouping_.groups(); ++i) {
      pairs.clear();
      for_each(i, [&](const At& at) { append(column, at, pairs); });
      add_up(pairs, column.name);
      for (const auto& [day, count] : pairs) {
        days.push_back(day);
        counts.push_back(count);
      }
      offsets.push_back(static_cast<std::int64_t>(days.size()));
    }
    if (days.empty()) offsets.clear();
  }

 private:
  template <class Visit>
  void for_each(std::size_t group, const Visit& visit) const {
    for (std::size_t k = grouping_.begins[group]; k < grouping_.begins[group + 1]; ++k) visit(grouping_.order[k]);
  }

  void append(const Histograms<Holder>& column, const At& at,
              std::vector<std::pair<std::int32_t, std::int64_t>>& pairs) const {
    const Holder& from = *from_[at.piece];
    const auto& offsets = from.*column.offsets;
    if (offsets.empty()) return;
    const std::int64_t sign = pieces_[at.piece].subtracted ? -1 : 1;
    for (auto k = static_cast<std::size_t>(offsets[at.cell]); k < static_cast<std::size_t>(offsets[at.cell + 1]); ++k)
      pairs.emplace_back((from.*column.days)[k], sign * (from.*column.counts)[k]);
  }

  // Equal days become one pair, and a pair that counts nothing none.
  void add_up(std::vector<std::pair<std::int32_t, std::int64_t>>& pairs, const char* column) const {
    std::ranges::sort(pairs);
    std::size_t kept = 0;
    for (std::size_t k = 0; k < pairs.size();) {
      auto [day, total] = pairs[k];
      for (++k; k < pairs.size() && pairs[k].first == day; ++k)
        if (__builtin_add_overflow(total, pairs[k].second, &total)) runs_over(name_of(into_), column, 64);
      if (total != 0) pairs[kept++] = {day, total};
    }
    pairs.resize(kept);
  }

  std::span<const Piece> pieces_;
  const Grouping& grouping_;
  const Targets& targets_;
  std::vector<const Holder*> from_;
  Holder& into_;
};

/// Blocks put together, holder by holder.
class Totals {
 public:
  Totals(std::span<const Piece> pieces, const Grouping& grouping)
      : pieces_(pieces), grouping_(grouping), targets_(targets_of(pieces, grouping)) {}

  Block block() const {
    std::vector<const Block*> blocks;
    for (const Piece& piece : pieces_) blocks.push_back(piece.block);
    Block total = total_of(std::move(blocks));
    total.aggregates = totals_of(&Block::aggregates);
    total.proportions = totals_of(&Block::proportions);
    return total;
  }

 private:
  template <class Holder>
  Holder total_of(std::vector<const Holder*> from) const {
    Holder into = without_counts(*from.front());
    for_each_column<Holder>(Gathering<Holder>(pieces_, grouping_, targets_, std::move(from), into));
    return into;
  }

  template <class Holder>
  std::vector<Holder> totals_of(std::vector<Holder> Block::* holders) const {
    std::vector<Holder> all;
    for (std::size_t k = 0; k < (pieces_.front().block->*holders).size(); ++k) {
      std::vector<const Holder*> from;
      for (const Piece& piece : pieces_) from.push_back(&(piece.block->*holders)[k]);
      all.push_back(total_of(std::move(from)));
    }
    return all;
  }

  std::span<const Piece> pieces_;
  const Grouping& grouping_;
  Targets targets_;
};

}  // namespace

Grouping by_place(std::span<const Piece> pieces, std::size_t dimensions) {
  const Places places(pieces, dimensions);
  Grouping grouping;
  auto& order = grouping.order;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    const auto begin = static_cast<std::ptrdiff_t>(order.size());
    for (std::size_t cell = 0; cell < pieces[p].block->cells(); ++cell) order.push_back({p, cell});
    const auto first = order.begin() + begin;
    if (!std::is_sorted(first, order.end(), places)) std::sort(first, order.end(), places);
    std::inplace_merge(order.begin(), first, order.end(), places);
  }
  for (std::size_t k = 1; k <= order.size(); ++k)
    if (k == order.size() || places.compare(order[k - 1], order[k]) != 0) grouping.begins.push_back(k);
  return grouping;
}

Grouping occurring(const Block& block) {
  std::vector<bool> occurs(block.cells());
  for_all_columns(block, [&]<class Holder>(const Holder& holder, const auto& column) {
    if constexpr (requires { column.days; }) {
      const auto& offsets = holder.*column.offsets;
      for (std::size_t cell = 0; cell + 1 < offsets.size(); ++cell)
        if (offsets[cell] != offsets[cell + 1]) occurs[cell] = true;
    } else {
      const auto& numbers = holder.*column.cells;
      for (std::size_t cell = 0; cell < numbers.size(); ++cell)
        if (numbers[cell] != std::remove_cvref_t<decltype(numbers[cell])>{}) occurs[cell] = true;
    }
  });
  Grouping grouping;
  for (std::size_t cell = 0; cell < occurs.size(); ++cell) {
    if (!occurs[cell]) continue;
    grouping.order.push_back({0, cell});
    grouping.begins.push_back(grouping.order.size());
  }
  return grouping;
}

Block gathered(std::span<const Piece> pieces, const Grouping& grouping, std::size_t dimensions) {
  Block into = Totals(pieces, grouping).block();
  for (std::size_t i = 0; i < grouping.groups(); ++i) {
    const At at = grouping.order[grouping.begins[i]];
    const auto codes = pieces[at.piece].codes.begin() + static_cast<std::ptrdiff_t>(at.cell * dimensions);
    into.codes.insert(into.codes.end(), codes, codes + static_cast<std::ptrdiff_t>(dimensions));
    into.months.push_back(pieces[at.piece].block->months[at.cell]);
  }
  return into;
}

}  // namespace casemetry::value
