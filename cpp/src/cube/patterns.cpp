// SPDX-License-Identifier: Apache-2.0
#include "cube/patterns.hpp"

#include <algorithm>

namespace casemetry::pass {
namespace {

std::vector<std::string> declared_groupings(const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const Grouping& grouping : catalogue.definitions().groupings) ids.push_back(grouping.id);
  return ids;
}

bool has_column(const UnitDefinition* unit, const std::string& column) {
  return unit != nullptr && std::ranges::find(unit->columns, column, &UnitColumn::name) != unit->columns.end();
}

}  // namespace

Catalogue with_patterns(const Catalogue& catalogue, const BuildOptions& options) {
  if (!options.groupings && catalogue.definitions().leads.empty()) return catalogue;
  return catalogue.with_patterns(options.groupings.value_or(declared_groupings(catalogue)));
}

std::vector<std::string> pattern_dimensions(const Selection& selection, const Catalogue& catalogue) {
  std::vector<std::string> groupings = declared_groupings(catalogue);
  groupings.emplace_back(identity_grouping);
  std::vector<std::string> dimensions;
  for (const std::string& grouping : groupings) {
    std::string name = pattern_dimension(grouping);
    const auto has = [&](const auto& source) { return has_column(catalogue.unit(source.first), name); };
    if (std::ranges::any_of(selection.sources, has)) dimensions.push_back(std::move(name));
  }
  return dimensions;
}

}  // namespace casemetry::pass
