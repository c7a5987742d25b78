# SPDX-License-Identifier: Apache-2.0
"""The cells of a column of a sheet as an Arrow array, and what was doubtful among them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casemetry._excel_heading import Cell, text_of
from casemetry._notes import Note

if TYPE_CHECKING:
    import pyarrow as pa

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_FIRST_DAY = dt.date(1900, 3, 1)
_MOST_DIGITS = 10**15
_NUMBERS = frozenset({int, float})
_DATES = frozenset({dt.date, dt.datetime})
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{2,}")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
_ID = re.compile(r"编号|案号|号码|代码|证号|(^|[_\s])(id|no|code)$", re.IGNORECASE)


class ColumnCells(NamedTuple):
    """A column that is ready for the core."""

    array: pa.Array
    notes: list[Note]


def column_cells(name: str, cells: Sequence[Cell]) -> ColumnCells:
    """Give a column its type: that of its cells if all are alike, else text, which the core reads as a type."""
    import pyarrow as pa

    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    errors = [text for text in texts if text in _ERRORS]
    held = [None if cell == "" or cell in _ERRORS else cell for cell in cells] if errors else _held(cells)
    kinds = set(map(type, held)) - {type(None)}
    notes = [Note("errors", len(errors), (name,))] if errors else []
    if kinds and kinds <= _NUMBERS:
        return ColumnCells(_numbers(held), [*notes, *_doubtful_numbers(name, held)])
    if kinds and kinds <= _DATES:
        return ColumnCells(pa.array(map(_day, held), pa.date32()), [*notes, *_early_dates(name, held)])
    if kinds == {bool}:
        return ColumnCells(pa.array(held, pa.bool_()), notes)
    if kinds <= {str}:
        return ColumnCells(pa.array(held, pa.string()), [*notes, *_doubtful_texts(name, texts)])
    written = [None if cell is None else text_of(cell) for cell in held]
    return ColumnCells(pa.array(written, pa.string()), [*notes, *_mixed(name, held), *_doubtful_texts(name, texts)])


def _held(cells: Sequence[Cell]) -> list[Cell | None]:
    return [None if cell == "" else cell for cell in cells]


def _numbers(cells: Sequence[Cell | None]) -> pa.Array:
    """Whole numbers as integers, whatever a sheet keeps them as."""
    import pyarrow as pa

    numbers = pa.array(cells, pa.float64())
    try:
        return numbers.cast(pa.int64())
    except pa.ArrowInvalid:
        return numbers


def _day(cell: Cell | None) -> dt.date | None:
    return cell.date() if isinstance(cell, dt.datetime) else cell  # type: ignore[return-value]


def _doubtful_numbers(name: str, cells: Sequence[Cell | None]) -> Iterator[Note]:
    long = sum(isinstance(cell, float | int) and abs(cell) >= _MOST_DIGITS for cell in cells)
    if long:
        yield Note("long_numbers", long, (name,))
    elif _ID.search(name):
        yield Note("ids_as_numbers", sum(cell is not None for cell in cells), (name,))


def _early_dates(name: str, cells: Sequence[Cell | None]) -> Iterator[Note]:
    early = sum(isinstance(cell, dt.date) and _day(cell) < _FIRST_DAY for cell in cells)  # type: ignore[operator]
    if early:
        yield Note("early_dates", early, (name,))


def _doubtful_texts(name: str, texts: Sequence[str]) -> Iterator[Note]:
    scientific = sum(_SCIENTIFIC.fullmatch(text) is not None for text in texts)
    if scientific:
        yield Note("scientific_text", scientific, (name,))


def _mixed(name: str, cells: Sequence[Cell | None]) -> Iterator[Note]:
    """Tell what stands among cells of another kind."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    dates = sum(isinstance(cell, dt.date) for cell in cells)
    numbers = sum(type(cell) in _NUMBERS for cell in cells)
    if dates:
        yield from _early_dates(name, cells)
        if texts:
            yield Note("text_dates", len(texts), (name,))
    elif numbers and all(_NUMBER.fullmatch(text.strip()) for text in texts):
        yield Note("text_numbers", len(texts), (name,))
    elif numbers:
        yield Note("numbers_as_text", numbers, (name,))
