# SPDX-License-Identifier: Apache-2.0
"""How synthetic leads are drawn: every lead independently of all others, by the model of ``_lead_model``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casemetry._lead_model import ACTED, GROUPS, LAGS, MOST, SHAPES, LeadWorld, Shape
from casemetry._synthetic import LAST_DAY, MISSING, MONTHS, Codes, Days, Floats, Integers, day_of_month, pick

NEVER = np.datetime64("NaT")
KINDS = ("supervision", "other")
FUNCTIONS = ("criminal", "civil", "administrative", "public_interest")
FUNCTION_SHARES = np.array([0.55, 0.2, 0.1, 0.15])
# what acting on a lead recovered, in yuan; few leads recover much
AMOUNTS = np.array([0, 2_000, 5_000, 20_000, 100_000, 1_000_000])
AMOUNT_SHARES = np.array([0.3, 0.25, 0.2, 0.15, 0.08, 0.02])
WINDOW = 90  # days before the registration, which count
LATEST = 24  # the most days from the last day of discovery to the registration
APART = 22  # the most days between two of the (at most four) days of discovery
OUTSIDE = 0.08  # of leads: one more discovery, before the window or after the registration
SLEEPING = 20  # one digital source in so many finds nothing


@dataclass(frozen=True, slots=True)
class Discoveries:
    """A source found a lead on a day; arrays over discoveries."""

    lead: Integers  # its place among the leads
    source: Codes  # digital ones first
    found_on: Days


@dataclass(frozen=True, slots=True)
class Links:
    """A lead belongs to a case; arrays over both."""

    lead: Integers
    case: Integers


@dataclass(frozen=True, slots=True)
class LeadDraws:
    """The drawn leads, a number a lead; ``MISSING`` and not-a-time are missing."""

    office: Codes
    kind: Codes
    function: Codes
    registered_on: Days
    verified_on: Days
    filed_on: Days
    acted_on: Days
    recovered: Integers
    discoveries: Discoveries
    links: Links


def group_sizes(sources: int) -> tuple[int, int]:
    """Tell how many digital and how many traditional sources there are of so many: five to one."""
    traditional = max(MOST["traditional"], sources // 6)
    return sources - traditional, traditional


def source_shares(sources: int) -> tuple[Floats, Floats]:
    """Give the chances of the sources of each group: as 1 to 1/2 to 1/3 … (Zipf), and none of those that sleep."""
    shares = [1 / np.arange(1.0, size + 1) for size in group_sizes(sources)]
    digital = shares[0]
    digital[digital.size - digital.size // SLEEPING :] = 0
    return digital / digital.sum(), shares[1] / shares[1].sum()


def draw_leads(world: LeadWorld, n: int, sources: int, rng: np.random.Generator) -> LeadDraws:
    """Draw `n` leads, independent of one another."""
    office, month = np.divmod(pick(world.weight.ravel(), rng.random(n)), np.int32(MONTHS))
    registered = day_of_month(month, rng)
    shape = _draw_shapes(world.progress[office, month], rng)
    verified = _next(registered, _of_shape("verified")[shape], LAGS[0], rng)
    filed = _next(verified, _of_shape("filed")[shape], LAGS[1], rng)
    acted = _next(filed, np.full(n, ACTED), LAGS[2], rng)
    kind = (rng.random(n) < 0.15).astype(np.int32)
    kind[rng.random(n) < 0.01] = MISSING
    return LeadDraws(
        office=office,
        kind=kind,
        function=pick(FUNCTION_SHARES, rng.random(n)),
        registered_on=registered,
        verified_on=verified,
        filed_on=filed,
        acted_on=acted,
        recovered=AMOUNTS[pick(AMOUNT_SHARES, rng.random(n))],
        discoveries=_draw_discoveries(shape, registered, source_shares(sources), rng),
        links=_draw_links(np.flatnonzero(~np.isnat(filed)), office, rng),
    )


def _of_shape(name: str) -> Floats:
    return np.array([getattr(shape, name) for shape in SHAPES])


def _draw_shapes(progress: Floats, rng: np.random.Generator) -> Codes:
    """Draw shapes as they were before with the chance 1 − δ, else as they are after."""
    uniform, late = rng.random(progress.size), rng.random(progress.size) < progress
    return np.where(late, pick(_of_shape("after"), uniform), pick(_of_shape("before"), uniform))


def _next(before: Days, chances: Floats, lag: tuple[int, int], rng: np.random.Generator) -> Days:
    """Draw the day of the next stage; none for leads that do not reach it, or not yet."""
    day = before + rng.integers(lag[0], lag[1] + 1, before.size)
    return np.where((rng.random(before.size) < chances) & (day <= LAST_DAY), day, NEVER)


def _draw_discoveries(
    shapes: Codes, registered: Days, shares: tuple[Floats, Floats], rng: np.random.Generator
) -> Discoveries:
    """Draw the discoveries of all leads, in the order of their days, as a log is written."""
    parts = [_outside(registered, shares, rng)]
    for code, shape in enumerate(SHAPES):
        leads = np.flatnonzero(shapes == code)
        parts += _of_leads(shape, leads, registered[leads], shares, rng)
    lead, source, found_on = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort((found_on - LAST_DAY).astype(np.int16), kind="stable")
    return Discoveries(lead[order], source[order], found_on[order])


Part = tuple[Integers, Codes, Days]


def _of_leads(
    shape: Shape, leads: Integers, registered: Days, shares: tuple[Floats, Floats], rng: np.random.Generator
) -> list[Part]:
    """Draw the discoveries of the leads of one shape: who its sources are, and which days."""
    first = (0, shares[0].size)
    drawn = {
        f"{group[0].upper()}{place}": first[g] + codes
        for g, group in enumerate(GROUPS)
        for place, codes in enumerate(_different(shares[g], shape.members(group), leads.size, rng), 1)
    }
    parts: list[Part] = []
    day = registered - rng.integers(0, LATEST + 1, leads.size)
    for sources in reversed(shape.days):
        parts += [(leads, drawn[source], day) for source in sources]
        day = day - rng.integers(1, APART + 1, leads.size)
    return parts


def _different(shares: Floats, members: int, leads: int, rng: np.random.Generator) -> Codes:
    """Draw so many different sources for each lead: one after another, and again one that it has already."""
    drawn = np.empty((members, leads), np.int32)
    for place in range(members):
        left = np.arange(leads)
        while left.size:
            drawn[place, left] = pick(shares, rng.random(left.size))
            left = left[(drawn[:place, left] == drawn[place, left]).any(axis=0)]
    return drawn


def _outside(registered: Days, shares: tuple[Floats, Floats], rng: np.random.Generator) -> Part:
    """Draw discoveries that do not count: half of them long before the registration, half after it."""
    leads = np.flatnonzero(rng.random(registered.size) < OUTSIDE)
    source = pick(np.concatenate(shares), rng.random(leads.size))
    before = registered[leads] - rng.integers(WINDOW + 1, 2 * WINDOW, leads.size)
    after = registered[leads] + rng.integers(1, 31, leads.size)
    found_on = np.where(rng.random(leads.size) < 0.5, before, after)
    done = found_on <= LAST_DAY
    return leads[done], source[done], found_on[done]


def _draw_links(filed: Integers, office: Codes, rng: np.random.Generator) -> Links:
    """Draw cases: most filed leads make one; some join the case of another lead of their office, some make two."""
    filed = filed[np.argsort(office[filed], kind="stable")]
    joins = rng.random(filed.size) < 0.1
    joins &= np.append(False, office[filed][1:] == office[filed][:-1])[: filed.size]
    case = np.cumsum(~joins)
    second = np.flatnonzero(rng.random(filed.size) < 0.05)
    more = filed.size + np.arange(second.size)
    return Links(np.append(filed, filed[second]), np.append(case, more + 1))
