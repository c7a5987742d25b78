// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "table/data.hpp"

namespace casemetry {
namespace {

constexpr std::size_t examples_kept = 5;

void keep_example(ColumnReport& report, std::string_view example) {
  if (report.examples.size() < examples_kept && std::ranges::find(report.examples, example) == report.examples.end())
    report.examples.emplace_back(example);
}

template <class Code>
ColumnData::Cells narrow_to(const std::vector<std::uint32_t>& codes) {
  std::vector<Code> cells(codes.size());
  std::ranges::transform(codes, cells.begin(), [](std::uint32_t code) { return static_cast<Code>(code); });
  return cells;
}

[[noreturn]] void not_held(const ColumnData& column, const char* wanted, const char* advice) {
  throw SchemaError("column '" + column.name + "' is " + type_name(column.type, column.scale) + " and has no " +
                    wanted + ": " + advice);
}

}  // namespace

std::string type_name(Type type, int scale) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::category:
      return "category";
    case Type::date:
      return "date";
    case Type::integer:
      return "integer";
    case Type::decimal:
      return "decimal(" + std::to_string(scale) + ")";
    case Type::boolean:
      return "boolean";
    case Type::set:
      return "set";
  }
  throw std::logic_error("not a type");
}

ColumnData::Cells narrow_codes(const std::vector<std::uint32_t>& codes, std::size_t labels) {
  if (labels <= std::numeric_limits<std::uint8_t>::max()) return narrow_to<std::uint8_t>(codes);
  if (labels <= std::numeric_limits<std::uint16_t>::max()) return narrow_to<std::uint16_t>(codes);
  return codes;
}

std::size_t missing_code_of(const ColumnData& column) {
  return column.sets ? column.sets->size() : column.labels.size();
}

std::vector<std::int64_t> rows_of_labels(const ColumnData& column) {
  std::vector<std::int64_t> rows(missing_code_of(column) + 1);
  std::visit(
      [&](const auto& cells) {
        for (const auto code : cells) ++rows[static_cast<std::size_t>(code)];
      },
      column.cells);
  return rows;
}

void count_unreadable(ColumnReport& report, std::int64_t cells, std::string_view example) {
  if (cells == 0) return;
  report.unreadable += cells;
  keep_example(report, example);
}

void count_unlisted(ColumnReport& report, std::int64_t cells, std::string_view example) {
  if (cells == 0) return;
  report.unlisted += cells;
  keep_example(report, example);
}

std::string place_of(std::string_view table, std::string_view column) {
  return "table '" + std::string(table) + "', column '" + std::string(column) + "'";
}

Column::Column(std::shared_ptr<const Data> data) : data_(std::move(data)), name_(data_->name) {}

Column::Column(std::shared_ptr<const Data> data, std::string name) : data_(std::move(data)), name_(std::move(name)) {}

Column Column::renamed(std::string name) const {
  return {data_, std::move(name)};
}

const std::string& Column::name() const {
  return name_;
}
Type Column::type() const {
  return data_->type;
}
int Column::scale() const {
  return data_->scale;
}
const ColumnReport& Column::report() const {
  return data_->report;
}
std::size_t Column::listed() const {
  return data_->listed;
}

std::int64_t Column::rows() const {
  return std::visit([](const auto& cells) { return static_cast<std::int64_t>(cells.size()); }, data_->cells);
}

bool Column::coded() const {
  return data_->type == Type::text || data_->type == Type::category || data_->type == Type::boolean;
}

std::span<const std::string> Column::labels() const {
  if (!coded() && data_->sets == nullptr) not_held(*data_, "labels", "read it as text or category first");
  return data_->labels;
}

Codes Column::codes() const {
  if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&data_->cells)) return std::span(*bytes);
  if (const auto* shorts = std::get_if<std::vector<std::uint16_t>>(&data_->cells)) return std::span(*shorts);
  if (const auto* words = std::get_if<std::vector<std::uint32_t>>(&data_->cells)) return std::span(*words);
  not_held(*data_, "codes", "read it as text or category first");
}

const Sets& Column::sets() const {
  if (data_->sets == nullptr) not_held(*data_, "sets", "collapse it by set(…), or give it as lists of texts");
  return *data_->sets;
}

std::size_t Column::missing_code() const {
  return missing_code_of(*data_);
}

std::span<const std::int32_t> Column::days() const {
  if (const auto* days = std::get_if<std::vector<std::int32_t>>(&data_->cells)) return *days;
  not_held(*data_, "days", "declare it as a date");
}

std::span<const std::int64_t> Column::numbers() const {
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&data_->cells)) return *numbers;
  not_held(*data_, "numbers", "declare it as an integer or a decimal");
}

}  // namespace casemetry
