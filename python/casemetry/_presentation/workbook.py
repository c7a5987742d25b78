# SPDX-License-Identifier: Apache-2.0
"""A workbook that looks as an office expects: headings in sight, columns as wide as their content, real numbers."""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from casemetry._optional import require
from casemetry._presentation.display import safe_text, width
from casemetry._presentation.words import word

if TYPE_CHECKING:
    from casemetry._presentation.notes import Line
    from casemetry._presentation.sheet import Sheet, SheetColumn, Written
    from casemetry._presentation.words import Language

MAX_TEXT = 32_767
"""What a cell holds, in UTF-16 units."""

MAX_NAME = 31
"""What the name of a sheet holds."""

_FONTS = {"zh": "等线", "en": "Calibri"}
_NARROWEST, _WIDEST = 8, 48
_LINE_HEIGHT = 16  # points
_HEADING_HEIGHT = 2 * _LINE_HEIGHT
_NOTE_WIDTHS = (28, 84, 36, 10, 10)
_A4 = 9
_MEASURED = 1_000  # rows that decide how wide a column is
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook:
    """Sheets are added row by row; ``content`` closes the book. Leaving its ``with`` block removes its scratch files.

    Parameters
    ----------
    lang
        Of the headings, and so of the font.
    names
        Of the sheets, in the order in which they are added.
    in_order
        Whether rows are written one after the other and leave the memory; cells merged over rows cannot be.

    Attributes
    ----------
    cut
        How many texts were cut to the length of a cell.
    """

    def __init__(self, lang: Language, names: Iterable[str], *, in_order: bool = True) -> None:
        self.cut = 0
        self._lang = lang
        self._names = iter(names)
        self._file = io.BytesIO()
        self._scratch = tempfile.TemporaryDirectory()
        options = {**_OPTIONS, "constant_memory": in_order, "tmpdir": self._scratch.name}
        self._book = require("xlsxwriter").Workbook(self._file, options)
        # The clock is not read: the same results give the same bytes.
        self._book.set_properties({"created": datetime(2000, 1, 1), "comments": "casemetry"})
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            with suppress(Exception):
                self._book.close()
        self._scratch.cleanup()

    def new_page(self) -> Any:
        """Add an empty sheet under its name, to be written by whoever lays it out."""
        return self._book.add_worksheet(next(self._names))

    def add(self, sheet: Sheet) -> None:
        """Add a sheet of figures, its headings and names frozen."""
        page = self.new_page()
        page.freeze_panes(1, sheet.names)
        page.set_row(0, _HEADING_HEIGHT)
        page.repeat_rows(0)
        set_up_print(page)
        page.autofilter(0, 0, sheet.length, len(sheet.columns) - 1)
        widths = [self._heading(page, place, column) for place, column in enumerate(sheet.columns)]
        for row in range(sheet.length):
            for place, column in enumerate(sheet.columns):
                cell = column.cell(row)
                self._write(page, row + 1, place, cell)
                if row < _MEASURED:
                    widths[place] = max(widths[place], _width(cell))
        for place, columns in enumerate(widths):
            page.set_column(place, place, min(max(columns + 2, _NARROWEST), _WIDEST))

    def add_notes(self, lines: Iterable[Line], widths: Sequence[int] = _NOTE_WIDTHS) -> None:
        """Add a sheet of notes in columns so wide; a line of one cell is a heading."""
        page = self.new_page()
        set_up_print(page)
        for place, columns in enumerate(widths):
            page.set_column(place, place, columns)
        rows = [*lines, *([(word("cut", self._lang), str(self.cut))] if self.cut else [])]
        for row, cells in enumerate(rows):
            style = self.style(bold=True) if len(cells) == 1 else self.style(text_wrap=True, valign="top")
            page.set_row(row, _LINE_HEIGHT * lines_needed(cells, widths))
            for place, text in enumerate(cells):
                if text:
                    page.write_string(row, place, self.text(text), style)

    def content(self) -> bytes:
        """Close the book and give its bytes."""
        self._book.close()
        return self._file.getvalue()

    def _heading(self, page: Any, place: int, column: SheetColumn) -> int:
        lines = [self.text(column.label.text(self._lang)), self.text(column.label.beside(self._lang))]
        style = self.style(bold=True, bottom=1, bg_color="#EEF1F5", text_wrap=True, valign="vcenter")
        page.write_string(0, place, "\n".join(filter(None, lines)), style)
        return max(map(width, lines))

    def _write(self, page: Any, row: int, place: int, cell: Written) -> None:
        if isinstance(cell.content, str):
            page.write_string(row, place, self.text(cell.content), self.style())
        elif cell.content is not None:
            page.write_number(row, place, cell.content, self.style(num_format=cell.pattern))

    def text(self, text: str) -> str:
        """Make a text one that a cell can hold; what is cut is counted."""
        safe = safe_text(text)
        short = cut(safe, MAX_TEXT)
        self.cut += short != safe
        return short

    def style(self, **properties: Any) -> Any:
        """Give the format with these properties of XlsxWriter, in the font of the language unless they name one."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            font = {"font_name": _FONTS[self._lang], "font_size": 11}
            self._styles[key] = self._book.add_format({**font, **properties})
        return self._styles[key]


def cut(text: str, units: int) -> str:
    """Shorten a text to so many UTF-16 units, which is what Excel counts; a shortened one ends in ``…``.

    Examples
    --------
    >>> cut("审查逮捕与审查起诉", 5)
    '审查逮捕…'
    """
    coded = text.encode("utf-16-le")
    if len(coded) <= 2 * units:
        return text
    return coded[: 2 * (units - 1)].decode("utf-16-le", "ignore") + "…"


def sheet_names(names: Iterable[str]) -> list[str]:
    """Make names that Excel allows, each different from the others.

    Examples
    --------
    >>> sheet_names(["2024/01", "2024:01", ""])
    ['2024_01', '2024_01 (2)', 'Sheet']
    """
    taken: set[str] = {"history"}  # Excel keeps this one for itself
    return [_free_name(name, taken) for name in names]


def _free_name(name: str, taken: set[str]) -> str:
    clean = "".join("_" if character in "[]:*?/\\" else character for character in safe_text(name))
    clean = clean.strip().strip("'") or "Sheet"
    for number in count(1):
        mark = f" ({number})" if number > 1 else ""
        free = cut(clean, MAX_NAME - len(mark)) + mark
        if free.casefold() not in taken:
            break
    taken.add(free.casefold())
    return free


def set_up_print(page: Any) -> None:
    """Print on A4 across, as wide as one page, with the sheet's name and the page's number below."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def lines_needed(cells: Line, widths: Sequence[int]) -> int:
    """Count the lines that a row takes when its cells are wrapped in columns so wide; a heading is one."""
    if len(cells) == 1:
        return 1
    needed = (math.ceil(width(text) / columns) for text, columns in zip(cells, widths, strict=False))
    return max(needed, default=1) or 1


def _width(cell: Written) -> int:
    if cell.content is None:
        return 0
    if isinstance(cell.content, str):
        return width(safe_text(cell.content[:_WIDEST]))
    around = cell.pattern.split(";")[0].replace("#,##", "").replace('"', "")
    return len(f"{cell.content:,.0f}") + width(around)
