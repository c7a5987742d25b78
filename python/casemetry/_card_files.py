# SPDX-License-Identifier: Apache-2.0
"""Synthetic cards as files, the way a case system exports them.

Some are text in GB18030. The others are workbooks: a title across the sheet, a line that says who exported it and when,
then the headings; in some the office is one cell across the rows of its cases. Days are true days there, but for those
that somebody typed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemetry._card_columns import Text
from casemetry._card_draws import Form
from casemetry._files import write_whole

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE_ROWS = 2


@dataclass(frozen=True, slots=True)
class About:
    """Who exported a table and when, and the heading of its column of offices."""

    exported_by: str
    exported_on: dt.date
    office: str = ""


def write_table(title: str, sheet: Mapping[str, Text], folder: Path, form: Form, about: About) -> Path:
    """Write one table to a file that bears its name."""
    if form == "csv":
        return write_whole(folder / f"{title}.csv", _text(sheet).encode("gb18030"))
    merged = about.office if form == "merged" else ""
    return write_whole(folder / f"{title}.xlsx", _workbook(title, sheet, merged, about))


def _text(sheet: Mapping[str, Text]) -> str:
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(sheet)
    lines.writerows(zip(*sheet.values(), strict=True))
    return file.getvalue()


def _workbook(title: str, sheet: Mapping[str, Text], merged: str, about: About) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"}) as book:
        book.set_properties({"created": dt.datetime.combine(about.exported_on, dt.time())})
        centred = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        page = book.add_worksheet(title)
        page.merge_range(0, 0, 0, len(sheet) - 1, title, centred)
        page.merge_range(1, 0, 1, len(sheet) - 1, f"填报单位：{about.exported_by}　导出日期：{about.exported_on}")
        page.write_row(TITLE_ROWS, 0, sheet, centred)
        for place, (heading, cells) in enumerate(sheet.items()):
            _write_column(page, place, cells, centred if heading == merged else None)
    return file.getvalue()


def _write_column(page: Worksheet, place: int, cells: Text, merged: Format | None) -> None:
    row = TITLE_ROWS + 1
    if merged is None:
        for number, cell in enumerate(cells, start=row):
            _write(page, number, place, cell)
        return
    for cell, run in groupby(cells):
        last = row + len(list(run)) - 1
        if last > row and cell is not None:
            page.merge_range(row, place, last, place, cell, merged)
        elif cell is not None:
            page.write_string(row, place, cell)
        row = last + 1


def _write(page: Worksheet, row: int, place: int, cell: Any) -> None:
    if cell is None:
        return
    if len(cell) == len("2024-01-01") and cell[4:5] == "-":
        with suppress(ValueError):
            page.write_datetime(row, place, dt.datetime.fromisoformat(cell))
            return
    page.write_string(row, place, cell)
