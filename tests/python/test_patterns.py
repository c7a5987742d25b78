# SPDX-License-Identifier: Apache-2.0
"""Patterns of sets: by groups that are listed, by groups that a dated table tells; beside counting in plain Python."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import casemetry as cm
import pandas as pd
import pyarrow as pa
import pytest
from casemetry import DataError, DefinitionError, MergeError
from hypothesis import given
from hypothesis import strategies as st

ORIGIN = {"digital": ["m1", "m2"], "traditional": ["hotline", "report"]}
COLUMNS = {"sources": {"type": "set"}, "found_on": {"type": "date"}}
FIRST = dt.date(2024, 1, 1)

Row = tuple[str, str, dt.date | None, dt.date | None]  # source, group, and the days of it, both included


def catalogue(
    mix: str | cm.Expression = "pattern(sources, @origin)", where: str = "true", **groupings: Mapping[str, Any]
) -> cm.Catalogue:
    return cm.Catalogue.from_dict(
        {
            "schema": 1,
            "id": "mixes",
            "table": {"leads": {"columns": COLUMNS}, "models": {}},
            "grouping": {"origin": ORIGIN, "dated": {"table": "models"}} | groupings,
            "unit": {"lead": {"from": "leads", "columns": {"mix": str(mix)}}},
            "aggregate": [{"id": "leads", "unit": "lead", "where": where}],
        }
    )


def leads(sources: Sequence[Sequence[str] | None], found_on: Sequence[dt.date | None] | None = None) -> pa.Table:
    table = pa.table({"sources": pa.array(sources, pa.list_(pa.string()))})
    return table if found_on is None else table.append_column("found_on", pa.array(found_on, pa.date32()))


def models(rows: Sequence[Row]) -> pa.Table:
    source, group, valid_from, valid_to = zip(*rows, strict=True)
    days = {"valid_from": pa.array(valid_from, pa.date32()), "valid_to": pa.array(valid_to, pa.date32())}
    return pa.table({"source": source, "group": group} | days)


def mixes(definitions: cm.Catalogue, **tables: Any) -> list[str | None]:
    made = cm.units(tables, definitions, "lead", columns="mix")
    return [None if pd.isna(cell) else cell for cell in made.to_pandas()["mix"]]


# ---------------------------------------------------------------- what a pattern is


def test_a_pattern_counts_the_sources_of_each_group() -> None:
    table = leads([["m1", "hotline", "m2"], ["report"], [], None])
    assert mixes(catalogue(), leads=table) == ["digital 2, traditional 1", "traditional 1", "[]", None]


def test_the_identity_counts_each_source() -> None:
    table = leads([["m1", "hotline"], ["a, b", "c"]])
    assert mixes(catalogue("pattern(sources, @source)"), leads=table) == ["hotline 1, m1 1", '"a, b" 1, c 1']


def test_a_pattern_in_code_is_the_one_in_text() -> None:
    assert catalogue(cm.col("sources").pattern("origin")).toml() == catalogue().toml()


def test_a_pattern_stands_in_no_condition() -> None:
    with pytest.raises(DefinitionError, match="a pattern stands in a column of a unit"):
        catalogue(where="pattern(sources, @origin) == '[]'")


def test_a_stranger_is_told_with_the_nearest_source() -> None:
    with pytest.raises(DataError, match=r"row 2: source 'hotlin' is in no group of 'origin'; did you mean 'hotline'\?"):
        mixes(catalogue(), leads=leads([["m1"], ["hotlin"]]))


def test_a_set_beyond_the_limit_is_told_with_its_row_and_size() -> None:
    many = [f"s{number}" for number in range(65)]
    assert mixes(catalogue(origin={"all": ["x"], "rest": "others"}), leads=leads([many[:64]])) == ["others 64"]
    with pytest.raises(DataError, match="table 'leads', column 'sources', row 2: 65 different members"):
        mixes(catalogue(), leads=leads([["m1"], many]))


def test_a_unit_takes_some_columns_of_its_source() -> None:
    unit = cm.unit("sets", from_="leads", take=["sources"], columns={"n": "size(sources)"})
    made = cm.units({"leads": leads([["m1"]], [FIRST])}, [unit], "sets")
    assert list(made.to_pandas().columns) == ["sources", "n"]


# ---------------------------------------------------------------- groups that a table tells


def group_on(rows: Sequence[Row], source: str, day: dt.date) -> str:
    """Look for the row of a source that a day falls into."""
    for name, group, begin, end in rows:
        if name == source and (begin is None or begin <= day) and (end is None or day <= end):
            return group
    return "rest"


def group_ever(rows: Sequence[Row], source: str) -> str | None:
    """Look at every day on which anything could change: None if a source has been in several groups."""
    days = {dt.date(1, 1, 1), dt.date(9999, 12, 31)}
    for _, _, begin, end in rows:
        days |= {day for day in (begin, end) if day is not None}
        days |= {end + dt.timedelta(1)} if end is not None else set()
        days |= {begin - dt.timedelta(1)} if begin is not None else set()
    groups = {group_on(rows, source, day) for day in days}
    return groups.pop() if len(groups) == 1 else None


def text_of(rows: Sequence[Row], sources: Sequence[str] | None, day: dt.date | None) -> str | None:
    if sources is None:
        return None
    groups = [group_ever(rows, s) if day is None else group_on(rows, s, day) for s in sources]
    if None in groups:
        return None
    return ", ".join(f"{group} {count}" for group, count in sorted(Counter(groups).items())) or "[]"


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Sources that move between groups, in no two of them at once; some days they are in none."""
    rows: list[Row] = []
    for source in ("a", "b", "c"):
        bounds = draw(st.lists(st.integers(0, 40), max_size=6, unique=True).map(sorted))
        for begin, end in zip(bounds[::2], bounds[1::2], strict=False):
            days = (FIRST + dt.timedelta(begin), FIRST + dt.timedelta(end))
            rows.append((source, draw(st.sampled_from("xy")), *days))
        if draw(st.booleans()):
            last = FIRST + dt.timedelta(bounds[-1] + 1) if bounds else None
            rows.append((source, draw(st.sampled_from("xy")), last, None))
    return rows or [("a", "x", None, None)]


SETS = st.none() | st.lists(st.sampled_from("abcd"), max_size=4)
DAYS = st.none() | st.integers(-5, 45).map(lambda number: FIRST + dt.timedelta(number))


@given(rows=histories(), cells=st.lists(st.tuples(SETS, DAYS), min_size=1, max_size=30))
def test_a_dated_pattern_is_what_looking_up_each_source_on_the_day_gives(
    rows: list[Row], cells: list[tuple[list[str] | None, dt.date | None]]
) -> None:
    definitions = catalogue("pattern(sources, @dated by found_on)", dated={"table": "models", "rest": "rest"})
    table = leads([cell[0] for cell in cells], [cell[1] for cell in cells])
    assert mixes(definitions, leads=table, models=models(rows)) == [text_of(rows, *cell) for cell in cells]


def test_a_source_in_two_groups_at_once_is_told_with_its_rows() -> None:
    rows = models([("m1", "digital", None, FIRST), ("m2", "digital", None, None), ("m1", "traditional", FIRST, None)])
    definitions = catalogue("pattern(sources, @dated by found_on)")
    with pytest.raises(DataError, match=r"table 'models', rows 1 and 3: source 'm1' .* on 2024-01-01"):
        mixes(definitions, leads=leads([["m1"]], [FIRST]), models=rows)


# ---------------------------------------------------------------- cubes


def cube(part: str, sources: Sequence[Sequence[str]], rows: Sequence[Row]) -> cm.Cube:
    tables = {"leads": leads(sources, [FIRST] * len(sources)), "models": models(rows)}
    return cm.Cube(tables, catalogue("pattern(sources, @dated by found_on)"), by=["mix"], part=part)


def test_parts_of_one_table_of_groups_add_to_the_whole() -> None:
    rows: list[Row] = [("m1", "digital", None, None), ("hotline", "traditional", None, None)]
    whole = cube("", [["m1"], ["m1", "hotline"], ["hotline"]], rows)
    parts = cube("", [["m1"]], rows) + cube("", [["m1", "hotline"], ["hotline"]], rows)
    assert parts == whole


def test_parts_of_different_tables_of_groups_do_not_add_even_after_travelling() -> None:
    first = cube("a", [["m1"]], [("m1", "digital", None, None)])
    second = cube("b", [["m1"]], [("m1", "digital", FIRST, None)])
    for travelled in (first, cm.Cube.from_arrow(first.to_arrow()), pickle.loads(pickle.dumps(first))):
        with pytest.raises(
            MergeError, match="grouping 'dated': source 'm1' is in 'digital' on the left and in 'digital'"
        ):
            travelled + second
