// SPDX-License-Identifier: Apache-2.0
#include "table/convert.hpp"

#include <algorithm>
#include <utility>

#include "table/builders.hpp"
#include "table/by_label.hpp"
#include "table/dates.hpp"
#include "table/numbers.hpp"
#include "table/sets.hpp"
#include "written.hpp"

namespace casemetry {
namespace {

bool is_coded(const ColumnData& column) {
  return column.type < Type::date || column.type == Type::boolean;
}

// A column of the new type without cells yet; what was missing or unreadable before is so still.
ColumnData begun(const ColumnData& from, const ColumnDefinition& definition, int scale = 0) {
  ColumnData column;
  column.name = definition.name.empty() ? from.name : definition.name;
  column.type = definition.type;
  column.scale = scale;
  column.report.name = column.name;
  column.report.read_as = type_name(definition.type, scale);
  column.report.rows = from.report.rows;
  column.report.missing = from.report.missing;
  column.report.unreadable = from.report.unreadable;
  if (from.report.unlisted == 0) column.report.examples = from.report.examples;
  return column;
}

[[noreturn]] void impossible(const ColumnData& from, const ColumnDefinition& definition, const std::string& advice) {
  throw DataError("column '" + from.name + "' is " + type_name(from.type, from.scale) + " and cannot be read as " +
                  type_name(definition.type, definition.scale) + ": " + advice);
}

// Numbers and days as the text they are printed as.
template <class Cell, class Print>
ColumnData printed(const ColumnData& column, Cell missing, const Print& print) {
  TextBuilder text("", column.name);
  for (const Cell cell : std::get<std::vector<Cell>>(column.cells))
    cell == missing ? text.add_code(TextBuilder::missing) : text.add(print(cell));
  ColumnData data = std::move(text).finish();
  data.report.missing = column.report.missing;
  data.report.unreadable = column.report.unreadable;
  data.report.examples = column.report.examples;
  return data;
}

ColumnData spelled(const ColumnData& column) {
  if (column.type == Type::date)
    return printed(column, missing_day, [](std::int32_t day) { return date_text(Date{std::chrono::days{day}}); });
  return printed(column, missing_number, [&](std::int64_t number) { return number_text(number, column.scale); });
}

// Text or category: declared values come first, in their order, then what else occurs.
ColumnData relabelled(const ColumnData& from, const ColumnDefinition& definition) {
  ColumnData column = begun(from, definition);
  LabelSet labels;
  const bool closed = definition.type == Type::category && !definition.values.empty();
  if (closed)
    for (const std::string& value : definition.values) labels.code(value);
  const std::size_t listed = labels.size();
  const std::vector<std::int64_t> rows = rows_of_labels(from);
  std::vector<std::uint32_t> code_of(rows.size(), TextBuilder::missing);
  for (std::size_t label = 0; label < from.labels.size(); ++label) {
    if (rows[label] == 0) continue;
    const std::string_view text = meant(from.labels[label], definition.aliases);
    if (text.empty()) {
      column.report.missing += rows[label];
      continue;
    }
    code_of[label] = labels.code(text);
    if (closed && code_of[label] >= listed) count_unlisted(column.report, rows[label], from.labels[label]);
  }
  for (std::uint32_t& code : code_of)
    if (code == TextBuilder::missing) code = static_cast<std::uint32_t>(labels.size());
  column.cells = narrow_codes(mapped(from.cells, code_of), labels.size());
  column.labels = std::move(labels).take();
  column.listed = closed ? listed : column.labels.size();
  return column;
}

// What the members of sets stand for. Aliases make no bag of a set: of two members that mean the same one is kept.
struct MeantMembers {
  MeantMembers(const ColumnData& from, const ColumnDefinition& definition) {
    for (const std::string& value : definition.values) labels.code(value);
    for (const std::string& label : from.labels) code_of.push_back(labels.code(meant(label, definition.aliases)));
  }
  std::vector<std::uint32_t> operator()(std::span<const std::uint32_t> members) const {
    std::vector<std::uint32_t> codes;
    for (const std::uint32_t member : members) codes.push_back(code_of[member]);
    std::ranges::sort(codes);
    if (has_no_repeats(members)) codes.erase(std::ranges::unique(codes).begin(), codes.end());
    return codes;
  }

  LabelSet labels;
  std::vector<std::uint32_t> code_of;
};

// Whether its members are all meant as they are written, so that nothing is to be put in order again.
bool has_meant_members(const ColumnData& from, const ColumnDefinition& definition) {
  return definition.values.empty() && from.listed == from.labels.size() &&
         std::ranges::all_of(from.labels,
                             [&](const std::string& label) { return meant(label, definition.aliases) == label; });
}

ColumnData as_sets(const ColumnData& from, const ColumnDefinition& definition) {
  if (from.sets == nullptr) impossible(from, definition, "give it as lists of texts, or collapse it by set(…)");
  if (has_meant_members(from, definition)) {
    ColumnData column = from;
    column.name = column.report.name = definition.name.empty() ? from.name : definition.name;
    return column;
  }
  MeantMembers meant_members(from, definition);
  Sets sets;
  for (std::size_t set = 0; set < from.sets->size(); ++set) sets.add(meant_members((*from.sets)[set]));
  const std::vector<std::uint32_t> codes =
      std::visit([](const auto& cells) { return std::vector<std::uint32_t>(cells.begin(), cells.end()); }, from.cells);
  ColumnData column = set_column(definition.name.empty() ? from.name : definition.name, codes, sets,
                                 std::move(meant_members.labels).take(), definition.values.size());
  column.report.missing = from.report.missing;
  count_unreadable(column.report, from.report.unreadable,
                   from.report.unreadable > 0 ? from.report.examples.front() : std::string());
  return column;
}

DateOrder declared_order(const ColumnData& column, const std::string& format) {
  if (const auto order = date_order(format)) return *order;
  throw DataError("column '" + column.name + "': the format " + in_quotes(format) +
                  " is not known; write month/day/year, day/month/year or year-month-day");
}

DateEvidence evidence_of(const ColumnData& column, const Aliases& aliases) {
  DateEvidence evidence;
  const std::vector<std::int64_t> rows = rows_of_labels(column);
  for (std::size_t label = 0; label < column.labels.size(); ++label) {
    if (rows[label] == 0) continue;
    const std::string_view text = meant(column.labels[label], aliases);
    evidence.add(text, read_date(text));
  }
  return evidence;
}

DateOrder order_of(const ColumnData& column, const ColumnDefinition& definition) {
  if (!definition.format.empty()) return declared_order(column, definition.format);
  const DateEvidence evidence = evidence_of(column, definition.aliases);
  if (evidence.contradictory() || evidence.undecided())
    throw DataError("column '" + column.name + "': " + evidence.refusal());
  return evidence.order();
}

ColumnData dates_of_text(const ColumnData& from, const ColumnDefinition& definition) {
  const DateOrder order = order_of(from, definition);
  const std::int32_t blank = definition.empty_is_not_yet ? not_yet_day : missing_day;
  ColumnData column = begun(from, definition);
  if (order != DateOrder::year_first) column.report.read_as += " (" + std::string(date_format(order)) + ")";
  column.cells = by_label(from, definition.aliases, Absent{blank, missing_day}, column.report,
                          [order](std::string_view text) { return day_under(order, read_date(text)); });
  if (definition.empty_is_not_yet) column.report.missing = 0;
  return column;
}

// Where cells that could not be read are missing already, a blank cannot be told from them.
void refuse_if_blank_is_doubtful(const ColumnData& from) {
  if (from.report.missing > 0 && from.report.unreadable > 0)
    throw DataError("column '" + from.name + "': a blank means not yet, and " + std::to_string(from.report.unreadable) +
                    " of its cells could not be read (" + from.report.examples.front() +
                    "), which cannot be told from blanks here; give the dates as text");
}

// 20240301 is a day.
ColumnData dates_of_integers(const ColumnData& from, const ColumnDefinition& definition) {
  if (definition.empty_is_not_yet) refuse_if_blank_is_doubtful(from);
  const std::int32_t blank = definition.empty_is_not_yet ? not_yet_day : missing_day;
  DayBuilder days(Type::date, from.name, missing_day);
  for (const std::int64_t number : std::get<std::vector<std::int64_t>>(from.cells)) {
    const bool eight_digits = number >= 10000000 && number <= 99999999;
    const auto day = eight_digits ? day_of(static_cast<int>(number / 10000), static_cast<int>(number / 100 % 100),
                                           static_cast<int>(number % 100))
                                  : std::nullopt;
    if (day) {
      days.add(*day);
    } else if (number == missing_number) {
      days.add(blank);
    } else {
      days.add_unreadable(std::to_string(number));
    }
  }
  ColumnData read = std::move(days).finish();
  ColumnData column = begun(from, definition);
  column.cells = std::move(read.cells);
  if (definition.empty_is_not_yet) column.report.missing = 0;
  column.report.unreadable += read.report.unreadable;
  if (!read.report.examples.empty()) column.report.examples = read.report.examples;
  return column;
}

bool in_range(std::int64_t number, const ColumnDefinition& definition) {
  if (number == missing_number) return false;
  return !definition.range || (number >= definition.range->first && number <= definition.range->second);
}

ColumnData numbers_of_text(const ColumnData& from, const ColumnDefinition& definition, int scale) {
  ColumnData column = begun(from, definition, scale);
  column.cells = by_label(from, definition.aliases, Absent{missing_number, missing_number}, column.report,
                          [&](std::string_view text) {
                            const auto number = read_number(text, scale);
                            return number && in_range(*number, definition) ? number : std::nullopt;
                          });
  return column;
}

ColumnData numbers_of_numbers(const ColumnData& from, const ColumnDefinition& definition, int scale) {
  ColumnData column = begun(from, definition, scale);
  std::vector<std::int64_t> numbers = std::get<std::vector<std::int64_t>>(from.cells);
  for (std::int64_t& number : numbers) {
    if (number == missing_number) continue;
    const auto value = rescaled(number, from.scale, scale);
    if (!value || !in_range(*value, definition)) {
      count_unreadable(column.report, 1, number_text(number, from.scale));
      number = missing_number;
    } else {
      number = *value;
    }
  }
  column.cells = std::move(numbers);
  return column;
}

ColumnData booleans_of_text(const ColumnData& from, const ColumnDefinition& definition) {
  ColumnData column = begun(from, definition);
  column.cells = by_label(from, definition.aliases, Absent<std::uint8_t>{2, 2}, column.report, read_boolean);
  column.labels = {"false", "true"};
  column.listed = 2;
  return column;
}

ColumnData dates_of_dates(const ColumnData& from, const ColumnDefinition& definition) {
  ColumnData column = begun(from, definition);
  column.cells = from.cells;
  if (!definition.empty_is_not_yet) return column;
  refuse_if_blank_is_doubtful(from);
  if (from.report.missing == 0) return column;
  std::ranges::replace(std::get<std::vector<std::int32_t>>(column.cells), missing_day, not_yet_day);
  column.report.missing = 0;
  return column;
}

ColumnData as_dates(const ColumnData& from, const ColumnDefinition& definition) {
  if (is_coded(from) && from.type != Type::boolean) return dates_of_text(from, definition);
  if (from.type == Type::integer) return dates_of_integers(from, definition);
  if (from.type != Type::date) impossible(from, definition, "give it as dates or as text");
  return dates_of_dates(from, definition);
}

ColumnData as_numbers(const ColumnData& from, const ColumnDefinition& definition) {
  const int scale = definition.type == Type::decimal ? definition.scale : 0;
  if (scale < 0 || scale > greatest_scale)
    throw DataError("column '" + from.name + "': a decimal has 0 to 18 digits after the point, not " +
                    std::to_string(scale));
  if (from.type == Type::boolean) impossible(from, definition, "declare it as boolean and count where it is true");
  if (from.type == Type::date) impossible(from, definition, "declare it as a date and use days(), year() or month()");
  return is_coded(from) ? numbers_of_text(from, definition, scale) : numbers_of_numbers(from, definition, scale);
}

ColumnData as_booleans(const ColumnData& from, const ColumnDefinition& definition) {
  if (is_coded(from)) return booleans_of_text(from, definition);
  if (from.type == Type::integer) return booleans_of_text(spelled(from), definition);
  impossible(from, definition, "write a condition on it instead, such as `not is_null(" + from.name + ")`");
}

}  // namespace

ColumnData as_written(const ColumnData& column) {
  if (column.written != nullptr) return *column.written;
  return is_coded(column) ? column : spelled(column);
}

ColumnData read_as(const ColumnData& column, const ColumnDefinition& definition) {
  if (definition.type == Type::set) return as_sets(column, definition);
  if (column.sets != nullptr)
    impossible(column, definition, "declare it as a set, and ask has(…), meets(…) or size(…)");
  if (!definition.aliases.empty() && !is_coded(column)) {
    const ColumnData text = spelled(column);
    return read_as(text, definition);
  }
  switch (definition.type) {
    case Type::date:
      return as_dates(column, definition);
    case Type::integer:
    case Type::decimal:
      return as_numbers(column, definition);
    case Type::boolean:
      return as_booleans(column, definition);
    case Type::text:
    case Type::category:
    case Type::set:
      break;
  }
  return relabelled(is_coded(column) ? column : spelled(column), definition);
}

Column Column::as(const ColumnDefinition& definition) const {
  const Data& from = data_->written ? *data_->written : *data_;
  return {std::make_shared<const Data>(read_as(from, definition)), definition.name.empty() ? name_ : definition.name};
}

Column Column::as_dates(const std::string& format) const {
  ColumnDefinition definition;
  definition.name = name();
  definition.type = Type::date;
  definition.format = format;
  return as(definition);
}

}  // namespace casemetry
