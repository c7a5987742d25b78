// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/rules.hpp>
#include <ranges>

namespace casemetry {
namespace rule {
namespace {

/// What made a set column.
struct Origin {
  std::optional<Expression> call;  ///< the collapse call; none: the data have it
  bool is_looked_up = false;       ///< by a unit that has rows of its own
};

const UnitColumn* own_column(const UnitDefinition& unit, const std::string& name) {
  const auto found = std::ranges::find(unit.columns, name, &UnitColumn::name);
  return found == unit.columns.end() ? nullptr : &*found;
}

const Lookup* lookup_of(const UnitDefinition& unit, const std::string& column) {
  const auto takes = [&](const Lookup& lookup) { return std::ranges::find(lookup.take, column) != lookup.take.end(); };
  const auto found = std::ranges::find_if(unit.lookups, takes);
  return found == unit.lookups.end() ? nullptr : &*found;
}

bool makes_set(const Expression& call) {
  using enum Operation;
  const Operation operation = call.node().operation;
  return operation == collapse_set || operation == collapse_bag || operation == collapse_earliest ||
         operation == collapse_latest;
}

/// Follows a set column to where it is made: through columns of its unit, lookups, and what units are made from.
class Trace {
 public:
  Trace(const Catalogue& catalogue, std::string unit, std::string column)
      : catalogue_(catalogue), unit_(std::move(unit)), column_(std::move(column)) {}

  Origin origin() && {
    while (const UnitDefinition* unit = catalogue_.unit(unit_))
      if (!goes_on(*unit)) break;
    return std::move(origin_);
  }

 private:
  bool goes_on(const UnitDefinition& unit) {
    if (const UnitColumn* own = own_column(unit, column_)) return goes_on(own->value);
    const Lookup* lookup = lookup_of(unit, column_);
    origin_.is_looked_up = origin_.is_looked_up || lookup != nullptr;
    unit_ = lookup != nullptr ? lookup->from : unit.from;
    return true;
  }

  bool goes_on(const Expression& value) {
    for (const Expression& call : collapse_calls(value)) {
      if (!makes_set(call)) continue;
      origin_.call = call;
      return false;
    }
    for (const std::string& name : value.columns()) {
      const ColumnDefinition* column = catalogue_.column(unit_, name);
      if (column == nullptr || column->type != Type::set) continue;
      column_ = name;
      return true;
    }
    return false;
  }

  const Catalogue& catalogue_;
  std::string unit_, column_;
  Origin origin_;
};

std::string window_of(const Origin& origin) {
  const Expression* condition = origin.call ? condition_of(*origin.call) : nullptr;
  return condition != nullptr ? condition->text() : "none";
}

std::string counted_in(const LeadSet& leads, const std::string& over) {
  const bool is_attributed = over == "attributed";
  if (leads.value.empty()) return is_attributed ? "attributed leads" : "leads";
  return leads.value + (is_attributed ? " of attributed leads" : "");
}

constexpr std::size_t groups_told = 8;

// `origin: digital (2 sources), traditional (all others)`; those that a table tells, `origin: table sources`.
std::string groups_of(const Catalogue& catalogue, const std::string& name) {
  const std::vector<Grouping>& groupings = catalogue.definitions().groupings;
  const auto grouping = std::ranges::find(groupings, name, &Grouping::id);
  if (grouping == groupings.end()) return name;
  if (!grouping->table.empty()) return name + ": table " + grouping->table;
  std::string text = name;
  const auto add = [&](const std::string& told) { text += (text == name ? ": " : ", ") + told; };
  for (const SourceGroup& group : grouping->groups | std::views::take(groups_told)) {
    const std::size_t n = group.sources.size();
    add(group.name + " (" + std::to_string(n) + (n == 1 ? " source)" : " sources)"));
  }
  if (grouping->groups.size() > groups_told) add("… (" + std::to_string(grouping->groups.size()) + " groups)");
  if (!grouping->rest.empty()) add(grouping->rest + " (all others)");
  return text;
}

}  // namespace
}  // namespace rule

std::string ContributionNames::text() const {
  return "rule " + rule + "; among " + among + "; stage " + stage + "; groups " + groups + "; counts " + counts +
         "; window " + window;
}

ContributionNames names_of(const Catalogue& catalogue, const Indicator& contribution) {
  const Basis basis = catalogue.basis(contribution);
  const LeadSet& leads = *basis.leads;
  rule::Trace trace(catalogue, leads.unit, leads.set_column(basis.role));
  return {.rule = contribution.rule,
          .among = leads.among ? leads.among->text() : "all leads",
          .stage = basis.stage.empty() ? "none" : basis.stage,
          .groups = rule::groups_of(catalogue, contribution.groups),
          .counts = rule::counted_in(leads, contribution.over),
          .window = rule::window_of(std::move(trace).origin())};
}

bool knows_unattributed(const Catalogue& catalogue, const LeadSet& leads) {
  const rule::Origin origin = rule::Trace(catalogue, leads.unit, leads.sources).origin();
  return !origin.call || origin.is_looked_up;
}

}  // namespace casemetry
