// SPDX-License-Identifier: Apache-2.0
/// \file
/// One column of one record batch, checked: from here on its buffers may be read, cell by cell, at any alignment.
///
/// The C data interface does not say how long a buffer is. All that can be known is checked: pointers, counts, lengths
/// and offsets, their overflow, the order of text offsets, the bounds of views and of dictionary indices, and the
/// number of missing cells. A producer that gives a buffer shorter than its lengths claim cannot be found out.
#pragma once

#include <casemetry/arrow.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "arrow_memory.hpp"
#include "table/arrow_type.hpp"

namespace casemetry {

/// The cells of a column in a batch. Cell i of the batch is at `begin + i` of the buffers.
struct ArrowCells {
  const ArrowArray* array = nullptr;
  std::int64_t begin = 0;
  std::int64_t length = 0;
  const void* validity = nullptr;  ///< null: no cell is missing

  bool missing(std::int64_t i) const { return validity != nullptr && !load_bit(validity, begin + i); }
  template <class Value>
  Value value(std::int64_t i) const {
    return load<Value>(array->buffers[1], begin + i);
  }
  bool bit(std::int64_t i) const { return load_bit(array->buffers[1], begin + i); }
};

/// The text of a column or of a dictionary, cell by cell.
class ArrowTexts {
 public:
  ArrowTexts(ArrowCells cells, ArrowType::Layout layout, std::string place);
  /// Throws SchemaError for a view outside its buffers.
  std::string_view operator[](std::int64_t i) const;
  const ArrowCells& cells() const { return cells_; }

 private:
  std::string_view view(std::int64_t i) const;

  ArrowCells cells_;
  ArrowType::Layout layout_;
  std::string place_;
};

/// Checks a record batch, all but its columns: its rows are `batch.offset` to `batch.offset + batch.length` of theirs.
void check_batch(const ArrowSchema& schema, const ArrowArray& batch, const std::string& place);

/// Checks a column against its type, and gives `length` cells from `offset` on. Linear in `length` for text and
/// missing cells, else constant. Throws SchemaError.
ArrowCells checked_cells(const ArrowType& type, const ArrowArray& array, std::int64_t offset, std::int64_t length,
                         const std::string& place);

/// Where the members of list `i` of checked cells begin in their child array; those of the last end at `length`.
std::int64_t begin_of_list(const ArrowType& type, const ArrowCells& cells, std::int64_t i);

/// Checks the dictionary of a coded column, and gives all its texts.
ArrowTexts checked_dictionary(const ArrowType& type, const ArrowArray& array, const std::string& place);

}  // namespace casemetry
