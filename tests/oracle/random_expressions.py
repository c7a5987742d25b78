# SPDX-License-Identifier: Apache-2.0
"""Random expressions of a type over columns, and random cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from oracle.expression import Tree
from oracle.units import NOT_YET, Cell, Column, Columns, held

# Ends of months, leap days, the days at which a year or a reporting month begins, and weekends.
DAYS = [
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 1),
    dt.date(2024, 1, 25),
    dt.date(2024, 1, 26),
    dt.date(2024, 1, 31),
    dt.date(2024, 2, 28),
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 1),
    dt.date(2024, 3, 30),
    dt.date(2024, 3, 31),
    dt.date(2024, 4, 30),
    dt.date(2024, 5, 31),
    dt.date(2025, 2, 28),
    dt.date(2020, 2, 29),
]
NAMES = ["甲", "乙", "Ab", "a'b", "丙\\"]
NUMBERS = range(-14, 15)  # small enough to move a date by days or months
KEYS: dict[str, Sequence[Cell]] = {"text": [f"c{n}" for n in range(6)], "integer": [1, 2, 3], "date": DAYS[4:8]}
COMPARED = ("==", "!=", "<", "<=", ">", ">=")


def constant(chance: Random, column: Column) -> Cell:
    """Draw a constant that stands in a column; of a closed category one that it lists."""
    if column.type == "date":
        return chance.choice(DAYS)
    if column.type == "integer":
        return chance.choice(NUMBERS)
    if column.type == "decimal(2)":
        return Decimal(chance.randint(-300, 300)).scaleb(-2)
    if column.type == "boolean":
        return chance.random() < 0.5
    return chance.choice(column.values or NAMES)


def cell(chance: Random, column: Column) -> Cell:
    """Draw a cell: also missing, not yet, or not listed."""
    if column.present:
        return chance.choice(KEYS.get(column.type, NAMES))
    if chance.random() < 0.2:
        return NOT_YET if column.not_yet else None
    if column.values and chance.random() < 0.2:
        return "未列出"
    return constant(chance, column)


@dataclass(frozen=True)
class Scope:
    """The names that an expression may use."""

    columns: Columns
    source: Columns | None = None  # inside collapse calls; None: nothing is collapsed
    lookups: Sequence[str] = ()
    workdays: bool = False


class Expressions:
    """Draws expressions; `depth` is how many more operations may be nested."""

    def __init__(self, chance: Random, scope: Scope) -> None:
        self.chance = chance
        self.scope = scope

    def any(self, depth: int) -> Tree:
        """Draw an expression of any type."""
        draw = self.chance.choice([self.predicate, self.predicate, self.date, self.date, self.number, self.text])
        return draw(depth)

    def predicate(self, depth: int) -> Tree:
        """Draw a condition."""
        draws: list[Callable[[int], Tree]] = [self.comparison, self.membership, self.question, self.truth]
        draws += [self.logic] * 3 if depth > 0 else []
        return self.chance.choice(draws)(max(depth - 1, 0))

    def logic(self, depth: int) -> Tree:
        operation = self.chance.choice(["and", "or", "not", "coalesce", "=="])
        if operation == "not":
            return ("not", self.predicate(depth))
        if operation == "coalesce":
            return ("coalesce", self.predicate(depth), ("literal", self.chance.random() < 0.5))
        if operation == "==":
            return (self.chance.choice(["==", "!="]), self.truth(depth), self.truth(depth))
        return (operation, *(self.predicate(depth) for _ in range(self.chance.randint(2, 3))))

    def comparison(self, depth: int) -> Tree:
        operation = self.chance.choice(COMPARED)
        draw = self.chance.choice([self.date, self.date, self.number])
        if self.chance.random() < 0.25:
            low, high = sorted([self.chance.choice(DAYS), self.chance.choice(DAYS)])
            return ("between", self.date(depth), ("literal", low), ("literal", high))
        return (operation, draw(depth), draw(depth))

    def membership(self, depth: int) -> Tree:
        asked = self.text(depth)
        kind = held(asked, self.scope.columns, self.scope.source)
        if kind.type == "text" and self.chance.random() < 0.3:
            operation = self.chance.choice(["starts_with", "contains"])
            return (operation, asked, ("literal", self.chance.choice(["甲", "A", "c1"])))
        if self.chance.random() < 0.4:
            return (self.chance.choice(["==", "!="]), asked, ("literal", constant(self.chance, kind)))
        values = {constant(self.chance, kind) for _ in range(2)}
        return (self.chance.choice(["in", "not in"]), asked, tuple(sorted(values, key=str)))

    def question(self, depth: int) -> Tree:
        if self.scope.lookups and self.chance.random() < 0.7:
            return ("found", ("column", self.chance.choice(self.scope.lookups)))
        return ("is_null", self.any(depth))

    def truth(self, depth: int) -> Tree:
        return self.leaf("boolean", depth)

    def date(self, depth: int) -> Tree:
        """Draw a date."""
        operations = ["add_days", "add_months", "coalesce", "least", "greatest"]
        operations += ["add_workdays"] * 2 if self.scope.workdays else []
        if depth <= 0 or self.chance.random() < 0.4:
            return self.leaf("date", depth)
        operation = self.chance.choice(operations)
        if operation.startswith("add_"):
            return (operation, self.date(0 if operation == "add_workdays" else depth - 1), self.small())
        return (operation, *(self.date(depth - 1) for _ in range(self.chance.randint(2, 3))))

    def number(self, depth: int) -> Tree:
        """Draw an integer, or where both may stand a decimal."""
        operations = ["days", "year", "quarter", "month", "coalesce", "least", "greatest"]
        operations += ["workdays"] * 2 if self.scope.workdays else []
        if depth <= 0 or self.chance.random() < 0.3:
            return self.leaf(self.chance.choice(["integer", "integer", "decimal(2)"]), depth)
        operation = self.chance.choice(operations)
        if operation in ("days", "workdays"):
            nested = 0 if operation == "workdays" else depth - 1
            return (operation, self.date(nested), self.date(nested))
        if operation in ("coalesce", "least", "greatest"):
            return (operation, self.number(depth - 1), self.number(depth - 1))
        return (operation, self.date(depth - 1))

    def text(self, depth: int) -> Tree:
        """Draw a text or category."""
        leaf = self.leaf(self.chance.choice(["text", "category", "category"]), depth)
        if leaf[0] == "literal" or self.chance.random() < 0.75:
            return leaf
        kind = held(leaf, self.scope.columns, self.scope.source)
        other = self.leaf(kind.type, depth)
        if held(other, self.scope.columns, self.scope.source).values != kind.values:
            other = ("literal", constant(self.chance, kind))
        return ("coalesce", leaf, other)

    def small(self) -> Tree:
        """Draw a number that moves a date by little."""
        names = [name for name, column in self.scope.columns.items() if column.small]
        if names and self.chance.random() < 0.5:
            return ("column", self.chance.choice(names))
        return ("literal", self.chance.choice(NUMBERS))

    def leaf(self, type: str, depth: int) -> Tree:
        """Draw a column of a type, a collapse call, or a constant."""
        names = [name for name, column in self.scope.columns.items() if column.type == type]
        if self.scope.source is not None and (not names or self.chance.random() < 0.7):
            call = self.collapse(type, depth)
            if call is not None:
                return call
        if names and self.chance.random() < 0.9:
            return ("column", self.chance.choice(names))
        return ("literal", constant(self.chance, Column(type)))

    def collapse(self, type: str, depth: int) -> Tree | None:
        """Draw a collapse call that makes a type, if there is one."""
        assert self.scope.source is not None
        inside = Expressions(self.chance, Scope(self.scope.source, workdays=self.scope.workdays))
        calls: dict[str, list[str]] = {
            "boolean": ["any", "all", "only"],
            "integer": ["count", "min", "max", "sum", "only"],
            "decimal(2)": ["min", "max", "sum", "only"],
            "date": ["min", "max", "only"],
        }
        call = self.chance.choice(calls.get(type, ["only"]))
        argument = inside.argument(call, type, depth)
        if argument is None:
            return None
        if self.chance.random() < 0.4:
            argument = ("where", argument, inside.predicate(depth))
        return (call, argument)

    def argument(self, call: str, type: str, depth: int) -> Tree | None:
        """Draw what a collapse call is of."""
        if call in ("any", "all", "count"):
            return self.predicate(depth)
        if type in ("boolean", "date") and self.chance.random() < 0.5:
            return self.truth(depth) if type == "boolean" else self.date(depth)
        names = [name for name, column in self.scope.columns.items() if column.type == type]
        return ("column", self.chance.choice(names)) if names else None
