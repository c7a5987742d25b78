// SPDX-License-Identifier: Apache-2.0
// Decisions: predicates with three outcomes, as two lanes each. Conditions on one coded column are sets of its codes;
// a top-level `and` of them is a lane over several columns; whatever else a predicate may be becomes a class column
// whose codes are its outcomes. That is the one fallback.
#pragma once

#include <casemetry/catalogue.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cube/frame.hpp"
#include "cube/lane.hpp"
#include "cube/source.hpp"

namespace casemetry::pass {

/// An outcome a row: yes in the one lane, not no (yes or unknown) in the other.
struct Decision {
  Lane yes;
  Lane possible;
  /// Whether no row can be unknown.
  bool certain() const { return yes == possible; }
};

/// The decisions about one table, and the class columns they rest on.
class Decisions {
 public:
  using Lists = std::map<std::string, std::vector<Literal>>;
  using Columns = std::function<casemetry::Column(std::string_view)>;

  Decisions(Source& source, const Lists& lists) : source_(source), lists_(lists) {}

  /// A predicate; without one: yes for all rows.
  Decision decide(const std::optional<Expression>& predicate);
  /// A predicate over columns as `reading` gives them.
  Decision decide(const Expression& predicate, const Columns& reading);
  /// Whether the cell of a column has a value, as `reading` gives the column.
  Decision known(const std::string& column, const Columns& reading);
  /// `where` for the rows to which it applies: no where it does not apply, unknown where that is unknown.
  Decision applied(const Decision& applies, const Decision& where);
  /// Yes if any is yes, else unknown if any is unknown.
  Decision any(std::span<const Decision> decisions);

  std::span<const ClassColumn> columns() const { return columns_; }

 private:
  std::size_t add(ClassColumn column);
  std::size_t stored(const Column& column);
  Decision atom(const BoundPredicate& predicate);
  Decision of_column(std::size_t column);
  Decision any_of(std::span<const Lane> yes, std::span<const Lane> possible);
  Decision decided_by_lanes(std::span<const Lane> yes, std::span<const Lane> possible);
  std::optional<Lane> united(std::span<const Lane> lanes) const;
  std::optional<Lane> without(const Lane& lane, const Lane& removed) const;

  Source& source_;
  const Lists& lists_;
  std::vector<ClassColumn> columns_;
  std::vector<CodeSet> occurs_;  // of the columns, side by side
  std::map<std::string, std::size_t, std::less<>> stored_;
};

}  // namespace casemetry::pass
