// SPDX-License-Identifier: Apache-2.0
// What is pending (未结): at the end of a day the units that were opened up to it, and not closed up to it. It is kept
// as differences: in the block of the openings each unit is one more, in that of the closings one less, both with the
// day of opening; what is pending at the end of any month, and since when, follows by adding up. For the sum to be what
// it is of every unit, only what was opened is closed: a unit that is closed before it is opened, or without a known
// opening, is neither one more nor one less, but unknown from its closing on.
#pragma once

#include <optional>

#include "cube/plan.hpp"

namespace casemetry::pass {

/// A pending aggregate as lanes.
struct Pending {
  const Aggregate* aggregate = nullptr;
  Decision applies, where;
  Lane opened;   ///< on a day that is known
  Lane entered;  ///< opened on a day that is known, and not after the closing if that has come
  Lane closed;   ///< on a day that is known, not after the day at which the data stand
  Lane settled;  ///< closed on a day that is known, or not yet
};

/// Decides a pending aggregate. A closing after `as_of` has not come yet.
Pending pending_of(const Aggregate& aggregate, Source& source, Decisions& decisions, std::optional<Date> as_of);

/// One more, from the opening on. Where it is not known whether it is closed, it is unknown from then on. A unit whose
/// opening is not known is undated: it counts there if it is not closed.
AggregatePlan openings(const Pending& pending);

/// One less, from the closing on, of the units that were opened up to then. Not applicable is a closing of what was
/// not: unknown from then on.
AggregatePlan closings(const Pending& pending);

}  // namespace casemetry::pass
