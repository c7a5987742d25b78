// SPDX-License-Identifier: Apache-2.0
// How a unit makes the patterns of its columns of sets.
#include <algorithm>

#include "units/patterns.hpp"
#include "units/unit_rows.hpp"
#include "written.hpp"

namespace casemetry::counting {
namespace {

// Whether a unit is made for a lead set's sources, or those at its first or last time: these are sets, and only its log
// is counted with repeats.
bool counts_members_once(const Definitions& definitions, const std::string& unit, const std::string& grouping) {
  return std::ranges::any_of(definitions.leads, [&](const LeadSet& leads) {
    std::vector<Stage> stages = leads.stages;
    stages.emplace_back();
    return std::ranges::any_of(stages, [&](const Stage& stage) {
      return unit == pattern_unit(leads.id, stage.name, "sources", grouping) ||
             unit == pattern_unit(leads.id, stage.name, "first", grouping) ||
             unit == pattern_unit(leads.id, stage.name, "last", grouping);
    });
  });
}

bool has_repeats(std::span<const std::uint32_t> members) {
  return std::ranges::adjacent_find(members) != members.end();
}

Column without_repeats(const Column& column) {
  const Sets& sets = column.sets();
  std::size_t first = 0;
  while (first < sets.size() && !has_repeats(sets[first])) ++first;
  if (first == sets.size()) return column;
  Sets once;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    std::vector<std::uint32_t> members(sets[set].begin(), sets[set].end());
    members.erase(std::ranges::unique(members).begin(), members.end());
    once.add(members);
  }
  const auto codes =
      std::visit([](auto held) { return std::vector<std::uint32_t>(held.begin(), held.end()); }, column.codes());
  const bool is_open = column.listed() == column.labels().size();
  return Column::of_sets(column.name(), codes, once, {column.labels().begin(), column.labels().end()},
                         is_open ? 0 : column.listed());
}

}  // namespace

Column UnitRows::pattern(const Expression& call, const std::string& column) {
  const std::vector<Expression>& parts = call.node().children;
  Column sets = evaluated(parts[0], column);
  if (counts_members_once(all_.catalogue().definitions(), id(), call.node().name)) sets = without_repeats(sets);
  if (call.node().name == identity_grouping)
    return pattern_column({.sets = sets,
                           .days = {},
                           .groups = SourceGroups(sets.labels()),
                           .identity = true,
                           .name = column,
                           .ungrouped = {}});
  const casemetry::Grouping& grouping = *all_.catalogue().grouping(call.node().name);
  std::optional<Column> days;
  if (parts.size() > 1) days = evaluated(parts[1], column);
  if (days && days->type() != Type::date) days = days->as_dates();
  return pattern_column({.sets = sets,
                         .days = std::move(days),
                         .groups = SourceGroups(all_.groups(grouping), grouping.rest),
                         .identity = false,
                         .name = column,
                         .ungrouped = [&](const std::string& source, std::size_t row, std::int32_t day) {
                           return ungrouped(grouping, column, source, row, day);
                         }});
}

DataError UnitRows::ungrouped(const casemetry::Grouping& grouping, const std::string& column, const std::string& source,
                              std::size_t row, std::int32_t day) {
  const SourceGroups groups(all_.groups(grouping), grouping.rest);
  const bool told = !grouping.table.empty();
  std::vector<std::string> others = groups.sources();
  std::erase(others, source);
  const std::string hint = suggestion(source, others);
  return DataError(place("column", column) + ", " + all_.row_text(id(), row) + ": source '" + source +
                   "' is in no group of '" + grouping.id + "'" +
                   (day != missing_day ? " on " + date_text(Date{std::chrono::days{day}}) : "") +
                   (hint.empty() ? "" : "; " + hint) + "; " +
                   (told ? "give it a row in table '" + grouping.table + "'" : "list it in a group") +
                   ", or name the group of all others: rest = \"…\", in Python ... in the place of its sources");
}

}  // namespace casemetry::counting
