# SPDX-License-Identifier: Apache-2.0
"""A result made of plain values, for what the presentations must do with figures that are hard to come by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
from casemetry.result import Result

if TYPE_CHECKING:
    from casemetry import _core

FIGURES: dict[str, Any] = {
    "value": None,
    "numerator": None,
    "denominator": None,
    "unknown": 0,
    "low": None,
    "high": None,
    "least": None,
    "most": None,
    "status": "ok",
    "flags": "",
}


@dataclass(frozen=True)
class Indicator:
    id: str
    kind: str = "proportion"
    label_zh: str = ""
    label_en: str = ""
    format: str = "automatic"
    decimals: int | None = None


@dataclass(frozen=True)
class Catalogue:
    indicators: tuple[Indicator, ...]

    def indicator(self, name: str, /) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.id == name)

    def json(self) -> str:
        return '{"schema": 1}'


@dataclass(frozen=True)
class Query:
    every: str | None = None


@dataclass(frozen=True)
class FakeCore:
    catalogue: Catalogue
    figures: list[dict[str, Any]]
    dimensions: list[str]
    comparisons: list[str]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    metadata_: dict[str, str] = field(default_factory=dict)
    query: Query = Query()
    identifies: bool = False

    @property
    def rows(self) -> int:
        return len(self.figures)

    @property
    def metadata(self) -> dict[str, str]:
        ids = [indicator.id for indicator in self.catalogue.indicators]
        return {
            "definition": "schema = 1\n",
            "definition_hashes": json.dumps(dict.fromkeys(ids, "0" * 64)),
            "labels": json.dumps(self.labels),
            "level": "0.95",
            **self.metadata_,
        }

    def columns(self) -> dict[str, list[Any]]:
        parts = ("value", "change", "low", "high")
        defaults = {
            "indicator": self.catalogue.indicators[0].id,
            **dict.fromkeys(self.dimensions),
            "period": None,
            **FIGURES,
            **{f"{name}_{part}": None for name in self.comparisons for part in parts},
        }
        return {name: [row.get(name, default) for row in self.figures] for name, default in defaults.items()}

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        columns = self.columns()
        arrays = {name: pa.array(values) for name, values in columns.items()}
        for name in ("indicator", *self.dimensions):
            arrays[name] = pa.array(columns[name], pa.string()).dictionary_encode()
        return pa.table(arrays).replace_schema_metadata(self.metadata).__arrow_c_stream__(requested_schema)


def fake(
    *figures: dict[str, Any],
    indicators: tuple[Indicator, ...] = (Indicator("rate", label_zh="不捕率", label_en="Non-arrest rate"),),
    dimensions: tuple[str, ...] = (),
    comparisons: tuple[str, ...] = (),
    labels: dict[str, dict[str, str]] | None = None,
    **metadata: str,
) -> Result:
    """Make a result of rows; what a row does not say is as of a row without a value."""
    core = FakeCore(Catalogue(indicators), list(figures), list(dimensions), list(comparisons), labels or {}, metadata)
    return Result(cast("_core.Result", core))
