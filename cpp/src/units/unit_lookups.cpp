// SPDX-License-Identifier: Apache-2.0
// How a unit finds the rows of another: many to one, by key.
#include <algorithm>

#include "units/cell_text.hpp"
#include "units/gather.hpp"
#include "units/unit_rows.hpp"

namespace casemetry::counting {
namespace {

bool can_be_equal(const Column& own, const Column& other) {
  const auto is_text = [](const Column& column) {
    return column.type() == Type::text || column.type() == Type::category;
  };
  if (is_text(own) || is_text(other)) return is_text(own) && is_text(other);
  return own.type() == other.type() && own.scale() == other.scale();
}

// What is found, counted; a row whose key stands twice is none that is meant.
UnitReport::LookedUp counted(const std::string& name, std::span<std::uint32_t> rows,
                             std::span<const std::uint8_t> repeated) {
  UnitReport::LookedUp report{.lookup = name};
  for (std::uint32_t& row : rows) {
    if (row != no_row && !repeated.empty() && repeated[row] != 0) row = many_rows;
    ++(row == no_row ? report.not_found : row == many_rows ? report.duplicates : report.found);
  }
  return report;
}

}  // namespace

const UnitRows::Found& UnitRows::find(const Lookup& lookup) {
  const auto known = found_.find(lookup.name);
  return known != found_.end() ? known->second : found_.emplace(lookup.name, match_rows(lookup)).first->second;
}

UnitRows::Found UnitRows::match_rows(const Lookup& lookup) {
  RowSet& other = all_.at(lookup.from);
  std::vector<Column> own_key;
  std::vector<Column> other_key;
  for (const auto& [own, others] : lookup.on) {
    own_key.push_back(column(own));
    other_key.push_back(other.column(others));
    refuse_unlike(lookup, own_key.back(), other_key.back());
  }
  const KeysOfBoth keys = keys_of_both(other_key, own_key, chunk_);
  Matching matching = match(keys.other, keys.own, chunk_);
  if (matching.repeated_keys > 0 && !lookup.duplicates_unknown) refuse_duplicates(lookup, matching);
  Found found{.rows = std::move(matching.rows), .report = {}};
  found.report = counted(lookup.name, found.rows, matching.repeated);
  return found;
}

void UnitRows::refuse_unlike(const Lookup& lookup, const Column& own, const Column& other) const {
  if (can_be_equal(own, other)) return;
  throw DefinitionError({{"unit." + id() + ".lookup." + lookup.name + ".on",
                          "'" + own.name() + "' is " + type_name(own.type(), own.scale()) + " and '" + other.name() +
                              "' of '" + lookup.from + "' is " + type_name(other.type(), other.scale()) +
                              ": they are never equal, declare both alike",
                          {}}});
}

void UnitRows::refuse_duplicates(const Lookup& lookup, const Matching& matching) {
  std::vector<std::string> names;
  std::string quoted;
  for (const auto& [own, other] : lookup.on) {
    names.push_back(other);
    quoted += (quoted.empty() ? "\"" : ", \"") + other + "\"";
  }
  const std::size_t keys = matching.repeated_keys;
  const bool of_unit = all_.catalogue().unit(lookup.from) != nullptr;
  throw DataError(place("lookup", lookup.name) + ": " + std::to_string(keys) +
                  (keys == 1 ? " key stands" : " keys stand") + " more than once in '" + lookup.from + "', first " +
                  key_text(all_.at(lookup.from), names, matching.first_repeat) +
                  (of_unit ? "" : " again in row " + std::to_string(matching.first_repeat + std::size_t{1})) +
                  "; collapse '" + lookup.from + "' by a unit with one_row_per = [" + quoted +
                  "] and look that up, or say duplicates = \"unknown\" to count such rows as unknown");
}

Column UnitRows::truth_of_found(const Lookup& lookup) {
  const Found& found = find(lookup);
  std::vector<std::uint8_t> truths(found.rows.size());
  const auto truth = [](std::uint32_t row) -> std::uint8_t { return row == no_row ? 0 : row == many_rows ? 2 : 1; };
  const std::span<const std::uint32_t> rows = found.rows;
  std::ranges::transform(rows, truths.begin(), truth);
  return Column::of_truths("found(" + lookup.name + ")", std::move(truths));
}

Column UnitRows::take(const Lookup& lookup, std::string_view column) {
  const auto otherwise = lookup.otherwise.find(std::string(column));
  const auto value = otherwise != lookup.otherwise.end() ? std::optional(otherwise->second) : std::nullopt;
  const Found& found = find(lookup);
  return gathered(all_.at(lookup.from).column(column), found.rows, std::string(column), value);
}

}  // namespace casemetry::counting
