# SPDX-License-Identifier: Apache-2.0
"""casemetry measures case handling: indicators with their definitions, counts, unknowns and intervals."""

from typing import TYPE_CHECKING, Any

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
from casemetry.binding import Binding, bind
from casemetry.catalogue_pages import CatalogueEntry, CataloguePage, catalogue_page
from casemetry.catalogues import (
    Catalogue,
    Definition,
    Grouping,
    LeadSet,
    Unit,
    grouping,
    leads,
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
from casemetry.contributions import Claim, Overlap
from casemetry.cube import Cube
from casemetry.layouts import Layout
from casemetry.monthly_report import MonthlyReport, monthly
from casemetry.plan import Plan
from casemetry.protecting import protect
from casemetry.quality import Quality, check
from casemetry.quick import contribution, count, days, rate
from casemetry.reading import ColumnReport, Table, read
from casemetry.result import Result
from casemetry.structures import Structure, structure
from casemetry.templates import Filled, fill

if TYPE_CHECKING:
    from casemetry import datasets

__all__ = [
    "Binding",
    "CasemetryError",
    "Catalogue",
    "CatalogueEntry",
    "CataloguePage",
    "Claim",
    "ColumnNotFoundError",
    "ColumnReport",
    "Cube",
    "DataError",
    "Definition",
    "DefinitionError",
    "Expression",
    "Fault",
    "Filled",
    "Grouping",
    "Interval",
    "Layout",
    "LeadSet",
    "MergeError",
    "MissingPackageError",
    "Moments",
    "MonthlyReport",
    "Overlap",
    "Plan",
    "Quality",
    "QuantilePosition",
    "QueryError",
    "Ranks",
    "Result",
    "SchemaError",
    "Structure",
    "Table",
    "Unit",
    "__version__",
    "bind",
    "catalogue_page",
    "catalogue_schema",
    "check",
    "clopper_pearson",
    "col",
    "contribution",
    "count",
    "datasets",
    "days",
    "evaluate",
    "expression",
    "fill",
    "grouping",
    "leads",
    "mean",
    "moments",
    "monthly",
    "newcombe",
    "poisson_exact",
    "proportion",
    "protect",
    "quantile",
    "quantile_position",
    "quantile_ranks",
    "rate",
    "ratio",
    "ratio_exact",
    "read",
    "stock",
    "structure",
    "student_mean",
    "tally",
    "total",
    "unit",
    "units",
    "wilson",
]


def __getattr__(name: str) -> Any:
    """Import the data that come with the package when they are first asked for."""
    if name == "datasets":
        from importlib import import_module

        return import_module("casemetry.datasets")
    raise AttributeError(f"module 'casemetry' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
