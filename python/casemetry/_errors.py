# SPDX-License-Identifier: Apache-2.0
"""What casemetry raises: one tree, so that a caller can catch all of it or just what he can mend."""

from __future__ import annotations

from typing import NamedTuple


class CasemetryError(Exception):
    """The root of the tree."""


class SchemaError(CasemetryError):
    """A table, file or Arrow structure does not have the form it should have."""


class ColumnNotFoundError(SchemaError, KeyError):
    """A column that a table does not have."""

    __str__ = Exception.__str__  # KeyError would show the message in quotes


class DataError(CasemetryError):
    """Values that cannot be used: out of range, ambiguous, contradictory."""


class MergeError(CasemetryError):
    """Cubes that do not fit together: other definitions, the same part twice, a part that is not inside."""


class MissingPackageError(CasemetryError, ImportError):
    """An optional package that is not installed."""


class QueryError(CasemetryError):
    """A question that a cube or a catalogue cannot be asked."""


class Fault(NamedTuple):
    """One fault of a definition: where, what, and the position inside an expression, in code points."""

    path: str
    message: str
    position: int | None


class DefinitionError(CasemetryError):
    """A definition that is not valid; ``faults`` tells every fault at once."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults
