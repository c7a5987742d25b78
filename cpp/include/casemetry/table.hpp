// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables: columns of one length, immutable and shared, so that a Table is a cheap handle.
///
/// Everything that is counted begins as a table: rows of cases, persons, events or leads. A table comes from the Arrow
/// C data interface (any data frame library of today), or from spans of a caller's own arrays. Text is kept as codes
/// into distinct labels, so that a condition on it is decided once a label and not once a row; dates are whole days as
/// written, never converted between zones; numbers are integers or declared decimals, never binary fractions.
///
/// A column is first kept as it came. What it means is said by a ColumnDefinition, and `Column::as` reads it so: text
/// becomes dates, aliases are applied, a closed category puts its declared values first. A cell that cannot be read so
/// is missing, counted and reported, never dropped.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <casemetry/arrow.hpp>
#include <casemetry/error.hpp>
#include <casemetry/export.hpp>

namespace casemetry {

/// A civil day as written.
using Date = std::chrono::local_days;

/// What a column holds. Text and category are stored alike; a category may be closed (its values are declared). A set
/// (集合) is of texts, such as the sources of a lead; its members may be closed too.
enum class Type : std::uint8_t { text, category, date, integer, decimal, boolean, set };

/// The word of a type in definitions: `text`, `category`, … A decimal's word carries its scale: `decimal(2)`.
CASEMETRY_EXPORT std::string type_name(Type type, int scale = 0);

/// A missing number: no value of an integer or decimal column (the least int64 itself counts as unreadable).
inline constexpr std::int64_t missing_number = std::numeric_limits<std::int64_t>::min();
/// A missing day.
inline constexpr std::int32_t missing_day = std::numeric_limits<std::int32_t>::min();
/// A day that has not come yet (`empty = "not_yet"`): not missing, later than any date. As a period it is undated.
inline constexpr std::int32_t not_yet_day = std::numeric_limits<std::int32_t>::max();
/// Whether it is a day of the calendar: neither missing nor yet to come.
constexpr bool is_day(std::int32_t day) {
  return day != missing_day && day != not_yet_day;
}

/// What a thing is called, Chinese first. Either may be empty; then the other, then the id, stands for it.
struct Label {
  std::string zh;
  std::string en;
  bool operator==(const Label&) const = default;
};

/// How one column of a table is to be read: the `[table.x.columns]` of a catalogue.
struct ColumnDefinition {
  std::string name;
  Type type = Type::text;
  int scale = 0;                    ///< decimal: digits after the point, 0 to 18
  std::vector<std::string> values;  ///< closes a category, or the members of sets: these values, in this order
  std::map<std::string, std::string> aliases;  ///< old spelling → value, applied when read
  std::string format;  ///< of dates, where a spelling is ambiguous: `month/day/year`, `day/month/year`
  std::optional<std::pair<std::int64_t, std::int64_t>>
      range;                      ///< numbers outside are unreadable; in units of the last digit
  bool empty_is_not_yet = false;  ///< dates: a blank is `not_yet_day`, not missing (`empty = "not_yet"`)
  bool identifies = false;        ///< identifies a person
  Label label;
  std::vector<std::string> also;  ///< names that a site may use for it
  bool operator==(const ColumnDefinition&) const = default;
};

/// What became of the cells of a column when it was read.
struct ColumnReport {
  std::string name;
  std::string read_as;  ///< the type, and for dates the spelling that was chosen: `date (month/day/year)`
  std::int64_t rows = 0;
  std::int64_t missing = 0;     ///< null, blank, NaN or not-a-time, unless a blank means not yet
  std::int64_t unreadable = 0;  ///< not readable as the type, or outside the range: missing from here on
  std::int64_t unlisted = 0;    ///< values that a closed category does not list: kept as written, unknown in predicates
  std::vector<std::string> examples;  ///< up to five different spellings of unreadable or unlisted cells
};

/// A spelling that occurs in a column, and what it is read as.
struct Spelling {
  std::string written;               ///< without blanks around it
  std::int64_t rows = 0;             ///< the rows that hold it; of a set the rows that hold it as a member
  std::optional<std::string> value;  ///< nothing if a closed category does not list it, or it is neither yes nor no
  bool operator==(const Spelling&) const = default;
};

/// Sets one after another, each as the codes of its members, ascending. A code that stands in it more than once is a
/// value that was counted so often: the set is a bag.
class CASEMETRY_EXPORT Sets {
 public:
  std::size_t size() const { return begins_.size() - 1; }
  std::span<const std::uint32_t> operator[](std::size_t set) const {
    return std::span(members_).subspan(begins_[set], begins_[set + 1] - begins_[set]);
  }
  /// Adds a set; its members are put in order.
  void add(std::span<const std::uint32_t> members);

 private:
  std::vector<std::size_t> begins_{0};
  std::vector<std::uint32_t> members_;
};

/// Codes of rows in the narrowest width that holds them. The code after the last, `missing_code()`, stands for a
/// missing cell.
using Codes =
    std::variant<std::span<const std::uint8_t>, std::span<const std::uint16_t>, std::span<const std::uint32_t>>;

/// One column. A value: copying shares the data.
class CASEMETRY_EXPORT Column {
 public:
  struct Data;  // cpp/src/table
  explicit Column(std::shared_ptr<const Data> data);

  /// Columns of computed cells, given as the accessors below give them. A code is a label's place, `labels.size()`
  /// missing; the first `listed` labels are listed, and a truth is 0, 1 or 2, missing. Numbers with a scale are
  /// decimals. Throws SchemaError if a code has no label.
  static Column of_days(std::string name, std::vector<std::int32_t> days);
  static Column of_numbers(std::string name, std::vector<std::int64_t> numbers, std::optional<int> scale = {});
  static Column of_truths(std::string name, std::vector<std::uint8_t> truths);
  static Column of_codes(std::string name, Type type, const std::vector<std::uint32_t>& codes,
                         std::vector<std::string> labels, std::size_t listed);
  /// A column of sets. A code is a set's place, `sets.size()` missing: an empty set is not a missing one. A member is a
  /// label's place; the first `declared` labels close what a member can be, none leaves it open. The column is in
  /// canonical order, whatever the order of rows, labels and sets was: labels declared, then by code points; of those
  /// that are not declared only the ones that occur; each different set once, ascending. Throws SchemaError if a code
  /// has no set, or a member no label. Linear in rows and members but for sorting the different sets.
  static Column of_sets(std::string name, const std::vector<std::uint32_t>& codes, const Sets& sets,
                        std::vector<std::string> labels, std::size_t declared);
  /// Other cells of the same labels and sets: type, labels and what is listed are this column's, and shared. Codes are
  /// as wide as this column's. Throws SchemaError if it is not coded, or if a code has no label.
  Column recoded(std::string name, const Codes& codes) const;
  /// The same cells with the empty set first among the sets, by the code 0, whether or not it occurs. Throws
  /// SchemaError if it is no column of sets. Linear in rows, and in members, unless the empty set is there already.
  Column with_empty_set() const;
  /// The same column by another name; its cells and its report are shared.
  Column renamed(std::string name) const;

  const std::string& name() const;
  Type type() const;
  int scale() const;
  std::int64_t rows() const;
  const ColumnReport& report() const;

  /// True for text, category and boolean (labels `false`, `true`): stored as codes into labels.
  bool coded() const;
  /// The distinct labels; a closed category begins with its declared values. Of sets: those of their members. Throws
  /// SchemaError on other columns.
  std::span<const std::string> labels() const;
  /// How many of the labels are listed: all of them unless the category is closed.
  std::size_t listed() const;
  /// The distinct sets of a column of sets. Throws SchemaError on another column.
  const Sets& sets() const;
  /// A code a row: the place of its label, or of its set.
  Codes codes() const;
  /// The code of a missing cell: `labels().size()`, of sets `sets().size()`.
  std::size_t missing_code() const;
  /// A date column's days since 1970-01-01; `missing_day` is missing, `not_yet_day` not yet.
  std::span<const std::int32_t> days() const;
  /// An integer column's values, or a decimal's times ten to the scale; `missing_number` is missing.
  std::span<const std::int64_t> numbers() const;

  /// The same column read as its definition says. Throws DataError if dates can be read two ways and no format is said,
  /// or if the stored type can never be read as the wanted one. Linear in labels for coded columns, in rows else.
  Column as(const ColumnDefinition& definition) const;
  /// The same column read as dates, by the one spelling that fits all its values.
  Column as_dates(const std::string& format = {}) const;
  /// The spellings that occur, each with what it is read as by a definition of text, a category, a boolean or a set;
  /// those of most rows first, then by code points. Numbers and days are spelled as they are printed. Blanks are left
  /// out. Linear in labels for coded columns, in rows else.
  std::vector<Spelling> spellings(const ColumnDefinition& definition) const;
  /// The same column with the cells of these rows only, as `Table::take` chooses them.
  Column take(std::span<const std::int64_t> rows) const;
  /// The cells of columns one below the other, under a name. Columns of one type keep it. Where the types differ, as
  /// when one file has whole numbers only and the next a text, the cells are taken as they are written and the type is
  /// guessed anew, as for files. Throws SchemaError if there is no column, or if sets meet cells that are none. Linear
  /// in rows and labels.
  static Column stacked(std::span<const Column> columns, std::string name);

 private:
  Column(std::shared_ptr<const Data> data, std::string name);

  std::shared_ptr<const Data> data_;
  std::string name_;
};

/// What a caller's own array may be.
struct NamedColumn {
  using Values = std::variant<std::span<const std::string_view>, std::span<const std::string>, std::span<const Date>,
                              std::span<const std::optional<Date>>, std::span<const std::int64_t>,
                              std::span<const std::optional<std::int64_t>>, std::span<const bool>>;
  std::string name;
  Values values;
};

/// How a table is to be read.
struct ReadOptions {
  std::string name = "table";        ///< for messages and the report
  std::vector<std::string> columns;  ///< only these; empty: all
  /// Read a text column as integers or dates if every cell is one (for files, which have no types). A type that is
  /// declared later still reads what was written.
  bool guess_types = false;
};

/// Columns of one length.
class CASEMETRY_EXPORT Table {
 public:
  /// Columns of one length and different names. Throws SchemaError.
  explicit Table(std::vector<Column> columns, std::string name = "table");
  /// Reads a stream to its end. Takes ownership: on return, and when it throws, the stream is released. Every structure
  /// is validated before it is used. Throws SchemaError for a type that is not read (by column and type) and for a
  /// malformed structure.
  static Table from_arrow(ArrowArrayStream* stream, const ReadOptions& options = {});
  /// One record batch; takes ownership of both.
  static Table from_arrow(ArrowSchema* schema, ArrowArray* array, const ReadOptions& options = {});
  /// Columns from a caller's own arrays; they are copied. A blank text is missing, a day outside the years 1 to 9999 is
  /// unreadable. Throws SchemaError for text that is not UTF-8.
  static Table of(std::initializer_list<NamedColumn> columns, std::string name = "table");

  const std::string& name() const;
  std::int64_t rows() const;
  std::span<const Column> columns() const;
  std::vector<std::string> column_names() const;
  bool has(std::string_view column) const;
  /// Throws ColumnNotFoundError with the nearest name.
  const Column& column(std::string_view name) const;
  /// A report a column, in their order, under the names they have here.
  std::vector<ColumnReport> report() const;
  /// These rows, counted from 0, in this order; all columns as they are stored. Linear in rows and, for coded columns,
  /// in labels. Throws SchemaError if there is no such row.
  Table take(std::span<const std::int64_t> rows) const;
  /// These columns under other names, each given as its name here and the new one, in this order: as a catalogue calls
  /// them. Cells are shared. Throws ColumnNotFoundError for a column that is not there, SchemaError if there is none
  /// or a new name stands twice.
  Table renamed(std::span<const std::pair<std::string, std::string>> names, std::string name) const;
  /// Tables one below the other, such as the files of several months, with the columns of the first in its order.
  /// Throws SchemaError if there is no table, or if one has other columns, in any order; it says which.
  static Table stacked(std::span<const Table> tables, std::string name = "table");
  /// Hands out the columns as a stream of one batch: text as `utf8`, a category as a dictionary, `bool`, `date32`,
  /// `int64`, `decimal128(38, scale)`, a set as `list<utf8>`. A missing cell, and a day that has not come yet, are
  /// null.
  void to_arrow(ArrowArrayStream* out) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace casemetry
