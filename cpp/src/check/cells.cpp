// SPDX-License-Identifier: Apache-2.0
// What may be wrong with a cell by itself.
#include "check/at_hand.hpp"

namespace casemetry::quality {
namespace {

using Kind = Finding::Kind;

Suspicion of_column(const TableAtHand& table, Kind kind, const Column& column, RowTest test) {
  return {.finding = {.kind = kind, .table = table.id(), .column = column.name(), .of = column.rows()},
          .test = std::move(test)};
}

// A cell that is missing, and was not when it was written.
RowTest is_unreadable(const TableAtHand& table, const Column& column) {
  if (column.type() == Type::set) return is_missing(column);
  const Column written = table.stored().column(column.name()).as({.name = column.name(), .type = Type::text});
  return [missing = is_missing(column), blank = is_missing(written)](std::size_t row) {
    return missing(row) && !blank(row);
  };
}

RowTest is_blank(const TableAtHand& table, const Column& column) {
  if (column.report().unreadable == 0) return is_missing(column);
  return [missing = is_missing(column), unreadable = is_unreadable(table, column)](std::size_t row) {
    return missing(row) && !unreadable(row);
  };
}

void add_unreadable(const TableAtHand& table, const Column& column, std::vector<Suspicion>& suspicions) {
  Suspicion& unreadable =
      suspicions.emplace_back(of_column(table, Kind::unreadable, column, is_unreadable(table, column)));
  if (!table.identifies(column.name()))
    unreadable.value = [written = table.stored().column(column.name()).as({.name = column.name(), .type = Type::text})](
                           std::size_t row) { return cell_text(written, row); };
}

RowTest is_before(const Column& column, Date day) {
  const auto first = static_cast<std::int32_t>(day.time_since_epoch().count());
  return [days = column.days(), column, first](std::size_t row) { return is_day(days[row]) && days[row] < first; };
}

RowTest is_after(const Column& column, Date day) {
  const auto last = static_cast<std::int32_t>(day.time_since_epoch().count());
  return [days = column.days(), column, last](std::size_t row) { return is_day(days[row]) && days[row] > last; };
}

void show_cells(const TableAtHand& table, const Column& column, Suspicion& suspicion) {
  if (!table.identifies(column.name())) suspicion.value = [column](std::size_t row) { return cell_text(column, row); };
}

void add(const TableAtHand& table, const Column& column, const CheckOptions& options,
         std::vector<Suspicion>& suspicions) {
  const ColumnReport& report = column.report();
  const auto suspect = [&](Kind kind, RowTest test) {
    show_cells(table, column, suspicions.emplace_back(of_column(table, kind, column, std::move(test))));
  };
  if (report.missing > 0) suspicions.push_back(of_column(table, Kind::missing, column, is_blank(table, column)));
  if (report.unreadable > 0) add_unreadable(table, column, suspicions);
  if (report.unlisted > 0) suspect(Kind::unlisted, is_unlisted(column));
  if (column.type() != Type::date) return;
  suspect(Kind::before_first_day, is_before(column, options.first_day));
  if (options.as_of) suspect(Kind::after_as_of, is_after(column, *options.as_of));
}

}  // namespace

std::vector<Suspicion> suspicious_cells(const TableAtHand& table, const CheckOptions& options) {
  std::vector<Suspicion> suspicions;
  for (const Column& column : table.columns()) add(table, column, options, suspicions);
  return suspicions;
}

}  // namespace casemetry::quality
