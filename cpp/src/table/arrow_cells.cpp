// SPDX-License-Identifier: Apache-2.0
#include "table/arrow_cells.hpp"

#include <algorithm>
#include <casemetry/error.hpp>
#include <limits>
#include <utility>

namespace casemetry {
namespace {

constexpr std::int64_t widest = std::numeric_limits<std::int64_t>::max();
constexpr int bytes_a_view = 16;
constexpr std::int32_t most_inlined = 12;  // bytes of a text that stands in its view

[[noreturn]] void malformed(const std::string& place, const std::string& what) {
  throw SchemaError(place + ": " + what + "; the producer of this Arrow data is at fault");
}

void must_hold(bool holds, const std::string& place, const char* what) {
  if (!holds) malformed(place, what);
}

// What every array must be, whatever its type.
void check_frame(const ArrowArray& array, const std::string& place) {
  must_hold(array.release != nullptr, place, "the array has been released");
  must_hold(array.length >= 0, place, "its length is negative");
  must_hold(array.offset >= 0, place, "its offset is negative");
  must_hold(array.offset <= widest - array.length, place, "its offset and length overflow");
  must_hold(array.n_buffers >= 0 && array.n_children >= 0, place, "it has a negative number of buffers or children");
  must_hold(array.null_count >= -1 && array.null_count <= array.length, place,
            "its count of missing cells is impossible");
  must_hold(array.n_buffers == 0 || array.buffers != nullptr, place, "its list of buffers is missing");
}

std::int64_t buffers_of(const ArrowType& type) {
  if (type.kind == ArrowType::Kind::none) return 0;
  return type.kind == ArrowType::Kind::text && !type.coded ? 3 : 2;
}

void check_buffer_count(const ArrowType& type, const ArrowArray& array, const std::string& place) {
  const std::int64_t wanted = buffers_of(type);
  const bool views = wanted == 3 && type.layout == ArrowType::Layout::view;
  if (views ? array.n_buffers < wanted : array.n_buffers != wanted)
    malformed(place, "it has " + std::to_string(array.n_buffers) + " buffers where its type has " +
                         std::to_string(wanted) + (views ? " or more" : ""));
  const bool lists = type.kind == ArrowType::Kind::list;
  must_hold(lists || array.n_children == 0, place, "it has children, but its type has none");
  must_hold(!lists || (array.n_children == 1 && array.children != nullptr && array.children[0] != nullptr), place,
            "its lists must have one child array, their members");
}

std::int64_t bytes_a_cell(const ArrowType& type) {
  if (type.kind == ArrowType::Kind::list) return type.layout == ArrowType::Layout::large ? 8 : 4;
  if (type.kind != ArrowType::Kind::text || type.coded) return type.width;
  return type.layout == ArrowType::Layout::view ? bytes_a_view : type.layout == ArrowType::Layout::large ? 8 : 4;
}

std::int64_t count_missing(const ArrowCells& cells) {
  std::int64_t missing = 0;
  for (std::int64_t i = 0; i < cells.length; ++i) missing += cells.missing(i) ? 1 : 0;
  return missing;
}

void check_missing(const ArrowArray& array, const std::string& place) {
  if (array.buffers[0] == nullptr) {
    must_hold(array.null_count <= 0, place, "it counts missing cells, but has no bitmap of them");
  } else if (array.null_count >= 0) {
    const std::int64_t counted = count_missing({&array, array.offset, array.length, array.buffers[0]});
    must_hold(counted == array.null_count, place, "its count of missing cells is not what its bitmap says");
  }
}

struct Extent {
  std::int64_t first;
  std::int64_t last;
};

// Of texts or lists: what their offsets span.
template <class Offset>
Extent checked_offsets(const ArrowCells& cells, const std::string& place) {
  auto before = cells.value<Offset>(0);
  must_hold(before >= 0, place, "its first offset is negative");
  const Offset first = before;
  for (std::int64_t i = 1; i <= cells.length; ++i) {
    const auto offset = cells.value<Offset>(i);
    must_hold(offset >= before, place, "its offsets decrease");
    before = offset;
  }
  return {first, before};
}

template <class Offset>
void check_text_offsets(const ArrowCells& cells, const std::string& place) {
  const Extent extent = checked_offsets<Offset>(cells, place);
  must_hold(extent.first == extent.last || cells.array->buffers[2] != nullptr, place, "its text is missing");
}

void check_lists(const ArrowCells& cells, ArrowType::Layout layout, const std::string& place) {
  const Extent extent = layout == ArrowType::Layout::large ? checked_offsets<std::int64_t>(cells, place)
                                                           : checked_offsets<std::int32_t>(cells, place);
  must_hold(extent.last <= cells.array->children[0]->length, place, "its lists reach past their members");
}

void check_view_buffers(const ArrowArray& array, const std::string& place) {
  const std::int64_t buffers = array.n_buffers - 3;
  if (buffers == 0) return;
  const void* sizes = array.buffers[array.n_buffers - 1];
  must_hold(sizes != nullptr, place, "the sizes of its text buffers are missing");
  for (std::int64_t i = 0; i < buffers; ++i) {
    const auto size = load<std::int64_t>(sizes, i);
    must_hold(size >= 0, place, "the size of a text buffer is negative");
    must_hold(size == 0 || array.buffers[2 + i] != nullptr, place, "a text buffer is missing");
  }
}

void check_texts(const ArrowCells& cells, ArrowType::Layout layout, const std::string& place) {
  switch (layout) {
    case ArrowType::Layout::small:
      return check_text_offsets<std::int32_t>(cells, place);
    case ArrowType::Layout::large:
      return check_text_offsets<std::int64_t>(cells, place);
    case ArrowType::Layout::view:
      return check_view_buffers(*cells.array, place);
  }
}

}  // namespace

void check_batch(const ArrowSchema& schema, const ArrowArray& batch, const std::string& place) {
  check_frame(batch, place);
  if (batch.n_children != schema.n_children)
    malformed(place, "a batch has " + std::to_string(batch.n_children) + " columns, but its schema has " +
                         std::to_string(schema.n_children));
  must_hold(batch.n_children == 0 || batch.children != nullptr, place, "its list of columns is missing");
  must_hold(batch.n_buffers == 1, place, "a batch of rows must have one buffer");
  must_hold(batch.dictionary == nullptr, place, "a batch of rows cannot be a dictionary");
  check_missing(batch, place);
  const ArrowCells rows{&batch, batch.offset, batch.length, batch.buffers[0]};
  must_hold(count_missing(rows) == 0, place, "whole rows of a batch are missing");
}

ArrowCells checked_cells(const ArrowType& type, const ArrowArray& array, std::int64_t offset, std::int64_t length,
                         const std::string& place) {
  check_frame(array, place);
  must_hold(offset <= widest - length && offset + length <= array.length, place, "it is shorter than its batch");
  check_buffer_count(type, array, place);
  must_hold(type.coded == (array.dictionary != nullptr), place, "schema and array do not agree on a dictionary");
  const ArrowCells all{&array, array.offset, array.length, nullptr};
  if (type.kind == ArrowType::Kind::none) return {&array, array.offset + offset, length, nullptr};
  const std::int64_t width = std::max<std::int64_t>(1, bytes_a_cell(type));
  must_hold(array.offset + array.length <= (widest - width) / width, place,
            "its buffer would be longer than any memory");
  check_missing(array, place);
  if (array.length > 0) {
    must_hold(array.buffers[1] != nullptr, place, "its buffer of cells is missing");
    if (type.kind == ArrowType::Kind::text && !type.coded) check_texts(all, type.layout, place);
    if (type.kind == ArrowType::Kind::list) check_lists(all, type.layout, place);
  }
  return {&array, array.offset + offset, length, array.buffers[0]};
}

std::int64_t begin_of_list(const ArrowType& type, const ArrowCells& cells, std::int64_t i) {
  if (cells.length == 0) return 0;
  return type.layout == ArrowType::Layout::large ? cells.value<std::int64_t>(i) : cells.value<std::int32_t>(i);
}

ArrowTexts checked_dictionary(const ArrowType& type, const ArrowArray& array, const std::string& place) {
  const ArrowType texts{.kind = ArrowType::Kind::text, .layout = type.layout};
  const std::string inside = place + ", its dictionary";
  return {checked_cells(texts, *array.dictionary, 0, array.dictionary->length, inside), type.layout, inside};
}

ArrowTexts::ArrowTexts(ArrowCells cells, ArrowType::Layout layout, std::string place)
    : cells_(cells), layout_(layout), place_(std::move(place)) {}

std::string_view ArrowTexts::operator[](std::int64_t i) const {
  if (layout_ == ArrowType::Layout::view) return view(i);
  const bool small = layout_ == ArrowType::Layout::small;
  const std::int64_t first = small ? cells_.value<std::int32_t>(i) : cells_.value<std::int64_t>(i);
  const std::int64_t last = small ? cells_.value<std::int32_t>(i + 1) : cells_.value<std::int64_t>(i + 1);
  if (first == last) return {};
  return {static_cast<const char*>(cells_.array->buffers[2]) + first, static_cast<std::size_t>(last - first)};
}

// A view is a length, and the text itself, or its first four bytes, the number of a buffer and a place in it.
std::string_view ArrowTexts::view(std::int64_t i) const {
  const char* bytes = static_cast<const char*>(cells_.array->buffers[1]) + (cells_.begin + i) * bytes_a_view;
  const auto length = load<std::int32_t>(bytes, 0);
  must_hold(length >= 0, place_, "the length of a text is negative");
  if (length <= most_inlined) return {bytes + sizeof length, static_cast<std::size_t>(length)};
  const auto buffer = load<std::int32_t>(bytes, 2);
  const auto place = load<std::int32_t>(bytes, 3);
  const std::int64_t buffers = cells_.array->n_buffers - 3;
  must_hold(buffer >= 0 && buffer < buffers, place_, "a text points to a buffer that there is not");
  const auto size = load<std::int64_t>(cells_.array->buffers[cells_.array->n_buffers - 1], buffer);
  must_hold(place >= 0 && place <= size - length, place_, "a text reaches past its buffer");
  return {static_cast<const char*>(cells_.array->buffers[2 + buffer]) + place, static_cast<std::size_t>(length)};
}

}  // namespace casemetry
