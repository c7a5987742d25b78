# SPDX-License-Identifier: Apache-2.0
"""Units in SQL for DuckDB, written from the same trees as the catalogue.

Three-valued logic is SQL's own. What it does not know is written out: a value that a closed category does not list is
NULL wherever it is asked about; a day that has not come yet is ``infinity``, of which functions of dates are NULL;
``least`` and ``greatest`` of a NULL are NULL; working days are weekdays, counted, and what a table of holidays changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from oracle.expression import Tree
from oracle.units import COLLAPSES, NOT_YET, Cell, Column, Columns, Cube, Lookup, Site, Table, Unit, calls, held

TYPES = {"text": "VARCHAR", "category": "VARCHAR", "date": "DATE", "integer": "BIGINT", "boolean": "BOOLEAN"}

SETUP = """
SET threads = 1;
CREATE MACRO days_between(a, b) AS CASE WHEN isfinite(a) AND isfinite(b) THEN b - a END;
CREATE MACRO year_of(d) AS CASE WHEN isfinite(d) THEN year(d) END;
CREATE MACRO quarter_of(d) AS CASE WHEN isfinite(d) THEN quarter(d) END;
CREATE MACRO month_of(d) AS CASE WHEN isfinite(d) THEN month(d) END;
CREATE MACRO days_added(d, n) AS CASE WHEN isfinite(d) THEN d + n::INTEGER END;
CREATE MACRO months_added(d, n) AS CASE WHEN isfinite(d) THEN (d + to_months(n::INTEGER))::DATE END;
CREATE MACRO weekdays_until(d) AS
    5 * ((d - DATE '1990-01-01') // 7) + least((d - DATE '1990-01-01') % 7 + 1, 5); -- from a Monday
CREATE MACRO listed_until(d) AS 0; -- of a site: see listed_days
CREATE MACRO workdays_until(d) AS CASE WHEN isfinite(d) THEN weekdays_until(d) + listed_until(d) END;
CREATE MACRO workdays_between(a, b) AS workdays_until(b) - workdays_until(a);
CREATE MACRO workdays_added(d, n) AS CASE WHEN isfinite(d) THEN list_filter(
    list_transform(range(-60, 61), lambda k: d + k::INTEGER),
    lambda b: workdays_until(b) = workdays_until(d) + n
)[1] END; -- the first day until which there are n more
CREATE MACRO reporting_month(d, starts_on) AS
    CASE WHEN isfinite(d) THEN 12 * year(d) + month(d) - 1 + (starts_on > 1 AND day(d) >= starts_on)::INTEGER END;
"""

FUNCTIONS = {
    "days": "days_between",
    "year": "year_of",
    "quarter": "quarter_of",
    "month": "month_of",
    "add_days": "days_added",
    "add_months": "months_added",
    "workdays": "workdays_between",
    "add_workdays": "workdays_added",
    "coalesce": "coalesce",
    "starts_with": "starts_with",
    "contains": "contains",
}


def quoted(name: str) -> str:
    """Write a name."""
    return f'"{name}"'


def literal(value: Cell) -> str:
    """Write a constant."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value).upper()
    if isinstance(value, dt.date):
        return "DATE 'infinity'" if value == NOT_YET else f"DATE '{value}'"
    return "'" + value.replace("'", "''") + "'"


def listed(values: Iterable[Cell]) -> str:
    """Write constants with commas between."""
    return ", ".join(map(literal, values))


@dataclass(frozen=True)
class Writer:
    """Writes expressions over columns; collapse calls are columns that were made before."""

    columns: Columns
    source: Columns | None = None
    made: Mapping[Tree, str] = field(default_factory=dict)

    def value(self, tree: Tree) -> str:
        """Write an expression for what it holds, listed or not."""
        operation, *parts = tree
        if operation in COLLAPSES:
            return quoted(self.made[tree])
        if operation == "literal":
            return literal(parts[0])
        if operation == "column":
            return quoted(parts[0])
        if operation == "found":
            return quoted(f"found {parts[0][1]}")
        if operation in ("and", "or"):
            return "(" + f" {operation.upper()} ".join(map(self.value, parts)) + ")"
        if operation == "not":
            return f"(NOT {self.value(parts[0])})"
        if operation == "is_null":
            return f"({self.value(parts[0])} IS NULL)"
        if operation in ("least", "greatest"):
            return self.extreme(operation, parts)
        if operation in ("in", "not in"):
            return f"({self.known(parts[0])} {operation.upper()} ({listed(parts[1])}))"
        if operation == "between":
            return "({} BETWEEN {} AND {})".format(*map(self.known, parts))
        if operation in FUNCTIONS:
            write = self.known if operation in ("starts_with", "contains") else self.value
            return f"{FUNCTIONS[operation]}({', '.join(map(write, parts))})"
        comparison = {"==": "=", "!=": "<>"}.get(operation, operation)
        return f"({self.known(parts[0])} {comparison} {self.known(parts[1])})"

    def known(self, tree: Tree) -> str:
        """Write an expression to be asked about: NULL where a closed category does not list it."""
        values = held(tree, self.columns, self.source).values
        value = self.value(tree)
        return f"(CASE WHEN {value} IN ({listed(values)}) THEN {value} END)" if values else value

    def extreme(self, operation: str, parts: list[Tree]) -> str:
        """Write ``least`` or ``greatest``: missing if any part is."""
        values = [self.value(part) for part in parts]
        there = " AND ".join(f"{value} IS NOT NULL" for value in values)
        return f"(CASE WHEN {there} THEN {operation}({', '.join(values)}) END)"

    def collapsed(self, call: Tree) -> str:
        """Write a collapse call over the rows of one key; this writer's columns are the source's."""
        operation, argument = call
        argument, where = argument[1:] if argument[0] == "where" else (argument, ("literal", True))
        value, condition = self.value(argument), self.value(where)
        if operation == "count":
            return f"count(*) FILTER (WHERE {condition} AND {value})"
        if operation in ("any", "all"):
            decides = value if operation == "any" else f"NOT {value}"
            return (
                f"CASE WHEN count(*) FILTER (WHERE {condition} AND {decides}) > 0 THEN {operation == 'any'} "
                f"WHEN count(*) FILTER (WHERE {condition} AND {value} IS NULL) = 0 THEN {operation == 'all'} END"
            )
        if operation == "only":
            agree = f"count(DISTINCT {value}) FILTER (WHERE {condition}) = 1"
            return f"CASE WHEN {agree} THEN any_value({value}) FILTER (WHERE {condition}) END"
        made = f"{operation}({value}) FILTER (WHERE {condition})"
        return made if operation != "sum" else f"({made})::{type_of(held(argument, self.columns))}"


def type_of(column: Column) -> str:
    """Name the type of a column."""
    return TYPES.get(column.type, "DECIMAL(18, 2)")


def unit(unit: Unit, source: Columns) -> str:
    """Write the query of a unit: collapsed, its own columns before any lookup, looked up, its other columns."""
    made = {call: f"call {i}" for i, call in enumerate(dict.fromkeys(c for t in unit.own().values() for c in calls(t)))}
    writer = Writer(unit.columns, source, made)
    rows = collapse(unit, Writer(source), made) if unit.key else f"SELECT * FROM {quoted(unit.source)}"
    for name, tree in unit.before.items():
        rows = f"SELECT *, {writer.value(tree)} AS {quoted(name)}\nFROM ({rows})"
    for name, lookup in unit.lookups.items():
        rows = looked_up(rows, name, lookup)
    for name, tree in unit.after.items():
        rows = f"SELECT *, {writer.value(tree)} AS {quoted(name)}\nFROM ({rows})"
    return f"SELECT {', '.join(map(quoted, unit.columns))}\nFROM ({rows})"


def collapse(unit: Unit, source: Writer, made: Mapping[Tree, str]) -> str:
    """Write one row for each key, with its collapse calls."""
    key = ", ".join(map(quoted, unit.key))
    columns = "".join(f",\n  {source.collapsed(call)} AS {quoted(name)}" for call, name in made.items())
    return f"SELECT {key}{columns}\nFROM {quoted(unit.source)} GROUP BY {key}"


def looked_up(rows: str, name: str, lookup: Lookup) -> str:
    """Write what a lookup adds: whether it found its row, and the columns taken of the one row found."""
    key = ", ".join(map(quoted, lookup.on.values()))
    by_key = "".join(f", any_value({quoted(column)}) AS {quoted(column)}" for column in lookup.take)
    other = f"SELECT {key}, count(*) AS rows{by_key} FROM {quoted(lookup.source)} GROUP BY {key}"
    same = " AND ".join(f"here.{quoted(left)} = there.{quoted(right)}" for left, right in lookup.on.items())
    taken = "".join(
        f", CASE WHEN there.rows IS NULL THEN {literal(lookup.otherwise.get(column))} "
        f"WHEN there.rows = 1 THEN there.{quoted(column)} END AS {quoted(column)}"
        for column in lookup.take
    )
    found = f"CASE WHEN there.rows IS NULL THEN FALSE WHEN there.rows = 1 THEN TRUE END AS {quoted('found ' + name)}"
    return f"SELECT here.*, {found}{taken}\nFROM ({rows}) here LEFT JOIN ({other}) there ON {same}"


def cube(cube: Cube, columns: Columns) -> str:
    """Write the query of a cube: a row for each cell and month, with its units and the outcomes of each count."""
    writer = Writer(columns)
    month = f"reporting_month({quoted(cube.date)}, {cube.month_starts_on})" if cube.date else "NULL"
    labels = [f"{quoted(name)}::VARCHAR" for name in cube.by]
    counts = []
    for count in cube.counts.values():
        applies = writer.value(count.applies_where or ("literal", True))
        where = writer.value(count.where or ("literal", True))
        counts += [
            f"count(*) FILTER (WHERE {applies} AND {where})",
            f"count(*) FILTER (WHERE {applies} IS NULL OR ({applies} AND {where} IS NULL))",
            f"count(*) FILTER (WHERE NOT {applies})",
        ]
    shown = ", ".join([*labels, month, "count(*)", *counts])
    return f"SELECT {shown} FROM {quoted(cube.unit)} GROUP BY ALL HAVING count(*) > 0"


def table(name: str, table: Table) -> str:
    """Write the statements that make a table."""
    columns = ", ".join(f"{quoted(key)} {type_of(column)}" for key, column in table.columns.items())
    made = f"CREATE OR REPLACE TABLE {quoted(name)} ({columns});"
    rows = ", ".join(f"({listed(row[key] for key in table.columns)})" for row in table.rows)
    return f"{made}\nINSERT INTO {quoted(name)} VALUES {rows};" if rows else made


def listed_days(holidays: Mapping[dt.date, bool]) -> str:
    """Write the macro of how many more working days there are until a day than weekdays."""
    extra = [day for day, works in holidays.items() if works and day.isoweekday() > 5]
    off = [day for day, works in holidays.items() if not works and day.isoweekday() <= 5]
    count = "len(list_filter([{}]::DATE[], lambda x: x <= d))"
    return f"CREATE OR REPLACE MACRO listed_until(d) AS {count.format(listed(extra))} - {count.format(listed(off))};"


def statements(site: Site) -> list[str]:
    """Write all that makes the tables and units of a site, in order."""
    made = [listed_days(site.holidays)] if site.holidays is not None else []
    made += [table(name, one) for name, one in site.tables.items()]
    for name, one in site.units.items():
        query = unit(one, site.columns(one.source))
        made.append(f"CREATE OR REPLACE TABLE {quoted(name)} AS\n{query};")
    return made
