// SPDX-License-Identifier: Apache-2.0
#include "cube/arrow_batch.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "arrow_memory.hpp"

namespace casemetry::value {
namespace {

constexpr std::int64_t most_cells = std::numeric_limits<std::int64_t>::max() / 16;

[[noreturn]] void malformed(const std::string& place, const std::string& what) {
  throw SchemaError("the Arrow form of a cube, " + place + ": " + what);
}

void must_hold(bool holds, const std::string& place, const char* what) {
  if (!holds) malformed(place, std::string(what) + "; the producer of this Arrow data is at fault");
}

void check_frame(const ArrowArray* array, std::int64_t buffers, std::int64_t children, const std::string& place) {
  must_hold(array != nullptr && array->release != nullptr, place, "it is missing or has been released");
  must_hold(array->length >= 0 && array->offset >= 0, place, "its length or offset is negative");
  must_hold(array->length <= most_cells && array->offset <= most_cells, place, "it is longer than any memory");
  must_hold(array->n_buffers == buffers && array->buffers != nullptr, place, "it has another number of buffers");
  must_hold(array->n_children == children && (children == 0 || array->children != nullptr), place,
            "it has another number of children");
  must_hold(array->dictionary == nullptr, place, "it is a dictionary");
  must_hold(array->null_count <= 0 || array->buffers[0] != nullptr, place, "its bitmap of missing cells is missing");
}

bool is_there(const ArrowArray& array, std::int64_t cell) {
  return array.buffers[0] == nullptr || load_bit(array.buffers[0], cell);
}

const char* format_of(const ArrowSchema* schema, const std::string& place) {
  must_hold(schema != nullptr && schema->release != nullptr && schema->format != nullptr, place,
            "its schema is missing");
  return schema->format;
}

// A view of structures that others own: reading releases nothing of theirs.
ArrowSchema lent(const ArrowSchema& schema) {
  ArrowSchema view = schema;
  view.metadata = nullptr;
  view.release = [](ArrowSchema* released) { released->release = nullptr; };
  return view;
}
ArrowArray lent(const ArrowArray& array) {
  ArrowArray view = array;
  view.release = [](ArrowArray* released) { released->release = nullptr; };
  return view;
}

void check_answer(int answer, ArrowArrayStream& stream) {
  if (answer == 0) return;
  const char* told = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
  malformed("its stream", "the producer failed: " + std::string(told != nullptr ? told : std::strerror(answer)));
}

}  // namespace

std::vector<std::string> column_names(const ArrowSchema& schema) {
  const std::string place = "its schema";
  const std::string_view format = format_of(&schema, place);
  must_hold(format == "+s", place, "it is no record batch");
  must_hold(schema.n_children >= 0 && (schema.n_children == 0 || schema.children != nullptr), place,
            "its number of columns is false");
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    format_of(schema.children[i], place);
    must_hold(schema.children[i]->name != nullptr, place, "a column has no name");
    names.emplace_back(schema.children[i]->name);
    if (std::ranges::count(names, names.back()) > 1) malformed(place, "two columns are called '" + names.back() + "'");
  }
  return names;
}

// A count, then lengths and bytes by turns. Its own length is nowhere said, so that only lengths beyond reason can be
// told to be false.
std::map<std::string, std::string> metadata_of(const ArrowSchema& schema) {
  constexpr std::int32_t most_pairs = 1000;
  constexpr std::int32_t most_bytes = 1 << 28;
  std::map<std::string, std::string> metadata;
  const char* rest = schema.metadata;
  if (rest == nullptr) return metadata;
  const auto number = [&](std::int32_t most) {
    const auto value = load<std::int32_t>(rest, 0);
    rest += sizeof value;
    must_hold(value >= 0 && value <= most, "its schema", "its metadata have a false length");
    return value;
  };
  const auto bytes = [&] {
    const auto length = static_cast<std::size_t>(number(most_bytes));
    return std::string(std::exchange(rest, rest + length), length);
  };
  for (std::int32_t pair = number(most_pairs); pair > 0; --pair) {
    std::string key = bytes();
    metadata[std::move(key)] = bytes();
  }
  return metadata;
}

void for_each_batch(ArrowArrayStream* stream, const std::function<void(const ArrowSchema&)>& begin,
                    const std::function<void(const ArrowSchema&, ArrowArray&)>& take) {
  if (stream == nullptr || stream->release == nullptr)
    malformed("its stream", "it has been read or released already; make a new one");
  Owned<ArrowArrayStream> source(stream);
  must_hold(source->get_schema != nullptr && source->get_next != nullptr, "its stream", "it has no callbacks");
  Owned<ArrowSchema> schema;
  check_answer(source->get_schema(&*source, &*schema), *source);
  begin(*schema);
  for (;;) {
    Owned<ArrowArray> batch;
    check_answer(source->get_next(&*source, &*batch), *source);
    if (batch->release == nullptr) return;
    take(*schema, *batch);
  }
}

ArrowBatchColumns::ArrowBatchColumns(const ArrowSchema& schema, ArrowArray& batch) : schema_(schema), batch_(batch) {
  const std::string place = "a batch";
  check_frame(&batch, 1, schema.n_children, place);
  must_hold(batch.offset + batch.length <= most_cells, place, "it is longer than any memory");
  for (std::int64_t row = 0; row < batch.length; ++row)
    must_hold(is_there(batch, batch.offset + row), place, "whole rows are missing");
  for (std::int64_t i = 0; i < batch.n_children; ++i)
    must_hold(batch.children[i] != nullptr && batch.children[i]->release != nullptr, place, "a column is missing");
}

std::size_t ArrowBatchColumns::position(const std::string& name) const {
  for (std::int64_t i = 0; i < schema_.n_children; ++i)
    if (name == schema_.children[i]->name) return static_cast<std::size_t>(i);
  malformed("its columns", "there is no '" + name + "'");
}

Column ArrowBatchColumns::plain(const std::string& name) const {
  const std::size_t i = position(name);
  ArrowSchema column = lent(*schema_.children[i]);
  column.metadata = schema_.children[i]->metadata;
  ArrowArray cells = lent(*batch_.children[i]);
  ArrowSchema* columns[] = {&column};
  ArrowArray* arrays[] = {&cells};
  ArrowSchema schema = lent(schema_);
  schema.n_children = 1;
  schema.children = columns;
  ArrowArray batch = lent(batch_);
  batch.n_children = 1;
  batch.children = arrays;
  return Table::from_arrow(&schema, &batch, {.name = "the Arrow form of a cube"}).columns()[0];
}

const ArrowArray& ArrowBatchColumns::array(const std::string& name) const {
  const ArrowArray& array = *batch_.children[position(name)];
  must_hold(array.length >= batch_.offset + batch_.length, "column '" + name + "'", "it is shorter than its batch");
  return array;
}

std::vector<std::optional<int128>> ArrowBatchColumns::decimals(const std::string& name, int scale) const {
  const std::string place = "column '" + name + "'";
  const std::string format = format_of(schema_.children[position(name)], place);
  const std::string wanted = "," + std::to_string(scale);
  const bool is_wanted = format.starts_with("d:") && (format.ends_with(wanted) || format.ends_with(wanted + ",128")) &&
                         std::ranges::count(format, ',') == (format.ends_with(wanted) ? 1 : 2);
  if (!is_wanted)
    malformed(place, "its type must be decimal128(38, " + std::to_string(scale) + "); cast it, and keep its scale");
  const ArrowArray& cells = array(name);
  check_frame(&cells, 2, 0, place);
  must_hold(cells.length == 0 || cells.buffers[1] != nullptr, place, "its cells are missing");
  std::vector<std::optional<int128>> numbers(rows());
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const std::int64_t at = cells.offset + batch_.offset + static_cast<std::int64_t>(row);
    if (!is_there(cells, at)) continue;
    numbers[row] =
        as_int128({load<std::int64_t>(cells.buffers[1], 2 * at + 1), load<std::uint64_t>(cells.buffers[1], 2 * at)});
  }
  return numbers;
}

ArrowBatchColumns::DayLists ArrowBatchColumns::day_lists(const std::string& name) const {
  const std::string place = "column '" + name + "'";
  const ArrowSchema& schema = *schema_.children[position(name)];
  const std::string_view format = format_of(&schema, place);
  const bool is_list = (format == "+l" || format == "+L") && schema.n_children == 1 && schema.children != nullptr &&
                       std::strcmp(format_of(schema.children[0], place), "+s") == 0;
  if (!is_list) malformed(place, "its type must be list<struct<day: int32, count: int64>>");
  const ArrowArray& lists = array(name);
  check_frame(&lists, 2, 1, place);
  must_hold(rows() == 0 || lists.buffers[1] != nullptr, place, "its offsets are missing");
  check_frame(lists.children[0], 1, schema.children[0]->n_children, place);

  const std::vector<std::string> names = column_names(*schema.children[0]);
  if (names != std::vector<std::string>{"day", "count"})
    malformed(place, "its lists must hold structs of `day` and `count`");
  ArrowArray pairs = lent(*lists.children[0]);
  const ArrowBatchColumns inside(*schema.children[0], pairs);
  DayLists result{.offsets = {}, .there = {}, .days = inside.plain("day"), .counts = inside.plain("count")};
  const auto offset_at = [&](std::int64_t i) {
    return format == "+l" ? std::int64_t{load<std::int32_t>(lists.buffers[1], i)}
                          : load<std::int64_t>(lists.buffers[1], i);
  };
  const std::int64_t first = lists.offset + batch_.offset;
  for (std::int64_t row = 0; row <= batch_.length; ++row) {
    const std::int64_t offset = batch_.length == 0 ? 0 : offset_at(first + row);
    const std::int64_t before = result.offsets.empty() ? 0 : static_cast<std::int64_t>(result.offsets.back());
    must_hold(offset >= before && offset <= pairs.length, place, "its offsets decrease or reach past its pairs");
    result.offsets.push_back(static_cast<std::size_t>(offset));
    if (row < batch_.length) result.there.push_back(is_there(lists, first + row));
  }
  return result;
}

}  // namespace casemetry::value
