# SPDX-License-Identifier: Apache-2.0
"""The workbook of a monthly table: the table, the structural ratios, a table of each office, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casemetry._presentation.monthly_notes import WIDTHS
from casemetry._presentation.monthly_sheet import MonthlySheet
from casemetry._presentation.quality import sheet
from casemetry._presentation.structure_page import StructurePage
from casemetry._presentation.words import WORDS, word
from casemetry._presentation.workbook import Workbook, sheet_names

if TYPE_CHECKING:
    from casemetry._presentation.monthly import Table
    from casemetry._presentation.notes import Line
    from casemetry._presentation.quality import Told
    from casemetry._presentation.structure_page import Ratio
    from casemetry._presentation.words import Language


def monthly_workbook(
    tables: Sequence[Table],
    ratios: Sequence[Ratio],
    findings: Sequence[Told],
    notes: Iterable[Line],
    as_of: str,
    alerts: Sequence[str],
    lang: Language,
) -> bytes:
    """Write a sheet a table, one of structural ratios if there are any, those of findings, and one of notes."""
    whole, *offices = tables
    structures = [word("structures", lang)] if ratios else []
    others = [*(table.office.text(lang) for table in offices), *(part.heading.text(lang) for part in findings)]
    names = [whole.office.text(lang), *structures, *others, word("notes", lang)]
    with Workbook(lang, sheet_names(names), in_order=False) as book:
        MonthlySheet(book, whole, lang).write(as_of, alerts)
        if ratios:
            StructurePage(book, lang).write(whole.named(WORDS["structures"]).text(lang), as_of, ratios)
        for table in offices:
            MonthlySheet(book, table, lang).write(as_of, alerts)
        for part in findings:
            book.add(sheet(part))
        book.add_notes(notes, WIDTHS)
        return book.content()
