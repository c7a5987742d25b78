// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of a catalogue as they are read, a file each.
#pragma once

#include <casemetry/catalogue.hpp>
#include <optional>
#include <string>

#include "catalogue/fields.hpp"

namespace casemetry::definition {

TableDefinition read_table(const Member& member, const std::string& path, Faults& faults);
UnitDefinition read_unit(const Member& member, const std::string& path, Faults& faults);
LeadSet read_lead_set(const Member& member, const std::string& path, Faults& faults);
Grouping read_grouping(const Member& member, const std::string& path, Faults& faults);
Indicator read_indicator(const Tree& tree, const std::string& path, Faults& faults);
Identity read_identity(const Tree& tree, const std::string& path, Faults& faults);

/// Text, a number, true or false; tells what is none of these.
std::optional<Literal> read_literal(const Tree& tree, const std::string& path, Faults& faults);

/// As far from 0 as a number may be to be told as outside the range that is valid, not outside the type.
inline int clamped(std::optional<std::int64_t> number, int otherwise) {
  return static_cast<int>(std::clamp<std::int64_t>(number.value_or(otherwise), -1'000'000, 1'000'000));
}

/// What is counted: a word, or a label of its own; of a table or a unit.
template <typename Counted>
void read_counts(const Fields& fields, Counted& counted) {
  const Tree* counts = fields.find("counts");
  if (counts != nullptr && counts->object() != nullptr) {
    counted.counts_label = fields.label("counts");
  } else {
    counted.counts = fields.text("counts");
  }
}

}  // namespace casemetry::definition
