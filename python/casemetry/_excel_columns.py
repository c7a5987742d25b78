# SPDX-License-Identifier: Apache-2.0
"""The cells of a column of a sheet as an Arrow array, and what was doubtful among them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from casemetry import _core
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

    texts = {cell for cell in cells if type(cell) is str}
    absent = {text for text in texts if text in _ERRORS or not text.strip()}
    held: Sequence[Cell | None] = [None if cell in absent else cell for cell in cells] if absent else cells
    kinds = set(map(type, held)) - {type(None)}
    notes = list(_counted("errors", name, cells, absent & _ERRORS))
    if kinds and kinds <= _NUMBERS:
        numbers = _numbers(held)
        return ColumnCells(numbers, [*notes, *_doubtful_numbers(name, numbers)])
    if kinds and kinds <= _DATES:
        days = pa.array(held, pa.date32())
        return ColumnCells(days, [*notes, *_early_days(name, days)])
    if kinds == {bool}:
        return ColumnCells(pa.array(held, pa.bool_()), notes)
    notes += _counted("scientific_text", name, cells, set(filter(_SCIENTIFIC.fullmatch, texts)))
    if not kinds <= {str}:
        notes += _mixed(name, held)
        held = [None if cell is None else text_of(cell) for cell in held]
    return ColumnCells(pa.array(held, pa.string()), notes)


def _counted(kind: str, name: str, cells: Sequence[Cell], texts: set[str]) -> Iterator[Note]:
    """Count the cells that hold one of these texts."""
    if texts:
        yield Note(kind, sum(cell in texts for cell in cells), (name,))


def _numbers(cells: Sequence[Cell | None]) -> pa.Array:
    """Whole numbers as integers, whatever a sheet keeps them as."""
    import pyarrow as pa

    numbers = pa.array(cells, pa.float64())
    try:
        return numbers.cast(pa.int64())
    except pa.ArrowInvalid:
        return numbers


def _doubtful_numbers(name: str, numbers: pa.Array) -> Iterator[Note]:
    from pyarrow import compute

    long = compute.sum(compute.greater_equal(compute.abs(numbers), _MOST_DIGITS)).as_py()
    if long:
        yield Note("long_numbers", long, (name,))
    elif _ID.search(name):
        yield Note("ids_as_numbers", len(numbers) - numbers.null_count, (name,))


def _early_days(name: str, days: pa.Array) -> Iterator[Note]:
    from pyarrow import compute

    early = compute.sum(compute.less(days, _FIRST_DAY)).as_py()
    if early:
        yield Note("early_dates", early, (name,))


def _mixed(name: str, cells: Sequence[Cell | None]) -> Iterator[Note]:
    """Tell what stands among cells of another kind."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    dates = sum(isinstance(cell, dt.date) for cell in cells)
    numbers = sum(type(cell) in _NUMBERS for cell in cells)
    if dates and texts:
        unreadable = _unreadable_days(texts)
        if len(texts) > unreadable:
            yield Note("text_dates", len(texts) - unreadable, (name,))
        if unreadable:
            yield Note("unreadable_dates", unreadable, (name,))
    elif numbers and texts and all(_NUMBER.fullmatch(text.strip()) for text in texts):
        yield Note("text_numbers", len(texts), (name,))
    elif numbers and texts:
        yield Note("numbers_as_text", numbers, (name,))


def _unreadable_days(texts: Sequence[str]) -> int:
    """Count the texts that the core does not read as dates (2024.2.30, 不详)."""
    import pyarrow as pa

    table = _core.Table.from_stream(pa.table({"day": pa.array(texts, pa.string())}), name="days")
    (report,) = _core.units({"days": table}, _days(), "days").report()
    return int(report.unreadable)


@cache
def _days() -> _core.Catalogue:
    tree = {"schema": 1, "id": "days", "table": {"days": {"columns": {"day": {"type": "date"}}}}}
    return _core.Catalogue.from_json(json.dumps(tree))
