# SPDX-License-Identifier: Apache-2.0
"""Workbooks (xlsx, xlsm, xlsb, xls, ods): their sheets as tables, and what was found around the cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from casemetry import _core
from casemetry._binding_names import nearest
from casemetry._errors import SchemaError
from casemetry._excel_columns import ColumnCells, column_cells
from casemetry._excel_container import COMPOUND, PASSWORD, ZIP, Container
from casemetry._excel_heading import Heading, Range, Sheet, cell_name, column_name, find_heading, heading_at
from casemetry._excel_merged import filled_column, is_filled, merged_below
from casemetry._notes import MOST_PLACES, Note
from casemetry._optional import require

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Header = int | Sequence[int] | None

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数", "total", "totals", "grandtotal", "subtotal"})
_LONGEST_TOTAL = 20


class SheetTable(NamedTuple):
    """A sheet that was read, and what is to be said about it."""

    core: _core.Table
    notes: tuple[Note, ...]


def is_workbook(data: bytes) -> bool:
    """Tell a workbook (or what has its container) by its first bytes."""
    return data.startswith((ZIP, COMPOUND))


class Workbook:
    """A workbook whose container is sound, to read its sheets from.

    Raises
    ------
    SchemaError
        If it is protected, damaged, or made to do harm; see :class:`Container`.
    """

    def __init__(self, data: bytes, place: str) -> None:
        self._place = place
        self._container = Container(data, place)
        self._book = _opened(data, place)
        visible = require("python_calamine").SheetVisibleEnum.Visible
        self._read: dict[str, Any] = {}
        self._hidden = [sheet.name for sheet in self._book.sheets_metadata if sheet.visible != visible]

    def sheets(self) -> list[str]:
        """Give the sheets that are shown and hold cells."""
        shown = [name for name in self._book.sheet_names if name not in self._hidden]
        return [name for name in shown if self._sheet(name).start is not None]

    def only_sheet(self) -> str:
        """Give the one sheet that holds cells.

        Raises
        ------
        SchemaError
            If several do, naming them, or none does.
        """
        sheets = self.sheets()
        if len(sheets) == 1:
            return sheets[0]
        if sheets:
            listed = ", ".join(f"'{name}'" for name in sheets)
            raise SchemaError(
                f"{self._place} has {len(sheets)} sheets with cells ({listed}); say which: sheet={sheets[0]!r}"
            )
        hidden = f"; hidden are {', '.join(map(repr, self._hidden))}" if self._hidden else ""
        raise SchemaError(f"{self._place}: no sheet that is shown holds cells{hidden}")

    def table(self, name: str, *, header: Header, called: str, columns: Sequence[str] | None) -> SheetTable:
        """Read a sheet; `header` is the row of its heading, from 1, or both rows of one in two."""
        if name not in self._book.sheet_names:
            hint = nearest(name, self._book.sheet_names, "it has")
            raise SchemaError(f"{self._place} has no sheet '{name}'; {hint}")
        read = self._sheet(name)
        rows = self._cells(read, name)
        sheet = Sheet(f"{self._place}, sheet '{name}'", rows, list(read.merged_cell_ranges or ()))
        heading = find_heading(sheet) if header is None else heading_at(sheet, _places(header))
        body = _Body(sheet, heading)
        found = {name: column_cells(name, cells) for name, cells in body.columns(columns)}
        notes = [*self._container.notes(), *self._hidden_sheets(name), *body.notes(), *self._fault_notes(name, heading)]
        notes += (note for column in found.values() for note in column.notes)
        return SheetTable(_core_table(called, found, columns), tuple(_gathered(notes)))

    def _sheet(self, name: str) -> Any:
        """Read a sheet, once."""
        try:
            if name not in self._read:
                self._read[name] = self._book.get_sheet_by_name(name)
            return self._read[name]
        except require("python_calamine").CalamineError as error:
            raise SchemaError(f"{self._place}, sheet '{name}': cannot be read ({error})") from None

    def _cells(self, sheet: Any, name: str) -> list[list[Any]]:
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        if not rows:
            raise SchemaError(f"{self._place}, sheet '{name}': the sheet is empty")
        return rows

    def _hidden_sheets(self, read: str) -> Iterator[Note]:
        hidden = [name for name in self._hidden if name != read]
        if hidden:
            yield Note("hidden_sheets", len(hidden), tuple(hidden[:MOST_PLACES]))

    def _fault_notes(self, name: str, heading: Heading) -> Iterator[Note]:
        faults = self._container.faults(name)
        for kind, cells in (("errors", faults.errors), ("no_cached_value", faults.not_computed)):
            below = [cell for cell in cells if int(re.sub(r"\D", "", cell)) > heading.rows[-1] + 1]
            if below:
                yield Note(kind, len(below), tuple(below[:MOST_PLACES]))


def _opened(data: bytes, place: str) -> CalamineWorkbook:
    calamine = require("python_calamine")
    try:
        book: CalamineWorkbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        _refuse_password(place)
    except (calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            _refuse_password(place)
        raise SchemaError(
            f"{place}: the workbook cannot be read ({error}); open it in Excel and save it as .xlsx"
        ) from None
    return book


def _refuse_password(place: str) -> NoReturn:
    raise SchemaError(f"{place} {PASSWORD}") from None


def _places(header: int | Sequence[int]) -> list[int]:
    return [row - 1 for row in ([header] if isinstance(header, int) else header)]


class _Body:
    """The rows below a heading, without blank ones and totals."""

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        self.sheet = sheet
        self.heading = heading
        self._first = heading.rows[-1] + 1
        below = sheet.rows[self._first :]
        blank = [row for row, cells in enumerate(below, self._first) if cells.count("") == len(cells)]
        last = len(sheet.rows) - 1
        while last in blank[-1:]:
            last -= 1
            blank.pop()
        self.blank = blank
        self.totals = [row for row, cells in enumerate(below, self._first) if _is_total(cells)]
        self._end = last + 1
        self._left_out = {*self.blank, *self.totals}
        merged = merged_below(sheet, self._first)
        self._filled = [one for one in merged if is_filled(one, sheet)]
        self._not_filled = [one for one in merged if not is_filled(one, sheet)]

    def columns(self, wanted: Sequence[str] | None) -> Iterator[tuple[str, Sequence[Any]]]:
        """Go through the columns that are wanted; all of them if one is not there, which the core then tells."""
        for name, column in zip(self.heading.names, self.heading.columns, strict=True):
            if wanted is None or name in wanted or not set(wanted) <= set(self.heading.names):
                yield name, self._cells(column)

    def _cells(self, column: int) -> Sequence[Any]:
        filled = [one for one in self._filled if one[0][1] == column]
        whole = filled_column(self.sheet, column, filled) if filled else self.sheet.columns[column]
        cells = whole[self._first : self._end]
        if not self._left_out:
            return cells
        return [cell for row, cell in enumerate(cells, self._first) if row not in self._left_out]

    def notes(self) -> Iterator[Note]:
        """Tell what stands around the cells."""
        first = self.heading.rows[0]
        titles = [row for row in range(first) if self.sheet.rows[row].count("") < len(self.sheet.rows[row])]
        named = [column_name(column) for column in self.heading.blank_columns]
        yield from _row_note("title_rows", titles)
        if len(self.heading.rows) > 1:
            yield from _row_note("joined_heading", list(self.heading.rows))
        if self.heading.merged:
            yield Note("merged_heading", self.heading.merged)
        yield from self._merged_notes()
        if named:
            yield Note("blank_columns", len(named), tuple(named[:MOST_PLACES]))
        yield from _row_note("blank_rows", self.blank)
        yield from _row_note("total_rows", self.totals)

    def _merged_notes(self) -> Iterator[Note]:
        """Tell how many cells were filled, and which merged cells were not."""
        rows = {one: self._rows_filled(one) for one in self._filled}
        filled = [one for one, count in rows.items() if count]
        yield from _cell_note("merged_filled", sum(rows.values()), filled)
        yield from _cell_note("merged_cells", len(self._not_filled), self._not_filled)

    def _rows_filled(self, merged: Range) -> int:
        (top, _), (bottom, _) = merged
        return sum(row not in self._left_out for row in range(top + 1, min(bottom + 1, self._end)))


def _is_total(cells: Sequence[Any]) -> bool:
    """Tell a row of totals: the first of its cells that is not empty says so."""
    first = cells[0] or next((cell for cell in cells if cell != ""), "")
    return (
        isinstance(first, str)
        and len(first) < _LONGEST_TOTAL
        and "".join(first.split()).lower().rstrip(":：") in _TOTALS
    )


def _row_note(kind: str, rows: Sequence[int]) -> Iterator[Note]:
    if rows:
        yield Note(kind, len(rows), tuple(str(row + 1) for row in rows[:MOST_PLACES]))


def _cell_note(kind: str, number: int, merged: Sequence[Range]) -> Iterator[Note]:
    if number:
        yield Note(kind, number, tuple(cell_name(*top_left) for top_left, _ in merged[:MOST_PLACES]))


def _core_table(called: str, found: Mapping[str, ColumnCells], columns: Sequence[str] | None) -> _core.Table:
    import pyarrow as pa

    sheet = pa.table({name: column.array for name, column in found.items()})
    wanted = None if columns is None else list(columns)
    return _core.Table.from_stream(sheet, name=called, columns=wanted, guess_types=True)


def _gathered(notes: Sequence[Note]) -> Iterator[Note]:
    """Put the notes of one kind together, counts added."""
    for kind in dict.fromkeys(note.kind for note in notes):
        alike = [note for note in notes if note.kind == kind]
        places = [place for note in alike for place in note.places]
        yield Note(kind, sum(note.number for note in alike), tuple(places[:MOST_PLACES]))
