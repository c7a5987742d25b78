// SPDX-License-Identifier: Apache-2.0
#include "protection/counting.hpp"

#include <algorithm>
#include <set>

#include "protection/shown_counts.hpp"
#include "query/question.hpp"

namespace casemetry::protection {
namespace {

const std::string base_count = "protection_base";

bool is_plain(std::string_view base) {
  return base.empty() || base == "numerator" || base == "denominator";
}

/// An indicator, and where its counts stand in those of a cell.
struct Column {
  const Indicator* indicator = nullptr;
  std::string_view base;
  std::size_t kind = 0, kinds = 0, test = 0, tests = 0;
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
      if (known.insert(of.catalogue.definition_hash(of.query.indicators[one.indicator])).second)
        by_result[one.result].push_back(one);
    }
    for (const auto& [result, indicators] : by_result) count(frame_.data(result), indicators);
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
        add(query(cube, question), columns, told_by(bits));
      }
  }

  // The units behind sums, and the base. `ids`: all that is to be counted.
  std::vector<Indicator> further_indicators(const Result::Data& of, std::span<const Asked> asked,
                                            std::vector<std::string>& ids) const {
    std::vector<Indicator> further;
    const auto add = [&](Indicator indicator) {
      ids.push_back(indicator.id);
      further.push_back(std::move(indicator));
    };
    for (const Asked& one : asked) {
      const Indicator& indicator = indicator_of(of, one);
      ids.push_back(indicator.id);
      if (indicator.kind != Indicator::Kind::sum) continue;
      for (const Formula::Term& term : of.catalogue.over_aggregates(indicator.of).terms)
        add({.id = "protection_n_" + std::to_string(further.size()),
             .kind = Indicator::Kind::mean,
             .of = {{{Rational{1, 1}, term.name}}}});
    }
    if (!is_plain(protection_.base) && kinds_ == 0)
      add({.id = base_count, .kind = Indicator::Kind::count, .of = Formula::parse(protection_.base)});
    return further;
  }

  // A count that is also a denominator adds nothing: it is the sum of what that proportion tells of.
  std::vector<Column> columns_of(const Catalogue& catalogue, std::span<const std::string> ids) {
    using Kind = Indicator::Kind;
    std::set<std::string> denominators;
    for (const std::string& id : ids)
      if (catalogue.indicator(id).kind == Kind::proportion)
        denominators.insert(catalogue.over_aggregates(catalogue.indicator(id).denominator).text());
    std::vector<Column> columns;
    for (const std::string& id : ids) {
      columns.push_back(column_of(catalogue.indicator(id)));
      const Indicator& indicator = *columns.back().indicator;
      const bool is_sum = (indicator.kind == Kind::count || indicator.kind == Kind::proportion) &&
                          denominators.contains(amount_of(catalogue, indicator));
      for (std::size_t kind = 0; kind < columns.back().kinds; ++kind) cells_.is_sum.push_back(kind == 0 && is_sum);
    }
    return columns;
  }

  Column column_of(const Indicator& indicator) {
    const bool is_base = indicator.id == base_count;
    Column column{.indicator = &indicator, .base = is_base ? "" : std::string_view(protection_.base)};
    column.kind = kinds_;
    column.test = tests_;
    if (!is_base) column.kinds = kinds(indicator, {}).size();
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

  void add(const Result& counted, std::span<const Column> columns, std::span<const Exactly> told) {
    const Result::Data& data = counted.data();
    const std::size_t rows = data.flags.size() / columns.size();
    const std::vector<std::uint32_t> cells = cells_of(data, rows, told);
    for (std::size_t i = 0; i < columns.size(); ++i)
      for (std::size_t row = 0; row < rows; ++row) {
        const auto of_row = std::span(cells).subspan(row * told.size(), told.size());
        if (of_row.front() != none)
          add(counted.row(static_cast<std::int64_t>(i * rows + row)), data, columns[i], of_row, told);
      }
  }

  // The same for each indicator. Of each row as many as it tells of; `none` where its step is no span of its own.
  std::vector<std::uint32_t> cells_of(const Result::Data& data, std::size_t rows, std::span<const Exactly> told) {
    const auto spans = spans_of(data.steps);
    const std::size_t width = frame_.dimensions();
    std::vector<std::uint32_t> cells;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t span = spans[row % spans.size()];
      const auto labels = std::span(data.codes).subspan(row * width, width);
      Nodes codes(labels.begin(), labels.end());
      codes.resize(width + 2, span);
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

  void add(const Result::Row& row, const Result::Data& data, const Column& column, std::span<const std::uint32_t> cells,
           std::span<const Exactly> told) {
    if (column.indicator->id == base_count && row.flags.has(Flag::not_available))
      throw QueryError("'" + protection_.base + "' cannot be counted in these cells: " +
                       data.metadata.at("not_available") + "; protect by another base");
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
  std::size_t kinds_ = 0, tests_ = 0;
};

}  // namespace

Cells counted_cells(const Frame& frame, std::span<const Asked> asked, const Protection& protection) {
  return Counting(frame, protection).cells(asked);
}

}  // namespace casemetry::protection
