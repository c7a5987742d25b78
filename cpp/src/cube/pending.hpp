// SPDX-License-Identifier: Apache-2.0
// What is pending (未结), as differences: in the block of the openings each unit is one more, in that of the closings
// one less, both with the day of opening; what is pending at the end of any month, and since when, follows by adding
// up.
#pragma once

#include <optional>

#include "cube/plan.hpp"

namespace casemetry::pass {

/// A pending aggregate as lanes.
struct Pending {
  const Aggregate* aggregate = nullptr;
  Decision applies, where;
  Lane opened;   ///< on a day that is known
  Lane closed;   ///< on a day that is known, not after the day at which the data stand
  Lane settled;  ///< closed on a day that is known, or not yet
};

/// Decides a pending aggregate. A closing after `as_of` has not come yet.
Pending pending_of(const Aggregate& aggregate, Source& source, Decisions& decisions, std::optional<Date> as_of);

/// One more, from the opening on. Where it is not known whether it is closed, it is unknown from then on. A unit whose
/// opening is not known is undated: it counts there if it is not closed.
AggregatePlan openings(const Pending& pending);

/// One less, from the closing on, of the units that were opened on a day that is known.
AggregatePlan closings(const Pending& pending);

}  // namespace casemetry::pass
