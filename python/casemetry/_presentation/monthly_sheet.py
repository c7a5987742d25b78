# SPDX-License-Identifier: Apache-2.0
"""A monthly table as a sheet: headings merged over their periods, a row a figure, 件 above 人, remarks at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casemetry._presentation.figures import NOTHING
from casemetry._presentation.monthly import headings
from casemetry._presentation.printed import EDGE, HEAD, LOUD, SECTION, TITLE, PrintedSheet
from casemetry._presentation.sheet import Written, written_change, written_figure
from casemetry._presentation.words import word
from casemetry._presentation.workbook import lines_needed

if TYPE_CHECKING:
    from casemetry._monthly_rows import Figure, Row, Section
    from casemetry._presentation.monthly import Table
    from casemetry._presentation.words import Language
    from casemetry._presentation.workbook import Workbook

_LABEL, _UNIT, _REMARK = 36, 7, 30
_FIGURES = (11, 11, 14)
"""The widths of columns, in characters."""

_TITLE, _WHOSE, _ALERTS = range(3)
"""The first rows; below what must be read first, if anything, stand two rows of headings."""

_FAINT = frozenset({"small", "exceeds_denominator"})
"""The flags of figures that are to be compared with care."""

_HEIGHTS = (34, 20)
_GROUPS_HEIGHT, _HEADINGS_HEIGHT = 22, 20
_ROW, _SMALL_LINE = 19, 12.5
"""The heights of rows, and of a line of a remark, in points."""


class MonthlySheet(PrintedSheet):
    """Writes one table to one sheet of a workbook."""

    def __init__(self, book: Workbook, table: Table, lang: Language) -> None:
        super().__init__(book, lang)
        self._table = table
        self._last = 2 + 3 * len(table.periods)
        self._row = _ALERTS

    def write(self, as_of: str, alerts: Iterable[str]) -> None:
        """Write all of it; ``as_of`` stands above at the right, ``alerts`` below the title, in red."""
        self.set_up((_LABEL, _UNIT, *_FIGURES * len(self._table.periods), _REMARK), _HEIGHTS)
        self._title(as_of)
        for line in alerts:
            self._alert(line)
        self._headings()
        for section in self._table.sections:
            self._section(section)
        self.merged(self._row, 0, self._last, word("signs", self.lang), self.note())
        self.page.print_area(0, 0, self._row, self._last)

    def _title(self, as_of: str) -> None:
        self.merged(_TITLE, 0, self._last, self._table.title.text(self.lang), self.heading(**TITLE))
        self.merged(_WHOSE, 0, 1, self._table.office.text(self.lang), self.text(valign="vcenter"))
        self.merged(_WHOSE, 2, self._last, as_of, self.text(align="right", valign="vcenter"))

    def _alert(self, line: str) -> None:
        self.merged(self._row, 0, self._last, line, self.text(bold=True, font_color=LOUD, valign="vcenter"))
        self._row += 1

    def _headings(self) -> None:
        groups, names = self._row, self._row + 1
        self.page.set_row(groups, _GROUPS_HEIGHT)
        self.page.set_row(names, _HEADINGS_HEIGHT)
        self.page.repeat_rows(groups, names)
        self.page.freeze_panes(names + 1, 2)
        head = self.heading(**HEAD)
        for place, key in ((0, "item"), (1, "unit"), (self._last, "remarks")):
            self.merged(groups, place, place, word(key, self.lang), head, rows=2)
        for number, period in enumerate(self._table.periods):
            first = 2 + 3 * number
            self.merged(groups, first, first + 2, period.text(self.lang), head)
            for place, heading in enumerate(headings(self.lang)):
                self.string(names, first + place, heading, head)
        self._row = names + 1

    def _section(self, section: Section) -> None:
        self.page.set_row(self._row, _ROW + 1)
        heading, lines = self._table.read(section, self.lang)
        self.merged(self._row, 0, self._last, heading, self.heading(**SECTION))
        self._row += 1
        for row, remark in lines:
            self._figures(row, remark)
            self._row += 1

    def _figures(self, row: Row, remarks: str) -> None:
        lines = lines_needed(("", remarks), (1, _REMARK))
        self.page.set_row(self._row, max(_ROW, _SMALL_LINE * lines + 4))
        if row.place == 0:
            # A label over several rows stands at their top: a page may end between them.
            valign = "vcenter" if row.rows == 1 else "top"
            style = self.text(**EDGE, align="left", indent=row.level, valign=valign, text_wrap=True)
            self.merged(self._row, 0, 0, row.label.text(self.lang), style, rows=row.rows)
        self.string(self._row, 1, row.unit.text(self.lang), self.text(**EDGE, align="center", valign="vcenter"))
        for number, figure in enumerate(row.figures):
            is_faint = figure is not None and not _FAINT.isdisjoint(figure.flags)
            for place, cell in enumerate(self._written(row, figure)):
                self.figure(self._row, 2 + 3 * number + place, cell, is_faint=is_faint)
        style = self.text(**EDGE, valign="vcenter", text_wrap=True, font_size=9, indent=1)
        self.string(self._row, self._last, remarks, style)

    def _written(self, row: Row, figure: Figure | None) -> Sequence[Written]:
        nothing = Written(NOTHING)
        if any(row.reason):
            return Written(word("not_available", self.lang)), nothing, nothing
        if figure is None:
            none = Written(0, "#,##0") if row.is_counted else nothing
            return none, none, nothing
        facts, index = figure.facts, figure.index
        both = [written_figure(facts, name, self.lang, index) for name in ("value", "year_ago_value")]
        if figure.is_protected:
            hidden = Written(word("protected", self.lang))
            both = [hidden if each.content is None else each for each in both]
        return *both, written_change(facts, "year_ago", self.lang, index)
