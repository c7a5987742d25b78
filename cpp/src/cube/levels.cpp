// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <utility>

#include "cube/hierarchy.hpp"

namespace casemetry::value {
namespace {

/// Where a label stands at a level. What the hierarchy does not know stands there as it is written.
struct Standing {
  std::string label;
  bool is_known = true;
};

// Its first so many characters of UTF-8; nothing if it has fewer.
std::optional<std::string> prefix_of(const std::string& label, int characters) {
  std::size_t end = 0;
  for (int i = 0; i < characters; ++i) {
    if (end == label.size()) return std::nullopt;
    do ++end;
    while (end < label.size() && (static_cast<unsigned char>(label[end]) & 0xC0U) == 0x80U);
  }
  return label.substr(0, end);
}

std::vector<Standing> by_prefixes(const std::string& label, const Hierarchy& hierarchy) {
  std::vector<Standing> standings;
  for (const int characters : hierarchy.prefixes) {
    const auto prefix = prefix_of(label, characters);
    standings.push_back({prefix.value_or(label), prefix.has_value()});
  }
  return standings;
}

std::span<const HierarchyCode> codes_of(const DimensionLabels& dimension) {
  return dimension.hierarchy ? std::span<const HierarchyCode>(*dimension.hierarchy) : std::span<const HierarchyCode>();
}

// A code that is above a level itself stands there for itself.
std::vector<Standing> by_table(const std::string& label, std::span<const HierarchyCode> codes, std::size_t levels) {
  std::vector<std::string> way;
  for (const HierarchyCode* code = find_code(codes, label); code != nullptr; code = find_code(codes, code->parent))
    way.push_back(code->code);
  if (way.empty()) return std::vector<Standing>(levels, {label, false});
  std::ranges::reverse(way);
  std::vector<Standing> standings;
  for (std::size_t level = 0; level < levels; ++level) standings.push_back({way[std::min(level, way.size() - 1)]});
  return standings;
}

// Known labels by code point, then the others.
DimensionLevel level_of(std::string id, std::size_t dimension, const DimensionLabels& of,
                        std::span<const Standing> standings) {
  std::map<std::string_view, bool> any_knows;
  for (const Standing& standing : standings) any_knows[standing.label] |= standing.is_known;
  DimensionLevel level{.labels = {.id = std::move(id)}, .dimension = dimension, .codes = {}};
  std::map<std::string_view, std::uint32_t> code_of;
  for (const bool known : {true, false}) {
    for (const auto& [label, is] : any_knows) {
      if (is != known) continue;
      code_of.emplace(label, static_cast<std::uint32_t>(level.labels.labels.size()));
      level.labels.labels.emplace_back(label);
    }
    if (known) level.labels.listed = level.labels.labels.size();
  }
  for (const Standing& standing : standings) level.codes.push_back(code_of.at(standing.label));
  level.codes.push_back(static_cast<std::uint32_t>(level.labels.labels.size()));
  level.labels.identifies = of.identifies;
  level.labels.hierarchy = of.hierarchy;
  return level;
}

}  // namespace

std::vector<DimensionLevel> levels_of(const Catalogue& catalogue, std::span<const DimensionLabels> dimensions) {
  std::vector<DimensionLevel> levels;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const Dimension* declared = catalogue.dimension(dimensions[d].id);
    if (declared == nullptr) continue;
    const Hierarchy& hierarchy = declared->hierarchy;
    std::vector<std::vector<Standing>> by_level(hierarchy.levels.size());
    for (const std::string& label : dimensions[d].labels) {
      auto standings = hierarchy.table.empty() ? by_prefixes(label, hierarchy)
                                               : by_table(label, codes_of(dimensions[d]), hierarchy.levels.size());
      for (std::size_t k = 0; k < by_level.size(); ++k) by_level[k].push_back(std::move(standings[k]));
    }
    for (std::size_t k = 0; k < by_level.size(); ++k)
      levels.push_back(level_of(hierarchy.levels[k], d, dimensions[d], by_level[k]));
  }
  return levels;
}

}  // namespace casemetry::value
