// SPDX-License-Identifier: Apache-2.0
// The collapse calls that make a set of each unit's values.
#pragma once

#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>

#include "units/collapse.hpp"
#include "units/condition.hpp"

namespace casemetry::counting {

/// The sets that `set`, `bag`, `earliest` or `latest` makes of the rows that are taken: the empty set of none. A row
/// with a value but without a time is skipped. 4 bytes of scratch a row, 16 with a time; 4 a value and 24 a unit.
Column collapsed_sets(const Expression& call, const CollapsedRows& rows, Condition& condition);

}  // namespace casemetry::counting
