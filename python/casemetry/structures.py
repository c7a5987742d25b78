# SPDX-License-Identifier: Apache-2.0
"""What a number of cases is made up of: classes, shares that add to 100, and where a change of share comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._arguments import condition, day, names
from casemetry._errors import QueryError
from casemetry._files import write_whole
from casemetry._presentation.convertible import Convertible
from casemetry._presentation.html import fragment
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.plain import plain
from casemetry._presentation.structure import (
    StructureFacts,
    ratio_text,
    structure_grid,
    structure_notes,
    structure_sheet,
)
from casemetry._presentation.words import check_language, word
from casemetry._presentation.workbook import Workbook

if TYPE_CHECKING:
    from pathlib import Path

    from casemetry._core import Expression
    from casemetry._presentation.words import Language
    from casemetry.charts import Chart

__all__ = ["Structure", "structure"]

Figure = int | float | str | Decimal | tuple[int, int]
Day = dt.date | str | None
Dated = Sequence[tuple[str, str, Day, Day]]
Classes = str | Mapping[str, Sequence[str]] | Dated | None


@dataclass(frozen=True, repr=False, eq=False)
class Structure(Convertible):
    """A row for each class of each whole; immutable.

    A structure is asked for, with :meth:`casemetry.Cube.structure` or :func:`casemetry.structure`. The columns are the
    dimensions, ``period``, ``class``, ``count`` (or ``count_least`` and ``count_most``), ``total``, ``unknown``,
    ``share``, ``least`` and ``most`` (what the share could be), ``rounded`` (per cent, by the largest remainder),
    ``status``, ``flags``, and for each comparison ``<name>_count``, ``<name>_share``, ``<name>_change``,
    ``<name>_from_own`` and ``<name>_from_others`` (the part of the change that comes from its own volume, and from that
    of the others).

    Examples
    --------
    What the procuratorates handled in 2024, in 万 as it was published: the ratio was printed as 84 : 7 : 5 : 4.

    >>> import casemetry as cm
    >>> handled = cm.structure({"刑事": 347.1, "民事": 28.2, "行政": 19.5, "公益诉讼": 15.1}, unit="万")
    >>> handled.ratio, handled.alternatives
    ('84 : 7 : 5 : 4', ['85 : 7 : 5 : 3'])
    >>> handled.status
    'not_determined'
    """

    _core: _core.Structure

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns as plain values; None where there is no value."""
        return {name: list(values) for name, values in self.facts.columns.items()}

    @property
    def metadata(self) -> Mapping[str, str]:
        """What travels with it: what it is of, labels, as-of date, the definition."""
        return MappingProxyType(dict(self._core.metadata))

    @property
    def classes(self) -> list[str]:
        """The names of the classes, in declared order; what is in none comes last."""
        return list(self._core.classes)

    @property
    def ratio(self) -> str:
        """The whole shares beside each other, ``84 : 7 : 5 : 4``; empty if nothing was counted.

        Raises
        ------
        QueryError
            Of several cells or periods: read the column ``rounded``.
        """
        roundings = self._only()
        return ratio_text(roundings[0]) if roundings else ""

    @property
    def alternatives(self) -> list[str]:
        """The other ways in which the shares can be rounded, as :attr:`ratio`."""
        return [ratio_text(shares) for shares in self._only()[1:]]

    @property
    def status(self) -> str:
        """``ok``, or the gravest flag of the only whole."""
        self._only()
        statuses = self.facts.columns["status"]
        return str(statuses[0]) if statuses else "ok"

    def text(self, lang: Language = "zh", *, rows: int = 60) -> str:
        """Print the first rows as a text table."""
        check_language(lang)
        return plain(structure_grid(self.facts, lang), lang, rows=rows)

    def html(self, lang: Language = "zh", *, rows: int = 60) -> str:
        """Print the first rows as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        return fragment(structure_grid(self.facts, lang), lang, rows=rows)

    def to_excel(self, path: str | Path, lang: Language = "zh") -> Path:
        """Write an Excel file: a sheet of real numbers, and one that says what they mean."""
        check_language(lang)
        check_may_leave(self._core)
        with Workbook(lang, [word("structure", lang), word("notes", lang)]) as book:
            book.add(structure_sheet(self.facts, lang))
            book.add_notes(structure_notes(self.facts, lang))
            content = book.content()
        return write_whole(path, content)

    def plot(self, *, lang: Language = "zh", title: str | None = None, width: int = 560) -> Chart:
        """Draw it: a bar for each cell and period, parted by its shares.

        Of figures that are ranges the whole per cents are drawn, and told with what they can be.
        """
        from casemetry.charts import structure_chart

        return structure_chart(self.facts, lang=lang, title=title, width=width)

    def sentence(self, lang: Language = "zh", *, of: str = "") -> str:
        """Say it: 刑事、民事、行政、公益诉讼案件占比为84:7:5:4, with ``of="案件"``.

        A line for each cell and period; where the shares can be rounded in several ways, with all of them.
        """
        from casemetry.text import structure_sentences

        return structure_sentences(self.facts, lang, of)

    @cached_property
    def facts(self) -> StructureFacts:
        """What its presentations have in common."""
        return StructureFacts(self._core)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.facts)

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table to whoever reads the Arrow C stream interface.

        Raises
        ------
        QueryError
            Of a cube with a dimension that identifies persons: so do all exports, charts and sentences.
        """
        check_may_leave(self._core)
        return self._core.__arrow_c_stream__(requested_schema)

    def _only(self) -> list[list[int]]:
        if self._core.wholes != 1:
            raise QueryError(
                f"there are {self._core.wholes} structures, by cell and period: "
                "read the column 'rounded', or ask for one"
            )
        return self._core.roundings[0]


def structure(figures: Mapping[str, Figure], *, unit: str = "") -> Structure:
    """Tell what figures make up: a calculator, also for published figures.

    Parameters
    ----------
    figures : mapping of str to int, float, str or (int, int)
        For each class its count: exact, as it was printed, or the least and the most it can be.
    unit : str
        Of printed figures, ``万`` or ``亿``: 347.1 in 万 stands for 3,470,500 to 3,471,499. Text keeps
        the zeros at the end.

    Returns
    -------
    Structure
        With ``ratio``, and ``alternatives`` where rounded figures leave open how shares are rounded.

    Raises
    ------
    QueryError
        What is no count, or ranges too wide to tell.

    Examples
    --------
    >>> import casemetry as cm
    >>> beijing = cm.structure({"诉讼监督案件": 83_805, "司法办案": 49_615})
    >>> round(beijing.columns["share"][0], 3), beijing.ratio
    (0.628, '63 : 37')
    """
    return Structure(_core.structure_of([(name, _figure(each, unit)) for name, each in figures.items()], unit))


def structure_from(
    cube: _core.Cube,
    of: str,
    *,
    dimension: str,
    groups: Classes,
    rest: str | None,
    by: str | Sequence[str],
    period: str | None,
    every: str | None,
    where: str | Expression | None,
    compare: str | Sequence[str],
) -> Structure:
    """Ask a cube, as :meth:`casemetry.Cube.structure` says."""
    name = groups if isinstance(groups, str) else ""
    classes = [(each, list(labels)) for each, labels in groups.items()] if isinstance(groups, Mapping) else []
    dated = [] if groups is None or name or classes else [_row(row) for row in groups]
    return Structure(
        _core.structure(
            cube,
            of,
            dimension=dimension,
            groups=name,
            classes=classes,
            rest=rest or "",
            dated=dated,
            by=names(by),
            period=period,
            every=every,
            where=condition(where),
            compare=names(compare),
        )
    )


def _row(row: Any) -> tuple[str, str, dt.date | None, dt.date | None]:
    try:
        label, name, valid_from, valid_to = row
    except (TypeError, ValueError):
        raise QueryError(
            f"{row!r} is no dated class: write (label, class, valid_from, valid_to), None for no bound"
        ) from None
    return label, name, day(valid_from, "valid_from"), day(valid_to, "valid_to")


def _figure(figure: Figure, unit: str) -> int | str | tuple[int, int]:
    """Keep counts and ranges; what is printed is read by its digits."""
    if isinstance(figure, tuple) or (isinstance(figure, int) and not unit):
        return figure
    return str(figure)
