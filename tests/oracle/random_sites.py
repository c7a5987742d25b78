# SPDX-License-Identifier: Apache-2.0
"""Random small sites: tables, units on units with lookups among them, and a cube over the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from oracle.expression import Tree
from oracle.random_expressions import Expressions, Scope, cell, constant
from oracle.units import Cell, Column, Columns, Count, Cube, Lookup, Site, Table, Unit, held, parts

DECISIONS = ("批准", "不批准", "Other")
SIZES = (0, 1, 5, 12, 20, 30)
ALIASES = (("old spelling", "批准"), ("not approved", "不批准"))


def site(seed: str) -> Site:
    """Draw a site; the same for the same seed."""
    chance = Random(seed)
    made = Site()
    if chance.random() < 0.4:
        days = [dt.date(2024, 1, 1) + dt.timedelta(chance.randrange(120)) for _ in range(12)]
        made.holidays = {day: chance.random() < 0.4 for day in days}
    for letter in "abc"[: chance.randint(1, 3)]:
        made.tables[f"table_{letter}"] = table(chance, letter)
    for number in range(chance.randint(2, 4)):
        made.units[f"unit_{number}"] = unit(chance, made, number)
    made.cube = cube(chance, made)
    return made


def table(chance: Random, letter: str) -> Table:
    """Draw a table: a key of two columns, whose first may be called alike in several, and columns of every type."""
    columns = {
        chance.choice(["case_id", f"{letter}_case"]): Column("text", present=True),
        f"{letter}_no": Column("integer", present=True, small=True),
        f"{letter}_other": Column("text"),
        f"{letter}_on": Column("date", present=chance.random() < 0.15),
        f"{letter}_until": Column("date", not_yet=chance.random() < 0.6),
        f"{letter}_decision": Column("category", DECISIONS, ALIASES if chance.random() < 0.5 else ()),
        f"{letter}_office": Column("category", present=chance.random() < 0.3),
        f"{letter}_items": Column("integer", small=True),
        f"{letter}_amount": Column("decimal(2)"),
        f"{letter}_flag": Column("boolean"),
    }
    rows = [{name: cell(chance, column) for name, column in columns.items()} for _ in range(chance.choice(SIZES))]
    for row in rows:
        row[f"{letter}_other"] = chance.choice([None, *(f"c{n}" for n in range(8))])
    return Table(columns, list(rows))


class Growth:
    """A unit as it grows: its columns so far, and the names that are taken."""

    def __init__(self, chance: Random, site: Site, number: int) -> None:
        self.chance = chance
        self.site = site
        self.number = number
        self.source = chance.choice([*site.tables, *list(site.units) * 2])
        self.source_columns = site.columns(self.source)
        keys = [name for name, column in self.source_columns.items() if column.present]
        self.key = tuple(chance.sample(keys, chance.randint(1, len(keys)))) if keys and chance.random() < 0.75 else ()
        self.columns: dict[str, Column] = dict(self.source_columns)
        if self.key:
            self.columns = {name: self.source_columns[name] for name in self.key}
        self.lookups: dict[str, Lookup] = {}

    def scope(self) -> Scope:
        """Give the names that a column may use."""
        source = self.source_columns if self.key else None
        return Scope(dict(self.columns), source, list(self.lookups), self.site.holidays is not None)

    def add(self, name: str, tree: Tree) -> tuple[str, Tree]:
        """Add a column of its own."""
        self.columns[name] = held(tree, self.columns, self.source_columns)
        return name, tree

    def derive(self, count: int) -> Iterator[tuple[str, Tree]]:
        """Draw columns of its own: of a collapsed unit some are called as a column of the source is."""
        for place in range(count):
            tree = Expressions(self.chance, self.scope()).any(2)
            if not mentions(tree):
                continue
            name = f"u{self.number}_x{len(self.columns)}_{place}"
            alike = [name for name in self.source_columns if name not in self.columns]
            yield self.add(self.chance.choice(alike) if alike and self.chance.random() < 0.3 else name, tree)

    def links(self) -> Iterator[tuple[str, Tree]]:
        """Draw a text by whose only value something may be looked up."""
        names = [name for name, column in self.source_columns.items() if column.type == "text"]
        if self.key and names and self.chance.random() < 0.7:
            yield self.add(f"u{self.number}_link", ("only", ("column", self.chance.choice(names))))

    def link(self, type: str) -> str | None:
        """Find a column by which something can be looked up: it is itself not looked up."""
        looked_up = {name for lookup in self.lookups.values() for name in lookup.take}
        names = [name for name, column in self.columns.items() if column.type == type and name not in looked_up]
        return self.chance.choice(names) if names else None

    def look_up(self) -> None:
        """Draw a lookup of another unit, by its whole key, or of a table, by some columns that are always there."""
        other = self.chance.choice([*self.site.tables, *self.site.units])
        columns = self.site.columns(other)
        unique = key_of(self.site, other)
        present = [name for name, column in columns.items() if column.present]
        key = unique or self.chance.sample(present, self.chance.randint(1, len(present)))
        on = {link: right for right in key if (link := self.link(columns[right].type))}
        if len(on) < len(key):
            return
        free = [name for name in columns if name not in self.columns]
        take = tuple(self.chance.sample(free, min(len(free), self.chance.randint(0, 3))))
        otherwise = {name: constant(self.chance, columns[name]) for name in take if self.chance.random() < 0.4}
        duplicates_unknown = not unique or self.chance.random() < 0.2
        self.lookups[f"lookup_{len(self.lookups)}"] = Lookup(other, on, take, otherwise, duplicates_unknown)
        self.columns |= {name: taken(columns[name]) for name in take}


def mentions(tree: Tree) -> bool:
    """Tell whether an expression reads a column."""
    return tree[0] == "column" or any(mentions(part) for part in parts(tree))


def taken(column: Column) -> Column:
    """Tell what a looked-up column holds: it may be missing."""
    return Column(column.type, column.values, small=column.small)


def key_of(site: Site, name: str) -> tuple[str, ...]:
    """Give the columns that name a row of a unit; none of a table, which declares none."""
    while name in site.units:
        found = site.units[name]
        if found.key:
            return found.key
        name = found.source
    return ()


def unit(chance: Random, site: Site, number: int) -> Unit:
    """Draw a unit on a table or on a unit that is there."""
    growth = Growth(chance, site, number)
    before = dict([*growth.derive(chance.randint(0, 3)), *growth.links()])
    for _ in range(chance.choice([0, 1, 1, 2])):
        growth.look_up()
    after = dict(growth.derive(chance.randint(1, 4)))
    return Unit(growth.source, growth.key, before, growth.lookups, after, dict(growth.columns))


def cube(chance: Random, site: Site) -> Cube:
    """Draw counts over the last unit."""
    name, last = list(site.units.items())[-1]
    draw = Expressions(chance, Scope(last.columns, workdays=site.holidays is not None))
    dates = [column for column in last.columns if last.columns[column].type == "date"]
    labels = [column for column in last.columns if last.columns[column].type in ("category", "boolean")]

    def maybe() -> Tree | None:
        return draw.predicate(1) if chance.random() < 0.7 else None

    return Cube(
        unit=name,
        date=chance.choice([None, *dates]),
        by=tuple(chance.sample(labels, min(len(labels), chance.randint(0, 2)))),
        month_starts_on=chance.choice([1, 26]),
        counts={f"n{place}": Count(maybe(), maybe()) for place in range(3)},
    )


def spelled(chance: Random, column: Column, value: Cell) -> Cell:
    """Write a cell as a site may: a missing text as nothing or blanks, a listed value by its alias."""
    if value is None and column.type in ("text", "category"):
        return chance.choice([None, "", "  "])
    aliases = [old for old, new in column.aliases if new == value]
    return chance.choice([value, *aliases])


def written(chance: Random, columns: Columns, rows: list[dict[str, Cell]]) -> dict[str, list[Cell]]:
    """Write rows as columns, in any order."""
    rows = chance.sample(rows, len(rows))
    return {name: [spelled(chance, column, row[name]) for row in rows] for name, column in columns.items()}
