// SPDX-License-Identifier: Apache-2.0
/// \file
/// Why a cell of a unit has no value: a trail from the unit back to the cells of tables.
///
/// Each trouble of a table's column (missing, unreadable, unlisted) becomes a column of truths beside it, and so on
/// through the units: where rows are collapsed it is asked of any of them, where a column is looked up it is taken
/// along. So the trail is laid in the language of units itself, and the cells of a unit tell their causes.
#pragma once

#include <casemetry/check.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "check/at_hand.hpp"

namespace casemetry::quality {

/// A cause, and the column of truths of a unit that tells whether it is one.
struct Trail {
  Loss::Cause cause;
  std::string column;
};

class Causes {
 public:
  Causes(const std::vector<TableAtHand>& tables, const Catalogue& catalogue);

  /// Lays the trails of a column of a unit or table; each different cause once.
  const std::vector<Trail>& trails(const std::string& unit, const std::string& column);

  /// The tables with their truths, and the definitions with all trails laid so far.
  const Tables& tables() const { return tables_; }
  const Definitions& definitions() const { return definitions_; }

 private:
  void add_troubles(const TableAtHand& table);
  UnitDefinition* unit(const std::string& id);
  std::vector<Trail> laid(const std::string& unit, const std::string& column);
  std::vector<Trail> taken(UnitDefinition& unit, std::size_t lookup, const std::string& column);
  std::vector<Trail> handed_on(UnitDefinition& unit, const std::string& column);
  std::vector<Trail> derived(UnitDefinition& unit, const std::string& column, const Expression& value);

  Definitions definitions_;
  Tables tables_;
  std::map<std::pair<std::string, std::string>, std::vector<Trail>> trails_;
};

}  // namespace casemetry::quality
