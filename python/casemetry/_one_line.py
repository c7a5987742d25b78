# SPDX-License-Identifier: Apache-2.0
"""One line as definitions: the small catalogue that a one-line question writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casemetry._arguments import names
from casemetry._core import Expression, col, expression
from casemetry._definition import id_of
from casemetry._errors import QueryError
from casemetry.catalogues import Catalogue

if TYPE_CHECKING:
    from casemetry._asking import Asked, Predicate
    from casemetry.reading import Table

TABLE = "data"


@dataclass(frozen=True)
class Line:
    """What is asked of each unit.

    Attributes
    ----------
    id
        ``rate``, ``count`` or ``days``.
    label
        What the answer is called if nothing else is said.
    aggregates
        What is counted, by its role: the fields of an aggregate.
    indicator
        The fields of the indicator; formulas name roles.
    """

    id: str
    label: str | Mapping[str, str]
    aggregates: Mapping[str, Mapping[str, Any]]
    indicator: Mapping[str, Any]


@dataclass
class Counted:
    """What is counted: the rows of the table or, by a key, what they are collapsed to.

    Attributes
    ----------
    id
        Of the unit, or of the table.
    key
        The columns that name a unit; none: each row is one.
    label
        What it is called, if it has a name beside others.
    columns
        The unit's columns, gathered while they are asked for.
    implied
        Those that are ``only(…)`` because nothing else was said.
    dates
        The columns of the table that stand where a date is wanted.
    """

    id: str
    key: tuple[str, ...] = ()
    label: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    implied: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)

    def date(self, role: str, given: Predicate) -> str:
        """Give the column that holds a date: of a unit that of all its rows (``only``), unless an expression says."""
        column = column_named(given)
        if not self.key:
            return column or str(given)
        if not column:
            return self._own(role, str(given))
        self.dates.add(column)
        return self.dimension(column, given)

    def dimension(self, name: str, given: Predicate) -> str:
        """Give the column that holds a value under a name of its own."""
        column = column_named(given)
        if not self.key or (name == column and name in self.key):
            return name
        self.columns[name] = f"only({col(column)})" if column else str(given)
        if column:
            self.implied.add(name)
        return name

    def predicate(self, role: str, given: Predicate) -> str:
        """Give a predicate over units."""
        if not self.key:
            return str(given)
        tree = given if isinstance(given, Expression) else expression(given)
        if not tree.collapse_calls and not {*self.key, *self.columns}.issuperset(tree.columns):
            raise QueryError(
                f"'{tree}' is asked of one row, and a unit is made of many: write any({tree}), all({tree}), or "
                f"only({next(iter(tree.columns))}) for the value that all its rows have"
            )
        return self._own(role, str(tree))

    def _own(self, name: str, text: str) -> str:
        for known, same in self.columns.items():
            if same == text:
                return known
        while name in self.key or name in self.columns:
            name += "_"
        self.columns[name] = text
        return name

    def definition(self) -> dict[str, Any]:
        """Write it as a catalogue does."""
        fields = {"from": TABLE, "label": self.label, "one_row_per": [*self.key], "columns": self.columns}
        return {key: value for key, value in fields.items() if value}

    def reads(self) -> set[str]:
        """Name the columns of the table that make the unit."""
        return {*self.key, *(name for call in self._calls() for name in call.columns)}

    def ordered(self) -> set[str]:
        """Name the columns that are dates if they are text: those of which it takes the least or the greatest too."""
        calls = (call for call in self._calls() if call.text.startswith(("min(", "max(")))
        return self.dates.union(name for call in calls for name in call.columns if _is_first(name, call))

    def _calls(self) -> Iterator[Expression]:
        for text in self.columns.values():
            yield from expression(text).collapse_calls


def column_named(given: Predicate) -> str:
    """Name the column if a column is all that is given: text without a bracket, or ``cm.col``."""
    if isinstance(given, str):
        return "" if "(" in given else given
    name = next(iter(given.columns), "")
    return name if name and given.same_as(col(name)) else ""


def _is_first(name: str, call: Expression) -> bool:
    """Tell whether a collapse call is of a column, with or without a condition."""
    return call.text[4:].startswith((f"{col(name)})", f"{col(name)} where "))


def counted(unit: Any) -> list[Counted]:
    """Read ``unit=``: a column, several that are one key, or keys by name."""
    if unit is None:
        return [Counted(TABLE)]
    keys = unit if isinstance(unit, Mapping) else {"": unit}
    if not keys:
        raise QueryError("unit={} names nothing to count; give a key, or leave unit out to count rows")
    return [_unit(name, tuple(names(key))) for name, key in keys.items()]


def _unit(name: str, key: tuple[str, ...]) -> Counted:
    if not key:
        raise QueryError(f"unit{f' {name!r}' if name else ''}: no column names it; give its key")
    unit = id_of(name or "_".join(key))
    return Counted(f"{unit}_" if unit == TABLE else unit, key, name)


class Draft:
    """A line as a catalogue, which the table that it is asked of may complete."""

    def __init__(self, line: Line, asked: Asked) -> None:
        self.units = counted(asked.unit)
        self._tree: dict[str, Any] = {
            "schema": 1,
            "id": line.id,
            "table": {TABLE: {}},
            "aggregate": [],
            "indicator": [],
        }
        for unit in self.units:
            self._tree["aggregate"].extend(_aggregates(line, asked, unit))
            self._tree["indicator"].append(_indicator(line, asked, unit))
            if unit.key:
                self._tree.setdefault("unit", {})[unit.id] = unit.definition()

    def columns(self) -> set[str]:
        """Name the columns of the table that are read, but for those of `by` where a row is a unit."""
        columns = set(Catalogue.from_dict(self._tree).columns(TABLE))
        return columns.union(*(unit.reads() for unit in self.units))

    def catalogue(self, table: Table) -> Catalogue:
        """Write it; where text is to be read as dates, the types of all columns are said."""
        dates = {name for unit in self.units for name in unit.ordered()}
        return Catalogue.from_dict({**self._tree, "table": {TABLE: declared(table, dates, self.columns())}})


def declared(table: Table, dates: set[str], columns: set[str] | None = None) -> dict[str, Any]:
    """Declare a table: nothing of it, but if some of the `dates` are text, the types of all its columns or of these."""
    held = held_types(table)
    if all(held.get(name) != "text" for name in dates):
        return {}
    return typed({name: type for name, type in held.items() if columns is None or name in columns}, dates)


def typed(held: Mapping[str, str], dates: set[str]) -> dict[str, Any]:
    """Declare the columns of a table by the types that they hold; `dates` that are text are dates."""
    types = {name: "date" if name in dates and type == "text" else type for name, type in held.items()}
    return {"columns": {name: {"type": type} for name, type in sorted(types.items())}}


def held_types(table: Table) -> dict[str, str]:
    """Tell the types of the columns of a table, as a catalogue declares them."""
    return {report.name: report.read_as.split(" ")[0] for report in table.report()}


def _aggregates(line: Line, asked: Asked, unit: Counted) -> Iterator[dict[str, Any]]:
    by = asked.by if isinstance(asked.by, Mapping) else {name: name for name in names(asked.by)}
    for name, given in by.items():
        unit.dimension(name, given)
    date = None if asked.date is None else unit.date("date", asked.date)
    applies = None if asked.applies_where is None else unit.predicate("applies", asked.applies_where)
    for role, fields in line.aggregates.items():
        where = None if fields.get("where") is None else unit.predicate(role, fields["where"])
        ends = {end: unit.date(end, fields[end]) for end in ("start", "end") if end in fields}
        parts = {"kind": fields.get("kind"), "unit": unit.id, "date": date, "where": where, "applies_where": applies}
        yield {"id": _name(role, unit), **{key: value for key, value in parts.items() if value is not None}, **ends}


def _indicator(line: Line, asked: Asked, unit: Counted) -> dict[str, Any]:
    formulas = {
        key: _name(value, unit) for key, value in line.indicator.items() if key in ("of", "numerator", "denominator")
    }
    return {
        "id": unit.id if unit.label else line.id,
        "label": _label(line, asked, unit),
        **line.indicator,
        **formulas,
    }


def _label(line: Line, asked: Asked, unit: Counted) -> str | Mapping[str, str]:
    label = asked.label or line.label
    if not unit.label:
        return label
    return unit.label if isinstance(label, Mapping) else f"{label} · {unit.label}"


def _name(role: str, unit: Counted) -> str:
    return f"{role}_{unit.id}" if unit.label else role
