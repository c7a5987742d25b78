// SPDX-License-Identifier: Apache-2.0
#include "units/keys.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <type_traits>

#include "units/label_codes.hpp"
#include "units/tasks.hpp"

namespace casemetry::counting {
namespace {

template <class Cell>
struct Bounds {
  Cell first = std::numeric_limits<Cell>::max();
  Cell last = std::numeric_limits<Cell>::min();
};

// The least number is the missing one.
template <class Cell>
Bounds<Cell> bounds_of(std::span<const Cell> cells) {
  using Task = tbb::blocked_range<std::size_t>;
  constexpr Cell missing = std::numeric_limits<Cell>::min();
  const auto extend = [&](const Task& task, Bounds<Cell> bounds) {
    for (std::size_t i = task.begin(); i != task.end(); ++i) {
      bounds.first = std::min(bounds.first, cells[i] == missing ? bounds.first : cells[i]);
      bounds.last = std::max(bounds.last, cells[i]);
    }
    return bounds;
  };
  const auto unite = [](const Bounds<Cell>& a, const Bounds<Cell>& b) {
    return Bounds<Cell>{std::min(a.first, b.first), std::max(a.last, b.last)};
  };
  return tbb::parallel_reduce(Task(0, cells.size(), rows_a_task), Bounds<Cell>{}, extend, unite);
}

template <class Cell>
KeyDigit digit_of_cells(std::span<const Cell> cells, Range range) {
  const Bounds<Cell> whole{std::numeric_limits<Cell>::min() + 1, std::numeric_limits<Cell>::max()};
  const Bounds<Cell> bounds = range == Range::whole ? whole : bounds_of(cells);
  KeyDigit digit{.cells = cells};
  if (bounds.last < bounds.first) return digit;  // nothing is there
  digit.first = static_cast<std::uint64_t>(bounds.first);
  digit.radix = static_cast<std::uint64_t>(bounds.last) - digit.first + 1;
  return digit;
}

KeyDigit::Cells cells_of(const Codes& codes) {
  return std::visit([](auto held) { return KeyDigit::Cells(held); }, codes);
}

// Appends the digits of one column to the keys of a range of rows.
struct Append {
  const KeyDigit& digit;
  std::size_t begin;
  std::span<std::uint64_t> keys;
  bool is_first;

  template <class Cell>
  void operator()(std::span<const Cell> cells) const {
    const std::uint64_t first = digit.first;
    if constexpr (std::is_unsigned_v<Cell>) {
      if (!digit.digit_of_code.empty())
        return append(cells, [codes = digit.digit_of_code.data()](Cell cell) { return std::uint64_t{codes[cell]}; });
    }
    append(cells, [first](Cell cell) { return static_cast<std::uint64_t>(cell) - first; });
  }

  template <class Cell, class DigitOf>
  void append(std::span<const Cell> cells, DigitOf digit_of_cell) const {
    const std::uint64_t radix = digit.radix;
    const Cell* cell = cells.data() + begin;
    for (std::size_t row = 0; row < keys.size(); ++row) {
      const std::uint64_t value = digit_of_cell(cell[row]);
      const std::uint64_t before = is_first ? 0 : keys[row];
      keys[row] = value >= radix || before == no_key ? no_key : before * radix + value;
    }
  }
};

}  // namespace

void Keys::read(std::size_t begin, std::span<std::uint64_t> out) const {
  for (const KeyDigit& digit : digits_) std::visit(Append{digit, begin, out, &digit == &digits_.front()}, digit.cells);
}

KeyDigit digit_of(const Column& column, Range range) {
  if (column.type() == Type::date) return digit_of_cells(column.days(), range);
  if (!column.coded()) return digit_of_cells(column.numbers(), range);
  KeyDigit digit{.cells = cells_of(column.codes())};
  digit.radix = std::max<std::uint64_t>(column.labels().size(), 1);
  return digit;
}

KeyDigit digit_like(const Column& column, const Column& own, const KeyDigit& digit) {
  KeyDigit like{.cells = {}, .first = digit.first, .radix = digit.radix};
  if (!column.coded()) {
    like.cells = column.type() == Type::date ? KeyDigit::Cells(column.days()) : KeyDigit::Cells(column.numbers());
    return like;
  }
  like.cells = cells_of(column.codes());
  if (column.labels().data() != own.labels().data()) like.digit_of_code = codes_among(own.labels(), column.labels());
  return like;
}

}  // namespace casemetry::counting
