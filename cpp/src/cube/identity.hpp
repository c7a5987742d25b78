// SPDX-License-Identifier: Apache-2.0
// By which definitions a cube counts.
#pragma once

#include <casemetry/cube.hpp>
#include <map>
#include <string>
#include <vector>

namespace casemetry::value {

/// The hash of each dimension's definition on the units of the cube, in their order.
std::vector<std::string> dimension_hashes(const Cube::Data& cube);

/// The count hash of each aggregate that the cube holds.
std::map<std::string, std::string> count_hashes(const Cube::Data& cube);

/// All of them: dimensions, then aggregates by id.
std::vector<std::string> hashes_of(const Cube::Data& cube);

/// Whether another catalogue defines all that the cube counts, and what it counts by, as its own does.
bool counts_the_same_by(const Cube::Data& cube, const Catalogue& catalogue);

}  // namespace casemetry::value
