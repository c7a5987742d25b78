// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns grown a cell at a time, from Arrow or from a caller's arrays; each counts what it could not keep.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "table/data.hpp"
#include "table/labels.hpp"

namespace casemetry {

/// Text: blank is missing, bytes that are not UTF-8 are refused.
class TextBuilder {
 public:
  static constexpr std::uint32_t missing = std::numeric_limits<std::uint32_t>::max();

  TextBuilder(std::string_view table, std::string name);
  void add(std::string_view text) { add_code(code(text)); }
  /// The code of a text, `missing` if blank. Throws SchemaError if it is not UTF-8.
  std::uint32_t code(std::string_view text);
  /// A cell whose code is known.
  void add_code(std::uint32_t code) {
    pending_.push_back(code);
    if (pending_.size() == block) flush();
  }
  ColumnData finish() &&;

 private:
  static constexpr std::size_t block = 65536;

  void flush();
  template <class Code>
  void append_as();

  std::string table_;
  std::string name_;
  LabelSet labels_;
  std::vector<std::uint32_t> pending_;
  ColumnData::Cells kept_;  // the greatest code of a width stands for missing until the end
  std::int64_t missing_ = 0;
  std::int64_t rows_ = 0;
};

/// Days, numbers (and yes or no, as codes): cells that are kept as they are.
template <class Cell>
class CellBuilder {
 public:
  CellBuilder(Type type, std::string name, Cell missing) : missing_(missing) {
    data_.type = type;
    data_.name = std::move(name);
  }
  void add(Cell cell) { cells_.push_back(cell); }
  void add_missing() {
    cells_.push_back(missing_);
    ++data_.report.missing;
  }
  void add_unreadable(std::string_view example) {
    cells_.push_back(missing_);
    count_unreadable(data_.report, 1, example);
  }
  ColumnData finish(int scale = 0) && {
    data_.scale = scale;
    data_.report.name = data_.name;
    data_.report.read_as = type_name(data_.type, scale);
    data_.report.rows = static_cast<std::int64_t>(cells_.size());
    data_.cells = std::move(cells_);
    return std::move(data_);
  }

 private:
  Cell missing_;
  std::vector<Cell> cells_;
  ColumnData data_;
};

using NumberBuilder = CellBuilder<std::int64_t>;
using DayBuilder = CellBuilder<std::int32_t>;

/// Yes or no; `labels` are `false` and `true`.
class BooleanBuilder {
 public:
  explicit BooleanBuilder(std::string name) : cells_(Type::boolean, std::move(name), 2) {}
  void add(bool value) { cells_.add(value ? 1 : 0); }
  void add_missing() { cells_.add_missing(); }
  ColumnData finish() &&;

 private:
  CellBuilder<std::uint8_t> cells_;
};

}  // namespace casemetry
