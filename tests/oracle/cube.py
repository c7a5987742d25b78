# SPDX-License-Identifier: Apache-2.0
"""Cubes by brute force: rows are dicts, outcomes are True, False or None (unknown), one row at a time."""

from __future__ import annotations

import datetime as dt
import itertools
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Closed = Mapping[str, Sequence[str]]  # the declared values of closed categories
Outcome = bool | None


class Predicate(ABC):
    """A predicate: its text in the language, and its outcome for a row (Kleene 1952)."""

    @abstractmethod
    def text(self) -> str: ...

    @abstractmethod
    def outcome(self, row: Row, closed: Closed) -> Outcome: ...


@dataclass(frozen=True)
class Among(Predicate):
    """A category is one of some values; an unlisted value of a closed one is unknown."""

    column: str
    values: tuple[str, ...]

    def text(self) -> str:
        return f"{self.column} in [{', '.join(repr(value) for value in self.values)}]"

    def outcome(self, row: Row, closed: Closed) -> Outcome:
        value = row[self.column]
        if value is None or (self.column in closed and value not in closed[self.column]):
            return None
        return value in self.values


@dataclass(frozen=True)
class Below(Predicate):
    """A number is less than another."""

    column: str
    bound: int

    def text(self) -> str:
        return f"{self.column} < {self.bound}"

    def outcome(self, row: Row, closed: Closed) -> Outcome:  # noqa: ARG002
        value = row[self.column]
        return None if value is None else bool(value < self.bound)


@dataclass(frozen=True)
class Longer(Predicate):
    """From one date to another it is more than some days."""

    start: str
    end: str
    days: int

    def text(self) -> str:
        return f"days({self.start}, {self.end}) > {self.days}"

    def outcome(self, row: Row, closed: Closed) -> Outcome:  # noqa: ARG002
        start, end = row[self.start], row[self.end]
        return None if start is None or end is None else bool((end - start).days > self.days)


@dataclass(frozen=True)
class Missing(Predicate):
    """A cell has no value; never unknown."""

    column: str

    def text(self) -> str:
        return f"is_null({self.column})"

    def outcome(self, row: Row, closed: Closed) -> Outcome:  # noqa: ARG002
        return row[self.column] is None


@dataclass(frozen=True)
class Not(Predicate):
    operand: Predicate

    def text(self) -> str:
        return f"not ({self.operand.text()})"

    def outcome(self, row: Row, closed: Closed) -> Outcome:
        outcome = self.operand.outcome(row, closed)
        return None if outcome is None else not outcome


@dataclass(frozen=True)
class Both(Predicate):
    left: Predicate
    right: Predicate

    def text(self) -> str:
        return f"({self.left.text()}) and ({self.right.text()})"

    def outcome(self, row: Row, closed: Closed) -> Outcome:
        outcomes = {self.left.outcome(row, closed), self.right.outcome(row, closed)}
        return False if False in outcomes else None if None in outcomes else True


@dataclass(frozen=True)
class Either(Predicate):
    left: Predicate
    right: Predicate

    def text(self) -> str:
        return f"({self.left.text()}) or ({self.right.text()})"

    def outcome(self, row: Row, closed: Closed) -> Outcome:
        return any_outcome([self.left.outcome(row, closed), self.right.outcome(row, closed)])


@dataclass(frozen=True)
class Count:
    """An aggregate of kind count."""

    id: str
    where: Predicate | None = None
    applies_where: Predicate | None = None

    def outcome(self, row: Row, closed: Closed) -> str:
        """``yes``, ``no``, ``unknown`` or ``not applicable``."""
        applies = True if self.applies_where is None else self.applies_where.outcome(row, closed)
        if applies is False:
            return "not applicable"
        where = True if self.where is None else self.where.outcome(row, closed)
        return "unknown" if applies is None or where is None else "yes" if where else "no"


def any_outcome(outcomes: Sequence[Outcome]) -> Outcome:
    """Yes if any is yes, else unknown if any is unknown."""
    return True if True in outcomes else None if None in outcomes else False


def union(counts: Sequence[Count], row: Row, closed: Closed) -> Outcome:
    """The outcome of a sum of disjoint counts; not applicable counts as no."""
    known: dict[str, Outcome] = {"yes": True, "no": False, "unknown": None, "not applicable": False}
    return any_outcome([known[count.outcome(row, closed)] for count in counts])


def overlap(counts: Sequence[Count], rows: Sequence[Row], closed: Closed) -> bool:
    """Whether two of the counts are both true of a row."""
    return any(sum(count.outcome(row, closed) == "yes" for count in counts) > 1 for row in rows)


def reporting_month(day: dt.date | None, starts_on: int) -> int | None:
    """12 · year + month − 1 of the month that a reporting month ends in."""
    if day is None:
        return None
    return 12 * day.year + day.month - 1 + (starts_on > 1 and day.day >= starts_on)


Cell = tuple[tuple[str | None, ...], int | None]


def cells(rows: Sequence[Row], by: Sequence[str], date: str | None, starts_on: int = 1) -> dict[Cell, list[Row]]:
    """The rows of each cell that occurs."""
    found: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        month = reporting_month(row[date], starts_on) if date else None
        found[tuple(row[name] for name in by), month].append(row)
    return dict(found)


def counted(count: Count, rows: Sequence[Row], closed: Closed) -> Counter[str]:
    """How many rows have which outcome."""
    return Counter(count.outcome(row, closed) for row in rows)


JOINT = {
    (True, True): "both_true",
    (True, None): "numerator_unknown",
    (None, None): "both_unknown",
    (None, False): "denominator_unknown_n_false",
    (None, True): "denominator_unknown_n_true",
}


def joint(
    numerator: Sequence[Count], denominator: Sequence[Count], rows: Sequence[Row], closed: Closed
) -> Counter[str]:
    """The joint outcomes of a proportion's denominator and numerator."""
    found: Counter[str] = Counter()
    for row in rows:
        d, n = union(denominator, row, closed), union(numerator, row, closed)
        if (d, n) in JOINT:
            found[JOINT[d, n]] += 1
        found["known"] += d is True and n is not None
    return found


def completions(outcomes: Sequence[tuple[Outcome, Outcome]]) -> Iterator[tuple[int, int]]:
    """Numerator and denominator for every way in which what is unknown (D, N) may turn out."""
    either: dict[Outcome, tuple[bool, ...]] = {True: (True,), False: (False,), None: (True, False)}
    ways = [list(itertools.product(either[d], either[n])) for d, n in outcomes]
    for way in itertools.product(*ways):
        yield sum(d and n for d, n in way), sum(d for d, _ in way)


def band(outcomes: Sequence[tuple[Outcome, Outcome]]) -> tuple[Fraction, Fraction] | None:
    """The least and the most that a proportion can be; nothing if its denominator is zero however it turns out."""
    values = [Fraction(n, d) for n, d in set(completions(outcomes)) if d > 0]
    return (min(values), max(values)) if values else None
