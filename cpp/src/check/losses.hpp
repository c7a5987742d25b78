// SPDX-License-Identifier: Apache-2.0
/// \file
/// What indicators lose: units of unknown outcome, units without a day, and the columns to blame.
#pragma once

#include <casemetry/check.hpp>
#include <vector>

#include "check/at_hand.hpp"

namespace casemetry::quality {

/// Adds the losses of all indicators of the catalogue that the tables allow, and why others cannot be looked at.
void find_losses(const std::vector<TableAtHand>& tables, const Catalogue& catalogue, Check& check);

}  // namespace casemetry::quality
