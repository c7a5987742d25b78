// SPDX-License-Identifier: Apache-2.0
/// \file
/// Questions to a cube: counts (cube × cells × period → integers), evaluate (indicator × integers → value, interval,
/// status), compare (two evaluated cells → change). Nothing else knows more than one of these axes.
///
/// `evaluate` is pure and usable alone, as a calculator, also on published figures.
#pragma once

#include <cstdint>
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
#include <casemetry/catalogue.hpp>
#include <casemetry/cube.hpp>
#include <casemetry/export.hpp>

namespace casemetry {

/// What a reader must know of a value, gravest first. The first that is set is the status; none: ok.
enum class Flag : std::uint8_t {
  not_available,
  protected_,  ///< `protected`: small, or told by what is shown with it; the figures are not in the result
  no_denominator,
  exceeds_denominator,
  not_determined,
  immature,
  partial_period,
  definition_changed,  ///< the definition is not today's, or not that of what it is compared with
  small,
  no_interval,
  unlisted,
};

/// A set of flags.
class Flags {
 public:
  constexpr void set(Flag flag) { bits_ = static_cast<std::uint16_t>(bits_ | (1U << static_cast<unsigned>(flag))); }
  constexpr bool has(Flag flag) const { return (bits_ >> static_cast<unsigned>(flag)) & 1U; }
  constexpr bool any() const { return bits_ != 0; }
  /// The word of the gravest: `no_denominator`; `ok` if there is none.
  CASEMETRY_EXPORT std::string status() const;
  /// All words, gravest first, joined by commas.
  CASEMETRY_EXPORT std::string text() const;
  bool operator==(const Flags&) const = default;

 private:
  std::uint16_t bits_ = 0;
};

/// A range of reporting months, both included. `2024`, `2024H1`, `2024Q3`, `2024-07`, `2024-01..2024-09`,
/// `ytd(2024-09)`, `rolling(2024-09, 12)`.
///
/// Years, halves, quarters and ytd follow the calendar's first month of the year. A year, like a reporting month, bears
/// the name of what it ends in: if years start in December, 2024 is `2023-12..2024-11`. The ends of a range may be any
/// of the first four forms: `2023..2024`, `2023Q4..2024Q3`.
struct Period {
  std::int32_t first = 0;
  std::int32_t last = 0;
  std::string text;  ///< as it was written
  /// Throws QueryError with the forms that are known.
  CASEMETRY_EXPORT static Period parse(std::string_view text, const Calendar& calendar = {});
  /// The same months a year before, under the same form of text.
  CASEMETRY_EXPORT Period year_ago(const Calendar& calendar = {}) const;
  /// As many months just before: `2024Q2` before `2024Q3`. Throws QueryError for `ytd`, which would then begin within
  /// the year before.
  CASEMETRY_EXPORT Period previous(const Calendar& calendar = {}) const;
  bool operator==(const Period&) const = default;
};

/// A count that is known exactly (low == high) or only to lie in [low, high], as of a rounded published figure.
struct Figure {
  std::int64_t low = 0;
  std::int64_t high = 0;
  constexpr Figure() = default;
  constexpr Figure(std::int64_t exact)
      : low(exact), high(exact) {}  // NOLINT(google-explicit-constructor): a number is a figure
  constexpr Figure(std::int64_t least, std::int64_t most) : low(least), high(most) {}
  bool operator==(const Figure&) const = default;
};

/// Integers to evaluate an indicator on: a figure for each aggregate of its formula, and for `opening(x)`.
using Counts = std::map<std::string, Figure, std::less<>>;

/// A numerator or denominator: an exact whole number, or a float if its formula has fractions (or exceeds 64 bits).
class Number {
 public:
  constexpr explicit Number(std::int64_t whole) : held_(whole) {}
  constexpr explicit Number(double fraction) : held_(fraction) {}
  constexpr bool is_whole() const { return held_.index() == 0; }
  /// The whole number. Throws std::bad_variant_access if it is none.
  constexpr std::int64_t whole() const { return std::get<std::int64_t>(held_); }
  constexpr operator double() const {  // NOLINT(google-explicit-constructor): a number is a number
    return is_whole() ? static_cast<double>(whole()) : std::get<double>(held_);
  }
  bool operator==(const Number&) const = default;

 private:
  std::variant<std::int64_t, double> held_;
};

/// What always stands beside a contribution (贡献率).
struct Band {
  std::optional<double> standard_error;
  std::optional<double> exclusive, any;      ///< between them lies every rule that splits leads
  std::optional<std::int64_t> leads;         ///< W: all that are asked about and known; nothing if that is not known
  std::optional<std::int64_t> unattributed;  ///< U: those of them without any source
};

/// A value with all that it rests on.
struct Evaluation {
  std::optional<double> value;
  std::optional<Number> numerator, denominator;  ///< mean: Σx and n; count and sum: x and none; quantile: none and n
  std::int64_t unknown = 0;           ///< units whose outcome is unknown, added over the formula's aggregates
  std::optional<double> low, high;    ///< the interval
  std::optional<double> least, most;  ///< what it could be, whatever the unknown turn out to be
  std::optional<Band> band;           ///< of a contribution
  Flags flags;
};

/// The change from one evaluated cell to another: now − then for proportions, ratios, means and quantiles (of rates,
/// shown in percentage points), (now − then) / |then| for counts and sums. None where either side has no value.
///
/// A proportion has Newcombe's interval, and so has a contribution, from its own limits. Against a whole that the cell
/// is a part of, with n of N units, child − whole is (1 − n/N) · (child − rest): the interval is that of child − rest,
/// which share no unit, times 1 − n/N.
struct Change {
  std::optional<double> value;  ///< the other cell's value
  std::optional<double> change;
  std::optional<double> low, high;
  bool is_new = false;  ///< a count where there was none before (净增): no relative change
};

/// Evaluates an indicator on given integers, one for each aggregate of its formula; others may be given too. A figure
/// of a sum is in the unit of its column. With ranges, `least` and `most` are the exact ends over all that the figures
/// may be (an aggregate in both parts of a fraction is one figure, not two), and the value is given only if they are
/// equal: else it is `not_determined`. A proportion is the numerator's figures over the denominator's, for what units
/// have in common figures do not tell. Throws QueryError if a figure is missing, unknown to the catalogue or
/// impossible, or if figures cannot make the indicator (mean, quantile).
///
///     evaluate(catalogue, "non_arrest_rate", {{"refused", 313'743}, {"arrested", 1'088'490}}).value  // 0.2237…
CASEMETRY_EXPORT Evaluation evaluate(const Catalogue& catalogue, std::string_view indicator, const Counts& counts,
                                     double level = 0.95);
/// The same as it was defined on a day.
CASEMETRY_EXPORT Evaluation evaluate(const Catalogue& catalogue, std::string_view indicator, const Counts& counts,
                                     double level, Date at);

/// The largest cells of a result, by size as a rule: tables serve to analyse, not to rank.
///
/// The amount is a column of the first indicator that is available, over all periods that are asked, so that these are
/// the same cells in each. They are shown by descending amount, equal ones in label order; one whose label is missing
/// is a cell like others. What is left is added up in one row, exactly (medians and intervals too), under the label
/// `（其他）` in each dimension, so that totals agree.
struct Top {
  std::size_t n = 0;
  std::string by{};    ///< `denominator` (the default; of a count: `numerator`), `numerator`, `value` or `unknown`
  bool others = true;  ///< whether the rest has a row
};

/// A question: which indicators, in which cells, over which period.
///
/// `by` names dimensions of the cube, or levels of their hierarchies (层级): by `province`, the cells of all offices of
/// a province are added up, exactly. Labels of a hierarchy that a table tells are shown by their names; conditions may
/// compare them by code or by name.
///
/// The cells are the combinations of labels that occur in the cube for any of the indicators, in label order, missing
/// last; each has a row for each indicator and period, also where nothing was counted in it. With `every` a period has
/// all its months, quarters or years (the first and last cut to the period and named by their months); without a period
/// there are those that occur, and after them a row of the undated units if there are any. A comparison with another
/// period looks at the same cells, so one that occurs on one side only is there too.
///
/// `where` chooses cells of the cube: a predicate over its dimensions, whether or not they are asked by. Its columns
/// are of the type that the catalogue declares, else text. Cells for which it is unknown (a label that is missing or
/// unlisted) are not chosen; the metadata tell how many units they hold.
///
/// A stock is what is pending (未结) at the beginning or the end of the period; without a period, now. It adds up over
/// cells, not over periods: that of a year is that at its end. The mean and the quantiles of what is pending are of its
/// age in days at that time. A value is `immature` until so many days after its period as the indicator's
/// `mature_after` says, and where the cube does not say at which day its data stand.
///
/// Comparisons: `year_ago` and `previous` (as many months just before) need a period; `total` is that of all cells,
/// `parent` the cell one level up, which for a dimension without levels is the total over the last one of `by`.
struct Query {
  std::vector<std::string> indicators{};  ///< empty: all of the catalogue
  std::vector<std::string> by{};          ///< dimensions of the cube or their levels; none: one cell
  std::optional<std::string> period{};    ///< none: all units, undated included
  std::optional<std::string> every{};     ///< `month`, `quarter`, `year`: a row for each
  std::optional<Expression> where{};      ///< none: all cells
  std::vector<std::string> compare{};     ///< `year_ago`, `previous`, `parent`, `total`
  std::optional<Top> top{};               ///< none: all cells
  /// `like_for_like` (also if empty): today's definition for all periods, those compared with too. `as_then`: each
  /// period by the definition that held on its last day; where that is not today's, or another began within the
  /// period, and where that is so of a period compared with, the row is `definition_changed`.
  std::string versions{};
  double level = 0.95;
};

/// A table of evaluated cells, one row per indicator × cell × period, by columns. A value: copying shares it.
class CASEMETRY_EXPORT Result {
 public:
  /// A row, to iterate over.
  struct Row {
    std::string_view indicator;
    std::vector<std::optional<std::string_view>> cell;  ///< a label a dimension; nothing is the missing one
    std::optional<std::string_view> period;             ///< nothing: undated units, or all
    std::optional<double> value;
    std::optional<Number> numerator, denominator;
    std::int64_t unknown = 0;  ///< of a protected row 0, whatever it is
    std::optional<double> low, high, least, most;
    std::optional<Band> band;  ///< of a contribution
    Flags flags;
    std::vector<Change> changes;  ///< in the order of `compare`
  };
  class Iterator;

  struct Data;  // cpp/src/query
  explicit Result(std::shared_ptr<const Data> data);

  std::int64_t rows() const;
  /// The row at 0 ≤ index < rows().
  Row row(std::int64_t index) const;
  Iterator begin() const;
  Iterator end() const;
  std::span<const std::string> dimensions() const;
  std::span<const std::string> comparisons() const;
  const Catalogue& catalogue() const;
  const Query& query() const;
  /// What travels with it: definitions (TOML) and their hashes, and, if another than today's held in a period,
  /// `versions` and what held then by indicator (`definitions`); labels, as-of date, row counts, level; `where` and how
  /// many units it is unknown of (`where_unknown`, by unit); how many cells the others are; of contributions the six
  /// names (`names`), `leads_known`, `false` if W and U are not known, and how many leads of a set, over the whole
  /// cube, are dated against the order of its stages (`out_of_order`) and at none of them (`no_stage`).
  const std::map<std::string, std::string>& metadata() const;
  /// `indicator`, the dimensions, `period, value, numerator, denominator, unknown, low, high, least, most`, with
  /// contributions `standard_error, exclusive, any, leads, unattributed`, then `status, flags`, and per comparison
  /// `<name>_value, <name>_change, <name>_low, <name>_high`.
  std::vector<ArrowColumn> columns() const;
  /// The columns as a stream of one batch; `metadata()` is the schema's.
  void to_arrow(ArrowArrayStream* out) const;
  /// Whether some dimension of the cube that it was asked of identifies persons, and it is not protected: it is not to
  /// leave this program.
  bool identifies() const;
  /// What it is made of: for the library alone.
  const Data& data() const { return *data_; }

 private:
  std::shared_ptr<const Data> data_;
};

/// An iterator over rows, made as they are asked for.
class Result::Iterator {
 public:
  using value_type = Row;
  using difference_type = std::int64_t;
  Iterator(const Result* result, std::int64_t index) : result_(result), index_(index) {}
  Row operator*() const { return result_->row(index_); }
  Iterator& operator++() {
    ++index_;
    return *this;
  }
  bool operator==(const Iterator& other) const { return index_ == other.index_; }

 private:
  const Result* result_;
  std::int64_t index_;
};

inline Result::Iterator Result::begin() const {
  return {this, 0};
}
inline Result::Iterator Result::end() const {
  return {this, rows()};
}

/// The question one level down from a cell (下钻): of the cells inside it only, each of its dimensions that has a level
/// below asked by that level, all else the same. `cell` has labels, by code or by name (nothing: the missing one), of
/// dimensions that are asked by.
///
///     drill(cube, {.by = {"province", "charge"}}, {{"province", "41"}})  // by city and charge, where province == '41'
///
/// Throws QueryError if it is not asked by a dimension, if that has no such label, or if nothing is below.
CASEMETRY_EXPORT Query drill(const Cube& cube, const Query& asked,
                             const std::map<std::string, std::optional<std::string>>& cell);

/// Asks. An indicator that cannot be answered (its table was not at hand, its unit lacks a dimension, its aggregate has
/// no date to place it) has rows of status `not_available`, and the reason in the metadata. Throws QueryError: an
/// unknown indicator or dimension (with the nearest name), a period that is none, a comparison that the question cannot
/// have; DefinitionError with every fault of `where`, as of a value that a closed dimension does not list.
CASEMETRY_EXPORT Result query(const Cube& cube, const Query& question);

/// Which figures are too small to be shown (小数保护).
struct Protection {
  std::int64_t k = 5;  ///< what is counted fewer times than this, and at all, is hidden
  /// What must reach k: empty, every count that is shown (numerator, denominator, what is left of it); `numerator`;
  /// `denominator` (of a count: the count); or the id of a count: the persons behind a cell.
  std::string base{};
  bool zeros = false;  ///< zeros are hidden too; else they are shown, and known
};

/// The same results without what is small, and without what would tell it: small figures are hidden, and with them as
/// many others as it takes that no hidden one can be told exactly from what is shown, by one who knows that counts are
/// whole and not negative, that zeros are shown, and all totals of what is shown: over each dimension, of the levels
/// above, of the period over its months.
///
/// Promised of what one call gives, all of it together. Not promised:
/// - of results that are protected by calls of their own and published side by side: what one shows may tell what
///   another hides. Totals too that are published elsewhere, as where a total itself had to be hidden, go into one
///   call.
/// - against who asks again and again, with other cells and conditions;
/// - that bounds of a hidden figure are wide: they may be one unit apart.
///
/// A row of which a figure is hidden has none at all: no value, counts, unknown, interval or bounds, and the flag
/// `protected`; so have the rows of all indicators whose units are made of the same rows, cases and their persons, in
/// that cell and period. A row that is shown does not tell how many of its outcomes are unknown, nor `least` and
/// `most`, if any are. A comparison with a hidden figure is hidden too. Largest cells stand in label order. The new
/// results hold no cube and no counts of rows.
///
/// The results of a call must be asked of one cube, with at most three different conditions, all of them by period or
/// all without. Deterministic; of the figures that a search finds and that would do, those are hidden that lose least.
/// Method and limits: docs/reference/protection.md. Throws QueryError if k is less than 1, `base` no count, if results
/// do not fit together or are protected already under a smaller k, or for results under `as_then` in which another
/// definition held.
CASEMETRY_EXPORT std::vector<Result> protect(std::span<const Result> published, const Protection& protection);
CASEMETRY_EXPORT Result protect(const Result& result, const Protection& protection = {});

/// A figure, to ask for the rows behind it: one side of an indicator, in a cell of a result and its period.
struct CellSelector {
  std::string indicator;
  /// `numerator` or `denominator`: the units that make it, as far as their values are known; `unknown`: those that the
  /// figure tells as unknown; `not_applicable`: those to which an aggregate of the indicator does not apply; else the
  /// id of an aggregate: the units of which it is true. Of a contribution the numerator are the leads that give its
  /// group some credit.
  std::string side = "numerator";
  std::optional<std::string> period{};  ///< as in `Query`; none: all units
  bool undated = false;                 ///< only units that no date places
  std::string versions{};               ///< as in `Query`
  std::optional<Expression> where{};    ///< as in `Query`
  /// Labels of dimensions, or of levels of their hierarchies; nothing: the missing one.
  std::map<std::string, std::optional<std::string>> cell{};
};

/// The rows behind a figure: with the same predicates, months and labels as the pass, the rows of the table at the end
/// of the unit's `from`, in their order and with all columns as they came. A unit may be made of several rows, all of
/// them are given; for a table whose rows are units there are as many as the figure says, and for a proportion, count
/// or stock as many units. `by` and `indicators` of the options are not used; one pass over the units. Throws as
/// `build` and `query` do; QueryError also if the indicator has no such side, or one that counts units of two kinds,
/// or if there is no such label.
CASEMETRY_EXPORT Table rows(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options,
                            const CellSelector& selector);

}  // namespace casemetry
