// SPDX-License-Identifier: Apache-2.0
#include <casemetry/units.hpp>

#include <tbb/parallel_sort.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "arena.hpp"
#include "units/gather.hpp"
#include "units/keys.hpp"

namespace casemetry {
namespace counting {
namespace {

using Rows = std::vector<std::uint32_t>;

// Sorts rows that are sorted by what comes after, by one column: equal cells stay as they were.
template <class Value>
void sort_by(Rows& rows, const Value& value_of) {
  struct Entry {
    decltype(value_of(0)) value;
    std::uint32_t place;
    std::uint32_t row;
  };
  std::vector<Entry> entries(rows.size());
  for (std::uint32_t place = 0; place < rows.size(); ++place)
    entries[place] = {value_of(rows[place]), place, rows[place]};
  tbb::parallel_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.value != b.value ? a.value < b.value : a.place < b.place;
  });
  std::ranges::transform(entries, rows.begin(), &Entry::row);
}

// The place of each label in declared, then code-point order; of a missing cell the last.
std::vector<std::uint32_t> ranks_of_labels(const Column& column, bool is_closed) {
  const auto labels = column.labels();
  std::vector<std::uint32_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto open = order.begin() + static_cast<std::ptrdiff_t>(is_closed ? column.listed() : 0);
  std::sort(open, order.end(), [&](std::uint32_t a, std::uint32_t b) { return labels[a] < labels[b]; });
  std::vector<std::uint32_t> ranks(labels.size() + 1, static_cast<std::uint32_t>(labels.size()));
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

void sort_by(Rows& rows, const Column& column, bool is_closed) {
  if (column.type() == Type::date)
    return sort_by(rows, [days = column.days()](std::uint32_t row) { return days[row]; });
  if (!column.coded()) return sort_by(rows, [cells = column.numbers()](std::uint32_t row) { return cells[row]; });
  const std::vector<std::uint32_t> ranks = ranks_of_labels(column, is_closed);
  std::visit([&](auto codes) { sort_by(rows, [&](std::uint32_t row) { return ranks[codes[row]]; }); }, column.codes());
}

// The rows by key, its first column first.
Rows by_key(RowSet& unit, const std::vector<std::string>& key) {
  Rows rows(static_cast<std::size_t>(unit.rows()));
  std::iota(rows.begin(), rows.end(), 0U);
  for (auto name = key.rbegin(); name != key.rend(); ++name) {
    const bool is_closed = !unit.definition(*name)->values.empty();
    sort_by(rows, unit.column(*name), is_closed);
  }
  return rows;
}

std::vector<std::string> wanted(RowSet& unit, const std::vector<std::string>& key,
                                const std::vector<std::string>& columns) {
  if (columns.empty()) return unit.column_names();
  std::vector<std::string> names = key;
  for (const std::string& name : columns)
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

void refuse_unknown(const Tables& tables, const Catalogue& catalogue, std::string_view id) {
  if (catalogue.unit(id) != nullptr || catalogue.table(id) != nullptr || tables.contains(id)) return;
  std::vector<std::string> known;
  for (const UnitDefinition& unit : catalogue.definitions().units) known.push_back(unit.id);
  for (const TableDefinition& table : catalogue.definitions().tables) known.push_back(table.id);
  throw QueryError(hinted("there is no unit or table '" + std::string(id) + "'", id, known));
}

Table table_of(RowSets& sets, std::string_view id, const UnitOptions& options) {
  RowSet& rows = sets.at(id);
  const UnitDefinition* definition = sets.catalogue().unit(id);
  const std::vector<std::string> key = definition != nullptr ? definition->one_row_per : std::vector<std::string>{};
  std::vector<Column> columns;
  for (const std::string& name : wanted(rows, key, options.columns)) columns.push_back(rows.column(name));
  if (!key.empty()) {
    const Rows order = by_key(rows, key);
    for (Column& column : columns) column = gathered(column, order, column.name());
  }
  return Table(std::move(columns), std::string(id));
}

}  // namespace
}  // namespace counting

Table units(const Tables& tables, const Catalogue& catalogue, std::string_view unit, const UnitOptions& options) {
  return on_threads(options.threads, [&] {
    counting::refuse_unknown(tables, catalogue, unit);
    RowSets sets(tables, catalogue, options.morsel);
    return counting::table_of(sets, unit, options);
  });
}

}  // namespace casemetry
