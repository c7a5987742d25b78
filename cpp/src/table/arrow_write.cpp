// SPDX-License-Identifier: Apache-2.0
#include <casemetry/arrow.hpp>
#include <casemetry/error.hpp>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include "table/arrow_schema.hpp"

namespace casemetry {
namespace {

// An array with its buffers and children.
struct ArrayHolder {
  std::vector<std::vector<std::uint8_t>> bytes;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  std::unique_ptr<ArrowArray> dictionary;

  ~ArrayHolder() { release_parts(children, dictionary.get()); }
};

void release_array(ArrowArray* array) {
  delete static_cast<ArrayHolder*>(array->private_data);
  array->release = nullptr;
}

ArrowArray array_of(std::size_t length, std::int64_t missing, std::unique_ptr<ArrayHolder> holder) {
  for (ArrowArray& child : holder->children) holder->pointers.push_back(&child);
  for (const auto& buffer : holder->bytes) holder->buffers.push_back(buffer.data());
  if (missing == 0) holder->buffers.front() = nullptr;
  ArrowArray array{};
  array.length = static_cast<std::int64_t>(length);
  array.null_count = missing;
  array.n_buffers = static_cast<std::int64_t>(holder->buffers.size());
  array.n_children = static_cast<std::int64_t>(holder->children.size());
  array.buffers = holder->buffers.data();
  array.children = holder->pointers.data();
  array.dictionary = holder->dictionary.get();
  array.release = release_array;
  array.private_data = holder.release();
  return array;
}

template <class Value>
void append(std::vector<std::uint8_t>& bytes, Value value) {
  const std::size_t end = bytes.size();
  bytes.resize(end + sizeof value);
  std::memcpy(bytes.data() + end, &value, sizeof value);
}

void append(std::vector<std::uint8_t>& bytes, const Wide& value) {
  append(bytes, value.low);
  append(bytes, value.high);
}

// The bitmap of the cells that are there; counts those that are not.
class Validity {
 public:
  explicit Validity(std::size_t cells) : bits_((cells + 7) / 8) {}
  void add(bool there) {
    if (there) bits_[cell_ / 8] = static_cast<std::uint8_t>(bits_[cell_ / 8] | 1U << cell_ % 8);
    missing_ += there ? 0 : 1;
    ++cell_;
  }
  std::int64_t missing() const { return missing_; }
  std::vector<std::uint8_t> take() && { return std::move(bits_); }

 private:
  std::vector<std::uint8_t> bits_;
  std::size_t cell_ = 0;
  std::int64_t missing_ = 0;
};

const std::string& text_of(const std::string& text) {
  return text;
}
const std::string& text_of(const std::optional<std::string>& text) {
  static const std::string none;
  return text ? *text : none;
}
bool is_there(const std::string&) {
  return true;
}
bool is_there(const std::optional<std::string>& text) {
  return text.has_value();
}

template <class Text>
ArrowArray text_array(const std::vector<Text>& texts, const std::string& name) {
  Validity validity(texts.size());
  std::vector<std::uint8_t> offsets;
  std::vector<std::uint8_t> characters;
  append(offsets, std::int32_t{0});
  for (const Text& text : texts) {
    validity.add(is_there(text));
    characters.insert(characters.end(), text_of(text).begin(), text_of(text).end());
    if (characters.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
      throw SchemaError("column '" + name + "' has more than 2 GiB of text, too much for one Arrow batch");
    append(offsets, static_cast<std::int32_t>(characters.size()));
  }
  const std::int64_t missing = validity.missing();
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes = {std::move(validity).take(), std::move(offsets), std::move(characters)};
  return array_of(texts.size(), missing, std::move(holder));
}

template <class Value>
ArrowArray number_array(const std::vector<std::optional<Value>>& numbers) {
  Validity validity(numbers.size());
  std::vector<std::uint8_t> cells;
  cells.reserve(numbers.size() * sizeof(Value));
  for (const auto& number : numbers) {
    validity.add(number.has_value());
    append(cells, number.value_or(Value{}));
  }
  const std::int64_t missing = validity.missing();
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes = {std::move(validity).take(), std::move(cells)};
  return array_of(numbers.size(), missing, std::move(holder));
}

ArrowArray truth_array(const ArrowColumn::Truths& truths) {
  Validity validity(truths.size());
  Validity bits(truths.size());
  for (const auto& truth : truths) {
    validity.add(truth.has_value());
    bits.add(truth.value_or(false));
  }
  const std::int64_t missing = validity.missing();
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes = {std::move(validity).take(), std::move(bits).take()};
  return array_of(truths.size(), missing, std::move(holder));
}

ArrowArray coded_array(const ArrowColumn::Coded& column, const std::string& name) {
  const auto labels = static_cast<std::int64_t>(column.labels.size());
  Validity validity(column.codes.size());
  std::vector<std::uint8_t> cells;
  cells.reserve(column.codes.size() * sizeof(std::int32_t));
  for (const std::int32_t code : column.codes) {
    const bool there = code >= 0 && code < labels;
    validity.add(there);
    append(cells, there ? code : std::int32_t{0});
  }
  const std::int64_t missing = validity.missing();
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes = {std::move(validity).take(), std::move(cells)};
  holder->dictionary = std::make_unique<ArrowArray>(text_array(column.labels, name));
  return array_of(column.codes.size(), missing, std::move(holder));
}

template <class Value>
ArrowArray whole_array(const std::vector<Value>& numbers) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes.resize(2);
  for (const Value number : numbers) append(holder->bytes.back(), number);
  return array_of(numbers.size(), 0, std::move(holder));
}

ArrowArray pair_array(const ArrowColumn::Histograms& column) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->bytes.emplace_back();
  holder->children.reserve(2);
  holder->children.push_back(whole_array(column.days));
  holder->children.push_back(whole_array(column.counts));
  return array_of(column.days.size(), 0, std::move(holder));
}

// Histograms, or lists of texts: what they hold stands in `items`, which it takes.
template <class Lists>
ArrowArray list_array(const Lists& column, ArrowArray items) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->children.push_back(items);
  Validity validity(column.there.size());
  std::vector<std::uint8_t> offsets;
  for (const bool there : column.there) validity.add(there);
  for (const std::int64_t offset : column.offsets) append(offsets, static_cast<std::int32_t>(offset));
  const std::int64_t missing = validity.missing();
  holder->bytes = {std::move(validity).take(), std::move(offsets)};
  return array_of(column.there.size(), missing, std::move(holder));
}

void require_few(std::size_t items, const std::string& name, const char* what) {
  if (items > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw SchemaError("column '" + name + "' has more than 2^31 " + what + ", too many for one Arrow batch");
}

ArrowArray histogram_array(const ArrowColumn::Histograms& column, const std::string& name) {
  require_few(column.days.size(), name, "days with their counts");
  return list_array(column, pair_array(column));
}

ArrowArray texts_array(const ArrowColumn::Lists& column, const std::string& name) {
  require_few(column.texts.size(), name, "members of its lists");
  return list_array(column, text_array(column.texts, name));
}

ArrowArray array_of_column(const ArrowColumn& column) {
  struct Visitor {
    const std::string& name;
    ArrowArray operator()(const ArrowColumn::Texts& values) const { return text_array(values, name); }
    ArrowArray operator()(const ArrowColumn::Integers& values) const { return number_array(values); }
    ArrowArray operator()(const ArrowColumn::Doubles& values) const { return number_array(values); }
    ArrowArray operator()(const ArrowColumn::Coded& values) const { return coded_array(values, name); }
    ArrowArray operator()(const ArrowColumn::Truths& values) const { return truth_array(values); }
    ArrowArray operator()(const ArrowColumn::Days& values) const { return number_array(values); }
    ArrowArray operator()(const ArrowColumn::Decimals& values) const { return number_array(values.digits); }
    ArrowArray operator()(const ArrowColumn::Histograms& values) const { return histogram_array(values, name); }
    ArrowArray operator()(const ArrowColumn::Lists& values) const { return texts_array(values, name); }
  };
  return std::visit(Visitor{column.name}, column.values);
}

// A count, then key and value by turns, each with its length before it.
std::string metadata_bytes(const std::map<std::string, std::string>& metadata) {
  std::vector<std::uint8_t> bytes;
  if (metadata.empty()) return {};
  append(bytes, static_cast<std::int32_t>(metadata.size()));
  for (const auto& [key, value] : metadata)
    for (const std::string* text : {&key, &value}) {
      append(bytes, static_cast<std::int32_t>(text->size()));
      bytes.insert(bytes.end(), text->begin(), text->end());
    }
  return {bytes.begin(), bytes.end()};
}

// What a stream owns: the names and forms for schemas, which may be asked for often, and the one batch.
struct StreamHolder {
  std::vector<std::pair<std::string, ArrowForm>> columns;
  std::string metadata;
  ArrowArray batch{};
  std::string error;

  ~StreamHolder() {
    if (batch.release != nullptr) batch.release(&batch);
  }
};

StreamHolder& held_by(ArrowArrayStream* stream) {
  return *static_cast<StreamHolder*>(stream->private_data);
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  StreamHolder& held = held_by(stream);
  try {
    *out = arrow_schema(held.columns, held.metadata);
    return 0;
  } catch (const std::exception& error) {
    held.error = error.what();
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  *out = std::exchange(held_by(stream).batch, ArrowArray{});
  return 0;
}

const char* get_last_error(ArrowArrayStream* stream) {
  const std::string& error = held_by(stream).error;
  return error.empty() ? nullptr : error.c_str();
}

void release_stream(ArrowArrayStream* stream) {
  delete &held_by(stream);
  stream->release = nullptr;
}

std::size_t rows_of(const std::vector<ArrowColumn>& columns) {
  const auto rows = [](const ArrowColumn& column) {
    return std::visit(
        [](const auto& values) {
          if constexpr (requires { values.codes; }) {
            return values.codes.size();
          } else if constexpr (requires { values.there; }) {
            return values.there.size();
          } else if constexpr (requires { values.digits; }) {
            return values.digits.size();
          } else {
            return values.size();
          }
        },
        column.values);
  };
  for (const ArrowColumn& column : columns)
    if (rows(column) != rows(columns.front()))
      throw SchemaError("column '" + column.name + "' is not as long as column '" + columns.front().name + "'");
  return columns.empty() ? 0 : rows(columns.front());
}

}  // namespace

void to_arrow(std::vector<ArrowColumn> columns, const std::map<std::string, std::string>& metadata,
              ArrowArrayStream* out) {
  const std::size_t rows = rows_of(columns);
  auto stream = std::make_unique<StreamHolder>();
  stream->metadata = metadata_bytes(metadata);
  auto batch = std::make_unique<ArrayHolder>();
  batch->bytes.emplace_back();
  batch->children.reserve(columns.size());
  for (const ArrowColumn& column : columns) {
    stream->columns.emplace_back(column.name, arrow_form_of(column));
    batch->children.push_back(array_of_column(column));
  }
  stream->batch = array_of(rows, 0, std::move(batch));
  *out = {get_schema, get_next, get_last_error, release_stream, stream.release()};
}

}  // namespace casemetry
