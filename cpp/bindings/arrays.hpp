// SPDX-License-Identifier: Apache-2.0
/// \file
/// NumPy arrays and lists of text as Arrow columns: numbers are lent, not copied.
#pragma once

#include <casemetry/arrow.hpp>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace casemetry::bindings {

/// A column as Python gives it (casemetry/_frames.py): `kind` says how `values` are meant.
struct GivenArray {
  std::string name;
  std::string kind;          ///< `number`, `boolean`, `moment:s` … `moment:ns`, `codes`, `text`, `lists`
  pybind11::object values;   ///< a contiguous array (of `lists`: where each ends); of `text` a sequence of str and None
  pybind11::object labels;   ///< of codes and lists: a sequence of str; of lists the members, one list after another
  pybind11::object missing;  ///< None, or an array of bool: which cells are missing
};

/// A column in the form of the Arrow C data interface. Owns what had to be copied and a reference to the rest, and must
/// outlive what is read of it. Made and destroyed with the GIL held, read without.
class LentColumn {
 public:
  /// Throws SchemaError for values that are not what their kind says.
  explicit LentColumn(const GivenArray& given);
  LentColumn(const LentColumn&) = delete;
  LentColumn& operator=(const LentColumn&) = delete;
  ArrowSchema* schema() { return &schema_; }
  ArrowArray* array() { return &array_; }

 private:
  struct Text {
    std::vector<std::int64_t> offsets{0};
    std::string characters;
  };

  void lend_numbers(const GivenArray& given);
  void pack_booleans(const GivenArray& given);
  void lend_codes(const GivenArray& given);
  void lend_lists(const GivenArray& given);
  void copy_text(const pybind11::object& texts, const pybind11::object& missing);
  void mark_missing(std::size_t cell);
  void mark_missing(const pybind11::object& mask);
  void close(std::string format, std::size_t length, std::vector<const void*> buffers);

  std::string name_;
  std::string format_;
  pybind11::object kept_;
  std::vector<std::uint8_t> validity_;
  std::vector<std::uint8_t> bits_;
  Text text_;
  std::unique_ptr<LentColumn> dictionary_;
  std::vector<std::int64_t> offsets_;
  std::unique_ptr<LentColumn> members_;
  ArrowSchema* member_schema_ = nullptr;
  ArrowArray* member_array_ = nullptr;
  std::vector<const void*> buffers_;
  ArrowSchema schema_{};
  ArrowArray array_{};
};

}  // namespace casemetry::bindings
