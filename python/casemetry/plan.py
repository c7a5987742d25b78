# SPDX-License-Identifier: Apache-2.0
"""What a build would do, told before it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from casemetry._presentation.html import STYLE, table
from casemetry._presentation.plain import plain
from casemetry._presentation.plan import plan_grids
from casemetry._presentation.words import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casemetry import _core
    from casemetry._core import PlannedBlock, PlannedTable, PlannedUnit
    from casemetry._presentation.grid import Grid
    from casemetry._presentation.words import Language

__all__ = ["Plan"]

_ROWS = 1_000  # more units, passes or aggregates than anyone declares


@dataclass(frozen=True, repr=False, eq=False)
class Plan:
    """Cells, memory, and what each count costs: made by :meth:`Cube.plan`, which tells all of it before the pass.

    The numbers of cells and the memory are upper bounds; all else is what the build does.
    """

    _core: _core.Plan

    @property
    def tables(self) -> list[PlannedTable]:
        """What is read: ``table``, ``rows``, ``columns``."""
        return list(self._core.tables)

    @property
    def units(self) -> list[PlannedUnit]:
        """What is counted: ``id``, ``from_`` (a table or unit), ``key``, ``units`` (how many there are)."""
        return list(self._core.units)

    @property
    def blocks(self) -> list[PlannedBlock]:
        """The passes, one for each unit and date.

        ``unit``, ``date``, ``axes`` (how many values each dimension may have), ``cells``, ``numbers_cells``, ``lanes``
        (conditions asked of every unit at once), ``proportions``, ``morsels``, ``bytes``, and ``aggregates`` with the
        ``lanes`` of each and how many outcomes are ``computed`` unit by unit.
        """
        return list(self._core.blocks)

    @property
    def cells(self) -> int:
        """How many cells there may be, at most."""
        return self._core.cells

    @property
    def bytes(self) -> int:
        """How much memory a thread needs for its counters, at most."""
        return self._core.bytes

    @property
    def not_available(self) -> Mapping[str, str]:
        """The indicators that the tables at hand do not allow, and why."""
        return MappingProxyType(self._core.not_available)

    def text(self, lang: Language = "zh") -> str:
        """Tell it in words: the tables, the units, the passes over them, the aggregates."""
        check_language(lang)
        return "\n\n".join(plain(grid, lang, rows=_ROWS) for grid in _told(self._core, lang))

    def html(self, lang: Language = "zh") -> str:
        """Tell it as a piece of HTML that needs no script, no other file and no network."""
        check_language(lang)
        tables = "<br>".join(table(grid, lang, rows=_ROWS) for grid in _told(self._core, lang))
        return f'<div class="casemetry"><style>{STYLE}</style>{tables}</div>'

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def _told(plan: _core.Plan, lang: Language) -> list[Grid]:
    """Leave out the tables that are empty, but for one that says why."""
    return [grid for grid in plan_grids(plan, lang) if grid.length or grid.below]
