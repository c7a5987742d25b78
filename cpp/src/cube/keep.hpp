// SPDX-License-Identifier: Apache-2.0
// Smaller cubes of a cube.
#pragma once

#include <casemetry/cube.hpp>
#include <span>
#include <string>

namespace casemetry::value {

/// These aggregates only. Throws QueryError for a name that the cube does not hold.
Cube::Data kept(const Cube::Data& cube, std::span<const std::string> aggregates);

/// These dimensions only, in this order. Throws QueryError for a name that is no dimension of it.
Cube::Data rolled_up(const Cube::Data& cube, std::span<const std::string> by);

}  // namespace casemetry::value
