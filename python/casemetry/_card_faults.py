# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with cards between the hand that fills them and the file that is exported.

Faults are put into the written text, a row gets one at most, and each is counted: what a check should find is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from casemetry._card_columns import LAST_DAY, Column, Entered, Later, Pick, Place, Text
from casemetry._card_draws import Card
from casemetry._synthetic import Integers

Sheet = Mapping[str, Text]  # the cells of a table by the headings of the site

UNSEEN = "待核实"
UNREADABLE = ("2024-02-30", "2023-13-01", "待定", "不详")
SHARES = {
    "office": 0.01,
    "reversed": 0.004,
    "unreadable": 0.004,
    "written_out": 0.02,
    "future": 0.002,
    "late": 0.01,
    "missing": 0.006,
    "spelling": 0.01,
    "unlisted": 0.003,
    "repeated": 0.004,
    "conflicting": 0.002,
}
_WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}  # ASCII to its full-width forms
LATE = (100, 200)  # days; a clean card is filled within 75


class CardFault(NamedTuple):
    """What was put wrong: how often, in which column of which table, and how it looks."""

    table: str
    """As the site calls it."""
    column: str
    """Its heading; nothing for rows that are repeated as they are."""
    kind: str
    """``office`` (another spelling), ``reversed`` (before the day that comes first), ``unreadable``, ``written_out``
    (2024年3月5日), ``future``, ``late``, ``missing``, ``spelling`` (wide letters, blanks), ``unlisted`` (a code never
    seen), ``repeated`` (the same row) or ``conflicting`` (the same key, another code)."""
    rows: int
    example: str
    """The first such cell; of repeated rows the first cell of the first."""


class FaultySheet:
    """A table while faults are put in, each into rows that have none yet."""

    def __init__(self, card: Card, sheet: Sheet, rng: np.random.Generator) -> None:
        self.card = card
        self.faults: list[CardFault] = []
        self._cells = {heading: cells.copy() for heading, cells in sheet.items()}
        self._rows = next(iter(sheet.values())).size
        self._whole = rng.permutation(self._rows)
        self._rng = rng

    @property
    def sheet(self) -> dict[str, Text]:
        """The cells as they are now."""
        return dict(self._cells)

    def change(self, column: Column, kind: str, cell: Callable[[str], str | None]) -> None:
        """Change cells of a column that are filled in."""
        rows = self._take(column, kind)
        self._put(column, kind, rows, [cell(old) for old in self._cells[column.theirs][rows]])

    def change_day(self, column: Column, kind: str, other: Column, days: tuple[int, int]) -> None:
        """Set a day to some days after another, where that is not beyond the last."""
        rows = self._take(column, kind, other)
        low, high = days
        day = self._cells[other.theirs][rows].astype("datetime64[D]") + self._rng.integers(low, high + 1, rows.size)
        self._put(column, kind, rows[day <= LAST_DAY], column.text(day[day <= LAST_DAY]))

    def repeat(self, kind: str, column: Pick | None) -> None:
        """Append rows once more, with another code in the column if one is given."""
        some = next(iter(self.card.columns))
        rows = self._take(column or some, kind)
        again = {heading: cells[rows] for heading, cells in self._cells.items()}
        if column:
            another = dict(zip(column.spellings, column.spellings[1:] + column.spellings[:1], strict=True))
            again[column.theirs] = np.array([another[cell] for cell in again[column.theirs]], object)
        self._cells = {heading: np.concatenate([cells, again[heading]]) for heading, cells in self._cells.items()}
        self._tell(column.theirs if column else "", kind, again[some.theirs])

    def pick(self, of: tuple[str, ...]) -> str:
        return of[int(self._rng.integers(0, len(of)))]

    def _take(self, column: Column, kind: str, other: Column | None = None) -> Integers:
        filled = np.array([cell is not None for cell in self._cells[column.theirs][self._whole]], np.bool_)
        if other:
            filled &= np.array([cell is not None for cell in self._cells[other.theirs][self._whole]], np.bool_)
        rows = self._whole[filled][: round(SHARES[kind] * self._rows)]
        self._whole = self._whole[~np.isin(self._whole, rows)]
        return rows

    def _put(self, column: Column, kind: str, rows: Integers, cells: Iterable[str | None]) -> None:
        new = np.array([*cells, None], object)[:-1]
        self._cells[column.theirs][rows] = new
        self._tell(column.theirs, kind, new)

    def _tell(self, heading: str, kind: str, cells: Text) -> None:
        if cells.size:
            self.faults.append(CardFault(self.card.title, heading, kind, cells.size, cells[0] or ""))


def put_faults(card: Card, sheet: Sheet, rng: np.random.Generator) -> FaultySheet:
    """Put the usual faults into a copy of a table."""
    work = FaultySheet(card, sheet, rng)
    for column in card.columns:
        match column:
            case Place(names=names) if len(names) > 1:
                work.change(column, "office", other_spelling)
            case Later(after=(first, *_)):
                work.change_day(column, "reversed", card.meanings[first], (-20, -1))
    counted = card.meanings[card.counted]
    work.change(counted, "unreadable", lambda _: work.pick(UNREADABLE))
    work.change(counted, "written_out", _written_out)
    work.change(counted, "future", lambda day: "2042" + day[4:])
    for column in card.columns:
        if isinstance(column, Entered):
            work.change_day(column, "late", counted, LATE)
    code = _main_code(card)
    if code:
        work.change(code, "missing", lambda _: None)
        work.change(code, "spelling", _carelessly)
        work.change(code, "unlisted", lambda _: UNSEEN)
    if card.keyed:
        work.repeat("repeated", None)
        if code:
            work.repeat("conflicting", code)
    return work


def other_spelling(office: str) -> str:
    """Spell the name of an office as some of its staff do, with wide letters."""
    return office.translate(_WIDE)


def _main_code(card: Card) -> Pick | None:
    """Find the column of codes that a card is about: the one with most, of those that the site has in other words."""
    codes = [column for column in card.columns if type(column) is Pick and column.codes != column.spellings]
    codes = [column for column in codes if len(column.values) > 2]
    return max(codes, key=lambda column: len(column.values), default=None)


def _written_out(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日"


def _carelessly(code: str) -> str:
    """Write a code with wide digits and a wide blank before it, and a blank after it."""
    return f"　{code.translate(_WIDE)} "
