# SPDX-License-Identifier: Apache-2.0
"""Tables, and the units that are made from them, as plain values; they write themselves as a catalogue.

Expressions are the trees of :mod:`oracle.expression`. A collapse call is ``("min", tree)`` or, with a condition,
``("min", ("where", tree, condition))``; what a lookup found is asked by ``("found", ("column", name))``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from oracle.expression import Tree, text

Cell = str | int | Decimal | bool | dt.date | None
Row = Mapping[str, Cell]

NOT_YET = dt.date.max  # stands for a day that has not come yet; no row has it otherwise

COLLAPSES = ("any", "all", "count", "min", "max", "sum", "only")
ASKED = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "between", "is_null", "starts_with", "contains", "found")
PREDICATES = (*ASKED, "not", "and", "or", "any", "all")
INTEGERS = ("count", "days", "workdays", "year", "quarter", "month")
DATES = ("add_days", "add_months", "add_workdays")


@dataclass(frozen=True)
class Column:
    """What a column holds."""

    type: str  # of the catalogue: text, category, date, integer, decimal(2), boolean
    values: tuple[str, ...] = ()  # of a closed category
    aliases: tuple[tuple[str, str], ...] = ()  # how it may be written → what is meant
    not_yet: bool = False  # whether a blank date means: not yet
    present: bool = False  # whether no cell is missing: it may be a key
    small: bool = False  # of integers: whether they move a date by little

    def definition(self) -> dict[str, Any]:
        """Write it as the catalogue declares it."""
        empty = "not_yet" if self.not_yet else ""
        written = {"values": list(self.values), "aliases": dict(self.aliases), "empty": empty}
        return {"type": self.type} | {key: value for key, value in written.items() if value}


Columns = Mapping[str, Column]


@dataclass(frozen=True)
class Table:
    """A table with its rows, as they are meant and not as they are written."""

    columns: Columns
    rows: list[Row]


@dataclass(frozen=True)
class Lookup:
    """Columns of another unit or table, found by key."""

    source: str
    on: Mapping[str, str]  # this side's column, the other's
    take: tuple[str, ...]
    otherwise: Mapping[str, Cell]
    duplicates_unknown: bool

    def definition(self) -> dict[str, Any]:
        """Write it as a catalogue does."""
        alike = all(left == right for left, right in self.on.items())
        written = {"otherwise": dict(self.otherwise), "duplicates": "unknown" if self.duplicates_unknown else ""}
        return {
            "from": self.source,
            "on": list(self.on) if alike else dict(self.on),
            "take": list(self.take),
        } | {key: value for key, value in written.items() if value}


@dataclass(frozen=True)
class Unit:
    """What rows are collapsed to, with what is looked up and derived."""

    source: str
    key: tuple[str, ...]  # empty: each row of the source is a unit
    before: Mapping[str, Tree]  # own columns that need no lookup, each after those that it needs
    lookups: Mapping[str, Lookup]
    after: Mapping[str, Tree]  # own columns that may need one
    columns: Columns  # all that it has

    def own(self) -> dict[str, Tree]:
        """Give the columns that it declares."""
        return {**self.before, **self.after}

    def definition(self) -> dict[str, Any]:
        """Write it as a catalogue does; the order of its columns says nothing."""
        written = {
            "one_row_per": list(self.key),
            "lookup": {name: lookup.definition() for name, lookup in self.lookups.items()},
            "columns": {name: text(tree) for name, tree in sorted(self.own().items(), reverse=True)},
        }
        return {"from": self.source} | {key: value for key, value in written.items() if value}


@dataclass(frozen=True)
class Count:
    """An aggregate of kind count."""

    where: Tree | None
    applies_where: Tree | None

    def definition(self) -> dict[str, Any]:
        """Write it as a catalogue does."""
        written = {"where": self.where, "applies_where": self.applies_where}
        return {key: text(tree) for key, tree in written.items() if tree is not None}


@dataclass(frozen=True)
class Cube:
    """Counts of one unit, by dimensions and by the month of one date."""

    unit: str
    date: str | None
    by: tuple[str, ...]
    month_starts_on: int
    counts: Mapping[str, Count]


@dataclass
class Site:
    """Tables, units made from them in order, and a cube over one of them."""

    tables: dict[str, Table] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    holidays: dict[dt.date, bool] | None = None
    cube: Cube | None = None

    def columns(self, name: str) -> Columns:
        """Give the columns of a unit or table."""
        return self.units[name].columns if name in self.units else self.tables[name].columns

    def definition(self) -> dict[str, Any]:
        """Write the whole catalogue."""
        tree: dict[str, Any] = {"schema": 1, "calendar": {}, "table": {}, "unit": {}, "aggregate": []}
        for name, table in self.tables.items():
            tree["table"][name] = {"columns": {key: column.definition() for key, column in table.columns.items()}}
        for name, unit in self.units.items():
            tree["unit"][name] = unit.definition()
        if self.holidays is not None:
            tree["calendar"]["holidays"] = "holidays"
            tree["table"]["holidays"] = {"columns": {"date": {"type": "date"}, "works": {"type": "boolean"}}}
        if self.cube is not None:
            placed = {"unit": self.cube.unit} | ({"date": self.cube.date} if self.cube.date else {})
            tree["calendar"]["month_starts_on"] = self.cube.month_starts_on
            tree["aggregate"] = [
                {"id": name, **placed, **count.definition()} for name, count in self.cube.counts.items()
            ]
        return tree


def held(tree: Tree, columns: Columns, source: Columns | None = None) -> Column:
    """Tell what an expression holds; inside a collapse call stand the columns of the source."""
    operation, *parts = tree
    if operation == "column":
        return columns[parts[0]]
    if operation == "where":
        return held(parts[0], columns)
    if operation in PREDICATES:
        return Column("boolean")
    if operation in INTEGERS:
        return Column("integer")
    if operation in DATES:
        return Column("date")
    if operation == "literal":
        return Column(type_of(parts[0]))
    if operation in COLLAPSES:
        assert source is not None
        one = held(parts[0], source)
        return Column(one.type, one.values, small=one.small and operation != "sum")
    kinds = [held(part, columns, source) for part in parts]  # coalesce, least, greatest
    closed = next((kind for kind in kinds if kind.values), kinds[0])
    decimal = any(kind.type == "decimal(2)" for kind in kinds)
    return Column("decimal(2)" if decimal else closed.type, closed.values)


def type_of(value: Cell) -> str:
    """Tell the type of a constant."""
    types = {bool: "boolean", int: "integer", Decimal: "decimal(2)", dt.date: "date", str: "text"}
    return types[type(value)]


def parts(tree: Tree) -> tuple[Tree, ...]:
    """Give the expressions that it is made of."""
    operation, *rest = tree
    if operation in ("literal", "column"):
        return ()
    return (rest[0],) if operation in ("in", "not in") else tuple(rest)


def calls(tree: Tree) -> Iterator[Tree]:
    """Go through the collapse calls of an expression."""
    if tree[0] in COLLAPSES:
        yield tree
    else:
        for part in parts(tree):
            yield from calls(part)
