# SPDX-License-Identifier: Apache-2.0
"""Who reads what is published: all tables of whole numbers that agree with it, found by trying them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A sum of cells, and its number if it is shown."""

    cells: frozenset[int]
    shown: int | None


def tables(cells: int, least: Sequence[int], most: Sequence[int], sums: Sequence[Figure]) -> Iterator[tuple[int, ...]]:
    """Go through all tables in which cell `i` is from `least[i]` to `most[i]` and the shown sums are right."""
    known = [figure for figure in sums if figure.shown is not None]
    by_cell = [[place for place, figure in enumerate(known) if cell in figure.cells] for cell in range(cells)]
    need = [figure.shown or 0 for figure in known]
    left_least = [sum(least[cell] for cell in figure.cells) for figure in known]
    left_most = [sum(most[cell] for cell in figure.cells) for figure in known]
    table = [0] * cells

    def fill(cell: int) -> Iterator[tuple[int, ...]]:
        if cell == cells:
            yield tuple(table)
            return
        places = by_cell[cell]
        for place in places:
            left_least[place] -= least[cell]
            left_most[place] -= most[cell]
        low = max([least[cell], *(need[place] - left_most[place] for place in places)])
        high = min([most[cell], *(need[place] - left_least[place] for place in places)])
        for value in range(low, high + 1):
            table[cell] = value
            for place in places:
                need[place] -= value
            yield from fill(cell + 1)
            for place in places:
                need[place] += value
        for place in places:
            left_least[place] += least[cell]
            left_most[place] += most[cell]

    return fill(0)


def recovered(cells: Sequence[int], least: Sequence[int], sums: Sequence[Figure]) -> list[Figure]:
    """Give the hidden sums that have the same number in every table that agrees with what is shown.

    `cells` is the true table, `least` what each cell is known to hold; no cell is larger than all of them together.
    """
    most = [sum(cells) if bound < 0 else bound for bound in _bounds(cells, sums)]
    same = {figure for figure in sums if figure.shown is None}
    near = [max(low, cell - 1) for low, cell in zip(least, cells, strict=True)]
    for low, high in ((near, [cell + 1 for cell in cells]), (least, most)):  # another table is mostly near by
        for table in tables(len(cells), low, high, sums):
            same = {figure for figure in same if all_of(table, figure) == all_of(cells, figure)}
            if not same:
                return []
    return [figure for figure in sums if figure in same]


def all_of(table: Sequence[int], figure: Figure) -> int:
    """Add up the cells of a figure."""
    return sum(table[cell] for cell in figure.cells)


def _bounds(cells: Sequence[int], sums: Sequence[Figure]) -> list[int]:
    """For each cell the least shown sum that it is in; -1 if it is in none."""
    bounds = []
    for cell in range(len(cells)):
        within = [figure.shown for figure in sums if figure.shown is not None and cell in figure.cells]
        bounds.append(min(within) if within else -1)
    return bounds
