// SPDX-License-Identifier: Apache-2.0
#include "cube/promise.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "cube/names.hpp"

namespace casemetry::value {
namespace {

using Columns = std::set<std::string>;

/// Follows a unit down to its tables, with the promised columns under the names that they have there.
class Descent {
 public:
  explicit Descent(const Cube::Data& cube) : cube_(cube) {}

  std::vector<std::string> risks() && {
    for (const Block& block : cube_.blocks) {
      if (is_whole(block.unit))
        add("every part has all rows of '" + block.unit +
            "', which would count once a part; `keep` what counts others");
      inspect(block.unit, {cube_.partitioned_by.begin(), cube_.partitioned_by.end()});
    }
    return std::move(risks_);
  }

 private:
  void inspect(const std::string& id, const Columns& promised) {
    const UnitDefinition* unit = cube_.catalogue.unit(id);
    if (unit == nullptr) return;
    if (!unit->one_row_per.empty()) inspect_key(*unit, promised);
    for (const Lookup& lookup : unit->lookups) inspect(*unit, lookup, promised);
    inspect(unit->from, promised);
  }

  void inspect_key(const UnitDefinition& unit, const Columns& promised) {
    const Columns key(unit.one_row_per.begin(), unit.one_row_per.end());
    const std::string rows = "unit '" + unit.id + "' is one for each " + quoted(unit.one_row_per) +
                             ", and rows of one unit could be in both parts; ";
    if (promised.empty()) {
      add(rows + "split the rows by a column of that key, and say so with `partitioned_by`");
    } else if (!std::ranges::includes(key, promised)) {
      add(rows + "that they are partitioned by " + quoted(promised) +
          " does not exclude it: split by columns of that key");
    }
  }

  void inspect(const UnitDefinition& unit, const Lookup& lookup, const Columns& promised) {
    if (is_whole(lookup.from)) return;
    Columns beyond;
    for (const auto& [column, other] : lookup.on)
      if (promised.contains(column)) beyond.insert(other);
    if (!promised.empty() && beyond.size() == promised.size()) return inspect(lookup.from, beyond);
    add("unit '" + unit.id + "' looks up '" + lookup.from +
        "', and what it looks for could be in another part; give '" + lookup.from +
        "' to every part with all its rows, and say so with `whole`, or split both by columns of `on`, and "
        "say so with `partitioned_by`");
  }

  // Whether every part has all rows of it, or of all that it is made from.
  bool is_whole(const std::string& id) const {
    if (cube_.whole.contains(id)) return true;
    const UnitDefinition* unit = cube_.catalogue.unit(id);
    return unit != nullptr && is_whole(unit->from) &&
           std::ranges::all_of(unit->lookups, [&](const Lookup& lookup) { return is_whole(lookup.from); });
  }

  void add(std::string risk) {
    if (std::ranges::find(risks_, risk) == risks_.end()) risks_.push_back(std::move(risk));
  }

  const Cube::Data& cube_;
  std::vector<std::string> risks_;
};

}  // namespace

std::vector<std::string> split_risks(const Cube::Data& cube) {
  return Descent(cube).risks();
}

bool counts_collapsed_units(const Cube::Data& cube) {
  return std::ranges::any_of(cube.blocks, [&](const Block& block) {
    for (const UnitDefinition* unit = cube.catalogue.unit(block.unit); unit != nullptr;
         unit = cube.catalogue.unit(unit->from))
      if (!unit->one_row_per.empty()) return true;
    return false;
  });
}

void check_promise(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options) {
  Columns columns;
  Columns sources;
  for (const auto& [id, table] : tables) {
    sources.insert(id);
    for (std::string& name : table.column_names()) columns.insert(std::move(name));
  }
  for (const TableDefinition& table : catalogue.definitions().tables) {
    sources.insert(table.id);
    for (const ColumnDefinition& column : table.columns) columns.insert(column.name);
  }
  for (const UnitDefinition& unit : catalogue.definitions().units) sources.insert(unit.id);
  must_be_known(options.partitioned_by, columns, "partitioned_by: no table has a column");
  must_be_known(options.whole, sources, "whole: there is no table or unit");
}

}  // namespace casemetry::value
