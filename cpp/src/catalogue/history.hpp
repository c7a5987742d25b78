// SPDX-License-Identifier: Apache-2.0
/// \file
/// How indicators were defined over time.
#pragma once

#include <casemetry/catalogue.hpp>
#include <set>
#include <vector>

namespace casemetry::definition {

/// The version that held on a day; null: today's definition did.
const Version* version_on(const Indicator& indicator, Date day);

/// The indicator by its own version of that day, formulas as they are written, without versions.
Indicator defined_on(const Indicator& indicator, Date day);

/// The days on which its definition may change: those on which its versions begin, those after they end, and those of
/// the count indicators that its formulas name.
std::set<Date> turning_days(const Definitions& definitions, const Indicator& indicator);

/// As `Catalogue::history`, of definitions that are valid.
std::vector<DatedDefinition> history_of(const Definitions& definitions, const Indicator& indicator);

}  // namespace casemetry::definition
