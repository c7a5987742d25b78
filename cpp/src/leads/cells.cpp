// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <casemetry/error.hpp>
#include <casemetry/leads.hpp>
#include <utility>

#include "leads/tally.hpp"

namespace casemetry {
namespace lead {
namespace {

std::ptrdiff_t position_of(const Result& result, std::string_view dimension) {
  const auto dimensions = result.dimensions();
  const auto found = std::ranges::find(dimensions, dimension);
  if (found != dimensions.end()) return found - dimensions.begin();
  const std::string hint = suggestion(dimension, dimensions);
  throw QueryError("the result is not by '" + std::string(dimension) + "'" +
                   (hint.empty() ? ": ask by the dimension of patterns" : "; " + hint));
}

std::int64_t count_in(const Result::Row& row) {
  if (row.numerator && row.numerator->is_whole() && !row.denominator) return row.numerator->whole();
  throw QueryError("'" + std::string(row.indicator) + "' is no count of leads here (" + row.flags.status() +
                   "): ask for an indicator of the kind count that is available");
}

// Gathers the rows of a cell and period wherever they stand, in the order of their first.
class Cells {
 public:
  explicit Cells(std::ptrdiff_t patterns) : patterns_(patterns) {}

  void add(const Result::Row& row) {
    PatternCell& cell = cell_of(row);
    const std::int64_t leads = count_in(row);
    const auto label = row.cell[static_cast<std::size_t>(patterns_)];
    add_leads(cell.undecided, row.unknown);
    if (!label) return add_leads(cell.counts.unknown, leads);
    const Pattern pattern = Pattern::parse(*label);
    if (leads > 0) add_leads(cell.counts.leads[pattern], leads);
  }

  std::vector<PatternCell> cells() && { return std::move(cells_); }

 private:
  using Labels = std::vector<std::optional<std::string>>;

  PatternCell& cell_of(const Result::Row& row) {
    Labels labels(row.cell.begin(), row.cell.end());
    labels.erase(labels.begin() + patterns_);
    std::optional<std::string> period(row.period);
    const auto [place, is_new] = places_.try_emplace({labels, period}, cells_.size());
    if (is_new) cells_.push_back({.cell = std::move(labels), .period = std::move(period)});
    return cells_[place->second];
  }

  std::ptrdiff_t patterns_;
  std::vector<PatternCell> cells_;
  std::map<std::pair<Labels, std::optional<std::string>>, std::size_t> places_;
};

}  // namespace
}  // namespace lead

std::vector<PatternCell> pattern_cells(const Result& result, std::string_view dimension) {
  if (result.query().indicators.size() != 1)
    throw QueryError("patterns of " + std::to_string(result.query().indicators.size()) +
                     " indicators: ask for the one that counts the leads");
  lead::Cells cells(lead::position_of(result, dimension));
  for (const Result::Row& row : result) cells.add(row);
  return std::move(cells).cells();
}

}  // namespace casemetry
