# SPDX-License-Identifier: Apache-2.0
"""Contributions of sources to leads by brute force: every order of the players, one lead at a time, in fractions."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, factorial, sqrt
from statistics import NormalDist

RULES = ("any", "exclusive", "first", "last", "linear", "shapley", "owen")
SPLITTING = RULES[2:]
"""The rules that share each lead out among the groups that found it."""

Game = Callable[[frozenset[str]], Fraction]
"""What a coalition of sources is worth."""

Groups = Mapping[str, Sequence[str]]
"""Group → its sources; each source in one."""


@dataclass(frozen=True)
class Discovery:
    """A source found the lead at a time; None: no one knows when."""

    source: str
    time: int | None


Log = Sequence[Discovery]
"""All discoveries of one lead, in any order; a source may find it many times."""


def sources_of(log: Log) -> frozenset[str]:
    """Give the set of sources that found a lead."""
    return frozenset(discovery.source for discovery in log)


def at_time(log: Log, pick: Callable[[Collection[int]], int]) -> frozenset[str]:
    """Give the sources that found a lead at its first (``min``) or last (``max``) known time."""
    times = [discovery.time for discovery in log if discovery.time is not None]
    if not times:
        return frozenset()
    when = pick(times)
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


def shapley_by_coalitions(sources: Sequence[str], game: Game) -> dict[str, Fraction]:
    """Give the Shapley value as the mean over coalitions, weighed by the orders that each stands for: for many."""
    n = len(sources)
    totals = dict.fromkeys(sources, Fraction(0))
    for size in range(n):
        orders = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
        for coalition in map(frozenset, itertools.combinations(sources, size)):
            alone = game(coalition)
            for source in totals.keys() - coalition:
                totals[source] += orders * (game(coalition | {source}) - alone)
    return totals


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


def closed_weight(rule: str, log: Log, group: str, groups: Groups) -> Fraction | None:
    """Give the same by the closed form of each rule; None where no time is known and the rule asks for one."""
    found_by = sources_of(log)
    of_rule = {
        "first": sorted(at_time(log, min)),
        "last": sorted(at_time(log, max)),
        "linear": [discovery.source for discovery in log],
    }
    members = pattern(of_rule.get(rule, sorted(found_by)), groups)
    if not members:
        return None if found_by else Fraction(0)
    m, k = members.get(group, 0), sum(members.values())
    if rule == "any":
        return Fraction(m > 0)
    if rule == "exclusive":
        return Fraction(m == k)
    return Fraction(m > 0, len(members)) if rule == "owen" else Fraction(m, k)


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


@dataclass(frozen=True)
class Lead:
    """A lead: what found it, where, what it weighs, and the day it passed each stage (None: not yet)."""

    id: str
    log: Log = ()
    office: str | None = None
    value: int = 1
    stages: tuple[int | None, ...] = (0,)

    def reached(self, stage: int) -> bool:
        """Tell whether it has a day for the stage or for a later one."""
        return any(day is not None for day in self.stages[stage:])


def wilson(p: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give Wilson's interval (1927) of a share of `n` leads that count whole."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


@dataclass(frozen=True)
class Share:
    """A contribution with all that it rests on."""

    credit: Fraction
    total: int
    squares: int
    variance: Fraction | None
    n: int
    unknown: int
    unattributed: int

    @property
    def value(self) -> Fraction | None:
        """The credit over what all weigh."""
        return self.credit / self.total if self.total else None

    @property
    def n_eff(self) -> float | None:
        """How many leads that count whole have this standard error; None: there are no leads.

        Where all weights are equal, how many equal ones weigh as these do: (Σv)² / Σv² (Kish 1965).
        """
        value = self.value
        if value is None:
            return None
        return float(value * (1 - value) / self.variance) if self.variance else self.total**2 / self.squares

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Give Wilson's interval of as many leads as have this standard error."""
        return None if self.value is None or self.n_eff is None else wilson(float(self.value), self.n_eff, level)

    def p_that_it_exceeds(self, share: float) -> float:
        """Give the one-sided p of the score test that Wilson's interval inverts."""
        if self.value is None or self.n_eff is None:
            raise ValueError("no leads")
        z = (float(self.value) - share) / sqrt(share * (1 - share) / self.n_eff)
        return erfc(z / sqrt(2)) / 2


def share(rule: str, leads: Sequence[Lead], group: str, groups: Groups, over: str = "leads") -> Share:
    """Give the share of a group: Σvw / Σv, and its squared standard error Σv²(w − p)² / (Σv)²."""
    asked = [lead for lead in leads if over == "leads" or lead.log]
    weights = [(lead.value, closed_weight(rule, lead.log, group, groups)) for lead in asked]
    known = [(value, w) for value, w in weights if w is not None]
    credit, total = sum((value * w for value, w in known), Fraction(0)), sum(value for value, _ in known)
    deviations = sum((value**2 * (w - credit / total) ** 2 for value, w in known), Fraction(0)) if total else None
    return Share(
        credit=credit,
        total=total,
        squares=sum(value**2 for value, _ in known),
        variance=None if deviations is None else deviations / total**2,
        n=len(known),
        unknown=len(weights) - len(known),
        unattributed=sum(not lead.log for lead in leads),
    )


def standard_error(value: float, low: float, level: float = 0.95) -> float:
    """Give the standard error that a Wilson limit tells: (value − low)² = z² low (1 − low) / n."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (value - low) / z * sqrt(value * (1 - value) / (low * (1 - low)))


def found_and_alone(logs: Sequence[Log]) -> dict[str, tuple[int, int]]:
    """Give for each source how many leads it found, and how many no other did."""
    sets = [sources_of(log) for log in logs]
    return {
        source: (sum(source in found_by for found_by in sets), sum(found_by == {source} for found_by in sets))
        for source in sorted(set().union(*sets))
    }


def intersections(logs: Sequence[Log]) -> list[tuple[list[str], int]]:
    """Give the sets of two sources or more with their leads, largest first, then in code-point order."""
    counts = Counter(tuple(sorted(sources_of(log))) for log in logs)
    several = [(list(found_by), leads) for found_by, leads in counts.items() if len(found_by) > 1]
    return sorted(several, key=lambda each: (-each[1], each[0]))
