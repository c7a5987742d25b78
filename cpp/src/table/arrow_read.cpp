// SPDX-License-Identifier: Apache-2.0
#include <tbb/parallel_for.h>
#include <casemetry/error.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "arrow_memory.hpp"
#include "table/arrow_columns.hpp"
#include "table/convert.hpp"
#include "table/text.hpp"
#include "utf8.hpp"

namespace casemetry {
namespace {

[[noreturn]] void fault(const ReadOptions& options, const std::string& what) {
  throw SchemaError("table '" + options.name + "': " + what);
}

void check_schema(const ArrowSchema& schema, const ReadOptions& options) {
  if (schema.release == nullptr || schema.format == nullptr)
    fault(options, "its Arrow schema has been released or has no format");
  if (std::strcmp(schema.format, "+s") != 0)
    fault(options, "a table is a record batch, but this is one array of the Arrow format " + in_quotes(schema.format) +
                       "; put it into a data frame with a column name");
  if (schema.dictionary != nullptr) fault(options, "its Arrow schema is a dictionary, not a record batch");
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
    fault(options, "its Arrow schema has a false number of columns");
  if (schema.n_children == 0) fault(options, "it has no columns; there is nothing to count");
}

std::vector<std::string> names_of(const ArrowSchema& schema, const ReadOptions& options) {
  std::vector<std::string> names;
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema* child = schema.children[i];
    const std::string number = std::to_string(i + 1);
    if (child == nullptr || child->release == nullptr) fault(options, "column " + number + " has been released");
    if (child->name == nullptr || without_blanks(child->name).empty())
      fault(options, "column " + number + " has no name; give it one");
    if (!is_utf8(child->name)) fault(options, "the name of column " + number + " is not UTF-8");
    const auto [twin, is_new] = position.emplace(child->name, names.size());
    if (!is_new)
      fault(options, "columns " + std::to_string(twin->second + 1) + " and " + number + " are both called " +
                         in_quotes(child->name) + "; rename one");
    names.emplace_back(child->name);
  }
  return names;
}

// Positions of the wanted columns, in the order in which they are wanted.
std::vector<std::size_t> wanted_columns(const std::vector<std::string>& names, const ReadOptions& options) {
  std::vector<std::size_t> wanted;
  if (options.columns.empty()) {
    wanted.resize(names.size());
    std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  }
  for (const std::string& name : options.columns) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      throw ColumnNotFoundError("table '" + options.name + "' has no column '" + name + "'; " +
                                suggestion(name, names));
    wanted.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  return wanted;
}

// Does something for every column, at the same time. If several fail, the first of them is told, whoever was quickest.
template <class Work>
void for_each_column(std::size_t columns, const Work& work) {
  std::vector<std::exception_ptr> failures(columns);
  tbb::parallel_for(std::size_t{0}, columns, [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      failures[i] = std::current_exception();
    }
  });
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

// Reads batches into columns.
class TableReader {
 public:
  TableReader(const ArrowSchema& schema, const ReadOptions& options) : schema_(schema), options_(options) {
    check_schema(schema, options);
    wanted_ = wanted_columns(names_of(schema, options), options);
    for (const std::size_t column : wanted_) readers_.push_back(column_reader(*schema.children[column], options.name));
  }

  void read(const ArrowArray& batch) {
    check_batch(schema_, batch, "table '" + options_.name + "'");
    for_each_column(wanted_.size(), [&](std::size_t i) {
      const ArrowArray* column = batch.children[wanted_[i]];
      if (column == nullptr) fault(options_, "column " + std::to_string(wanted_[i] + 1) + " of a batch is missing");
      readers_[i]->read(*column, batch.offset, batch.length);
    });
  }

  Table finish() {
    std::vector<std::shared_ptr<const ColumnData>> columns(readers_.size());
    for_each_column(readers_.size(), [&](std::size_t i) {
      columns[i] = std::make_shared<const ColumnData>(readers_[i]->finish());
      readers_[i].reset();
      if (!options_.guess_types || columns[i]->type != Type::text) return;
      if (auto guess = guessed(columns[i])) columns[i] = std::make_shared<const ColumnData>(std::move(*guess));
    });
    std::vector<Column> held;
    for (auto& column : columns) held.emplace_back(std::move(column));
    return Table(std::move(held), options_.name);
  }

 private:
  const ArrowSchema& schema_;
  const ReadOptions& options_;
  std::vector<std::size_t> wanted_;
  std::vector<std::unique_ptr<ArrowColumnReader>> readers_;
};

void check_stream(ArrowArrayStream* stream, const ReadOptions& options) {
  if (stream == nullptr || stream->release == nullptr)
    fault(options, "its Arrow stream has been read or released already; make a new one");
}

void check_answer(int answer, Owned<ArrowArrayStream>& stream, const ReadOptions& options) {
  if (answer == 0) return;
  const char* told = stream->get_last_error == nullptr ? nullptr : stream->get_last_error(&*stream);
  fault(options, "its producer failed: " + std::string(told != nullptr ? told : std::strerror(answer)));
}

}  // namespace

Table Table::from_arrow(ArrowArrayStream* stream, const ReadOptions& options) {
  check_stream(stream, options);
  Owned<ArrowArrayStream> source(stream);
  if (source->get_schema == nullptr || source->get_next == nullptr) fault(options, "its Arrow stream has no callbacks");
  Owned<ArrowSchema> schema;
  check_answer(source->get_schema(&*source, &*schema), source, options);
  TableReader reader(*schema, options);
  for (;;) {
    Owned<ArrowArray> batch;
    check_answer(source->get_next(&*source, &*batch), source, options);
    if (batch->release == nullptr) return reader.finish();
    reader.read(*batch);
  }
}

Table Table::from_arrow(ArrowSchema* schema, ArrowArray* array, const ReadOptions& options) {
  Owned<ArrowSchema> kinds(schema);
  Owned<ArrowArray> batch(array);
  if (schema == nullptr || array == nullptr) fault(options, "no Arrow schema or no Arrow array was given");
  TableReader reader(*kinds, options);
  reader.read(*batch);
  return reader.finish();
}

}  // namespace casemetry
