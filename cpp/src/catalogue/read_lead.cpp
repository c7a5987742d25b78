// SPDX-License-Identifier: Apache-2.0
#include "catalogue/reader.hpp"

namespace casemetry::definition {
namespace {

// `["filed", "filed_on"]`
std::optional<Stage> stage_of(const Tree& tree) {
  const Tree::List* pair = tree.list();
  if (pair == nullptr || pair->size() != 2) return std::nullopt;
  const std::string* name = pair->front().text();
  const std::string* date = pair->back().text();
  if (name == nullptr || date == nullptr) return std::nullopt;
  return Stage{*name, *date};
}

std::vector<Stage> read_stages(const Fields& fields) {
  std::vector<Stage> stages;
  for (const Tree& item : fields.list("stages")) {
    if (auto stage = stage_of(item)) {
      stages.push_back(std::move(*stage));
    } else {
      fields.faults().tell_first(fields.path("stages"),
                                 "each stage should be its name and its date column: [\"filed\", \"filed_on\"]");
    }
  }
  return stages;
}

}  // namespace

LeadSet read_lead_set(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path,
                      {"label", "unit", "sources", "first", "last", "log", "among", "stages", "value"}, faults);
  LeadSet lead;
  lead.id = member.key;
  lead.label = fields.label("label");
  lead.unit = fields.text("unit");
  lead.sources = fields.text("sources");
  lead.first = fields.text("first");
  lead.last = fields.text("last");
  lead.log = fields.text("log");
  lead.among = fields.expression("among");
  lead.stages = read_stages(fields);
  lead.value = fields.text("value");
  return lead;
}

// Every key but these three is a group.
Grouping read_grouping(const Member& member, const std::string& path, Faults& faults) {
  const Fields fields(member.value, path, faults);
  Grouping grouping;
  grouping.id = member.key;
  grouping.label = fields.label("label");
  grouping.rest = fields.text("rest");
  grouping.table = fields.text("table");
  for (const auto& [name, sources] : fields.members())
    if (name != "label" && name != "rest" && name != "table") grouping.groups.push_back({name, fields.texts(name)});
  return grouping;
}

}  // namespace casemetry::definition
