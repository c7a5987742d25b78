// SPDX-License-Identifier: Apache-2.0
// Which cubes fit together. Both checks throw MergeError with every reason why two do not, and what to do.
#pragma once

#include <casemetry/cube.hpp>

namespace casemetry::value {

/// The same aggregates and dimensions by the same definitions, the same promise, the same day at which what is pending
/// stands, no part twice, and no unit or lookup that parts could split.
void check_addition(const Cube::Data& left, const Cube::Data& right);

/// The same, but for the parts: those of `right` must be inside `left`.
void check_subtraction(const Cube::Data& left, const Cube::Data& right);

}  // namespace casemetry::value
