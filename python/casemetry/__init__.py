# SPDX-License-Identifier: Apache-2.0
"""casemetry measures case handling: indicators with their definitions, counts, unknowns and intervals."""

from casemetry._core import __version__
from casemetry._errors import (
    CasemetryError,
    ColumnNotFoundError,
    DataError,
    DefinitionError,
    Fault,
    QueryError,
    SchemaError,
)

__all__ = [
    "CasemetryError",
    "ColumnNotFoundError",
    "DataError",
    "DefinitionError",
    "Fault",
    "QueryError",
    "SchemaError",
    "__version__",
]
