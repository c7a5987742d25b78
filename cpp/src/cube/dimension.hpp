// SPDX-License-Identifier: Apache-2.0
// Dimensions: the columns whose values make the cells. Tables code a dimension each in their own way; here the labels
// of all of them become one list.
#pragma once

#include <casemetry/cube.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cube/source.hpp"

namespace casemetry::pass {

/// A column as a dimension: labels, and a code a row; `labels.size()` is missing.
struct DimensionColumn {
  std::vector<std::string> labels;
  std::size_t listed = 0;  ///< leading labels that a closed category declares; of an open column: none
  bool is_closed = false;
  bool identifies = false;
  Codes codes;
  std::shared_ptr<const void> own_codes;  ///< what `codes` refers to, if it was made here
};

/// Text, categories and booleans as they are coded; numbers and dates by their text (`12.50`, `2024-03-01`).
DimensionColumn dimension_column(Source& source, const std::string& column);

/// A column of integers by the bands of a dimension: all their labels are declared, whether or not a number is in them.
/// Throws DefinitionError if it holds anything else.
DimensionColumn banded_column(Source& source, const std::string& column, const Dimension& dimension);

/// The labels of a dimension over all tables: declared values in their order, then the others by code point; those that
/// a closed category does not list come last.
DimensionLabels merged_labels(std::string id, std::span<const std::optional<DimensionColumn>> columns);

}  // namespace casemetry::pass
