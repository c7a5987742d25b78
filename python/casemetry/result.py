# SPDX-License-Identifier: Apache-2.0
"""The answer to a question: a table of figures, each with its counts, its interval, its unknowns and its status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import EllipsisType, MappingProxyType
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._errors import QueryError
from casemetry._presentation.convertible import Convertible
from casemetry._presentation.display import safe_text
from casemetry._presentation.facts import Facts
from casemetry._presentation.html import fragment
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.long import long_grid
from casemetry._presentation.plain import plain
from casemetry._presentation.wide import Wide
from casemetry._presentation.words import check_language
from casemetry._tables import named_tables
from casemetry.reading import Table

if TYPE_CHECKING:
    from pathlib import Path

    from casemetry._core import Cube
    from casemetry._presentation.grid import Grid
    from casemetry._presentation.words import Language
    from casemetry.charts import Chart, Kind


class Toml(str):
    """Definitions as text, which shows itself as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(safe_text, self.split("\n")))


@dataclass(frozen=True, repr=False, eq=False)
class Result(Convertible):
    """One row an indicator, cell and period; immutable.

    A result is asked for, with :meth:`casemetry.Cube.table` or :func:`casemetry.rate`; it is not constructed by hand.
    Every data frame library can take it as it is (``polars.DataFrame(result)``), by the Arrow stream interface.

    The columns are ``indicator``, the dimensions, ``period``, ``value`` (a rate as a fraction), ``numerator``,
    ``denominator``, ``unknown`` (units whose outcome is unknown), ``low`` and ``high`` (the interval), ``least`` and
    ``most`` (what the value could be, whatever the unknown turn out to be), ``status`` (``ok``, or the gravest flag),
    ``flags``, and for each comparison ``<name>_value``, ``<name>_change``, ``<name>_low``, ``<name>_high``. A
    contribution brings ``standard_error``, ``exclusive`` and ``any`` (the band of rules), ``leads`` (W) and
    ``unattributed`` (U).

    Examples
    --------
    >>> import casemetry as cm
    >>> arrests = {"decision": ["approved"] * 70 + ["refused"] * 10 + [None] * 20}
    >>> result = cm.rate(arrests, "decision == 'refused'", label="不捕率")
    >>> result
    指标       值  95% 区间     分子  分母  未知  可能范围
    ------  -----  -----------  ----  ----  ----  ---------
    不捕率  12.5%  [6.9, 21.5]    10    80    20  10.0–30.0
    >>> result.columns["value"], result.columns["unknown"]
    ([0.125], [20])
    """

    _core: _core.Result
    _cube: Cube | None = None

    def __len__(self) -> int:
        """Count the rows."""
        return self._core.rows

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html(rows=40)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table to whoever reads the Arrow C stream interface.

        Raises
        ------
        QueryError
            By a dimension that identifies persons, if the result is not protected; so do all exports.
        """
        check_may_leave(self._core)
        return self._core.__arrow_c_stream__(requested_schema)

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The columns as lists of plain values, by name; None where there is no value."""
        return {name: list(values) for name, values in self.facts.columns.items()}

    @property
    def metadata(self) -> Mapping[str, str]:
        """What travels with the table: definitions and their hashes, labels, as-of date, row counts, level."""
        return MappingProxyType(self.facts.metadata)

    @property
    def definition(self) -> Toml:
        """The TOML of what was asked; a catalogue that reads it asks the same.

        Examples
        --------
        >>> import casemetry as cm
        >>> print(cm.count({"office": ["A", "A", "B"]}).definition)
        schema = 1
        id = "count"
        <BLANKLINE>
        [table.data]
        <BLANKLINE>
        [[aggregate]]
        id = "counted"
        unit = "data"
        <BLANKLINE>
        [[indicator]]
        id = "count"
        label = { zh = "件数", en = "Count" }
        kind = "count"
        of = "counted"
        <BLANKLINE>
        """
        return Toml(self.facts.metadata["definition"])

    def top(self, n: int, *, by: str | None = None, others: bool = True) -> Result:
        """Take the largest cells, and add up the others in one row, 其他.

        The others are counted from the cube, not from these rows: their rates, medians and intervals are right, and
        totals agree. The same cells are taken in all periods. One whose label is missing is a cell like others.

        Parameters
        ----------
        n
            How many cells.
        by : {"denominator", "numerator", "value", "unknown"}, optional
            What makes a cell large, of the first indicator that is available: by default the denominator (of a count,
            the count), for a table serves to analyse and not to rank. Equal cells stand in label order.
        others
            Whether the rest has a row.

        Raises
        ------
        QueryError
            A result without dimensions, or one that was not asked of a cube.

        Examples
        --------
        >>> import casemetry as cm
        >>> cm.count({"office": ["A", "B", "B", "C", "C", "C"]}, by="office", label="Cases").top(1).wide("en")
        office    Cases
        --------  -----
        C             3
        (others)      3
        No outcome unknown
        """
        if self._cube is None:
            raise QueryError("a result that was not asked of a cube has no other cells than its rows")
        return Result(_core.top(self._cube, self._core.query, n, by=by or "", others=others), self._cube)

    def protect(self, k: int = 5, *, base: str | None = None, zeros: bool = False) -> Result:
        """Take out what is small (小数保护), and what would tell it; a new result.

        A figure below `k` is hidden, and as many others as it takes that no hidden one can be told exactly from what
        is shown, by one who also knows that counts are whole and not negative, that zeros are shown, and all totals of
        the result: over each dimension, of the levels above, of the period over its months. Of those that a search
        finds and that would do, the ones that lose least. A row of which a figure is hidden has no figures at all, in
        all indicators whose units are made of the same table, and the status ``protected`` (已保护). Of other rows with
        unknown outcomes `unknown`, `least` and `most` are empty. The new result knows no cube: it cannot be drilled
        into, nor asked for the rows behind it.

        Promised for this result by itself. What is published together, totals too, is protected together, by one call
        of :func:`casemetry.protect`: two results that are protected apart may tell by difference. No guarantee against
        who may ask again and again, nor that the bounds of a hidden figure are wide: see the manual.

        Parameters
        ----------
        k : int
            The least number that is shown.
        base : str, optional
            What must reach `k`: ``numerator``, ``denominator`` (of a count: the count), or the id of a count or an
            aggregate, such as the persons behind a cell. By default every count that is shown: numerator, denominator,
            and what is left of it.
        zeros : bool
            Whether zeros are hidden too; else they are shown, and known.

        Raises
        ------
        QueryError
            `k` below 1, a `base` that is no count, or a result that is protected already, by less.

        Examples
        --------
        >>> import casemetry as cm
        >>> cases = {"office": ["A"] * 9 + ["B"] * 2 + ["C"] * 7}
        >>> cm.count(cases, by="office", label="Cases").protect(5).wide("en")
        office  Cases
        ------  -----  ---------
        A           9
        B           —  protected
        C           —  protected
        Protection of small cells: numbers below 5 are not shown
        """
        return Result(_core.protect([self._core], k, base=base or "", zeros=zeros)[0])

    def drill(self, cell: Mapping[str, str | None] | None = None, /, **labels: str | None) -> Result:
        """Go one level down inside a cell (下钻): ask the same by the level below its labels.

        Parameters
        ----------
        cell
            Dimension → label: what the keywords are, for names that are none.
        **labels
            Of dimensions that were asked by, by code or by name; None is the missing one. Those that have a level below
            are asked by it; the others stay as they are.

        Raises
        ------
        QueryError
            A dimension that was not asked by, a label that it has not, no level below, or a result that was not asked
            of a cube.

        Examples
        --------
        >>> import casemetry as cm
        >>> definitions = {
        ...     "schema": 1,
        ...     "table": {"cases": {}},
        ...     "dimension": {"office": {"hierarchy": {"prefixes": [2, 4], "levels": ["province", "city"]}}},
        ...     "aggregate": [{"id": "cases", "unit": "cases"}],
        ...     "indicator": [{"id": "filed", "kind": "count", "of": "cases"}],
        ... }
        >>> cases = {"office": ["410101", "410101", "410201", "420101"]}
        >>> provinces = cm.Cube({"cases": cases}, cm.Catalogue.from_dict(definitions), by="office").table(by="province")
        >>> provinces.columns["province"], provinces.columns["value"]
        (['41', '42'], [3.0, 1.0])
        >>> cities = provinces.drill(province="41")
        >>> cities.columns["city"], cities.columns["value"]
        (['4101', '4102'], [2.0, 1.0])
        """
        if self._cube is None:
            raise QueryError("a result that was not asked of a cube has no cells below its own")
        return Result(_core.drill(self._cube, self._core.query, {**(cell or {}), **labels}), self._cube)

    def rows(
        self,
        tables: Any,
        cell: Mapping[str, str | None] | None = None,
        /,
        *,
        side: str = "numerator",
        indicator: str | None = None,
        period: str | EllipsisType | None = ...,
        **labels: str | None,
    ) -> Table:
        """Give the rows behind a figure: the cases that it counts, to go back to the system with.

        The same predicates, months and labels are asked of each unit that the cube counted; for a unit that is made of
        several rows, all of them are given.

        Parameters
        ----------
        tables : mapping of str to table, table, or Binding
            What the cube was built from: the tables by their names, of a single one also the table as it is, or the
            binding. Whole, for the rows are given with all columns as they came.
        cell : mapping of str to str or None, optional
            Dimension → label: what the keywords are, for names that are none.
        side : str
            ``numerator`` (of a contribution the leads that give the group credit), ``denominator``, ``unknown``,
            ``not_applicable``, else the id of an aggregate.
        indicator : str, optional
            Its id, if the result has several.
        period : str or None, optional
            As the row's `period` says: None for units without a date, in a result of several periods. By default all
            periods that were asked for.
        **labels : str or None
            A label for each dimension, or level of one, that matters: ``office="甲院"``; None for the missing one.

        Returns
        -------
        Table
            In the order of the table. Where a row is a unit there are as many as the figure says.

        Raises
        ------
        QueryError
            A side that the indicator does not have, or that counts units of two kinds; a label that is not there.

        Examples
        --------
        >>> import casemetry as cm
        >>> arrests = {"case": ["0017", "0018"], "office": ["A", "A"], "decision": ["refused", None]}
        >>> result = cm.rate(arrests, "decision == 'refused'", by="office")
        >>> print(result.rows(arrests, side="unknown", office="A").text("en"))
        case  office  decision
        ----  ------  --------
        0018  A
        """
        if "protection" in self.metadata:
            raise QueryError("a protected result does not tell the rows behind it; ask the result that the cube gave")
        query = self._core.query
        as_of = self.metadata.get("as_of")
        return Table(
            _core.rows(
                named_tables(tables, self._core.catalogue.tables),
                self._core.catalogue,
                indicator=self._one(indicator),
                side=side,
                period=query.period if period is ... else period,
                undated=period is None and query.every is not None,
                where=None if query.where is None else _core.expression(query.where),
                cell={**(cell or {}), **labels},
                versions=query.versions,
                as_of=None if as_of is None else dt.date.fromisoformat(as_of),
            )
        )

    def _one(self, indicator: str | None) -> str:
        indicators = self._core.query.indicators
        if indicator is not None or len(indicators) == 1:
            return indicator or indicators[0]
        raise QueryError(f"which of {', '.join(indicators)}? name it: indicator='{indicators[0]}'")

    def wide(self, lang: Language = "zh") -> Wide:
        """View it as a report: a row a cell and period, a column an indicator.

        Examples
        --------
        >>> import casemetry as cm
        >>> cm.count({"office": ["A", "A", "B"]}, by="office", label="Cases").wide("en")
        office  Cases
        ------  -----
        A           2
        B           1
        No outcome unknown
        """
        return Wide(self.facts, lang)

    def text(self, lang: Language = "zh", *, rows: int = 40) -> str:
        """Print the first rows as a text table.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        rows
            How many rows at most; how many more there are is said.
        """
        return plain(self.grid(lang), lang, rows=rows)

    def html(self, lang: Language = "zh", *, rows: int = 200) -> str:
        """Print the first rows as a piece of HTML that needs no script, no other file and no network."""
        return fragment(self.grid(lang), lang, rows=rows)

    def grid(self, lang: Language = "zh") -> Grid:
        """Lay it out for reading, before it is text or HTML."""
        check_language(lang)
        return long_grid(self.facts, lang)

    def to_excel(self, path: str | Path, lang: Language = "zh") -> Path:
        """Write an Excel file: a sheet of real numbers, and one that says what they mean.

        See :func:`casemetry.excel.write_excel`.
        """
        from casemetry.excel import write_excel

        return write_excel(self, path, lang=lang)

    def plot(
        self,
        kind: Kind | None = None,
        *,
        lang: Language = "zh",
        sort: str | None = None,
        compare: str | None = None,
        title: str | None = None,
        width: int = 560,
    ) -> Chart:
        """Draw it, with all that is to be known of the figures.

        Parameters
        ----------
        kind : {"trend", "interval", "composition", "band", "comparison"}, optional
            By default what fits: of several periods their trend, of contributions the band of rules, compared with
            other months now beside then, else the cells with their intervals. ``composition`` stacks counts: classes
            are the indicators if there are several, else the last dimension.
        lang
            ``zh`` or ``en``.
        sort : {"value"}, optional
            Sort the cells by value, which the chart says; by default they stand in declared order, for nothing is
            ranked.
        compare : str, optional
            Which comparison of the result is drawn, if it has several.
        title : str, optional
            By default the indicators and what they are asked by.
        width
            Of the plot, in pixels.

        Returns
        -------
        Chart
            Shown by a notebook; ``.save("a.png")``, ``.alt`` (what is seen, in words), ``.spec``.

        Raises
        ------
        QueryError
            A kind that does not fit, more than can be read in one picture, or figures of a cube with a dimension that
            identifies persons, if they are not protected: a chart is made to be handed on.

        Examples
        --------
        >>> import casemetry as cm
        >>> cases = {"office": ["A", "A", "B"], "decision": ["refused", "approved", "approved"]}
        >>> cm.rate(cases, "decision == 'refused'", by="office", label="Refused").plot(lang="en").spec["width"]
        560
        """
        from casemetry.charts import chart

        return chart(self, kind, lang=lang, sort=sort, compare=compare, title=title, width=width)

    def sentence(
        self,
        lang: Language = "zh",
        *,
        counts: bool = False,
        prior: bool = False,
        interval: bool = False,
        rows: int = 20,
    ) -> str:
        """Say it in the words of a report, such as 不捕率34.2%，同比上升2.3个百分点.

        Changes are those of the exact figures, rounded half up; small bases, unknown outcomes, changed definitions and
        periods that are not complete are said with the figures.

        Parameters
        ----------
        lang
            ``zh`` or ``en``.
        counts
            With numerators and denominators; of a contribution with the leads.
        prior
            With the values that are compared with.
        interval
            With the intervals.
        rows
            How many sentences at most, one for each cell and period; how many more there are is said.

        Raises
        ------
        QueryError
            Figures of a cube with a dimension that identifies persons, if they are not protected.

        Examples
        --------
        >>> import casemetry as cm
        >>> cases = {"decision": ["refused"] * 20 + ["approved"] * 60 + [None] * 20}
        >>> rate = cm.rate(cases, "decision == 'refused'", label={"zh": "不捕率", "en": "Non-arrest rate"})
        >>> print(rate.sentence())
        不捕率25.0%（另有20个结果未知，可能在20.0%至40.0%之间）。
        >>> print(rate.sentence("en", counts=True))
        Non-arrest rate 25.0% (20 of 80; outcomes unknown: 20, it may be from 20.0% to 40.0%).
        """
        from casemetry._sentences.clauses import Asked
        from casemetry.text import sentences

        return sentences(self.facts, lang, Asked(counts, prior, interval), rows=rows)

    @cached_property
    def facts(self) -> Facts:
        """What its presentations have in common."""
        return Facts(self._core)
