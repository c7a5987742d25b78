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

/// What is counted behind an indicator of which the units cannot be told by its own counts: a sum, or a formula in
/// which a term is taken off, or weighs. Nothing of others.
std::vector<Formula::Term> terms_behind(const Catalogue& catalogue, const Indicator& indicator);

/// Counts the units of such a term.
Indicator count_behind(const Catalogue& catalogue, const Formula::Term& term, std::string id);

/// The tables whose rows make the units that an indicator counts, for units made of the same rows tell of each other;
/// `stock of` before those that are counted while pending: these are not added over periods.
std::vector<std::string> counted_units(const Catalogue& catalogue, const Indicator& indicator);

/// Whether what it counts is pending.
bool is_pending(const Catalogue& catalogue, const Indicator& indicator);

}  // namespace casemetry::protection
