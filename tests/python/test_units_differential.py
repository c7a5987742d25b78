# SPDX-License-Identifier: Apache-2.0
"""Units against another engine: random catalogues, and SQL for DuckDB written from the same trees.

Each catalogue is drawn from a seed that the head of the run prints; ``CASEMETRY_SEED=7 pytest …`` draws others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import casemetry as cm
import duckdb
import pyarrow as pa
import pytest
from casemetry import _core
from conftest import SEED
from oracle import units_sql
from oracle.random_sites import site, written
from oracle.units import COLLAPSES, NOT_YET, Column, Columns, Cube, Site, parts

CATALOGUES = 300
CUBES = 100  # of the first of them a cube is asked for too

ARROW = {
    "text": pa.string(),
    "category": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "decimal(2)": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
}


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(units_sql.SETUP)
        yield connection


def table_of(chance: Random, columns: Columns, rows: list[Any]) -> _core.Table:
    """Hand over rows, with dates as days or as text, a blank for what is not there."""

    def array(column: Column, cells: list[Any]) -> pa.Array:
        if column.type != "date":
            return pa.array(cells, ARROW[column.type])
        days = [None if cell == NOT_YET else cell for cell in cells]
        if chance.random() < 0.5:
            return pa.array(days, pa.date32())
        return pa.array([chance.choice([None, ""]) if day is None else day.isoformat() for day in days], pa.string())

    cells = written(chance, columns, rows)
    return cm.read(pa.table({name: array(columns[name], cells[name]) for name in columns}))._core


def tables_of(chance: Random, made: Site) -> dict[str, _core.Table]:
    tables = {name: table_of(chance, table.columns, table.rows) for name, table in made.tables.items()}
    if made.holidays is not None:
        told = pa.table({"date": pa.array(made.holidays, pa.date32()), "works": pa.array(made.holidays.values())})
        tables["holidays"] = cm.read(told)._core
    return tables


def cells(table: _core.Table, name: str, column: Column) -> list[Any]:
    """Give the cells of a column; what has not come yet is :data:`NOT_YET`."""
    values = table.values(name)
    if column.type != "date":
        return values
    later = cm.expression(f"{name} > 9999-12-31").outcomes(cm.Table(table))
    return [NOT_YET if is_later else value for value, is_later in zip(values, later, strict=True)]


def ours(table: _core.Table, columns: Columns) -> list[tuple[Any, ...]]:
    return list(zip(*(cells(table, name, column) for name, column in columns.items()), strict=True))


def theirs(duck: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> list[tuple[Any, ...]]:
    def shown(name: str, column: Column) -> str:
        quoted = units_sql.quoted(name)
        return f"if(isinf({quoted}), DATE '{NOT_YET}', {quoted})" if column.type == "date" else quoted

    names = ", ".join(shown(key, column) for key, column in columns.items())
    return duck.execute(f"SELECT {names} FROM {units_sql.quoted(name)}").fetchall()


def in_order(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Sort rows, with every cell as text of one spelling."""
    return sorted(tuple(f"{cell:.2f}" if isinstance(cell, Decimal) else str(cell) for cell in row) for row in rows)


def told(made: Site, name: str, found: list[tuple[str, ...]], expected: list[tuple[str, ...]]) -> str:
    """Tell all that is needed to see what differs."""
    lines = [f"{name} differs (CASEMETRY_SEED={SEED})", cm.Catalogue.from_dict(made.definition()).toml()]
    if name in made.units:
        lines.append(units_sql.unit(made.units[name], made.columns(made.units[name].source)))
    lines += [f"ours   {row}" for row in Counter(found) - Counter(expected)]
    lines += [f"theirs {row}" for row in Counter(expected) - Counter(found)]
    return "\n".join(lines)


@pytest.mark.parametrize("number", range(CATALOGUES))
def test_units_are_those_of_sql(number: int, duck: duckdb.DuckDBPyConnection) -> None:
    made = site(f"{SEED}:{number}")
    for statement in units_sql.statements(made):
        duck.execute(statement)
    catalogue = cm.Catalogue.from_dict(made.definition())._core
    chance = Random(number)
    tables = tables_of(chance, made)
    threads, morsel = chance.choice([1, 2, 3]), chance.choice([1, 7, 65_536])
    for name, unit in made.units.items():
        rows = ours(_core.units(tables, catalogue, name, threads=threads, morsel=morsel), unit.columns)
        keys = [row[: len(unit.key)] for row in rows]
        assert keys == sorted(keys)
        found, expected = in_order(rows), in_order(theirs(duck, name, unit.columns))
        assert found == expected, told(made, name, found, expected)
    if number < CUBES:
        found_cells, expected_cells = (in_order(rows) for rows in cubes(duck, made, tables, catalogue))
        assert found_cells == expected_cells, told(made, "cube", found_cells, expected_cells)


def cubes(
    duck: duckdb.DuckDBPyConnection, made: Site, tables: dict[str, _core.Table], catalogue: _core.Catalogue
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Give the cells of a site's cube, ours and theirs: labels, month, units, three outcomes of each count."""
    cube = made.cube
    assert cube is not None
    rows = duck.execute(units_sql.cube(cube, made.columns(cube.unit))).fetchall()
    return cells_of(_core.build(tables, catalogue, by=list(cube.by)), cube), rows


def cells_of(built: _core.Cube, cube: Cube) -> list[tuple[Any, ...]]:
    rows = []
    for block in built.blocks():
        counts = [block["aggregates"][name][outcome] for name in cube.counts for outcome in OUTCOMES]
        for (labels, month), units, *outcomes in zip(block["cells"], block["units"], *counts, strict=True):
            rows.append((*labels, month, units, *outcomes))
    return rows


OUTCOMES = ("yes", "unknown", "not_applicable")


def test_the_catalogues_use_the_whole_language() -> None:
    used: Counter[str] = Counter()

    def walk(tree: Any) -> None:
        used[tree[0]] += 1
        for part in parts(tree):
            walk(part)

    for number in range(CATALOGUES):
        made = site(f"{SEED}:{number}")
        for unit in made.units.values():
            used["unit on unit"] += unit.source in made.units
            used["not collapsed"] += not unit.key
            for lookup in unit.lookups.values():
                used["otherwise"] += bool(lookup.otherwise)
                used["duplicates unknown"] += lookup.duplicates_unknown
                used["unlike key names"] += any(left != right for left, right in lookup.on.items())
                used["unit looked up"] += lookup.source in made.units
            for tree in unit.own().values():
                walk(tree)
    operations = {*COLLAPSES, "where", "coalesce", "least", "greatest", "days", "add_days", "add_months", "found"}
    operations |= {"year", "quarter", "month", "workdays", "add_workdays", "is_null", "between", "in", "not in"}
    operations |= {"and", "or", "not", "==", "!=", "<", "<=", ">", ">=", "starts_with", "contains"}
    operations |= {"unit on unit", "not collapsed", "otherwise", "duplicates unknown", "unlike key names"}
    assert {name: used[name] for name in operations if used[name] < 20} == {}
