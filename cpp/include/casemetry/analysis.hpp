// SPDX-License-Identifier: Apache-2.0
/// \file
/// Structure: what a number of cases is made up of (结构比). The cases of a table are put into classes by one of their
/// dimensions; each class has its count, its share, a share in whole per cents that add to 100, and against another
/// period the change of its share with the part of it that comes from the other classes' volume.
///
/// Published figures are rounded as a rule, so `structure(figures)` takes ranges: it tells what the shares could be,
/// and every way in which they could have been rounded.
#pragma once

#include <casemetry/arrow.hpp>
#include <casemetry/catalogue.hpp>
#include <casemetry/cube.hpp>
#include <casemetry/export.hpp>
#include <casemetry/query.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casemetry {

/// Shares in whole per cents that add to 100, in the order of the counts, by the largest remainder (最大余数法,
/// Hamilton): each share is cut to whole per cents, and what is missing to 100 goes to those that lost most.
///
/// Given are all ways that the counts allow, each anywhere in its range: the first is that of the middles of the
/// ranges, the others ascend. Exact counts allow one, more only if what two lost is equal. Nothing if no count can be
/// above 0.
///
///     whole_shares({{{3'470'500, 3'471'499}, {281'500, 282'499}, {194'500, 195'499}, {150'500, 151'499}}})
///     // 84 7 5 4, and 85 7 5 3
///
/// r is a rounding of n, of sum N, if and only if 100·n[i] − r[i]·N all lie within N of each other. For each r and N
/// the whole numbers that do so are intervals, whose sums are monotone in where that window stands; so all N are tried.
/// Throws QueryError for counts below 0, for ranges that are reversed or so wide that there is no end of ways.
CASEMETRY_EXPORT std::vector<std::vector<int>> whole_shares(std::span<const Figure> counts);

/// What a published number can stand for: `published("347.1", "万")` is 3,470,500 to 3,471,499. Units: 万, 亿, none.
/// Throws QueryError for what is no number of 0 or more, or another unit.
CASEMETRY_EXPORT Figure published(std::string_view number, std::string_view unit = {});

/// A class against another period.
struct PartChange {
  std::int64_t count = 0;  ///< then
  std::optional<double> share;
  std::optional<double> change;  ///< now − then, of shares
  /// Of the change what comes from its own volume, and from that of all others: with s(x, y) = x / (x + y) the mean
  /// over both orders in which they can change (Shapley); they add to the change.
  std::optional<double> from_own, from_others;
};

/// A class of a whole.
struct Part {
  Figure count;
  std::optional<double> share, least, most;  ///< no share if it is not determined by the ranges
  std::optional<int> rounded;                ///< per cent, by the largest remainder
  std::vector<PartChange> changes;           ///< in the order of the comparisons
};

/// What is made up of classes: a cell in a period.
struct Whole {
  std::vector<std::optional<std::string>> cell;  ///< a label for each dimension; nothing: the missing one
  std::optional<std::string> period;
  Figure total;
  std::int64_t unknown = 0;                 ///< units that may count or not
  Flags flags;                              ///< `not_determined`: it could have been rounded otherwise
  std::vector<Part> parts;                  ///< in the order of the classes
  std::vector<std::vector<int>> roundings;  ///< as `whole_shares`
};

/// Wholes by cell and period.
struct Structure {
  std::vector<std::string> dimensions;   ///< of the cells
  std::vector<std::string> comparisons;  ///< `year_ago`, `previous`
  std::vector<std::string> classes;      ///< in declared order
  std::optional<std::size_t> unmapped;   ///< which of them holds what is in none, if anything is
  std::vector<Whole> wholes;
  std::map<std::string, std::string> metadata;  ///< what it is of, `labels`, as-of date, definition
  bool identifies = false;  ///< some dimension of the cube identifies persons: it is not to leave this program

  /// A row for each whole and class: the dimensions, `period, class, count, count_least, count_most, total, unknown,
  /// share, least, most, rounded, status, flags`, and per comparison `<name>_count, <name>_share, <name>_change,
  /// <name>_from_own, <name>_from_others`.
  CASEMETRY_EXPORT std::vector<ArrowColumn> columns() const;
  CASEMETRY_EXPORT void to_arrow(ArrowArrayStream* out) const;
};

/// The name of the class of what is in none.
inline constexpr std::string_view unmapped_class = "（未归类）";

/// A question for a structure: the units that `of` counts, put into classes by the labels of `dimension`.
///
/// Classes are told by one of: `groups`, a grouping of the catalogue (its groups in their order, then its rest);
/// `classes`, each with its labels, and `rest`; `dated`, rows of label, class and the days on which they hold, by the
/// last day of each reporting month. Without any of them each label is a class by itself. Labels in no class, and the
/// missing one, are shown as a class of their own, never left out of the total.
struct StructureQuery {
  std::string of;         ///< an indicator of kind count, or an aggregate
  std::string dimension;  ///< of the cube, or a level of one
  std::string groups{};
  std::vector<SourceGroup> classes{};
  std::string rest{};
  std::vector<GroupedSource> dated{};
  std::vector<std::string> by{};        ///< other dimensions: a structure for each cell, in label order
  std::optional<std::string> period{};  ///< none: all units; but a dated mapping needs one
  std::optional<std::string> every{};   ///< `month`, `quarter`, `year`: a structure for each; needs a period
  std::optional<Expression> where{};
  std::vector<std::string> compare{};  ///< `year_ago`, `previous`
};

/// Asks. Throws as `query` does, and QueryError if `of` is no count, or if a label stands in two classes at one time.
CASEMETRY_EXPORT Structure structure(const Cube& cube, const StructureQuery& question);

/// The structure of figures that are known exactly or as ranges. A share that the ranges leave open has its least and
/// its most; where the rounding is open the whole is `not_determined`. Throws as `whole_shares`.
CASEMETRY_EXPORT Structure structure(std::span<const std::pair<std::string, Figure>> figures);

}  // namespace casemetry
