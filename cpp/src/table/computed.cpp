// SPDX-License-Identifier: Apache-2.0
// Columns of cells that were computed from other columns.
#include <algorithm>
#include <utility>

#include "table/data.hpp"

namespace casemetry {
namespace {

ColumnData computed(std::string name, Type type, ColumnData::Cells cells, std::int64_t missing, int scale = 0) {
  ColumnData column;
  column.name = std::move(name);
  column.type = type;
  column.scale = scale;
  column.cells = std::move(cells);
  column.report.name = column.name;
  column.report.read_as = type_name(type, scale);
  column.report.rows =
      std::visit([](const auto& held) { return static_cast<std::int64_t>(held.size()); }, column.cells);
  column.report.missing = missing;
  return column;
}

// The rows of each code, the missing one last.
template <class Code>
std::vector<std::int64_t> rows_of_codes(const std::string& name, const std::vector<Code>& codes, std::size_t labels) {
  std::vector<std::int64_t> rows(labels + 1);
  for (const Code code : codes) {
    if (code > labels)
      throw SchemaError("column '" + name + "' has a code " + std::to_string(code) + ", but only " +
                        std::to_string(labels) + " labels");
    ++rows[code];
  }
  return rows;
}

}  // namespace

Column Column::of_days(std::string name, std::vector<std::int32_t> days) {
  const auto missing = std::ranges::count(days, missing_day);
  return Column(std::make_shared<const Data>(computed(std::move(name), Type::date, std::move(days), missing)));
}

Column Column::of_numbers(std::string name, std::vector<std::int64_t> numbers, std::optional<int> scale) {
  const auto missing = std::ranges::count(numbers, missing_number);
  const Type type = scale ? Type::decimal : Type::integer;
  return Column(
      std::make_shared<const Data>(computed(std::move(name), type, std::move(numbers), missing, scale.value_or(0))));
}

Column Column::of_truths(std::string name, std::vector<std::uint8_t> truths) {
  const std::int64_t missing = rows_of_codes(name, truths, 2)[2];
  Data column = computed(std::move(name), Type::boolean, std::move(truths), missing);
  column.labels = {"false", "true"};
  column.listed = 2;
  return Column(std::make_shared<const Data>(std::move(column)));
}

Column Column::of_codes(std::string name, Type type, const std::vector<std::uint32_t>& codes,
                        std::vector<std::string> labels, std::size_t listed) {
  const std::vector<std::int64_t> rows = rows_of_codes(name, codes, labels.size());
  Data column = computed(std::move(name), type, narrow_codes(codes, labels.size()), rows.back());
  for (std::size_t label = listed; label < labels.size(); ++label)
    count_unlisted(column.report, rows[label], labels[label]);
  column.labels = std::move(labels);
  column.listed = listed;
  return Column(std::make_shared<const Data>(std::move(column)));
}

}  // namespace casemetry
