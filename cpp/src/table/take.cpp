// SPDX-License-Identifier: Apache-2.0
// Rows of a table, chosen by their numbers.
#include <algorithm>
#include <utility>

#include "table/data.hpp"

namespace casemetry {
namespace {

using Rows = std::span<const std::int64_t>;

template <class Cell>
std::vector<Cell> gathered(const std::vector<Cell>& cells, Rows rows) {
  std::vector<Cell> taken(rows.size());
  std::ranges::transform(rows, taken.begin(), [&](std::int64_t row) { return cells[static_cast<std::size_t>(row)]; });
  return taken;
}

// Of free text only the labels that occur: a few rows of a long table do not carry every name that stands in it.
void take_codes(const ColumnData& from, std::vector<std::uint32_t> codes, ColumnData& to) {
  if (from.type != Type::text) {
    to.labels = from.labels;
    to.listed = from.listed;
    to.sets = from.sets;
    to.cells = narrow_codes(codes, missing_code_of(to));
    return;
  }
  std::vector<bool> occurs(from.labels.size() + 1);
  for (const std::uint32_t code : codes) occurs[code] = true;
  std::vector<std::string> labels;
  std::vector<std::uint32_t> renumbered;
  for (std::size_t code = 0; code <= from.labels.size(); ++code) {
    renumbered.push_back(static_cast<std::uint32_t>(labels.size()));
    if (occurs[code] && code < from.labels.size()) labels.push_back(from.labels[code]);
  }
  for (std::uint32_t& code : codes) code = renumbered[code];
  to.listed = labels.size();
  to.cells = narrow_codes(codes, labels.size());
  to.labels = std::move(labels);
}

// What was unreadable in the whole column is missing here: which cells those were is not kept.
std::int64_t missing_in(const ColumnData& column) {
  if (const auto* days = std::get_if<std::vector<std::int32_t>>(&column.cells))
    return std::ranges::count(*days, missing_day);
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&column.cells))
    return std::ranges::count(*numbers, missing_number);
  return rows_of_labels(column).back();
}

std::shared_ptr<const ColumnData> taken(const ColumnData& from, Rows rows) {
  auto to = std::make_shared<ColumnData>();
  to->name = from.name;
  to->type = from.type;
  to->scale = from.scale;
  std::visit(
      [&](const auto& cells) {
        auto some = gathered(cells, rows);
        if constexpr (std::is_unsigned_v<typename decltype(some)::value_type>) {
          take_codes(from, {some.begin(), some.end()}, *to);
        } else {
          to->cells = std::move(some);
        }
      },
      from.cells);
  to->report = {.name = from.report.name,
                .read_as = from.report.read_as,
                .rows = static_cast<std::int64_t>(rows.size()),
                .missing = missing_in(*to),
                .unreadable = 0,
                .unlisted = 0,
                .examples = {}};
  if (from.written != nullptr) to->written = taken(*from.written, rows);
  return to;
}

}  // namespace

Table Table::take(std::span<const std::int64_t> rows) const {
  for (const std::int64_t row : rows)
    if (row < 0 || row >= this->rows())
      throw SchemaError("table '" + name() + "' has no row " + std::to_string(row) + ": it has " +
                        std::to_string(this->rows()) + ", counted from 0");
  std::vector<Column> columns;
  for (const Column& column : this->columns()) columns.push_back(column.take(rows));
  return Table(std::move(columns), name());
}

Column Column::take(std::span<const std::int64_t> rows) const {
  return {taken(*data_, rows), name_};
}

}  // namespace casemetry
