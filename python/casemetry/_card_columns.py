# SPDX-License-Identifier: Apache-2.0
"""The columns of a synthetic card: what each draws, and how a site writes it.

A column is drawn clean, as numbers: codes into its spellings, days, ids; ``MISSING`` and not-a-time are blank. Only
then it is written as text, in the words of a site, and only the text gets faults. So what clean cards count is known.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from casemetry._synthetic import MISSING, Codes, Days, Floats, Integers, pick_in_group

FIRST_MONTH = np.datetime64("2023-01", "M")
MONTHS = 24
FIRST_DAY = FIRST_MONTH.astype("datetime64[D]")
LAST_DAY = (FIRST_MONTH + MONTHS).astype("datetime64[D]") - np.timedelta64(1, "D")
NEVER = np.datetime64("NaT", "D")

Values = npt.NDArray[Any]
Text = npt.NDArray[np.object_]
Truths = npt.NDArray[np.bool_]
When = tuple[str, tuple[str, ...]]  # a column and some of its codes; or a day, and nothing: that it is there


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a card: case and person, the office and the first day of each, and the columns drawn so far."""

    case: Integers
    person: Integers
    office: Codes
    first_day: Days
    offices: int
    columns: dict[str, Values]
    meanings: Mapping[str, Column]

    @property
    def rows(self) -> int:
        return self.case.size

    @property
    def cell(self) -> Codes:
        """The number of office × month that each row begins in."""
        month = self.first_day.astype("datetime64[M]") - FIRST_MONTH
        return np.asarray(self.office * MONTHS + month.astype(np.int64), np.int32)

    def uniform(self, rng: np.random.Generator, of_case: bool) -> Floats:
        """Draw a number from 0 to 1 for each row, or the same for all rows of a case."""
        if not of_case:
            return rng.random(self.rows)
        cases, of = np.unique(self.case, return_inverse=True)
        return np.asarray(rng.random(cases.size)[of])

    def holds(self, when: When | None) -> Truths:
        """Tell for which rows a column has one of some codes, or a day at all; if nothing is asked, all."""
        if when is None:
            return np.ones(self.rows, np.bool_)
        name, codes = when
        meaning = self.meanings[name]
        if isinstance(meaning, Pick):
            return np.isin(self.columns[name], [meaning.codes.index(code) for code in codes])
        return np.asarray(~np.isnat(self.columns[name]))


@dataclass(frozen=True, slots=True)
class Column(ABC):
    """A column: its name in the catalogue, and its heading at the site."""

    ours: str
    theirs: str

    @abstractmethod
    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:
        """Draw the column for all rows."""

    @abstractmethod
    def text(self, values: Values) -> Text:
        """Write it as the site does; None is blank."""


@dataclass(frozen=True, slots=True)
class Number(Column):
    """The number of the case or of the person: text with leading zeros."""

    form: str
    person: bool = False

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:  # noqa: ARG002
        return drawn.person if self.person else drawn.case

    def text(self, values: Values) -> Text:
        return np.array([*map(self.form.format, values.tolist()), None], object)[:-1]


@dataclass(frozen=True, slots=True)
class Place(Column):
    """The office of a row; or the city or province of all."""

    names: tuple[str, ...]

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:  # noqa: ARG002
        return drawn.office if len(self.names) > 1 else np.zeros(drawn.rows, np.int32)

    def text(self, values: Values) -> Text:
        return np.array([*self.names, None], object)[values]


@dataclass(frozen=True, slots=True)
class Pick(Column):
    """One of some codes, by shares that differ a little from office to office and from year to year.

    Each value is a spelling of the site, the code of the catalogue that it stands for, and its share.
    """

    values: tuple[tuple[str, str, float], ...]
    when: When | None = None
    filled: float = 1.0  # the share of rows that have it
    of_case: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return tuple(spelling for spelling, _, _ in self.values)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for _, code, _ in self.values)

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:
        shares = _bent(np.array([share for _, _, share in self.values]), drawn.offices, rng)
        codes = pick_in_group(shares, drawn.cell, drawn.uniform(rng, self.of_case))
        there = drawn.holds(self.when) & (rng.random(drawn.rows) < self.filled)
        return np.where(there, codes, np.int32(MISSING))

    def text(self, values: Values) -> Text:
        return np.array([*self.spellings, None], object)[values]


@dataclass(frozen=True, slots=True)
class Class(Pick):
    """A code that follows from that of another column: the class of a charge."""

    of: str = ""
    members: tuple[int, ...] = ()  # the number of the value for each code of the other column

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:  # noqa: ARG002
        return np.array([*self.members, MISSING], np.int32)[drawn.columns[self.of]]


@dataclass(frozen=True, slots=True)
class Day(Column):
    """The day on which a row begins."""

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:  # noqa: ARG002
        return drawn.first_day

    def text(self, values: Values) -> Text:
        written: Text = np.datetime_as_string(values).astype(object)
        written[np.isnat(values)] = None
        return written


@dataclass(frozen=True, slots=True)
class Later(Day):
    """A day some days after the last of others, for a share of the rows; blank where it is beyond the last day."""

    after: tuple[str, ...]
    days: tuple[int, int]
    share: float = 1.0
    when: When | None = None
    of_case: bool = False

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:
        low, high = self.days
        lag = low + (drawn.uniform(rng, self.of_case) * (high + 1 - low)).astype(np.int64)
        day = last_of(drawn, self.after) + lag
        reached = (drawn.uniform(rng, self.of_case) < self.share) & drawn.holds(self.when) & (day <= LAST_DAY)
        return np.where(reached, day, NEVER)


@dataclass(frozen=True, slots=True)
class Entered(Day):
    """The day on which a card was filled: mostly within three days of the last day on it, seldom months later."""

    after: tuple[str, ...]

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:
        kind = rng.random(drawn.rows)
        longest = np.select([kind < 0.9, kind < 0.98], [4, 20], 75)
        days = (longest * rng.random(drawn.rows)).astype(np.int64)
        entered: Values = np.minimum(last_of(drawn, self.after) + days, LAST_DAY)
        return entered


@dataclass(frozen=True, slots=True)
class Amount(Column):
    """Whole hundreds of yuan, about `middle`, for the rows that have a day."""

    middle: int
    when: When

    def draw(self, drawn: Drawn, rng: np.random.Generator) -> Values:
        hundreds = 1 + (self.middle / 100 * rng.lognormal(0.0, 0.7, drawn.rows)).astype(np.int64)
        return np.where(drawn.holds(self.when), 100 * hundreds, MISSING)

    def text(self, values: Values) -> Text:
        written: Text = values.astype(str).astype(object)
        written[values == MISSING] = None
        return written


def flag(ours: str, theirs: str, share: float, when: When | None = None) -> Pick:
    """Make a column of 是 and 否."""
    return Pick(ours, theirs, (("是", "true", share), ("否", "false", 1.0 - share)), when)


def last_of(drawn: Drawn, names: tuple[str, ...]) -> Days:
    """Give the last of some days, of those that are there."""
    return np.asarray(np.fmax.reduce([drawn.columns[name] for name in names]))


def _bent(shares: Floats, offices: int, rng: np.random.Generator) -> Floats:
    """Bend shares for each office × month; rows sum to one."""
    of_office = rng.lognormal(0.0, 0.15, (offices, 1, shares.size))
    of_month = np.exp(np.linspace(0.0, 1.0, MONTHS)[:, None] * rng.normal(0.0, 0.2, shares.size))
    bent = (shares * of_office * of_month).reshape(-1, shares.size)
    return np.asarray(bent / bent.sum(axis=1, keepdims=True))
