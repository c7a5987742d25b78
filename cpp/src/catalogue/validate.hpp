// SPDX-License-Identifier: Apache-2.0
/// \file
/// The one validator of meaning: what is missing, unknown, contradictory or out of range.
#pragma once

#include <casemetry/catalogue.hpp>

#include "catalogue/faults.hpp"
#include "catalogue/shapes.hpp"

namespace casemetry::definition {

/// Tells every fault of the definitions, and returns what is known of the columns of units and tables. Faults that only
/// follow from a fault of form, told at the same path before, are not told again.
Shapes validate(const Definitions& definitions, Faults& faults);

void validate_calendar(const Definitions& definitions, Faults& faults);
void validate_table(const TableDefinition& table, const std::string& path, Faults& faults);
void validate_unit(const Definitions& definitions, const UnitDefinition& unit, const Shapes& shapes,
                   const std::string& path, Faults& faults);
void validate_lookup(const UnitDefinition& unit, const Lookup& lookup, const Shapes& shapes, const std::string& path,
                     Faults& faults);
void validate_dimension(const Definitions& definitions, const Dimension& dimension, const Shapes& shapes,
                        const std::string& path, Faults& faults);
void validate_aggregate(const Definitions& definitions, const Aggregate& aggregate, const Shapes& shapes,
                        const std::string& path, Faults& faults);
void validate_lead_set(const Definitions& definitions, const LeadSet& lead, const Shapes& shapes,
                       const std::string& path, Faults& faults);
void validate_grouping(const Definitions& definitions, const Grouping& grouping, const std::string& path,
                       Faults& faults);
void validate_indicator(const Definitions& definitions, const Indicator& indicator, const std::string& path,
                        Faults& faults);
/// The bounds of its versions, and that each replaces something; not what.
void validate_versions(const Indicator& indicator, const std::string& path, Faults& faults);
void validate_identity(const Definitions& definitions, const Identity& identity, const std::string& path,
                       Faults& faults);
/// Of a contribution its own keys; of another indicator that it has none of them.
void validate_contribution(const Definitions& definitions, const Indicator& indicator, const std::string& path,
                           Faults& faults);
void refuse_contribution_keys(const Indicator& indicator, const std::string& path, Faults& faults);

/// A formula where it stands, and whose it is: `a proportion`; as it is to be read on a day, or today.
struct FormulaPlace {
  std::string path;
  std::string of;
  std::optional<Date> day;
};
/// The formula over aggregates; nothing if that fails, here (told) or in a count that it names (told there).
std::optional<Formula> validated_formula(const Definitions& definitions, const Formula& formula,
                                         const FormulaPlace& place, Faults& faults);

/// What a row of a table, or a unit, is: a word or a label.
void validate_counts(const std::string& word, const Label& label, const std::string& path, Faults& faults);
/// A column and its type, or any.
using NamedType = std::pair<std::string, std::optional<Type>>;
/// The declared table of that name; tells what is none, and every column that it lacks or that has another type.
void validate_named_table(const Definitions& definitions, const std::string& id, const std::vector<NamedType>& columns,
                          const std::string& purpose, const std::string& path, Faults& faults);
/// An expression over names. Where the definition of a column that it reads is not known, only the names are checked.
void validate_expression(const UnitScope& scope, const Expression& expression, bool predicate, const std::string& path,
                         Faults& faults);

/// Where a member of a list stands: `aggregate.refused`, or `aggregate #3` if it has no id.
std::string path_of(const std::string& list, const std::string& id, std::size_t index);
/// Where a version of an indicator at this path stands: `indicator.non_arrest_rate.version #1`.
std::string path_of_version(const Indicator& indicator, const Version& version, const std::string& path);

}  // namespace casemetry::definition
