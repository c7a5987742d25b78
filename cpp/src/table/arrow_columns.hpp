// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns grown a record batch at a time, one reader a type.
#pragma once

#include <memory>
#include <string>

#include "table/arrow_cells.hpp"
#include "table/data.hpp"

namespace casemetry {

/// Reads one column of a stream.
class ArrowColumnReader {
 public:
  virtual ~ArrowColumnReader() = default;
  /// The rows `offset` to `offset + length` of an array, checked first.
  void read(const ArrowArray& array, std::int64_t offset, std::int64_t length) {
    append(array, checked_cells(type_, array, offset, length, place_));
  }
  virtual ColumnData finish() = 0;

 protected:
  ArrowColumnReader(ArrowType type, std::string place) : type_(type), place_(std::move(place)) {}
  virtual void append(const ArrowArray& array, const ArrowCells& cells) = 0;
  const ArrowType& type() const { return type_; }
  const std::string& place() const { return place_; }

 private:
  ArrowType type_;
  std::string place_;
};

/// The reader of a column's type. Throws SchemaError for a type that is not read.
std::unique_ptr<ArrowColumnReader> column_reader(const ArrowSchema& schema, const std::string& table);

}  // namespace casemetry
