// SPDX-License-Identifier: Apache-2.0
#include "check/row_test.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <span>

namespace casemetry::quality {
namespace {

constexpr std::size_t block_rows = std::size_t{1} << 16;

// A test by code. The column is kept, for the codes are its own.
RowTest by_code(const Column& column, std::vector<bool> is_so) {
  return std::visit(
      [&](auto codes) -> RowTest {
        return [codes, column, is_so = std::move(is_so)](std::size_t row) { return bool{is_so[codes[row]]}; };
      },
      column.codes());
}

}  // namespace

Tally tally(std::int64_t rows, const RowTest& test, std::size_t examples) {
  const auto all = static_cast<std::size_t>(rows);
  std::vector<Tally> parts((all + block_rows - 1) / block_rows);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t block) {
    Tally& part = parts[block];
    for (std::size_t row = block * block_rows; row < std::min(all, (block + 1) * block_rows); ++row) {
      if (!test(row)) continue;
      ++part.rows;
      if (part.first.size() < examples) part.first.push_back(static_cast<std::int64_t>(row));
    }
  });
  return std::accumulate(parts.begin(), parts.end(), Tally{}, [&](Tally total, const Tally& part) {
    total.rows += part.rows;
    for (const std::int64_t row : part.first)
      if (total.first.size() < examples) total.first.push_back(row);
    return total;
  });
}

std::vector<std::int64_t> rows_where(std::int64_t rows, const RowTest& test) {
  std::vector<std::int64_t> found;
  for (std::int64_t row = 0; row < rows; ++row)
    if (test(static_cast<std::size_t>(row))) found.push_back(row);
  return found;
}

RowTest is_missing(const Column& column) {
  if (column.type() == Type::date)
    return [days = column.days(), column](std::size_t row) { return days[row] == missing_day; };
  if (column.coded() || column.type() == Type::set) {
    std::vector<bool> is_so(column.missing_code() + 1);
    is_so.back() = true;
    return by_code(column, std::move(is_so));
  }
  return [numbers = column.numbers(), column](std::size_t row) { return numbers[row] == missing_number; };
}

RowTest is_unlisted(const Column& column) {
  std::vector<bool> is_so(column.missing_code() + 1);
  for (std::size_t code = 0; code < column.missing_code(); ++code)
    is_so[code] = column.type() == Type::set
                      ? std::ranges::any_of(column.sets()[code], [&](auto label) { return label >= column.listed(); })
                      : code >= column.listed();
  return by_code(column, std::move(is_so));
}

RowTest is_flagged(std::vector<std::uint8_t> flags) {
  return [kept = std::make_shared<const std::vector<std::uint8_t>>(std::move(flags))](std::size_t row) {
    return (*kept)[row] != 0;
  };
}

}  // namespace casemetry::quality
