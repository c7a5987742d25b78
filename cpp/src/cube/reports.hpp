// SPDX-License-Identifier: Apache-2.0
// What became of rows when they were read and units were made: added up, or taken away again.
#pragma once

#include <casemetry/cube.hpp>

namespace casemetry::value {

enum class Sign : std::int8_t { add = 1, subtract = -1 };

/// Row counts, reports of columns and reports of units of another cube. Examples of unreadable cells stay. Throws
/// DataError if a count does not fit.
void merge_reports(Cube::Data& cube, const Cube::Data& other, Sign sign);

}  // namespace casemetry::value
