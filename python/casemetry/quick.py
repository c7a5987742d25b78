# SPDX-License-Identifier: Apache-2.0
"""One line, one answer: a rate, a count, a quantile of days, from any table.

Each function writes a small catalogue, builds a cube and asks it once; ``result.definition`` is that catalogue,
ready to be kept.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Sequence
from typing import Any

from casemetry._core import Expression
from casemetry._errors import QueryError
from casemetry._presentation.display import safe_text
from casemetry.catalogues import Catalogue
from casemetry.cube import Cube, names
from casemetry.reading import Table, read
from casemetry.result import Result

__all__ = ["count", "days", "rate"]

Predicate = str | Expression

SMALL = 10  # a rate over fewer rows than this is marked: it says little


def rate(
    data: Any,
    where: Predicate,
    *,
    among: Predicate | None = None,
    applies_where: Predicate | None = None,
    by: str | Sequence[str] = (),
    date: str | None = None,
    period: str | None = None,
    every: str | None = None,
    compare: str | Sequence[str] = (),
    as_of: dt.date | str | None = None,
    level: float = 0.95,
    label: str | None = None,
) -> Result:
    """Of the rows `among`, the share for which `where` holds, with its interval and its unknowns.

    Parameters
    ----------
    data : table
        A :class:`Table`, any data frame, a mapping of columns, or the path of a file. A row is a unit.
    where, among : str or Expression
        The numerator and the denominator; `among` defaults to all rows that are applicable. A row counts in the
        numerator if both hold.
    applies_where : str or Expression, optional
        Rows for which this is false are not applicable: neither counted nor unknown.
    by : str or sequence of str
        Columns: a row of the result for each combination of their values that occurs.
    date : str, optional
        The date column that places a row in a reporting month.
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
        A period without a `date` that places the rows in it.
    ColumnNotFoundError, DataError

    Warns
    -----
    UserWarning
        If cells of a column that is asked of could not be read as what it is: how many, and examples. They are missing.

    Examples
    --------
    >>> import casemetry as cm
    >>> arrests = {"decision": ["approved", "refused", "approved", None], "office": ["A", "A", "B", "B"]}
    >>> result = cm.rate(arrests, "decision == 'refused'", by="office")
    >>> result.columns["office"], result.columns["value"], result.columns["unknown"]
    (['A', 'B'], [0.5, 0.0], [0, 1])
    """
    sides = {"numerator": where, "denominator": among}
    aggregates = [_aggregate(name, date, where=side, applies_where=applies_where) for name, side in sides.items()]
    indicator = {"kind": "proportion", "numerator": "numerator", "denominator": "denominator", "min_n": SMALL}
    text = f"{where}" if among is None else f"{where} | {among}"
    return _ask(data, "rate", label or text, aggregates, indicator, by, period, every, compare, as_of, level)


def count(
    data: Any,
    where: Predicate | None = None,
    *,
    applies_where: Predicate | None = None,
    by: str | Sequence[str] = (),
    date: str | None = None,
    period: str | None = None,
    every: str | None = None,
    compare: str | Sequence[str] = (),
    as_of: dt.date | str | None = None,
    level: float = 0.95,
    label: str | None = None,
) -> Result:
    """How many rows there are, or how many of them `where` holds for.

    Parameters are those of :func:`rate`. The band from ``least`` to ``most`` counts the rows for which `where` is
    unknown out and in.

    Examples
    --------
    >>> import casemetry as cm
    >>> arrests = {"decision": ["approved", "refused", "approved", None], "office": ["A", "A", "B", "B"]}
    >>> cm.count(arrests, "decision == 'approved'", by="office").columns["value"]
    [1.0, 1.0]
    """
    aggregates = [_aggregate("counted", date, where=where, applies_where=applies_where)]
    text = {"zh": "件数", "en": "Count"} if where is None else str(where)
    indicator = {"kind": "count", "of": "counted"}
    return _ask(data, "count", label or text, aggregates, indicator, by, period, every, compare, as_of, level)


def days(
    data: Any,
    start: str,
    end: str,
    *,
    q: float = 0.5,
    where: Predicate | None = None,
    applies_where: Predicate | None = None,
    by: str | Sequence[str] = (),
    date: str | None = None,
    period: str | None = None,
    every: str | None = None,
    compare: str | Sequence[str] = (),
    as_of: dt.date | str | None = None,
    level: float = 0.95,
    label: str | None = None,
) -> Result:
    """Take a quantile of the days from `start` to `end`; the median unless `q` says otherwise.

    Exact, from a histogram of days (type 7 of Hyndman and Fan 1996), with the order-statistic interval. `date` defaults
    to `end`; the other parameters are those of :func:`rate`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cases = {"accepted": ["2024-01-01", "2024-01-01", "2024-01-01"], "closed": ["2024-01-11", "2024-01-21", None]}
    >>> cm.days(cases, "accepted", "closed").columns["value"]
    [15.0]
    """
    aggregates = [
        _aggregate("elapsed", date or end, kind="days", start=start, end=end, where=where, applies_where=applies_where)
    ]
    indicator = {"kind": "quantile", "of": "elapsed", "q": q, "format": "days"}
    text = f"{start} → {end}"
    return _ask(data, "days", label or text, aggregates, indicator, by, period, every, compare, as_of, level)


def _aggregate(name: str, date: str | None, **fields: Any) -> dict[str, Any]:
    given = {"id": name, "unit": "data", "date": date, **fields}
    return {
        key: str(value) if isinstance(value, Expression) else value for key, value in given.items() if value is not None
    }


def _ask(
    data: Any,
    name: str,
    label: str | dict[str, str],
    aggregates: list[dict[str, Any]],
    indicator: dict[str, Any],
    by: str | Sequence[str],
    period: str | None,
    every: str | None,
    compare: str | Sequence[str],
    as_of: dt.date | str | None,
    level: float,
) -> Result:
    if not aggregates[0].get("date"):
        _refuse_periods(period, every, compare)
    catalogue = Catalogue.from_dict(
        {
            "schema": 1,
            "id": name,
            "table": {"data": {}},
            "aggregate": aggregates,
            "indicator": [{"id": name, "label": label, **indicator}],
        }
    )
    # Only the columns that the question reads are taken from the frame; all of them if it reads none.
    table = (
        data
        if isinstance(data, Table)
        else read(data, name="data", columns=sorted({*catalogue.columns("data"), *names(by)}) or None)
    )
    cube = Cube({"data": table}, catalogue, by=by, as_of=as_of, indicators=[name])
    _warn_of_unreadable(cube)
    return cube.table(by=by, period=period, every=every, compare=compare, level=level)


def _refuse_periods(period: str | None, every: str | None, compare: str | Sequence[str]) -> None:
    for key, value in {"period": period, "every": every, "compare": compare}.items():
        if value:
            raise QueryError(f"{key}={value!r} needs date='…': the column of dates that places a row in a month")


def _warn_of_unreadable(cube: Cube) -> None:
    for report in cube.reports["data"]:
        if report.unreadable:
            examples = ", ".join(repr(safe_text(example)) for example in report.examples)
            cells = f"{report.unreadable:,} of {report.rows:,} cells"
            warnings.warn(
                f"column '{safe_text(report.name)}': {cells} could not be read as {report.read_as} and are missing: "
                f"{examples}",
                stacklevel=4,
            )
