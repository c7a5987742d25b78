// SPDX-License-Identifier: Apache-2.0
/// \file
/// Expressions: the closed language of predicates and derived values, `decision in ['approved', 'decided'] and age >=
/// 18`.
///
/// An expression is an immutable tree, the same whether it was parsed from text or built with operators; it prints back
/// as text, and what it prints reads back as the same tree. There is no arithmetic on fractions, no user function and
/// no `eval`: nothing in a definition is executed. A predicate over a row is true, false or unknown (Kleene's logic);
/// unknown comes from missing cells and from values that a closed category does not list.
///
/// Text and categories compare by `==`, `!=` and `in` only; numbers of any scale compare exactly; a text column is read
/// as dates where it meets a date. `is_null` is never unknown: of a cell it asks whether it is missing (an unlisted
/// value is not), of a predicate whether it is unknown. `coalesce` is the first value that is not missing, `least` and
/// `greatest` are missing if any part is. `days(a, b)` is b − a; `add_months` stops at the end of a short month; a date
/// outside the years 1 to 9999 is missing.
///
/// Of a set (集合) is asked whether it has a member, `has(sources, 'hotline')`; whether it meets others,
/// `meets(sources,
/// @digital)`: has any of them; whether it lies within them, `within(sources, @digital)`: has members, and no other;
/// and how many members it has, `size(sources)`, a repeated one of a bag as often as it stands there. The empty set has
/// no member, meets nothing and lies within nothing. A member that is not listed could be any other: what hangs on it
/// is unknown. Sets are not compared with one another.
///
/// What a set is made of, group by group, is its pattern: `pattern(sources, @origin)` is a category, `digital 2,
/// traditional 1`, where a grouping says which group each source is in; where groups change over time,
/// `pattern(sources, @origin by found_on)` goes by those of that day. `@source` puts each source in a group of its own.
/// A pattern stands in a column of a unit, where data resolve the grouping.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <casemetry/error.hpp>
#include <casemetry/export.hpp>
#include <casemetry/table.hpp>

namespace casemetry {

/// An exact decimal, `digits` times ten to the minus `scale`.
struct Decimal {
  std::int64_t digits = 0;
  int scale = 0;
  bool operator==(const Decimal&) const = default;
};

/// The set without members, `[]`. It stands as the `otherwise` of a lookup; expressions ask `size(x) == 0`.
struct EmptySet {
  bool operator==(const EmptySet&) const = default;
};

/// A constant of the language, or the empty set.
using Literal = std::variant<std::string, std::int64_t, Decimal, Date, bool, EmptySet>;

/// What a node of the tree does. Comparisons take two children, `and` and `or` two or more; `in` takes one and the
/// literals or a named list; `between(x, a, b)` is `a <= x and x <= b`. A collapse call, `min(x where p)`, makes one
/// value of the many rows that a unit is collapsed from: it stands in a column of a unit, and names the columns of the
/// unit's source.
enum class Operation : std::uint8_t {
  literal,
  column,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,  // of literals, or of a named list
  between,
  is_null,
  starts_with,
  contains,
  // Of a set.
  has,
  meets,   // of literals, or of a named list
  within,  // likewise
  size,
  pattern,  // of its members' groups, and the date that the groups are of, if one is said
  logical_not,
  logical_and,
  logical_or,
  days,
  year,
  quarter,
  month,
  coalesce,
  least,
  greatest,
  add_days,
  add_months,
  workdays,      // in (a, b], negative if b < a
  add_workdays,  // the working day b with workdays(a, b) = n
  found,         // whether a lookup found its row
  // Over the source's rows of one unit: of an argument, and a condition if there is one. `earliest` and `latest` have
  // the time between: they are the set of the values at the first and at the last time, so that no order of rows
  // decides; `bag` counts repeats.
  collapse_any,
  collapse_all,
  collapse_count,
  collapse_min,
  collapse_max,
  collapse_sum,
  collapse_only,
  collapse_set,
  collapse_bag,
  collapse_earliest,
  collapse_latest,
};

/// An immutable tree, at most 200 levels deep and 100,000 nodes large (values of a list count), so that no walk over it
/// overflows. Copying shares it. An `and` of an `and` is one `and`, likewise `or`.
class CASEMETRY_EXPORT Expression {
 public:
  struct Node {
    Operation operation = Operation::literal;
    Literal value;                ///< of a literal
    std::string name;             ///< of a column, a named list, the lookup of a `found`, or a grouping
    std::vector<Literal> values;  ///< of an `in`, `meets` or `within`
    std::vector<Expression> children;
    /// Where its operator, name or literal stood in the text it was parsed from, and its values: code points
    /// from the beginning. Not part of its identity; a tree built by operators has none.
    std::optional<std::size_t> position;
    std::vector<std::size_t> value_positions;
  };

  /// Parses text. Throws DefinitionError with the position.
  static Expression parse(std::string_view text);
  /// Throws DefinitionError if the node has not the children that its operation takes, if a name is empty or a text not
  /// UTF-8, if a number or date cannot be written in the language, or if the tree grows too large.
  explicit Expression(Node node);

  const Node& node() const { return *node_; }
  /// The text, with no more parentheses than needed. `parse(e.text())` is the same tree as `e`.
  std::string text() const;
  /// The columns it reads (in collapse calls too), the named lists it refers to (without `@`), the lookups it asks
  /// `found` of and the groupings of its patterns (without `@`), each once, sorted.
  std::vector<std::string> columns() const;
  std::vector<std::string> lists() const;
  std::vector<std::string> lookups() const;
  std::vector<std::string> groupings() const;
  /// Whether two expressions are the same tree (`==` builds a comparison).
  bool same_as(const Expression& other) const;

 private:
  std::shared_ptr<const Node> node_;
  std::size_t depth_ = 1;
  std::size_t size_ = 1;
};

/// Its collapse calls, each different one once, in the order of the text. They do not nest: `check` tells a collapse
/// call inside another as a fault.
CASEMETRY_EXPORT std::vector<Expression> collapse_calls(const Expression& expression);

/// Its patterns, likewise. None stands inside a collapse call.
CASEMETRY_EXPORT std::vector<Expression> patterns(const Expression& expression);

/// The condition of a collapse call, what stands after `where`; null if there is none.
CASEMETRY_EXPORT const Expression* condition_of(const Expression& collapse_call);

/// The tree with the nodes for which `replacement` gives something replaced by it, outermost first: what was put in is
/// not looked into again. Parts in which nothing is replaced are shared.
CASEMETRY_EXPORT Expression replaced(const Expression& expression,
                                     const std::function<std::optional<Expression>(const Expression&)>& replacement);

/// The identity grouping, `pattern(sources, @source)`: each source a group of its own. No grouping is declared by this
/// name.
inline constexpr std::string_view identity_grouping = "source";

/// The names that an expression may use, and what they hold.
struct Scope {
  /// The definition of a column, or nothing if there is none of that name. `values` closes a category.
  std::function<const ColumnDefinition*(std::string_view)> column;
  std::vector<std::string> column_names;                               ///< for suggestions
  const std::map<std::string, std::vector<Literal>>* lists = nullptr;  ///< for `@name`
  const Scope* source = nullptr;     ///< the columns inside collapse calls; null: nothing is collapsed here
  std::vector<std::string> lookups;  ///< for `found(name)`
  bool holidays = false;             ///< whether there is a table of holidays: `workdays` and `add_workdays` need one
  bool patterns = false;             ///< whether a pattern may stand here: in a column of a unit
  std::map<std::string, bool> groupings;  ///< for patterns, and whether their groups change, so that a date is wanted
};

/// Every fault of an expression in a scope: unknown names, types that cannot be compared, literals that a closed
/// category does not list, a value where a predicate is wanted, a collapse call where nothing is collapsed. Appends to
/// `faults`, with `path` and position. With `predicate` the whole must be a predicate.
CASEMETRY_EXPORT void check(const Expression& expression, const Scope& scope, bool predicate, const std::string& path,
                            std::vector<Fault>& faults);

/// What an expression holds in a scope: type, scale and, where they are known, the listed values; without a name. It
/// identifies persons if it hands on a column that does. Nothing if `check` finds a fault.
CASEMETRY_EXPORT std::optional<ColumnDefinition> result_of(const Expression& expression, const Scope& scope);

/// Working days: Monday to Friday, but for the days of which a table says otherwise (节假日与调休). A value: copying
/// shares the table. Counting and adding are binary searches among the days that it lists, however far the days lie
/// apart.
class CASEMETRY_EXPORT Holidays {
 public:
  /// No table: a predicate or value that needs one is refused.
  Holidays() = default;
  /// From the columns `date` and `works` (true for a working Saturday), one row a day that the weekdays do not tell.
  /// Throws ColumnNotFoundError if one is missing, DataError if a cell is missing or a day is told in two ways.
  explicit Holidays(const Table& table);

  /// Whether there is a table.
  bool known() const { return data_ != nullptr; }
  /// The days that work otherwise than their weekday tells, ascending, as days since 1970-01-01. None without a table.
  std::vector<std::int32_t> listed() const;
  bool works(Date day) const;
  /// The working days in (from, to], negative if `to` is earlier. Throws std::logic_error without a table, as do all.
  std::int64_t workdays(Date from, Date to) const;
  /// The working day `to` with `workdays(from, to) == n`: for 0, `from` or the last working day before it. Nothing
  /// outside the years 1 to 9999.
  std::optional<Date> add_workdays(Date from, std::int64_t n) const;

 private:
  struct Data;
  const Data& data() const;
  std::shared_ptr<const Data> data_;
};

/// The outcome of a predicate for one row. Not applicable is the aggregate's affair, not the language's.
enum class Outcome : std::uint8_t { no = 0, yes = 1, unknown = 2 };

/// A predicate bound to the columns of a table. Cheap to copy; safe to use from several threads.
///
/// A predicate that reads one coded column only is decided once a label: `by_code()` has its outcome for every code,
/// the missing one last. Any predicate can be asked for the outcomes of a range of rows.
class CASEMETRY_EXPORT BoundPredicate {
 public:
  /// Binds. `column` gives each column as its definition reads it; `lists` the named lists. The expression must have
  /// passed `check`; throws DefinitionError else: collapse calls, `found` and patterns have been replaced by columns. A
  /// text column beside a date literal or in a date function is read as dates.
  BoundPredicate(const Expression& expression, const std::function<Column(std::string_view)>& column,
                 const std::map<std::string, std::vector<Literal>>& lists, const Holidays& holidays = {});
  /// The outcomes of rows [begin, begin + out.size()).
  void outcomes(std::int64_t begin, std::span<Outcome> out) const;
  /// The one coded column that decides it, if there is just one and it reads no other.
  const Column* decided_by() const;
  /// The outcome for each code of `decided_by()`: `labels().size() + 1` of them.
  std::span<const Outcome> by_code() const;
  /// Whether any row could be unknown: false if no column that it reads has missing or unlisted cells.
  bool may_be_unknown() const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

/// A value (integer or date) bound to the columns of a table.
class CASEMETRY_EXPORT BoundValue {
 public:
  BoundValue(const Expression& expression, const std::function<Column(std::string_view)>& column,
             const Holidays& holidays = {});
  /// `date`, `integer` or `decimal`.
  Type type() const;
  int scale() const;
  /// The values of rows [begin, begin + out.size()): days since 1970 for dates (`not_yet_day` not yet), units of the
  /// last digit for decimals; `missing_number` is missing.
  void values(std::int64_t begin, std::span<std::int64_t> out) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

/// A whole column of an expression over the rows of a table, called `name`. A predicate becomes true or false, missing
/// where it is unknown; dates, numbers and text become a column of their type; a bare column is itself, renamed,
/// sharing its cells. `column` gives columns of `rows` rows. Rows are shared out among threads. Throws like
/// BoundPredicate.
CASEMETRY_EXPORT Column materialised(const Expression& expression,
                                     const std::function<Column(std::string_view)>& column,
                                     const std::map<std::string, std::vector<Literal>>& lists, const Holidays& holidays,
                                     std::string name, std::int64_t rows);

/// Building blocks: `col("decision") == "refused" && in(col("office"), {"A", "B"})`.
CASEMETRY_EXPORT Expression col(std::string_view name);
CASEMETRY_EXPORT Expression lit(Literal value);
CASEMETRY_EXPORT Expression in(Expression value, std::vector<Literal> values);
CASEMETRY_EXPORT Expression not_in(Expression value, std::vector<Literal> values);
CASEMETRY_EXPORT Expression in_list(Expression value, std::string_view list);
CASEMETRY_EXPORT Expression not_in_list(Expression value, std::string_view list);
CASEMETRY_EXPORT Expression between(Expression value, Literal low, Literal high);
CASEMETRY_EXPORT Expression is_null(Expression value);
CASEMETRY_EXPORT Expression starts_with(Expression value, std::string_view text);
CASEMETRY_EXPORT Expression contains(Expression value, std::string_view text);
CASEMETRY_EXPORT Expression has(Expression set, std::string_view member);
CASEMETRY_EXPORT Expression meets(Expression set, std::vector<Literal> members);
CASEMETRY_EXPORT Expression meets_list(Expression set, std::string_view list);
CASEMETRY_EXPORT Expression within(Expression set, std::vector<Literal> members);
CASEMETRY_EXPORT Expression within_list(Expression set, std::string_view list);
CASEMETRY_EXPORT Expression size(Expression set);
CASEMETRY_EXPORT Expression pattern(Expression set, std::string_view grouping);
CASEMETRY_EXPORT Expression pattern(Expression set, std::string_view grouping, Expression by);
CASEMETRY_EXPORT Expression days(Expression from, Expression to);
CASEMETRY_EXPORT Expression found(std::string_view lookup);
/// Any other function; a collapse call takes an argument, `earliest` and `latest` the time, and a condition if there is
/// one.
CASEMETRY_EXPORT Expression call(Operation function, std::vector<Expression> arguments);

CASEMETRY_EXPORT Expression operator==(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator!=(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator<(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator<=(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator>(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator>=(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator&&(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator||(Expression left, Expression right);
CASEMETRY_EXPORT Expression operator!(Expression operand);

inline Expression operator==(Expression left, const char* right) {
  return std::move(left) == lit(std::string(right));
}
inline Expression operator!=(Expression left, const char* right) {
  return std::move(left) != lit(std::string(right));
}

}  // namespace casemetry
