// SPDX-License-Identifier: Apache-2.0
#include "analysis/classes.hpp"

#include <algorithm>
#include <limits>

#include "query/calendar.hpp"

namespace casemetry::analysis {
namespace {

constexpr std::int32_t ever_before = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t ever_after = std::numeric_limits<std::int32_t>::max();

std::vector<std::string> grouping_names(const Catalogue& catalogue) {
  std::vector<std::string> names;
  for (const Grouping& grouping : catalogue.definitions().groupings) names.push_back(grouping.id);
  return names;
}

}  // namespace

Classes::Classes(const Cube& cube, const StructureQuery& question)
    : calendar_(cube.catalogue().definitions().calendar) {
  read(cube, question);
  check_listed(cube, question);
}

void Classes::read(const Cube& cube, const StructureQuery& question) {
  const int ways = !question.groups.empty() + !question.classes.empty() + !question.dated.empty();
  if (ways > 1) throw QueryError("classes are told in one way: by a grouping, by their labels, or by dated rows");
  are_labels_ = ways == 0;
  if (!question.classes.empty()) return add(question.classes, question.rest);
  if (!question.rest.empty()) throw QueryError("a rest is what remains beside classes; give these with their labels");
  if (!question.dated.empty()) return add(question.dated);
  if (question.groups.empty()) return;
  const Catalogue& catalogue = cube.catalogue();
  const Grouping* grouping = catalogue.grouping(question.groups);
  if (grouping == nullptr)
    throw QueryError(hinted("no grouping '" + question.groups + "'", question.groups, grouping_names(catalogue)));
  if (grouping->table.empty()) return add(grouping->groups, grouping->rest);
  const auto rows = cube.groupings().find(question.groups);
  if (rows == cube.groupings().end())
    throw QueryError("the cube does not carry the table of grouping '" + question.groups +
                     "'; give its rows, each a label, a class and its days");
  add(rows->second);
  if (!grouping->rest.empty()) rest_ = place(grouping->rest);
}

std::optional<std::size_t> Classes::of(const std::optional<std::string_view>& label,
                                       std::optional<std::int32_t> month) {
  if (!label) return std::nullopt;
  if (are_labels_) return place(std::string(*label));
  const auto known = classes_.find(*label);
  if (known == classes_.end()) return rest_;
  if (!is_dated_) return known->second.front().place;
  const auto day =
      static_cast<std::int32_t>(question::last_day(month.value_or(0), calendar_).time_since_epoch().count());
  for (const Dated& dated : known->second)
    if (dated.from <= day && day <= dated.to) return dated.place;
  return rest_;
}

void Classes::add(std::span<const SourceGroup> classes, const std::string& rest) {
  for (const SourceGroup& group : classes) {
    const std::size_t here = place(group.name);
    for (const std::string& label : group.sources) add(label, {here, ever_before, ever_after});
  }
  if (!rest.empty()) rest_ = place(rest);
}

void Classes::add(std::span<const GroupedSource> rows) {
  is_dated_ = true;
  for (const GroupedSource& row : rows)
    add(row.source, {place(row.group), row.valid_from == missing_day ? ever_before : row.valid_from,
                     row.valid_to == missing_day ? ever_after : row.valid_to});
}

void Classes::add(const std::string& label, const Dated& dated) {
  std::vector<Dated>& known = classes_[label];
  for (const Dated& other : known)
    if (dated.from <= other.to && other.from <= dated.to)
      throw QueryError("'" + label + "' is in class '" + names_[other.place] + "' and in class '" +
                       names_[dated.place] + "' at one time; each label is in one");
  known.push_back(dated);
}

std::size_t Classes::place(const std::string& name) {
  const auto known = std::ranges::find(names_, name);
  if (known != names_.end()) return static_cast<std::size_t>(known - names_.begin());
  names_.push_back(name);
  return names_.size() - 1;
}

// Of a closed dimension a label that it does not list is a slip of the pen, for nothing can be in it.
void Classes::check_listed(const Cube& cube, const StructureQuery& question) const {
  const Catalogue& catalogue = cube.catalogue();
  for (const Block& block : cube.blocks()) {
    const auto name = catalogue.dimension_column(question.dimension, block.unit);
    const ColumnDefinition* column = name ? catalogue.column(block.unit, *name) : nullptr;
    if (column == nullptr || column->values.empty()) continue;
    for (const auto& [label, dated] : classes_)
      if (std::ranges::find(column->values, label) == column->values.end())
        throw QueryError(hinted("'" + question.dimension + "' does not list '" + label + "'", label, column->values));
  }
}

}  // namespace casemetry::analysis
