// SPDX-License-Identifier: Apache-2.0
/// \file
/// The condition of a question: which cells of the cube it takes.
#pragma once

#include <map>

#include "query/counts.hpp"

namespace casemetry::question {

/// The dimensions that a condition reads, as positions among the cube's. Throws QueryError with the nearest name,
/// DefinitionError with every fault of the condition (at the path `where`).
std::vector<std::size_t> condition_dimensions(const Cube& cube, const std::optional<Expression>& where);

/// A dimension or level as a column of a condition: of the type and with the values that every unit that has it
/// declares, else text; bands are the values of a closed category.
ColumnDefinition column_of(const Cube& cube, std::size_t position);

/// Decides the condition for the cells of the asked blocks, once for each combination of labels: the blocks have all of
/// its dimensions.
Choice choice_of(const Cube& cube, const std::optional<Expression>& where, const std::vector<bool>& asked);

/// By unit: how many units of these months are in cells of which the condition is unknown; units without any are left
/// out. Of a unit that several dates place, the most.
std::map<std::string, std::int64_t> undecided_units(const Cube& cube, const Choice& choice,
                                                    std::span<const Period> steps);

}  // namespace casemetry::question
