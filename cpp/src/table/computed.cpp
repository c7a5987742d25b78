// SPDX-License-Identifier: Apache-2.0
// Columns of cells that were computed from other columns.
#include <algorithm>
#include <utility>

#include "table/data.hpp"
#include "table/sets.hpp"

namespace casemetry {
namespace {

ColumnData computed(std::string name, Type type, std::size_t rows, int scale = 0) {
  ColumnData column;
  column.name = std::move(name);
  column.type = type;
  column.scale = scale;
  column.report.name = column.name;
  column.report.read_as = type_name(type, scale);
  column.report.rows = static_cast<std::int64_t>(rows);
  return column;
}

template <class Cell>
Column of_cells(std::string name, Type type, std::vector<Cell> cells, Cell missing, int scale = 0) {
  ColumnData column = computed(std::move(name), type, cells.size(), scale);
  column.report.missing = std::ranges::count(cells, missing);
  column.cells = std::move(cells);
  return Column(std::make_shared<const ColumnData>(std::move(column)));
}

// Checks and counts the codes of a column whose labels, and sets, are told already.
template <class Code>
void count_codes(ColumnData& column, std::span<const Code> codes) {
  const std::size_t missing = missing_code_of(column);
  std::size_t greatest = 0;
  for (const std::size_t code : codes) {
    greatest = std::max(greatest, code);
    column.report.missing += code == missing ? 1 : 0;
  }
  if (greatest > missing)
    throw SchemaError("column '" + column.name + "' has a code " + std::to_string(greatest) + ", but only " +
                      std::to_string(missing) + (column.sets ? " sets" : " labels"));
  if (column.listed == column.labels.size()) return;
  std::vector<std::int64_t> rows(missing + 1);
  for (const std::size_t code : codes) ++rows[code];
  if (column.sets) return count_unlisted_members(column, rows);
  for (std::size_t label = column.listed; label < missing; ++label)
    count_unlisted(column.report, rows[label], column.labels[label]);
}

template <class Code>
ColumnData::Cells copied(std::span<const Code> codes) {
  return std::vector<Code>(codes.begin(), codes.end());
}

}  // namespace

Column Column::of_days(std::string name, std::vector<std::int32_t> days) {
  return of_cells(std::move(name), Type::date, std::move(days), missing_day);
}

Column Column::of_numbers(std::string name, std::vector<std::int64_t> numbers, std::optional<int> scale) {
  return of_cells(std::move(name), scale ? Type::decimal : Type::integer, std::move(numbers), missing_number,
                  scale.value_or(0));
}

Column Column::of_truths(std::string name, std::vector<std::uint8_t> truths) {
  Data column = computed(std::move(name), Type::boolean, truths.size());
  column.labels = {"false", "true"};
  column.listed = 2;
  count_codes(column, std::span<const std::uint8_t>(truths));
  column.cells = std::move(truths);
  return Column(std::make_shared<const Data>(std::move(column)));
}

Column Column::of_codes(std::string name, Type type, const std::vector<std::uint32_t>& codes,
                        std::vector<std::string> labels, std::size_t listed) {
  Data column = computed(std::move(name), type, codes.size());
  column.labels = std::move(labels);
  column.listed = listed;
  count_codes(column, std::span<const std::uint32_t>(codes));
  column.cells = narrow_codes(codes, column.labels.size());
  return Column(std::make_shared<const Data>(std::move(column)));
}

Column Column::of_sets(std::string name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                       std::vector<std::string> labels, std::size_t declared) {
  return Column(std::make_shared<const Data>(set_column(std::move(name), codes, sets, std::move(labels), declared)));
}

Column Column::with_empty_set() const {
  const Sets& without = sets();
  if (without.size() > 0 && without[0].empty()) return *this;
  Sets with;
  with.add({});
  for (std::size_t set = 0; set < without.size(); ++set) with.add(without[set]);
  Data column = computed(data_->name, Type::set, static_cast<std::size_t>(rows()));
  column.report = data_->report;
  column.labels = data_->labels;
  column.listed = data_->listed;
  std::visit(
      [&](auto codes) {
        std::vector<std::uint32_t> next(codes.size());
        std::ranges::transform(codes, next.begin(), [](std::uint32_t code) { return code + 1; });
        column.cells = narrow_codes(next, with.size());
      },
      codes());
  column.sets = std::make_shared<const Sets>(std::move(with));
  return {std::make_shared<const Data>(std::move(column)), name_};
}

Column Column::recoded(std::string name, const Codes& codes) const {
  const std::size_t rows = std::visit([](auto held) { return held.size(); }, codes);
  if (!coded() && data_->sets == nullptr)
    throw SchemaError("column '" + name_ + "' has no labels to code; read it as text or category first");
  Data column = computed(std::move(name), type(), rows);
  column.labels = data_->labels;
  column.listed = data_->listed;
  column.sets = data_->sets;
  if (codes.index() != this->codes().index())
    throw SchemaError("column '" + name_ + "': the codes are of another width than its own");
  std::visit([&](auto held) { count_codes(column, held); }, codes);
  column.cells = std::visit([](auto held) { return copied(held); }, codes);
  return Column(std::make_shared<const Data>(std::move(column)));
}

}  // namespace casemetry
