// SPDX-License-Identifier: Apache-2.0
// Leads in the pass: counted by the patterns of their sources, as units and dimensions like others.
#pragma once

#include <casemetry/cube.hpp>
#include <string>
#include <vector>

#include "cube/selection.hpp"

namespace casemetry::pass {

/// The catalogue with the patterns of the groupings that are asked for. Throws QueryError with the nearest name for one
/// that is not declared.
Catalogue with_patterns(const Catalogue& catalogue, const BuildOptions& options);

/// The dimensions of patterns that some unit of the selection has, in the order of the groupings, the identity last.
std::vector<std::string> pattern_dimensions(const Selection& selection, const Catalogue& catalogue);

}  // namespace casemetry::pass
