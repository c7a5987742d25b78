// SPDX-License-Identifier: Apache-2.0
#include "set_origin.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "catalogue/resolve.hpp"
#include "catalogue/words.hpp"

namespace casemetry {
namespace definition {
namespace {

bool makes_set(const Expression& call) {
  using enum Operation;
  const Operation operation = call.node().operation;
  return operation == collapse_set || operation == collapse_bag || operation == collapse_earliest ||
         operation == collapse_latest;
}

/// Follows a column to the table that has it.
class Way {
 public:
  Way(const Definitions& definitions, std::string unit, std::string column)
      : definitions_(definitions), unit_(std::move(unit)), column_(std::move(column)) {}

  SetOrigin origin() && {
    while (const UnitDefinition* unit = find(definitions_.units, unit_))
      if (!passed_.emplace(unit_, column_).second || !goes_on(*unit)) return std::move(origin_);
    if (const TableDefinition* table = find(definitions_.tables, unit_)) origin_.members = column_of(*table, column_);
    return std::move(origin_);
  }

 private:
  bool goes_on(const UnitDefinition& unit) {
    const auto own = std::ranges::find(unit.columns, column_, &UnitColumn::name);
    if (own != unit.columns.end()) return goes_on(unit, own->value);
    for (const Lookup& lookup : unit.lookups) {
      if (!is_one_of(column_, lookup.take)) continue;
      if (origin_.lookup == nullptr) std::tie(origin_.lookup, origin_.looked_up) = std::pair(&lookup, column_);
      unit_ = lookup.from;
      return true;
    }
    unit_ = unit.from;
    return true;
  }

  bool goes_on(const UnitDefinition& unit, const Expression& value) {
    const Expression* members = &value;
    if (makes_set(value)) {
      origin_.call = value;
      origin_.unit = unit.id;
      members = &value.node().children.front();
      unit_ = unit.from;
    }
    if (members->node().operation != Operation::column) return false;
    column_ = members->node().name;
    return true;
  }

  const Definitions& definitions_;
  std::string unit_, column_;
  std::set<std::pair<std::string, std::string>> passed_;
  SetOrigin origin_;
};

}  // namespace
}  // namespace definition

SetOrigin set_origin(const Definitions& definitions, const std::string& unit, const std::string& column) {
  return definition::Way(definitions, unit, column).origin();
}

std::map<std::string, std::string> source_aliases(const Definitions& definitions) {
  std::map<std::string, std::string> aliases;
  for (const LeadSet& leads : definitions.leads)
    if (const ColumnDefinition* members = set_origin(definitions, leads.unit, leads.sources).members)
      aliases.insert(members->aliases.begin(), members->aliases.end());
  return aliases;
}

}  // namespace casemetry
