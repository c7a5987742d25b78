# SPDX-License-Identifier: Apache-2.0
"""One line, one answer: a rate, a count, a quantile of days, a contribution, from any table.

Each function writes a small catalogue, builds a cube and asks it once; ``result.definition`` is that catalogue,
ready to be kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Unpack, get_args

from casemetry._arguments import names
from casemetry._asking import Asked, Asking, By, Predicate, spelled_out
from casemetry._errors import QueryError
from casemetry._lead import Over, Rule
from casemetry._lead_line import DISCOVERIES, LeadDraft, LeadLine, groups_of
from casemetry._one_line import TABLE, Draft, Line
from casemetry._warnings import warn_of_all, warn_of_missing
from casemetry.cube import Cube
from casemetry.reading import Table, read
from casemetry.result import Result

__all__ = ["contribution", "count", "days", "rate"]

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


def contribution(
    discoveries: Any,
    of: str,
    *,
    lead: str,
    source: str,
    found_on: str | None = None,
    leads: Any = None,
    groups: Any = None,
    rule: Rule | Sequence[Rule] | None = None,
    by: By = (),
    among: Predicate | None = None,
    date: Predicate | None = None,
    stage: Predicate | None = None,
    value: str | None = None,
    window: tuple[int, int] | None = None,
    over: Over = "leads",
    period: str | None = None,
    every: str | None = None,
    compare: str | Sequence[str] = (),
    as_of: dt.date | str | None = None,
    level: float = 0.95,
) -> Result:
    """Tell what share of the leads (线索) a group of sources contributed: its contribution (贡献率) under a rule.

    "Contribution" alone is no number: how a lead that several sources found is credited is decided by the rule. So
    `rule` and `groups` have no default, and all names that a contribution depends on stand below its table, beside the
    band from exclusive to any.

    Parameters
    ----------
    discoveries : table
        A row for each time that a source found a lead: any data frame, a mapping of columns, or the path of a file.
    of : str
        The group whose contribution it is.
    lead, source : str
        The columns of discoveries that name the lead and the source.
    found_on : str, optional
        The column that says when: the rules ``first`` and ``last`` and a `window` need it.
    leads : table, optional
        A row for each lead, named in the same column `lead`. Leads that no source found are then counted too, as
        unattributed; and the columns of `by`, `among`, `date`, `stage` and `value` are its columns. Without it they are
        columns of discoveries, and how many leads there are in all is not known.
    groups : mapping or table
        Group → its sources, one of them may have ``...``: all others. Or a table with the columns ``source`` and
        ``group``, and ``valid_from`` and ``valid_to`` if sources change their group.
    rule : str or sequence of str
        ``any``, ``exclusive``, ``first``, ``last``, ``linear``, ``shapley``, ``owen``; of several each has a row.
    by : str, sequence of str, or mapping
        Columns: a row of the result for each combination of their values that occurs. All columns of a lead are
        ``only(column)``, its value if all rows of the lead have the same; a mapping of names to expressions says
        otherwise.
    among : str or Expression, optional
        Which leads: a condition on their columns.
    date : str or Expression, optional
        The day of a lead. It is placed by it in a reporting month; a lead without it is not counted.
    stage : str or Expression, optional
        A later day: only leads that have it are counted, and placed by it.
    value : str, optional
        What a lead weighs: an integer or decimal column. By default each lead weighs the same.
    window : (int, int), optional
        Which discoveries count: those so many days after `date`, ``(-90, 0)`` the ninety days before it.
    over : {"leads", "attributed"}
        What it is a share of: all leads W, or those that have a source, W − U.
    period, every, compare, level
        As in :meth:`Cube.table`; they need a `date` or a `stage`.
    as_of : date or str, optional
        The day at which the data stand; it tells which periods are incomplete.

    Returns
    -------
    Result
        ``numerator`` is the group's credit and ``denominator`` the leads that it is a share of; ``exclusive`` and
        ``any`` are the band, ``leads`` is W and ``unattributed`` U, both missing without a lead table.

    Raises
    ------
    QueryError
        No `rule`, no `groups`, or a group that is none of them; a rule or window without the columns that it needs.
    DefinitionError
        An expression that is not valid, or a source in two groups.
    DataError
        A source in no group, where none has ``...``.
    ColumnNotFoundError

    Warns
    -----
    UserWarning
        As for :func:`rate`; and if discoveries are of leads that the lead table does not have, or without a day that
        the `window` asks for.

    Examples
    --------
    >>> import casemetry as cm
    >>> found = {"lead": [1, 1, 2, 3], "source": ["model", "hotline", "hotline", "model"]}
    >>> groups = {"digital": ["model"], "traditional": ...}
    >>> cm.contribution(found, "digital", lead="lead", source="source", groups=groups, rule="owen").columns["value"]
    [0.5]

    With the leads as a table, those that no source found are known, and rules stand side by side:

    >>> leads = {"lead": [1, 2, 3, 4], "office": ["A", "A", "B", "B"]}
    >>> asked = {"lead": "lead", "source": "source", "leads": leads, "groups": groups}
    >>> result = cm.contribution(found, "digital", rule=["exclusive", "owen", "any"], **asked)
    >>> result.columns["value"], result.columns["unattributed"]
    ([0.25, 0.375, 0.5], [1, 1, 1])
    """
    if groups is None or rule is None:
        raise QueryError(_unsaid(rule=rule, groups=groups))
    line = LeadLine(
        lead=lead,
        source=source,
        found_on=found_on,
        rules=names(rule),
        by=by,
        among=among,
        date=date,
        stage=stage,
        value=value,
        window=window,
    )
    Asked(date=date if stage is None else stage, period=period, every=every, compare=compare).check()
    draft = LeadDraft(line, has_leads=leads is not None)
    given, tables = groups_of(groups)
    tables |= draft.tables(discoveries, leads)
    cube = Cube(tables, draft.catalogue(tables, given), by=names(by), as_of=as_of, groupings=[given.id])
    warn_of_all(cube, draft.implied, stacklevel=3)
    warn_of_missing(cube, DISCOVERIES, draft.needed, stacklevel=3)
    return cube.contribution(
        of,
        rule=rule,
        groups=given.id,
        stage=draft.stage,
        over=over,
        by=names(by),
        period=period,
        every=every,
        compare=compare,
        level=level,
    )


def _answer(data: Any, line: Line, asked: Asked) -> Result:
    asked.check()
    draft = Draft(line, asked)
    by = names(asked.by)
    # Only the columns that the question reads are taken from the frame; all of them if it reads none.
    columns = draft.columns().union(by if asked.unit is None else ())
    table = data if isinstance(data, Table) else read(data, name=TABLE, columns=sorted(columns) or None)
    cube = Cube({TABLE: table}, draft.catalogue(table), by=by, as_of=asked.as_of)
    warn_of_all(cube, {unit.id: unit.implied for unit in draft.units}, stacklevel=4)
    return cube.table(by=by, period=asked.period, every=asked.every, compare=asked.compare, level=asked.level)


def _unsaid(**names: Any) -> str:
    unsaid = " and no ".join(name for name, value in names.items() if value is None)
    return (
        f"no {unsaid}: a contribution depends on its rule and its groups. Say rule='owen', or another of "
        f"{', '.join(get_args(Rule))}; groups={{'digital': ['model_1'], 'traditional': ...}} lists the sources of each "
        "group, with ... for all others"
    )
