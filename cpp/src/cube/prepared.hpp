// SPDX-License-Identifier: Apache-2.0
// All that is known before units are counted: the sources, the labels of the dimensions, and for each block what is
// counted in which cells. The pass begins here, and so do its plan in words and the units behind a figure.
#pragma once

#include <casemetry/cube.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cube/dimension.hpp"
#include "cube/groups.hpp"
#include "cube/month.hpp"
#include "cube/plan.hpp"
#include "cube/selection.hpp"

namespace casemetry::pass {

/// The units of one kind, the date that places them (empty: none), and what is counted of them there.
struct BlockOf {
  std::string unit, date;
  std::vector<const Aggregate*> aggregates;
};

class Prepared {
 public:
  Prepared(const Tables& tables, const Catalogue& catalogue, const BuildOptions& options);

  const Selection& selection() const { return selection_; }
  const std::vector<DimensionLabels>& dimensions() const { return dimensions_; }
  Source& source(const std::string& unit) { return selection_.sources.at(unit); }
  /// By unit, then date.
  std::vector<BlockOf> blocks() const;
  BlockPlan plan(const BlockOf& block);
  /// The months that occur; none without a date.
  Months months(const BlockOf& block);
  /// A digit for each dimension that the unit has, then one for the month if there is a date.
  std::vector<Digit> digits(const BlockOf& block, const Months& months);
  std::vector<bool> has_dimension(const std::string& unit);

 private:
  using DimensionColumns = std::vector<std::optional<DimensionColumn>>;

  const Dimension* declared(std::size_t dimension) const;
  DimensionLabels merged(std::size_t dimension, const Tables& tables) const;

  const Catalogue& catalogue_;
  const BuildOptions& options_;
  Selection selection_;
  std::vector<std::string> by_;                      // of the options, then the patterns of leads
  std::map<std::string, DimensionColumns> columns_;  // by unit, in the order of `by`
  std::vector<DimensionLabels> dimensions_;
};

}  // namespace casemetry::pass
