// SPDX-License-Identifier: Apache-2.0
#include "cube/pending.hpp"

namespace casemetry::pass {
namespace {

Lane certain(const Pending& pending) {
  return both(pending.applies.yes, pending.where.yes);
}

// Of the units in a lane those of which it is unknown whether the aggregate counts them.
Count unknown_among(const Pending& pending, const Lane& lane) {
  const Lane applicable = both(pending.applies.yes, lane);
  return Count(both(pending.applies.possible, lane)) - applicable + both(applicable, pending.where.possible) -
         both(applicable, pending.where.yes);
}

// A closing that comes before the opening closes nothing, unless neither has come yet.
Expression entering(const Aggregate& aggregate, std::optional<Date> as_of) {
  const Expression in_order = col(aggregate.opened) <= col(aggregate.closed);
  return as_of ? in_order || col(aggregate.closed) > lit(*as_of) : in_order;
}

}  // namespace

Pending pending_of(const Aggregate& aggregate, Source& source, Decisions& decisions, std::optional<Date> as_of) {
  const Decisions::Columns dates = [&](std::string_view name) { return source.dates(std::string(name)); };
  const Expression closed = col(aggregate.closed);
  const Lane opened = decisions.known(aggregate.opened, dates).yes;
  return {.aggregate = &aggregate,
          .applies = decisions.decide(aggregate.applies_where),
          .where = decisions.decide(aggregate.where),
          .opened = opened,
          .entered = both(opened, decisions.decide(entering(aggregate, as_of), dates).yes),
          .closed =
              as_of ? decisions.decide(closed <= lit(*as_of), dates).yes : decisions.known(aggregate.closed, dates).yes,
          .settled = decisions.decide(!is_null(closed), dates).yes};
}

AggregatePlan openings(const Pending& pending) {
  const Lane all = certain(pending);
  const Lane settled = both(all, pending.settled);
  const Lane closed = both(all, pending.closed);
  const Lane entered = both(all, pending.entered);
  const Count open = Count(settled) - closed;
  const Count open_and_dated = Count(both(settled, pending.opened)) - both(closed, pending.opened);
  const Count closed_without_entering =
      unknown_among(pending, pending.closed) - unknown_among(pending, both(pending.closed, pending.entered));
  return {.aggregate = pending.aggregate,
          .measured = entered,
          .yes = entered + (open - open_and_dated),
          .unknown = unknown_among(pending, {}) - closed_without_entering + all - settled,
          .not_applicable = Count(Lane{}) - pending.applies.possible};
}

AggregatePlan closings(const Pending& pending) {
  const Lane left = both(pending.closed, pending.entered);
  const Lane all = certain(pending);
  const Count perhaps_left = unknown_among(pending, left);
  return {.aggregate = pending.aggregate,
          .measured = both(all, left),
          .yes = both(all, left),
          .unknown = perhaps_left,
          .not_applicable = Count(both(all, pending.closed)) - both(all, left) +
                            unknown_among(pending, pending.closed) - perhaps_left};
}

}  // namespace casemetry::pass
