# SPDX-License-Identifier: Apache-2.0
"""Merged cells among the data: a text that stands for several rows of its column is read for each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casemetry._excel_heading import Cell, Range, Sheet

_NUMBER = re.compile(r"-?(0|[1-9][\d,]*)(\.\d+)?%?")  # not 0017, which is a code


def merged_below(sheet: Sheet, first: int) -> list[Range]:
    """Give the merged cells from a row on, from above."""
    return sorted(one for one in sheet.merged if first <= one[0][0] < len(sheet.rows))


def is_filled(merged: Range, sheet: Sheet) -> bool:
    """Tell whether merged cells mean only one thing: a text, over rows of one column.

    A number over several rows may be their sum, and a text over several columns may belong to any of them.
    """
    (top, left), (bottom, right) = merged
    cell = sheet.rows[top][left]
    is_text = isinstance(cell, str) and bool(cell.strip()) and not _NUMBER.fullmatch(cell.strip())
    return is_text and left == right and bottom > top


def filled_column(sheet: Sheet, column: int, filled: list[Range]) -> list[Cell]:
    """Give the cells of a column with the texts of these merged cells over the rows that they stand for."""
    cells = list(sheet.columns[column])
    for (top, _), (bottom, _) in filled:
        for row in range(top + 1, min(bottom + 1, len(cells))):
            if cells[row] == "":
                cells[row] = cells[top]
    return cells
