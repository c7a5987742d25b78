// SPDX-License-Identifier: Apache-2.0
// The plan of one block: what is counted of the units of a table that one date column places, as counts over lanes.
#pragma once

#include <casemetry/catalogue.hpp>
#include <span>
#include <string>
#include <vector>

#include "cube/decisions.hpp"
#include "cube/lane.hpp"

namespace casemetry::pass {

/// An aggregate: yes, unknown and not applicable; no is what remains of the units.
struct AggregatePlan {
  const Aggregate* aggregate = nullptr;
  Lane measured;  ///< yes, and all values that a sum or days want are known
  Count yes, unknown, not_applicable;
};

/// The joint outcomes of a numerator N and a denominator D. With #(·) the rows of a lane, y yes and p possible:
///
///     x = #(Dy Ny)                 a = #(Dy Np) − #(Dy Ny)
///     n = #Dy − a                  d = #(Dp Ny) − #(Dy Ny)
///     b = #(Dp Np) − #(Dy Np) − d  c = #Dp − #Dy − b − d
struct ProportionPlan {
  std::string numerator, denominator;
  Count x, n, a, b, c, d;
};

/// Rows that two summed counts of a proportion have in common: there must be none.
struct Overlap {
  std::string indicator, side, first, second;
  Lane lane;
};

struct BlockPlan {
  std::string unit, date;  ///< date: empty if units are not placed
  Decisions decisions;
  std::vector<AggregatePlan> aggregates;
  std::vector<ProportionPlan> proportions;
  std::vector<Overlap> overlaps;

  /// Every lane that something counts, each once: that of all units first.
  std::vector<Lane> lanes() const;
};

/// Plans the aggregates of one unit and date, and the proportions of `indicators` that rest on them. What is pending
/// stands at `as_of`.
BlockPlan plan(Source& source, const Catalogue& catalogue, const std::string& date,
               std::span<const Aggregate* const> aggregates, std::span<const Indicator* const> indicators,
               std::optional<Date> as_of);

}  // namespace casemetry::pass
