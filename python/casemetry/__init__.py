# SPDX-License-Identifier: Apache-2.0
"""casemetry measures case handling: indicators with their definitions, counts, unknowns and intervals."""

from casemetry import datasets
from casemetry._core import (
    Expression,
    __version__,
    catalogue_schema,
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
from casemetry.catalogues import Catalogue, Definition, mean, proportion, quantile, ratio, tally, total
from casemetry.cube import Cube, evaluate
from casemetry.quick import count, days, rate
from casemetry.reading import ColumnReport, Table, read
from casemetry.result import Result

__all__ = [
    "CasemetryError",
    "Catalogue",
    "ColumnNotFoundError",
    "ColumnReport",
    "Cube",
    "DataError",
    "Definition",
    "DefinitionError",
    "Expression",
    "Fault",
    "Interval",
    "MissingPackageError",
    "Moments",
    "QuantilePosition",
    "QueryError",
    "Ranks",
    "Result",
    "SchemaError",
    "Table",
    "__version__",
    "catalogue_schema",
    "clopper_pearson",
    "col",
    "count",
    "datasets",
    "days",
    "evaluate",
    "expression",
    "mean",
    "moments",
    "newcombe",
    "poisson_exact",
    "proportion",
    "quantile",
    "quantile_position",
    "quantile_ranks",
    "rate",
    "ratio",
    "ratio_exact",
    "read",
    "student_mean",
    "tally",
    "total",
    "wilson",
]
