// SPDX-License-Identifier: Apache-2.0
#include "check/trace.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace casemetry::quality {
namespace {

/// The columns of a table that columns of units are made of.
class Trace {
 public:
  Trace(const Catalogue& catalogue, std::string_view table) : catalogue_(catalogue), table_(table) {}

  void follow(const std::string& id, const std::string& column) {
    if (!seen_.emplace(id, column).second) return;
    const UnitDefinition* unit = catalogue_.unit(id);
    if (unit == nullptr) {
      if (id == table_) found_.insert(column);
    } else if (const UnitColumn* own = own_column(*unit, column)) {
      follow(*unit, own->value);
    } else {
      const Lookup* lookup = taker(*unit, column);
      follow(lookup != nullptr ? lookup->from : unit->from, column);
    }
  }

  std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

 private:
  void follow(const UnitDefinition& unit, const Expression& value) {
    for (const Expression& call : collapse_calls(value))
      for (const std::string& name : call.columns()) follow(unit.from, name);
    for (const std::string& name : own_names(value)) follow(unit.id, name);
  }

  const Catalogue& catalogue_;
  std::string_view table_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::set<std::string> found_;
};

}  // namespace

std::vector<std::string> own_names(const Expression& expression) {
  const std::vector<Expression> calls = collapse_calls(expression);
  return replaced(expression,
                  [&](const Expression& part) {
                    const bool is_call =
                        std::ranges::any_of(calls, [&](const Expression& call) { return call.same_as(part); });
                    return is_call ? std::optional(lit(true)) : std::nullopt;
                  })
      .columns();
}

const Lookup* taker(const UnitDefinition& unit, std::string_view column) {
  const auto found = std::ranges::find_if(
      unit.lookups, [&](const Lookup& lookup) { return std::ranges::find(lookup.take, column) != lookup.take.end(); });
  return found != unit.lookups.end() ? &*found : nullptr;
}

const UnitColumn* own_column(const UnitDefinition& unit, std::string_view column) {
  const auto found = std::ranges::find(unit.columns, column, &UnitColumn::name);
  return found != unit.columns.end() ? &*found : nullptr;
}

std::vector<std::string> counted_by(const Catalogue& catalogue, std::string_view table) {
  Trace trace(catalogue, table);
  for (const Aggregate& aggregate : catalogue.definitions().aggregates)
    for (const std::string& date : {aggregate.date.value_or(""), aggregate.opened, aggregate.closed})
      if (!date.empty()) trace.follow(aggregate.unit, date);
  return trace.found();
}

}  // namespace casemetry::quality
