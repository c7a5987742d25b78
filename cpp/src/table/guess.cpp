// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "table/convert.hpp"
#include "table/dates.hpp"
#include "table/numbers.hpp"

namespace casemetry {
namespace {

// True if every label is a date and all of them under one order.
bool all_dates(const ColumnData& text) {
  DateEvidence evidence;
  for (const std::string& label : text.labels) {
    const DateReadings readings = read_date(label);
    if (readings.neither()) return false;
    evidence.add(label, readings);
  }
  return !evidence.contradictory() && !evidence.undecided();
}

ColumnData read_as_type(const ColumnData& text, Type type) {
  ColumnDefinition definition;
  definition.name = text.name;
  definition.type = type;
  return read_as(text, definition);
}

}  // namespace

std::optional<ColumnData> guessed(const std::shared_ptr<const ColumnData>& text) {
  if (text->labels.empty()) return std::nullopt;
  if (std::ranges::all_of(text->labels, is_canonical_integer)) return read_as_type(*text, Type::integer);
  if (!all_dates(*text)) return std::nullopt;
  ColumnData dates = read_as_type(*text, Type::date);
  dates.written = text;
  return dates;
}

}  // namespace casemetry
