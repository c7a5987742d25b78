# SPDX-License-Identifier: Apache-2.0
"""The structural ratios on one sheet of a workbook, ready to print: a block for each, its ratio in its heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casemetry._presentation.printed import EDGE, HEAD, SECTION, TITLE, PrintedSheet
from casemetry._presentation.structure import StructureFacts, also_rounded, ratio_text, structure_sheet, unknown_lines
from casemetry._presentation.words import Label, word

if TYPE_CHECKING:
    from casemetry._presentation.sheet import SheetColumn

Ratio = tuple[Label, StructureFacts]

_CLASS, _FIGURE = 22, 15
"""The widths of columns, in characters."""

_TITLE, _WHOSE, _BODY = range(3)
_HEIGHTS = (34, 20)
_HEADING, _COLUMNS, _ROW = 24, 34, 19
"""The heights of rows, in points."""


class StructurePage(PrintedSheet):
    """Writes all structural ratios to one sheet."""

    def write(self, title: str, as_of: str, ratios: Sequence[Ratio]) -> None:
        """Write a block for each; ``as_of`` stands above at the right."""
        blocks = [(label, facts, _columns(facts, self)) for label, facts in ratios]
        last = max(len(columns) for _, _, columns in blocks) - 1
        self.set_up((_CLASS, *[_FIGURE] * last), _HEIGHTS)
        self.merged(_TITLE, 0, last, title, self.heading(**TITLE))
        self.merged(_WHOSE, 0, last, as_of, self.text(align="right", valign="vcenter"))
        row = _BODY
        for label, facts, columns in blocks:
            row = self._block(row, last, label, facts, columns)
        self.merged(row, 0, last, word("from_others_note", self.lang), self.note())
        self.page.print_area(0, 0, row, last)

    def _block(self, row: int, last: int, label: Label, facts: StructureFacts, columns: Sequence[SheetColumn]) -> int:
        """Write one, and give the row after it."""
        ratio = next((ratio_text(each[0]) for each in facts.core.roundings if each), "")
        self.page.set_row(row, _HEADING)
        self.merged(row, 0, last, f"{label.text(self.lang)}  {ratio}".rstrip(), self.heading(**SECTION))
        self.page.set_row(row + 1, _COLUMNS)
        for place, column in enumerate(columns):
            self.string(row + 1, place, column.label.text(self.lang), self.heading(**HEAD))
        for index in range(len(facts)):
            self._class(row + 2 + index, index, columns)
        row += 2 + len(facts)
        roundings = [line for each in facts.core.roundings for line in also_rounded(each, self.lang)]
        for line in (*roundings, *unknown_lines(facts, self.lang)):
            self.merged(row, 0, last, line, self.note())
            row += 1
        return row + 1

    def _class(self, row: int, index: int, columns: Sequence[SheetColumn]) -> None:
        name, *figures = columns
        self.page.set_row(row, _ROW)
        self.string(row, 0, str(name.cell(index).content or ""), self.text(**EDGE, valign="vcenter"))
        for place, column in enumerate(figures, 1):
            self.figure(row, place, column.cell(index))


def _columns(facts: StructureFacts, page: PrintedSheet) -> Sequence[SheetColumn]:
    """Give the columns from the class on, for the period stands in the title; the status only if there is one."""
    sheet = structure_sheet(facts, page.lang)
    columns = sheet.columns[sheet.names - 1 :]
    return columns if any(facts.columns["flags"]) else columns[:-1]
