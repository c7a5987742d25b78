// SPDX-License-Identifier: Apache-2.0
#include "units/collapse.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "int128.hpp"
#include "units/collapse_sets.hpp"
#include "units/condition.hpp"

namespace casemetry::counting {
namespace {

constexpr std::uint8_t holds = 1;    // of some row
constexpr std::uint8_t unknown = 2;  // of some row

// `any` is Kleene's or over the rows; `all` is what no row denies.
struct Quantifier {
  std::uint8_t mark_of[3];     // of a row's outcome: no, yes, unknown
  std::uint8_t outcome_of[4];  // of the marks of a unit
};
constexpr Quantifier any_of_rows{{0, holds, unknown}, {0, 1, 2, 1}};
constexpr Quantifier all_of_rows{{holds, 0, unknown}, {1, 0, 2, 0}};

// A cell that comes last in ascending order if it is missing, which is the least of its type.
template <class Cell>
auto missing_last(Cell cell) {
  using Unsigned = std::make_unsigned_t<Cell>;
  return static_cast<Unsigned>(static_cast<Unsigned>(cell) - static_cast<Unsigned>(std::numeric_limits<Cell>::min()) -
                               1U);
}

// One of two cells, without a branch: which one it is cannot be foreseen.
template <class Cell>
Cell chosen(bool first, Cell a, Cell b) {
  using Unsigned = std::make_unsigned_t<Cell>;
  const auto mask = static_cast<Unsigned>(-static_cast<int>(first));
  return static_cast<Cell>(static_cast<Unsigned>(b) ^
                           static_cast<Unsigned>((static_cast<Unsigned>(a) ^ static_cast<Unsigned>(b)) & mask));
}

// The missing sum, of no number: no sum of fewer than 2³² numbers is as low.
constexpr int128 no_sum = static_cast<int128>(1) << 126;

class Collapser {
 public:
  Collapser(const Expression& call, const CollapsedRows& rows)
      : call_(call),
        operation_(call.node().operation),
        argument_(call.node().children.front()),
        rows_(rows),
        name_(call.text()),
        condition_(call, rows) {}

  Collapsed collapse() && {
    Collapsed made = value();
    made.skipped = condition_.skipped();
    return made;
  }

 private:
  std::size_t units() const { return rows_.grouping.units(); }

  Collapsed value() {
    switch (operation_) {
      case Operation::collapse_any:
        return {quantified(any_of_rows)};
      case Operation::collapse_all:
        return {quantified(all_of_rows)};
      case Operation::collapse_count:
        return {counted()};
      case Operation::collapse_sum:
        return summed(argument());
      case Operation::collapse_only:
        return only(argument());
      case Operation::collapse_set:
      case Operation::collapse_bag:
      case Operation::collapse_earliest:
      case Operation::collapse_latest:
        return {collapsed_sets(call_, rows_, condition_)};
      default:
        return {extreme(argument())};
    }
  }

  Column argument() const {
    return materialised(argument_, rows_.column, rows_.lists, rows_.holidays, name_, source_rows());
  }
  std::int64_t source_rows() const { return static_cast<std::int64_t>(rows_.grouping.rows()); }

  // The mark of each row's outcome; nothing of rows that are not taken.
  std::span<const std::uint8_t> marks(const std::uint8_t (&mark_of)[3]) {
    const BoundPredicate predicate(argument_, rows_.column, rows_.lists, rows_.holidays);
    return rows_.grouping.arranged<std::uint8_t>(rows_.scratch, [&](std::size_t begin, std::span<std::uint8_t> out) {
      std::vector<Outcome> outcomes(out.size());
      predicate.outcomes(static_cast<std::int64_t>(begin), outcomes);
      std::ranges::transform(outcomes, out.begin(), [&](Outcome o) { return mark_of[static_cast<std::size_t>(o)]; });
      if (condition_.always()) return out.data();
      condition_.outcomes(begin, outcomes);
      for (std::size_t row = 0; row < out.size(); ++row)
        if (outcomes[row] != Outcome::yes) out[row] = 0;
      return out.data();
    });
  }

  // Steps a state a unit: `step(state, cell)`.
  template <class Cell, class State, class Step>
  void fold(std::span<const Cell> cells, std::vector<State>& states, Step step) const {
    rows_.grouping.fold(cells, [&](std::size_t begin) {
      return [step, state = states.data() + begin](std::uint32_t unit, Cell cell) { step(state[unit], cell); };
    });
  }

  Column quantified(const Quantifier& quantifier) {
    const auto cells = marks(quantifier.mark_of);
    std::vector<std::uint8_t> states(units());
    fold(cells, states, [](std::uint8_t& state, std::uint8_t mark) { state |= mark; });
    for (std::uint8_t& state : states) state = quantifier.outcome_of[state];
    return Column::of_truths(name_, std::move(states));
  }

  Column counted() {
    constexpr std::uint8_t mark_of[3] = {0, holds, unknown};
    const auto cells = marks(mark_of);
    condition_.skip(std::ranges::count(cells, unknown));
    std::vector<std::int64_t> states(units());
    fold(cells, states, [](std::int64_t& state, std::uint8_t mark) { state += mark & holds; });
    return Column::of_numbers(name_, std::move(states));
  }

  // The cells of the rows that are taken; missing ones of the others.
  template <class Cell>
  std::span<const Cell> taken(std::span<const Cell> cells, Cell missing) {
    return rows_.grouping.arranged<Cell>(rows_.scratch, [&, missing](std::size_t begin, std::span<Cell> out) {
      const Cell* of_rows = cells.data() + begin;
      if (condition_.always()) return of_rows;
      std::vector<Outcome> outcomes(out.size());
      condition_.outcomes(begin, outcomes);
      for (std::size_t row = 0; row < out.size(); ++row)
        out[row] = outcomes[row] == Outcome::yes ? of_rows[row] : missing;
      return static_cast<const Cell*>(out.data());
    });
  }

  template <class Cell>
  std::vector<Cell> extreme_cells(std::span<const Cell> cells, Cell missing) {
    const auto arranged = taken(cells, missing);
    std::vector<Cell> states(units(), missing);
    if (operation_ == Operation::collapse_max)
      fold(arranged, states, [](Cell& state, Cell cell) { state = std::max(state, cell); });
    else
      fold(arranged, states,
           [](Cell& state, Cell cell) { state = chosen(missing_last(cell) < missing_last(state), cell, state); });
    return states;
  }

  Column extreme(const Column& column) {
    if (column.type() == Type::date) return Column::of_days(name_, extreme_cells(column.days(), missing_day));
    return numbers_like(column, extreme_cells(column.numbers(), missing_number));
  }

  Column numbers_like(const Column& column, std::vector<std::int64_t> numbers) const {
    const auto scale = column.type() == Type::decimal ? std::optional(column.scale()) : std::nullopt;
    return Column::of_numbers(name_, std::move(numbers), scale);
  }

  Collapsed summed(const Column& column) {
    const auto cells = taken(column.numbers(), missing_number);
    std::vector<int128> states(units(), no_sum);
    fold(cells, states, [](int128& state, std::int64_t number) {
      if (number != missing_number) state = (state == no_sum ? 0 : state) + number;
    });
    std::vector<std::int64_t> sums(units(), missing_number);
    const auto first_rows = rows_.grouping.first_rows();
    std::int64_t first_unfit = -1;
    for (std::size_t unit = 0; unit < sums.size(); ++unit) {
      if (states[unit] == no_sum) continue;
      sums[unit] = static_cast<std::int64_t>(states[unit]);
      const bool fits = sums[unit] == states[unit] && sums[unit] != missing_number;
      if (!fits && (first_unfit < 0 || first_rows[unit] < first_rows[static_cast<std::size_t>(first_unfit)]))
        first_unfit = static_cast<std::int64_t>(unit);
    }
    return {.column = numbers_like(column, std::move(sums)), .first_unfit = first_unfit};
  }

  // The one value of each unit: missing where there is none, and where rows disagree.
  template <class Cell>
  std::vector<Cell> agreed(std::span<const Cell> cells, Cell missing, std::int64_t& disagreeing) {
    const auto arranged = taken(cells, missing);
    std::vector<Cell> states(units(), missing);
    std::vector<std::uint8_t> disagree(units());
    rows_.grouping.fold(arranged, [&](std::size_t begin) {
      return [missing, state = states.data() + begin, mark = disagree.data() + begin](std::uint32_t unit, Cell cell) {
        const Cell before = state[unit];
        mark[unit] |= static_cast<std::uint8_t>((cell != missing) & (before != missing) & (cell != before));
        state[unit] = chosen(before == missing, cell, before);
      };
    });
    for (std::size_t unit = 0; unit < states.size(); ++unit) {
      disagreeing += disagree[unit];
      if (disagree[unit] != 0) states[unit] = missing;
    }
    return states;
  }

  Collapsed only(const Column& column) {
    std::int64_t disagreeing = 0;
    const auto made = [&] {
      if (column.type() == Type::date) return Column::of_days(name_, agreed(column.days(), missing_day, disagreeing));
      if (!column.coded() && column.type() != Type::set)
        return numbers_like(column, agreed(column.numbers(), missing_number, disagreeing));
      return std::visit(
          [&]<class Code>(std::span<const Code> codes) {
            const auto missing = static_cast<Code>(column.missing_code());
            const std::vector<Code> of_units = agreed(codes, missing, disagreeing);
            return column.recoded(name_, std::span<const Code>(of_units));
          },
          column.codes());
    };
    Column value = made();
    return {.column = std::move(value), .disagreeing = disagreeing};
  }

  const Expression& call_;
  Operation operation_;
  Expression argument_;
  const CollapsedRows& rows_;
  std::string name_;
  Condition condition_;
};

}  // namespace

Collapsed collapsed(const Expression& call, const CollapsedRows& rows) {
  return Collapser(call, rows).collapse();
}

}  // namespace casemetry::counting
