// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns of sets in canonical order.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "table/data.hpp"

namespace casemetry {

/// The column that `Column::of_sets` describes.
ColumnData set_column(std::string name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                      std::vector<std::string> labels, std::size_t declared);

/// Counts the cells with a member that is not listed, and keeps examples; `rows` has the rows of each set.
void count_unlisted_members(ColumnData& column, std::span<const std::int64_t> rows);

/// Whether no member stands in a set twice.
bool has_no_repeats(std::span<const std::uint32_t> members);

}  // namespace casemetry
