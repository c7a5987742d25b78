# SPDX-License-Identifier: Apache-2.0
"""The first rows of a table of cases, laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casemetry._presentation.grid import Cell, Column, Grid

if TYPE_CHECKING:
    from casemetry import _core


def rows_grid(table: _core.Table, rows: int) -> Grid:
    """Lay out the first ``rows`` of a table; cells as they are written, a missing one empty."""
    names = table.column_names
    cells = [table.values(name, rows) for name in names]
    columns = tuple(
        Column(name, is_number=report.read_as.startswith(("integer", "decimal")))
        for name, report in zip(names, table.report(), strict=True)
    )
    return Grid(columns, table.rows, lambda row: tuple(Cell(_text(column[row])) for column in cells))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value) or "[]"  # the members of a set
    return str(value)
