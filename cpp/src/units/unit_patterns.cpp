// SPDX-License-Identifier: Apache-2.0
// How a unit makes the patterns of its columns of sets.
#include <algorithm>

#include "units/cell_text.hpp"
#include "units/patterns.hpp"
#include "units/unit_rows.hpp"
#include "written.hpp"

namespace casemetry::counting {

Column UnitRows::pattern(const Expression& call, const std::string& column) {
  const std::vector<Expression>& parts = call.node().children;
  const Column sets = evaluated(parts[0], column);
  if (call.node().name == identity_grouping)
    return pattern_column({.sets = sets,
                           .days = {},
                           .groups = SourceGroups(sets.labels()),
                           .identity = true,
                           .name = column,
                           .ungrouped = {}});
  const casemetry::Grouping& grouping =
      *std::ranges::find(all_.catalogue().definitions().groupings, call.node().name, &casemetry::Grouping::id);
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
  return DataError(place("column", column) + ", " + row_text(row) + ": source '" + source + "' is in no group of '" +
                   grouping.id + "'" + (day != missing_day ? " on " + date_text(Date{std::chrono::days{day}}) : "") +
                   (hint.empty() ? "" : "; " + hint) + "; " +
                   (told ? "give it a row in table '" + grouping.table + "'" : "list it in a group") +
                   ", or name the group of all others, rest = \"…\"");
}

// Where a row is found: by the key of the unit, or of the one whose rows it has, else by its number.
std::string UnitRows::row_text(std::size_t row) {
  const UnitDefinition* unit = &definition_;
  while (unit->one_row_per.empty()) {
    const UnitDefinition* from = all_.catalogue().unit(unit->from);
    if (from == nullptr) return "row " + std::to_string(row + 1);
    unit = from;
  }
  return key_text(all_.at(unit->id), unit->one_row_per, row);
}

}  // namespace casemetry::counting
