// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/query.hpp>

#include "arena.hpp"
#include "query/choice.hpp"
#include "query/levels.hpp"
#include "query/question.hpp"
#include "query/side.hpp"
#include "query/versions.hpp"

namespace casemetry {
namespace question {
namespace {

/// Which units lie in the cell that is asked: a cell of the cube is one unit here, a block what a figure counts.
class Cell {
 public:
  Cell(const Cube& cube, const CellSelector& selector) : cube_(cube) {
    std::vector<std::string> names;
    for (const auto& [name, label] : selector.cell) names.push_back(name);
    positions_ = positions_of(cube, names);
    for (const auto& [name, label] : selector.cell)
      codes_.push_back(code_of(labels_at(cube, positions_[codes_.size()]), label));
    const auto condition = condition_dimensions(cube, selector.where);
    check_dimensions(positions_);
    check_dimensions(condition);
    choice_ = choice_of(cube, selector.where, std::vector<bool>(cube.blocks().size(), true));
  }

  bool holds(std::size_t block, std::size_t unit) const {
    if (!choice_.takes(block, unit)) return false;
    for (std::size_t i = 0; i < positions_.size(); ++i)
      if (code_at(block, unit, positions_[i]) != codes_[i]) return false;
    return true;
  }

 private:
  static std::uint32_t code_of(const DimensionLabels& dimension, const std::optional<std::string>& label) {
    return label ? code_called(dimension, *label) : static_cast<std::uint32_t>(dimension.labels.size());
  }

  void check_dimensions(const std::vector<std::size_t>& positions) const {
    for (const Block& block : cube_.blocks())
      for (const std::size_t position : positions)
        if (!block.has_dimension[dimension_at(cube_, position)])
          throw QueryError("'" + block.unit + "' has no dimension '" + labels_at(cube_, position).id +
                           "'; ask without it, or declare which column of '" + block.unit + "' it is");
  }

  std::uint32_t code_at(std::size_t block, std::size_t unit, std::size_t position) const {
    const std::uint32_t code =
        cube_.blocks()[block].codes[unit * cube_.dimensions().size() + dimension_at(cube_, position)];
    const auto levels = codes_at(cube_, position);
    return levels.empty() ? code : levels[code];
  }

  const Cube& cube_;
  std::vector<std::size_t> positions_;
  std::vector<std::uint32_t> codes_;  // at each of them
  Choice choice_;
};

/// The months in which units count.
class AskedMonths {
 public:
  AskedMonths(const CellSelector& selector, const Calendar& calendar) : undated_(selector.undated) {
    if (selector.period) period_ = Period::parse(*selector.period, calendar);
  }

  bool holds(std::int32_t month, Counted::Months months) const {
    if (undated_) return month == undated;
    if (!period_) return months != Counted::Months::before_it;
    if (months == Counted::Months::before_it) return month < period_->first;
    return month <= period_->last && (months == Counted::Months::up_to_its_end || period_->first <= month);
  }
  bool is_asked() const { return undated_ || period_.has_value(); }

 private:
  bool undated_;
  std::optional<Period> period_;
};

void check_dates(const std::vector<Counted>& side, const AskedMonths& months) {
  for (const Counted& counted : side)
    if (months.is_asked() && counted.figure.date.empty())
      throw QueryError("aggregate '" + counted.figure.aggregate +
                       "' has no date and answers questions about the whole "
                       "data only; ask without period");
}

// The dimensions that are named, by themselves or by a level, each once.
std::vector<std::string> dimensions_of(const Catalogue& catalogue, const CellSelector& selector) {
  std::vector<std::string> names;
  if (selector.where) names = selector.where->columns();
  for (const auto& [name, label] : selector.cell) names.push_back(name);
  for (std::string& name : names)
    if (const Dimension* dimension = catalogue.dimension_of_level(name)) name = dimension->id;
  std::ranges::sort(names);
  const auto repeats = std::ranges::unique(names);
  names.erase(repeats.begin(), repeats.end());
  return names;
}

std::vector<pass::Figure> figures_of(const std::vector<Counted>& side) {
  std::vector<pass::Figure> figures;
  for (const Counted& counted : side) {
    figures.push_back(counted.figure);
    if (counted.no_more) figures.push_back(*counted.no_more);
  }
  return figures;
}

/// Which units of a block have a pattern that passes; all, if none is asked for.
class PassingPatterns {
 public:
  PassingPatterns(const Cube& cube, const std::optional<ByPattern>& asked) : width_(cube.dimensions().size()) {
    if (!asked) return;
    dimension_ = positions_of(cube, {&asked->dimension, 1}).front();
    for (const std::string& label : cube.dimensions()[dimension_].labels) {
      const Pattern pattern = Pattern::parse(label);
      passes_.push_back(asked->passes(&pattern));
    }
    passes_.push_back(asked->passes(nullptr));
  }

  bool holds(const Block& block, std::size_t unit) const {
    return passes_.empty() || passes_[block.codes[unit * width_ + dimension_]];
  }

 private:
  std::size_t width_;
  std::size_t dimension_ = 0;
  std::vector<bool> passes_;  // by code
};

/// Marks the units that a side counts in a cell and its months.
class Marks {
 public:
  Marks(pass::UnitsBehind& behind, const CellSelector& selector, const AskedMonths& months)
      : behind_(behind), cell_(behind.cube(), selector), asked_(months), marks_(behind.size()) {}

  void add(const Counted& counted) {
    std::vector<std::uint8_t> own(marks_.size());
    mark(own, counted, 1);
    if (counted.no_more) mark(own, counted, 0);
    std::ranges::transform(marks_, own, marks_.begin(), [](auto left, auto right) { return left | right; });
  }

  const std::vector<std::uint8_t>& marks() const { return marks_; }

 private:
  void mark(std::vector<std::uint8_t>& marks, const Counted& counted, std::uint8_t as) {
    const Block& block = behind_.cube().blocks()[next_];
    const auto units = behind_.units(next_);
    const PassingPatterns patterns(behind_.cube(), counted.pattern);
    for (std::size_t i = 0; i < units.size(); ++i)
      if (asked_.holds(block.months[i], counted.months) && cell_.holds(next_, i) && patterns.holds(block, i))
        marks[static_cast<std::size_t>(units[i])] = as;
    ++next_;
  }

  pass::UnitsBehind& behind_;
  Cell cell_;
  const AskedMonths& asked_;
  std::vector<std::uint8_t> marks_;  // by unit
  std::size_t next_ = 0;             // figure
};

// With what counts the leads of a contribution by its own groups.
Catalogue with_counts(const Catalogue& catalogue, const Indicator& indicator) {
  if (indicator.kind != Indicator::Kind::contribution) return catalogue;
  std::vector<std::string> groupings;
  if (indicator.groups != identity_grouping) groupings.push_back(indicator.groups);
  return catalogue.with_patterns(groupings);
}

// With the indicator by the one definition that answers in the cell.
Catalogue with_definition(const Catalogue& catalogue, const CellSelector& selector) {
  check_versions(selector.versions);
  const Indicator& indicator = catalogue.indicator(selector.indicator);
  if (catalogue.history(indicator).size() == 1) return catalogue;
  const Query asked{.indicators = {indicator.id}, .versions = selector.versions};
  const Versions versions(catalogue, asked);
  Period period{undated, undated, {}};
  if (selector.period) period = Period::parse(*selector.period, catalogue.definitions().calendar);
  Indicator definition = *versions.definitions()[versions.place(0, period)];
  definition.versions.clear();
  return catalogue.with(std::move(definition));
}

Table rows_of(const Tables& tables, const Catalogue& given, BuildOptions options, const CellSelector& selector) {
  const Catalogue defined = with_definition(given, selector);
  const Catalogue catalogue = with_counts(defined, defined.indicator(selector.indicator));
  const std::vector<Counted> side = side_of(catalogue, selector.indicator, selector.side);
  const AskedMonths months(selector, catalogue.definitions().calendar);
  check_dates(side, months);
  options.by = dimensions_of(catalogue, selector);
  options.indicators = {selector.indicator};
  pass::UnitsBehind behind(tables, catalogue, options, figures_of(side));
  Marks marks(behind, selector, months);
  for (const Counted& counted : side) marks.add(counted);
  const std::string& unit = catalogue.aggregate(side.front().figure.aggregate).unit;
  return tables.find(catalogue.root(unit))->second.take(behind.rows(marks.marks()));
}

}  // namespace
}  // namespace question

Table rows(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options,
           const CellSelector& selector) {
  return on_threads(options.threads, [&] { return question::rows_of(tables, catalogue, options, selector); });
}

}  // namespace casemetry
