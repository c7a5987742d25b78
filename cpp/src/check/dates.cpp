// SPDX-License-Identifier: Apache-2.0
// Days beside days: which follow each other, and which were entered when.
#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <span>

#include "check/at_hand.hpp"
#include "check/trace.hpp"
#include "reporting_month.hpp"

namespace casemetry::quality {
namespace {

using Kind = Finding::Kind;
using Days = std::span<const std::int32_t>;

std::function<std::string(std::size_t)> both(const Column& first, const Column& second) {
  return [first, second](std::size_t row) { return cell_text(first, row) + " → " + cell_text(second, row); };
}

Suspicion of_pair(const TableAtHand& table, Kind kind, const Column& first, const Column& second, RowTest test) {
  return {.finding = {.kind = kind,
                      .table = table.id(),
                      .column = first.name(),
                      .other = second.name(),
                      .of = tally(
                                table.rows(),
                                [a = first.days(), b = second.days()](std::size_t row) {
                                  return a[row] != missing_day && b[row] != missing_day;
                                },
                                0)
                                .rows},
          .test = std::move(test),
          .value = both(first, second)};
}

// Days next to each other in a row: those between are missing. One that has not come yet is later than any.
RowTest is_reversed(const Column& first, const Column& second, std::vector<Column> between) {
  return [first, second, a = first.days(), b = second.days(), between = std::move(between)](std::size_t row) {
    return a[row] > b[row] && b[row] != missing_day &&
           std::ranges::all_of(between, [row](const Column& column) { return column.days()[row] == missing_day; });
  };
}

void add_chain(const TableAtHand& table, const std::vector<std::string>& names, std::vector<Suspicion>& suspicions) {
  std::vector<Column> chain;
  for (const std::string& name : names)
    if (const Column* column = table.dates(name)) chain.push_back(*column);
  for (std::size_t i = 0; i < chain.size(); ++i)
    for (std::size_t j = i + 1; j < chain.size(); ++j)
      suspicions.push_back(of_pair(table, Kind::out_of_order, chain[i], chain[j],
                                   is_reversed(chain[i], chain[j],
                                               {chain.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                                chain.begin() + static_cast<std::ptrdiff_t>(j)})));
}

RowTest is_late(const Column& date, const Column& entered, const Calendar& calendar) {
  return [date, entered, calendar, a = date.days(), b = entered.days()](std::size_t row) {
    return is_day(a[row]) && is_day(b[row]) && a[row] < b[row] &&
           reporting_month(a[row], calendar) < reporting_month(b[row], calendar);
  };
}

// The date columns that rows are counted by, beside the day on which they were entered.
std::vector<Column> counted_dates(const TableAtHand& table) {
  std::vector<Column> dates;
  if (table.dates(table.definition().entered) == nullptr) return dates;
  for (const std::string& name : counted_by(table.catalogue(), table.id()))
    if (const Column* column = table.dates(name); column != nullptr && name != table.definition().entered)
      dates.push_back(*column);
  return dates;
}

// The last day of each band but the last, which has no end: the same day or before, a week, a month, a quarter, a year.
constexpr std::array<std::int32_t, 5> band_ends{0, 7, 30, 90, 365};
using Bands = std::array<std::int64_t, band_ends.size() + 1>;

Bands bands_of(Days dates, Days entered) {
  const auto count = [&](const tbb::blocked_range<std::size_t>& range, Bands bands) {
    for (std::size_t row = range.begin(); row != range.end(); ++row)
      if (is_day(dates[row]) && is_day(entered[row]))
        ++bands[static_cast<std::size_t>(std::ranges::lower_bound(band_ends, entered[row] - dates[row]) -
                                         band_ends.begin())];
    return bands;
  };
  const auto add = [](Bands left, const Bands& right) {
    std::ranges::transform(left, right, left.begin(), std::plus<>());
    return left;
  };
  return tbb::parallel_reduce(tbb::blocked_range<std::size_t>(0, dates.size(), std::size_t{1} << 16), Bands{}, count,
                              add);
}

Lateness lateness_of(const TableAtHand& table, const Column& date, const Column& entered) {
  Lateness lateness{.table = table.id(), .date = date.name(), .entered = entered.name()};
  const Bands bands = bands_of(date.days(), entered.days());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    Lateness::Band& band = lateness.bands.emplace_back();
    if (i > 0) band.from = band_ends[i - 1] + 1;
    if (i < band_ends.size()) band.to = band_ends[i];
    band.rows = bands[i];
  }
  lateness.rows = std::accumulate(bands.begin(), bands.end(), std::int64_t{0});
  lateness.late = tally(table.rows(), is_late(date, entered, table.catalogue().definitions().calendar), 0).rows;
  return lateness;
}

}  // namespace

std::vector<Suspicion> suspicious_orders(const TableAtHand& table) {
  std::vector<Suspicion> suspicions;
  for (const std::vector<std::string>& chain : table.definition().in_order) add_chain(table, chain, suspicions);
  return suspicions;
}

std::vector<Suspicion> suspicious_entries(const TableAtHand& table) {
  std::vector<Suspicion> suspicions;
  const Calendar& calendar = table.catalogue().definitions().calendar;
  for (const Column& date : counted_dates(table)) {
    const Column& entered = *table.dates(table.definition().entered);
    suspicions.push_back(of_pair(table, Kind::late, date, entered, is_late(date, entered, calendar)));
  }
  return suspicions;
}

std::vector<Lateness> lateness(const TableAtHand& table) {
  std::vector<Lateness> profiles;
  for (const Column& date : counted_dates(table))
    profiles.push_back(lateness_of(table, date, *table.dates(table.definition().entered)));
  return profiles;
}

}  // namespace casemetry::quality
