# SPDX-License-Identifier: Apache-2.0
"""The sets that units make of their rows: against plain Python and DuckDB, whatever the order, chunks and threads."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import casemetry as cm
import duckdb
import pyarrow as pa
import pytest
from casemetry import _core
from conftest import SEED
from hypothesis import given
from hypothesis import strategies as st

COLUMNS = {
    "sources": "set(source)",
    "log": "bag(source)",
    "first": "earliest(source by found_on)",
    "last": "latest(source by found_on)",
    "paid": "set(source where amount > 1)",
    "last_paid": "latest(source by found_on where amount > 1)",
    "many": "size(set(source)) >= 2",
}
DISCOVERED = cm.unit("discovered", from_="discoveries", one_row_per="lead", columns=COLUMNS)
SCHEMA = pa.schema(
    {"lead": pa.string(), "source": pa.string(), "found_on": pa.date32(), "amount": pa.int64()},
)

Row = tuple[str, str | None, dt.date | None, int | None]  # lead, source, found_on, amount


def discoveries(rows: Sequence[Row]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [[]] * len(SCHEMA)
    return pa.table([pa.array(list(c), f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def core_units(data: Any, catalogue: cm.Catalogue, **options: Any) -> cm.Table:
    tables = {"discoveries": cm.read(data, name="discoveries")._core}
    return cm.Table(_core.units(tables, catalogue._core, "discovered", **options))


def by_plain_python(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Work the unit out as its definition says, one lead at a time."""

    def at(found: list[Row], time: Any) -> list[str]:
        timed = [(source, day) for _, source, day, _ in found if source is not None and day is not None]
        when = time((day for _, day in timed), default=None)
        return sorted({source for source, day in timed if day == when})

    units = []
    for lead in sorted({lead for lead, *_ in rows}):
        found = [row for row in rows if row[0] == lead]
        paid = [row for row in found if row[3] is not None and row[3] > 1]
        log = sorted(source for _, source, _, _ in found if source is not None)
        sources = sorted(set(log))
        of_paid = sorted({source for _, source, _, _ in paid if source is not None})
        units.append((lead, sources, log, at(found, min), at(found, max), of_paid, at(paid, max), len(sources) >= 2))
    return units


def as_rows(table: cm.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(table.values(name) for name in ["lead", *COLUMNS]), strict=True))


SOURCE = st.none() | st.sampled_from(["hotline", "model_1", "model_2", "报告", "report"])
DAY = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 4))
ROWS = st.lists(st.tuples(st.sampled_from("abcd"), SOURCE, DAY, st.none() | st.integers(0, 3)), max_size=30)


@given(ROWS)
def test_they_are_the_sets_of_plain_python(rows: list[Row]) -> None:
    assert as_rows(core_units(discoveries(rows), cm.Catalogue.of(DISCOVERED))) == by_plain_python(rows)


@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 3), st.integers(1, 40))
def test_neither_order_nor_chunking_nor_threads_decide(
    rows: list[Row], chance: random.Random, threads: int, morsel: int
) -> None:
    catalogue = cm.Catalogue.of(DISCOVERED)
    expected = core_units(discoveries(rows), catalogue, threads=1).to_arrow()
    shuffled = chance.sample(rows, len(rows))
    made = core_units(discoveries(shuffled), catalogue, threads=threads, morsel=morsel).to_arrow()
    assert made.equals(expected)
    assert _bytes(made) == _bytes(expected)


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    contents: bytes = sink.getvalue().to_pybytes()
    return contents


SQL = """
with timed as (
  select *, min(found_on) filter (where source is not null) over (partition by lead) as first_on,
         max(found_on) filter (where source is not null) over (partition by lead) as last_on,
         max(found_on) filter (where source is not null and amount > 1) over (partition by lead) as last_paid_on
  from discoveries
)
select lead,
       list_sort(list(distinct source) filter (where source is not null)),
       list_sort(list(source) filter (where source is not null)),
       list_sort(list(distinct source) filter (where source is not null and found_on = first_on)),
       list_sort(list(distinct source) filter (where source is not null and found_on = last_on)),
       list_sort(list(distinct source) filter (where source is not null and amount > 1)),
       list_sort(list(distinct source) filter (where source is not null and amount > 1 and found_on = last_paid_on)),
       count(distinct source) >= 2
from timed group by lead order by lead
"""


@pytest.mark.parametrize("sources", [3, 300, 5000])
def test_they_are_the_lists_of_duckdb(sources: int) -> None:
    """Few sources are looked up at once, some are packed into 64 bits, long sets are hashed: all three are met."""
    chance = random.Random(f"{SEED} {sources}")
    start = dt.date(2024, 1, 1)
    rows: list[Row] = []
    for lead in range(3000):
        for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 5, 30])):
            source = None if chance.random() < 0.02 else f"s{int(sources * chance.random() ** 2)}"
            day = None if chance.random() < 0.02 else start + dt.timedelta(chance.randrange(40))
            rows.append((f"L{lead:05}", source, day, chance.randrange(4)))
    chance.shuffle(rows)
    table = discoveries(rows)
    with duckdb.connect() as duck:
        duck.register("discoveries", table)
        expected = [tuple([] if cell is None else cell for cell in row) for row in duck.execute(SQL).fetchall()]
    for threads in (1, 3):
        made = core_units(table, cm.Catalogue.of(DISCOVERED), threads=threads, morsel=4096)
        assert as_rows(made) == expected


LEADS = {"lead": ["a", "b", "c"], "office": ["甲", "乙", "甲"]}
FOUND: list[Row] = [
    ("a", "report", dt.date(2024, 1, 2), 1),
    ("a", "hotline", dt.date(2024, 1, 2), 1),
    ("c", None, None, 1),
]


def lead_unit(**lookup: Any) -> cm.Unit:
    found: Any = {"from": DISCOVERED, "on": ["lead"], "take": ["sources"]}
    return cm.unit(
        "lead",
        from_="leads",
        lookups={"found": found | lookup},
        columns={"n": "size(sources)", "by_hotline": "has(sources, 'hotline')"},
    )


def test_a_lead_that_nobody_found_has_the_empty_set_if_the_lookup_says_so() -> None:
    tables = {"leads": LEADS, "discoveries": discoveries(FOUND)}
    table = cm.units(tables, [lead_unit(otherwise={"sources": []})], "lead")
    assert table.values("sources") == [["hotline", "report"], [], []]
    assert table.values("n") == [2, 0, 0]
    unknown = cm.units(tables, [lead_unit()], "lead")
    assert unknown.values("sources") == [["hotline", "report"], None, []]
    assert unknown.values("by_hotline") == [True, None, False]


def test_declared_members_come_in_their_order_before_others() -> None:
    columns = {"lead": {"type": "text"}, "source": {"type": "category", "values": ["report", "hotline"]}}
    tree = {"schema": 1, "table": {"discoveries": {"columns": columns}}}
    catalogue = cm.Catalogue.from_dict(tree).with_(
        cm.unit("discovered", from_="discoveries", one_row_per="lead", columns={"sources": "set(source)"})
    )
    data = {"lead": ["a"] * 3, "source": ["elsewhere", "hotline", "report"]}
    table = cm.units({"discoveries": data}, catalogue, "discovered")
    assert table.values("sources") == [["report", "hotline", "elsewhere"]]
    assert table.report()[1].unlisted == 1


def test_a_table_of_sets_is_a_unit_as_it_is() -> None:
    """Sources that were put together elsewhere need no collapse: a column declared as a set is asked at once."""
    columns = {"sources": {"type": "set", "aliases": {"model 1": "model_1"}}}
    tree = {
        "schema": 1,
        "table": {"leads": {"columns": columns}},
        "unit": {"lead": {"from": "leads", "columns": {"digital": "has(sources, 'model_1')"}}},
    }
    data = {"lead": ["a", "b", "c"], "sources": [["model 1", "report"], [], None]}
    table = cm.units({"leads": data}, cm.Catalogue.from_dict(tree), "lead")
    assert table.values("sources") == [["model_1", "report"], [], None]
    assert table.values("digital") == [True, False, None]


def test_text_is_no_set_and_is_told_so() -> None:
    tree = {"schema": 1, "table": {"leads": {"columns": {"sources": {"type": "set"}}}}}
    with pytest.raises(cm.DataError, match=r"column 'sources' is text and cannot be read as set: give it as lists"):
        cm.units({"leads": {"sources": ["a; b"]}}, cm.Catalogue.from_dict(tree), "leads")
