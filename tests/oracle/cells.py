# SPDX-License-Identifier: Apache-2.0
"""Cells of a question in plain Python: rows are dicts whose outcome ``true`` is True, False or None (unknown)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import NormalDist
from typing import Any

Row = Mapping[str, Any]
Cell = tuple[str | None, ...]
Rows = Sequence[Row]


def in_label_order(cells: Iterable[Cell]) -> list[Cell]:
    """Sort cells by code point, the missing label last."""
    return sorted(cells, key=lambda cell: [(label is None, label or "") for label in cell])


def chosen(rows: Rows, condition: Callable[[Row], bool | None]) -> tuple[list[Row], int]:
    """Give the rows for which a condition is true, and how many it is unknown of."""
    outcomes = [condition(row) for row in rows]
    return [row for row, outcome in zip(rows, outcomes, strict=True) if outcome], outcomes.count(None)


def grouped(rows: Rows, by: Sequence[str]) -> dict[Cell, list[Row]]:
    """Give the rows of each cell that occurs, in label order."""
    cells: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        cells[tuple(row[name] for name in by)].append(row)
    return {cell: cells[cell] for cell in in_label_order(cells)}


def share(rows: Rows) -> tuple[int, int]:
    """Count the rows that are true, and those that are known."""
    known = [row["true"] for row in rows if row["true"] is not None]
    return sum(known), len(known)


def rate(rows: Rows) -> Fraction | None:
    """Give the share of the known rows that are true; None if there are none."""
    x, n = share(rows)
    return Fraction(x, n) if n else None


def largest(cells: Mapping[Cell, list[Row]], n: int) -> tuple[list[Cell], list[Row]]:
    """Give the ``n`` cells with most known rows, equal ones as they come, and the rows of the others."""
    order = sorted(cells, key=lambda cell: -share(cells[cell])[1])
    return order[:n], [row for cell in order[n:] for row in cells[cell]]


def wilson(x: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Give the score interval of a proportion (Wilson 1927), by the quadratic formula."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle, half = (x + z * z / 2) / (n + z * z), z * math.sqrt(x * (n - x) / n + z * z / 4) / (n + z * z)
    return middle - half, middle + half


def change_from_whole(part: Rows, whole: Rows) -> tuple[float, float, float] | None:
    """Give part − whole and its interval: Newcombe's (1998, method 10) of part − rest, times the rest's share."""
    (x, n), (all_x, all_n) = share(part), share(whole)
    if n == 0:
        return None
    rest_x, rest_n = all_x - x, all_n - n
    if rest_n == 0:
        return 0.0, 0.0, 0.0
    p, q, times = x / n, rest_x / rest_n, rest_n / all_n
    (low, high), (rest_low, rest_high) = wilson(x, n), wilson(rest_x, rest_n)
    return (
        times * (p - q),
        times * (p - q - math.hypot(p - low, rest_high - q)),
        times * (p - q + math.hypot(high - p, q - rest_low)),
    )
