// SPDX-License-Identifier: Apache-2.0
/// \file
/// From the tree to the definitions, and back.
#pragma once

#include <casemetry/catalogue.hpp>

#include "catalogue/faults.hpp"
#include "catalogue/tree.hpp"

namespace casemetry::definition {

/// Reads as much as has the right form, and tells the rest: unknown keys, wrong types, words that are none, faulty
/// expressions and formulas.
Definitions definitions_of(const Tree& tree, Faults& faults);

/// Keys in a fixed order, defaults left out.
Tree tree_of(const Definitions& definitions);
Tree tree_of_unit(const UnitDefinition& unit);
Tree tree_of(const Literal& literal);
Tree tree_of(const std::vector<Literal>& literals);

}  // namespace casemetry::definition
