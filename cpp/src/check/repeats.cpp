// SPDX-License-Identifier: Apache-2.0
// Keys that stand in several rows. The rows are collapsed by their key, as any unit is.
#include <algorithm>
#include <memory>
#include <optional>

#include "check/at_hand.hpp"

namespace casemetry::quality {
namespace {

using Kind = Finding::Kind;
using Flags = std::vector<std::uint8_t>;

// Names that no column of a table has.
std::string own(const std::string& name) {
  return '\x1f' + name;
}

bool is_true(const Column& truths, std::size_t row) {
  return std::visit([row](auto codes) { return codes[row] == 1; }, truths.codes());
}

/// The rows of a table that have a whole key, collapsed by it.
class Keys {
 public:
  explicit Keys(const TableAtHand& table) : table_(table), sets_({{table.id(), keyed(table)}}, catalogue()) {}

  /// By key: whether it stands in several rows.
  Flags repeated() {
    const auto rows = unit().column(own("rows")).numbers();
    Flags flags(rows.size());
    std::ranges::transform(rows, flags.begin(), [](std::int64_t count) { return count > 1; });
    return flags;
  }

  /// By key: whether its rows differ in a column.
  Flags differing(const std::string& column) {
    const Column only = unit().column(own("only " + column));
    Flags flags(static_cast<std::size_t>(only.rows()));
    if (!any_disagree(own("only " + column))) return flags;
    const Column known = unit().column(own("known " + column));
    const RowTest missing = is_missing(only);
    for (std::size_t key = 0; key < flags.size(); ++key) flags[key] = missing(key) && is_true(known, key);
    return flags;
  }

  /// The flags of keys, by row of the table.
  Flags of_rows(const Flags& keys) {
    Flags flags(static_cast<std::size_t>(table_.rows()));
    for (const std::int64_t row : unit().rows_behind(keys))
      flags[static_cast<std::size_t>(kept_.empty() ? row : kept_[static_cast<std::size_t>(row)])] = 1;
    return flags;
  }

  /// The columns in which rows of one key can differ.
  std::vector<std::string> columns() const {
    std::vector<std::string> names;
    for (const Column& column : table_.columns())
      if (column.type() != Type::set && !is_key(column.name())) names.push_back(column.name());
    return names;
  }

 private:
  bool is_key(const std::string& name) const {
    return std::ranges::find(table_.definition().key, name) != table_.definition().key.end();
  }

  // As they were read, so that nothing is read twice; without the rows whose key is not whole.
  Table keyed(const TableAtHand& table) {
    const Table read(table.columns(), table.id());
    std::vector<RowTest> missing;
    for (const std::string& name : table.definition().key) missing.push_back(is_missing(*table.column(name)));
    const auto lacks_key = [&](std::size_t row) {
      return std::ranges::any_of(missing, [row](const RowTest& test) { return test(row); });
    };
    if (tally(table.rows(), lacks_key, 0).rows == 0) return read;
    kept_ = rows_where(table.rows(), [&](std::size_t row) { return !lacks_key(row); });
    return read.take(kept_);
  }

  Catalogue catalogue() const {
    const std::vector<std::string>& key = table_.definition().key;
    UnitDefinition unit{.id = unit_id(), .from = table_.id(), .one_row_per = key};
    unit.columns.push_back({own("rows"), call(Operation::collapse_count, {!is_null(col(key.front()))})});
    for (const std::string& name : columns()) {
      unit.columns.push_back({own("only " + name), call(Operation::collapse_only, {col(name)})});
      unit.columns.push_back({own("known " + name), call(Operation::collapse_any, {!is_null(col(name))})});
    }
    Definitions definitions;
    definitions.tables = {{.id = table_.id()}};
    definitions.units = {std::move(unit)};
    return Catalogue(std::move(definitions));
  }

  std::string unit_id() const { return table_.id() + "_"; }
  RowSet& unit() { return sets_.at(unit_id()); }

  bool any_disagree(const std::string& column) const {
    for (const UnitReport& report : sets_.unit_reports())
      for (const UnitReport::Collapsed& collapsed : report.columns)
        if (collapsed.column == column) return collapsed.disagreeing > 0;
    return false;
  }

  const TableAtHand& table_;
  std::vector<std::int64_t> kept_;  // empty: all rows
  RowSets sets_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Suspicion of_keys(const TableAtHand& table, Kind kind, std::string column, const Flags& keys, Flags rows) {
  return {.finding = {.kind = kind,
                      .table = table.id(),
                      .column = std::move(column),
                      .of = table.rows(),
                      .keys = std::ranges::count(keys, 1)},
          .test = is_flagged(std::move(rows))};
}

}  // namespace

std::vector<Suspicion> suspicious_keys(const TableAtHand& table) {
  const std::vector<std::string>& key = table.definition().key;
  const bool is_there =
      std::ranges::all_of(key, [&](const std::string& name) { return table.column(name) != nullptr; });
  if (key.empty() || !is_there || table.rows() == 0) return {};
  Keys keys(table);
  const Flags repeated = keys.repeated();
  if (std::ranges::count(repeated, 1) == 0) return {};
  std::vector<Suspicion> suspicions{of_keys(table, Kind::repeated, joined(key), repeated, keys.of_rows(repeated))};
  for (const std::string& name : keys.columns()) {
    const Flags differing = keys.differing(name);
    if (std::ranges::count(differing, 1) == 0) continue;
    Suspicion& conflict =
        suspicions.emplace_back(of_keys(table, Kind::conflicting, name, differing, keys.of_rows(differing)));
    if (!table.identifies(name))
      conflict.value = [column = *table.column(name)](std::size_t row) { return cell_text(column, row); };
  }
  return suspicions;
}

}  // namespace casemetry::quality
