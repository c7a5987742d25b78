# SPDX-License-Identifier: Apache-2.0
"""casemetry measures case handling: indicators with their definitions, counts, unknowns and intervals."""

from casemetry._core import (
    Expression,
    __version__,
    clopper_pearson,
    col,
    expression,
    moments,
    newcombe,
    poisson_exact,
    quantile_position,
    quantile_ranks,
    ratio_exact,
    student_mean,
    wilson,
)
from casemetry._errors import (
    CasemetryError,
    ColumnNotFoundError,
    DataError,
    DefinitionError,
    Fault,
    MissingPackageError,
    QueryError,
    SchemaError,
)
from casemetry._statistics import Interval, Moments, QuantilePosition, Ranks
from casemetry.reading import ColumnReport, Table, read

__all__ = [
    "CasemetryError",
    "ColumnNotFoundError",
    "ColumnReport",
    "DataError",
    "DefinitionError",
    "Expression",
    "Fault",
    "Interval",
    "MissingPackageError",
    "Moments",
    "QuantilePosition",
    "QueryError",
    "Ranks",
    "SchemaError",
    "Table",
    "__version__",
    "clopper_pearson",
    "col",
    "expression",
    "moments",
    "newcombe",
    "poisson_exact",
    "quantile_position",
    "quantile_ranks",
    "ratio_exact",
    "read",
    "student_mean",
    "wilson",
]
