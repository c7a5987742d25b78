// SPDX-License-Identifier: Apache-2.0
#include "query/published.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "query/calendar.hpp"
#include "query/compare.hpp"
#include "query/levels.hpp"
#include "query/question.hpp"
#include "query/shown_counts.hpp"
#include "query/steps.hpp"

namespace casemetry::protection {
namespace {

constexpr double rather_not = 1e12;  // what it costs to hide a total that others may publish

const std::string base_count = "protection_base";

const Indicator& indicator_of(const Result::Data& data, const Asked& asked) {
  return data.catalogue.indicator(data.query.indicators[asked.indicator]);
}

bool is_plain(std::string_view base) {
  return base.empty() || base == "numerator" || base == "denominator";
}

bool lies_within(const Period& part, const Period& whole) {
  return part.first <= whole.last && whole.first <= part.last;
}

/// For each code at one level of an axis, that at a coarser one.
std::vector<std::uint32_t> lifted(const Axis& axis, std::size_t from, std::size_t to) {
  std::vector<std::uint32_t> codes;
  for (std::size_t code = 0; code < axis.codes(); ++code) {
    const std::uint32_t node = axis.levels[from][code];
    if (codes.size() <= node) codes.resize(node + 1, none);
    codes[node] = axis.levels[to][code];
  }
  return codes;
}

}  // namespace

Published::Published(std::span<const Result> results, std::vector<Asked> asked, const Protection& protection)
    : results_(results),
      asked_(std::move(asked)),
      protection_(protection),
      periods_(!is_pending(data(asked_.front().result).catalogue,
                           indicator_of(data(asked_.front().result), asked_.front()))) {
  find_axes();
  find_periods();
  count();
  add_tables();
  measure();
  std::vector<bool> all(axes_.back().levels.size(), true);
  for (const Levels& dimensions : stages()) {
    if (is_whole_ != all) cover_stage(dimensions, is_whole_);
    cover_stage(dimensions, all);
  }
}

void Published::find_axes() {
  std::map<std::size_t, std::size_t> finest;  // by dimension of the cube
  for (const Asked& asked : asked_) {
    for (const std::size_t p : question::positions_of(cube(), data(asked.result).query.by)) {
      const std::size_t dimension = question::dimension_at(cube(), p);
      const auto [known, is_new] = finest.emplace(dimension, p);
      if (!is_new && (p == dimension || (known->second != dimension && p > known->second))) known->second = p;
    }
  }
  for (const auto& [dimension, position] : finest) {
    positions_.push_back(position);
    axes_.push_back(axis_of_labels(cube(), position));
  }
  for (const Asked& asked : asked_)
    if (!shown_.contains(asked.result)) shown_.emplace(asked.result, shown_by(data(asked.result)));
  axes_.push_back(conditions_.axis());
}

Published::Shown Published::shown_by(const Result::Data& data) {
  Shown shown;
  for (const Axis& axis : axes_) shown.levels.push_back(axis.levels.size() - 1);
  const auto positions = question::positions_of(cube(), data.query.by);
  for (const std::size_t position : positions) {
    const auto is_same = [&](std::size_t finest) {
      return question::dimension_at(cube(), finest) == question::dimension_at(cube(), position);
    };
    const auto axis = static_cast<std::size_t>(std::ranges::find_if(positions_, is_same) - positions_.begin());
    shown.axes.push_back(axis);
    shown.levels[axis] = std::min(shown.levels[axis], level_of(cube(), positions_[axis], position));
    shown.missing.push_back(static_cast<std::uint32_t>(question::labels_at(cube(), position).labels.size()));
  }
  for (std::size_t d = 0; d < positions.size(); ++d) {
    const std::size_t axis = shown.axes[d];
    shown.is_finest.push_back(level_of(cube(), positions_[axis], positions[d]) == shown.levels[axis]);
    shown.has_others = shown.has_others || data.dimensions[d].labels.size() > shown.missing[d];
  }
  if (!positions.empty()) {
    const std::size_t axis = shown.axes.back(), level = shown.levels[axis];
    shown.parents = lifted(axes_[axis], level, std::min(level + 1, axes_[axis].levels.size() - 1));
  }
  shown.levels.push_back(conditions_.add(data.query.where));
  return shown;
}

void Published::find_periods() {
  for (const auto& [result, shown] : shown_) add_periods(data(result));
  periods_.settle();
  axes_.push_back(periods_.axis());
  is_whole_.resize(axes_.back().levels.size());
  for (const Period& whole : wholes_) is_whole_[periods_.place(whole).first] = true;
}

// The steps and the whole period, and what they are compared with; of a range that is longer than a year, not the sum
// of the year before, which would be in part its own.
void Published::add_periods(const Result::Data& data) {
  const Calendar& calendar = data.catalogue.definitions().calendar;
  const auto add_whole = [&](const Period& whole) {
    periods_.add(whole);
    wholes_.push_back(whole);
  };
  for (const Period& step : data.steps) periods_.add(step);
  if (data.steps.empty()) return;
  const Period now{data.steps.front().first, data.steps.back().last, {}};
  add_whole(data.query.period ? now : question::everything);
  for (const std::string& comparison : data.query.compare) {
    if (question::is_with_whole(comparison)) continue;
    const auto then = question::compared_steps(comparison, data.steps, calendar);
    for (const Period& step : then) periods_.add(step);
    const Period before{then.front().first, then.back().last, {}};
    if (comparison == "year_ago" && !lies_within(before, now)) add_whole(before);
  }
}

void Published::count() {
  std::map<std::size_t, std::vector<Asked>> by_result;
  std::set<std::string> known;
  for (const Asked& asked : asked_) {
    const Result::Data& of = data(asked.result);
    if (known.insert(of.catalogue.definition_hash(of.query.indicators[asked.indicator])).second)
      by_result[asked.result].push_back(asked);
  }
  for (const auto& [result, asked] : by_result) count_result(result, asked);
}

// All conditions of all results, for each is to be told from the others.
void Published::count_result(std::size_t result, const std::vector<Asked>& asked) {
  const Result::Data& of = data(result);
  std::vector<Indicator> further;
  std::vector<std::string> ids;
  for (const Asked& one : asked) {
    const Indicator& indicator = indicator_of(of, one);
    ids.push_back(indicator.id);
    if (indicator.kind != Indicator::Kind::sum) continue;
    for (const Formula::Term& term : of.catalogue.over_aggregates(indicator.of).terms) {
      further.push_back({.id = "protection_n_" + std::to_string(further.size()),
                         .kind = Indicator::Kind::mean,
                         .of = {{{Rational{1, 1}, term.name}}}});
      ids.push_back(further.back().id);
    }
  }
  if (!is_plain(protection_.base) && kinds_ == 0) {
    further.push_back({.id = base_count, .kind = Indicator::Kind::count, .of = Formula::parse(protection_.base)});
    ids.push_back(base_count);
  }
  const Cube counted = further.empty() ? *of.cube : of.cube->with(further);
  std::size_t width = 0, tests = 0;
  std::set<std::string> sums;
  for (const std::string& id : ids) {
    const Indicator& indicator = counted.catalogue().indicator(id);
    if (indicator.kind == Indicator::Kind::proportion)
      sums.insert(counted.catalogue().over_aggregates(indicator.denominator).text());
  }
  for (const std::string& id : ids) {
    const Indicator& indicator = counted.catalogue().indicator(id);
    if (id == base_count) {
      ++tests;
      continue;
    }
    const bool is_sum = (indicator.kind == Indicator::Kind::count &&
                         sums.contains(counted.catalogue().over_aggregates(indicator.of).text())) ||
                        (indicator.kind == Indicator::Kind::proportion &&
                         sums.contains(counted.catalogue().over_aggregates(indicator.numerator).text()));
    for (std::size_t kind = 0; kind < kinds(indicator, {}).size(); ++kind) kept_.push_back(kind != 0 || !is_sum);
    width += kinds(indicator, {}).size();
    if (is_plain(protection_.base)) tests += tested(indicator, {}, protection_.base).size();
  }
  std::vector<std::string> by;
  const auto names = question::names_of(counted);
  for (const std::size_t position : positions_) by.push_back(names[position]);
  Query question{.indicators = ids, .by = by, .versions = of.query.versions};
  for (std::uint32_t bits = 0; bits < (conditions_.is_single() ? 1 : conditions_.combinations()); ++bits) {
    question.where = conditions_.all_of(bits);
    if (!of.query.period) {
      question.every = of.query.every;
      add_counts(query(counted, question), bits);
      if (periods_.axis().levels.size() == 1 && question.every) {
        question.every.reset();
        add_counts(query(counted, question), bits);
      }
      continue;
    }
    for (const Period& span : periods_.spans()) {
      const Calendar& calendar = of.catalogue.definitions().calendar;
      question.period = question::span_text(span.first, question::Span::month, calendar) + ".." +
                        question::span_text(span.last, question::Span::month, calendar);
      add_counts(query(counted, question), bits);
    }
  }
  kinds_ += width;
  tests_ += tests;
}

// A unit of which several conditions hold is counted under each of them; those of which these hold and no others are
// told by inclusion and exclusion.
void Published::add_counts(const Result& counted, std::uint32_t bits) {
  const Result::Data& data = counted.data();
  std::vector<std::uint32_t> spans;
  for (const Period& step : data.steps) {
    const auto same = std::ranges::find_if(
        periods_.spans(), [&](const Period& p) { return p.first == step.first && p.last == step.last; });
    spans.push_back(same == periods_.spans().end() ? none
                                                   : static_cast<std::uint32_t>(same - periods_.spans().begin()));
  }
  const std::size_t per_indicator = counted.data().flags.size() / data.query.indicators.size();
  std::size_t kind_at = kinds_, test_at = tests_;
  for (std::size_t i = 0; i < data.query.indicators.size(); ++i) {
    const Indicator& indicator = data.catalogue.indicator(data.query.indicators[i]);
    const bool is_base = indicator.id == base_count;
    const std::size_t width = is_base ? 0 : kinds(indicator, {}).size();
    const bool is_tested = is_base || is_plain(protection_.base);
    const std::string_view base = is_base ? "" : std::string_view(protection_.base);
    const std::size_t tests = is_tested ? tested(indicator, {}, base).size() : 0;
    for (std::size_t j = 0; j < per_indicator; ++j) {
      const std::size_t row = i * per_indicator + j;
      if (spans[j % data.steps.size()] == none) continue;
      const Result::Row shown = counted.row(static_cast<std::int64_t>(row));
      if (is_base && shown.flags.has(Flag::not_available))
        throw QueryError("'" + protection_.base + "' cannot be counted in these cells: " +
                         data.metadata.at("not_available") + "; protect by another base");
      const auto of_kinds = width == 0 ? std::vector<double>{} : kinds(indicator, shown);
      const auto of_tests = is_tested ? tested(indicator, shown, base) : std::vector<double>{};
      for (std::uint32_t exactly = bits;; exactly = (exactly - 1) & bits) {
        const double sign = __builtin_popcount(bits ^ exactly) % 2 == 0 ? 1 : -1;
        const std::size_t cell = cell_of(data, row, exactly, spans[j % data.steps.size()]);
        counts_[cell].resize(std::max(counts_[cell].size(), kind_at + width));
        tested_[cell].resize(std::max(tested_[cell].size(), test_at + tests));
        for (std::size_t k = 0; k < width; ++k) counts_[cell][kind_at + k] += sign * of_kinds[k];
        for (std::size_t k = 0; k < tests; ++k) tested_[cell][test_at + k] += sign * of_tests[k];
        if (exactly == 0) break;
      }
    }
    kind_at += width;
    test_at += tests;
  }
}

std::size_t Published::cell_of(const Result::Data& counted, std::size_t row, std::uint32_t condition,
                               std::uint32_t span) {
  const std::size_t width = positions_.size();
  const auto begin = counted.codes.begin() + static_cast<std::ptrdiff_t>(row * width);
  Nodes codes(begin, begin + static_cast<std::ptrdiff_t>(width));
  codes.push_back(condition);
  codes.push_back(span);
  const auto [cell, is_new] = cells_.try_emplace(codes, codes_.size());
  if (is_new) {
    codes_.push_back(std::move(codes));
    counts_.emplace_back();
    tested_.emplace_back();
  }
  return cell->second;
}

void Published::add_tables() {
  for (auto& counts : counts_) counts.resize(kinds_);
  for (auto& tested : tested_) tested.resize(tests_);
  for (const auto& [result, shown] : shown_) add_tables_of(result);
  for (Table& table : tables_) fill(table);
  for (const auto& [result, shown] : shown_)
    if (data(result).query.top && data(result).query.top->others) add_others(result);
}

// Every combination of its own levels and coarser ones, over all of its periods.
void Published::add_tables_of(std::size_t result) {
  const Shown& shown = shown_.at(result);
  Levels levels = shown.levels;
  const std::size_t dimensions = positions_.size();
  while (true) {
    for (std::size_t time = 0; time < axes_.back().levels.size(); ++time) {
      Levels all = levels;
      all.push_back(time);
      Table& added = table(all);
      added.is_result = added.is_result || levels == shown.levels;
    }
    std::size_t axis = 0;
    while (axis < dimensions && levels[axis] + 1 == levels_of(axis).size()) {
      levels[axis] = shown.levels[axis];
      ++axis;
    }
    if (axis == dimensions) return;
    ++levels[axis];
  }
}

Published::Table& Published::table(const Levels& levels) {
  const auto [place, is_new] = table_at_.try_emplace(levels, tables_.size());
  if (is_new) tables_.push_back({.levels = levels, .is_result = false, .numbers = {}, .of_cell = {}});
  return tables_[place->second];
}

void Published::fill(Table& table) {
  table.of_cell.assign(codes_.size(), none);
  for (std::size_t cell = 0; cell < codes_.size(); ++cell) {
    Nodes nodes;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis)
      nodes.push_back(levels_of(axis)[table.levels[axis]][codes_[cell][axis]]);
    if (std::ranges::count(nodes, none) > 0) continue;
    const auto [figure, is_new] = table.numbers.try_emplace(nodes, static_cast<std::uint32_t>(figures_.size()));
    if (is_new) figures_.emplace_back();
    table.of_cell[cell] = figure->second;
  }
}

// The cells that the largest ones leave, as one.
void Published::add_others(std::size_t result) {
  const Result::Data& of = data(result);
  const std::size_t width = of.query.by.size();
  std::set<Nodes> largest;
  for (std::size_t row = 0; row < of.flags.size(); ++row) {
    const auto codes = std::span(of.codes).subspan(row * width, width);
    if (!shown_.at(result).is_others(codes)) largest.insert(nodes_of({result, codes, of.steps.front()}));
  }
  for (std::size_t time = 0; time < axes_.back().levels.size(); ++time) {
    Levels levels = shown_.at(result).levels;
    levels.push_back(time);
    Table others{.levels = levels, .is_result = true, .numbers = {}, .of_cell = std::vector(codes_.size(), none)};
    for (std::size_t cell = 0; cell < codes_.size(); ++cell) {
      Nodes nodes;
      for (std::size_t axis = 0; axis + 1 < axes_.size(); ++axis)
        nodes.push_back(levels_of(axis)[levels[axis]][codes_[cell][axis]]);
      const std::uint32_t period = levels_of(axes_.size() - 1)[time][codes_[cell].back()];
      if (period == none || std::ranges::count(nodes, none) > 0 || largest.contains(nodes)) continue;
      const auto [figure, is_new] = others.numbers.try_emplace({period}, static_cast<std::uint32_t>(figures_.size()));
      if (is_new) figures_.emplace_back();
      others.of_cell[cell] = figure->second;
    }
    others_[result].push_back(tables_.size());
    tables_.push_back(std::move(others));
  }
}

// What each figure counts, what it would cost to hide it, and whether it is small.
void Published::measure() {
  std::vector<std::vector<double>> tests(figures_.size(), std::vector<double>(tests_));
  costs_.assign(figures_.size(), 0);
  for (const Table& table : tables_)
    for (std::size_t cell = 0; cell < codes_.size(); ++cell) {
      if (table.of_cell[cell] == none) continue;
      for (const double count : counts_[cell]) costs_[table.of_cell[cell]] += count;
      for (std::size_t test = 0; test < tests_; ++test) tests[table.of_cell[cell]][test] += tested_[cell][test];
    }
  const auto k = static_cast<double>(protection_.k);
  for (std::size_t figure = 0; figure < figures_.size(); ++figure) {
    figures_[figure].hidden = std::ranges::any_of(
        tests[figure], [&](double count) { return count < k && (count > 0 || (protection_.zeros && k > 1)); });
    figures_[figure].is_zero = !protection_.zeros && costs_[figure] <= 0 && !figures_[figure].hidden;
    costs_[figure] += 1;
  }
}

// Coarse ones first, so that a total is protected as it would be by itself.
std::vector<Published::Levels> Published::stages() const {
  std::set<Levels> all{Levels(positions_.size())};
  for (const Table& table : tables_)
    all.emplace(table.levels.begin(), table.levels.begin() + static_cast<std::ptrdiff_t>(positions_.size()));
  std::vector<Levels> stages(all.begin(), all.end());
  std::ranges::stable_sort(stages, std::greater{}, [](const Levels& levels) {
    return std::accumulate(levels.begin(), levels.end(), std::size_t{0});
  });
  return stages;
}

std::vector<std::uint32_t> Published::codes_at(std::size_t cell, const Levels& dimensions,
                                               const std::vector<bool>& time_levels) const {
  std::vector<std::uint32_t> codes;
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
    codes.push_back(levels_of(axis)[dimensions[axis]][codes_[cell][axis]]);
  codes.push_back(codes_[cell][dimensions.size()]);
  for (std::size_t level = 0; level < time_levels.size(); ++level)
    if (time_levels[level]) codes.push_back(axes_.back().levels[level][codes_[cell].back()]);
  return codes;
}

std::vector<double> Published::counts_of(std::span<const std::size_t> cells) const {
  std::vector<double> counts(kinds_);
  for (const std::size_t cell : cells)
    for (std::size_t kind = 0; kind < kinds_; ++kind) counts[kind] += counts_[cell][kind];
  return counts;
}

void Published::cover_stage(const Levels& dimensions, const std::vector<bool>& time_levels) {
  const std::size_t width = dimensions.size() + 2;
  std::map<std::vector<std::uint32_t>, std::vector<std::size_t>> members;
  for (std::size_t cell = 0; cell < codes_.size(); ++cell) {
    const auto codes = codes_at(cell, dimensions, time_levels);
    const auto times = std::span(codes).subspan(width - 1);
    if (std::ranges::count(times, none) < std::ssize(times)) members[codes].push_back(cell);
  }
  const auto kept = static_cast<std::size_t>(std::ranges::count(kept_, true));
  Stage stage{.axes = width, .kinds = kept, .families = std::vector<std::vector<std::uint32_t>>(width)};
  std::map<std::vector<std::uint32_t>, std::uint32_t> times;
  std::vector<std::size_t> some;
  const auto time_families = periods_.families();
  const auto put = [](std::vector<std::uint32_t>& families, std::uint32_t code, std::uint32_t family) {
    if (families.size() <= code) families.resize(code + 1);
    families[code] = family;
  };
  for (const auto& [codes, cells] : members) {
    const auto counts = counts_of(cells);
    // Whether a condition can hold in a cell is known from its labels: units come to none where it held of none.
    if (!conditions_.is_single() && std::ranges::all_of(counts, [](double count) { return count == 0; })) continue;
    const std::vector<std::uint32_t> time(codes.begin() + static_cast<std::ptrdiff_t>(width - 1), codes.end());
    const std::uint32_t number = times.try_emplace(time, static_cast<std::uint32_t>(times.size())).first->second;
    stage.codes.insert(stage.codes.end(), codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(width - 1));
    stage.codes.push_back(number);
    for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
      const std::size_t above = std::min(dimensions[axis] + 1, levels_of(axis).size() - 1);
      put(stage.families[axis], codes[axis], levels_of(axis)[above][codes_[cells.front()][axis]]);
    }
    put(stage.families[width - 2], codes[width - 2], 0);
    put(stage.families[width - 1], number, time_families[codes_[cells.front()].back()]);
    for (std::size_t kind = 0; kind < kinds_; ++kind)
      if (kept_[kind]) stage.counts.push_back(counts[kind]);
    some.push_back(cells.front());
  }
  stage.zeros_are_shown = !protection_.zeros;
  std::vector<std::pair<std::size_t, const Table*>> order;
  for (const Table& table : tables_) {
    bool is_in = time_levels[table.levels.back()];
    for (std::size_t axis = 0; axis < dimensions.size(); ++axis)
      is_in = is_in && table.levels[axis] >= dimensions[axis];
    if (!is_in) continue;
    const auto first = table.levels.begin();
    order.emplace_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(dimensions.size()), std::size_t{0}),
                       &table);
  }
  std::ranges::stable_sort(order, {}, [](const auto& of) { return std::pair(of.first, of.second->levels.back()); });
  for (const auto& [sum, table] : order) {
    const bool is_own = std::ranges::equal(dimensions, std::span(table->levels).first(dimensions.size()));
    auto& figure_of = stage.tables.emplace_back();
    for (const std::size_t cell : some) {
      const std::uint32_t figure = table->of_cell[cell];
      figure_of.push_back(figure);
      if (figure != none) figures_[figure].cost = costs_[figure] + (is_own || table->is_result ? 0 : rather_not);
    }
  }
  if (!stage.tables.empty()) cover(stage, figures_);
}

Published::Nodes Published::nodes_of(const Place& place) const {
  const Shown& shown = shown_.at(place.result);
  Nodes nodes(positions_.size() + 1);
  for (std::size_t d = 0; d < place.codes.size(); ++d)
    if (shown.is_finest[d]) nodes[shown.axes[d]] = std::min(place.codes[d], shown.missing[d]);
  return nodes;
}

bool Published::is_hidden(const Levels& levels, const Nodes& nodes) const {
  const auto place = table_at_.find(levels);
  if (place == table_at_.end()) return false;
  const Table& table = tables_[place->second];
  const auto figure = table.numbers.find(nodes);
  return figure != table.numbers.end() && figures_[figure->second].hidden;
}

bool Published::is_hidden(const Place& place) const {
  const auto [time, period] = periods_.place(place.period);
  if (shown_.at(place.result).is_others(place.codes)) {
    const Table& table = tables_[others_.at(place.result)[time]];
    const auto figure = table.numbers.find({period});
    return figure != table.numbers.end() && figures_[figure->second].hidden;
  }
  Levels levels = shown_.at(place.result).levels;
  Nodes nodes = nodes_of(place);
  levels.push_back(time);
  nodes.push_back(period);
  return is_hidden(levels, nodes);
}

bool Published::is_hidden(const Place& place, std::string_view comparison, const Period& then) const {
  if (!question::is_with_whole(comparison)) return is_hidden({place.result, place.codes, then});
  const Shown& shown = shown_.at(place.result);
  Levels levels = shown.levels;
  Nodes nodes = nodes_of(place);
  const bool is_parent = comparison == "parent" && !shown.is_others(place.codes);
  for (std::size_t axis = 0; axis < positions_.size(); ++axis) {
    if (is_parent && axis != shown.axes.back()) continue;
    const std::size_t top = levels_of(axis).size() - 1;
    nodes[axis] = is_parent ? shown.parents[nodes[axis]] : 0;
    levels[axis] = is_parent ? std::min(levels[axis] + 1, top) : top;
  }
  const auto [time, period] = periods_.place(place.period);
  levels.push_back(time);
  nodes.push_back(period);
  return is_hidden(levels, nodes);
}

}  // namespace casemetry::protection
