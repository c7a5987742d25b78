// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cubes: tables of sufficient statistics. One parallel pass over each table, and every question after that is answered
/// from the cube.
///
/// A cube holds integers only: for each cell that occurs (one value of every dimension, one reporting month) the number
/// of units, and for each aggregate how many of them are true, unknown and not applicable; false is what remains.
/// Beside them stand the sums, the exact histograms of days, and for each proportion the joint outcomes of numerator
/// and denominator. The counts are the same for any number of threads, any chunking and any order of rows.
///
/// A cube is a value. Cubes of months, regions, threads or workers add up to the cube of all their rows, exactly and in
/// any order, and what was added can be taken away again; a cube that could count a unit twice is refused. It is kept
/// in one canonical form: labels in declared, then code-point order, cells that occur, labels that are used. Two cubes
/// that count the same have the same bytes and so the same fingerprint.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/export.hpp>
#include <casemetry/table.hpp>
#include <casemetry/units.hpp>
#include <casemetry/wide.hpp>

namespace casemetry {

/// Reporting months are counted from the year 0: `12 · year + month − 1`.
inline constexpr std::int32_t undated = std::numeric_limits<std::int32_t>::max();

/// Counts of one aggregate, a number a cell; an empty vector stands for zeros. What is pending (未结) has them twice:
/// one more where a unit is opened, one less where it is closed (not applicable: it was not opened up to then, and is
/// unknown from there on); a closing after the day at which the data stand has not come yet.
struct AggregateCounts {
  std::string aggregate;
  std::vector<std::int64_t> yes, unknown, not_applicable;  ///< outcomes of the predicates, whatever is summed
  // sum: over the units that are true and whose value is known
  int scale = 0;  ///< digits after the point of the column that is summed: a decimal's sums are in its last digit
  std::vector<std::int64_t> n;
  std::vector<Wide> sum, sum_of_squares;
  // days: over the units that are true and whose dates are known; cell i has the (day, count) pairs from offsets[i] to
  // offsets[i + 1], by ascending day. pending: the days of opening, since 1970-01-01
  std::vector<std::int64_t> offsets;
  std::vector<std::int32_t> days;
  std::vector<std::int64_t> day_counts;
  bool operator==(const AggregateCounts&) const = default;
};

/// The joint outcomes of a proportion's numerator N and denominator D, a number a cell. An empty vector stands for
/// zeros.
struct JointCounts {
  std::string numerator, denominator;                     ///< the formulas over aggregates, as text
  std::vector<std::int64_t> both_true;                    ///< x
  std::vector<std::int64_t> known;                        ///< n: D true, N known
  std::vector<std::int64_t> numerator_unknown;            ///< a: D true, N unknown
  std::vector<std::int64_t> both_unknown;                 ///< b
  std::vector<std::int64_t> denominator_unknown_n_false;  ///< c
  std::vector<std::int64_t> denominator_unknown_n_true;   ///< d
  bool operator==(const JointCounts&) const = default;
};

/// The cells of one unit, its units placed by one date column. Cells are sorted by dimension labels, then month; they
/// all occur. Aggregates are sorted by id, proportions by their formulas.
struct Block {
  std::string unit;
  std::string date;  ///< empty: not placed, every cell's month is `undated`
  std::vector<std::uint32_t>
      codes;  ///< cells × dimensions, row by row: a code into the dimension's labels; `labels.size()` is missing
  std::vector<bool> has_dimension;  ///< which dimensions this unit has; a lacking one has code 0
  std::vector<std::int32_t> months;
  std::vector<std::int64_t> units;
  std::vector<AggregateCounts> aggregates;
  std::vector<JointCounts> proportions;
  std::size_t cells() const { return units.size(); }
  bool operator==(const Block&) const = default;
};

/// A code of a hierarchy (层级): the code above it, none if it is empty, and what it is called.
struct HierarchyCode {
  std::string code, parent, name;
  bool operator==(const HierarchyCode&) const = default;
};

/// The labels of a dimension that some cell has: declared ones first, in their order, then the others by code point.
struct DimensionLabels {
  std::string id;
  std::vector<std::string> labels;
  std::size_t listed = 0;  ///< labels from here on are not listed by the closed category
  bool identifies = false;
  std::vector<std::string> declared;   ///< all values that closed categories declare, used or not, in their order
  std::vector<std::string> closed_in;  ///< the units whose column is a closed category, sorted
  /// Of a hierarchy that a table tells: the labels that it knows and all codes above them, by code. Labels that it does
  /// not know are not listed.
  std::optional<std::vector<HierarchyCode>> hierarchy{};
  bool operator==(const DimensionLabels&) const = default;
};

/// A level above the labels of a dimension, in a question a dimension of its own. A label that the hierarchy does not
/// know, or that is shorter than the level's prefix, stands there as it is written, not listed; a code that is above
/// the level stands there for itself.
struct DimensionLevel {
  DimensionLabels labels;
  std::size_t dimension = 0;         ///< that it is a level of
  std::vector<std::uint32_t> codes;  ///< the code of each label of the dimension here, the missing one last
};

/// How a cube is built.
struct BuildOptions {
  std::vector<std::string> by;                ///< the dimensions that are kept
  std::optional<Date> as_of;                  ///< the day the data stand at; carried, filters no row
  std::vector<std::string> indicators;        ///< only these; empty: all that the tables at hand allow
  int threads = 0;                            ///< 0: all processors that are at hand
  std::size_t morsel = std::size_t{1} << 16;  ///< rows that a task takes at once
  /// A promise: no two parts share a value of these columns. It lets cubes of collapsed units be added if the columns
  /// are in the units' keys, and cubes with lookups if they are in what is looked up by.
  std::vector<std::string> partitioned_by;
  std::string part;                ///< the name of this part; no two parts of a sum bear the same
  std::vector<std::string> whole;  ///< tables of which every part is given all rows: looking up in them is safe
  /// The groupings of sources by whose patterns leads are counted, by `by` and the dates of their stages: nothing is
  /// all of the catalogue. Each is a dimension of its own (`@origin`), after those of `by`. Of each lead set all
  /// sources are counted as well (`@source`), over all. A catalogue without lead sets has neither.
  std::optional<std::vector<std::string>> groupings;
};

/// Sufficient statistics. A value: copying shares it.
class CASEMETRY_EXPORT Cube {
 public:
  struct Data {
    Catalogue catalogue;
    std::vector<DimensionLabels> dimensions;
    std::optional<Date> as_of;
    std::vector<Block> blocks;                 ///< by unit, then date
    std::map<std::string, std::int64_t> rows;  ///< rows read, by table
    std::map<std::string, std::vector<ColumnReport>>
        reports;                           ///< what became of the cells of the columns that were read, by table
    std::vector<UnitReport> unit_reports;  ///< what became of the rows of the units that were made, by unit
    std::map<std::string, std::string>
        not_available;  ///< indicator, or `lead.` and a lead set → why it cannot be computed from the tables at hand
    std::vector<std::string> indicators;      ///< those it was built for; empty: all of the catalogue
    std::vector<std::string> partitioned_by;  ///< the promise, sorted
    std::set<std::string> parts;              ///< the names of the parts that were added up
    std::set<std::string> whole;              ///< the tables of which every part was given all rows
    std::vector<std::int32_t> holidays;       ///< as `Holidays::listed`, if working days were counted
    std::map<std::string, std::vector<GroupedSource>> groupings;  ///< as tables told them, if patterns were counted
  };
  explicit Cube(Data data);

  const Catalogue& catalogue() const;
  std::span<const DimensionLabels> dimensions() const;
  /// The levels of its hierarchies: by dimension, coarsest first.
  std::span<const DimensionLevel> levels() const;
  std::optional<Date> as_of() const;
  std::span<const Block> blocks() const;
  /// The block of a unit and date, or null.
  const Block* block(std::string_view unit, std::string_view date) const;
  std::int64_t cells() const;
  const std::map<std::string, std::int64_t>& rows() const;
  const std::map<std::string, std::vector<ColumnReport>>& reports() const;
  std::span<const UnitReport> unit_reports() const;
  const std::map<std::string, std::string>& not_available() const;
  /// What a question that names no indicators asks for: those it was built for, else all of the catalogue.
  std::vector<std::string> indicators() const;
  std::span<const std::string> partitioned_by() const;
  const std::set<std::string>& parts() const;
  const std::set<std::string>& whole() const;
  /// The groups of sources that tables told, by grouping.
  const std::map<std::string, std::vector<GroupedSource>>& groupings() const;

  /// Adds a cube of other rows: labels and cells are united, counts add, a later `as_of` is kept, row counts and
  /// reports add. The sum is the cube of all rows, byte for byte, in any order of adding. Linear in the cells of both.
  /// Throws MergeError, with every reason, if the aggregates or dimensions are not the same ones, if what is pending
  /// stands at different days, if a part is inside already, or if a unit could be counted twice (see
  /// `BuildOptions::partitioned_by`); DataError if a count does not fit. The cube is unchanged when it throws.
  Cube& operator+=(const Cube& other);
  /// Takes away what was added: a part that is inside, or unlabelled plain rows. Throws MergeError also if a part is
  /// not inside, or if any integer would become negative (with cell and aggregate). `as_of` stays.
  Cube& operator-=(const Cube& other);
  friend Cube operator+(Cube left, const Cube& right) { return std::move(left += right); }
  friend Cube operator-(Cube left, const Cube& right) { return std::move(left -= right); }
  /// Whether they count the same by the same definitions: equal canonical bytes.
  CASEMETRY_EXPORT friend bool operator==(const Cube& left, const Cube& right);

  /// The same counts with further indicators over them, or a grouping of sources to ask contributions by; one of the
  /// same id is replaced. No count is copied for that, nor for a question; adding, keeping, rolling up, comparing and
  /// writing the new cube copy them all. Throws DefinitionError with every fault, and for another grouping of the name
  /// of one that a count or dimension rests on.
  Cube with(Indicator indicator) const;
  Cube with(std::vector<Indicator> indicators) const;
  Cube with(Grouping grouping) const;

  /// The part that counts these aggregates: their counts, the joint counts of proportions of them, and a catalogue of
  /// them and the indicators that rest on no others. Throws QueryError for a name that the cube does not hold.
  Cube keep(std::span<const std::string> aggregates) const;
  /// The same counts by fewer dimensions, in this order. Throws QueryError for a name that is no dimension of it,
  /// DataError if a count does not fit.
  Cube roll_up(std::span<const std::string> by) const;

  /// SHA-256 of the canonical bytes, 64 hexadecimal digits: dimensions with their definitions, cells, counts, and the
  /// count hashes of the aggregates. Labels and notes of the catalogue, `as_of`, parts, row counts and reports stay
  /// outside. Linear in the cells.
  std::string fingerprint() const;

  /// One table, a row a cell: `unit`, `date` (the date column that places it), the dimensions, `period`, `units`, then
  /// `<aggregate>.true`, `.unknown`, `.not_applicable`, `.n`, `.sum`, `.sum_of_squares` (decimal128), `.days` (lists of
  /// day and count) and the joint counts of proportions; the catalogue and all else in the schema's metadata. A
  /// dimension is null where the label is missing, and where the unit lacks it: which units have it is in the metadata.
  /// The stream owns what it hands out. Throws DataError if a sum has more than 38 digits.
  void to_arrow(ArrowArrayStream* out) const;
  /// Reads it back, rows in any order, counts changed by whatever library: so cubes are made elsewhere. Takes ownership
  /// of the stream. Throws SchemaError, with column and row, for every way in which it can be false.
  static Cube from_arrow(ArrowArrayStream* stream);

  /// The whole cube in a checked container: a mark, the version of the form, length, SHA-256, then the canonical bytes
  /// and what stands outside them. The same for the same cube on every machine.
  std::string bytes() const;
  /// Reads them back; `name` begins messages. Throws SchemaError if they are no cube, are cut off or damaged, or of
  /// another form (which).
  static Cube from_bytes(std::string_view bytes, const std::string& name = "these bytes");
  /// Writes a file so that whoever opens it finds the old content or the new, never a part: to a new file beside it, to
  /// the disk, then by its name. Throws Error if it cannot be written, and why; what was there is untouched.
  void save(const std::string& path) const;
  /// Throws as `from_bytes`, and SchemaError if there is no such file.
  static Cube load(const std::string& path);

 private:
  std::shared_ptr<const Data> data() const;

  std::shared_ptr<const Data> data_;
  std::shared_ptr<const std::vector<DimensionLevel>> levels_;
  std::optional<Catalogue> further_;  // with definitions that were added over the counts
};

/// Builds a cube in one pass over each table (one for each date column that places its units). A table or column that
/// is not given makes its indicators `not_available`, with the reason. Throws ColumnNotFoundError or QueryError if
/// `indicators` names one of those, if `by` is no dimension, or if `groupings` are not declared; DefinitionError with
/// every fault of a predicate over columns that the catalogue does not declare; DataError if two counts that a
/// proportion adds are both true of a row, if a lead weighs less than nothing, if a sum of squares does not fit 128
/// bits, or if there are more than 2⁶³ possible cells.
///
/// Leads are counted by the patterns of their sources as `Catalogue::with_patterns` says, and the cube's catalogue has
/// these definitions. If the tables at hand do not allow all of them, `not_available` says why under `lead.` and the
/// name of the lead set.
CASEMETRY_EXPORT Cube build(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options = {});

/// What a build would do, told before it.
struct Plan {
  /// A table, and which of its columns are read.
  struct Read {
    std::string table;
    std::int64_t rows = 0;
    std::vector<std::string> columns;
  };
  /// What is counted, and what it is made from.
  struct Unit {
    std::string id;
    std::string from;              ///< a table or another unit; a table whose rows are units: itself
    std::string pattern;           ///< of leads by the pattern of their sources: `pattern(sources, @origin)`
    std::vector<std::string> key;  ///< one unit for each; empty: each row is a unit
    std::int64_t units = 0;
  };
  /// What an aggregate costs. Of lanes, the conditions that the pass asks of every unit at once, those that others ask
  /// too are among them.
  struct Cost {
    std::string aggregate;
    Aggregate::Kind kind = Aggregate::Kind::count;
    std::size_t lanes = 0;
    std::size_t computed = 0;  ///< outcomes worked out unit by unit, for no code of one column decides them
  };
  /// How many values a dimension, or the month, of a block may have; the missing one is among them.
  struct Axis {
    std::string name;
    std::uint64_t values = 0;
  };
  /// A pass: the units of one kind, placed by one date (empty: not placed).
  struct Block {
    std::string unit, date;
    std::vector<Axis> axes;
    std::uint64_t cells = 0;      ///< that may occur, at most: not more than the axes allow, nor than there are units
    bool numbers_cells = false;   ///< too many are possible: a pass before it finds those that occur
    std::size_t lanes = 0;        ///< all, each once
    std::size_t proportions = 0;  ///< whose numerator and denominator are counted together
    std::uint64_t morsels = 0;    ///< tasks, of `morsel` units each
    std::uint64_t bytes = 0;      ///< of a thread's counters, at most: memory that no cell needs is not touched
    std::vector<Cost> aggregates;
  };
  std::vector<Read> tables;
  std::vector<Unit> units;
  std::vector<Block> blocks;
  std::map<std::string, std::string> not_available;  ///< indicator → why
  std::size_t morsel = 0;
  std::uint64_t cells() const;  ///< over all blocks, at most
  std::uint64_t bytes() const;  ///< of the largest block, a thread: one is counted after the other
};

/// Plans a build: the same steps up to the pass, which is left out. Units are made, for what they hold decides the
/// plan; only the number of cells and the memory are upper bounds, all else is what the build will do. Throws as
/// `build` does.
CASEMETRY_EXPORT Plan plan(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options = {});

}  // namespace casemetry
