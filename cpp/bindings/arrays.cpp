// SPDX-License-Identifier: Apache-2.0
#include "arrays.hpp"

#include <casemetry/error.hpp>

#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace py = pybind11;

namespace casemetry::bindings {
namespace {

[[noreturn]] void refuse(const std::string& column, const std::string& what) {
  throw SchemaError("column '" + column + "': " + what);
}

py::array contiguous(const py::object& values, const std::string& column) {
  const auto array = py::reinterpret_borrow<py::array>(values);
  if (!py::isinstance<py::array>(values) || array.ndim() != 1 || (array.flags() & py::array::c_style) == 0)
    refuse(column, "a contiguous NumPy array of one dimension was expected");
  return array;
}

// The Arrow format of an array's numbers.
std::string format_of(const py::array& array, const std::string& column) {
  static constexpr std::string_view kinds = "i1i2i4i8u1u2u4u8f4f8";
  static constexpr std::string_view formats = "csilCSILfg";
  const std::string code = std::string(1, array.dtype().kind()) + std::to_string(array.itemsize());
  const std::size_t found = kinds.find(code);
  if (code.size() != 2 || found == std::string_view::npos || array.dtype().byteorder() == '>')
    refuse(column, "numbers of the type " + std::string(py::str(py::handle(array.dtype()))) +
                       " are not read; cast them to int64 or float64");
  return std::string(1, formats[found / 2]);
}

bool is_nan(const py::handle& value) {
  return PyFloat_Check(value.ptr()) && std::isnan(PyFloat_AS_DOUBLE(value.ptr()));
}

// The bytes of a Python string, as long as it lives; nothing for one with lone surrogates.
std::optional<std::string_view> utf8(const py::handle& text) {
  Py_ssize_t size = 0;
  const char* characters = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (characters == nullptr) PyErr_Clear();
  return characters == nullptr ? std::nullopt
                               : std::optional(std::string_view(characters, static_cast<std::size_t>(size)));
}

template <class Code>
void each_code(const py::array& array, const auto& take) {
  const auto* codes = static_cast<const Code*>(array.data());
  for (std::size_t i = 0; i < static_cast<std::size_t>(array.size()); ++i) take(i, static_cast<std::int64_t>(codes[i]));
}

}  // namespace

LentColumn::LentColumn(const GivenArray& given) : name_(given.name), kept_(given.values) {
  if (given.kind == "text") {
    copy_text(given.values, given.missing);
  } else if (given.kind == "boolean") {
    pack_booleans(given);
  } else if (given.kind == "codes") {
    lend_codes(given);
  } else if (given.kind == "lists") {
    lend_lists(given);
  } else {
    lend_numbers(given);
  }
}

void LentColumn::close(std::string format, std::size_t length, std::vector<const void*> buffers) {
  format_ = std::move(format);
  buffers_ = std::move(buffers);
  buffers_.insert(buffers_.begin(), validity_.empty() ? nullptr : validity_.data());
  schema_.format = format_.c_str();
  schema_.name = name_.c_str();
  schema_.flags = ARROW_FLAG_NULLABLE;
  schema_.dictionary = dictionary_ ? dictionary_->schema() : nullptr;
  schema_.n_children = members_ ? 1 : 0;
  schema_.children = members_ ? &member_schema_ : nullptr;
  schema_.release = [](ArrowSchema* schema) { schema->release = nullptr; };
  array_.length = static_cast<std::int64_t>(length);
  array_.null_count = validity_.empty() ? 0 : -1;
  array_.n_buffers = static_cast<std::int64_t>(buffers_.size());
  array_.buffers = buffers_.data();
  array_.dictionary = dictionary_ ? dictionary_->array() : nullptr;
  array_.n_children = schema_.n_children;
  array_.children = members_ ? &member_array_ : nullptr;
  array_.release = [](ArrowArray* array) { array->release = nullptr; };
}

void LentColumn::mark_missing(std::size_t cell) {
  validity_[cell / 8] = static_cast<std::uint8_t>(validity_[cell / 8] & ~(1U << cell % 8));
}

void LentColumn::mark_missing(const py::object& mask) {
  if (mask.is_none()) return;
  const py::array array = contiguous(mask, name_);
  const auto length = static_cast<std::size_t>(array.size());
  if (array.dtype().kind() != 'b' || length != static_cast<std::size_t>(py::len(kept_)))
    refuse(name_, "the mask of its missing cells is not an array of bool of its length");
  validity_.assign((length + 7) / 8, 0xFF);
  const auto* missing = static_cast<const bool*>(array.data());
  for (std::size_t i = 0; i < length; ++i)
    if (missing[i]) mark_missing(i);
}

void LentColumn::lend_numbers(const GivenArray& given) {
  const py::array array = contiguous(given.values, name_);
  mark_missing(given.missing);
  static constexpr std::string_view moment = "moment:";
  std::string format = format_of(array, name_);
  if (given.kind.starts_with(moment)) {
    const std::string unit = given.kind.substr(moment.size());
    if (format != "l") refuse(name_, "moments are given as int64");
    format = "ts" + std::string(1, unit == "us" ? 'u' : unit[0]) + ":";
  } else if (given.kind != "number") {
    refuse(name_, "the kind '" + given.kind + "' is not known");
  }
  close(std::move(format), static_cast<std::size_t>(array.size()), {array.data()});
}

void LentColumn::pack_booleans(const GivenArray& given) {
  const py::array array = contiguous(given.values, name_);
  if (array.dtype().kind() != 'b') refuse(name_, "an array of bool was expected");
  mark_missing(given.missing);
  const auto* values = static_cast<const bool*>(array.data());
  const auto length = static_cast<std::size_t>(array.size());
  bits_.assign((length + 7) / 8, 0);
  for (std::size_t i = 0; i < length; ++i)
    if (values[i]) bits_[i / 8] = static_cast<std::uint8_t>(bits_[i / 8] | 1U << i % 8);
  close("b", length, {bits_.data()});
}

void LentColumn::lend_codes(const GivenArray& given) {
  const py::array array = contiguous(given.values, name_);
  const std::string format = format_of(array, name_);
  const auto length = static_cast<std::size_t>(array.size());
  validity_.assign((length + 7) / 8, 0xFF);
  const auto mark = [&](std::size_t i, std::int64_t code) {
    if (code < 0) mark_missing(i);
  };
  switch (format[0]) {
    case 'c':
      each_code<std::int8_t>(array, mark);
      break;
    case 's':
      each_code<std::int16_t>(array, mark);
      break;
    case 'i':
      each_code<std::int32_t>(array, mark);
      break;
    case 'l':
      each_code<std::int64_t>(array, mark);
      break;
    default:
      refuse(name_, "codes are given as int8, int16, int32 or int64");
  }
  dictionary_ = std::make_unique<LentColumn>(GivenArray{name_, "text", given.labels, py::none(), py::none()});
  close(format, length, {array.data()});
}

void LentColumn::lend_lists(const GivenArray& given) {
  const py::array ends = contiguous(given.values, name_);
  if (format_of(ends, name_) != "l") refuse(name_, "the ends of its lists are given as int64");
  mark_missing(given.missing);
  members_ = std::make_unique<LentColumn>(GivenArray{name_, "text", given.labels, py::none(), py::none()});
  member_schema_ = members_->schema();
  member_array_ = members_->array();
  const auto length = static_cast<std::size_t>(ends.size());
  offsets_.assign(1, 0);
  offsets_.insert(offsets_.end(), static_cast<const std::int64_t*>(ends.data()),
                  static_cast<const std::int64_t*>(ends.data()) + length);
  close("+L", length, {offsets_.data()});
}

void LentColumn::copy_text(const py::object& texts, const py::object& missing) {
  mark_missing(missing);
  const auto length = static_cast<std::size_t>(py::len(texts));
  if (validity_.empty()) validity_.assign((length + 7) / 8, 0xFF);
  text_.offsets.reserve(length + 1);
  const auto refuse_length = [&] {
    refuse(name_, "it yields more or fewer than its " + std::to_string(length) + " cells");
  };
  std::size_t row = 0;
  for (const py::handle text : texts) {
    if (row == length) refuse_length();
    const bool absent = (validity_[row / 8] >> row % 8 & 1) == 0 || text.is_none() || is_nan(text);
    if (absent) {
      mark_missing(row);
    } else if (!PyUnicode_Check(text.ptr())) {
      refuse(name_, "row " + std::to_string(row + 1) + " is of the type " + Py_TYPE(text.ptr())->tp_name +
                        ", where text was expected; make the whole column text, numbers, dates or lists of text");
    } else if (const auto characters = utf8(text)) {
      text_.characters += *characters;
    } else {
      refuse(name_, "row " + std::to_string(row + 1) + " has half a character (a lone surrogate); clean it first");
    }
    text_.offsets.push_back(static_cast<std::int64_t>(text_.characters.size()));
    ++row;
  }
  if (row < length) refuse_length();
  close("U", length, {text_.offsets.data(), text_.characters.data()});
}

}  // namespace casemetry::bindings
