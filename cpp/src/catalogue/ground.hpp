// SPDX-License-Identifier: Apache-2.0
/// \file
/// What aggregates rest on: through the units, down to the columns of the tables.
#pragma once

#include <casemetry/catalogue.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/order.hpp"

namespace casemetry::definition {

class Ground {
 public:
  explicit Ground(const Definitions& definitions) : definitions_(definitions) {}

  /// Adds an aggregate; a unit or table, its key at least; a column of one; with all that these rest on.
  void add(const Aggregate& aggregate);
  void add(const std::string& id);
  void add(const std::string& id, const std::string& column);
  /// Adds the unit of a lead set, and the columns that it names.
  void add(const LeadSet& leads);
  /// Adds a grouping, if it is declared, with the table that tells it.
  void add_grouping(const std::string& id);
  /// Adds all columns and lookups of the units that are in it, and of those that these rest on.
  void complete_units();

  bool has(std::string_view id) const { return columns_.contains(id); }
  /// By unit or table.
  const Needs& columns() const { return columns_; }
  bool looks_up(const std::string& unit, const std::string& lookup) const;
  const Names& lists() const { return lists_; }
  /// But the identity grouping.
  const Names& groupings() const { return groupings_; }
  /// Whether it matters which days are holidays.
  bool holidays() const { return holidays_; }

 private:
  void add(const std::string& id, const Expression& expression);
  void follow();
  void follow(const UnitDefinition& unit, const std::string& column);
  void add_lookup(const UnitDefinition& unit, const Lookup& lookup);
  void add_holidays();
  void complete(const UnitDefinition& unit);

  const Definitions& definitions_;
  Needs columns_;
  Needs lookups_;
  Names lists_;
  Names groupings_;
  bool holidays_ = false;
  std::vector<std::pair<std::string, std::string>> to_follow_;  // columns of units
  bool following_ = false;
};

}  // namespace casemetry::definition
