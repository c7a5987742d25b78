# SPDX-License-Identifier: Apache-2.0
"""Data quality (数据质量): what in the tables would mislead whoever reads a figure, found before it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._arguments import day, names
from casemetry._errors import QueryError
from casemetry._files import write_whole
from casemetry._presentation import quality as shown
from casemetry._presentation.html import STYLE
from casemetry._presentation.html import table as html_table
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.plain import plain
from casemetry._presentation.words import check_language
from casemetry._tables import named_tables
from casemetry.binding import Binding
from casemetry.catalogues import catalogue_of
from casemetry.reading import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casemetry._core import AlikeLabels, CheckedColumn, CheckedIdentity, Finding, Lateness, Loss
    from casemetry._presentation.quality import Told
    from casemetry._presentation.words import Language
    from casemetry.catalogues import Catalogue, Defined

__all__ = ["Quality", "check"]


@dataclass(frozen=True, repr=False, eq=False)
class Quality:
    """What a check found: made by :func:`check`; immutable."""

    _check: _core.Check
    _catalogue: Catalogue
    _tables: dict[str, _core.Table]
    _days: Mapping[str, dt.date | None]

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with rows of tables, by table.

        ``kind``, ``table``, ``column``, ``other`` (the second column, of kinds that have one), ``rows`` (in how many it
        is so), ``of`` (of how many that could be so), ``keys`` (of keys that are repeated), ``examples``.
        """
        return list(self._check.findings)

    @property
    def columns(self) -> list[CheckedColumn]:
        """Every column: ``table``, ``report`` (see :class:`casemetry.ColumnReport`), days that cannot be."""
        return list(self._check.columns)

    @property
    def losses(self) -> list[Loss]:
        """What indicators lose, by kind of unit.

        ``indicator``, ``unit``, ``units``, ``unknown`` (of unknown outcome), ``undated`` (that count, but in no month)
        and ``causes``: ``kind`` (``missing``, ``unreadable``, ``unlisted``, ``disagreeing`` rows of one unit,
        ``not_found`` by a lookup), ``table``, ``column``, ``units``. A unit may have several causes.
        """
        return list(self._check.losses)

    @property
    def lateness(self) -> list[Lateness]:
        """How long after each day rows were entered: ``bands`` of days, and how many in a later reporting month."""
        return list(self._check.lateness)

    @property
    def alike(self) -> list[AlikeLabels]:
        """Labels that differ by width, case or spaces only, with their rows; the first is the one to keep."""
        return list(self._check.alike)

    @property
    def identities(self) -> list[CheckedIdentity]:
        """What must hold between counts: how many ``cells`` were looked at, and the ``failures`` with their figures."""
        return list(self._check.identities)

    @property
    def not_available(self) -> Mapping[str, str]:
        """The indicators whose units could not be looked at, and why."""
        return MappingProxyType(self._check.not_available)

    def rows(self, finding: Finding | Loss, /) -> Table:
        """Give the rows behind a finding, to go back to the system with.

        Parameters
        ----------
        finding
            One of :attr:`findings`, or of :attr:`losses`: then the rows of the units of unknown outcome.

        Returns
        -------
        Table
            In the order of the table, with all columns as they came.

        Examples
        --------
        >>> import casemetry as cm
        >>> catalogue = cm.Catalogue.from_dict({"schema": 1, "table": {"arrests": {"key": ["case"]}}})
        >>> quality = cm.check({"case": ["1", "2"], "office": ["A", None]}, catalogue)
        >>> print(quality.rows(quality.findings[0]).text("en"))
        case  office
        ----  ------
        2
        """
        if isinstance(finding, _core.Finding):
            return Table(_core.finding_rows(self._tables, self._catalogue._core, finding, **self._days))
        if isinstance(finding, _core.Loss):
            return Table(
                _core.rows(
                    self._tables,
                    self._catalogue._core,
                    indicator=finding.indicator,
                    side="unknown",
                    as_of=self._days["as_of"],
                )
            )
        raise QueryError("give one of the findings, or of the losses, of this check")

    def parts(self, lang: Language = "zh") -> list[Told]:
        """Lay out the parts that tell something, the findings first and always."""
        return shown.told(self._check, shown.Words(self._catalogue, lang))

    def text(self, lang: Language = "zh", *, rows: int = 40) -> str:
        """Print it as text tables, each of so many rows at most."""
        check_language(lang)
        parts = self.parts(lang)
        return "\n\n".join(
            f"{part.heading.text(lang)}\n{plain(shown.grid(part, lang), lang, rows=rows)}" for part in parts
        )

    def html(self, lang: Language = "zh", *, rows: int = 200) -> str:
        """Print it as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        parts = self.parts(lang)
        tables = "".join(
            f"<p><b>{part.heading.text(lang)}</b></p>{html_table(shown.grid(part, lang), lang, rows=rows)}"
            for part in parts
        )
        return f'<div class="casemetry"><style>{STYLE}</style>{tables}</div>'

    def to_excel(self, path: str | Path, lang: Language = "zh") -> Path:
        """Write an Excel file: a sheet of findings, and one for each of the other parts that tell something.

        Raises
        ------
        QueryError
            If identities were looked at by a dimension that identifies persons.
        """
        from casemetry._presentation.workbook import Workbook
        from casemetry.excel import sheet_names

        check_language(lang)
        check_may_leave(self._check)
        parts = self.parts(lang)
        with Workbook(lang, sheet_names([part.heading.text(lang) for part in parts])) as book:
            for part in parts:
                book.add(shown.sheet(part))
            content = book.content()
        return write_whole(path, content)

    def __len__(self) -> int:
        """Count the findings."""
        return len(self._check.findings)

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html(rows=40)


def check(
    tables: Any,
    catalogue: Catalogue | str | Iterable[Defined] | None = None,
    *,
    by: str | Sequence[str] = (),
    as_of: dt.date | str | None = None,
    period: str | None = None,
    first_day: dt.date | str | None = None,
    examples: int = 5,
) -> Quality:
    """Check tables by what a catalogue says of them; nothing is changed and nothing guessed.

    Parameters
    ----------
    tables : Binding, mapping of str to table, or table
        A site's tables as :func:`bind` gives them, or tables by the names that the catalogue gives them.
    catalogue : Catalogue or str, optional
        Of a binding it is its own.
    by : str or sequence of str
        Dimensions: identities must hold in each of their cells.
    as_of : date or str, optional
        The day at which the data stand; a later day cannot have come. Without it no day is too late.
    period : str, optional
        In which identities are looked at; by default in all months (quarters, years) that occur.
    first_day : date or str, optional
        The first day that is plausible; by default 1910-01-01, before which lies what systems write for "unknown".
    examples : int
        How many rows a finding shows at most.

    Returns
    -------
    Quality
        Findings, what indicators lose and why, lateness, identities; all counted by the core.

    Raises
    ------
    QueryError
        Without a catalogue; for a table that it does not have, a dimension or period that is none.

    Examples
    --------
    >>> import casemetry as cm
    >>> catalogue = cm.Catalogue.from_dict({"schema": 1, "table": {"arrests": {"key": ["case"]}}})
    >>> quality = cm.check({"case": ["1", "1", "2"], "office": ["A", "B", None]}, catalogue)
    >>> [(finding.kind, finding.column, finding.rows) for finding in quality.findings]
    [('missing', 'office', 1), ('repeated', 'case', 2), ('conflicting', 'office', 2)]
    """
    if isinstance(tables, Binding) and catalogue is None:
        catalogue = tables.catalogue
    if catalogue is None:
        raise QueryError("say by which catalogue the tables are checked: cm.check(tables, 'spp'), or give a binding")
    known = catalogue_of(catalogue)
    given = named_tables(tables, known.tables)
    days = {"as_of": day(as_of), "first_day": day(first_day, "first_day")}
    found = _core.check(
        given,
        known._core,
        as_of=days["as_of"],
        first_day=days["first_day"],
        by=names(by),
        period=period,
        examples=examples,
    )
    return Quality(found, known, given, days)
