// SPDX-License-Identifier: Apache-2.0
/// \file
/// How a coded column is read: each distinct label once, then the codes are mapped.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "table/data.hpp"
#include "table/text.hpp"

namespace casemetry {

using Aliases = std::map<std::string, std::string>;

/// What a label stands for: blanks cut, old spellings replaced. Empty is missing.
inline std::string_view meant(std::string_view label, const Aliases& aliases) {
  const std::string_view text = without_blanks(label);
  if (aliases.empty()) return text;
  const auto found = aliases.find(std::string(text));
  return found == aliases.end() ? text : without_blanks(found->second);
}

/// A row's value by its code; `value_of` has a place more, for the missing.
template <class Value>
std::vector<Value> mapped(const ColumnData::Cells& codes, const std::vector<Value>& value_of) {
  return std::visit(
      [&](const auto& cells) {
        std::vector<Value> values(cells.size());
        for (std::size_t row = 0; row < cells.size(); ++row)
          values[row] = value_of[static_cast<std::size_t>(cells[row])];
        return values;
      },
      codes);
}

/// What cells without a value are read as.
template <class Value>
struct Absent {
  Value blank;
  Value unreadable;
};

/// Reads each label that occurs; what `read` does not take is counted as unreadable.
template <class Value, class Read>
std::vector<Value> by_label(const ColumnData& column, const Aliases& aliases, Absent<Value> absent,
                            ColumnReport& report, const Read& read) {
  const std::vector<std::int64_t> rows = rows_of_labels(column);
  std::vector<Value> value_of(rows.size(), absent.blank);
  for (std::size_t label = 0; label < column.labels.size(); ++label) {
    if (rows[label] == 0) continue;
    const std::string_view text = meant(column.labels[label], aliases);
    if (text.empty()) {
      report.missing += rows[label];
    } else if (const auto value = read(text)) {
      value_of[label] = static_cast<Value>(*value);
    } else {
      value_of[label] = absent.unreadable;
      count_unreadable(report, rows[label], column.labels[label]);
    }
  }
  return mapped(column.cells, value_of);
}

}  // namespace casemetry
