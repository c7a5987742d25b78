// SPDX-License-Identifier: Apache-2.0
/// \file
/// A producer of Arrow data that tests can bend: its structures are open, it owns every buffer and counts releases.
#pragma once

#include <casemetry/arrow.hpp>

#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casemetry::testing {

using Bytes = std::vector<std::uint8_t>;

template <class Value>
Bytes bytes_of(const std::vector<Value>& values) {
  Bytes bytes(values.size() * sizeof(Value));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

inline Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

inline Bytes bits_of(const std::vector<bool>& values) {
  Bytes bits((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << i % 8);
  return bits;
}

/// A column: schema and array, both open to be bent. It must outlive what is made of it.
struct ArrowPiece {
  std::string name;
  std::string format;
  std::deque<std::optional<Bytes>> bytes;  // nothing: a null pointer
  std::vector<const void*> buffers;
  std::unique_ptr<ArrowPiece> dictionary;
  std::unique_ptr<ArrowPiece> members;  // of lists
  ArrowSchema* member_schema = nullptr;
  ArrowArray* member_array = nullptr;
  ArrowSchema schema{};
  ArrowArray array{};
};

/// A column of `length` cells. Buffers in the order of the interface, the bitmap of what is there first.
inline std::unique_ptr<ArrowPiece> piece(std::string format, std::int64_t length,
                                         std::vector<std::optional<Bytes>> buffers, std::string name = "x") {
  auto made = std::make_unique<ArrowPiece>();
  made->name = std::move(name);
  made->format = std::move(format);
  for (auto& buffer : buffers) made->bytes.push_back(std::move(buffer));
  for (const auto& buffer : made->bytes) made->buffers.push_back(buffer ? buffer->data() : nullptr);
  made->schema.format = made->format.c_str();
  made->schema.name = made->name.c_str();
  made->schema.flags = ARROW_FLAG_NULLABLE;
  made->schema.release = [](ArrowSchema* schema) { schema->release = nullptr; };
  made->array.length = length;
  made->array.null_count = -1;
  made->array.n_buffers = static_cast<std::int64_t>(made->buffers.size());
  made->array.buffers = made->buffers.data();
  made->array.release = [](ArrowArray* array) { array->release = nullptr; };
  return made;
}

template <class Value>
std::unique_ptr<ArrowPiece> numbers(std::string format, const std::vector<Value>& values, std::string name = "x") {
  return piece(std::move(format), static_cast<std::int64_t>(values.size()), {std::nullopt, bytes_of(values)},
               std::move(name));
}

inline std::unique_ptr<ArrowPiece> texts(const std::vector<std::string>& values, std::string name = "x") {
  std::vector<std::int32_t> offsets{0};
  std::string all;
  for (const std::string& value : values) {
    all += value;
    offsets.push_back(static_cast<std::int32_t>(all.size()));
  }
  return piece("u", static_cast<std::int64_t>(values.size()), {std::nullopt, bytes_of(offsets), bytes_of(all)},
               std::move(name));
}

template <class Index>
std::unique_ptr<ArrowPiece> dictionary(std::string format, const std::vector<Index>& indices,
                                       const std::vector<std::string>& labels, std::string name = "x") {
  auto made = numbers(std::move(format), indices, std::move(name));
  made->dictionary = texts(labels, "");
  made->schema.dictionary = &made->dictionary->schema;
  made->array.dictionary = &made->dictionary->array;
  return made;
}

/// Lists of what `members` holds, each from one offset to the next; `Offset` is 32 bits of `+l`, 64 of `+L`.
template <class Offset>
std::unique_ptr<ArrowPiece> lists(std::string format, const std::vector<Offset>& offsets,
                                  std::unique_ptr<ArrowPiece> members, std::optional<Bytes> there = {}) {
  auto made =
      piece(std::move(format), static_cast<std::int64_t>(offsets.size()) - 1, {std::move(there), bytes_of(offsets)});
  made->members = std::move(members);
  made->member_schema = &made->members->schema;
  made->member_array = &made->members->array;
  made->schema.n_children = made->array.n_children = 1;
  made->schema.children = &made->member_schema;
  made->array.children = &made->member_array;
  return made;
}

/// A record batch, with releases counted. It must outlive what is made of it.
struct ArrowBatch {
  std::vector<std::unique_ptr<ArrowPiece>> columns;
  std::vector<ArrowSchema*> schemas;
  std::vector<ArrowArray*> arrays;
  const void* no_bitmap = nullptr;
  ArrowSchema schema{};
  ArrowArray array{};
  int schema_releases = 0;
  int array_releases = 0;
};

template <class... Pieces>
std::unique_ptr<ArrowBatch> batch(Pieces... pieces) {
  auto made = std::make_unique<ArrowBatch>();
  (made->columns.push_back(std::move(pieces)), ...);
  for (const auto& column : made->columns) {
    made->schemas.push_back(&column->schema);
    made->arrays.push_back(&column->array);
  }
  const auto n = static_cast<std::int64_t>(made->columns.size());
  made->schema = {"+s", "", nullptr, 0, n, made->schemas.data(), nullptr, nullptr, made.get()};
  made->schema.release = [](ArrowSchema* schema) {
    ++static_cast<ArrowBatch*>(schema->private_data)->schema_releases;
    schema->release = nullptr;
  };
  const std::int64_t length = made->columns.empty() ? 0 : made->columns.front()->array.length;
  made->array = {length, 0, 0, 1, n, &made->no_bitmap, made->arrays.data(), nullptr, nullptr, made.get()};
  made->array.release = [](ArrowArray* array) {
    ++static_cast<ArrowBatch*>(array->private_data)->array_releases;
    array->release = nullptr;
  };
  return made;
}

/// A stream of batches under the schema of the first; may be told to fail at its end.
struct ArrowSource {
  std::vector<std::unique_ptr<ArrowBatch>> batches;
  std::size_t next = 0;
  std::string failure;
  int releases = 0;
  ArrowArrayStream stream{};
};

template <class... Batches>
std::unique_ptr<ArrowSource> source(Batches... batches) {
  auto made = std::make_unique<ArrowSource>();
  (made->batches.push_back(std::move(batches)), ...);
  made->stream.private_data = made.get();
  made->stream.get_schema = [](ArrowArrayStream* stream, ArrowSchema* out) {
    *out = static_cast<ArrowSource*>(stream->private_data)->batches.front()->schema;
    return 0;
  };
  made->stream.get_next = [](ArrowArrayStream* stream, ArrowArray* out) {
    auto& held = *static_cast<ArrowSource*>(stream->private_data);
    if (held.next < held.batches.size()) {
      *out = held.batches[held.next++]->array;
      return 0;
    }
    *out = ArrowArray{};
    return held.failure.empty() ? 0 : EIO;
  };
  made->stream.get_last_error = [](ArrowArrayStream* stream) {
    return static_cast<ArrowSource*>(stream->private_data)->failure.c_str();
  };
  made->stream.release = [](ArrowArrayStream* stream) {
    ++static_cast<ArrowSource*>(stream->private_data)->releases;
    stream->release = nullptr;
  };
  return made;
}

}  // namespace casemetry::testing
