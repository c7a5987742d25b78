// SPDX-License-Identifier: Apache-2.0
#include "protection/counting.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "protection/shown_counts.hpp"
#include "query/calendar.hpp"
#include "query/question.hpp"

namespace casemetry::protection {
namespace {

bool is_plain(std::string_view base) {
  return base.empty() || base == "numerator" || base == "denominator";
}

/// An indicator, and where its counts stand in those of a cell.
struct Column {
  const Indicator* indicator = nullptr;
  std::string_view base;
  std::size_t kind = 0, kinds = 0, test = 0, tests = 0;
};

/// An amount that is a count or the numerator of a proportion, or the denominator of one, and its kind: of a
/// denominator the first of the two that it is the sum of.
struct Amount {
  std::string text;
  std::size_t kind = 0;
  bool is_whole = true;  ///< no other amount was taken off
};

/// Those of which the conditions with these bits hold, and no others: what is added to each of them, +1 or -1.
struct Exactly {
  std::uint32_t bits;
  double sign;
};

// A unit of which several conditions hold is counted under each of them; those of which these hold and no others are
// told by inclusion and exclusion.
std::vector<Exactly> told_by(std::uint32_t bits) {
  std::vector<Exactly> all;
  for (std::uint32_t exactly = bits;; exactly = (exactly - 1) & bits) {
    all.push_back({exactly, __builtin_popcount(bits ^ exactly) % 2 == 0 ? 1.0 : -1.0});
    if (exactly == 0) return all;
  }
}

/// A name that no indicator of a catalogue has.
std::string free_name(const Catalogue& catalogue, std::string name) {
  while (std::ranges::count(catalogue.definitions().indicators, name, &Indicator::id) > 0) name += '_';
  return name;
}

std::string amount_of(const Catalogue& catalogue, const Indicator& indicator) {
  const bool is_count = indicator.kind == Indicator::Kind::count;
  return catalogue.over_aggregates(is_count ? indicator.of : indicator.numerator).text();
}

class Counting {
 public:
  Counting(const Frame& frame, const Protection& protection) : frame_(frame), protection_(protection) {}

  Cells cells(std::span<const Asked> asked) && {
    std::map<std::size_t, std::vector<Asked>> by_result;
    std::set<std::string> known;
    for (const Asked& one : asked) {
      const Result::Data& of = frame_.data(one.result);
      const auto& axes = frame_.shown(one.result).axes;
      axes_[of.query.indicators[one.indicator]].insert(axes.begin(), axes.end());
      if (known.insert(of.catalogue.definition_hash(of.query.indicators[one.indicator])).second)
        by_result[one.result].push_back(one);
    }
    for (const auto& [result, indicators] : by_result) count(frame_.data(result), indicators);
    part();
    return std::move(cells_);
  }

 private:
  // Under all conditions of all results, for each is to be told from the others.
  void count(const Result::Data& of, std::span<const Asked> asked) {
    std::vector<std::string> ids;
    const std::vector<Indicator> further = further_indicators(of, asked, ids);
    const Cube cube = further.empty() ? *of.cube : of.cube->with(further);
    const std::vector<Column> columns = columns_of(cube.catalogue(), ids);
    for (auto& counts : cells_.counts) counts.resize(kinds_);
    for (auto& tested : cells_.tested) tested.resize(tests_);
    const Conditions& conditions = frame_.conditions();
    for (std::uint32_t bits = 0; bits < (conditions.is_single() ? 1 : conditions.combinations()); ++bits)
      for (Query question : questions(of, ids)) {
        question.where = conditions.all_of(bits);
        ask(cube, question, columns, told_by(bits));
      }
  }

  // Of units that lack a dimension by which others are asked, as cases have no sex: by those by which they are asked.
  void ask(const Cube& cube, Query question, std::span<const Column> columns, std::span<const Exactly> told) {
    std::vector<std::size_t> axes(frame_.dimensions());
    std::iota(axes.begin(), axes.end(), std::size_t{0});
    const auto lacking = add(query(cube, question), columns, axes, told);
    for (const Column& column : lacking) {
      const auto& own = axes_[column.indicator->id];
      axes.assign(own.begin(), own.end());
      question.indicators = {column.indicator->id};
      question.by.clear();
      for (const std::size_t axis : axes) question.by.push_back(frame_.names()[axis]);
      const Result counted = query(cube, question);
      if (!add(counted, {&column, 1}, axes, told).empty()) refuse(column, counted.metadata().at("not_available"));
    }
  }

  [[noreturn]] void refuse(const Column& column, const std::string& reason) const {
    if (column.indicator->id == base_)
      throw QueryError("'" + protection_.base + "' cannot be counted in these cells: " + reason +
                       "; protect by another base");
    throw QueryError("'" + column.indicator->id + "' cannot be counted in the cells of what is published with it: " +
                     reason + "; leave it out, or ask by other dimensions and conditions");
  }

  // The units behind sums and differences, and the base. `ids`: all that is to be counted.
  std::vector<Indicator> further_indicators(const Result::Data& of, std::span<const Asked> asked,
                                            std::vector<std::string>& ids) {
    std::vector<Indicator> further;
    const auto add = [&](Indicator indicator) {
      ids.push_back(indicator.id);
      further.push_back(std::move(indicator));
    };
    const auto name = [&] { return free_name(of.catalogue, "behind_" + std::to_string(further.size())); };
    for (const Asked& one : asked) {
      const Indicator& indicator = indicator_of(of, one);
      ids.push_back(indicator.id);
      for (const Formula::Term& term : terms_behind(of.catalogue, indicator)) {
        add(count_behind(of.catalogue, term, name()));
        axes_[ids.back()] = axes_[indicator.id];
      }
    }
    if (is_plain(protection_.base) || !base_.empty()) return further;
    base_ = free_name(of.catalogue, "base");
    add({.id = base_, .kind = Indicator::Kind::count, .of = Formula::parse(protection_.base)});
    return further;
  }

  std::vector<Column> columns_of(const Catalogue& catalogue, std::span<const std::string> ids) {
    std::vector<Column> columns;
    for (const std::string& id : ids) {
      const Column& column = columns.emplace_back(column_of(catalogue, catalogue.indicator(id)));
      const Indicator& indicator = *column.indicator;
      const bool is_proportion = indicator.kind == Indicator::Kind::proportion;
      if (column.kinds > 0 && (is_proportion || indicator.kind == Indicator::Kind::count))
        amounts_.push_back({amount_of(catalogue, indicator), column.kind});
      if (is_proportion) wholes_.push_back({catalogue.over_aggregates(indicator.denominator).text(), column.kind});
    }
    cells_.is_sum.resize(kinds_);
    return columns;
  }

  // A count that is also a denominator is the sum of what that proportion tells of, and of those of which the outcome
  // is not known: these are what it adds, if there are any.
  void part() {
    for (Amount& amount : amounts_) {
      const auto whole = std::ranges::find_if(wholes_, [&](const Amount& other) {
        return other.is_whole && other.kind != amount.kind && other.text == amount.text && holds(amount, other);
      });
      if (whole != wholes_.end()) take_off(amount, *whole);
    }
  }

  bool holds(const Amount& amount, const Amount& whole) const {
    return std::ranges::all_of(cells_.counts, [&](const std::vector<double>& counts) {
      return counts[amount.kind] >= counts[whole.kind] + counts[whole.kind + 1];
    });
  }

  void take_off(const Amount& amount, const Amount& whole) {
    bool is_sum = true;
    for (std::vector<double>& counts : cells_.counts) {
      counts[amount.kind] -= counts[whole.kind] + counts[whole.kind + 1];
      is_sum = is_sum && counts[amount.kind] == 0;
    }
    cells_.is_sum[amount.kind] = is_sum;
    for (Amount& other : wholes_) other.is_whole = other.is_whole && other.kind != amount.kind;
  }

  Column column_of(const Catalogue& catalogue, const Indicator& indicator) {
    const bool is_base = indicator.id == base_;
    Column column{.indicator = &indicator, .base = is_base ? "" : std::string_view(protection_.base)};
    column.kind = kinds_;
    column.test = tests_;
    if (!is_base && terms_behind(catalogue, indicator).empty()) column.kinds = kinds(indicator, {}).size();
    if (is_base || is_plain(protection_.base)) column.tests = tested(indicator, {}, column.base).size();
    kinds_ += column.kinds;
    tests_ += column.tests;
    return column;
  }

  // One for each span of months; of results without a period what they ask.
  std::vector<Query> questions(const Result::Data& of, const std::vector<std::string>& ids) const {
    Query question{.indicators = ids, .by = frame_.names(), .versions = of.query.versions};
    std::vector<Query> all;
    if (!of.query.period) {
      question.every = of.query.every;
      all.push_back(question);
      question.every.reset();
      if (frame_.time_levels().size() == 1 && of.query.every) all.push_back(question);
      return all;
    }
    const Calendar& calendar = of.catalogue.definitions().calendar;
    for (const Period& span : frame_.periods().spans()) {
      question.period = question::span_text(span.first, question::Span::month, calendar) + ".." +
                        question::span_text(span.last, question::Span::month, calendar);
      all.push_back(question);
    }
    return all;
  }

  /// Counted by the dimensions of these axes. Gives the columns that are not available so.
  std::vector<Column> add(const Result& counted, std::span<const Column> columns, std::span<const std::size_t> axes,
                          std::span<const Exactly> told) {
    const Result::Data& data = counted.data();
    const std::size_t rows = data.flags.size() / columns.size();
    const std::vector<std::uint32_t> cells = cells_of(data, rows, axes, told);
    std::vector<Column> lacking;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto flags = std::span(data.flags).subspan(i * rows, rows);
      if (std::ranges::any_of(flags, [](const Flags& of) { return of.has(Flag::not_available); })) {
        lacking.push_back(columns[i]);
        continue;
      }
      for (std::size_t row = 0; row < rows; ++row) {
        const auto of_row = std::span(cells).subspan(row * told.size(), told.size());
        if (of_row.front() != none)
          add(counted.row(static_cast<std::int64_t>(i * rows + row)), columns[i], of_row, told);
      }
    }
    return lacking;
  }

  // The same for each indicator. Of each row as many as it tells of; `none` where its step is no span of its own. On
  // other axes than these it is among those whose label is missing.
  std::vector<std::uint32_t> cells_of(const Result::Data& data, std::size_t rows, std::span<const std::size_t> axes,
                                      std::span<const Exactly> told) {
    const auto spans = spans_of(data.steps);
    const std::size_t width = frame_.dimensions();
    Nodes codes(width + 2);
    for (std::size_t axis = 0; axis < width; ++axis)
      codes[axis] = static_cast<std::uint32_t>(frame_.levels_of(axis).front().size() - 1);
    std::vector<std::uint32_t> cells;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t span = spans[row % spans.size()];
      for (std::size_t d = 0; d < axes.size(); ++d) codes[axes[d]] = data.codes[row * axes.size() + d];
      codes.back() = span;
      for (const Exactly& exactly : told) {
        codes[width] = exactly.bits;
        cells.push_back(span == none ? none : cell_of(codes));
      }
    }
    return cells;
  }

  std::vector<std::uint32_t> spans_of(std::span<const Period> steps) const {
    const auto all = frame_.periods().spans();
    std::vector<std::uint32_t> spans;
    for (const Period& step : steps) {
      const auto same =
          std::ranges::find_if(all, [&](const Period& p) { return p.first == step.first && p.last == step.last; });
      spans.push_back(same == all.end() ? none : static_cast<std::uint32_t>(same - all.begin()));
    }
    return spans;
  }

  std::uint32_t cell_of(const Nodes& codes) {
    const auto [cell, is_new] = known_.try_emplace(codes, static_cast<std::uint32_t>(cells_.size()));
    if (is_new) {
      cells_.codes.push_back(codes);
      cells_.counts.emplace_back(kinds_);
      cells_.tested.emplace_back(tests_);
    }
    return cell->second;
  }

  void add(const Result::Row& row, const Column& column, std::span<const std::uint32_t> cells,
           std::span<const Exactly> told) {
    const auto counts = column.kinds == 0 ? std::vector<double>{} : kinds(*column.indicator, row);
    const auto tests = column.tests == 0 ? std::vector<double>{} : tested(*column.indicator, row, column.base);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (std::size_t k = 0; k < counts.size(); ++k)
        cells_.counts[cells[i]][column.kind + k] += told[i].sign * counts[k];
      for (std::size_t t = 0; t < tests.size(); ++t)
        cells_.tested[cells[i]][column.test + t] += told[i].sign * tests[t];
    }
  }

  const Frame& frame_;
  const Protection& protection_;
  Cells cells_;
  std::map<Nodes, std::uint32_t> known_;
  std::map<std::string, std::set<std::size_t>> axes_;  // by indicator: of the dimensions by which it is asked
  std::string base_;
  std::vector<Amount> amounts_, wholes_;
  std::size_t kinds_ = 0, tests_ = 0;
};

}  // namespace

Cells counted_cells(const Frame& frame, std::span<const Asked> asked, const Protection& protection) {
  return Counting(frame, protection).cells(asked);
}

}  // namespace casemetry::protection
