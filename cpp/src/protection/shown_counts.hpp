// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a row of a result tells of units: which counts must reach k, and of which kinds its units are.
#pragma once

#include <casemetry/query.hpp>

namespace casemetry::protection {

/// The counts of a row that must reach k under this base, as many for each row of the indicator.
std::vector<double> tested(const Indicator& indicator, const Result::Row& row, std::string_view base);

/// How many units of each kind a row tells of, no unit of two kinds, as many for each row of the indicator: of a
/// proportion the numerator and what is left of the denominator. All counts that it shows are sums of them.
std::vector<double> kinds(const Indicator& indicator, const Result::Row& row);

/// The units that an indicator counts, `stock of` before those that are counted while pending: these are not added over
/// periods.
std::vector<std::string> counted_units(const Catalogue& catalogue, const Indicator& indicator);

/// Whether what it counts is pending.
bool is_pending(const Catalogue& catalogue, const Indicator& indicator);

}  // namespace casemetry::protection
