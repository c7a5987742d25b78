# SPDX-License-Identifier: Apache-2.0
"""A table as it is read, before it is text or HTML: headings, cells, and what stands below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casemetry._presentation.words import Language


@dataclass(frozen=True)
class Column:
    """A heading.

    Attributes
    ----------
    title
        What the column is.
    beside
        The same in the other language; empty if that says nothing new.
    note
        What the notes of its cells are: ``95% 区间``.
    is_number
        Whether its cells are figures, which stand at the right.
    """

    title: str
    beside: str = ""
    note: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one place.

    Attributes
    ----------
    text
        A label or a figure.
    note
        What is smaller and beside it: the interval.
    flags
        The flags of the figure, gravest first, by their words in the data.
    hint
        What a page shows when the pointer rests on it.
    """

    text: str
    note: str = ""
    flags: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Grid:
    """Columns, rows that are made when they are asked for, and what is said below.

    Every string is as it came, unescaped: it is made harmless where the grid is printed.
    """

    columns: tuple[Column, ...]
    length: int
    row: Callable[[int], tuple[Cell, ...]]
    below: tuple[str, ...] = ()

    def first(self, limit: int) -> list[tuple[Cell, ...]]:
        """Make the first rows, ``limit`` at most."""
        return [self.row(index) for index in range(min(self.length, limit))]

    def more(self, limit: int, lang: Language) -> str:
        """Say how many rows follow the first ``limit``; nothing if none does."""
        more = self.length - limit
        if more <= 0:
            return ""
        if lang == "zh":
            return f"… 还有 {more:,} 行，共 {self.length:,} 行"
        return f"… {more:,} more rows, {self.length:,} in all"
