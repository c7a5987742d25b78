// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of rows: what a finding counts, and what it is asked for again.
#pragma once

#include <casemetry/check.hpp>
#include <functional>
#include <string>
#include <vector>

namespace casemetry::quality {

/// Whether a row, counted from 0, is so. Safe to ask from several threads.
using RowTest = std::function<bool(std::size_t)>;

/// Something that may be wrong: where to look for it, and by which test. `finding` has no counts yet.
struct Suspicion {
  Finding finding;
  RowTest test;
  std::function<std::string(std::size_t)> value{};  ///< what stands in a row that is so; none: nothing is shown
};

/// How many rows are so, and the first of them.
struct Tally {
  std::int64_t rows = 0;
  std::vector<std::int64_t> first;
};

/// Asks all rows, in parallel.
Tally tally(std::int64_t rows, const RowTest& test, std::size_t examples);

/// The rows that are so, ascending.
std::vector<std::int64_t> rows_where(std::int64_t rows, const RowTest& test);

/// Whether the cell is missing: null, blank or unreadable; a day that has not come yet is not.
RowTest is_missing(const Column& column);
/// Whether the cell holds a label, or a set with a member, that is not listed.
RowTest is_unlisted(const Column& column);
/// Whether the flag of the row is set.
RowTest is_flagged(std::vector<std::uint8_t> flags);

}  // namespace casemetry::quality
