# SPDX-License-Identifier: Apache-2.0
"""Indicators defined in code: each a value that carries the aggregates it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, Unpack

from casemetry._errors import DefinitionError, Fault
from casemetry._unit import Names, Unit

if TYPE_CHECKING:
    from casemetry._core import Expression

Predicate: TypeAlias = "str | Expression"
Number = int | float | str | Fraction


class Reading(TypedDict, total=False):
    """How an indicator is read: the keys of a catalogue that change no count."""

    interval: str
    min_n: int
    mature_after: int
    format: Literal["percent", "count", "one_to", "per_100", "days", "decimal"]
    decimals: int
    direction: Literal["higher", "lower", "neutral", "range"]
    range: tuple[Number, Number]
    paired_with: Sequence[str]
    evidence: Literal["stated", "reproduced", "inferred", "unconfirmed"]
    reference: str
    note: Names


@dataclass(frozen=True)
class Definition:
    """An indicator defined in code, with the aggregates that it needs.

    Made by :func:`proportion`, :func:`ratio`, :func:`tally`, :func:`total`, :func:`mean`, :func:`quantile` and
    :func:`stock`; gathered by :meth:`Catalogue.of`, or given to :class:`Cube` as it is.

    Attributes
    ----------
    indicator : mapping
        What stands under ``[[indicator]]`` in a catalogue.
    aggregates : tuple of mapping
        What stands under ``[[aggregate]]``; a unit that was defined in code stands there itself.
    """

    indicator: Mapping[str, Any]
    aggregates: tuple[Mapping[str, Any], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "indicator", MappingProxyType(dict(self.indicator)))
        object.__setattr__(self, "aggregates", tuple(MappingProxyType(dict(fields)) for fields in self.aggregates))

    @property
    def id(self) -> str:
        """The name by which it is asked for."""
        return str(self.indicator["id"])

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[type[Definition], tuple[dict[str, Any], tuple[dict[str, Any], ...]]]:
        return Definition, (dict(self.indicator), tuple(map(dict, self.aggregates)))

    def __repr__(self) -> str:
        return f"Definition({self.id}: {self.indicator['kind']})"


def proportion(
    label: Names,
    *,
    numerator: Predicate,
    denominator: Predicate | None = None,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define a share (率): of the units for which `denominator` holds, those for which `numerator` holds too.

    Parameters
    ----------
    label : str or mapping
        What it is called: Chinese, or ``{"zh": …, "en": …}``.
    numerator, denominator : str or Expression
        Predicates over a unit; without a denominator all units that are applicable.
    unit : str or Unit
        What is counted: a :func:`unit`, the id of one, or a table whose rows are counted.
    date : str, optional
        The date column that places a unit in a reporting month; without one only whole-data questions can be asked.
    applies_where : str or Expression, optional
        Units for which this is false are not applicable: neither counted nor unknown.
    id : str, optional
        By default the label, with ``_`` for what cannot stand in an id.
    **reading
        How it is read: `interval`, `min_n`, `mature_after`, `format`, `decimals`, `direction`, `range`, `paired_with`,
        `evidence`, `reference`, `note`.

    Examples
    --------
    >>> import casemetry as cm
    >>> refused = cm.proportion("不捕率", numerator="decision == 'refused'", unit="arrests", date="decided_on")
    >>> refused.id
    '不捕率'
    >>> print(cm.Catalogue.of(refused).toml())
    schema = 1
    <BLANKLINE>
    [table.arrests]
    <BLANKLINE>
    [[aggregate]]
    id = "不捕率_numerator"
    unit = "arrests"
    date = "decided_on"
    where = "decision == 'refused'"
    <BLANKLINE>
    [[aggregate]]
    id = "不捕率_denominator"
    unit = "arrests"
    date = "decided_on"
    <BLANKLINE>
    [[indicator]]
    id = "不捕率"
    label = "不捕率"
    kind = "proportion"
    numerator = "不捕率_numerator"
    denominator = "不捕率_denominator"
    <BLANKLINE>
    """
    name = id or id_of(label)
    sides = {"numerator": numerator, "denominator": denominator}
    aggregates = [
        _aggregate(f"{name}_{side}", unit=unit, date=date, where=where, applies_where=applies_where)
        for side, where in sides.items()
    ]
    formulas = {side: f"{name}_{side}" for side in sides}
    return _definition(name, label, "proportion", aggregates, formulas, reading)


def ratio(
    label: Names,
    *,
    numerator: Predicate | Definition,
    denominator: Predicate | Definition,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define a quotient of two flows (比): what came out by what came in, items by cases.

    Either side is a predicate over a `unit`, or a :func:`tally` or :func:`total` with a unit and a date of
    its own. The other parameters are those of :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> items = cm.tally("案件活动数", unit="items", date="done_on")
    >>> cases = cm.tally("受理件数", unit="cases", date="received_on")
    >>> cm.ratio("案-件比", numerator=items, denominator=cases, format="one_to").indicator["numerator"]
    '案件活动数_counted'
    """
    name = id or id_of(label)
    aggregates: list[Mapping[str, Any]] = []
    formulas: dict[str, Any] = {}
    for side, value in {"numerator": numerator, "denominator": denominator}.items():
        if isinstance(value, Definition):
            aggregates.extend(value.aggregates)
            formulas[side] = _formula_of(value, f"indicator.{name}.{side}")
        else:
            formulas[side] = f"{name}_{side}"
            aggregates.append(
                _aggregate(formulas[side], unit=unit, date=date, where=value, applies_where=applies_where)
            )
    return _definition(name, label, "ratio", aggregates, formulas, reading)


def tally(
    label: Names,
    where: Predicate | None = None,
    *,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define a number of units (数): all of them, or those for which `where` holds.

    Parameters are those of :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.tally("不捕人数", "decision == 'refused'", unit="arrests", date="decided_on").indicator["kind"]
    'count'
    """
    name = id or id_of(label)
    counted = _aggregate(f"{name}_counted", unit=unit, date=date, where=where, applies_where=applies_where)
    return _definition(name, label, "count", [counted], {"of": f"{name}_counted"}, reading)


def total(
    label: Names,
    column: str,
    *,
    where: Predicate | None = None,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define the sum (总额) of an integer or decimal column, exact.

    Parameters are those of :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.total("挽回损失", "recovered", unit="leads", date="closed_on").aggregates[0]["column"]
    'recovered'
    """
    name = id or id_of(label)
    summed = _aggregate(
        f"{name}_summed", kind="sum", unit=unit, date=date, where=where, applies_where=applies_where, column=column
    )
    return _definition(name, label, "sum", [summed], {"of": f"{name}_summed"}, reading)


def mean(
    label: Names,
    *,
    column: str | None = None,
    start: str | None = None,
    end: str | None = None,
    where: Predicate | None = None,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define a mean (平均数): of a column, or of the days from `start` to `end`.

    The other parameters are those of :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.mean("平均办案天数", start="received_on", end="decided_on", unit="arrests").aggregates[0]["kind"]
    'days'
    """
    name = id or id_of(label)
    if column is not None and (start is not None or end is not None):
        raise _fault(f"indicator.{name}", "a mean is of a column, or of the days from start to end, not of both")
    kind = "sum" if column is not None else "days"
    measured = _aggregate(
        f"{name}_measured",
        kind=kind,
        unit=unit,
        date=date,
        where=where,
        applies_where=applies_where,
        column=column,
        start=start,
        end=end,
    )
    return _definition(name, label, "mean", [measured], {"of": f"{name}_measured"}, reading)


def quantile(
    label: Names,
    *,
    start: str,
    end: str,
    q: Number = 0.5,
    where: Predicate | None = None,
    unit: str | Unit = "cases",
    date: str | None = None,
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define a quantile (分位数) of the days from `start` to `end`: the median unless `q` says otherwise.

    Exact, from a histogram of days. `q` lies in [0, 1]: a number, or a fraction such as ``"1/3"``. The other parameters
    are those of :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.quantile("办案天数中位数", start="received_on", end="decided_on", unit="arrests").indicator["q"]
    0.5
    """
    name = id or id_of(label)
    measured = _aggregate(
        f"{name}_measured",
        kind="days",
        unit=unit,
        date=date,
        where=where,
        applies_where=applies_where,
        start=start,
        end=end,
    )
    return _definition(name, label, "quantile", [measured], {"of": f"{name}_measured", "q": q}, reading)


def stock(
    label: Names,
    *,
    opened: str,
    closed: str,
    at: Literal["opening", "closing"] = "closing",
    where: Predicate | None = None,
    unit: str | Unit = "cases",
    applies_where: Predicate | None = None,
    id: str | None = None,
    **reading: Unpack[Reading],
) -> Definition:
    """Define what is pending (未结) at the end of a period, or at its beginning: opened, and not closed yet.

    `opened` and `closed` are two date columns of the unit. A blank `closed` means that it is not closed yet if the
    column says so in a catalogue (``empty = "not_yet"``); otherwise it is unknown. The other parameters are those of
    :func:`proportion`.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.stock("未结件数", opened="received_on", closed="decided_on").aggregates[0]["kind"]
    'pending'
    """
    name = id or id_of(label)
    pending = _aggregate(
        f"{name}_pending",
        kind="pending",
        unit=unit,
        where=where,
        applies_where=applies_where,
        opened=opened,
        closed=closed,
    )
    return _definition(name, label, "stock", [pending], {"of": f"{name}_pending", "at": at}, reading)


def _aggregate(name: str, **fields: Any) -> Mapping[str, Any]:
    predicates = ("where", "applies_where")
    texts = {key: str(fields[key]) for key in predicates if fields.get(key) is not None}
    return {key: value for key, value in {"id": name, **fields, **texts}.items() if value is not None}


def _definition(
    name: str,
    label: Names,
    kind: str,
    aggregates: Sequence[Mapping[str, Any]],
    formulas: Mapping[str, Any],
    reading: Reading,
) -> Definition:
    indicator = {"id": name, "label": label, "kind": kind, **formulas, **reading}
    return Definition(indicator, tuple(aggregates))


def _formula_of(definition: Definition, path: str) -> str:
    if definition.indicator["kind"] not in ("count", "sum"):
        raise _fault(
            path, f"'{definition.id}' is a {definition.indicator['kind']}: a ratio is of predicates, tallies and totals"
        )
    return str(definition.indicator["of"])


def id_of(label: Names) -> str:
    """Make an id of a label."""
    text = label if isinstance(label, str) else label.get("zh") or label.get("en") or ""
    name = re.sub(r"\W+", "_", text).strip("_")
    return f"_{name}" if name[:1].isdigit() else name


def _fault(path: str, message: str) -> DefinitionError:
    return DefinitionError(f"{path}: {message}", (Fault(path, message, None),))
