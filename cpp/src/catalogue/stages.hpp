// SPDX-License-Identifier: Apache-2.0
/// \file
/// The stages that leads pass, as conditions.
#pragma once

#include <casemetry/catalogue.hpp>
#include <string_view>

namespace casemetry::definition {

/// That a lead reached a stage: it has a date for it or for a later one. A day that a blank puts off (`not_yet`) is
/// none. The stage is declared.
Expression reached(const LeadSet& leads, std::string_view stage);

/// That a stage is dated before the day of an earlier one. There are two stages at least.
Expression passed_out_of_order(const LeadSet& leads);

}  // namespace casemetry::definition
