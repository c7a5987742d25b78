// SPDX-License-Identifier: Apache-2.0
// Tables one below the other.
#include <algorithm>
#include <limits>
#include <utility>

#include "table/convert.hpp"
#include "table/labels.hpp"
#include "table/sets.hpp"

namespace casemetry {
namespace stacking {
namespace {

using Parts = std::vector<std::shared_ptr<const ColumnData>>;

constexpr std::uint32_t missing = std::numeric_limits<std::uint32_t>::max();

// Codes of all parts, each part's own made those of the whole by `code_of`, which has a place more, for the missing.
template <class CodeOf>
std::vector<std::uint32_t> recoded(const Parts& parts, const CodeOf& code_of) {
  std::vector<std::uint32_t> codes;
  for (const auto& part : parts) {
    const std::vector<std::uint32_t> code = code_of(*part);
    std::visit(
        [&](const auto& cells) {
          for (const auto cell : cells) codes.push_back(code[static_cast<std::size_t>(cell)]);
        },
        part->cells);
  }
  return codes;
}

void stack_codes(const Parts& parts, ColumnData& whole) {
  LabelSet labels;
  std::vector<std::uint32_t> codes = recoded(parts, [&](const ColumnData& part) {
    std::vector<std::uint32_t> code_of;
    for (const std::string& label : part.labels) code_of.push_back(labels.code(label));
    code_of.push_back(missing);
    return code_of;
  });
  std::ranges::replace(codes, missing, static_cast<std::uint32_t>(labels.size()));
  whole.cells = narrow_codes(codes, labels.size());
  whole.labels = std::move(labels).take();
  whole.listed = whole.labels.size();
}

void stack_sets(const Parts& parts, ColumnData& whole) {
  LabelSet labels;
  Sets sets;
  std::vector<std::uint32_t> codes = recoded(parts, [&](const ColumnData& part) {
    std::vector<std::uint32_t> code_of;
    for (std::size_t set = 0; set < part.sets->size(); ++set) {
      std::vector<std::uint32_t> members;
      for (const std::uint32_t member : (*part.sets)[set]) members.push_back(labels.code(part.labels[member]));
      code_of.push_back(static_cast<std::uint32_t>(sets.size()));
      sets.add(members);
    }
    code_of.push_back(missing);
    return code_of;
  });
  std::ranges::replace(codes, missing, static_cast<std::uint32_t>(sets.size()));
  whole = set_column(whole.name, codes, sets, std::move(labels).take(), 0);
}

template <class Cell>
void stack_cells(const Parts& parts, ColumnData& whole) {
  std::vector<Cell> cells;
  for (const auto& part : parts) {
    const auto& more = std::get<std::vector<Cell>>(part->cells);
    cells.insert(cells.end(), more.begin(), more.end());
  }
  whole.cells = std::move(cells);
}

void add_report(const ColumnReport& part, ColumnReport& whole) {
  whole.rows += part.rows;
  whole.missing += part.missing;
  const std::string example = part.examples.empty() ? std::string() : part.examples.front();
  count_unreadable(whole, part.unreadable, example);
  count_unlisted(whole, part.unlisted, example);
}

ColumnData whole_of(const Parts& parts, const std::string& name) {
  ColumnData whole;
  whole.name = name;
  whole.type = parts.front()->type;
  whole.scale = parts.front()->scale;
  if (whole.type == Type::set) {
    stack_sets(parts, whole);
  } else if (whole.type == Type::date) {
    stack_cells<std::int32_t>(parts, whole);
  } else if (whole.type == Type::integer || whole.type == Type::decimal) {
    stack_cells<std::int64_t>(parts, whole);
  } else {
    stack_codes(parts, whole);
  }
  whole.report = {.name = name,
                  .read_as = parts.front()->report.read_as,
                  .rows = 0,
                  .missing = 0,
                  .unreadable = 0,
                  .unlisted = 0,
                  .examples = {}};
  for (const auto& part : parts) add_report(part->report, whole.report);
  return whole;
}

bool alike(const ColumnData& one, const ColumnData& other) {
  return one.type == other.type && one.scale == other.scale;
}

// What was written in cells of unlike types, or of a type that was guessed part by part.
std::shared_ptr<const ColumnData> guessed_anew(const Parts& parts, const std::string& name) {
  Parts texts;
  for (const auto& part : parts) {
    if (part->type == Type::set)
      throw SchemaError("column '" + name + "' holds sets in one table and cells of text or numbers in another; " +
                        "give it as lists of texts in all of them");
    texts.push_back(std::make_shared<const ColumnData>(as_written(*part)));
  }
  ColumnData whole = whole_of(texts, name);
  whole.type = Type::text;
  whole.report.read_as = type_name(Type::text);
  auto text = std::make_shared<const ColumnData>(std::move(whole));
  auto guess = guessed(text);
  return guess ? std::make_shared<const ColumnData>(std::move(*guess)) : text;
}

void check_columns(const Table& first, const Table& other) {
  const auto refuse = [&](const std::string& column, const Table& with, const Table& without) {
    throw SchemaError("tables that stand one below the other have the same columns, but '" + with.name() +
                      "' has a column '" + column + "' and '" + without.name() + "' has none; " +
                      suggestion(column, without.column_names()));
  };
  for (const Column& column : first.columns())
    if (!other.has(column.name())) refuse(column.name(), first, other);
  for (const Column& column : other.columns())
    if (!first.has(column.name())) refuse(column.name(), other, first);
}

}  // namespace
}  // namespace stacking

Column Column::stacked(std::span<const Column> columns, std::string name) {
  if (columns.empty()) throw SchemaError("there is no column to stand one below the other");
  stacking::Parts parts;
  for (const Column& column : columns) parts.push_back(column.data_);
  const bool kept = std::ranges::all_of(
      parts, [&](const auto& part) { return part->written == nullptr && stacking::alike(*part, *parts.front()); });
  if (kept) return Column(std::make_shared<const ColumnData>(stacking::whole_of(parts, name)));
  return {stacking::guessed_anew(parts, name), std::move(name)};
}

Table Table::stacked(std::span<const Table> tables, std::string name) {
  if (tables.empty()) throw SchemaError("table '" + name + "': there is no table to stand one below the other");
  for (const Table& table : tables.subspan(1)) stacking::check_columns(tables.front(), table);
  std::vector<Column> columns;
  for (const Column& first : tables.front().columns()) {
    std::vector<Column> parts;
    for (const Table& table : tables) parts.push_back(table.column(first.name()));
    columns.push_back(Column::stacked(parts, first.name()));
  }
  return Table(std::move(columns), std::move(name));
}

}  // namespace casemetry
