# SPDX-License-Identifier: Apache-2.0
"""The plan of a build, laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casemetry import _core
    from casemetry._presentation.words import Language

TABLES = (Label("表", "Table"), Label("行数", "Rows"), Label("读取的列", "Columns read"))
UNITS = (Label("计数单位", "Unit"), Label("来自", "Made from"), Label("每个", "One for each"), Label("个数", "Units"))
BLOCKS = (
    Label("计数单位", "Unit"),
    Label("按日期", "Placed by"),
    Label("格，至多", "Cells, at most"),
    Label("由", "Of"),
    Label("条件数", "Conditions"),
    Label("任务数", "Morsels"),
    Label("每线程内存，至多", "Memory a thread, at most"),
)
COSTS = (
    Label("计数", "Aggregate"),
    Label("计数单位", "Unit"),
    Label("种类", "Kind"),
    Label("条件数", "Conditions"),
    Label("逐个计算", "Worked out one by one"),
)
KINDS = {
    "count": Label("计数", "count"),
    "sum": Label("求和", "sum"),
    "days": Label("天数的直方图", "histogram of days"),
    "pending": Label("未结，按月增减", "pending, by changes a month"),
}
BY_PATTERN = Label("{unit}，按来源的构成：{pattern}", "{unit}, by the pattern of its sources: {pattern}")
MONTH = Label("月", "month")
NUMBERED = Label("先查出有哪些格", "those that occur are found first")
BOUNDS = Label("格数和内存是上限，其余为实际所用", "Cells and memory are upper bounds; all else is what the build does")
NOT_AVAILABLE = Label("无法计算", "not available")

_NUMBERS = {"Rows", "Units", "Cells, at most", "Conditions", "Morsels", "Memory a thread, at most"}
_NUMBERS |= {"Worked out one by one"}


def plan_grids(plan: _core.Plan, lang: Language) -> tuple[Grid, ...]:
    """Lay out the tables, the units, the passes over them, and what each aggregate costs."""
    tables = [(table.table, f"{table.rows:,}", ", ".join(table.columns)) for table in plan.tables]
    units = [(unit.id, _made_from(unit, lang), ", ".join(unit.key), f"{unit.units:,}") for unit in plan.units]
    costs = [
        (cost.aggregate, block.unit, KINDS[cost.kind].text(lang), str(cost.lanes), str(cost.computed))
        for block in plan.blocks
        for cost in block.aggregates
    ]
    below = [
        BOUNDS.text(lang),
        *(f"{name} {NOT_AVAILABLE.text(lang)}: {why}" for name, why in plan.not_available.items()),
    ]
    return (
        _grid(TABLES, tables, lang),
        _grid(UNITS, units, lang),
        _grid(BLOCKS, [_pass(block, lang) for block in plan.blocks], lang),
        _grid(COSTS, costs, lang, tuple(below)),
    )


def _made_from(unit: _core.PlannedUnit, lang: Language) -> str:
    return BY_PATTERN.text(lang).format(unit=unit.from_, pattern=unit.pattern) if unit.pattern else unit.from_


def _pass(block: _core.PlannedBlock, lang: Language) -> tuple[str, ...]:
    of = " × ".join(f"{MONTH.text(lang) if name == 'month' else name} {values:,}" for name, values in block.axes)
    if block.numbers_cells:
        of += f" ({NUMBERED.text(lang)})"
    return (
        block.unit,
        block.date,
        f"{block.cells:,}",
        of,
        str(block.lanes),
        f"{block.morsels:,}",
        bytes_text(block.bytes),
    )


def bytes_text(size: int) -> str:
    """Write a size of memory.

    Examples
    --------
    >>> bytes_text(900), bytes_text(1_234_567), bytes_text(5 * 10**9)
    ('900 B', '1.2 MB', '5.0 GB')
    """
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def _grid(titles: Sequence[Label], rows: Sequence[Sequence[Any]], lang: Language, below: tuple[str, ...] = ()) -> Grid:
    columns = tuple(Column(title.text(lang), is_number=title.en in _NUMBERS) for title in titles)
    return Grid(columns, len(rows), lambda row: tuple(map(Cell, rows[row])), below)
