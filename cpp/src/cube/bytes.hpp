// SPDX-License-Identifier: Apache-2.0
// Cubes as bytes: the canonical ones, which the fingerprint is taken of, and whole cubes in a checked container.
#pragma once

#include <casemetry/cube.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::value {

/// The same bytes for the same counts by the same definitions.
std::string canonical_bytes(const Cube::Data& cube);

/// A mark, the version of the form, the length and SHA-256 of the rest; then the canonical bytes and the provenance.
std::string bytes_of(const Cube::Data& cube);

/// Reads them back. Throws SchemaError if they are no cube, of another version, cut off or damaged, and for whatever
/// else is wrong with them; `place` begins the message.
Cube::Data cube_of_bytes(std::string_view bytes, const std::string& place);

}  // namespace casemetry::value
