// SPDX-License-Identifier: Apache-2.0
/// \file
/// In which order the tables are protected: totals first, as they would be by themselves.
#pragma once

#include "protection/tables.hpp"

namespace casemetry::protection {

/// Hides further figures, until none of the hidden ones can be told from those that are shown.
void cover_all(const Frame& frame, const Cells& cells, Tables& tables, bool zeros_are_shown);

}  // namespace casemetry::protection
