// SPDX-License-Identifier: Apache-2.0
#include "catalogue/validate.hpp"

#include <set>

#include "catalogue/form.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/text.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

void validate_id(const std::string& id, const std::string& path, Faults& faults) {
  if (id.empty()) {
    faults.tell_first(path, "no id");
  } else if (!is_id(id)) {
    faults.tell_first(path, "'" + id + "' is no id: letters of any script, digits and _, not beginning with a digit");
  }
}

bool is_made_for_leads(const std::string& id, const std::vector<LeadSet>& leads) {
  return std::ranges::any_of(leads, [&](const LeadSet& set) { return is_made_id(id, set.id); });
}

// What is made for lead sets may stand among units and aggregates.
template <typename Item>
void validate_ids(const std::vector<Item>& items, const std::string& list, Faults& faults,
                  const std::vector<LeadSet>& leads = {}) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = path_of(list, items[i].id, i) + ".id";
    if (!is_made_for_leads(items[i].id, leads)) validate_id(items[i].id, path, faults);
    if (!items[i].id.empty() && !seen.insert(items[i].id).second)
      faults.tell(path, "a second " + list + " has this id: each needs its own");
  }
}

// Of the catalogue: a hyphen may stand in it, as in a file's name.
void validate_catalogue_id(std::string id, Faults& faults) {
  if (id.empty()) return;
  std::ranges::replace(id, '-', '_');
  validate_id(id, "id", faults);
}

void validate_list(const std::string& name, const std::vector<Literal>& values, Faults& faults) {
  const std::string path = "list." + name;
  if (!is_id(name)) validate_id(name, path, faults);
  if (values.empty()) faults.tell_first(path, "no values: name at least one");
  for (const Literal& value : values) {
    if (value.index() == values.front().index()) continue;
    faults.tell_first(path, "values of different kinds: all text, all numbers, all dates or all true and false");
    return;
  }
}

}  // namespace

std::string path_of(const std::string& list, const std::string& id, std::size_t index) {
  return id.empty() ? list + " #" + std::to_string(index + 1) : list + "." + id;
}

Shapes validate(const Definitions& definitions, Faults& faults) {
  validate_utf8(tree_of(definitions), "", faults);
  validate_catalogue_id(definitions.id, faults);
  for (const auto& [name, values] : definitions.lists) validate_list(name, values, faults);
  validate_calendar(definitions, faults);
  validate_ids(definitions.tables, "table", faults);
  validate_ids(definitions.units, "unit", faults, definitions.leads);
  validate_ids(definitions.dimensions, "dimension", faults);
  validate_ids(definitions.leads, "lead", faults);
  validate_ids(definitions.groupings, "grouping", faults);
  validate_ids(definitions.aggregates, "aggregate", faults, definitions.leads);
  validate_ids(definitions.indicators, "indicator", faults);
  validate_ids(definitions.identities, "identity", faults);
  for (const TableDefinition& table : definitions.tables) validate_table(table, "table." + table.id, faults);
  Shapes shapes(definitions, faults);
  for (const UnitDefinition& unit : definitions.units)
    validate_unit(definitions, unit, shapes, "unit." + unit.id, faults);
  for (const Dimension& dimension : definitions.dimensions)
    validate_dimension(definitions, dimension, shapes, "dimension." + dimension.id, faults);
  for (const LeadSet& lead : definitions.leads) validate_lead_set(definitions, lead, shapes, "lead." + lead.id, faults);
  for (const Grouping& grouping : definitions.groupings)
    validate_grouping(definitions, grouping, "grouping." + grouping.id, faults);
  for (std::size_t i = 0; i < definitions.aggregates.size(); ++i)
    validate_aggregate(definitions, definitions.aggregates[i], shapes,
                       path_of("aggregate", definitions.aggregates[i].id, i), faults);
  for (std::size_t i = 0; i < definitions.indicators.size(); ++i)
    validate_indicator(definitions, definitions.indicators[i], path_of("indicator", definitions.indicators[i].id, i),
                       faults);
  for (std::size_t i = 0; i < definitions.identities.size(); ++i)
    validate_identity(definitions, definitions.identities[i], path_of("identity", definitions.identities[i].id, i),
                      faults);
  return shapes;
}

}  // namespace casemetry::definition
