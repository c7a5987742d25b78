// SPDX-License-Identifier: Apache-2.0
// The canonical form: what counts the same is the same, byte for byte.
#pragma once

#include <casemetry/cube.hpp>
#include <span>
#include <string>
#include <vector>

namespace casemetry::value {

/// Puts a cube into canonical form, in place: blocks by unit and date, aggregates and proportions by name, cells that
/// hold nothing dropped, labels that are used in declared, then code-point order (the unlisted ones last), cells in the
/// order of the labels, the rows of groups sorted and each once. Linear if they are in that order already.
void canonicalise(Cube::Data& cube);

/// The labels of several parts of one dimension, in canonical order.
DimensionLabels united(const DimensionLabels& left, const DimensionLabels& right);

/// The codes of a block's cells when `codes[d]` says what becomes of each code of dimension d.
std::vector<std::uint32_t> recoded(const Block& block, std::span<const std::vector<std::uint32_t>> codes);

/// What becomes of the codes of `from` among the labels of `to`, the missing one last. A label that `to` lacks has the
/// code of the missing one.
std::vector<std::uint32_t> codes_among(std::span<const std::string> from, std::span<const std::string> to);

}  // namespace casemetry::value
