// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/leads.hpp>

namespace casemetry {
namespace lead {
namespace {

using std::chrono::year;

// A day that has come: neither missing nor, where a blank means so, yet to come.
Expression has_date(const std::string& column) {
  const Date last_day{year(9999) / 12 / 31};
  return !is_null(col(column)) && col(column) <= lit(last_day);
}

std::vector<Stage>::const_iterator find_stage(const LeadSet& leads, std::string_view name) {
  const auto found = std::ranges::find(leads.stages, name, &Stage::name);
  if (found != leads.stages.end()) return found;
  std::vector<std::string> known;
  for (const Stage& stage : leads.stages) known.push_back(stage.name);
  throw QueryError("lead set '" + leads.id + "' has no stage '" + std::string(name) + "'; " +
                   (known.empty() ? "it declares none" : suggestion(name, known)));
}

}  // namespace
}  // namespace lead

Aggregate stage_count(const LeadSet& leads, std::string_view stage) {
  Aggregate count{.id = leads.id, .unit = leads.unit, .applies_where = leads.among, .label = leads.label};
  if (stage.empty()) return count;
  auto at = lead::find_stage(leads, stage);
  count.id += "_" + at->name;
  count.date = at->date;
  Expression reached = lead::has_date(at->date);
  while (++at != leads.stages.end()) reached = std::move(reached) || lead::has_date(at->date);
  count.where = std::move(reached);
  return count;
}

}  // namespace casemetry
