# SPDX-License-Identifier: Apache-2.0
"""The heading of a sheet: which rows hold the names of the columns, when titles stand above and cells are merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casemetry._errors import SchemaError

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""What a cell holds; an empty one is an empty text."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell that are merged, each row and column from 0."""

_DEEPEST = 30
"""A heading stands in one of this many rows from the top."""


class Heading(NamedTuple):
    """The names of the columns, and where they were."""

    names: list[str]
    columns: list[int]
    """The place of each in the sheet, from 0."""
    rows: tuple[int, ...]
    """Of the sheet, from 0: one, or two of which the names were joined."""
    merged: int
    """How many merged cells were filled."""
    blank_columns: tuple[int, ...]
    """Columns without a name and without cells."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet as they are read."""

    place: str
    """The file and the sheet, for messages."""
    rows: list[list[Cell]]
    merged: list[Range]

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The same cells by column."""
        return list(zip(*self.rows, strict=True))

    def used(self, first: int = 0) -> list[int]:
        """Give the columns that hold anything, from a row on."""
        last = len(self.rows)
        return [
            place for place, cells in enumerate(self.columns) if any(cells[row] != "" for row in range(first, last))
        ]

    def filled(self, row: int) -> tuple[list[str], list[Range]]:
        """Give the texts of a row with its merged cells filled, and what was merged."""
        texts = list(map(text_of, self.rows[row]))
        touching = [one for one in self.merged if one[0][0] <= row <= one[1][0]]
        for (top, left), (_, right) in touching:
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = text_of(self.rows[top][left])
        return texts, touching


def text_of(cell: Cell) -> str:
    """Write a cell as a sheet shows it.

    Examples
    --------
    >>> text_of(3.0), text_of(0.5), text_of(True), text_of(dt.date(2024, 3, 1))
    ('3', '0.5', 'TRUE', '2024-03-01')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell).strip()


def column_name(column: int) -> str:
    """Give the letters of a column.

    Examples
    --------
    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell, as ``D7``."""
    return f"{column_name(column)}{row + 1}"


def find_heading(sheet: Sheet) -> Heading:
    """Find the heading below the titles, if only one reading is possible.

    A title is a row of a single cell (or of cells in a few of the columns, above a row that names them all). The first
    other row is the heading if each of its cells is a different text; together with the row below it if it has cells
    merged over several columns.

    Raises
    ------
    SchemaError
        If that leaves doubt: which row, and what to say instead.
    """
    used = sheet.used()
    for row in range(min(len(sheet.rows), _DEEPEST)):
        cells = [sheet.rows[row][column] for column in used]
        filled = sum(cell != "" for cell in cells)
        if filled == 0 or (filled == 1 and len(used) > 1):
            continue
        if _names_all(cells):
            return heading_at(sheet, (row,))
        if _spans_columns(sheet, row) and row + 1 < len(sheet.rows):
            return heading_at(sheet, (row, row + 1))
        below = [sheet.rows[row + 1][column] for column in used] if row + 1 < len(sheet.rows) else []
        if filled * 2 <= len(used) and _names_all(below):
            continue
        _refuse(sheet, row, cells, used)
    raise SchemaError(f"{sheet.place}: no heading was found in the first {_DEEPEST} rows; say its row: header=3")


def _names_all(cells: Sequence[Cell]) -> bool:
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return len(texts) == len(cells) > 0 and all(texts) and len(set(texts)) == len(texts)


def _spans_columns(sheet: Sheet, row: int) -> bool:
    return any(top <= row <= bottom and right > left for (top, left), (bottom, right) in sheet.merged)


def _refuse(sheet: Sheet, row: int, cells: Sequence[Cell], used: Sequence[int]) -> None:
    blank = [column_name(column) for column, cell in zip(used, cells, strict=True) if cell == ""]
    figures = [text_of(cell) for cell in cells if not isinstance(cell, str)]
    if blank:
        why = f"has no name for column {', '.join(blank[:5])}"
    elif figures:
        why = f"holds {figures[0]}, which is no name"
    else:
        why = "has one name twice"
    raise SchemaError(
        f"{sheet.place}: row {row + 1} should be the heading, but {why}; say the row of the heading, as in "
        f"cm.read(path, header={row + 2}), or both rows of a heading in two: header=[{row + 1}, {row + 2}]"
    )


def heading_at(sheet: Sheet, rows: Sequence[int]) -> Heading:
    """Read the heading from these rows; names of two rows are joined, 上/下.

    Raises
    ------
    SchemaError
        If there is no such row, a column that holds cells has no name, or two have the same.
    """
    if not 1 <= len(rows) <= 2 or any(not 0 <= row < len(sheet.rows) for row in rows):
        raise SchemaError(
            f"{sheet.place}: header={[row + 1 for row in rows]} is not one or two of its {len(sheet.rows)} rows"
        )
    filled = [sheet.filled(row) for row in rows]
    names = list(map("/".join, _joined([texts for texts, _ in filled])))
    holding = set(sheet.used(max(rows) + 1))
    named = [column for column, name in enumerate(names) if name]
    nameless = [column for column in sorted(holding) if not names[column]]
    if nameless:
        raise SchemaError(
            f"{sheet.place}: column {column_name(nameless[0])} has no name in row {rows[-1] + 1}; give it one, or say "
            "another row of the heading: header=3"
        )
    _check_different([names[column] for column in named], named, sheet.place)
    dropped = tuple(column for column, name in enumerate(names) if not name)
    return Heading(
        [names[column] for column in named],
        named,
        tuple(rows),
        len({one for _, merged in filled for one in merged}),
        dropped,
    )


def _joined(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Give the different texts of each column, from above."""
    for texts in zip(*rows, strict=True):
        yield list(dict.fromkeys(text for text in texts if text))


def _check_different(names: Sequence[str], columns: Sequence[int], place: str) -> None:
    first: dict[str, int] = {}
    for name, column in zip(names, columns, strict=True):
        if name in first:
            both = f"{column_name(first[name])} and {column_name(column)}"
            raise SchemaError(
                f"{place}: columns {both} are both called '{name}'; rename one, or say both rows of a heading in two: "
                "header=[1, 2]"
            )
        first[name] = column
