// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "catalogue/order.hpp"
#include "catalogue/resolve.hpp"
#include "catalogue/validate.hpp"
#include "catalogue/words.hpp"

namespace casemetry::definition {
namespace {

// What only some types have.
void validate_type(const ColumnDefinition& column, const std::string& path, Faults& faults) {
  const bool is_text = column.type == Type::text || column.type == Type::category;
  const bool is_number = column.type == Type::integer || column.type == Type::decimal;
  if (column.scale < 0 || column.scale > 18 || (column.scale != 0 && column.type != Type::decimal))
    faults.tell(path + ".type", "a decimal has 0 to 18 digits after the point, and nothing else has any");
  const bool can_be_closed = column.type == Type::category || is_set(&column);
  if (!column.values.empty() && !can_be_closed)
    faults.tell_first(path + ".values", "only a category or a set has values: type = \"category\"");
  if (!column.aliases.empty() && !is_text && !is_set(&column))
    faults.tell_first(path + ".aliases", "only text, categories and sets have aliases");
  if (!column.format.empty() && column.type != Type::date)
    faults.tell_first(path + ".format", "only dates have a format");
  if (column.empty_is_not_yet && column.type != Type::date)
    faults.tell_first(path + ".empty", "only a blank date can mean not yet");
  if (column.range && !is_number) faults.tell_first(path + ".range", "only numbers have a range");
}

void validate_values(const ColumnDefinition& column, const std::string& path, Faults& faults) {
  std::set<std::string> seen;
  for (const std::string& value : column.values) {
    if (value.empty()) faults.tell_first(path + ".values", "an empty value: a blank cell is missing, not a value");
    if (!seen.insert(value).second) faults.tell_first(path + ".values", "'" + value + "' is listed twice");
  }
}

// What a spelling stands for, alias by alias to the value; where they go round, up to the first that comes again.
std::vector<std::string> trail_of(const ColumnDefinition& column, const std::string& old) {
  std::vector<std::string> trail{old};
  for (auto next = column.aliases.find(old); next != column.aliases.end(); next = column.aliases.find(next->second)) {
    const bool again = is_one_of(next->second, trail);
    trail.push_back(next->second);
    if (again) break;
  }
  return trail;
}

// Aliases are applied once, so none stands for another.
void validate_alias_of_alias(const ColumnDefinition& column, const std::string& old, const std::string& value,
                             const std::string& place, Faults& faults) {
  if (!column.aliases.contains(value)) return;
  const std::vector<std::string> trail = trail_of(column, old);
  const auto again = std::find(trail.begin(), trail.end() - 1, trail.back());
  const bool goes_round = again != trail.end() - 1;
  faults.tell_first(
      place, "'" + value + "' is an alias itself" +
                 (goes_round ? ", and they go round: " + way({again, trail.end()}) + "; one of them must be the value"
                             : ": write what it stands for, '" + trail.back() + "'"));
}

// In an open category any text may stand for any other; in a closed one for what is listed.
void validate_aliases(const ColumnDefinition& column, const std::string& path, Faults& faults) {
  for (const auto& [old, value] : column.aliases) {
    const std::string place = path + ".aliases." + old;
    validate_alias_of_alias(column, old, value, place, faults);
    if (column.values.empty()) continue;
    if (is_one_of(old, column.values))
      faults.tell_first(place, "'" + old + "' is a listed value itself: it cannot stand for another");
    if (!is_one_of(value, column.values))
      faults.tell_first(place, hinted("'" + value + "' is not listed", value, column.values));
  }
}

void validate_column(const ColumnDefinition& column, const std::string& path, Faults& faults) {
  if (column.name.empty()) faults.tell_first(path, "a column without a name");
  if (!faults.told(path + ".type")) validate_type(column, path, faults);
  validate_values(column, path, faults);
  validate_aliases(column, path, faults);
  if (!column.format.empty() && !is_one_of(column.format, date_formats()))
    faults.tell_first(path + ".format", not_one_of(column.format, date_formats()));
  if (column.range && column.range->first > column.range->second)
    faults.tell_first(path + ".range", "reversed: the least comes first");
}

// A date column of the table, as far as its columns are declared.
void validate_date(const TableDefinition& table, const std::string& name, const std::string& path, Faults& faults) {
  if (table.columns.empty()) return;
  const ColumnDefinition* column = column_of(table, name);
  if (column == nullptr) {
    faults.tell_first(path, no_column(table.id, name, column_names(table)));
  } else if (column->type != Type::date) {
    faults.tell_first(path, "'" + name + "' is " + type_name(column->type, column->scale) + ": it should be a date");
  }
}

void validate_in_order(const TableDefinition& table, const std::string& path, Faults& faults) {
  for (const std::vector<std::string>& chain : table.in_order) {
    if (chain.size() < 2) faults.tell_first(path, "dates follow each other: name at least two");
    for (const std::string& name : chain) {
      validate_date(table, name, path, faults);
      if (std::ranges::count(chain, name) > 1) faults.tell_first(path, "'" + name + "' is named twice");
    }
  }
}

}  // namespace

void validate_counts(const std::string& word, const Label& label, const std::string& path, Faults& faults) {
  if (word.empty()) return;
  if (!is_one_of(word, counted_things()))
    faults.tell_first(
        path, not_one_of(word, counted_things()) + " or a label of your own, { zh = \"罪名\", en = \"charge\" }");
  if (label != Label{}) faults.tell_first(path, "both a word and a label: one of them says what is counted");
}

void validate_table(const TableDefinition& table, const std::string& path, Faults& faults) {
  validate_counts(table.counts, table.counts_label, path + ".counts", faults);
  std::set<std::string> seen;
  for (const ColumnDefinition& column : table.columns) {
    const std::string place = path + ".columns." + column.name;
    validate_column(column, place, faults);
    if (!seen.insert(column.name).second) faults.tell(place, "declared twice");
  }
  for (const std::string& name : table.key) {
    if (name.empty()) faults.tell_first(path + ".key", "an empty name");
    if (!table.columns.empty() && column_of(table, name) == nullptr)
      faults.tell(path + ".key", no_column(table.id, name, column_names(table)));
    if (is_set(column_of(table, name))) faults.tell(path + ".key", no_key(name));
  }
  validate_in_order(table, path + ".in_order", faults);
  if (!table.entered.empty()) validate_date(table, table.entered, path + ".entered", faults);
}

}  // namespace casemetry::definition
