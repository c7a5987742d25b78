// SPDX-License-Identifier: Apache-2.0
/// \file
/// The dimensions that a question can be asked by: those of the cube and, after them, the levels above their codes
/// (层级). Both are named by their position.
#pragma once

#include <casemetry/query.hpp>
#include <span>
#include <string>
#include <vector>

namespace casemetry::question {

/// The names of all positions, in their order.
std::vector<std::string> names_of(const Cube& cube);

const DimensionLabels& labels_at(const Cube& cube, std::size_t position);

/// The dimension of the cube that it is, or is a level of.
std::size_t dimension_at(const Cube& cube, std::size_t position);

/// The code at this position for each code of that dimension, the missing one last; empty: the same.
std::span<const std::uint32_t> codes_at(const Cube& cube, std::size_t position);

/// The position one level up or down; nothing if there is none.
std::optional<std::size_t> above(const Cube& cube, std::size_t position);
std::optional<std::size_t> below(const Cube& cube, std::size_t position);

/// For each code, the missing one last, that of its parent one level up; empty if there is none.
std::vector<std::uint32_t> parents_at(const Cube& cube, std::size_t position);

/// What the labels are called: by their names in the table of the hierarchy; two of the same name by name and code.
std::vector<std::string> shown_labels(const DimensionLabels& dimension);

/// The code of the label that is written so, or called so. Throws QueryError with the nearest one.
std::uint32_t code_called(const DimensionLabels& dimension, const std::string& meant);

/// The condition with such names, where it compares a dimension with them, replaced by their codes.
Expression with_codes(const Cube& cube, const Expression& where);

}  // namespace casemetry::question
