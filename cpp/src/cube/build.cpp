// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/cube.hpp>
#include <utility>

#include "arena.hpp"
#include "cube/canonical.hpp"
#include "cube/finish.hpp"
#include "cube/kernel.hpp"
#include "cube/patterns.hpp"
#include "cube/prepared.hpp"
#include "cube/promise.hpp"

namespace casemetry {
namespace pass {
namespace {

void measure(Source& source, const AggregatePlan& plan, std::span<const Lane> lanes, Pass& pass) {
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

Block counted(Prepared& prepared, const BlockOf& of, std::size_t morsel) {
  Source& source = prepared.source(of.unit);
  const BlockPlan plan = prepared.plan(of);
  const Months months = prepared.months(of);
  const Groups groups(prepared.digits(of, months), source.rows());
  const std::vector<Lane> lanes = plan.lanes();
  Pass pass{.rows = source.rows(),
            .groups = &groups,
            .columns = plan.decisions.columns(),
            .lanes = lanes,
            .sums = {},
            .days = {},
            .morsel = morsel};
  for (const AggregatePlan& aggregate : plan.aggregates) measure(source, aggregate, lanes, pass);
  const CellSpace space{.groups = groups, .has_dimension = prepared.has_dimension(of.unit), .months = months.months};
  Block block = finished(plan, count(pass), space);
  for (std::size_t i = 0; i < of.aggregates.size(); ++i)
    if (of.aggregates[i]->kind == Aggregate::Kind::sum)
      block.aggregates[i].scale = source.numbers(of.aggregates[i]->column).scale();
  return block;
}

Cube::Data counted(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  Prepared prepared(tables, catalogue, options);
  std::vector<Block> blocks;
  for (const BlockOf& of : prepared.blocks()) blocks.push_back(counted(prepared, of, options.morsel));
  const Selection& selection = prepared.selection();
  Cube::Data data{.catalogue = catalogue,
                  .dimensions = prepared.dimensions(),
                  .as_of = options.as_of,
                  .blocks = std::move(blocks),
                  .rows = selection.rows->table_rows(),
                  .reports = selection.rows->table_reports(),
                  .unit_reports = selection.rows->unit_reports(),
                  .not_available = selection.not_available,
                  .indicators = options.indicators,
                  .partitioned_by = options.partitioned_by,
                  .parts = {},
                  .whole = {options.whole.begin(), options.whole.end()},
                  .holidays = selection.rows->holidays().listed(),
                  .groupings = selection.rows->groupings()};
  for (auto& [table, reports] : data.reports)
    if (const auto read = selection.sources.find(table); read != selection.sources.end())
      reports = read->second.with_dates(std::move(reports));
  std::ranges::sort(data.partitioned_by);
  if (!options.part.empty()) data.parts.insert(options.part);
  value::canonicalise(data);
  return data;
}

}  // namespace
}  // namespace pass

Cube build(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  return on_threads(options.threads, [&] {
    const Catalogue expanded = pass::with_patterns(catalogue, options);
    value::check_promise(tables, expanded, options);
    return Cube(pass::counted(tables, expanded, options));
  });
}

}  // namespace casemetry
