// SPDX-License-Identifier: Apache-2.0
/// \file
/// Catalogues: definitions of what is counted and what is measured, as plain values, and one validator for all of them.
///
/// An aggregate is what a cube keeps a column of: a count of the rows for which a predicate holds, a sum, or a
/// histogram of days. An indicator is a formula over aggregates. A catalogue is written in code, in TOML or in JSON,
/// the exchanged form; all three are the same tree. A `Catalogue` that exists is valid: its constructor tells every
/// fault at once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casemetry/error.hpp>
#include <casemetry/export.hpp>
#include <casemetry/expression.hpp>
#include <casemetry/table.hpp>

namespace casemetry {

/// A table that a catalogue reads. A table of which no columns are declared takes whatever types its data have.
struct TableDefinition {
  std::string id;
  Label label;
  std::string counts;  ///< what a row is: `person` (人), `case` (件), `occasion` (件次), `lead` (条); or empty
  Label counts_label;  ///< or a label of its own: `counts = { zh = "罪名", en = "charge" }`
  std::vector<std::string> key;  ///< the columns that name a row; documents
  std::vector<ColumnDefinition> columns;
  bool operator==(const TableDefinition&) const = default;
};

/// One dimension, whatever each table calls its column. A column name that no dimension declares is a dimension by
/// itself.
struct Dimension {
  std::string id;
  std::map<std::string, std::string> from;  ///< unit → column; empty: the column of its own name, on every unit
  Label label;
  bool operator==(const Dimension&) const = default;
};

/// How days become reporting months, and months years. A reporting month bears the name of the month it ends in.
struct Calendar {
  int month_starts_on = 1;  ///< 1 to 28; 26: from the 26th to the 25th
  int year_starts_on = 1;   ///< a month, 1 to 12
  bool operator==(const Calendar&) const = default;
};

/// A column of the cube.
struct Aggregate {
  enum class Kind : std::uint8_t { count, sum, days };
  std::string id;
  Kind kind = Kind::count;
  std::string unit;  ///< what is counted: a table, its rows
  std::optional<std::string>
      date;  ///< the date column that places a unit in a period; without one only whole-data questions
  std::optional<Expression> where;
  std::optional<Expression> applies_where;
  std::string column;      ///< of a sum: an integer or decimal column
  std::string start, end;  ///< of days: two date columns; the days are end − start
  Label label;
};

/// An exact fraction, in lowest terms, denominator positive.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool operator==(const Rational&) const = default;
};

/// A linear combination of aggregates or of count indicators: `arrested + 1/2 * refused`. Both may have the same id;
/// then the aggregate goes first.
struct Formula {
  struct Term {
    Rational coefficient{1, 1};
    std::string name;
    bool operator==(const Term&) const = default;
  };
  std::vector<Term> terms;
  /// Throws DefinitionError with the position.
  CASEMETRY_EXPORT static Formula parse(std::string_view text);
  CASEMETRY_EXPORT std::string text() const;
  bool operator==(const Formula&) const = default;
};

/// A measure: a formula over aggregates, and how it is read.
struct Indicator {
  enum class Kind : std::uint8_t { count, sum, proportion, ratio, mean, quantile };
  enum class Format : std::uint8_t { automatic, percent, count, one_to, per_100, days, decimal };
  std::string id;
  Label label;
  Kind kind = Kind::count;
  Formula of;                      ///< count, sum, mean, quantile (the last two: one aggregate)
  Formula numerator, denominator;  ///< proportion: sums of disjoint counts on one unit and one date; ratio: any
  Rational q{1, 2};                ///< of a quantile
  std::string interval;            ///< its name, `none`, or empty for the default of the kind
  Format format = Format::automatic;
  std::optional<int> decimals;
  std::string direction;  ///< higher, lower, neutral, range, or empty
  std::optional<std::pair<Rational, Rational>> range;
  std::vector<std::string> paired_with;  ///< the indicators to read beside it (对照指标)
  std::int64_t min_n = 0;                ///< smaller denominators get the flag `small`
  std::string evidence;                  ///< stated, reproduced, inferred, unconfirmed, or empty
  std::string reference;
  Label note;
};

/// All definitions of a catalogue, as plain values.
struct Definitions {
  std::string id;
  Label label;
  std::map<std::string, std::vector<Literal>> lists;  ///< text that reads as a date is one
  Calendar calendar;
  std::vector<TableDefinition> tables;
  std::vector<Dimension> dimensions;
  std::vector<Aggregate> aggregates;
  std::vector<Indicator> indicators;
};

/// A valid set of definitions. A value: copying shares it.
class CASEMETRY_EXPORT Catalogue {
 public:
  /// Validates. Throws DefinitionError with every fault.
  explicit Catalogue(Definitions definitions);
  /// Reads the exchanged form (the TOML tree as JSON; dates as text). Throws DefinitionError with every fault: those of
  /// form and of meaning, unknown keys with the nearest valid one, duplicate keys.
  static Catalogue from_json(std::string_view json);

  const Definitions& definitions() const;
  /// Throws QueryError with the nearest name.
  const Indicator& indicator(std::string_view id) const;
  const Aggregate& aggregate(std::string_view id) const;
  /// Null if the table is not declared.
  const TableDefinition* table(std::string_view id) const;
  /// The column that is dimension `name` on `unit`: the declared one, or `name` itself; nothing if a declared dimension
  /// has none there.
  std::optional<std::string> dimension_column(std::string_view name, std::string_view unit) const;
  /// The columns of a table that its aggregates read, sorted.
  std::vector<std::string> columns(std::string_view table) const;
  /// A formula with its count indicators replaced by aggregates, like terms added.
  Formula over_aggregates(const Formula& formula) const;
  /// The aggregates that an indicator needs, sorted.
  std::vector<std::string> needs(const Indicator& indicator) const;

  /// A new catalogue with one more definition (or one replaced, by id).
  Catalogue with(Aggregate aggregate) const;
  Catalogue with(Indicator indicator) const;
  /// A new catalogue with these indicators only, and just the aggregates, tables, columns and lists they need (and the
  /// columns of keys and declared dimensions). Counts that a formula names and that do not stay are replaced by their
  /// aggregates. Throws QueryError with the nearest name.
  Catalogue only(std::span<const std::string> indicators) const;

  /// Both forms read back to the same definitions. Keys in a fixed order; defaults left out.
  std::string json() const;
  std::string toml() const;

  /// Of an indicator's text: its formula, kind and all that it is built from; never labels, notes or formats.
  std::string definition_hash(std::string_view indicator) const;
  /// Of an aggregate: its unit, predicates, date, calendar, the declared values and lists it uses; never labels,
  /// aliases or notes.
  std::string count_hash(std::string_view aggregate) const;

 private:
  struct Data;
  explicit Catalogue(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

/// The JSON Schema of the exchanged form, with one example a key.
CASEMETRY_EXPORT std::string catalogue_schema();

/// SHA-256 (FIPS 180-4) in hexadecimal digits.
CASEMETRY_EXPORT std::string sha256(std::string_view bytes);

}  // namespace casemetry
