# SPDX-License-Identifier: Apache-2.0
"""A monthly table as a sheet that an office prints: merged headings, borders, real numbers, A4, rows that repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from casemetry._presentation.figures import NOTHING
from casemetry._presentation.monthly import headings
from casemetry._presentation.monthly_notes import WIDTHS
from casemetry._presentation.sheet import Written, written_change, written_figure
from casemetry._presentation.words import word
from casemetry._presentation.workbook import Workbook, lines_needed, set_up_print, sheet_names

if TYPE_CHECKING:
    from casemetry._monthly_rows import Figure, Row, Section
    from casemetry._presentation.monthly import Table
    from casemetry._presentation.notes import Line
    from casemetry._presentation.words import Language

_LABEL, _UNIT, _REMARK = 36, 7, 30
_FIGURES = (11, 11, 14)
"""The widths of columns, in characters."""

_TITLE, _WHOSE, _GROUPS, _HEADINGS, _BODY = range(5)
"""The first rows of a sheet."""

_HEIGHTS = {_TITLE: 34, _WHOSE: 20, _GROUPS: 22, _HEADINGS: 20}
_ROW, _SMALL_LINE = 19, 12.5  # points
_FONTS = {"zh": {"text": "宋体", "heading": "黑体"}, "en": {"text": "Calibri", "heading": "Calibri"}}
_EDGE = {"border": 1, "border_color": "#7F7F7F"}
_HEAD = {**_EDGE, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DCE6F1"}
_SECTION = {**_EDGE, "valign": "vcenter", "bg_color": "#F2F2F2"}
_FAINT = "#7F7F7F"
_FOOTERS = {"zh": "&L&A&R第 &P 页，共 &N 页", "en": "&L&A&RPage &P of &N"}


class MonthlySheet:
    """Writes one table to one sheet of a workbook."""

    def __init__(self, book: Workbook, table: Table, lang: Language) -> None:
        self._book, self._table, self._lang = book, table, lang
        self._page = book.new_page()
        self._columns = 3 + 3 * len(table.periods)
        self._row = _BODY

    def write(self, as_of: str, below: Iterable[str]) -> None:
        """Write all of it; ``as_of`` stands above at the right, ``below`` at the end."""
        self._set_up()
        self._headings(as_of)
        for section in self._table.sections:
            self._section(section)
        for line in below:
            self._merged(self._row, 0, self._columns - 1, line, self._text(font_size=9, font_color=_FAINT))
            self._row += 1
        self._page.print_area(0, 0, self._row - 1, self._columns - 1)

    def _set_up(self) -> None:
        page = self._page
        set_up_print(page)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer(_FOOTERS[self._lang])
        page.repeat_rows(_GROUPS, _HEADINGS)
        page.freeze_panes(_BODY, 2)
        page.hide_gridlines(2)
        widths = (_LABEL, _UNIT, *_FIGURES * len(self._table.periods), _REMARK)
        for place, columns in enumerate(widths):
            page.set_column(place, place, columns)
        for row, height in _HEIGHTS.items():
            page.set_row(row, height)

    def _headings(self, as_of: str) -> None:
        lang, table, last = self._lang, self._table, self._columns - 1
        title = self._heading(font_size=18, bold=True, align="center", valign="vcenter")
        self._merged(_TITLE, 0, last, table.title.text(lang), title)
        self._merged(_WHOSE, 0, 1, table.office.text(lang), self._text(valign="vcenter"))
        self._merged(_WHOSE, 2, last, as_of, self._text(align="right", valign="vcenter"))
        head = self._heading(**_HEAD)
        for place, key in ((0, "item"), (1, "unit"), (last, "remarks")):
            self._merged(_GROUPS, place, place, word(key, lang), head, rows=2)
        for number, period in enumerate(table.periods):
            first = 2 + 3 * number
            self._merged(_GROUPS, first, first + 2, period.text(lang), head)
            for place, heading in enumerate(headings(lang)):
                self._page.write_string(_HEADINGS, first + place, heading, head)

    def _section(self, section: Section) -> None:
        self._page.set_row(self._row, _ROW + 1)
        style = self._heading(**_SECTION)
        self._merged(self._row, 0, self._columns - 1, section.title.text(self._lang), style)
        self._row += 1
        for row in section.rows:
            self._figures(row)
            self._row += 1

    def _figures(self, row: Row) -> None:
        remarks = self._table.remarks(row, self._lang)
        lines = lines_needed(("", remarks), (1, int(_REMARK * 1.1)))
        self._page.set_row(self._row, max(_ROW, _SMALL_LINE * lines + 4))
        if row.place == 0:
            label = row.label.text(self._lang)
            style = self._text(**_EDGE, indent=row.level, valign="vcenter", text_wrap=True)
            self._merged(self._row, 0, 0, label, style, rows=row.rows)
        self._string(1, row.unit.text(self._lang), align="center")
        for number, figure in enumerate(row.figures):
            for place, cell in enumerate(self._written(row, figure)):
                self._cell(2 + 3 * number + place, cell, figure)
        self._string(self._columns - 1, remarks, text_wrap=True, font_size=9, indent=1)

    def _written(self, row: Row, figure: Figure | None) -> Sequence[Written]:
        if any(row.reason):
            return Written(word("not_available", self._lang)), Written(NOTHING), Written(NOTHING)
        if figure is None:
            nothing = Written(0, "#,##0") if row.is_counted else Written(NOTHING)
            return nothing, nothing, Written(NOTHING)
        facts, index = figure.facts, figure.index
        return (
            written_figure(facts, "value", self._lang, index),
            written_figure(facts, "year_ago_value", self._lang, index),
            written_change(facts, "year_ago", self._lang, index),
        )

    def _cell(self, column: int, cell: Written, figure: Figure | None) -> None:
        is_faint = figure is not None and "small" in figure.flags
        faint = {"font_color": _FAINT, "italic": True} if is_faint else {}
        if cell.content is None or isinstance(cell.content, str):
            self._string(column, cell.content or NOTHING, align="right", font_color=_FAINT)
            return
        style = self._text(**_EDGE, align="right", valign="vcenter", num_format=cell.pattern, **faint)
        self._page.write_number(self._row, column, cell.content, style)

    def _string(self, column: int, text: str, **properties: Any) -> None:
        style = self._text(**_EDGE, valign="vcenter", **properties)
        if text:
            self._page.write_string(self._row, column, self._book.text(text), style)
        else:
            self._page.write_blank(self._row, column, None, style)

    def _merged(self, row: int, first: int, last: int, text: str, style: Any, *, rows: int = 1) -> None:
        """Write a text over several cells; XlsxWriter merges no single cell."""
        if first < last or rows > 1:
            self._page.merge_range(row, first, row + rows - 1, last, "", style)
        self._page.write_string(row, first, self._book.text(text), style)

    def _text(self, **properties: Any) -> Any:
        return self._book.style(**{"font_name": _FONTS[self._lang]["text"], **properties})

    def _heading(self, **properties: Any) -> Any:
        return self._book.style(**{"font_name": _FONTS[self._lang]["heading"], **properties})


def monthly_workbook(
    tables: Sequence[Table], notes: Iterable[Line], as_of: str, below: Sequence[str], lang: Language
) -> bytes:
    """Write a sheet a table and one of notes; the same tables give the same bytes."""
    names = [table.office.text(lang) for table in tables]
    with Workbook(lang, sheet_names([*names, word("notes", lang)]), in_order=False) as book:
        for table in tables:
            MonthlySheet(book, table, lang).write(as_of, below)
        book.add_notes(notes, WIDTHS)
        return book.content()
