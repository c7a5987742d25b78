# SPDX-License-Identifier: Apache-2.0
"""The names of a catalogue that a layout may use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casemetry._errors import QueryError
from casemetry._nearest import hint

if TYPE_CHECKING:
    from casemetry._layout_reader import Line, StructureLine
    from casemetry.catalogues import Catalogue


class KnownNames:
    """The indicators, the dimensions and the values of closed dimensions of a catalogue.

    Examples
    --------
    >>> import casemetry as cm
    >>> from casemetry._layout_reader import Line
    >>> known = KnownNames(cm.Catalogue.shipped("spp"))
    >>> list(known.unknown(Line(("non_arest_rate",), by="offices")))  # doctest: +NORMALIZE_WHITESPACE
    ["no indicator 'non_arest_rate'; did you mean 'non_arrest_rate'?",
     "no dimension 'offices'; did you mean 'office'?"]
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._tree: dict[str, Any] = json.loads(catalogue.json())

    def unknown(self, line: Line) -> Iterator[str]:
        """Tell what a line names and the catalogue does not have."""
        for name in line.of:
            try:
                self._catalogue.indicator(name)
            except QueryError as error:
                yield str(error)
        if not line.dimension:
            return
        if line.dimension not in self._dimensions:
            yield f"no dimension '{line.dimension}'; {_near(line.dimension, self._dimensions)}"
        elif line.where and self._values(line.dimension) and line.where[1] not in self._values(line.dimension):
            value, values = line.where[1], self._values(line.dimension)
            yield f"'{line.dimension}' has no value '{value}'; {_near(value, values)}"

    def unknown_of(self, ratio: StructureLine) -> Iterator[str]:
        """Tell what a structural ratio names and the catalogue does not have."""
        counts = [*self._catalogue.indicators, *self._catalogue.aggregates]
        known = {"count": counts, "dimension": self._dimensions, "grouping": self._catalogue.groupings}
        for (what, names), name in zip(known.items(), (ratio.of, ratio.dimension, ratio.groups), strict=True):
            if name not in names:
                yield f"no {what} '{name}'; {_near(name, names)}"

    @cached_property
    def _dimensions(self) -> list[str]:
        columns = [name for table in self._tree.get("table", {}).values() for name in table.get("columns", {})]
        hierarchies = (one.get("hierarchy", {}) for one in self._tree.get("dimension", {}).values())
        levels = [level for one in hierarchies if isinstance(one, dict) for level in one.get("levels", [])]
        return sorted({*self._tree.get("dimension", {}), *columns, *levels})

    def _values(self, dimension: str) -> list[str]:
        """Give the values that the columns of a dimension list; nothing if one of them is open."""
        source = self._tree.get("dimension", {}).get(dimension, {}).get("from", {})
        names = {dimension, *source.values()} if isinstance(source, dict) else {dimension}
        columns = [
            column
            for table in self._tree.get("table", {}).values()
            for name, column in table.get("columns", {}).items()
            if name in names
        ]
        if not columns or not all(column.get("values") for column in columns):
            return []
        return list(dict.fromkeys(value for column in columns for value in column["values"]))


def _near(name: str, known: Iterable[str]) -> str:
    return hint(name, known, "known:", most=12)
