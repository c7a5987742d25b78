# SPDX-License-Identifier: Apache-2.0
"""Questions to a table of rows, in plain Python: every completion of what is unknown, every month by a loop."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

Outcome = tuple[bool | None, bool | None]
"""A unit's numerator and denominator; None is unknown."""

Cell = str | None


def completions(outcomes: Sequence[Outcome]) -> Iterator[list[tuple[bool, bool]]]:
    """Go through every way in which the unknown outcomes may turn out."""

    def both(outcome: bool | None) -> tuple[bool, ...]:
        return (False, True) if outcome is None else (outcome,)

    for known in itertools.product(*(itertools.product(both(n), both(d)) for n, d in outcomes)):
        yield list(known)


def share(outcomes: Sequence[tuple[bool, bool]]) -> Fraction | None:
    """Give the share of those with both among those of the denominator; None if there are none."""
    numerators = [n for n, d in outcomes if d]
    return Fraction(sum(numerators), len(numerators)) if numerators else None


def band(outcomes: Sequence[Outcome]) -> tuple[Fraction | None, Fraction | None]:
    """Give the least and the greatest share over every completion that has a denominator."""
    shares = [value for known in completions(outcomes) if (value := share(known)) is not None]
    return (min(shares), max(shares)) if shares else (None, None)


def known_share(outcomes: Sequence[Outcome]) -> tuple[int, int, int]:
    """Give numerator, denominator, and how many units could still change either."""
    known = [n for n, d in outcomes if d is True and n is not None]
    matter = [1 for n, d in outcomes if d is not False and (n is None or d is None)]
    return sum(known), len(known), len(matter)


def quantile(values: Sequence[int], q: Fraction) -> Fraction | None:
    """Give the quantile of type 7 (Hyndman and Fan 1996), exactly."""
    if not values:
        return None
    ordered = sorted(values)
    position = (len(ordered) - 1) * q
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def name(day: dt.date, every: str) -> str:
    """Name the month, quarter or year of a day."""
    if every == "month":
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if every == "year" else f"{day:%Y}Q{(day.month + 2) // 3}"


def counts(
    rows: Sequence[tuple[Cell, dt.date | None, bool]], by: bool, names: Sequence[str | None], every: str | None
) -> dict[tuple[Cell, str | None], int]:
    """Count the true rows for each cell and step; ``every`` None: one step takes all.

    ``names`` are the steps that are asked; rows of others go nowhere.
    """
    cells: set[Cell] = {cell for cell, _, _ in rows} if by else {None}
    table = {(cell, step): 0 for cell in cells for step in names}
    for cell, day, is_true in rows:
        step = None if day is None or every is None else name(day, every)
        key = (cell if by else None, step)
        if is_true and key in table:
            table[key] += 1
    return table
