# SPDX-License-Identifier: Apache-2.0
"""The language over one row, in plain Python: None is unknown, or missing.

A row is a dict of column to value. A tree is a tuple of its operation and its parts; ``text`` writes it in the
language.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Tree = tuple[Any, ...]


def text(tree: Tree) -> str:
    """Write a tree in the language, with every parenthesis."""
    operation, *parts = tree
    if operation == "literal":
        return literal(parts[0])
    if operation == "column":
        return str(parts[0])
    if operation in ("in", "not in"):
        values = ", ".join(literal(value) for value in parts[1])
        return f"(({text(parts[0])}) {operation} [{values}])"
    if operation == "not":
        return f"(not ({text(parts[0])}))"
    if operation in ("and", "or"):
        return "(" + f" {operation} ".join(text(part) for part in parts) + ")"
    if operation in COMPARISONS:
        return f"({text(parts[0])} {operation} {text(parts[1])})"
    if operation == "where":  # inside a collapse call
        return f"{text(parts[0])} where {text(parts[1])}"
    return f"{operation}({', '.join(text(part) for part in parts)})"


def literal(value: Any) -> str:
    """Write a constant in the language."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def outcome(tree: Tree, row: Row) -> Any:
    """Evaluate a tree over a row."""
    operation, *parts = tree
    if operation == "literal":
        return parts[0]
    if operation == "column":
        return row[parts[0]]
    if operation == "and":
        return both([outcome(part, row) for part in parts])
    if operation == "or":
        return inverted(both([inverted(outcome(part, row)) for part in parts]))
    if operation == "not":
        return inverted(outcome(parts[0], row))
    if operation == "is_null":
        return outcome(parts[0], row) is None
    if operation == "coalesce":
        return next((value for part in parts if (value := outcome(part, row)) is not None), None)
    if operation in ("in", "not in"):
        value = outcome(parts[0], row)
        return None if value is None else (value in parts[1]) == (operation == "in")
    if operation == "between":
        value, low, high = (outcome(part, row) for part in parts)
        return both([compared("<=", low, value), compared("<=", value, high)])
    values = [outcome(part, row) for part in parts]
    if operation in COMPARISONS:
        return compared(operation, *values)
    return None if None in values else FUNCTIONS[operation](*values)


def both(outcomes: list[bool | None]) -> bool | None:
    """Kleene's and: false if any is false, else unknown if any is."""
    if False in outcomes:
        return False
    return None if None in outcomes else True


def inverted(value: bool | None) -> bool | None:
    """Kleene's not."""
    return None if value is None else not value


def compared(operation: str, left: Any, right: Any) -> bool | None:
    """Compare two values, unknown if either is missing."""
    return None if left is None or right is None else COMPARISONS[operation](left, right)


def months_added(date: dt.date, n: int) -> dt.date:
    """Add months; a day that the month lacks is its last."""
    year, month = divmod(date.year * 12 + date.month - 1 + n, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def works(day: dt.date, listed: Mapping[dt.date, bool]) -> bool:
    """Whether a day is a working day: Monday to Friday, unless it is listed otherwise."""
    return listed.get(day, day.weekday() < 5)


def workdays(start: dt.date, end: dt.date, listed: Mapping[dt.date, bool]) -> int:
    """Count the working days after the start up to the end, day by day."""
    if end < start:
        return -workdays(end, start, listed)
    days = range(start.toordinal() + 1, end.toordinal() + 1)
    return sum(works(dt.date.fromordinal(day), listed) for day in days)


def add_workdays(date: dt.date, n: int, listed: Mapping[dt.date, bool]) -> dt.date:
    """Find the working day to which it is n working days, by trying the days one after another."""
    step = dt.timedelta(days=1 if n > 0 else -1)
    day = date
    while not works(day, listed) or workdays(date, day, listed) != n:
        day += step
    return day


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "starts_with": lambda value, sought: value.startswith(sought),
    "contains": lambda value, sought: sought in value,
    "days": lambda start, end: (end - start).days,
    "year": lambda date: date.year,
    "quarter": lambda date: (date.month + 2) // 3,
    "month": lambda date: date.month,
    "least": min,
    "greatest": max,
    "add_days": lambda date, n: date + dt.timedelta(days=n),
    "add_months": months_added,
}
