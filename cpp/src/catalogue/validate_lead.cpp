// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "catalogue/resolve.hpp"
#include "catalogue/text.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"
#include "set_origin.hpp"

namespace casemetry::definition {
namespace {

// A lead set with all that its parts are checked against.
struct LeadSubject {
  const LeadSet& lead;
  const Shape& unit;
  const std::string& path;
  Faults& faults;

  std::string at(const std::string& key) const { return path + "." + key; }
};

// A column that is there and, if its type is known, has one of these.
void validate_lead_column(const LeadSubject& subject, const std::string& name, const std::string& key,
                          std::initializer_list<Type> types, const std::string& wanted) {
  if (!subject.unit.has(name))
    return subject.faults.tell_first(subject.at(key), no_column(subject.lead.unit, name, subject.unit.names));
  const ColumnDefinition* column = subject.unit.column(name);
  if (column == nullptr || std::ranges::find(types, column->type) != types.end()) return;
  subject.faults.tell_first(subject.at(key), "column '" + name + "' is " + type_name(column->type, column->scale) +
                                                 ": it should be " + wanted);
}

void validate_source_columns(const LeadSubject& subject) {
  const LeadSet& lead = subject.lead;
  if (lead.sources.empty())
    subject.faults.tell_first(subject.at("sources"), "no sources: name the column that holds the set of its sources");
  for (const auto& [key, name] : {std::pair<std::string, const std::string&>{"sources", lead.sources},
                                  {"first", lead.first},
                                  {"last", lead.last},
                                  {"log", lead.log}})
    if (!name.empty()) validate_lead_column(subject, name, key, {Type::set}, "a set");
}

void validate_stages(const LeadSubject& subject) {
  Names seen;
  for (const Stage& stage : subject.lead.stages) {
    if (!is_id(stage.name))
      subject.faults.tell_first(subject.at("stages"), "'" + stage.name +
                                                          "' is no name of a stage: letters of any script, digits and "
                                                          "_, not beginning with a digit");
    if (!seen.insert(stage.name).second)
      subject.faults.tell(subject.at("stages"), "'" + stage.name + "' stands twice: each stage has its own name");
    validate_lead_column(subject, stage.date, "stages", {Type::date}, "a date column");
  }
}

std::string window_of(const SetOrigin& origin) {
  const Expression* condition = condition_of(*origin.call);
  return condition != nullptr ? condition->text() : "no condition";
}

bool has_otherwise(const SetOrigin& origin) {
  return origin.lookup->otherwise.contains(origin.looked_up);
}

// All set columns are of the same discoveries of the same leads, as far as it can be told how they are made.
void validate_same_leads(const Definitions& definitions, const LeadSubject& subject) {
  const LeadSet& lead = subject.lead;
  const SetOrigin sources = set_origin(definitions, lead.unit, lead.sources);
  for (const char* key : {"first", "last", "log"}) {
    const std::string& name = lead.set_column(key);
    const SetOrigin other = set_origin(definitions, lead.unit, name);
    if (other.call && sources.call && window_of(other) != window_of(sources))
      subject.faults.tell_first(subject.at(key), "'" + name + "' is made of other discoveries than '" + lead.sources +
                                                     "', of these where " + window_of(other) + ", of those where " +
                                                     window_of(sources) + ": give both the same condition");
    if (other.lookup != nullptr && sources.lookup != nullptr && has_otherwise(other) != has_otherwise(sources))
      subject.faults.tell_first(subject.at(key), "where the lookup finds nothing, '" +
                                                     (has_otherwise(other) ? name : lead.sources) + "' is empty and '" +
                                                     (has_otherwise(other) ? lead.sources : name) +
                                                     "' is missing: give both a value in otherwise, or neither");
  }
}

// Whether the groups are told once: listed, or by a table.
bool is_told_once(const Grouping& grouping, const std::string& path, Faults& faults) {
  const bool listed = !grouping.groups.empty();
  if (listed == grouping.table.empty()) return true;
  faults.tell_first(path, listed ? "groups and a table: only one of them says which group a source is in"
                                 : "no groups: list the sources of each, or name the table that tells them");
  return false;
}

void validate_group_table(const Definitions& definitions, const Grouping& grouping, const std::string& path,
                          Faults& faults) {
  validate_named_table(definitions, grouping.table, {{"source", std::nullopt}, {"group", std::nullopt}},
                       "groups of sources have source and group", path, faults);
  const TableDefinition* table = find(definitions.tables, grouping.table);
  if (table == nullptr) return;
  for (const char* bound : {"valid_from", "valid_to"})
    if (column_of(*table, bound) != nullptr)
      validate_named_table(definitions, grouping.table, {{bound, Type::date}}, "", path, faults);
}

void validate_groups(const Grouping& grouping, const std::string& path, Faults& faults) {
  std::map<std::string, std::string> group_of;
  for (const auto& [name, sources] : grouping.groups) {
    const std::string place = path + "." + name;
    if (name.empty()) faults.tell_first(place, "a group without a name");
    if (sources.empty()) faults.tell_first(place, "a group without sources: list one at least, or leave it out");
    for (const std::string& source : sources) {
      if (source.empty()) faults.tell_first(place, "an empty source");
      const auto [found, is_new] = group_of.emplace(source, name);
      if (is_new) continue;
      faults.tell(place, found->second == name
                             ? "'" + source + "' stands twice"
                             : "'" + source + "' is in '" + found->second + "' already: a source is in one group");
    }
  }
}

}  // namespace

void validate_lead_set(const Definitions& definitions, const LeadSet& lead, const Shapes& shapes,
                       const std::string& path, Faults& faults) {
  const Shape* unit = shapes.find(lead.unit);
  if (unit == nullptr)
    return faults.tell_first(path + ".unit", lead.unit.empty() ? "no unit: name the unit or table whose rows are leads"
                                                               : no_unit(lead.unit, shapes));
  const LeadSubject subject{lead, *unit, path, faults};
  validate_source_columns(subject);
  validate_same_leads(definitions, subject);
  validate_stages(subject);
  if (lead.among) validate_expression(UnitScope(definitions, *unit), *lead.among, true, path + ".among", faults);
  if (!lead.value.empty())
    validate_lead_column(subject, lead.value, "value", {Type::integer, Type::decimal}, "an integer or decimal column");
}

void validate_grouping(const Definitions& definitions, const Grouping& grouping, const std::string& path,
                       Faults& faults) {
  if (grouping.id == identity_grouping)
    faults.tell(path, "@" + grouping.id + " stands for the grouping of each source by itself: choose another name");
  if (definitions.lists.contains(grouping.id))
    faults.tell(path, "a list has this name: @" + grouping.id + " would stand for both");
  if (!is_told_once(grouping, path, faults)) return;
  if (!grouping.table.empty()) return validate_group_table(definitions, grouping, path + ".table", faults);
  validate_groups(grouping, path, faults);
}

}  // namespace casemetry::definition
