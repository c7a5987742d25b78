// SPDX-License-Identifier: Apache-2.0
// Which rows a collapse call takes.
#pragma once

#include <algorithm>
#include <atomic>
#include <casemetry/expression.hpp>
#include <cstdint>
#include <optional>
#include <span>

#include "units/collapse.hpp"

namespace casemetry::counting {

/// The `where` of a call, or none. Counts the rows that are skipped because it is unknown.
class Condition {
 public:
  Condition(const Expression& call, const CollapsedRows& rows) {
    if (const Expression* where = condition_of(call)) where_.emplace(*where, rows.column, rows.lists, rows.holidays);
  }

  bool always() const { return !where_; }
  /// Whether each row from `begin` on is taken.
  void outcomes(std::size_t begin, std::span<Outcome> out) {
    where_->outcomes(static_cast<std::int64_t>(begin), out);
    if (where_->may_be_unknown()) skip(std::ranges::count(out, Outcome::unknown));
  }
  void skip(std::int64_t rows) { skipped_.fetch_add(rows, std::memory_order_relaxed); }
  std::int64_t skipped() const { return skipped_; }

 private:
  std::optional<BoundPredicate> where_;
  std::atomic<std::int64_t> skipped_ = 0;
};

}  // namespace casemetry::counting
