// SPDX-License-Identifier: Apache-2.0
// What leads weigh.
#pragma once

#include "cube/selection.hpp"

namespace casemetry::pass {

/// Refuses a lead that weighs less than nothing, where its weight is summed: throws DataError with unit, column and
/// key.
void check_weights(const Selection& selection, const Catalogue& catalogue);

}  // namespace casemetry::pass
