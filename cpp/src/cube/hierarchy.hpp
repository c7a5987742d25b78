// SPDX-License-Identifier: Apache-2.0
// Hierarchies of codes (层级): what is above a code of a dimension, by a table of parents or by prefixes.
#pragma once

#include <casemetry/cube.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::value {

/// The codes of the table that a dimension's hierarchy names, sorted. Throws QueryError if it is not among the tables,
/// ColumnNotFoundError; DataError, with the code, if one is missing or stands twice, if its parent is no code of the
/// table, or if it is above itself.
std::vector<HierarchyCode> hierarchy_of(const Tables& tables, const Catalogue& catalogue, const Dimension& dimension);

/// What is wrong with a hierarchy that should be sorted by code, if anything is.
std::optional<std::string> flaw_of(std::span<const HierarchyCode> hierarchy);

/// The place of a code in a sorted hierarchy, or null.
const HierarchyCode* find_code(std::span<const HierarchyCode> hierarchy, std::string_view code);

/// Whether the hierarchy of a dimension knows a label; without a table it knows all.
bool is_known(const DimensionLabels& dimension, std::string_view label);

/// Only the labels of the dimension and all that is above them.
std::vector<HierarchyCode> above(const DimensionLabels& dimension);

/// The codes of both, where they differ as the left has them.
std::vector<HierarchyCode> united(std::span<const HierarchyCode> left, std::span<const HierarchyCode> right);

/// The levels of all dimensions, those of a dimension coarsest first.
std::vector<DimensionLevel> levels_of(const Catalogue& catalogue, std::span<const DimensionLabels> dimensions);

}  // namespace casemetry::value
