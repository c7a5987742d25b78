# SPDX-License-Identifier: Apache-2.0
"""The model that synthetic leads are drawn from, and what is true of them by it.

A *shape* is all that the rules of contribution read of a lead: which of its sources found it on which of its days,
but for their names. ``T1 > D1 + D2 > D1`` is a lead that a traditional source found first; on a later day two models
did; and one of these again, on a third. There are seventeen shapes, with the chances that they had before models came
into use and after. Where and when a lead is registered says how far the use of models has come, δ: its shape is drawn
with the chance (1 − δ) · before + δ · after, and its sources from those of the group, none twice.

So the expected weight of a group in a lead is a sum over seventeen shapes. Before models, for instance, ``D1`` has
chance 0.14 and gives the digital sources 1 under every rule, ``T1 > D1`` has chance 0.07 and gives them 1/2 under
Shapley and 0 under `first`; and so on. No simulation is needed to know the truth, and none is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

import numpy as np

from casemetry._synthetic import FIRST_MONTH, MONTHS, OFFICES, SEASON, Floats, by_office, chance

GROUPS = ("digital", "traditional")
RULES = ("any", "exclusive", "first", "last", "linear", "shapley", "owen")
STAGES = ("registered", "verified", "filed", "acted")
# the fewest and the most days from each stage to the next
LAGS = ((5, 40), (5, 60), (5, 60))
ACTED = 0.85  # of the leads that are filed


@dataclass(frozen=True)
class Shape:
    """Which sources found a lead, day by day."""

    text: str
    before: float  #: its chance while models are not in use
    after: float  #: once they are
    verified: float  #: the chance that such a lead is verified
    filed: float  #: that it is filed, if it is verified

    @cached_property
    def days(self) -> tuple[tuple[str, ...], ...]:
        """The sources of each day: ``D1``, ``D2`` digital ones, ``T1`` a traditional one."""
        return tuple(tuple(day.split(" + ")) for day in self.text.split(" > ")) if self.text else ()

    @property
    def log(self) -> list[str]:
        """All discoveries, repeats among them."""
        return [source for day in self.days for source in day]

    def members(self, group: str) -> int:
        """Count the sources of a group."""
        return _members(frozenset(self.log), group)

    def weight(self, rule: str, group: str) -> Fraction:
        """Give the credit of a group for such a lead."""
        here, size = self.members(group), len({*self.log})
        if not size:
            return Fraction(0)
        match rule:
            case "any":
                return Fraction(here > 0)
            case "exclusive":
                return Fraction(here == size)
            case "first":
                return _share(frozenset(self.days[0]), group)
            case "last":
                return _share(frozenset(self.days[-1]), group)
            case "linear":
                return Fraction(_members(self.log, group), len(self.log))
            case "shapley":
                return Fraction(here, size)
            case _:  # owen
                return Fraction(here > 0, sum(self.members(each) > 0 for each in GROUPS))

    def reached(self, stage: str) -> float:
        """Give the chance that such a lead ever reaches a stage."""
        steps = (1.0, self.verified, self.filed, ACTED)
        return float(np.prod(steps[: STAGES.index(stage) + 1]))


def _members(sources: frozenset[str] | list[str], group: str) -> int:
    return sum(source[0] == group[0].upper() for source in sources)


def _share(sources: frozenset[str], group: str) -> Fraction:
    return Fraction(_members(sources, group), len(sources))


SHAPES = tuple(
    Shape(text, *(per_cent / 100 for per_cent in chances))
    for text, *chances in (
        ("", 14, 6, 30, 40),
        ("T1", 33, 10, 45, 55),
        ("T1 > T1", 5, 2, 45, 55),
        ("T1 + T1", 2, 1, 45, 55),
        ("T1 > T2", 5, 2, 60, 60),
        ("D1", 14, 25, 40, 45),
        ("D1 > D1 > D1", 2, 6, 45, 45),
        ("D1 > D2", 3, 10, 60, 55),
        ("D1 + D2", 2, 5, 60, 55),
        ("D1 + D2 > D3", 1, 5, 70, 60),
        ("D1 > T1", 4, 10, 75, 75),
        ("T1 > D1", 7, 5, 75, 75),
        ("D1 + T1", 3, 4, 75, 75),
        ("T1 + T2 > D1", 2, 1, 80, 75),
        ("D1 > D2 > T1", 1, 5, 80, 75),
        ("D1 > T1 > D1 > D1", 1, 2, 80, 75),
        ("T1 > D1 + D2 > D3 > T1", 1, 1, 85, 80),
    )
)
MOST = {group: max(shape.members(group) for shape in SHAPES) for group in GROUPS}


@dataclass(frozen=True, slots=True)
class LeadWorld:
    """How many leads each office registers in each month, and how far it has come with models; (OFFICES, MONTHS)."""

    weight: Floats  # the share of all leads; sums to one
    progress: Floats  # δ

    def mean(self, of_shape: Floats) -> Floats:
        """Give the expected value of what each shape has, for each office and month of registration."""
        before = np.array([shape.before for shape in SHAPES]) @ of_shape
        after = np.array([shape.after for shape in SHAPES]) @ of_shape
        return np.asarray((1 - self.progress) * before + self.progress * after)

    def expected(self, stage: str, of_shape: Floats) -> Floats:
        """Sum what each shape has over the leads that reach a stage, for each office and month in which they do."""
        reached = np.array([shape.reached(stage) for shape in SHAPES])
        return np.asarray(np.einsum("or,rm->om", self.weight * self.mean(reached * of_shape), _months_until(stage)))

    def truth(self) -> dict[str, Floats]:
        """Give for each stage the share of all leads that reach it there and then, and of these the true contributions.

        Keys are ``filed``, ``filed.attributed`` (the share that has a source) and ``filed.owen.digital``.
        """
        found: dict[str, Floats] = {}
        for stage in STAGES:
            leads = found[stage] = self.expected(stage, np.ones(len(SHAPES)))
            attributed = np.array([float(bool(shape.days)) for shape in SHAPES])
            found[f"{stage}.attributed"] = self.expected(stage, attributed) / leads
            for rule in RULES:
                for group in GROUPS:
                    weights = np.array([float(shape.weight(rule, group)) for shape in SHAPES])
                    found[f"{stage}.{rule}.{group}"] = self.expected(stage, weights) / leads
        return found


def make_lead_world(rng: np.random.Generator) -> LeadWorld:
    """Draw how offices differ; models come into use over the years, sooner here than there."""
    size = rng.lognormal(0.0, 0.5, OFFICES)
    weight = size[:, None] * (np.linspace(1.0, 1.3, MONTHS) * np.resize(SEASON, MONTHS))[None, :]
    return LeadWorld(
        weight=weight / weight.sum(),
        progress=chance(by_office(rng, 0.4)[:, None] + np.linspace(-1.4, 1.6, MONTHS)[None, :]),
    )


@cache
def _months_until(stage: str) -> Floats:
    """Give the chance of each month (columns) for a stage that is reached by a lead registered in a month (rows).

    The day of registration is any of its month alike, and so is each lag of those it can have.
    """
    lag = np.ones(1)
    for fewest, most in LAGS[: STAGES.index(stage)]:
        lag = np.convolve(lag, np.repeat([0.0, 1 / (most - fewest + 1)], [fewest, most - fewest + 1]))
    starts = (FIRST_MONTH + np.arange(MONTHS + 1)).astype("datetime64[D]").astype(int)
    days = np.diff(starts)
    month_of = np.repeat(np.arange(MONTHS + 1), [*days, lag.size])
    rows = []
    for start, length in zip(starts[:-1] - starts[0], days, strict=True):
        reached = np.convolve(np.full(length, 1 / length), lag)
        months = month_of[start : start + reached.size]
        rows.append(np.bincount(months, reached, minlength=MONTHS + 1)[:MONTHS])
    return np.array(rows)
