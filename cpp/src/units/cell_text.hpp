// SPDX-License-Identifier: Apache-2.0
// Cells in messages.
#pragma once

#include <casemetry/units.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace casemetry::counting {

/// The rows of which the cell is missing, ascending.
std::vector<std::size_t> missing_rows(const Column& column);

/// The key of a row: `case_id = 'A-1', heard_on = 2024-03-01`.
std::string key_text(RowSet& rows, std::span<const std::string> names, std::size_t row);

}  // namespace casemetry::counting
