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

Count not_applicable(const Pending& pending) {
  return Count(Lane{}) - pending.applies.possible;
}

}  // namespace

Pending pending_of(const Aggregate& aggregate, Source& source, Decisions& decisions, std::optional<Date> as_of) {
  const Decisions::Columns dates = [&](std::string_view name) { return source.dates(std::string(name)); };
  const Expression closed = col(aggregate.closed);
  return {.aggregate = &aggregate,
          .applies = decisions.decide(aggregate.applies_where),
          .where = decisions.decide(aggregate.where),
          .opened = decisions.known(aggregate.opened, dates).yes,
          .closed =
              as_of ? decisions.decide(closed <= lit(*as_of), dates).yes : decisions.known(aggregate.closed, dates).yes,
          .settled = decisions.decide(!is_null(closed), dates).yes};
}

AggregatePlan openings(const Pending& pending) {
  const Lane all = certain(pending);
  const Lane settled = both(all, pending.settled);
  const Lane closed = both(all, pending.closed);
  const Lane placed = both(pending.closed, pending.opened);
  const Count undated_and_closed = Count(closed) - both(closed, pending.opened);
  const Count perhaps_undated_and_closed = unknown_among(pending, pending.closed) - unknown_among(pending, placed);
  return {.aggregate = pending.aggregate,
          .measured = both(settled, pending.opened),
          .yes = settled - undated_and_closed,
          .unknown = unknown_among(pending, {}) - perhaps_undated_and_closed + all - settled,
          .not_applicable = not_applicable(pending)};
}

AggregatePlan closings(const Pending& pending) {
  const Lane placed = both(pending.closed, pending.opened);
  const Lane closed = both(certain(pending), placed);
  return {.aggregate = pending.aggregate,
          .measured = closed,
          .yes = closed,
          .unknown = unknown_among(pending, placed),
          .not_applicable = not_applicable(pending)};
}

}  // namespace casemetry::pass
