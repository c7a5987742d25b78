// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a cube can be asked: names and options of a question, checked before anything is counted.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::question {

/// The positions of these dimensions among the cube's. Throws QueryError with the nearest name.
std::vector<std::size_t> positions_of(const Cube& cube, std::span<const std::string> names);

/// A question with all its indicators named. Throws QueryError for what no cube can answer.
Query checked(const Cube& cube, Query asked);

}  // namespace casemetry::question
