# SPDX-License-Identifier: Apache-2.0
"""The monthly table that an office owes (月报): the months of the year so far, then the month, on the year before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from casemetry._errors import QueryError
from casemetry._files import write_whole
from casemetry._monthly_period import Months
from casemetry._monthly_protection import counts_of, is_whole, protected_together
from casemetry._monthly_table import Asked, ask, ask_structure, ratios_of
from casemetry._presentation.display import safe_text
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.monthly import Period, Table, grid
from casemetry._presentation.monthly_html import monthly_fragment
from casemetry._presentation.plain import plain
from casemetry._presentation.quality import misleading
from casemetry._presentation.structure import structure_grid
from casemetry._presentation.words import WORDS, Label, check_language, word
from casemetry.layouts import Layout

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from casemetry._layout_reader import StructureLine
    from casemetry._monthly_rows import Section
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language
    from casemetry.cube import Cube
    from casemetry.quality import Quality
    from casemetry.result import Result
    from casemetry.structures import Structure

__all__ = ["MonthlyReport", "monthly"]

_ALL_ROWS = 1_000_000


def monthly(
    cube: Cube,
    *,
    period: str,
    by: str | None = None,
    layout: Layout | Mapping[str, Any] | str | PathLike[str] | None = None,
    quality: Quality | None = None,
    protect: int | None = None,
) -> MonthlyReport:
    """Fill the monthly table: cumulative first, then the month, each beside the same months of the year before.

    Every figure is an answer of the cube; a few questions are asked for all lines together. An indicator that the
    tables do not allow stands in its place as 不可用, with the reason.

    Parameters
    ----------
    cube : Cube
        Counted from the tables of an office, or of many.
    period : str
        The last month, ``2024-09``: the table begins with the year; or a range, ``2024-01..2024-09``.
    by : str, optional
        A dimension of the cube, ``office``: below the table of all one for each label, in label order, never by size.
    layout : Layout, mapping, str or path, optional
        Which indicators stand on which line: a TOML file or what it holds. By default the layout that comes with the
        catalogue of the cube.
    quality : Quality, optional
        What a check of the tables found (:func:`check`): told below the title, with a sheet of its own. Rows that are
        repeated are counted as they stand.
    protect : int, optional
        Counts smaller than this are hidden, with what would tell them: in all tables together, as :func:`protect` does.
        A structural ratio whose counts are not all shown is left out; so is the sheet of quality, which names rows.

    Returns
    -------
    MonthlyReport

    Raises
    ------
    DefinitionError
        A layout with faults, all told at once: its form, indicators and dimensions that the catalogue does not have.
    QueryError
        A period that is none, or a dimension that the cube does not have.

    Examples
    --------
    >>> import casemetry as cm
    >>> days = ["2023-09-03", "2024-02-05", "2024-09-04", "2024-09-09"]
    >>> arrests = {"decision": ["approved", "approved", "refused_evidence", "approved"], "decided_on": days}
    >>> cube = cm.Cube({"arrest_review": arrests}, "spp", as_of="2024-09-30")
    >>> lines = [{"of": "arrest_rate"}, {"of": "non_arrest_rate"}]
    >>> layout = {"schema": 1, "title": "月报", "section": [{"title": "审查逮捕", "lines": lines}]}
    >>> report = cm.monthly(cube, period="2024-09", layout=layout)
    >>> report.cumulative.columns["numerator"], report.month.columns["numerator"]
    ([2, 1], [1, 1])
    >>> [row.figures[0].change for section in report.sections for row in section.rows]
    [-0.33333333333333337, 0.3333333333333333]
    """
    chosen = _layout(layout, cube.catalogue.id)
    chosen.check(cube.catalogue)
    months = Months.read(period, _year_starts_on(cube))
    periods = [months] if months.first == months.last else [months, months.last_month]
    parts = [ask(cube, chosen, periods, office) for office in dict.fromkeys(["", by or ""])]
    ratios = list(ratios_of(cube, chosen))
    hidden: list[Label] = []
    if protect is not None:
        parts, shown = _protected(parts, {ratio: counts_of(cube, ratio, months) for ratio in ratios}, protect)
        hidden = [ratio.title for ratio in ratios if ratio not in shown]
        ratios = [ratio for ratio in ratios if ratio in shown]
    structures = tuple(ask_structure(cube, ratio, months) for ratio in ratios)
    told = quality if protect is None else None
    return MonthlyReport(parts[0], parts[1] if by else None, structures, told, protect, tuple(hidden))


def _protected(
    parts: list[Asked], counts: Mapping[StructureLine, Result], k: int
) -> tuple[list[Asked], set[StructureLine]]:
    """Protect the parts of a table; give them, and the ratios all of whose counts are shown.

    A ratio is published only if nothing of it must be hidden: it would make the table hide more, and be no ratio.
    """
    asked = {ratio: result for ratio, result in counts.items() if is_whole(result.protect(k))}
    parts, shown = protected_together(parts, asked.values(), k)
    return parts, {ratio for ratio, result in zip(asked, shown, strict=True) if is_whole(result)}


@dataclass(frozen=True, repr=False, eq=False)
class MonthlyReport:
    """A monthly table; immutable. It is made by :func:`monthly`.

    A notebook shows it; ``text`` and ``html`` print it, ``to_excel`` writes the workbook, ``cumulative`` and ``month``
    are the results that its figures come from, ``sections`` its rows.
    """

    _all: Asked
    _offices: Asked | None
    _structures: tuple[tuple[Label, Structure], ...]
    _quality: Quality | None = None
    _protect: int | None = None
    _hidden: tuple[Label, ...] = ()

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html()

    @property
    def cumulative(self) -> Result:
        """The months so far, all offices together: a row an indicator of the layout."""
        return self._all.spans[0].results[""]

    @property
    def month(self) -> Result:
        """The last month, all offices together."""
        return self._all.spans[-1].results[""]

    @property
    def structures(self) -> dict[str, Structure]:
        """The structural ratios of the months so far, by their Chinese titles: 履职结构比, 案件结构比, 案源结构比.

        There are none if the cube is not counted by the dimension that is put into classes (``case_type``).
        """
        return {title.zh: structure for title, structure in self._structures}

    @property
    def layout(self) -> Layout:
        """Which indicators stand on which line."""
        return self._all.layout

    @property
    def period(self) -> str:
        """The months of the table: ``2024-01..2024-09``."""
        return str(self._all.spans[0].months)

    @property
    def as_of(self) -> dt.date | None:
        """The day at which the data stand."""
        return self._all.cube.as_of

    @property
    def offices(self) -> tuple[str | None, ...]:
        """The labels that the table is drilled by, in their order; None for the missing one; empty without ``by``."""
        return self._offices.offices if self._offices else ()

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The headings with their rows, all offices together; a row has label, unit, indicator and figures."""
        return self._all.sections(None)

    def sections_of(self, office: str | None) -> tuple[Section, ...]:
        """Give the headings with their rows of one office.

        Raises
        ------
        QueryError
            An office that the table does not have.
        """
        if self._offices is None or office not in self._offices.offices:
            known = "、".join(map(str, self.offices)) or "none: ask for it with by='…'"
            raise QueryError(f"the table has no part {office!r}; it has {known}")
        return self._offices.sections(office)

    def text(self, *, lang: Language = "zh", rows: int = _ALL_ROWS) -> str:
        """Print the table as text, and that of each office below it."""
        check_language(lang)
        tables = (
            f"{safe_text(table.title.text(lang))}  {safe_text(table.office.text(lang))}\n"
            f"{plain(grid(table, lang), lang, rows=rows)}\n"
            for table in self._tables
        )
        alerts = map(safe_text, self.alerts(lang))
        ratios = (f"{safe_text(title.text(lang))}\n{structure.text(lang)}\n" for title, structure in self._structures)
        return "\n".join([*tables, *ratios, self._as_of(lang), *alerts])

    def html(self, *, lang: Language = "zh") -> str:
        """Print the table as a piece of HTML that needs nothing else; offices fold out below it."""
        check_language(lang)
        ratios = [(title, structure_grid(structure.facts, lang)) for title, structure in self._structures]
        return monthly_fragment(self._tables, ratios, self.alerts(lang), self._as_of(lang), lang)

    def alerts(self, lang: Language = "zh") -> list[str]:
        """Give what must be read before any figure: no as-of day, a period without any record, rows that repeat.

        It stands below the title of the table in every form of it.
        """
        check_language(lang)
        unsaid = [] if self.as_of else [word("say_as_of", lang)]
        return [*unsaid, *self._empty(lang), *self._findings(lang), *self._protection(lang)]

    def to_excel(self, path: str | Path, *, lang: Language = "zh") -> Path:
        """Write the workbook: the table, the structural ratios, a table of each office, quality of the data, notes.

        The same report gives the same bytes. The sheets are ready to print on A4: headings merged and repeated,
        borders, real numbers under formats. The notes tell what each indicator is, what it rests on, how many outcomes
        are unknown, and at which day.

        Returns
        -------
        Path
            Of the file, which is replaced whole or not at all.

        Raises
        ------
        QueryError
            A cube with a dimension that identifies persons: its figures leave only protected.
        """
        from casemetry._presentation.monthly_book import monthly_workbook
        from casemetry._presentation.monthly_notes import monthly_notes

        check_language(lang)
        check_may_leave(self.cumulative.facts.core)
        alerts = self.alerts(lang)
        notes = monthly_notes(self._all.cube, self.cumulative.facts, alerts, lang)
        ratios = [(title, structure.facts) for title, structure in self._structures]
        findings = self._quality.parts(lang)[:1] if self._quality is not None else []
        return write_whole(
            path, monthly_workbook(self._tables, ratios, findings, notes, self._as_of(lang), alerts, lang)
        )

    @cached_property
    def _tables(self) -> tuple[Table, ...]:
        months = self._all.spans[0].months.title
        parts = self._parts()
        return tuple(Table(self.layout.title, months, office, self._periods, rows) for office, rows in parts)

    def _as_of(self, lang: Language) -> str:
        """Give the day of the data."""
        return f"{word('as_of', lang)} {self.as_of}" if self.as_of else word("as_of_not_said", lang)

    def _parts(self) -> Iterator[tuple[Label, tuple[Section, ...]]]:
        yield WORDS["all_offices"], self.sections
        facts = self.cumulative.facts
        for office in self.offices:
            name = Label(*(facts.label_text(office, lang) for lang in ("zh", "en")))
            yield name, self.sections_of(office)

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        return tuple(
            Period(span.months.label, _flags_of_all(span.results[""].facts, {"partial_period"}))
            for span in self._all.spans
        )

    def _empty(self, lang: Language) -> Iterator[str]:
        """Tell which periods no record falls in, so that zeros are not taken for a count."""
        for span in self._all.spans:
            facts, label = span.results[""].facts, span.months.label.text(lang)
            if _is_empty(facts, "value"):
                yield "；".join(filter(None, (f"{label}: {word('no_record', lang)}", self._there_are(lang))))
            elif _is_empty(facts, "year_ago_value"):
                yield f"{label}: {word('no_year_ago', lang)}"

    def _findings(self, lang: Language) -> Iterator[str]:
        """Tell what in the tables would mislead whoever reads a figure."""
        if self._quality is not None:
            yield misleading(self._quality.findings, lang)

    def _protection(self, lang: Language) -> Iterator[str]:
        """Tell what is hidden, and which ratios are left out for it."""
        if self._protect is not None:
            between = "、" if lang == "zh" else ", "
            titles = between.join(title.text(lang) for title in self._hidden)
            yield word("protected_below", lang).format(k=self._protect)
            if titles:
                yield word("ratios_hidden", lang).format(titles=titles)

    def _there_are(self, lang: Language) -> str:
        """Tell which months hold records; empty if none does."""
        months = self._all.cube.table(list(self.layout.indicators), every="month").facts.columns
        there = sorted(month for month, value in zip(months["period"], months["value"], strict=True) if value)
        return word("months_there_are", lang).format(first=there[0], last=there[-1]) if there else ""


def _layout(value: Layout | Mapping[str, Any] | str | PathLike[str] | None, catalogue: str) -> Layout:
    if isinstance(value, Layout):
        return value
    if isinstance(value, Mapping):
        return Layout.from_dict(value)
    return Layout.shipped(catalogue) if value is None else Layout.load(value)


def _year_starts_on(cube: Cube) -> int:
    calendar: dict[str, int] = json.loads(cube.catalogue.json()).get("calendar", {})
    return calendar.get("year_starts_on", 1)


def _flags_of_all(facts: Facts, flags: set[str]) -> frozenset[str]:
    """Give those of some flags that every available figure has."""
    each = [set(facts.flags(index)) for index in range(len(facts))]
    there = [found for found in each if "not_available" not in found]
    return frozenset(flags.intersection(*there)) if there else frozenset()


def _is_empty(facts: Facts, column: str) -> bool:
    """Tell whether every count that is available is zero."""
    values = [
        facts.columns[column][index]
        for index in range(len(facts))
        if facts.measure(index).is_relative and "not_available" not in facts.flags(index)
    ]
    return bool(values) and None not in values and not any(values)
