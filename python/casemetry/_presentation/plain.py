# SPDX-License-Identifier: Apache-2.0
"""A grid as plain text for a terminal, aligned by the width that Chinese characters have there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from casemetry._presentation.display import clip, pad, safe_text, width
from casemetry._presentation.words import status_words

if TYPE_CHECKING:
    from casemetry._presentation.grid import Cell, Column, Grid
    from casemetry._presentation.words import Language

LABEL_WIDTH = 36
"""Columns that one label takes at most."""


def plain(grid: Grid, lang: Language, *, rows: int) -> str:
    """Print the first rows of a grid and say how many more there are.

    Notes and statuses stand in columns of their own beside their figure; a column of them without any is left out.
    """
    shown = grid.first(rows)
    strips = [
        strip
        for index, column in enumerate(grid.columns)
        for strip in _strips(column, [row[index] for row in shown], lang)
    ]
    lines = ["  ".join(texts).rstrip() for texts in zip(*(strip.lines() for strip in strips), strict=True)]
    lines.insert(1, "  ".join("-" * strip.width for strip in strips))
    below = (grid.more(rows, lang), *grid.below)
    return "\n".join([*lines, *(safe_text(line) for line in below if line)])


class _Strip(NamedTuple):
    texts: tuple[str, ...]  # the heading first
    right: bool

    @property
    def width(self) -> int:
        return max(map(width, self.texts))

    def lines(self) -> list[str]:
        columns = self.width
        return [pad(text, columns, right=self.right) for text in self.texts]


def _strips(column: Column, cells: Sequence[Cell], lang: Language) -> list[_Strip]:
    strips = [_strip(column.title, [cell.text for cell in cells], right=column.is_number)]
    notes = [cell.note for cell in cells]
    words = [status_words(cell.flags, lang) for cell in cells]
    return strips + [_strip(title, texts) for title, texts in ((column.note, notes), ("", words)) if any(texts)]


def _strip(title: str, texts: list[str], *, right: bool = False) -> _Strip:
    return _Strip(tuple(clip(safe_text(text), LABEL_WIDTH) for text in (title, *texts)), right)
