// SPDX-License-Identifier: Apache-2.0
// Adding cubes and taking away what was added.
#pragma once

#include <casemetry/cube.hpp>

namespace casemetry::value {

/// The cube of the rows of both. Throws MergeError with every reason why they do not fit; DataError if a count does
/// not.
Cube::Data sum(const Cube::Data& left, const Cube::Data& right);

/// The cube of the rows of `left` without those of `right`. Throws as `sum` does; MergeError also if `right` is not
/// inside `left`.
Cube::Data difference(const Cube::Data& left, const Cube::Data& right);

}  // namespace casemetry::value
