# SPDX-License-Identifier: Apache-2.0
"""One line, one answer: a rate, a count, a quantile of days, from any table.

Each function writes a small catalogue, builds a cube and asks it once; ``result.definition`` is that catalogue,
ready to be kept.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any, Unpack

from casemetry._arguments import names
from casemetry._asking import Asked, Asking, Predicate, spelled_out
from casemetry._one_line import TABLE, Draft, Line
from casemetry._presentation.display import safe_text
from casemetry.cube import Cube
from casemetry.reading import Table, read
from casemetry.result import Result

__all__ = ["count", "days", "rate"]

SMALL = 10  # a rate over fewer units than this is marked: it says little


@spelled_out
def rate(data: Any, where: Predicate, *, among: Predicate | None = None, **asking: Unpack[Asking]) -> Result:
    """Of the rows `among`, the share for which `where` holds, with its interval and its unknowns.

    Parameters
    ----------
    data : table
        A :class:`Table`, any data frame, a mapping of columns, or the path of a file.
    where, among : str or Expression
        The numerator and the denominator; `among` defaults to all rows that are applicable. A row counts in the
        numerator if both hold.
    applies_where : str or Expression, optional
        Rows for which this is false are not applicable: neither counted nor unknown.
    unit : str, sequence of str, or mapping, optional
        What is counted, by the columns that name it: a case (件) by ``"case_id"``, a person in a case (人) by
        ``["case_id", "person_id"]``, both by ``{"件": "case_id", "人": ["case_id", "person_id"]}``. Without it a row is
        a unit. A unit is made of many rows, so predicates say how these become one value: ``any(decision ==
        'refused')``, ``only(decision) == 'refused'``.
    by : str, sequence of str, or mapping
        Columns: a row of the result for each combination of their values that occurs. Of a unit, ``only(column)``: its
        value if all its rows have the same, else missing; a mapping of names to expressions says otherwise.
    date : str or Expression, optional
        The date column that places a row in a reporting month. Of a unit, ``only(column)``, or an expression such as
        ``min(decided_on)``; text with a bracket is one.
    period, every, compare, level
        As in :meth:`Cube.table`.
    as_of : date or str, optional
        The day at which the data stand; it tells which periods are incomplete.
    label : str, optional
        What the rate is called; by default its own text.

    Returns
    -------
    Result
        ``value`` is x/n over the rows whose outcome is known, ``unknown`` the others, ``low`` and ``high`` the Wilson
        interval, ``least`` and ``most`` what the share could be whatever the unknown turn out to be. Over fewer than
        ten rows ``status`` is ``small``.

    Raises
    ------
    DefinitionError
        An expression that is not valid, with the position.
    QueryError
        A period without a `date` that places the rows in it; a predicate of a unit that is asked of single rows.
    ColumnNotFoundError, DataError

    Warns
    -----
    UserWarning
        If cells of a column that is asked of could not be read as what it is: how many, and examples. They are missing.
        If rows of a unit disagree on a column of `by` or on a date: how many units are missing there.

    Examples
    --------
    >>> import casemetry as cm
    >>> arrests = {"decision": ["approved", "refused", "approved", None], "office": ["A", "A", "B", "B"]}
    >>> result = cm.rate(arrests, "decision == 'refused'", by="office")
    >>> result.columns["office"], result.columns["value"], result.columns["unknown"]
    (['A', 'B'], [0.5, 0.0], [0, 1])

    Of cases with several decisions, those with a refusal among them:

    >>> arrests["case"] = ["0017", "0017", "0018", "0019"]
    >>> cm.rate(arrests, "any(decision == 'refused')", unit="case").columns["value"]
    [0.5]
    """
    sides = {"numerator": where, "denominator": among}
    return _answer(
        data,
        Line(
            id="rate",
            label=f"{where}" if among is None else f"{where} | {among}",
            aggregates={role: {"where": side} for role, side in sides.items()},
            indicator={"kind": "proportion", **{role: role for role in sides}, "min_n": SMALL},
        ),
        Asked(**asking),
    )


@spelled_out
def count(data: Any, where: Predicate | None = None, **asking: Unpack[Asking]) -> Result:
    """How many rows there are, or how many of them `where` holds for.

    Parameters are those of :func:`rate`. The band from ``least`` to ``most`` counts the rows for which `where` is
    unknown out and in.

    Examples
    --------
    >>> import casemetry as cm
    >>> arrests = {"decision": ["approved", "refused", "approved", None], "office": ["A", "A", "B", "B"]}
    >>> cm.count(arrests, "decision == 'approved'", by="office").columns["value"]
    [1.0, 1.0]

    Cases (件) and persons (人) on one line:

    >>> rows = {"case": ["0017", "0017", "0017", "0018"], "person": [1, 1, 2, 1], "office": ["A", "A", "A", "B"]}
    >>> cm.count(rows, unit={"件": "case", "人": ["case", "person"]}, by="office").wide("en")
    office  件  人
    ------  --  --
    A        1   2
    B        1   1
    No outcome unknown
    """
    asked = Asked(**asking)
    everything = {"zh": "件数" if asked.unit is None else "数量", "en": "Count"}
    return _answer(
        data,
        Line(
            id="count",
            label=everything if where is None else str(where),
            aggregates={"counted": {"where": where}},
            indicator={"kind": "count", "of": "counted"},
        ),
        asked,
    )


@spelled_out
def days(
    data: Any,
    start: Predicate,
    end: Predicate,
    *,
    q: float = 0.5,
    where: Predicate | None = None,
    **asking: Unpack[Asking],
) -> Result:
    """Take a quantile of the days from `start` to `end`; the median unless `q` says otherwise.

    Exact, from a histogram of days (type 7 of Hyndman and Fan 1996), with the order-statistic interval. `date` defaults
    to `end`; of a unit these three are ``only(column)``, or expressions such as ``max(closed)``. The other parameters
    are those of :func:`rate`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cases = {"accepted": ["2024-01-01", "2024-01-01", "2024-01-01"], "closed": ["2024-01-11", "2024-01-21", None]}
    >>> cm.days(cases, "accepted", "closed").columns["value"]
    [15.0]
    """
    asked = Asked(**asking)
    if asked.date is None:
        asked = replace(asked, date=end)
    return _answer(
        data,
        Line(
            id="days",
            label=f"{start} → {end}",
            aggregates={"elapsed": {"kind": "days", "start": start, "end": end, "where": where}},
            indicator={"kind": "quantile", "of": "elapsed", "q": q, "format": "days"},
        ),
        asked,
    )


def _answer(data: Any, line: Line, asked: Asked) -> Result:
    asked.check()
    draft = Draft(line, asked)
    by = names(asked.by)
    # Only the columns that the question reads are taken from the frame; all of them if it reads none.
    columns = draft.columns().union(by if asked.unit is None else ())
    table = data if isinstance(data, Table) else read(data, name=TABLE, columns=sorted(columns) or None)
    cube = Cube({TABLE: table}, draft.catalogue(table), by=by, as_of=asked.as_of)
    _warn_of_unreadable(cube)
    _warn_of_disagreement(cube, draft)
    return cube.table(by=by, period=asked.period, every=asked.every, compare=asked.compare, level=asked.level)


def _warn_of_unreadable(cube: Cube) -> None:
    for report in cube.reports[TABLE]:
        if report.unreadable:
            examples = ", ".join(repr(safe_text(example)) for example in report.examples)
            cells = f"{report.unreadable:,} of {report.rows:,} cells"
            warnings.warn(
                f"column '{safe_text(report.name)}': {cells} could not be read as {report.read_as} and are missing: "
                f"{examples}",
                stacklevel=4,
            )


def _warn_of_disagreement(cube: Cube, draft: Draft) -> None:
    implied = {unit.id: unit.implied for unit in draft.units}
    ordered = {report.name for report in cube.reports[TABLE] if not report.read_as.startswith(("text", "boolean"))}
    for report in cube.unit_reports:
        for column in report.columns:
            if column.disagreeing and column.column in implied[report.unit]:
                name = safe_text(column.column)
                extremes = f", min({name}) or max({name})" if column.column in ordered else ""
                warnings.warn(
                    f"unit '{safe_text(report.unit)}': the rows of {column.disagreeing:,} of {report.units:,} disagree "
                    f"on '{name}', which is missing there; say how they become one value, such as "
                    f"only({name} where …){extremes}",
                    stacklevel=4,
                )
