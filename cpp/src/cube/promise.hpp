// SPDX-License-Identifier: Apache-2.0
// What parts of tables may do to units: rows of one collapsed unit in two parts would count twice, and a looked-up row
// in another part would not be found. The promise of how the parts were made (`partitioned_by`, `whole`) excludes it or
// not.
#pragma once

#include <casemetry/cube.hpp>
#include <string>
#include <vector>

namespace casemetry::value {

/// Why parts that keep the promise of this cube could still split a unit or a lookup, and what to do; none if no part
/// can. Cubes of plain rows need no promise.
std::vector<std::string> split_risks(const Cube::Data& cube);

/// Whether it counts a unit that rows are collapsed to, or one that is made from such.
bool counts_collapsed_units(const Cube::Data& cube);

/// Throws QueryError for a column or table of the promise that neither the tables nor the catalogue know.
void check_promise(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options);

}  // namespace casemetry::value
