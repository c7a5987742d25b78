# SPDX-License-Identifier: Apache-2.0
"""A sheet that an office prints: merged cells, borders, Chinese fonts, A4 across with numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casemetry._presentation.figures import NOTHING
from casemetry._presentation.workbook import set_up_print

if TYPE_CHECKING:
    from casemetry._presentation.sheet import Written
    from casemetry._presentation.words import Language
    from casemetry._presentation.workbook import Workbook

EDGE = {"border": 1, "border_color": "#7F7F7F"}
HEAD = {**EDGE, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DCE6F1"}
SECTION = {**EDGE, "valign": "vcenter", "bg_color": "#F2F2F2"}
TITLE = {"font_size": 18, "bold": True, "align": "center", "valign": "vcenter"}
FAINT, LOUD = "#7F7F7F", "#B00020"

_FONTS = {"zh": {"text": "宋体", "heading": "黑体"}, "en": {"text": "Calibri", "heading": "Calibri"}}
_FOOTERS = {"zh": "&L&A&R第 &P 页，共 &N 页", "en": "&L&A&RPage &P of &N"}


class PrintedSheet:
    """One sheet of a workbook, written cell by cell; the cells of figures have borders."""

    def __init__(self, book: Workbook, lang: Language) -> None:
        self.lang = lang
        self.page = book.new_page()
        self._book = book

    def set_up(self, widths: Sequence[int], heights: Sequence[float]) -> None:
        """Set the widths of columns, in characters, the heights of the first rows, in points, and the print."""
        page = self.page
        set_up_print(page)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer(_FOOTERS[self.lang])
        page.hide_gridlines(2)
        for place, columns in enumerate(widths):
            page.set_column(place, place, columns)
        for row, height in enumerate(heights):
            page.set_row(row, height)

    def merged(self, row: int, first: int, last: int, text: str, style: Any, *, rows: int = 1) -> None:
        """Write a text over several cells; XlsxWriter merges no single cell."""
        if first < last or rows > 1:
            self.page.merge_range(row, first, row + rows - 1, last, "", style)
        self.page.write_string(row, first, self._book.text(text), style)

    def string(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text; an empty one leaves the cell with its borders."""
        if text:
            self.page.write_string(row, column, self._book.text(text), style)
        else:
            self.page.write_blank(row, column, None, style)

    def figure(self, row: int, column: int, cell: Written, *, is_faint: bool = False) -> None:
        """Write a number under its format, or the word that stands in its place."""
        if cell.content is None or isinstance(cell.content, str):
            style = self.text(**EDGE, align="right", valign="vcenter", font_color=FAINT)
            self.string(row, column, cell.content or NOTHING, style)
            return
        faint = {"font_color": FAINT, "italic": True} if is_faint else {}
        style = self.text(**EDGE, align="right", valign="vcenter", num_format=cell.pattern, **faint)
        self.page.write_number(row, column, cell.content, style)

    def note(self) -> Any:
        """Give the style of the lines below a table."""
        return self.text(font_size=9, font_color=FAINT)

    def text(self, **properties: Any) -> Any:
        """Give the style of a text or a figure."""
        return self._book.style(**{"font_name": _FONTS[self.lang]["text"], **properties})

    def heading(self, **properties: Any) -> Any:
        """Give the style of a title or a heading."""
        return self._book.style(**{"font_name": _FONTS[self.lang]["heading"], **properties})
