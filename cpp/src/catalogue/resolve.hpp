// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names and what they stand for.
#pragma once

#include <algorithm>
#include <casemetry/catalogue.hpp>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace casemetry::definition {

/// The member of that id, or null.
template <typename Item>
const Item* find(const std::vector<Item>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

/// Adds it, or replaces the member of that id.
template <typename Item>
void put(std::vector<Item>& items, Item item) {
  const auto same = std::ranges::find(items, item.id, &Item::id);
  if (same == items.end()) {
    items.push_back(std::move(item));
  } else {
    *same = std::move(item);
  }
}

template <typename Item>
std::vector<std::string> ids(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.id);
  return names;
}

inline std::set<std::string, std::less<>> as_set(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

/// The declared column of that name, or null; and the names of all.
const ColumnDefinition* column_of(const TableDefinition& table, std::string_view name);
std::vector<std::string> column_names(const TableDefinition& table);

/// `no table 'arrest'; did you mean 'arrests'?`
std::string no_table(const Definitions& definitions, const std::string& name);
/// `'arrests' has no column 'offise'; did you mean 'office'?`
std::string no_column(const std::string& unit_or_table, const std::string& name, const std::vector<std::string>& known);

/// The indicator that a name in a formula stands for: none if it is an aggregate's, which goes first.
const Indicator* counted(const Definitions& definitions, std::string_view name);

/// A formula over aggregates, or why there is none.
struct Expansion {
  Formula formula;                   ///< like terms added, in order of their first appearance
  std::vector<std::string> unknown;  ///< names that are neither an aggregate nor a count indicator
  std::vector<std::string> circle;   ///< count indicators that count themselves: a, b, a
  std::string excess;                ///< what is too large, in words
  bool hollow = false;               ///< a count indicator that it names has no formula, or its terms cancel out
  bool whole() const { return unknown.empty() && circle.empty() && excess.empty() && !hollow; }
};

/// Replaces count indicators by what they count; on a day by what they counted then.
Expansion expand(const Definitions& definitions, const Formula& formula, std::optional<Date> day = std::nullopt);

/// What an indicator counts, sums or divides: those of `of`, `numerator`, `denominator` that its kind has. A
/// contribution has none.
std::vector<const Formula*> formulas(const Indicator& indicator);

/// Whether sources change their group: the grouping's table has bounds, as far as it is declared.
bool is_dated(const Definitions& definitions, const Grouping& grouping);

/// Whether it is a column of sets; none is not.
bool is_set(const ColumnDefinition* column);

/// That a column of sets tells no rows apart.
std::string no_key(const std::string& column);

}  // namespace casemetry::definition
