// SPDX-License-Identifier: Apache-2.0
#include "cube/prepared.hpp"

#include <algorithm>

#include "cube/canonical.hpp"
#include "cube/hierarchy.hpp"
#include "cube/patterns.hpp"
#include "cube/weights.hpp"

namespace casemetry::pass {

namespace {

DimensionColumn column_of(Source& source, const std::string& name, const Dimension* declared) {
  const bool has_bands = declared != nullptr && !declared->bands.empty();
  return has_bands ? banded_column(source, name, *declared) : dimension_column(source, name);
}

// What is pending is placed twice: where it is opened, and where it is closed.
std::vector<std::string> dates_of(const Aggregate& aggregate) {
  if (aggregate.kind == Aggregate::Kind::pending) return {aggregate.opened, aggregate.closed};
  return {aggregate.date.value_or("")};
}

}  // namespace

Prepared::Prepared(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options)
    : catalogue_(catalogue), options_(options), selection_(select(tables, catalogue, options)), by_(options.by) {
  check_weights(selection_, catalogue);
  for (std::string& name : pattern_dimensions(selection_, catalogue))
    if (std::ranges::find(by_, name) == by_.end()) by_.push_back(std::move(name));
  for (const auto& [unit, names] : dimension_columns(selection_, tables, catalogue, by_))
    for (std::size_t d = 0; d < names.size(); ++d)
      columns_[unit].push_back(names[d] ? std::optional(column_of(source(unit), *names[d], declared(d)))
                                        : std::nullopt);
  for (std::size_t d = 0; d < by_.size(); ++d) dimensions_.push_back(merged(d, tables));
}

const Dimension* Prepared::declared(std::size_t dimension) const {
  return catalogue_.dimension(by_[dimension]);
}

DimensionLabels Prepared::merged(std::size_t dimension, const Tables& tables) const {
  DimensionColumns columns;
  for (const auto& [unit, of_unit] : columns_) columns.push_back(of_unit[dimension]);
  DimensionLabels labels = merged_labels(by_[dimension], columns);
  for (const auto& [unit, of_unit] : columns_)
    if (of_unit[dimension] && of_unit[dimension]->is_closed) labels.closed_in.push_back(unit);
  const Dimension* of = declared(dimension);
  if (of != nullptr && !of->hierarchy.table.empty()) labels.hierarchy = value::hierarchy_of(tables, catalogue_, *of);
  return labels;
}

std::vector<BlockOf> Prepared::blocks() const {
  std::map<std::pair<std::string, std::string>, std::vector<const Aggregate*>> by_place;
  for (const Aggregate* aggregate : selection_.aggregates)
    for (const std::string& date : dates_of(*aggregate)) by_place[{aggregate->unit, date}].push_back(aggregate);
  std::vector<BlockOf> blocks;
  for (auto& [place, aggregates] : by_place) blocks.push_back({place.first, place.second, std::move(aggregates)});
  return blocks;
}

BlockPlan Prepared::plan(const BlockOf& block) {
  return pass::plan(source(block.unit), catalogue_, block.date, block.aggregates, selection_.indicators,
                    options_.as_of);
}

Months Prepared::months(const BlockOf& block) {
  if (block.date.empty()) return {};
  return months_of(source(block.unit).dates(block.date).days(), catalogue_.definitions().calendar);
}

std::vector<Digit> Prepared::digits(const BlockOf& block, const Months& months) {
  std::vector<Digit> digits;
  const DimensionColumns& columns = columns_[block.unit];
  for (std::size_t d = 0; d < columns.size(); ++d) {
    if (!columns[d]) continue;
    const auto& labels = dimensions_[d].labels;
    const auto codes = value::codes_among(columns[d]->labels, labels);
    digits.push_back(digit_of(by_[d], columns[d]->codes, codes, labels.size()));
  }
  if (!block.date.empty()) digits.push_back(digit_of(source(block.unit).dates(block.date).days(), months));
  return digits;
}

std::vector<bool> Prepared::has_dimension(const std::string& unit) {
  std::vector<bool> has;
  for (const auto& column : columns_[unit]) has.push_back(column.has_value());
  return has;
}

}  // namespace casemetry::pass
