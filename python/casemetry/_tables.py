# SPDX-License-Identifier: Apache-2.0
"""Tables by the names that a catalogue gives them, as they are handed to the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casemetry._errors import QueryError
from casemetry._nearest import hint
from casemetry.binding import Binding
from casemetry.catalogues import Catalogue, catalogue_of
from casemetry.reading import read

if TYPE_CHECKING:
    from casemetry import _core
    from casemetry.catalogues import Defined


def tables_and_definitions(
    tables: Mapping[str, Any] | Binding, catalogue: Catalogue | str | Iterable[Defined] | None
) -> tuple[dict[str, _core.Table], Catalogue]:
    """Read tables whose names the catalogue knows; a binding brings both."""
    if isinstance(tables, Binding):
        if catalogue is not None:
            raise QueryError("a binding brings its catalogue: leave `catalogue` out")
        return bound_tables(tables), tables.catalogue
    if catalogue is None:
        raise QueryError('tables need a catalogue: give one, as in cm.Cube(tables, "spp"), or bind them with cm.bind')
    definitions = catalogue_of(catalogue)
    return core_tables(tables, definitions.tables), definitions


def bound_tables(binding: Binding) -> dict[str, _core.Table]:
    """Give the tables of a binding."""
    return {name: table._core for name, table in binding.tables.items()}


def core_tables(tables: Mapping[str, Any], known: Sequence[str]) -> dict[str, _core.Table]:
    """Read tables whose names the catalogue knows."""
    _check_names(tables, known)
    return {name: read(data, name=name)._core for name, data in tables.items()}


def named_tables(data: Any, known: Sequence[str]) -> dict[str, _core.Table]:
    """Read tables by name; of a catalogue of one table also that table as it is, and of a binding its tables."""
    if isinstance(data, Binding):
        return {name: table for name, table in bound_tables(data).items() if name in known}
    if isinstance(data, Mapping) and data and set(data) <= set(known):
        return core_tables(data, known)
    if len(known) == 1:
        return core_tables({known[0]: data}, known)
    if isinstance(data, Mapping):
        return core_tables(data, known)
    raise QueryError(f"give the tables by their names: {', '.join(known)}")


def _check_names(given: Iterable[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            meant = hint(name, known, "give them the names that it has:")
            raise QueryError(f"the catalogue has no table '{name}'; {meant}")
