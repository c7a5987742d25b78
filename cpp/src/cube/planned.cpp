// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/cube.hpp>
#include <set>
#include <utility>

#include "arena.hpp"
#include "cube/counters.hpp"
#include "cube/patterns.hpp"
#include "cube/prepared.hpp"
#include "cube/promise.hpp"

namespace casemetry {
namespace pass {
namespace {

Plan::Cost cost_of(const AggregatePlan& plan, std::span<const ClassColumn> columns) {
  std::set<Lane> lanes;
  for (const Count* count : {&plan.yes, &plan.unknown, &plan.not_applicable})
    for (const auto& [lane, times] : count->terms) lanes.insert(lane);
  if (!plan.measured.never) lanes.insert(plan.measured);
  std::set<std::size_t> computed;
  for (const Lane& lane : lanes)
    for (const auto& [column, codes] : lane.conditions)
      if (!std::holds_alternative<Column>(columns[column].source)) computed.insert(column);
  return {.aggregate = plan.aggregate->id,
          .kind = plan.aggregate->kind,
          .lanes = lanes.size(),
          .computed = computed.size()};
}

// What one thread counts with: counters for every cell, sums of a block's columns, and the days as they come.
std::uint64_t bytes_of(const BlockPlan& plan, std::size_t lanes, std::uint64_t cells, std::uint64_t units) {
  std::uint64_t bytes = Counters::bytes(cells, words_of(lanes));
  for (const AggregatePlan& aggregate : plan.aggregates) {
    if (aggregate.measured.never) continue;
    const Aggregate::Kind kind = aggregate.aggregate->kind;
    if (kind == Aggregate::Kind::sum) bytes += cells * sizeof(PowerSums);
    if (kind == Aggregate::Kind::days || kind == Aggregate::Kind::pending) bytes += units * DayPairs::bytes_a_row;
  }
  return bytes;
}

Plan::Block planned(Prepared& prepared, const BlockOf& of, std::size_t morsel) {
  const BlockPlan plan = prepared.plan(of);
  const std::vector<Digit> digits = prepared.digits(of, prepared.months(of));
  const std::int64_t rows = prepared.source(of.unit).rows();
  const auto units = static_cast<std::uint64_t>(rows);
  const KeySpace keys = key_space(digits, rows);
  const std::size_t lanes = plan.lanes().size();
  Plan::Block block{.unit = of.unit,
                    .date = of.date,
                    .axes = {},
                    .cells = std::min(keys.possible, units),
                    .numbers_cells = !keys.dense,
                    .lanes = lanes,
                    .proportions = plan.proportions.size(),
                    .morsels = (units + morsel - 1) / morsel,
                    .bytes = bytes_of(plan, lanes, keys.dense ? keys.possible : units, units),
                    .aggregates = {}};
  for (const Digit& digit : digits) block.axes.push_back({digit.name, digit.radix});
  for (const AggregatePlan& aggregate : plan.aggregates)
    block.aggregates.push_back(cost_of(aggregate, plan.decisions.columns()));
  return block;
}

// `pattern(sources, @origin)`, of a unit that is made to count by it.
std::string pattern_of(const UnitDefinition& unit) {
  for (const UnitColumn& column : unit.columns)
    if (column.name.starts_with(pattern_dimension(""))) return column.value.text();
  return {};
}

Plan::Unit planned(const Catalogue& catalogue, const Source& source) {
  const UnitDefinition* unit = catalogue.unit(source.id());
  if (unit == nullptr)
    return {.id = source.id(), .from = source.id(), .pattern = {}, .key = {}, .units = source.rows()};
  return {.id = unit->id,
          .from = unit->from,
          .pattern = pattern_of(*unit),
          .key = unit->one_row_per,
          .units = source.rows()};
}

std::vector<Plan::Read> read(RowSets& rows) {
  const std::map<std::string, std::int64_t> of_table = rows.table_rows();
  std::vector<Plan::Read> tables;
  for (const auto& [table, reports] : rows.table_reports()) {
    Plan::Read& read = tables.emplace_back(Plan::Read{.table = table, .rows = of_table.at(table), .columns = {}});
    for (const ColumnReport& report : reports) read.columns.push_back(report.name);
  }
  return tables;
}

Plan planned(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  Prepared prepared(tables, catalogue, options);
  Plan plan{.tables = {},
            .units = {},
            .blocks = {},
            .not_available = prepared.selection().not_available,
            .morsel = std::max<std::size_t>(options.morsel, 1)};
  for (const BlockOf& of : prepared.blocks()) plan.blocks.push_back(planned(prepared, of, plan.morsel));
  for (const auto& [id, source] : prepared.selection().sources) plan.units.push_back(planned(catalogue, source));
  plan.tables = read(*prepared.selection().rows);
  return plan;
}

}  // namespace
}  // namespace pass

std::uint64_t Plan::cells() const {
  std::uint64_t cells = 0;
  for (const Block& block : blocks) cells += block.cells;
  return cells;
}

std::uint64_t Plan::bytes() const {
  std::uint64_t most = 0;
  for (const Block& block : blocks) most = std::max(most, block.bytes);
  return most;
}

Plan plan(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  return on_threads(options.threads, [&] {
    const Catalogue expanded = pass::with_patterns(catalogue, options);
    value::check_promise(tables, expanded, options);
    return pass::planned(tables, expanded, options);
  });
}

}  // namespace casemetry
