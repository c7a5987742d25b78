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
    MergeError,
    MissingPackageError,
    QueryError,
    SchemaError,
)
from casemetry._statistics import Interval, Moments, QuantilePosition, Ranks
from casemetry.catalogues import (
    Catalogue,
    Definition,
    Unit,
    mean,
    proportion,
    quantile,
    ratio,
    stock,
    tally,
    total,
    unit,
)
from casemetry.checking import evaluate, units
from casemetry.cube import Cube
from casemetry.plan import Plan
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
    "MergeError",
    "MissingPackageError",
    "Moments",
    "Plan",
    "QuantilePosition",
    "QueryError",
    "Ranks",
    "Result",
    "SchemaError",
    "Table",
    "Unit",
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
    "stock",
    "student_mean",
    "tally",
    "total",
    "unit",
    "units",
    "wilson",
]
