# SPDX-License-Identifier: Apache-2.0
"""The rows of a monthly table: what stands on each, and the figure of a result that stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Label


@dataclass(frozen=True)
class Figure:
    """One figure of the table: a row of a result, compared with the same period of the year before."""

    facts: Facts
    index: int

    @property
    def value(self) -> float | None:
        """The value; a rate as a fraction, None where there is none."""
        value: float | None = self._of("value")
        return value

    @property
    def numerator(self) -> int | float | None:
        """The numerator; of a count the count itself."""
        numerator: int | float | None = self._of("numerator")
        return numerator

    @property
    def denominator(self) -> int | float | None:
        """The denominator; None for a count."""
        denominator: int | float | None = self._of("denominator")
        return denominator

    @property
    def unknown(self) -> int:
        """How many units have an unknown outcome."""
        return self._of("unknown") or 0

    @property
    def year_ago(self) -> float | None:
        """The value of the same period of the year before."""
        value: float | None = self._of("year_ago_value")
        return value

    @property
    def change(self) -> float | None:
        """The change against it: of a rate the difference, of a count the relative change."""
        change: float | None = self._of("year_ago_change")
        return change

    @property
    def flags(self) -> tuple[str, ...]:
        """What to know of it, gravest first."""
        return self.facts.flags(self.index)

    @property
    def is_protected(self) -> bool:
        """Whether something of it is hidden."""
        return "protected" in self.flags

    def _of(self, column: str) -> Any:
        return self.facts.columns[column][self.index]


@dataclass(frozen=True)
class Row:
    """One row: an indicator on a line, with a figure for each period.

    Attributes
    ----------
    label : Label
        What the line is called.
    level : int
        How far it is indented.
    place, rows : int
        Which row of its line it is, from 0, and how many the line has: one for 件, one for 人.
    indicator : str
        Its id.
    unit : Label
        件, 人, %, 天.
    figures : tuple of Figure or None
        Of the months so far, then of the last month; None: no unit has these labels at all.
    reason : Label
        Why there is no figure; empty if there is.
    is_counted : bool
        Whether its figures are numbers of units, so that there are 0 where no unit is.
    """

    label: Label
    level: int
    place: int
    rows: int
    indicator: str
    unit: Label
    figures: tuple[Figure | None, ...]
    reason: Label
    is_counted: bool


@dataclass(frozen=True)
class Section:
    """The rows under a heading."""

    title: Label
    rows: tuple[Row, ...]


class Answer:
    """A result by indicator, office and label of another dimension, so that a row finds its figure."""

    def __init__(self, facts: Facts, office: str, dimension: str) -> None:
        self.facts = facts
        none: list[str | None] = [None] * len(facts)
        offices, labels = (facts.columns[name] if name else none for name in (office, dimension))
        keys = zip(facts.columns["indicator"], offices, labels, strict=True)
        self._places = {key: index for index, key in enumerate(keys)}
        self.offices = tuple(dict.fromkeys(offices))
        self.labels = tuple(dict.fromkeys(labels))

    def figure(self, indicator: str, office: str | None, label: str | None) -> Figure | None:
        """Find the figure of an indicator; None if the cell does not occur."""
        index = self._places.get((indicator, office, label))
        return None if index is None else Figure(self.facts, index)
