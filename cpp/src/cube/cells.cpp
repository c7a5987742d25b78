// SPDX-License-Identifier: Apache-2.0
#include "cube/cells.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
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

int128 whole(std::int64_t number) {
  return number;
}
int128 whole(const Wide& number) {
  return as_int128(number);
}
bool narrowed(int128 value, std::int64_t& into) {
  into = static_cast<std::int64_t>(value);
  return into == value;
}
bool narrowed(int128 value, Wide& into) {
  into = as_wide(value);
  return true;
}

/// Fills the columns of one holder from the holders of the same name of all pieces.
template <class Holder>
class Gathering {
 public:
  Gathering(std::span<const Piece> pieces, const Grouping& grouping, std::vector<const Holder*> from, Holder& into)
      : pieces_(pieces), grouping_(grouping), from_(std::move(from)), into_(into) {}

  template <class Number>
  void operator()(const Numbers<Holder, Number>& column) const {
    std::vector<Number> cells(grouping_.groups());
    bool is_zero = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      int128 total = 0;
      bool fits = true;
      for_each(i, [&](const At& at) {
        const auto& numbers = from_[at.piece]->*column.cells;
        if (numbers.empty()) return;
        fits = fits && !(pieces_[at.piece].subtracted ? __builtin_sub_overflow(total, whole(numbers[at.cell]), &total)
                                                      : __builtin_add_overflow(total, whole(numbers[at.cell]), &total));
      });
      if (!fits || !narrowed(total, cells[i])) runs_over(name_of(into_), column.name, 8 * sizeof(Number));
      is_zero = is_zero && total == 0;
    }
    const bool is_short = is_zero && !std::is_same_v<Holder, Block>;  // the units of a block tell how many cells it has
    into_.*column.cells = is_short ? std::vector<Number>{} : std::move(cells);
  }

  void operator()(const Histograms<Holder>& column) const {
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
  std::vector<const Holder*> from_;
  Holder& into_;
};

template <class Holder>
Holder total_of(std::span<const Piece> pieces, const Grouping& grouping, std::vector<const Holder*> from) {
  Holder into = without_counts(*from.front());
  for_each_column<Holder>(Gathering<Holder>(pieces, grouping, std::move(from), into));
  return into;
}

template <class Holder>
std::vector<Holder> totals_of(std::span<const Piece> pieces, const Grouping& grouping,
                              std::vector<Holder> Block::* holders) {
  std::vector<Holder> all;
  for (std::size_t k = 0; k < (pieces.front().block->*holders).size(); ++k) {
    std::vector<const Holder*> from;
    for (const Piece& piece : pieces) from.push_back(&(piece.block->*holders)[k]);
    all.push_back(total_of(pieces, grouping, std::move(from)));
  }
  return all;
}

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
        if (whole(numbers[cell]) != 0) occurs[cell] = true;
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
  std::vector<const Block*> blocks;
  for (const Piece& piece : pieces) blocks.push_back(piece.block);
  Block into = total_of(pieces, grouping, std::move(blocks));
  for (std::size_t i = 0; i < grouping.groups(); ++i) {
    const At at = grouping.order[grouping.begins[i]];
    const auto codes = pieces[at.piece].codes.begin() + static_cast<std::ptrdiff_t>(at.cell * dimensions);
    into.codes.insert(into.codes.end(), codes, codes + static_cast<std::ptrdiff_t>(dimensions));
    into.months.push_back(pieces[at.piece].block->months[at.cell]);
  }
  into.aggregates = totals_of(pieces, grouping, &Block::aggregates);
  into.proportions = totals_of(pieces, grouping, &Block::proportions);
  return into;
}

}  // namespace casemetry::value
