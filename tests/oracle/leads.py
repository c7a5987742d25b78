# SPDX-License-Identifier: Apache-2.0
"""Contributions of sources to leads by brute force: every order of the players, one lead at a time, in fractions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Game = Callable[[frozenset[str]], Fraction]
"""What a coalition of sources is worth."""

Groups = Mapping[str, Sequence[str]]
"""Group → its sources; each source in one."""


@dataclass(frozen=True)
class Discovery:
    """A source found the lead at a time."""

    source: str
    time: int


Log = Sequence[Discovery]
"""All discoveries of one lead, in any order; a source may find it many times."""


def sources_of(log: Log) -> frozenset[str]:
    """Give the set of sources that found a lead."""
    return frozenset(discovery.source for discovery in log)


def at_time(log: Log, pick: Callable[[Collection[int]], int]) -> frozenset[str]:
    """Give the sources that found a lead at its first (``min``) or last (``max``) time."""
    if not log:
        return frozenset()
    when = pick([discovery.time for discovery in log])
    return frozenset(discovery.source for discovery in log if discovery.time == when)


def coverage(leads: Mapping[frozenset[str], int]) -> Game:
    """Give the game in which a coalition is worth the leads that any of its members found."""

    def worth(coalition: frozenset[str]) -> Fraction:
        return Fraction(sum(count for found_by, count in leads.items() if found_by & coalition))

    return worth


def marginals(order: Sequence[str], game: Game) -> dict[str, Fraction]:
    """Give what each player adds as the players arrive in this order."""
    added: dict[str, Fraction] = {}
    here: frozenset[str] = frozenset()
    for player in order:
        there = here | {player}
        added[player] = game(there) - game(here)
        here = there
    return added


def mean_marginals(orders: Iterator[Sequence[str]], game: Game) -> dict[str, Fraction]:
    """Give the mean of what each player adds over some orders."""
    totals: dict[str, Fraction] = {}
    n = 0
    for order in orders:
        n += 1
        for player, added in marginals(order, game).items():
            totals[player] = totals.get(player, Fraction(0)) + added
    return {player: total / n for player, total in totals.items()}


def shapley(sources: Sequence[str], game: Game) -> dict[str, Fraction]:
    """Give the Shapley value: the mean over all orders of the players (Shapley 1953)."""
    return mean_marginals(itertools.permutations(sources), game)


def orders_by_group(groups: Groups) -> Iterator[Sequence[str]]:
    """Go through the orders in which the members of a group arrive together."""
    for order in itertools.permutations(groups):
        for parts in itertools.product(*(itertools.permutations(groups[name]) for name in order)):
            yield [source for part in parts for source in part]


def owen(groups: Groups, game: Game) -> dict[str, Fraction]:
    """Give Owen's value: the mean over the orders in which no group is interrupted (Owen 1977)."""
    return mean_marginals(orders_by_group(groups), game)


def of_group(values: Mapping[str, Fraction], members: Collection[str]) -> Fraction:
    """Add up the values of the members of a group."""
    return sum((value for source, value in values.items() if source in members), Fraction(0))


def weight(rule: str, log: Log, group: str, groups: Groups) -> Fraction:
    """Give the credit of a group for one lead, each rule as it is said in words."""
    members = set(groups[group])
    everyone = [source for name in groups for source in groups[name]]
    found_by = sources_of(log)
    if rule == "any":
        return Fraction(bool(found_by & members))
    if rule == "exclusive":
        return Fraction(bool(found_by) and found_by <= members)
    if rule in ("first", "last"):
        tied = at_time(log, min if rule == "first" else max)
        return sum((Fraction(1, len(tied)) for source in tied if source in members), Fraction(0))
    if rule == "linear":
        return sum((Fraction(1, len(log)) for discovery in log if discovery.source in members), Fraction(0))
    game = coverage({found_by: 1})
    if rule == "shapley":
        return of_group(shapley(everyone, game), members)
    if rule == "owen":
        return of_group(owen(groups, game), members)
    raise ValueError(f"no rule {rule!r}")


def contribution(rule: str, logs: Sequence[Log], group: str, groups: Groups) -> tuple[Fraction, Fraction] | None:
    """Give the mean weight over leads and its squared standard error, (Σw²/N − p²)/N; None if there are no leads."""
    weights = [weight(rule, log, group, groups) for log in logs]
    if not weights:
        return None
    n = len(weights)
    share = sum(weights, Fraction(0)) / n
    return share, (sum((w * w for w in weights), Fraction(0)) / n - share * share) / n


def overlap(logs: Sequence[Log]) -> dict[tuple[str, str], tuple[int, int]]:
    """Give for each two sources how many leads both found, and how many either did."""
    sets = [sources_of(log) for log in logs]
    sources = sorted(set().union(*sets))
    pairs: dict[tuple[str, str], tuple[int, int]] = {}
    for first, second in itertools.combinations(sources, 2):
        both = sum(first in found_by and second in found_by for found_by in sets)
        either = sum(first in found_by or second in found_by for found_by in sets)
        if both:
            pairs[first, second] = (both, either)
    return pairs


def pattern(found_by: Sequence[Hashable], groups: Groups) -> dict[str, int]:
    """Give how many of these (a set, or a log with repeats) each group has; groups without any are left out."""
    counts = {name: sum(source in members for source in found_by) for name, members in groups.items()}
    return {name: count for name, count in counts.items() if count}
