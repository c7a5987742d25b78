// SPDX-License-Identifier: Apache-2.0
#include "table/arrow_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "distinct_sets.hpp"
#include "table/arrow_numbers.hpp"
#include "table/builders.hpp"
#include "table/dates.hpp"
#include "table/sets.hpp"

namespace casemetry {
namespace {

class NoneReader final : public ArrowColumnReader {
 public:
  NoneReader(ArrowType type, std::string place, const std::string& table, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(table, std::move(name)) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    for (std::int64_t i = 0; i < cells.length; ++i) cells_.add_code(TextBuilder::missing);
  }
  TextBuilder cells_;
};

class TextReader final : public ArrowColumnReader {
 public:
  TextReader(ArrowType type, std::string place, const std::string& table, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(table, std::move(name)) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    const ArrowTexts texts(cells, type().layout, place());
    for (std::int64_t i = 0; i < cells.length; ++i)
      cells.missing(i) ? cells_.add_code(TextBuilder::missing) : cells_.add(texts[i]);
  }
  TextBuilder cells_;
};

// Dictionaries may differ from batch to batch: each entry is looked up once a batch, when first used.
class DictionaryReader final : public ArrowColumnReader {
 public:
  DictionaryReader(ArrowType type, std::string place, const std::string& table, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(table, std::move(name)) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray& array, const ArrowCells& cells) override {
    const ArrowTexts texts = checked_dictionary(type(), array, place());
    const std::int64_t size = texts.cells().length;
    std::vector<std::optional<std::uint32_t>> code_of(static_cast<std::size_t>(size));
    for_each_integer(type(), cells, [&](std::int64_t row, std::optional<std::int64_t> index) {
      if (!cells.missing(row) && (!index || *index < 0 || *index >= size)) outside(row, size);
      if (cells.missing(row)) return cells_.add_code(TextBuilder::missing);
      auto& code = code_of[static_cast<std::size_t>(*index)];
      if (!code) code = texts.cells().missing(*index) ? TextBuilder::missing : cells_.code(texts[*index]);
      cells_.add_code(*code);
    });
  }
  [[noreturn]] void outside(std::int64_t row, std::int64_t size) const {
    throw SchemaError(place() + ", row " + std::to_string(row + 1) +
                      " of a batch: its index is outside a dictionary of " + std::to_string(size) +
                      " values; the producer of this Arrow data is at fault");
  }
  TextBuilder cells_;
};

class BooleanReader final : public ArrowColumnReader {
 public:
  BooleanReader(ArrowType type, std::string place, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(std::move(name)) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    for (std::int64_t i = 0; i < cells.length; ++i) cells.missing(i) ? cells_.add_missing() : cells_.add(cells.bit(i));
  }
  BooleanBuilder cells_;
};

// Integers and decimals: what does not fit 64 bits is unreadable.
class NumberReader final : public ArrowColumnReader {
 public:
  NumberReader(ArrowType type, std::string place, std::string name)
      : ArrowColumnReader(type, std::move(place)),
        cells_(type.kind == ArrowType::Kind::decimal ? Type::decimal : Type::integer, std::move(name), missing_number) {
  }
  ColumnData finish() override { return std::move(cells_).finish(type().scale); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    for_each_integer(type(), cells, [&](std::int64_t row, std::optional<std::int64_t> number) {
      if (cells.missing(row)) {
        cells_.add_missing();
      } else if (number && *number != missing_number) {
        cells_.add(*number);
      } else {
        cells_.add_unreadable("a number beyond 64 bits");
      }
    });
  }
  NumberBuilder cells_;
};

class FloatingReader final : public ArrowColumnReader {
 public:
  FloatingReader(ArrowType type, std::string place, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(std::move(name)) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    for (std::int64_t i = 0; i < cells.length; ++i) cells_.add(cells.missing(i) ? not_a_number : value(cells, i));
  }
  // A float32 stands for the decimal that was written, which its own shortest form gives back.
  double value(const ArrowCells& cells, std::int64_t i) const {
    return type().width == 8 ? cells.value<double>(i) : widened_float(cells.value<float>(i));
  }
  static constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  FloatingBuilder cells_;
};

// Dates and timestamps. The day as written: what is past midnight is cut off, before 1970 too.
class DayReader final : public ArrowColumnReader {
 public:
  DayReader(ArrowType type, std::string place, std::string name)
      : ArrowColumnReader(type, std::move(place)), cells_(Type::date, std::move(name), missing_day) {}
  ColumnData finish() override { return std::move(cells_).finish(); }

 private:
  void append(const ArrowArray&, const ArrowCells& cells) override {
    for (std::int64_t i = 0; i < cells.length; ++i) {
      if (cells.missing(i)) {
        cells_.add_missing();
      } else {
        add(type().kind == ArrowType::Kind::day ? cells.value<std::int32_t>(i) : cells.value<std::int64_t>(i));
      }
    }
  }
  void add(std::int64_t ticks) {
    if (ticks == missing_number) return cells_.add_missing();  // NumPy's and pandas' not-a-time
    const std::int64_t past_midnight = ((ticks % type().per_day) + type().per_day) % type().per_day;
    const std::int64_t days = ticks / type().per_day - (ticks < 0 && past_midnight != 0 ? 1 : 0);
    const auto day = day_in_range(days);
    day ? cells_.add(*day) : cells_.add_unreadable("a day outside the years 1 to 9999");
  }
  DayBuilder cells_;
};

std::unique_ptr<ArrowColumnReader> text_reader(ArrowType type, std::string place, const std::string& table,
                                               const std::string& name) {
  if (type.kind == ArrowType::Kind::none) return std::make_unique<NoneReader>(type, std::move(place), table, name);
  if (type.coded) return std::make_unique<DictionaryReader>(type, std::move(place), table, name);
  return std::make_unique<TextReader>(type, std::move(place), table, name);
}

// Lists of texts. Of which members a list with a missing one consists is not known: it is unreadable.
class SetReader final : public ArrowColumnReader {
 public:
  SetReader(ArrowType type, std::string place, std::string name, std::unique_ptr<ArrowColumnReader> members)
      : ArrowColumnReader(type, std::move(place)), name_(std::move(name)), members_(std::move(members)) {}

  ColumnData finish() override {
    const ColumnData members = members_->finish();
    const std::vector<std::uint32_t> codes = std::visit(
        [](const auto& cells) { return std::vector<std::uint32_t>(cells.begin(), cells.end()); }, members.cells);
    const std::span<const std::uint32_t> all(codes);
    const std::size_t no_member = members.labels.size();
    std::vector<std::uint32_t> sets_of_rows;
    std::vector<std::uint32_t> set;
    std::int64_t unreadable = 0;
    DistinctSets distinct(no_member);
    for (std::size_t row = 0; row < there_.size(); ++row) {
      const auto list = all.subspan(begins_[row], begins_[row + 1] - begins_[row]);
      const bool readable = std::ranges::find(list, no_member) == list.end();
      if (there_[row] && !readable) ++unreadable;
      set.assign(list.begin(), list.end());
      std::ranges::sort(set);
      sets_of_rows.push_back(there_[row] && readable ? distinct.code(set) : no_set);
    }
    const Sets& sets = distinct.sets();
    std::ranges::replace(sets_of_rows, no_set, static_cast<std::uint32_t>(sets.size()));
    ColumnData column =
        set_column(name_, sets_of_rows, sets, {members.labels.begin(), members.labels.end()}, /*declared=*/0);
    column.report.missing -= unreadable;
    count_unreadable(column.report, unreadable, "a list with a missing member");
    return column;
  }

 private:
  static constexpr std::uint32_t no_set = std::numeric_limits<std::uint32_t>::max();

  void append(const ArrowArray& array, const ArrowCells& cells) override {
    const std::int64_t first = begin_of_list(type(), cells, 0);
    members_->read(*array.children[0], first, begin_of_list(type(), cells, cells.length) - first);
    const std::size_t before = begins_.back();
    for (std::int64_t i = 0; i < cells.length; ++i) {
      there_.push_back(!cells.missing(i));
      begins_.push_back(before + static_cast<std::size_t>(begin_of_list(type(), cells, i + 1) - first));
    }
  }

  std::string name_;
  std::unique_ptr<ArrowColumnReader> members_;
  std::vector<bool> there_;
  std::vector<std::size_t> begins_{0};  // of each row's members, among all
};

}  // namespace

std::unique_ptr<ArrowColumnReader> column_reader(const ArrowSchema& schema, const std::string& table) {
  const std::string name = schema.name;
  const std::string place = place_of(table, name);
  const ArrowType type = arrow_type(schema, place);
  switch (type.kind) {
    case ArrowType::Kind::boolean:
      return std::make_unique<BooleanReader>(type, place, name);
    case ArrowType::Kind::integer:
    case ArrowType::Kind::decimal:
      return std::make_unique<NumberReader>(type, place, name);
    case ArrowType::Kind::floating:
      return std::make_unique<FloatingReader>(type, place, name);
    case ArrowType::Kind::day:
    case ArrowType::Kind::moment:
      return std::make_unique<DayReader>(type, place, name);
    case ArrowType::Kind::list: {
      const std::string inside = place + ", the members of its lists";
      const ArrowType members = arrow_type(*schema.children[0], inside);
      return std::make_unique<SetReader>(type, place, name, text_reader(members, inside, table, name));
    }
    case ArrowType::Kind::none:
    case ArrowType::Kind::text:
      break;
  }
  return text_reader(type, place, table, name);
}

}  // namespace casemetry
