// SPDX-License-Identifier: Apache-2.0
/// \file
/// The one validator of meaning: what is missing, unknown, contradictory or out of range.
#pragma once

#include <casemetry/catalogue.hpp>

#include "catalogue/faults.hpp"

namespace casemetry::definition {

/// Tells every fault of the definitions. Those that only follow from a fault of form, told at the same path before, are
/// not told again.
void validate(const Definitions& definitions, Faults& faults);

void validate_table(const TableDefinition& table, const std::string& path, Faults& faults);
void validate_aggregate(const Definitions& definitions, const Aggregate& aggregate, const std::string& path,
                        Faults& faults);
void validate_indicator(const Definitions& definitions, const Indicator& indicator, const std::string& path,
                        Faults& faults);

/// Where a member of a list stands: `aggregate.refused`, or `aggregate #3` if it has no id.
std::string path_of(const std::string& list, const std::string& id, std::size_t index);

}  // namespace casemetry::definition
