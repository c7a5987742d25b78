// SPDX-License-Identifier: Apache-2.0
/// \file
/// Data quality (数据质量): what in the tables would mislead whoever reads a figure, found before it is read.
///
/// A check changes nothing and guesses nothing. It tells, table by table and column by column, which cells are missing,
/// unreadable or unlisted, which days cannot be and which are reversed, which keys stand twice and contradict
/// themselves, what was entered late and what is spelled in two ways; for each indicator how many units it loses to
/// that, and to which column; and in which cells an identity (数据勾稽) does not hold, and by how much.
///
/// A finding can be asked for its rows, to go back to the system with. All counts are exact and the same for any number
/// of threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casemetry/catalogue.hpp>
#include <casemetry/export.hpp>
#include <casemetry/query.hpp>
#include <casemetry/table.hpp>
#include <casemetry/units.hpp>

namespace casemetry {

/// How tables are checked.
struct CheckOptions {
  /// The day at which the data stand: a day after it cannot have come. Nothing: no day is too late.
  std::optional<Date> as_of{};
  /// The first day that is plausible: what systems write for "unknown" lies before it (1899-12-30, 1900-01-01), a date
  /// of birth hardly.
  Date first_day{std::chrono::year{1910} / 1 / 1};
  std::vector<std::string> by{};        ///< dimensions: identities must hold in each of their cells, not only in all
  std::optional<std::string> period{};  ///< in which identities must hold; nothing: in the periods that occur
  std::size_t examples = 5;             ///< how many a finding shows at most
  int threads = 0;                      ///< 0: all processors that are at hand
};

/// Something that is wrong with rows of a table.
struct Finding {
  enum class Kind : std::uint8_t {
    unread,            ///< the column cannot be read as it is declared; the example says why
    missing,           ///< null or blank (未填)
    unreadable,        ///< not readable as the type, or outside the range
    unlisted,          ///< a value that the closed category does not list (不在值域)
    before_first_day,  ///< a day too early to be one
    after_as_of,       ///< a day after the one at which the data stand
    out_of_order,      ///< `column` is after `other`, which should follow it (日期先后颠倒)
    late,              ///< entered (`other`) in a later reporting month than that of `column`, by which it is counted
    repeated,          ///< the key stands in several rows (主键重复)
    conflicting,       ///< and these rows differ in `column`
    alike,             ///< spelled otherwise than more rows spell it, by width, case or spaces only
  };
  /// A row, by its number counted from 0 and by its key as far as that identifies nobody, and what stands in it; or
  /// only a spelling.
  struct Example {
    std::optional<std::int64_t> row{};
    std::string key{}, value{};
    bool operator==(const Example&) const = default;
  };
  Kind kind = Kind::missing;
  std::string table;
  std::string column{};             ///< of `repeated`: the key, joined by commas
  std::string other{};              ///< the second column, of kinds that have one
  std::int64_t rows = 0;            ///< in how many rows it is so
  std::int64_t of = 0;              ///< of how many rows that could be so
  std::int64_t keys = 0;            ///< of `repeated` and `conflicting`: how many keys
  std::vector<Example> examples{};  ///< the first rows; of columns that identify persons without what stands in them
  bool operator==(const Finding&) const = default;
};

/// The word of a kind: `out_of_order`.
CASEMETRY_EXPORT std::string_view word(Finding::Kind kind);

/// A column of a table: what became of its cells, and which of its days cannot be.
struct CheckedColumn {
  std::string table;
  ColumnReport report;
  std::int64_t before_first_day = 0;
  std::int64_t after_as_of = 0;
};

/// How long after a day rows were entered (录入时滞).
struct Lateness {
  /// Rows that were entered from so many days after it, to so many; without an end beyond it.
  struct Band {
    std::optional<std::int32_t> from, to;
    std::int64_t rows = 0;
    bool operator==(const Band&) const = default;
  };
  std::string table, date, entered;
  std::int64_t rows = 0;  ///< both days are known
  std::int64_t late = 0;  ///< entered in a later reporting month
  std::vector<Band> bands;
};

/// Labels of a column that differ by width, case or spaces only, with their rows; first the one to keep: the listed
/// one, else that of most rows.
struct AlikeLabels {
  std::string table, column;
  std::vector<std::pair<std::string, std::int64_t>> labels;
};

/// What an indicator loses of one kind of unit.
struct Loss {
  /// Why an outcome or a day is unknown: in the cells of which column. A unit may be lost to several.
  struct Cause {
    enum class Kind : std::uint8_t { missing, unreadable, unlisted, disagreeing, not_found };
    Kind kind = Kind::missing;
    std::string table;   ///< the table that has the column; of `not_found` the table or unit that was looked into
    std::string column;  ///< of `not_found` the lookup
    std::int64_t units = 0;
  };
  std::string indicator, unit;
  std::int64_t units = 0;     ///< all of that kind
  std::int64_t unknown = 0;   ///< whose outcome, or the value that is summed or measured, is unknown
  std::int64_t undated = 0;   ///< that count, but have no day that places them in a month
  std::vector<Cause> causes;  ///< of either, most units first
};

/// The word of a cause: `not_found`.
CASEMETRY_EXPORT std::string_view word(Loss::Cause::Kind kind);

/// Where an identity was looked at, and where it does not hold.
struct CheckedIdentity {
  /// A cell and period in which it does not hold.
  struct Failure {
    std::vector<std::optional<std::string>> cell;  ///< a label for each of `by`; nothing is the missing one
    std::string period;
    Number left{std::int64_t{0}}, right{std::int64_t{0}}, difference{std::int64_t{0}};  ///< left − right
    std::int64_t unknown = 0;  ///< units of unknown outcome, which may explain it: the most of any count
  };
  std::string identity;
  std::int64_t cells = 0;  ///< cells × periods that were looked at
  std::vector<Failure> failures;
  std::string not_available;  ///< why it could not be looked at; else empty
};

/// What a check found.
struct Check {
  std::map<std::string, std::int64_t> rows;  ///< of each table
  std::vector<CheckedColumn> columns;        ///< by table, in its order
  std::vector<Finding> findings;             ///< by table; only what is so in some row
  std::vector<Lateness> lateness;
  std::vector<AlikeLabels> alike;
  std::vector<Loss> losses;  ///< indicators that lose something, in the catalogue's order
  std::vector<CheckedIdentity> identities;
  bool identifies = false;  ///< identities were looked at by a dimension that identifies persons: not to leave
  std::map<std::string, std::string> not_available;  ///< indicator → why its units could not be looked at
};

/// Checks tables by what a catalogue says of them: the declared columns, `key`, `in_order` and `entered`, indicators
/// and identities. A table that the catalogue does not declare is checked by its columns only. One pass over a column
/// for each thing that is asked of it; keys are collapsed as units are. A column that cannot be read, or a unit that
/// cannot be made, is told and does not end the check. Throws QueryError for a dimension or period that is none.
CASEMETRY_EXPORT Check check(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options = {});

/// The rows of a finding, in their order and with all columns as they came; of `repeated` and `conflicting` all rows of
/// these keys. The finding is told by its kind, table and columns, and found anew with the same options. Throws
/// QueryError if there is no such finding to look for.
CASEMETRY_EXPORT Table rows(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options,
                            const Finding& finding);

}  // namespace casemetry
