// SPDX-License-Identifier: Apache-2.0
/// \file
/// Catalogues: definitions of what is counted and what is measured, as plain values, and one validator for all of them.
///
/// A unit (计数单位) is what is counted: the rows of a table, or what they are collapsed to. An aggregate is what a
/// cube keeps a column of: a count of the units for which a predicate holds, a sum, a histogram of days, or what is
/// pending. An indicator is a formula over aggregates. A catalogue is written in code, in TOML or in JSON, the
/// exchanged form; all three are the same tree. A `Catalogue` that exists is valid: its constructor tells every fault
/// at once.
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
  std::vector<std::string> key;   ///< the columns that name a row; documents
  std::vector<std::string> also;  ///< names that a site may use for it
  /// Date columns that follow each other (日期先后): `in_order = [["received_on", "decided_on"]]`. A check tells the
  /// rows that do not; nothing that is counted changes.
  std::vector<std::vector<std::string>> in_order;
  std::string entered;  ///< the date column that says when a row was entered (录入日期); a check tells late ones
  std::vector<ColumnDefinition> columns;
  bool operator==(const TableDefinition&) const = default;
};

/// Columns of another unit, found by key, many to one: each unit finds at most one of the other side. Where none is
/// found they are null, or `otherwise`, and the predicate `found(name)` is false.
struct Lookup {
  std::string name;
  std::string from;                                     ///< a unit or table
  std::vector<std::pair<std::string, std::string>> on;  ///< this side's column, the other's
  std::vector<std::string> take;                        ///< columns of the other side, under their own names
  std::map<std::string, Literal> otherwise;             ///< of columns that are taken, where nothing is found
  /// A key that stands twice on the other side is an error; with this it is unknown, and counted.
  bool duplicates_unknown = false;
  bool operator==(const Lookup&) const = default;
};

/// A column of a unit. Inside a collapse call (`any all count min max sum only`) names are columns of the source,
/// outside it the unit's own: its key, what it looked up, and its other columns, in any order.
struct UnitColumn {
  std::string name;
  Expression value;
};

/// What is counted, if it is not the rows of a table: the rows of `from` collapsed to one for each key, then columns
/// looked up, then columns derived. Without a key each row of `from` is a unit and all its columns remain.
struct UnitDefinition {
  std::string id;
  Label label;
  std::string from;                      ///< a table, or another unit
  std::string counts;                    ///< `person` (人), `case` (件), `occasion` (件次), `lead` (条); or empty
  Label counts_label;                    ///< or a label of its own
  std::vector<std::string> one_row_per;  ///< the key; empty: each row of `from` is a unit
  std::vector<std::string> take;         ///< without a key: the columns of `from` that it keeps; empty: all
  std::vector<Lookup> lookups;
  std::vector<UnitColumn> columns;
};

/// The levels above the codes of a dimension, by a table of parents or by prefixes of the codes.
struct Hierarchy {
  std::string table;                ///< a declared table with the columns `code` and `parent`, and `name` if it has one
  std::vector<int> prefixes;        ///< lengths, ascending; GB/T 2260: 2, 4, 6
  std::vector<std::string> levels;  ///< names, coarsest first
  bool operator==(const Hierarchy&) const = default;
};

/// One dimension, whatever each unit calls its column. A column name that no dimension declares is a dimension by
/// itself.
struct Dimension {
  std::string id;
  std::map<std::string, std::string> from;  ///< unit → column; empty: the column of its own name, on every unit
  Label label;
  std::vector<std::int64_t>
      bands;  ///< of numbers: the first value of each band but the lowest; 18, 25: <18, 18–24, ≥25
  Hierarchy hierarchy;
  bool operator==(const Dimension&) const = default;
};

/// How days become reporting months, and months years. A reporting month bears the name of the month it ends in.
struct Calendar {
  int month_starts_on = 1;  ///< 1 to 28; 26: from the 26th to the 25th
  int year_starts_on = 1;   ///< a month, 1 to 12
  std::string holidays;     ///< a declared table with the columns `date` and `works` (true: a working Saturday)
  bool operator==(const Calendar&) const = default;
};

/// A column of the cube.
struct Aggregate {
  enum class Kind : std::uint8_t { count, sum, days, pending };
  std::string id;
  Kind kind = Kind::count;
  std::string unit;  ///< what is counted: a declared unit, or the rows of a table
  std::optional<std::string>
      date;  ///< the date column that places a unit in a period; without one only whole-data questions
  std::optional<Expression> where;
  std::optional<Expression> applies_where;
  std::string column;      ///< of a sum: an integer or decimal column
  std::string start, end;  ///< of days: two date columns; the days are end − start
  /// Of pending (未结): two date columns. Pending from the day it is opened until the day it is closed; these place it,
  /// so it has no `date`.
  std::string opened, closed;
  Label label;
};

/// An exact fraction, in lowest terms, denominator positive.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool operator==(const Rational&) const = default;
};

/// A linear combination of aggregates or of count indicators: `arrested + 1/2 * refused`. Both may have the same id;
/// then the aggregate goes first. A pending aggregate stands for what is pending at the end of a period;
/// `opening(pending_cases)` for what was at its beginning.
struct Formula {
  struct Term {
    Rational coefficient{1, 1};
    std::string name;
    bool opening = false;
    bool operator==(const Term&) const = default;
  };
  std::vector<Term> terms;
  /// Throws DefinitionError with the position.
  CASEMETRY_EXPORT static Formula parse(std::string_view text);
  CASEMETRY_EXPORT std::string text() const;
  bool operator==(const Formula&) const = default;
};

/// How an indicator was defined for a time (口径版本): what it replaces of today's definition, from one day to another,
/// both included. Between versions, and before the first, today's definition holds.
struct Version {
  std::optional<Date> valid_from;                     ///< nothing, of the first only: from the beginning
  std::optional<Date> valid_to;                       ///< nothing, but of the last: until the next begins
  std::optional<Formula> of, numerator, denominator;  ///< nothing: as today
  Label note;
  bool operator==(const Version&) const = default;
};

/// A measure: a formula over aggregates, and how it is read.
struct Indicator {
  enum class Kind : std::uint8_t { count, sum, proportion, ratio, mean, quantile, stock, contribution };
  enum class Format : std::uint8_t { automatic, percent, count, one_to, per_100, days, decimal };
  std::string id;
  Label label;
  Kind kind = Kind::count;
  Formula of;                      ///< count, sum, mean, quantile, stock (the last three: one aggregate)
  Formula numerator, denominator;  ///< proportion: sums of disjoint counts on one unit and one date; ratio: any
  Rational q{1, 2};                ///< of a quantile
  std::string at;                  ///< of a stock: `opening` or `closing` (also if empty)
  /// Of a contribution (贡献率): whose share it is, by which rule (`owen`), and in which grouping.
  std::string group, rule, groups;
  std::string lead;      ///< of a contribution: the lead set; empty: the only one
  std::string stage;     ///< of a contribution: which leads, by what they reached; empty: the first stage
  std::string over;      ///< of a contribution: `leads` (all; also if empty) or `attributed` (with a source)
  std::string interval;  ///< its name, `none`, or empty for the default of the kind
  Format format = Format::automatic;
  std::optional<int> decimals;
  std::string direction;  ///< higher, lower, neutral, range, or empty
  std::optional<std::pair<Rational, Rational>> range;
  std::vector<std::string> paired_with;  ///< the indicators to read beside it (对照指标)
  std::int64_t min_n = 0;                ///< smaller denominators get the flag `small`
  int mature_after = 0;                  ///< days after a period until which its value is `immature`; 0: none
  std::string evidence;                  ///< stated, reproduced, inferred, unconfirmed, or empty
  std::string reference;
  Label note;
  std::vector<Version> versions;  ///< how it was defined before; earliest first, no two at one day
};

/// A definition of an indicator and the days on which it held, both included.
struct DatedDefinition {
  std::optional<Date> from, to;  ///< nothing: without bound
  Indicator indicator;           ///< as it was then: formulas over aggregates, the version's note, no versions
  bool is_todays = false;
};

/// What must hold between counts (数据勾稽): `opening(pending_cases) + accepted - concluded == pending_cases`. It
/// changes no figure; a check tells the cells in which it does not hold, and by how much.
struct Identity {
  enum class Relation : std::uint8_t { equal, at_most, at_least };
  std::string id;
  Label label;
  Formula left;
  Relation relation = Relation::equal;
  Formula right;
  std::string every;  ///< the periods in which it must hold: `month` (also if empty), `quarter`, `year`
  Label note;
  /// `opening(pending_cases) + accepted - concluded == pending_cases`.
  CASEMETRY_EXPORT std::string holds() const;
};

/// A step that leads pass: `filed`, and the date column that says when. A lead reached a stage if it has a date for it
/// or for a later one.
struct Stage {
  std::string name;
  std::string date;
  bool operator==(const Stage&) const = default;
};

/// What a contribution (贡献率) is asked about: the leads (线索) of a unit, the columns that hold their sources, and
/// the stages that they pass. A lead whose set of sources is empty is unattributed, one whose set is null unknown.
struct LeadSet {
  std::string id;
  Label label;
  std::string unit;                 ///< a row a lead
  std::string sources;              ///< its set column
  std::string first, last;          ///< the sets at the earliest and at the latest time; or empty
  std::string log;                  ///< the bag, with repeats; or empty
  std::optional<Expression> among;  ///< which leads; all
  std::vector<Stage> stages;        ///< earliest first
  std::string value;                ///< what a lead weighs: an integer or decimal column; or empty: each one
  /// The set column under a key: `sources`, `first`, `last` or `log`; or empty.
  CASEMETRY_EXPORT const std::string& set_column(std::string_view role) const;
};

/// A group of sources.
struct SourceGroup {
  std::string name;
  std::vector<std::string> sources;
  bool operator==(const SourceGroup&) const = default;
};

/// The groups of sources (来源), each source in one: `@origin` in `pattern(sources, @origin)`. Listed here, or by a
/// table with the columns `source` and `group`, and `valid_from` and `valid_to` if sources change their group.
struct Grouping {
  std::string id;
  Label label;
  std::vector<SourceGroup> groups;
  std::string rest;   ///< the group of all others; empty: a source in no group is an error
  std::string table;  ///< a declared table; empty: `groups`
  bool operator==(const Grouping&) const = default;
};

/// For each group of `fine` the group of `coarse` that all its sources are in: so patterns by the one tell those by the
/// other, exactly. Nothing if a group is split, if a source could be in no group of `coarse`, or if a table tells
/// either.
CASEMETRY_EXPORT std::optional<std::map<std::string, std::string, std::less<>>> coarsening(const Grouping& fine,
                                                                                           const Grouping& coarse);

/// Where the counts of a contribution come from: its names with their defaults, and the patterns that a catalogue
/// counts.
struct Basis {
  const LeadSet* leads = nullptr;  ///< of the catalogue
  std::string stage;               ///< empty: the set has no stages
  std::string role;                ///< the key of the set column that its rule reads: `sources`, `first`, `last`, `log`
  /// By whose patterns the leads are counted: its own grouping; else one of which it is coarser, or that of single
  /// sources (`identity_grouping`), from which its patterns can be told; empty if there is none.
  std::string grouping;
};

/// What `Catalogue::with_patterns` calls the definitions it adds. `role` is the key of a set column in the lead set:
/// `sources`, `first`, `last` or `log`; an empty stage stands for all leads of a set without stages. The leads by the
/// pattern of one set column are one unit for all stages (an empty stage), but for a grouping in which sources change
/// their group by date: then there is one for each.
///
///     pattern_unit("supervision", "", "sources", "origin")        // supervision.sources@origin
///     pattern_count("supervision", "filed", "sources", "origin")  // supervision.filed.sources@origin
CASEMETRY_EXPORT std::string pattern_unit(std::string_view lead, std::string_view stage, std::string_view role,
                                          std::string_view grouping);
CASEMETRY_EXPORT std::string pattern_count(std::string_view lead, std::string_view stage, std::string_view role,
                                           std::string_view grouping);
/// The sum of what those leads weigh.
CASEMETRY_EXPORT std::string pattern_value(std::string_view lead, std::string_view stage, std::string_view role,
                                           std::string_view grouping);
/// The dimension of the patterns: `@origin`.
CASEMETRY_EXPORT std::string pattern_dimension(std::string_view grouping);
/// The count of the leads that are dated at a stage before the day of an earlier one: `supervision.out_of_order`. A set
/// of two stages or more has it.
CASEMETRY_EXPORT std::string out_of_order(std::string_view lead);
/// The count of the leads that are dated at no stage, and so stand in no contribution: `supervision.no_stage`. A set of
/// one stage or more has it.
CASEMETRY_EXPORT std::string no_stage(std::string_view lead);

/// All definitions of a catalogue, as plain values.
struct Definitions {
  std::string id;
  Label label;
  std::map<std::string, std::vector<Literal>> lists;  ///< text that reads as a date is one
  Calendar calendar;
  std::vector<TableDefinition> tables;
  std::vector<UnitDefinition> units;
  std::vector<Dimension> dimensions;
  std::vector<LeadSet> leads;
  std::vector<Grouping> groupings;
  std::vector<Aggregate> aggregates;
  std::vector<Indicator> indicators;
  std::vector<Identity> identities;
};

/// A valid set of definitions. A value: copying shares it.
class CASEMETRY_EXPORT Catalogue {
 public:
  /// Validates. Throws DefinitionError with every fault.
  explicit Catalogue(Definitions definitions);
  /// Reads the exchanged form (the TOML tree as JSON; dates as text). Throws DefinitionError with every fault: those of
  /// form and of meaning, unknown keys with the nearest valid one, duplicate keys.
  static Catalogue from_json(std::string_view json);
  /// One that comes with the library (`shipped_catalogues`): `Catalogue::shipped("spp")`. Throws QueryError with the
  /// nearest name.
  static Catalogue shipped(std::string_view id);

  const Definitions& definitions() const;
  /// Throws QueryError with the nearest name.
  const Indicator& indicator(std::string_view id) const;
  const Aggregate& aggregate(std::string_view id) const;
  const Identity& identity(std::string_view id) const;
  /// Null if the table is not declared.
  const TableDefinition* table(std::string_view id) const;
  /// Null if it is a table, or unknown.
  const UnitDefinition* unit(std::string_view id) const;
  /// The table at the end of `from`; of a table itself.
  std::string root(std::string_view unit_or_table) const;
  /// Null if the dimension is not declared.
  const Dimension* dimension(std::string_view id) const;
  /// Null if the grouping is not declared, as that of single sources never is.
  const Grouping* grouping(std::string_view id) const;
  /// The dimension of whose hierarchy this is a level; null if there is none.
  const Dimension* dimension_of_level(std::string_view level) const;
  /// The definition (type, values, …) of a column of a unit or table, as `check` derived it; null if there is none.
  const ColumnDefinition* column(std::string_view unit_or_table, std::string_view column) const;
  /// The column that is dimension `name` on `unit`: the declared one, or `name` itself; nothing if a declared dimension
  /// has none there, or a declared unit no column of that name.
  std::optional<std::string> dimension_column(std::string_view name, std::string_view unit) const;
  /// The columns of a unit or table that the aggregates and lead sets rest on, through all units that are made from it,
  /// sorted.
  std::vector<std::string> columns(std::string_view unit_or_table) const;
  /// A formula with its count indicators replaced by aggregates, like terms added.
  Formula over_aggregates(const Formula& formula) const;
  /// Where the counts of a contribution come from; of a definition of this catalogue, or one that could be.
  Basis basis(const Indicator& contribution) const;
  /// How an indicator was defined, earliest first, neighbours different: by its own versions and those of the count
  /// indicators in its formulas. The last is today's. Without versions it is the only one, as it is written.
  std::vector<DatedDefinition> history(const Indicator& indicator) const;
  /// How an indicator was defined on a day.
  Indicator at(std::string_view indicator, Date day) const;
  /// The aggregates that an indicator needs, sorted, those of its versions too: of a contribution the counts of its
  /// basis.
  std::vector<std::string> needs(const Indicator& indicator) const;

  /// A new catalogue with one more definition (or one replaced, by id). With a table whose columns are declared as the
  /// data have them, the columns of the units made from it are known.
  Catalogue with(TableDefinition table) const;
  Catalogue with(UnitDefinition unit) const;
  Catalogue with(Aggregate aggregate) const;
  Catalogue with(Indicator indicator) const;
  Catalogue with(std::vector<Indicator> indicators) const;
  Catalogue with(LeadSet leads) const;
  Catalogue with(Grouping grouping) const;
  /// A new catalogue with what counts the leads of each lead set by the patterns of their sources: for these groupings
  /// by every other dimension and month, for each source by itself only over all (`identity_grouping`). Units and
  /// aggregates like others; a cube is built by the patterns, which are a column of these units. Adding them twice
  /// changes nothing. Throws QueryError with the nearest name for a grouping that is not declared.
  Catalogue with_patterns(std::span<const std::string> groupings) const;
  /// A new catalogue with these indicators only, and just the aggregates, units, tables, columns and lists they need
  /// (and the columns of keys and declared dimensions). Counts that a formula names and that do not stay are replaced
  /// by their aggregates. Throws QueryError with the nearest name.
  Catalogue only(std::span<const std::string> indicators) const;

  /// Both forms read back to the same definitions. Keys in a fixed order; defaults left out.
  std::string json() const;
  std::string toml() const;

  /// Of an indicator's text: its formulas, those of its versions too, kind and all that it is built from; never labels,
  /// notes or formats.
  std::string definition_hash(std::string_view indicator) const;
  /// Of an aggregate: its unit with all that it is made from, predicates, dates, calendar, the declared values and
  /// lists it uses; never labels, aliases or notes, nor what of a unit it does not need.
  std::string count_hash(std::string_view aggregate) const;
  /// Of a dimension on these units: their columns with all that they are made from, bands and hierarchy.
  std::string dimension_hash(std::string_view dimension, std::span<const std::string> units) const;

 private:
  struct Data;
  explicit Catalogue(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

/// The ids of the catalogues that come with the library, sorted: `cn-traffic`, `cook-county`, `leads`, `spp`.
CASEMETRY_EXPORT std::vector<std::string> shipped_catalogues();

/// The JSON Schema of the exchanged form, with one example a key.
CASEMETRY_EXPORT std::string catalogue_schema();

/// Whether a name may stand as an id: letters of any script, digits and `_`, not beginning with a digit.
CASEMETRY_EXPORT bool is_id(std::string_view name);

/// SHA-256 (FIPS 180-4) in hexadecimal digits.
CASEMETRY_EXPORT std::string sha256(std::string_view bytes);

}  // namespace casemetry
