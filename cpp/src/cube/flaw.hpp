// SPDX-License-Identifier: Apache-2.0
// What every cube's counts must be, whoever made them.
#pragma once

#include <casemetry/cube.hpp>
#include <optional>
#include <string>

namespace casemetry::value {

/// What cannot be of the names of a cube, which all else relies on: two dimensions or blocks of one name, a block that
/// does not say which dimensions it has, an aggregate that its definitions lack, or define for another unit, or whose
/// scale is none. In words; nothing if all can be.
std::optional<std::string> flaw_of(const Cube::Data& cube);

/// The first label of a dimension of patterns (`@origin`) that is no pattern, or has a group that its grouping does not
/// have. In words; nothing if all can be.
std::optional<std::string> flaw_of_patterns(const Cube::Data& cube);

/// The first count of a block that cannot be: negative, or more units than there are. In words, with the cell, the
/// aggregate and its column; nothing if all can be.
std::optional<std::string> flaw_of(const Cube::Data& cube, const Block& block);

/// `office = 'A', 2024-03`; of undated cells `office = 'A', undated`.
std::string cell_text(const Cube::Data& cube, const Block& block, std::size_t cell);

}  // namespace casemetry::value
