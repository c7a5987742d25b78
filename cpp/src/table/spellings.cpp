// SPDX-License-Identifier: Apache-2.0
// The spellings of a column, each with its rows and with what it is read as.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "table/by_label.hpp"
#include "table/convert.hpp"
#include "table/numbers.hpp"

namespace casemetry {
namespace spelling {
namespace {

std::optional<std::string> listed_value(std::string_view text, const std::set<std::string, std::less<>>& values) {
  return values.empty() || values.contains(text) ? std::optional(std::string(text)) : std::nullopt;
}

std::optional<std::string> yes_or_no(std::string_view text) {
  const auto truth = read_boolean(text);
  if (!truth) return std::nullopt;
  return *truth ? "true" : "false";
}

// How many rows hold each label; of sets, hold it as a member.
std::vector<std::int64_t> rows_of(const ColumnData& column) {
  std::vector<std::int64_t> rows = rows_of_labels(column);
  if (column.sets == nullptr) return rows;
  std::vector<std::int64_t> rows_of_member(column.labels.size());
  for (std::size_t set = 0; set < column.sets->size(); ++set) {
    const auto members = (*column.sets)[set];
    for (std::size_t place = 0; place < members.size(); ++place)
      if (place == 0 || members[place] != members[place - 1]) rows_of_member[members[place]] += rows[set];
  }
  return rows_of_member;
}

// Spellings that differ by the blanks around them only are one.
std::vector<Spelling> in_order(const std::map<std::string, std::int64_t>& rows_of_spelling) {
  std::vector<Spelling> spellings;
  for (const auto& [written, rows] : rows_of_spelling) spellings.push_back({written, rows, {}});
  std::ranges::stable_sort(spellings, std::ranges::greater{}, &Spelling::rows);
  return spellings;
}

}  // namespace
}  // namespace spelling

std::vector<Spelling> Column::spellings(const ColumnDefinition& definition) const {
  const ColumnData text = data_->sets != nullptr ? *data_ : as_written(*data_);
  const std::vector<std::int64_t> rows = spelling::rows_of(text);
  std::map<std::string, std::int64_t> rows_of_spelling;
  for (std::size_t label = 0; label < text.labels.size(); ++label)
    if (const auto written = without_blanks(text.labels[label]); rows[label] > 0 && !written.empty())
      rows_of_spelling[std::string(written)] += rows[label];
  const std::set<std::string, std::less<>> values(definition.values.begin(), definition.values.end());
  std::vector<Spelling> spellings = spelling::in_order(rows_of_spelling);
  for (Spelling& one : spellings) {
    const std::string_view value = meant(one.written, definition.aliases);
    one.value = definition.type == Type::boolean ? spelling::yes_or_no(value) : spelling::listed_value(value, values);
  }
  return spellings;
}

}  // namespace casemetry
