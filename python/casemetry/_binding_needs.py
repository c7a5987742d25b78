# SPDX-License-Identifier: Apache-2.0
"""What indicators can be computed from tables, and what the others lack: both asked of the core."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casemetry import _core
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry.catalogues import Catalogue
    from casemetry.reading import Table


CODES_WAIT = Label("：代码待定", ": codes wait")
"""Behind a column that is there, but none of whose spellings stands for a value."""

Columns = Collection[tuple[str, str]]


def missing_of(tables: Mapping[str, Table], catalogue: Catalogue, codes_wait: Columns) -> dict[str, tuple[str, ...]]:
    """Give the indicators that these tables do not allow, each with the tables and columns that it lacks.

    The plan is asked about tables without rows: what is lacking is told by columns, whatever they hold.
    """
    empty = {name: _without_rows(table) for name, table in tables.items()}
    lacking = _core.plan(empty, catalogue._core).not_available
    return {
        name: tuple(_lacks(name, tables, catalogue, codes_wait)) or (why,)
        for name, why in lacking.items()
        if name in catalogue.indicators
    }


def _lacks(indicator: str, tables: Mapping[str, Table], catalogue: Catalogue, codes_wait: Columns) -> Iterator[str]:
    """Compare what the definitions behind an indicator read with what there is."""
    needed = catalogue.only(indicator)
    for table in needed.tables:
        if table not in tables:
            yield table
            continue
        for column in needed.columns(table):
            if column not in tables[table].columns:
                yield f"{table}.{column}{CODES_WAIT.zh if (table, column) in codes_wait else ''}"


def _without_rows(table: Table) -> _core.Table:
    import pyarrow as pa

    return _core.Table.from_stream(
        pa.table({report.name: pa.array([], _arrow_type(report.read_as)) for report in table.report()}),
        name=table.name,
    )


def _arrow_type(read_as: str) -> Any:
    """Give the Arrow type of a column by the core's word for its type."""
    import pyarrow as pa

    word, scale = re.match(r"(\w+)(?:\((\d+)\))?", read_as).groups()  # type: ignore[union-attr]
    if word == "decimal":
        return pa.decimal128(18, int(scale))
    return {
        "integer": pa.int64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
        "set": pa.list_(pa.string()),
    }.get(word, pa.string())
