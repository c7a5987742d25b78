# SPDX-License-Identifier: Apache-2.0
"""A result as a report: a row a cell and period, a column an indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casemetry._optional import require
from casemetry._presentation.cells import (
    change_cell,
    change_column,
    exclusive_any_cell,
    name_column,
    number_column,
    value_cell,
)
from casemetry._presentation.convertible import Convertible
from casemetry._presentation.figures import NOTHING, number_text
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.html import fragment
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.plain import plain
from casemetry._presentation.words import WORDS, Label, Language, check_language, word

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow

    from casemetry._presentation.facts import Facts
    from casemetry._presentation.figures import Measure

Key = tuple[Any, ...]


@dataclass(frozen=True, repr=False, eq=False)
class Wide(Convertible):
    """A view of a result with one column an indicator: figures to read, raw numbers to work with.

    In a notebook each figure has its interval and its denominator below it in small type.
    """

    facts: Facts
    lang: Language = "zh"

    def __post_init__(self) -> None:
        check_language(self.lang)

    def __len__(self) -> int:
        """Count the rows: cells × periods."""
        return len(self.keys)

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.html(rows=40)

    def text(self, *, rows: int = 40) -> str:
        """Print the first rows as a text table: figures and statuses."""
        return plain(self.grid(notes=False), self.lang, rows=rows)

    def html(self, *, rows: int = 200) -> str:
        """Print the first rows as a piece of HTML that needs nothing else."""
        return fragment(self.grid(), self.lang, rows=rows)

    def columns(self) -> dict[str, list[Any]]:
        """Give raw values: the dimensions, ``period``, each indicator by its id, and ``<id>_<comparison>_change``.

        Rates are fractions, counts are integers; None where there is no value.
        """
        names = (*self.facts.dimensions, "period")
        columns = {name: [key[place] for key in self.keys] for place, name in enumerate(names)}
        for measure in self.facts.measures.values():
            columns[measure.id] = self.values(measure, "numerator" if measure.is_relative else "value")
            for name in self.facts.comparisons:
                columns[f"{measure.id}_{name}_change"] = self.values(measure, f"{name}_change")
        return columns

    def to_arrow(self) -> pyarrow.Table:
        """Convert to an Arrow table of raw values."""
        check_may_leave(self.facts.core)
        pa = require("pyarrow")
        types = dict.fromkeys((*self.facts.dimensions, "period"), pa.string())
        types |= {measure.id: pa.int64() for measure in self.facts.measures.values() if _is_whole(self, measure)}
        arrays = {name: pa.array(values, types.get(name, pa.float64())) for name, values in self.columns().items()}
        table: pyarrow.Table = pa.table(arrays)
        return table

    def to_excel(self, path: str | Path) -> Path:
        """Write this view as an Excel file; see :func:`casemetry.excel.write_excel`."""
        from casemetry.excel import write_excel

        return write_excel(self, path, lang=self.lang)

    @cached_property
    def keys(self) -> list[Key]:
        """The cells and periods, in the order in which they appear; the period last."""
        return list(dict.fromkeys(key for _, key in self._places))

    @property
    def name_labels(self) -> list[Label]:
        """What stands before the figures: the dimensions, the period; one without a name if there is neither."""
        labels = [self.facts.dimension_label(name) for name in self.facts.dimensions]
        if self.facts.has_periods:
            labels.append(WORDS["period"])
        return labels or [Label("", "")]

    def names(self, place: int) -> list[str]:
        """Give the words before the figures of a row; a missing one has a word."""
        *labels, period = self.keys[place]
        texts = [self.facts.label_text(label, self.lang) for label in labels]
        if self.facts.has_periods:
            texts.append(word("undated", self.lang) if period is None else str(period))
        return texts or [word("all", self.lang)]

    def index(self, measure: Measure, place: int) -> int | None:
        """Find the row of the result for an indicator in a row of this view."""
        return self._places.get((measure.id, self.keys[place]))

    def values(self, measure: Measure, source: str) -> list[Any]:
        """Take a column of the result for one indicator, in the order of ``keys``."""
        column = self.facts.columns[source]
        indexes = [self.index(measure, place) for place in range(len(self))]
        return [None if index is None else column[index] for index in indexes]

    def grid(self, *, notes: bool = True) -> Grid:
        """Lay the view out for reading; ``notes``: with intervals and denominators by the figures."""
        names = [name_column(label, self.lang) for label in self.name_labels]
        figures = [column for measure in self.facts.measures.values() for column in self._columns_of(measure)]
        has_notes = notes and self.facts.has("denominator")
        small = word("small_type", self.lang).format(level=self.facts.level)
        small += word("small_type_band", self.lang) if self.facts.has("any") else ""
        below = (*([small] if has_notes else []), *self.facts.below(self.lang))
        return Grid((*names, *figures), len(self), lambda place: self._row(place, notes=notes), below)

    @cached_property
    def _places(self) -> dict[tuple[str, Key], int]:
        columns = self.facts.columns
        keys = zip(*(columns[name] for name in (*self.facts.dimensions, "period")), strict=True)
        return {place: index for index, place in enumerate(zip(columns["indicator"], keys, strict=True))}

    def _columns_of(self, measure: Measure) -> list[Column]:
        changes = [change_column(self.facts, name, self.lang) for name in self.facts.comparisons]
        return [number_column(measure.label, self.lang), *(replace(change, note="") for change in changes)]

    def _row(self, place: int, *, notes: bool) -> tuple[Cell, ...]:
        names = map(Cell, self.names(place))
        cells = [cell for measure in self.facts.measures.values() for cell in self._cells(measure, place)]
        return (*names, *(cell if notes else replace(cell, note="") for cell in cells))

    def _cells(self, measure: Measure, place: int) -> list[Cell]:
        index = self.index(measure, place)
        if index is None:
            return [Cell(NOTHING)] * (1 + len(self.facts.comparisons))
        value = value_cell(self.facts, index, self.lang)
        n = number_text(self.facts.columns["denominator"][index])
        note = " ".join(filter(None, (value.note, f"n = {n}" if n else "")))
        if measure.kind == "contribution":
            note = " · ".join(filter(None, (note, exclusive_any_cell(self.facts, index).text)))
        return [
            replace(value, note=note),
            *(change_cell(self.facts, name, index, self.lang) for name in self.facts.comparisons),
        ]


def _is_whole(wide: Wide, measure: Measure) -> bool:
    return measure.is_relative and not any(isinstance(value, float) for value in wide.values(measure, "numerator"))
