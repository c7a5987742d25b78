// SPDX-License-Identifier: Apache-2.0
// A table as columns of Arrow.
#include <casemetry/table.hpp>
#include <utility>

#include "int128.hpp"

namespace casemetry {
namespace {

// For each row the code, `labels().size()` where it is missing, handed to `cell`.
template <class Values>
Values from_codes(const Column& column, auto cell) {
  const std::size_t missing = column.labels().size();
  Values values;
  values.reserve(static_cast<std::size_t>(column.rows()));
  std::visit(
      [&](auto codes) {
        for (const auto code : codes)
          values.push_back(code == missing ? typename Values::value_type{} : cell(std::size_t{code}));
      },
      column.codes());
  return values;
}

ArrowColumn::Texts texts_of(const Column& column) {
  return from_codes<ArrowColumn::Texts>(column, [&](std::size_t code) { return column.labels()[code]; });
}

ArrowColumn::Truths truths_of(const Column& column) {
  return from_codes<ArrowColumn::Truths>(column, [](std::size_t code) { return code == 1; });
}

ArrowColumn::Coded coded(const Column& column) {
  ArrowColumn::Coded values{.codes = {}, .labels = {column.labels().begin(), column.labels().end()}};
  std::visit([&](auto codes) { values.codes.assign(codes.begin(), codes.end()); }, column.codes());
  return values;
}

ArrowColumn::Days days_of(const Column& column) {
  ArrowColumn::Days days;
  days.reserve(static_cast<std::size_t>(column.rows()));
  for (const std::int32_t day : column.days()) days.push_back(is_day(day) ? std::optional(day) : std::nullopt);
  return days;
}

ArrowColumn::Integers integers_of(const Column& column) {
  ArrowColumn::Integers numbers;
  numbers.reserve(static_cast<std::size_t>(column.rows()));
  for (const std::int64_t number : column.numbers())
    numbers.push_back(number == missing_number ? std::nullopt : std::optional(number));
  return numbers;
}

ArrowColumn::Decimals decimals_of(const Column& column) {
  ArrowColumn::Decimals decimals{.digits = {}, .scale = column.scale()};
  decimals.digits.reserve(static_cast<std::size_t>(column.rows()));
  for (const std::int64_t number : column.numbers())
    decimals.digits.push_back(number == missing_number ? std::nullopt : std::optional(as_wide(number)));
  return decimals;
}

ArrowColumn::Lists lists_of(const Column& column) {
  const Sets& sets = column.sets();
  const auto labels = column.labels();
  ArrowColumn::Lists lists;
  std::visit(
      [&](auto codes) {
        for (const std::size_t code : codes) {
          lists.there.push_back(code < sets.size());
          if (code < sets.size())
            for (const std::uint32_t member : sets[code]) lists.texts.push_back(labels[member]);
          lists.offsets.push_back(static_cast<std::int64_t>(lists.texts.size()));
        }
      },
      column.codes());
  return lists;
}

ArrowColumn handed_out(const Column& column) {
  switch (column.type()) {
    case Type::text:
      return {column.name(), texts_of(column)};
    case Type::category:
      return {column.name(), coded(column)};
    case Type::boolean:
      return {column.name(), truths_of(column)};
    case Type::date:
      return {column.name(), days_of(column)};
    case Type::integer:
      return {column.name(), integers_of(column)};
    case Type::decimal:
      return {column.name(), decimals_of(column)};
    case Type::set:
      return {column.name(), lists_of(column)};
  }
  throw std::logic_error("not a type");
}

}  // namespace

void Table::to_arrow(ArrowArrayStream* out) const {
  std::vector<ArrowColumn> handed;
  for (const Column& column : columns()) handed.push_back(handed_out(column));
  casemetry::to_arrow(std::move(handed), {}, out);
}

}  // namespace casemetry
