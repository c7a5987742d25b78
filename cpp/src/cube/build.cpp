// SPDX-License-Identifier: Apache-2.0
#include <tbb/task_arena.h>
#include <algorithm>
#include <casemetry/cube.hpp>
#include <utility>

#include "cube/canonical.hpp"
#include "cube/dimension.hpp"
#include "cube/finish.hpp"
#include "cube/groups.hpp"
#include "cube/hierarchy.hpp"
#include "cube/kernel.hpp"
#include "cube/month.hpp"
#include "cube/plan.hpp"
#include "cube/promise.hpp"
#include "cube/selection.hpp"

namespace casemetry {
namespace pass {
namespace {

using DimensionColumns = std::vector<std::optional<DimensionColumn>>;

class Builder {
 public:
  Builder(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options)
      : catalogue_(catalogue), options_(options), selection_(select(tables, catalogue, options)) {
    for (const auto& [unit, names] : dimension_columns(selection_, tables, catalogue, options.by))
      columns_[unit] = columns(source(unit), names);
    for (std::size_t d = 0; d < options.by.size(); ++d) dimensions_.push_back(merged(d, tables));
  }

  Cube::Data build() {
    std::vector<Block> blocks;
    for (const auto& [place, aggregates] : aggregates_by_block())
      blocks.push_back(block(source(place.first), place.second, aggregates));
    Cube::Data data{.catalogue = catalogue_,
                    .dimensions = std::move(dimensions_),
                    .as_of = options_.as_of,
                    .blocks = std::move(blocks),
                    .rows = selection_.rows->table_rows(),
                    .reports = selection_.rows->table_reports(),
                    .unit_reports = selection_.rows->unit_reports(),
                    .not_available = std::move(selection_.not_available),
                    .indicators = options_.indicators,
                    .partitioned_by = options_.partitioned_by,
                    .parts = {},
                    .whole = {options_.whole.begin(), options_.whole.end()}};
    for (auto& [table, reports] : data.reports)
      if (const auto read = selection_.sources.find(table); read != selection_.sources.end())
        reports = read->second.with_dates(std::move(reports));
    std::ranges::sort(data.partitioned_by);
    if (!options_.part.empty()) data.parts.insert(options_.part);
    value::canonicalise(data);
    return data;
  }

 private:
  using Aggregates = std::vector<const Aggregate*>;

  Source& source(const std::string& unit) { return selection_.sources.at(unit); }

  DimensionColumns columns(Source& source, std::span<const std::optional<std::string>> names) const {
    DimensionColumns columns;
    for (std::size_t d = 0; d < names.size(); ++d) {
      const Dimension* dimension = declared_dimension(catalogue_, options_.by[d]);
      const bool has_bands = dimension != nullptr && !dimension->bands.empty();
      columns.push_back(!names[d]   ? std::nullopt
                        : has_bands ? std::optional(banded_column(source, *names[d], *dimension))
                                    : std::optional(dimension_column(source, *names[d])));
    }
    return columns;
  }

  DimensionLabels merged(std::size_t dimension, const Tables& tables) const {
    DimensionColumns columns;
    for (const auto& [unit, of_unit] : columns_) columns.push_back(of_unit[dimension]);
    DimensionLabels labels = merged_labels(options_.by[dimension], columns);
    for (const auto& [unit, of_unit] : columns_)
      if (of_unit[dimension] && of_unit[dimension]->is_closed) labels.closed_in.push_back(unit);
    const Dimension* declared = declared_dimension(catalogue_, options_.by[dimension]);
    if (declared != nullptr && !declared->hierarchy.table.empty())
      labels.hierarchy = value::hierarchy_of(tables, catalogue_, *declared);
    return labels;
  }

  // What is pending is placed twice: where it is opened, and where it is closed.
  static std::vector<std::string> dates_of(const Aggregate& aggregate) {
    if (aggregate.kind == Aggregate::Kind::pending) return {aggregate.opened, aggregate.closed};
    return {aggregate.date.value_or("")};
  }

  std::map<std::pair<std::string, std::string>, Aggregates> aggregates_by_block() const {
    std::map<std::pair<std::string, std::string>, Aggregates> blocks;
    for (const Aggregate* aggregate : selection_.aggregates)
      for (const std::string& date : dates_of(*aggregate)) blocks[{aggregate->unit, date}].push_back(aggregate);
    return blocks;
  }

  Block block(Source& source, const std::string& date, const Aggregates& aggregates) {
    const BlockPlan plan = pass::plan(source, catalogue_, date, aggregates, selection_.indicators, options_.as_of);
    const Months months =
        date.empty() ? Months{} : months_of(source.dates(date).days(), catalogue_.definitions().calendar);
    const Groups groups(digits(source, date, months), source.rows());
    const std::vector<Lane> lanes = plan.lanes();
    Pass pass{.rows = source.rows(),
              .groups = &groups,
              .columns = plan.decisions.columns(),
              .lanes = lanes,
              .sums = {},
              .days = {},
              .morsel = options_.morsel};
    for (const AggregatePlan& aggregate : plan.aggregates) measure(source, aggregate, lanes, pass);
    CellSpace space{.groups = groups, .has_dimension = {}, .months = months.months};
    for (const auto& column : columns_[source.id()]) space.has_dimension.push_back(column.has_value());
    Block block = finished(plan, count(pass), space);
    for (std::size_t i = 0; i < aggregates.size(); ++i)
      if (aggregates[i]->kind == Aggregate::Kind::sum)
        block.aggregates[i].scale = source.numbers(aggregates[i]->column).scale();
    return block;
  }

  std::vector<Digit> digits(Source& source, const std::string& date, const Months& months) {
    std::vector<Digit> digits;
    const DimensionColumns& columns = columns_[source.id()];
    for (std::size_t d = 0; d < columns.size(); ++d) {
      if (!columns[d]) continue;
      const auto& labels = dimensions_[d].labels;
      digits.push_back(digit_of(options_.by[d], columns[d]->codes, merged_codes(*columns[d], labels), labels.size()));
    }
    if (!date.empty()) digits.push_back(digit_of(source.dates(date).days(), months));
    return digits;
  }

  static void measure(Source& source, const AggregatePlan& plan, std::span<const Lane> lanes, Pass& pass) {
    const Aggregate& aggregate = *plan.aggregate;
    if (plan.measured.never) return;
    const auto lane = [&] {
      return static_cast<std::size_t>(std::find(lanes.begin(), lanes.end(), plan.measured) - lanes.begin());
    };
    if (aggregate.kind == Aggregate::Kind::sum)
      pass.sums.push_back({aggregate.id, lane(), source.numbers(aggregate.column).numbers()});
    if (aggregate.kind == Aggregate::Kind::days)
      pass.days.push_back({lane(), source.dates(aggregate.start).days(), source.dates(aggregate.end).days()});
    if (aggregate.kind == Aggregate::Kind::pending)
      pass.days.push_back({lane(), {}, source.dates(aggregate.opened).days()});
  }

  const Catalogue& catalogue_;
  const BuildOptions& options_;
  Selection selection_;
  std::map<std::string, DimensionColumns> columns_;  // by unit, in the order of `by`
  std::vector<DimensionLabels> dimensions_;
};

}  // namespace
}  // namespace pass

Cube build(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  if (options.threads < 0)
    throw QueryError("threads: " + std::to_string(options.threads) + " is none; 0 stands for all processors");
  value::check_promise(tables, catalogue, options);
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  return arena.execute([&] { return Cube(pass::Builder(tables, catalogue, options).build()); });
}

}  // namespace casemetry
