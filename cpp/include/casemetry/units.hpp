// SPDX-License-Identifier: Apache-2.0
/// \file
/// Units (计数单位): what is counted, if it is not the rows of a table as they came. The rows of a table are collapsed
/// to one for each key, then columns of other units are looked up, then columns are derived. Keys live here and only
/// here.
///
/// A cube makes the units that it counts by itself. `units` makes one as a table, to look at or to test a definition;
/// `RowSets` makes them column by column, for whoever goes on from there.
///
/// Collapsing skips missing cells: where none is left the value is missing, `count` 0, `any` false and `all` true, and
/// `set`, `bag`, `earliest` and `latest` are the empty set. A row whose condition or time is unknown is skipped and
/// counted. `only` is missing where the rows disagree, and that is
/// counted too. The result depends on no order of rows, no number of threads and no chunking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/export.hpp>
#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>

namespace casemetry {

/// Tables by the name that the catalogue gives them.
using Tables = std::map<std::string, Table, std::less<>>;

/// How units are made.
struct UnitOptions {
  std::vector<std::string> columns;           ///< only these, besides the key; empty: all
  int threads = 0;                            ///< 0: all processors that are at hand
  std::size_t morsel = std::size_t{1} << 16;  ///< rows that a task takes at once
};

/// What became of rows when a unit was made, as far as its columns were.
struct UnitReport {
  struct Collapsed {
    std::string column;
    std::int64_t disagreeing = 0;  ///< units whose rows disagree under `only`: missing
    std::int64_t skipped = 0;      ///< rows whose condition, time, or what is counted, is unknown
    bool operator==(const Collapsed&) const = default;
  };
  struct LookedUp {
    std::string lookup;
    std::int64_t found = 0;
    std::int64_t not_found = 0;   ///< a missing key finds nothing
    std::int64_t duplicates = 0;  ///< units whose key stands twice on the other side: unknown
    bool operator==(const LookedUp&) const = default;
  };
  std::string unit;
  std::int64_t rows = 0;   ///< of its source
  std::int64_t units = 0;  ///< rows of its own
  std::vector<Collapsed> columns;
  std::vector<LookedUp> lookups;
  bool operator==(const UnitReport&) const = default;
};

/// A row of a table that tells groups of sources: the group that a source is in, from one day to another, both
/// included.
struct GroupedSource {
  std::string source;
  std::string group;
  std::int32_t valid_from = missing_day;  ///< `missing_day`: from the beginning
  std::int32_t valid_to = missing_day;    ///< `missing_day`: for good
  auto operator<=>(const GroupedSource&) const = default;
};

/// Why something cannot be had from the tables at hand. Without a reason it can.
struct Lack {
  std::string reason;
  bool of_table = false;  ///< a table is not given; else a column
  explicit operator bool() const { return !reason.empty(); }
};

/// The rows of a table or unit as the catalogue reads them. A column is read or made when something asks for it, and
/// once. Not for several threads at once; what it does itself is parallel.
class CASEMETRY_EXPORT RowSet {
 public:
  virtual ~RowSet();
  RowSet(const RowSet&) = delete;
  RowSet& operator=(const RowSet&) = delete;

  /// The name of the table or unit.
  const std::string& id() const { return id_; }
  /// The names of its columns: of a unit its key (without one the source's columns), then what is looked up, then its
  /// own.
  virtual std::vector<std::string> column_names() const = 0;
  /// Why there are no rows, or why they have no such column.
  virtual Lack lacking() = 0;
  virtual Lack lacking(std::string_view column) = 0;
  /// The definition of a column: as declared, as it is stored, or as its expression makes it. Null if there is none.
  /// Throws DefinitionError with the faults of an expression over columns that the catalogue does not declare.
  virtual const ColumnDefinition* definition(std::string_view column) = 0;
  /// The names that an expression over these rows may use.
  virtual Scope scope() = 0;

  virtual std::int64_t rows() = 0;
  /// Throws QueryError or ColumnNotFoundError if it is lacking, DataError for data that the unit cannot be made of.
  virtual const Column& column(std::string_view name) = 0;
  /// The rows of the table at the end of `from` that went into the chosen rows of this set, ascending; `chosen` has a
  /// flag a row.
  virtual std::vector<std::int64_t> rows_behind(std::span<const std::uint8_t> chosen) = 0;

 protected:
  explicit RowSet(std::string id) : id_(std::move(id)) {}
  /// Throws what a lack is told by.
  static void require(const Lack& lack);

 private:
  std::string id_;
};

/// The rows of all tables at hand, and of the units that can be made of them.
class CASEMETRY_EXPORT RowSets {
 public:
  RowSets(Tables tables, Catalogue catalogue, std::size_t morsel = UnitOptions{}.morsel);
  ~RowSets();
  RowSets(const RowSets&) = delete;
  RowSets& operator=(const RowSets&) = delete;

  const Catalogue& catalogue() const;
  /// Null if it is no unit and such a table is not given.
  RowSet* find(std::string_view unit_or_table);
  /// Throws QueryError.
  RowSet& at(std::string_view unit_or_table);
  /// Why there are no such rows.
  Lack lacking(std::string_view unit_or_table);
  /// Why an expression cannot be decided: it needs a table of holidays, or of groups of sources, that is not given.
  Lack lacking(const Expression& expression);
  /// The holidays of the calendar, if the expression counts working days; else none, and their table is not read.
  /// Throws as reading them does.
  Holidays holidays(const Expression& expression);
  /// The holidays that some expression so far needed; none if none did.
  Holidays holidays() const;
  /// The groups of a grouping: as they are listed, or as its table tells them. Throws as reading the table does, and
  /// DataError with the rows for what it cannot mean: no source or no group, a first day after the last, a source in
  /// two groups at one time.
  const std::vector<GroupedSource>& groups(const Grouping& grouping);
  /// The groups that tables told the patterns made so far, by grouping: each different row once, sorted.
  std::map<std::string, std::vector<GroupedSource>> groupings() const;
  /// Where a row is found, for messages: `lead_id = 'L07'` by the key of the unit or of what its rows are, declared for
  /// a table; without one `row 12`.
  std::string row_text(std::string_view unit_or_table, std::size_t row);
  /// What became of the rows of units, and of the cells of tables, that were asked for.
  std::vector<UnitReport> unit_reports() const;
  std::map<std::string, std::vector<ColumnReport>> table_reports() const;
  /// How many rows each table has that was read.
  std::map<std::string, std::int64_t> table_rows() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

/// A unit as a table: its key, what it looked up and its own columns, sorted by key (labels in declared, then
/// code-point order). Without a key, and of a table, the rows in their own order. Throws QueryError if it is neither,
/// QueryError or ColumnNotFoundError for what the tables lack, DataError if a key has a missing cell, if a lookup finds
/// two rows, or if a sum does not fit 64 bits.
CASEMETRY_EXPORT Table units(const Tables& tables, const Catalogue& catalogue, std::string_view unit,
                             const UnitOptions& options = {});

}  // namespace casemetry
