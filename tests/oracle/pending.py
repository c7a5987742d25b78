# SPDX-License-Identifier: Apache-2.0
"""What is pending, case by case: at the end of a month each case is pending, not pending, or it is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from oracle.query import quantile


@dataclass(frozen=True)
class Case:
    """A case; ``opened`` None: not known; ``closed`` None: nor that, unless ``is_open``; ``counts`` None: not known."""

    opened: dt.date | None
    closed: dt.date | None
    is_open: bool
    counts: bool | None = True


def last_day(month: tuple[int, int]) -> dt.date:
    """Give the last day of a month (year, number)."""
    year, number = month
    return dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


def state(case: Case, day: dt.date, as_of: dt.date | None) -> bool | None:
    """Tell whether a case is pending at the end of a day, as the data stand; None: not known."""
    if case.counts is False:
        return False
    closed = case.closed if case.closed and (as_of is None or case.closed <= as_of) else None  # has come
    if closed and (case.opened is None or closed < case.opened):
        return None if closed <= day else False  # contradicts itself, as is seen once it is closed
    if case.opened is None or case.opened > day or (closed and closed <= day):
        return False
    return case.counts if case.is_open or case.closed else None


def stock(cases: Sequence[Case], day: dt.date, as_of: dt.date | None = None) -> tuple[int, int]:
    """Count the cases that are pending at the end of a day, and those that may be."""
    states = [state(case, day, as_of) for case in cases]
    return states.count(True), states.count(None)


def median_age(cases: Sequence[Case], day: dt.date, as_of: dt.date | None = None) -> Fraction | None:
    """Give the median of the days from the opening of what is pending to that day, or to where the data stand."""
    until = min(day, as_of) if as_of else day
    ages = [(until - case.opened).days for case in cases if case.opened and state(case, day, as_of)]
    return quantile(ages, Fraction(1, 2))
