// SPDX-License-Identifier: Apache-2.0
#include "catalogue/patterns.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "catalogue/resolve.hpp"
#include "catalogue/stages.hpp"

namespace casemetry {
namespace definition {
namespace {

// A set column of a lead set, under the key by which it is declared.
struct Role {
  std::string key, column;
};

std::vector<Role> roles_of(const LeadSet& leads) {
  std::vector<Role> roles;
  for (const auto& [key, column] : {std::pair<const char*, const std::string&>{"sources", leads.sources},
                                    {"first", leads.first},
                                    {"last", leads.last},
                                    {"log", leads.log}})
    if (!column.empty()) roles.push_back({key, column});
  return roles;
}

// Of a set without stages: one without a name, which all leads reached and no date places.
std::vector<Stage> stages_of(const LeadSet& leads) {
  return leads.stages.empty() ? std::vector<Stage>{{}} : leads.stages;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string name;
  for (const std::string_view part : parts)
    if (!part.empty()) name += (name.empty() ? "" : ".") + std::string(part);
  return name;
}

// Whether a lead reached the stage and is among those asked about; nothing if all are. It is one condition, for of a
// lead that did not reach the stage it need not be known whether it is among them.
std::optional<UnitColumn> asked_about(const LeadSet& leads, const Stage& stage) {
  const std::string name = joined({leads.id, stage.name.empty() ? "asked" : stage.name});
  if (stage.name.empty()) return leads.among ? std::optional(UnitColumn{name, *leads.among}) : std::nullopt;
  const Expression reached = definition::reached(leads, stage.name);
  return UnitColumn{name, leads.among ? reached && *leads.among : reached};
}

// The leads with these conditions as columns: decided once for all that counts them.
UnitDefinition asked_unit(const LeadSet& leads) {
  UnitDefinition unit{.id = joined({leads.id, "leads"}), .from = leads.unit, .counts = "lead"};
  for (const Stage& stage : stages_of(leads))
    if (auto asked = asked_about(leads, stage)) unit.columns.push_back(*std::move(asked));
  return unit;
}

// Adds what counts one set column of the leads under one grouping: a dated one by the groups of a stage's own day.
class Counting {
 public:
  Counting(Definitions& definitions, const LeadSet& leads, const Role& role, const Grouping& grouping)
      : definitions_(definitions),
        leads_(leads),
        role_(role),
        grouping_(grouping.id),
        dated_(is_dated(definitions, grouping)) {}

  void add() {
    if (!dated_) definition::put(definitions_.units, unit({}));
    for (const Stage& stage : stages_of(leads_)) {
      if (dated_) definition::put(definitions_.units, unit(stage));
      definition::put(definitions_.aggregates, count(stage));
      if (!leads_.value.empty()) definition::put(definitions_.aggregates, value(stage));
    }
  }

 private:
  bool is_identity() const { return grouping_ == identity_grouping; }

  std::string unit_of(const Stage& stage) const {
    return pattern_unit(leads_.id, dated_ ? stage.name : "", role_.key, grouping_);
  }

  UnitDefinition unit(const Stage& stage) const {
    const std::string by = stage.date.empty() ? "" : " by " + col(stage.date).text();
    const std::string pattern = "pattern(" + col(role_.column).text() + ", @" + grouping_ + by + ")";
    UnitDefinition unit{.id = unit_of(stage), .from = asked_unit(leads_).id, .counts = "lead"};
    if (is_identity()) unit.take = read();
    unit.columns.push_back({pattern_dimension(grouping_), Expression::parse(pattern)});
    return unit;
  }

  // Just the columns that its counts read: so it has no other dimensions than them.
  std::vector<std::string> read() const {
    std::set<std::string> names{role_.column};
    for (const UnitColumn& asked : asked_unit(leads_).columns) names.insert(asked.name);
    if (!leads_.value.empty()) names.insert(leads_.value);
    return {names.begin(), names.end()};
  }

  Aggregate count(const Stage& stage) const {
    Aggregate count{.id = pattern_count(leads_.id, stage.name, role_.key, grouping_), .unit = unit_of(stage)};
    if (const auto asked = asked_about(leads_, stage)) count.where = col(asked->name);
    if (!stage.name.empty() && !is_identity()) count.date = stage.date;
    return count;
  }

  Aggregate value(const Stage& stage) const {
    Aggregate value = count(stage);
    value.id = pattern_value(leads_.id, stage.name, role_.key, grouping_);
    value.kind = Aggregate::Kind::sum;
    value.column = leads_.value;
    return value;
  }

  Definitions& definitions_;
  const LeadSet& leads_;
  const Role& role_;
  const std::string grouping_;
  const bool dated_;
};

// The leads that are dated at a stage before the day of an earlier one.
void add_out_of_order(Definitions& definitions, const LeadSet& leads) {
  if (leads.stages.size() < 2) return;
  Aggregate count{.id = out_of_order(leads.id), .unit = leads.unit};
  count.where = passed_out_of_order(leads);
  count.applies_where = leads.among;
  definition::put(definitions.aggregates, std::move(count));
}

// The leads that would be asked about, but for a date.
void add_no_stage(Definitions& definitions, const LeadSet& leads) {
  if (leads.stages.empty()) return;
  Aggregate count{.id = no_stage(leads.id), .unit = leads.unit};
  count.where = !reached(leads, leads.stages.front().name);
  count.applies_where = leads.among;
  definition::put(definitions.aggregates, std::move(count));
}

// Leads without stages have no day by which their sources would be in groups.
void refuse_dated_groups(const Definitions& definitions, const LeadSet& leads, const Grouping& grouping) {
  if (!leads.stages.empty() || !is_dated(definitions, grouping)) return;
  throw DefinitionError({{"lead." + leads.id + ".stages",
                          "the groups of '@" + grouping.id +
                              "' change over time, and no stage says by which day: name one, stages = [[\"found\", "
                              "\"found_on\"]], or build with other groupings",
                          {}}});
}

}  // namespace

Definitions with_patterns(const Definitions& declared, std::span<const std::string> groupings) {
  Definitions definitions = declared;
  for (const LeadSet& leads : declared.leads) {
    add_out_of_order(definitions, leads);
    add_no_stage(definitions, leads);
    definition::put(definitions.units, asked_unit(leads));
    for (const Role& role : roles_of(leads)) {
      for (const Grouping& grouping : declared.groupings) {
        if (std::ranges::find(groupings, grouping.id) == groupings.end()) continue;
        refuse_dated_groups(declared, leads, grouping);
        Counting(definitions, leads, role, grouping).add();
      }
      Counting(definitions, leads, role, {.id = std::string(identity_grouping)}).add();
    }
  }
  return definitions;
}

}  // namespace definition

std::string pattern_unit(std::string_view lead, std::string_view stage, std::string_view role,
                         std::string_view grouping) {
  return definition::joined({lead, role, stage}) + pattern_dimension(grouping);
}

std::string pattern_count(std::string_view lead, std::string_view stage, std::string_view role,
                          std::string_view grouping) {
  return definition::joined({lead, stage, role}) + pattern_dimension(grouping);
}

std::string pattern_value(std::string_view lead, std::string_view stage, std::string_view role,
                          std::string_view grouping) {
  return definition::joined({lead, stage, role, "value"}) + pattern_dimension(grouping);
}

std::string pattern_dimension(std::string_view grouping) {
  return "@" + std::string(grouping);
}

std::string out_of_order(std::string_view lead) {
  return definition::joined({lead, "out_of_order"});
}

std::string no_stage(std::string_view lead) {
  return definition::joined({lead, "no_stage"});
}

}  // namespace casemetry
