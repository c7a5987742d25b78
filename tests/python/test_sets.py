# SPDX-License-Identifier: Apache-2.0
"""Columns of sets: read from the lists of every library, asked, shown and handed out again."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import casemetry as cm
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from casemetry import SchemaError
from hypothesis import given
from hypothesis import strategies as st

LISTS = [["report", "hotline"], [], None, ["model_1"]]
SETS = [["hotline", "report"], [], None, ["model_1"]]  # as they are held: members in order

TYPES = [
    pa.list_(pa.string()),
    pa.large_list(pa.string()),
    pa.list_(pa.large_string()),
    pa.list_(pa.string_view()),
    pa.list_(pa.dictionary(pa.int8(), pa.string())),
    pa.large_list(pa.dictionary(pa.int32(), pa.large_string())),
]


def read(data: Any) -> cm.Table:
    return cm.read(data, name="leads")


def arrow(values: list[Any], kind: pa.DataType) -> pa.Table:
    return pa.table({"sources": pa.array(values, kind)})


GIVEN: dict[str, Callable[[], Any]] = {
    "a dictionary of lists": lambda: {"sources": LISTS},
    "tuples": lambda: {"sources": [None if cell is None else tuple(cell) for cell in LISTS]},
    "Python sets": lambda: {"sources": [None if cell is None else set(cell) for cell in LISTS]},
    "frozen sets, NaN for none": lambda: {"sources": [float("nan") if c is None else frozenset(c) for c in LISTS]},
    "arrays": lambda: {"sources": [None if cell is None else np.array(cell, dtype=object) for cell in LISTS]},
    "pandas, lists": lambda: pd.DataFrame({"sources": LISTS}),
    "pandas, sets": lambda: pd.DataFrame({"sources": [None if cell is None else set(cell) for cell in LISTS]}),
    "pandas, lists of Arrow": lambda: pd.DataFrame({"sources": pd.Series(LISTS, dtype=pd.ArrowDtype(TYPES[0]))}),
    "polars, strings": lambda: pl.DataFrame({"sources": LISTS}),
    "polars, categories": lambda: pl.DataFrame({"sources": pl.Series(LISTS, dtype=pl.List(pl.Categorical))}),
    "DuckDB": lambda: duckdb.sql("select unnest([['report', 'hotline'], [], null, ['model_1']]) as sources"),
    "DuckDB, of an enumeration": lambda: duckdb.sql(
        "select s::enum('model_1', 'report', 'hotline')[] as sources "
        "from (select unnest([['report', 'hotline'], [], null, ['model_1']]) as s)"
    ),
}


@pytest.mark.parametrize("data", GIVEN.values(), ids=GIVEN.keys())
def test_a_column_of_lists_is_read_as_sets(data: Callable[[], Any]) -> None:
    table = read(data())
    (report,) = table.report()
    assert table.values("sources") == SETS
    assert (report.read_as, report.rows, report.missing, report.unreadable) == ("set", 4, 1, 0)


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_arrow_lists_are_read_in_all_their_forms(kind: pa.DataType) -> None:
    assert read(arrow(LISTS, kind)).values("sources") == SETS
    assert read(arrow(LISTS, kind).slice(1, 3)).values("sources") == SETS[1:]
    chunks = pa.chunked_array([pa.array(LISTS[1:3], kind), pa.array([], kind), pa.array(LISTS[3:], kind)])
    assert read(pa.table({"sources": chunks})).values("sources") == SETS[1:]


def test_a_list_column_without_any_member_is_a_column_of_empty_sets() -> None:
    assert read(arrow([[], None], pa.list_(pa.null()))).values("sources") == [[], None]
    assert read({"sources": [[], None]}).values("sources") == [[], None]
    assert read({"sources": [[]] * 3}).report()[0].missing == 0


@given(st.lists(st.none() | st.lists(st.sampled_from(["a", "b", "报告", "z" * 20, "模型 1"]), max_size=5), max_size=40))
def test_every_library_hands_over_the_same_sets(lists: list[list[str] | None]) -> None:
    expected = [None if cell is None else sorted(cell) for cell in lists]
    for kind in TYPES:
        assert read(arrow(lists, kind)).values("sources") == expected
    if any(cell is not None for cell in lists):
        assert read({"sources": lists}).values("sources") == expected
    table = read(arrow(lists, TYPES[0]))
    assert table.to_arrow()["sources"].to_pylist() == expected
    assert read(table.to_polars()).values("sources") == read(table.to_pandas()).values("sources") == expected


def test_a_member_that_stands_in_a_list_twice_is_counted_twice() -> None:
    assert read({"log": [["a", "b", "a"]]}).values("log") == [["a", "a", "b"]]


@pytest.mark.parametrize("absent", [None, float("nan"), " "])
def test_of_a_list_with_a_missing_member_nothing_is_known(absent: Any) -> None:
    (report,) = read({"sources": [["a", absent], ["b"], None]}).report()
    assert (report.missing, report.unreadable) == (1, 1)
    assert report.examples == ("a list with a missing member",)


REFUSED: dict[str, tuple[Any, str]] = {
    "numbers": (
        {"sources": [["a"], [1, 2]]},
        r"column 'sources', row 2: a list has a member of the type int; .*make its members text first",
    ),
    "numbers of NumPy": (
        {"sources": [np.array([1]), np.array([2])]},
        r"column 'sources', row 1: a list has a member of the type int64",
    ),
    "lists of lists": ({"sources": [[["a"]]]}, r"row 1: a list has a member of the type list"),
    "lists beside text": (
        {"sources": [["a"], "b"]},
        r"column 'sources': row 1 is of the type list, .* make the whole column text, .* or lists of text",
    ),
    "numbers of Arrow": (
        arrow([[1]], pa.list_(pa.int64())),
        r"table 'leads', column 'sources' is a list of what is not text, .*; make its members text first",
    ),
    "numbers of pandas": (pd.DataFrame({"sources": [[1], [2]]}), "column 'sources' is a list of what is not text"),
    "fixed-size lists": (
        arrow([["a", "b"]], pa.list_(pa.string(), 2)),
        r"column 'sources' is a fixed-size list, which is not read; cast it to a list",
    ),
    "list views": (arrow([["a"]], pa.list_view(pa.string())), r"'sources' is a list view, .* cast it to a list"),
    "lists in a dictionary": (
        pa.table({"sources": pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array([["a"]]))}),
        r"\(the values of its dictionary\) is a list, which is not read; decode the dictionary first",
    ),
}


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_set_is_refused_with_its_column_and_what_to_do(data: Any, told: str) -> None:
    with pytest.raises(SchemaError, match=told):
        read(data)


@pytest.mark.parametrize("half", ["\ud800", "a\udfff"])
def test_half_a_character_in_a_member_is_refused(half: str) -> None:
    with pytest.raises(SchemaError, match="column 'sources': row 2 has half a character"):
        read({"sources": [["a"], [half]]})


def test_a_table_hands_its_sets_out_as_lists() -> None:
    table = read({"lead": ["1", "2", "3", "4"], "sources": LISTS})
    handed = table.to_arrow()
    assert handed.schema.field("sources").type == pa.list_(pa.string())
    assert handed["sources"].to_pylist() == SETS
    assert table.to_polars()["sources"].to_list() == SETS
    assert [None if cell is None else list(cell) for cell in table.to_pandas()["sources"]] == SETS
    sources = duckdb.sql("select sources from handed")
    assert sources is not None
    assert sources.fetchall() == [(cell,) for cell in SETS]


def test_a_table_survives_parquet(tmp_path: Any) -> None:
    from pyarrow import parquet

    parquet.write_table(read({"sources": LISTS}).to_arrow(), tmp_path / "leads.parquet")
    assert cm.read(tmp_path / "leads.parquet").values("sources") == SETS


def test_a_table_of_sets_is_shown_with_its_members_escaped() -> None:
    table = read({"sources": [["<b>", "a & b"], None, []]})
    assert table.text("en").splitlines()[2:] == ["<b>, a & b", "", "[]"]
    shown = table.html("en")
    assert "&lt;b&gt;, a &amp; b" in shown
    assert "<b>" not in shown
    assert "sources  set" in str(table)


LEADS = {"sources": [["hotline", "model_1"], ["model_1"], [], None]}


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (cm.col("sources").has("hotline"), "has(sources, 'hotline')", [True, False, False, None]),
        (cm.col("sources").meets(["hotline", "x"]), "meets(sources, ['hotline', 'x'])", [True, False, False, None]),
        (cm.col("sources").meets({"x", "hotline"}), "meets(sources, ['hotline', 'x'])", [True, False, False, None]),
        (cm.col("sources").within(("model_1",)), "within(sources, ['model_1'])", [False, True, False, None]),
        (cm.col("sources").size() >= 1, "size(sources) >= 1", [True, True, False, None]),
        (~cm.col("sources").has("hotline"), "not has(sources, 'hotline')", [False, True, True, None]),
        (cm.col("sources").is_null(), "is_null(sources)", [False, False, False, True]),
    ],
)
def test_a_set_is_asked_in_python_as_in_text(question: cm.Expression, text: str, told: list[bool | None]) -> None:
    assert question.text == text
    assert cm.expression(text).same_as(question)
    assert question.outcomes(read(LEADS)) == told


def test_a_named_list_is_asked_by_its_name() -> None:
    assert cm.col("sources").meets("@digital").text == "meets(sources, @digital)"
    assert cm.col("sources").within("@digital").lists == ["digital"]
    with pytest.raises(TypeError, match="write the values as a list, or the name of a list as '@name'"):
        cm.col("sources").meets("digital")


def test_a_pattern_is_written_in_python_as_in_text() -> None:
    sources = cm.col("sources")
    assert sources.pattern("origin").text == "pattern(sources, @origin)"
    assert sources.pattern("origin", by=cm.col("filed_on")).text == "pattern(sources, @origin by filed_on)"
    assert cm.expression("pattern(sources, @source)").same_as(sources.pattern("source"))


@pytest.mark.parametrize("value", [1, None, ["a"]])
def test_a_member_is_text(value: Any) -> None:
    with pytest.raises(TypeError):
        cm.col("sources").has(value)


def test_sets_are_not_compared() -> None:
    with pytest.raises(cm.DefinitionError):
        (cm.col("sources") == "hotline").outcomes(read(LEADS))


def test_sets_travel_through_an_arrow_file() -> None:
    table = read(LEADS).to_arrow()
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    with pa.ipc.open_stream(sink.getvalue()) as reader:
        assert read(reader.read_all()).values("sources") == LEADS["sources"]
