# SPDX-License-Identifier: Apache-2.0
"""The command ``casemetry table``: from a site's exports and its mapping to the workbook of the monthly table."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from casemetry._arguments import day
from casemetry._errors import QueryError
from casemetry._monthly_period import Months
from casemetry._presentation.display import safe_text
from casemetry.binding import bind
from casemetry.cube import Cube
from casemetry.layouts import Layout
from casemetry.monthly_report import monthly
from casemetry.quality import check

if TYPE_CHECKING:
    from casemetry._presentation.words import Language


@dataclass(frozen=True)
class TableCommand:
    """What the command was told.

    Attributes
    ----------
    tables : Path
        The folder of the exports, or a workbook.
    mapping : Path or None
        What their names and codes stand for; None: what they say by themselves.
    period : str
        ``2024-01..2024-09``, or the last month.
    out : Path
        The workbook to write.
    catalogue : str
        The name of a shipped one.
    layout : Path or None
        The site's own layout.
    by : str or None
        The dimension of the offices.
    as_of : str or None
        The day at which the data stand.
    lang : str
        ``zh`` or ``en``.
    protect : int or None
        Counts smaller than this are hidden, with what would tell them.
    """

    tables: Path
    mapping: Path | None
    period: str
    out: Path
    catalogue: str = "spp"
    layout: Path | None = None
    by: str | None = None
    as_of: str | None = None
    lang: Language = "zh"
    protect: int | None = None

    def run(self) -> None:
        """Read, bind, check, count and write; print what was read, what waits, what cannot be computed, and the file.

        What the report says loudest, such as a period without any record, goes to the error output, too.
        """
        self._check_arguments()
        layout = Layout.load(self.layout) if self.layout else Layout.shipped(self.catalogue)
        binding = bind(str(self.tables), self.catalogue, mapping=self.mapping)
        print(binding.text(self.lang, file=self.mapping or "本院.toml"))
        layout.check(binding.catalogue)
        there = [name for name in layout.dimensions if name in binding.dimensions]
        dimensions = dict.fromkeys([*there, *([self.by] if self.by else [])])
        cube = Cube(binding, by=list(dimensions), as_of=self.as_of)
        quality = check(binding, as_of=self.as_of)
        report = monthly(cube, period=self.period, by=self.by, layout=layout, quality=quality, protect=self.protect)
        print(safe_text(str(report.to_excel(self.out, lang=self.lang))))
        for line in report.alerts(self.lang):
            print(f"casemetry: {safe_text(line)}", file=sys.stderr)

    def _check_arguments(self) -> None:
        """Refuse what cannot end well before any file is read."""
        Months.read(self.period)
        day(self.as_of)
        if not self.tables.exists():
            raise QueryError(f"there is no folder or workbook {self.tables}; give the folder of the exports")
        if self.out.suffix.lower() != ".xlsx":
            raise QueryError(f"out: {self.out} is no workbook; its name should end in .xlsx")
        if not self.out.absolute().parent.is_dir():
            raise QueryError(f"out: there is no folder {self.out.absolute().parent}; make it first")
