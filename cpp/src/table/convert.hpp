// SPDX-License-Identifier: Apache-2.0
/// \file
/// A column read as another type: text once a distinct label, numbers and days once a row.
#pragma once

#include <memory>
#include <optional>

#include "table/data.hpp"

namespace casemetry {

/// The column as its definition says. Throws DataError.
ColumnData read_as(const ColumnData& column, const ColumnDefinition& definition);

/// Cells as text: as they were written, if that is known, else as they are printed. Not of sets.
ColumnData as_written(const ColumnData& column);

/// The text column as integers or dates if every cell is one; else nothing.
std::optional<ColumnData> guessed(const std::shared_ptr<const ColumnData>& text);

}  // namespace casemetry
