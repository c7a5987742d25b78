// SPDX-License-Identifier: Apache-2.0
// The cells of some rows of a column.
#pragma once

#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include "units/matching.hpp"

namespace casemetry::counting {

/// Where several rows have the key, and none is meant.
inline constexpr std::uint32_t many_rows = no_row - 1;

/// The cells of rows, in this order, under a name. A cell of `no_row` is `otherwise`, or missing; one of `many_rows` is
/// missing. Type, labels and what is listed are the column's. Throws DefinitionError if `otherwise` is of another type.
Column gathered(const Column& column, std::span<const std::uint32_t> rows, std::string name,
                const std::optional<Literal>& otherwise = {});

}  // namespace casemetry::counting
