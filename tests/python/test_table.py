# SPDX-License-Identifier: Apache-2.0
"""Tables from data frames and arrays: every producer gives the same cells."""

from __future__ import annotations

import datetime as dt
import re
import sys
from decimal import Decimal
from typing import Any

import casemetry as cm
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from casemetry import SchemaError, _core
from casemetry._frames import GivenArray
from hypothesis import given
from hypothesis import strategies as st

DAY = dt.date(2024, 3, 1)


def cells(data: Any, column: str = "x") -> list[Any]:
    return cm.read(data).values(column)


def arrow(values: list[Any], kind: pa.DataType) -> pa.Table:
    return pa.table({"x": pa.array(values, kind)})


@pytest.mark.parametrize(
    ("kind", "given_values", "expected"),
    [
        *[(kind, [1, None, 3], [1, None, 3]) for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64())],
        *[(kind, [1, None, 3], [1, None, 3]) for kind in (pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())],
        *[(kind, ["a", "", None, "不捕"], ["a", None, None, "不捕"]) for kind in (pa.string(), pa.large_string())],
        (pa.string_view(), ["a", None, "longer than twelve bytes"], ["a", None, "longer than twelve bytes"]),
        (pa.bool_(), [True, None, False], [True, None, False]),
        (pa.float64(), [1.0, None, -3.0], [1, None, -3]),
        (pa.float64(), [1.5, None, float("nan")], [Decimal("1.5"), None, None]),
        (pa.float32(), [0.1, 0.25], [Decimal("0.10"), Decimal("0.25")]),
        (pa.decimal128(10, 2), [Decimal("1.50"), None], [Decimal("1.50"), None]),
        (pa.date32(), [DAY, None, dt.date(1, 1, 1), dt.date(9999, 12, 31)], [DAY, None, dt.date.min, dt.date.max]),
        (pa.date64(), [DAY, dt.date(1969, 12, 31)], [DAY, dt.date(1969, 12, 31)]),
        *[
            (pa.timestamp(unit), [dt.datetime(2024, 3, 1, 23, 59, 59), None], [DAY, None])
            for unit in ("s", "ms", "us", "ns")
        ],
        (pa.timestamp("us", "UTC"), [dt.datetime(2024, 3, 1, 23, tzinfo=dt.UTC)], [DAY]),
        (pa.dictionary(pa.int8(), pa.string()), ["a", None, "b"], ["a", None, "b"]),
        (pa.dictionary(pa.uint32(), pa.large_string()), ["a", None, "b"], ["a", None, "b"]),
        (pa.null(), [None, None], [None, None]),
    ],
    ids=str,
)
def test_every_type_of_arrow_that_is_read(kind: pa.DataType, given_values: list[Any], expected: list[Any]) -> None:
    assert cells(arrow(given_values, kind)) == expected


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (pa.list_(pa.int64()), [1], "a list"),
        (pa.struct([("a", pa.int64())]), {"a": 1}, "a struct"),
        (pa.binary(), b"a", "binary"),
        (pa.time32("s"), dt.time(1), "a time of day"),
        (pa.duration("s"), dt.timedelta(1), "a duration"),
        (pa.decimal256(50, 2), Decimal(1), "a decimal"),
        (pa.dictionary(pa.int8(), pa.int64()), 1, "a dictionary of values that are not text"),
        (pa.timestamp("us", "Asia/Shanghai"), dt.datetime(2024, 3, 1, tzinfo=dt.UTC), "Asia/Shanghai"),
    ],
    ids=str,
)
def test_every_other_type_is_refused_by_column_in_words(kind: pa.DataType, value: Any, words: str) -> None:
    with pytest.raises(SchemaError, match=f"table 'cases', column 'x'.*{words}"):
        cm.read(arrow([value], kind), name="cases")


def test_chunks_slices_and_changing_dictionaries_are_one_column() -> None:
    chunks = [pa.array(["a", "b"]).dictionary_encode(), pa.array(["b", None, "c"]).dictionary_encode().slice(1)]
    assert cells(pa.table({"x": pa.chunked_array(chunks)})) == ["a", "b", None, "c"]
    whole = pa.table({"x": list(range(100)), "t": [str(n) for n in range(100)]})
    assert cells(whole.slice(13, 5)) == [13, 14, 15, 16, 17]
    assert cells(whole.slice(13, 2), "t") == ["13", "14"]


def test_a_record_batch_and_a_reader_are_read_too() -> None:
    batch = pa.record_batch({"x": [1, 2]})
    assert cells(batch) == [1, 2]
    assert cells(pa.RecordBatchReader.from_batches(batch.schema, [batch, batch])) == [1, 2, 1, 2]


def test_a_reader_that_fails_tells_its_own_reason() -> None:
    def batches() -> Any:
        yield pa.record_batch({"x": [1]})
        raise ValueError("the disk is gone")

    with pytest.raises(SchemaError, match="the disk is gone"):
        cm.read(pa.RecordBatchReader.from_batches(pa.schema({"x": pa.int64()}), batches()))


PANDAS = pd.DataFrame(
    {
        "office": pd.Categorical(["A", None, "B"], categories=["B", "A", "unused"]),
        "decision": ["approved", None, ""],
        "decided_on": pd.to_datetime(["2024-03-01 10:00", None, "1969-12-31 23:00"]),
        "items": pd.array([1, None, 3], dtype="Int64"),
        "urgent": pd.array([True, None, False], dtype="boolean"),
        "age": [31.0, np.nan, 20.0],
        "loss": [0.5, 1.25, np.nan],
    }
)
EXPECTED = {
    "office": ["A", None, "B"],
    "decision": ["approved", None, None],
    "decided_on": [DAY, None, dt.date(1969, 12, 31)],
    "items": [1, None, 3],
    "urgent": [True, None, False],
    "age": [31, None, 20],
    "loss": [Decimal("0.50"), Decimal("1.25"), None],
}


def as_dict(table: cm.Table) -> dict[str, list[Any]]:
    return {column: table.values(column) for column in table.columns}


def test_pandas_is_read() -> None:
    assert as_dict(cm.read(PANDAS)) == EXPECTED


def test_pandas_is_read_by_its_buffers_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert as_dict(cm.read(PANDAS)) == EXPECTED
    blocks = pd.DataFrame(np.arange(6).reshape(3, 2), columns=["a", "b"])
    assert as_dict(cm.read(blocks)) == {"a": [0, 2, 4], "b": [1, 3, 5]}
    assert as_dict(cm.read(PANDAS, columns=["age", "office"])) == {key: EXPECTED[key] for key in ("age", "office")}


def test_pandas_keeps_an_index_that_has_a_name_and_drops_one_that_has_none() -> None:
    frame = pd.DataFrame({"case_id": ["a", "b"], "x": [1, 2]})
    assert cm.read(frame.set_index("case_id")).columns == ["x", "case_id"]
    assert cm.read(frame[frame.x > 1]).columns == ["case_id", "x"]


def test_pandas_object_columns_of_mixed_types_are_refused_by_row() -> None:
    with pytest.raises(SchemaError, match="column 'x': row 2 is of the type int"):
        cm.read(pd.DataFrame({"x": ["a", 3]}))


def test_nan_among_texts_is_missing() -> None:
    assert cm.read({"x": ["a", float("nan"), None]}).values("x") == ["a", None, None]


def test_pandas_columns_that_arrow_does_not_know_are_refused() -> None:
    with pytest.raises(SchemaError, match="column 'x': an array of complex128 is not read"):
        cm.read(pd.DataFrame({"x": [1j]}))
    with pytest.raises(SchemaError, match=r"column 'x' is of the extension type 'pandas\.period'"):
        cm.read(pd.DataFrame({"x": pd.period_range("2024-01", periods=2, freq="M")}))


def test_pandas_columns_of_the_same_name_are_refused() -> None:
    with pytest.raises(SchemaError, match="same name"):
        cm.read(pd.DataFrame([[1, 2]], columns=["x", "x"]))


def test_pandas_moments_of_a_zone_are_refused_with_or_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"x": pd.to_datetime(["2024-03-01"]).tz_localize("Asia/Shanghai")})
    with pytest.raises(SchemaError, match=r"tz_localize\(None\)"):
        cm.read(frame)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SchemaError, match=r"tz_localize\(None\)"):
        cm.read(frame)


def test_polars_is_read() -> None:
    frame = pl.DataFrame(
        {
            "office": pl.Series(["A", None, "B"], dtype=pl.Categorical),
            "stage": pl.Series(["x", "y", None], dtype=pl.Enum(["y", "x"])),
            "decision": ["approved", None, "longer than twelve bytes"],
            "decided_on": [DAY, None, dt.date(1900, 1, 1)],
            "at": [dt.datetime(2024, 3, 1, 23), None, None],
            "items": [1, None, 3],
        }
    )
    assert as_dict(cm.read(frame)) == {
        "office": ["A", None, "B"],
        "stage": ["x", "y", None],
        "decision": ["approved", None, "longer than twelve bytes"],
        "decided_on": [DAY, None, dt.date(1900, 1, 1)],
        "at": [DAY, None, None],
        "items": [1, None, 3],
    }
    with pytest.raises(SchemaError, match="collect"):
        cm.read(frame.lazy())


def test_duckdb_is_read() -> None:
    relation = duckdb.sql(
        "select * from (values (1::hugeint, 'a', date '2024-03-01', 1.50::decimal(10, 2), true), "
        "(null, null, null, null, null)) as t(n, office, day, loss, urgent)"
    )
    assert as_dict(cm.read(relation)) == {
        "n": [1, None],
        "office": ["a", None],
        "day": [DAY, None],
        "loss": [Decimal("1.50"), None],
        "urgent": [True, None],
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([1, -2], dtype=np.int16), [1, -2]),
        (np.array([1, 2], dtype=">i8"), [1, 2]),
        (np.array([1, 2, 3, 4])[::2], [1, 3]),
        (np.array([2**63], dtype=np.uint64), [None]),
        (np.array([0.5, np.nan, np.inf]), [Decimal("0.5"), None, None]),
        (np.array([True, False]), [True, False]),
        (np.array(["2024-03-01", "NaT"], dtype="datetime64[D]"), [DAY, None]),
        (np.array(["2024-03", "NaT"], dtype="datetime64[M]"), [DAY, None]),
        (np.array(["2024-03-01T23:59:59.9", "NaT"], dtype="datetime64[ns]"), [DAY, None]),
        (np.array(["a", ""]), ["a", None]),
        (np.array(["a", None, float("nan")], dtype=object), ["a", None, None]),
        (pd.Categorical.from_codes([1, -1, 0], ["a", "b"]), ["b", None, "a"]),
        (pd.Series(["a", "b"], dtype="category"), ["a", "b"]),
        ([1, None, 3], [1, None, 3]),
        ([1, 2.5], [Decimal("1.0"), Decimal("2.5")]),
        ([True, None], [True, None]),
        ([DAY, None, dt.datetime(2024, 3, 1, 23, 59)], [DAY, None, DAY]),
        (["a", None, " "], ["a", None, None]),
        ([None, None], [None, None]),
        ([], []),
    ],
    ids=repr,
)
def test_arrays_and_lists_are_read_by_their_buffers(values: Any, expected: list[Any]) -> None:
    assert cells({"x": values}) == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"x": np.zeros((2, 2))}, "2 dimensions"),
        ({"x": np.array([1j])}, "complex128 is not read"),
        ({"x": np.array([1], dtype="timedelta64[D]")}, "timedelta64"),
        ({"x": ["a", 1]}, "row 2 is of the type int"),
        ({"x": ["a", "\ud800"]}, "row 2 has half a character"),
        ({"x": [1], "y": [1, 2]}, "'x' and 'y' have different lengths"),
        ({}, "no columns"),
        (3, "type int is not read"),
        (pd.Series([1], name="x"), "type Series is not read|record batch"),
        (pa.array([1]), "record batch"),
    ],
)
def test_what_is_no_table_is_refused(data: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        cm.read(data)


@pytest.mark.parametrize(
    "data", [PANDAS, pl.DataFrame({"office": ["A"]}), {"office": ["A"]}], ids=lambda d: type(d).__name__
)
def test_only_wanted_columns_are_read_and_an_absent_one_is_told_with_the_nearest(data: Any) -> None:
    assert cm.read(data, columns=["office"]).columns == ["office"]
    with pytest.raises(cm.ColumnNotFoundError, match="no column 'ofice'; did you mean 'office'"):
        cm.read(data, columns=["ofice"])


def test_the_first_of_several_columns_at_fault_is_told() -> None:
    bad = pa.array([b"\xff"]).view(pa.string())
    for _ in range(20):
        with pytest.raises(SchemaError, match="column 'a', row 1"):
            cm.read(pa.table({"ok": [1], "a": bad, "b": bad, "c": bad}))


def test_a_list_column_beside_wanted_ones_does_not_matter() -> None:
    table = pa.table({"x": [1], "tags": [["a"]]})
    assert cm.read(table, columns=["x"]).columns == ["x"]


def test_the_report_counts_what_could_not_be_read() -> None:
    report = cm.read({"x": np.array([0.1 + 0.2, np.nan, 0.5])}).report()[0]
    assert report == cm.ColumnReport("x", "decimal(1)", 3, 1, 1, 0, ("0.30000000000000004",))


def test_a_printed_table_shows_no_control_character_of_the_data() -> None:
    shown = str(cm.read({"\x1b[31mred\u202e": ["a"]}, name="<\x1b[2J>"))
    assert re.search("[\x1b\u202e]", shown) is None


days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@given(st.lists(st.none() | days))
def test_any_day_comes_back(values: list[dt.date | None]) -> None:
    assert cells(arrow(values, pa.date32())) == values
    assert cells({"x": values}) == values


@given(st.lists(st.none() | st.integers(-(2**63) + 1, 2**63 - 1)))
def test_any_integer_comes_back(values: list[int | None]) -> None:
    assert cells(arrow(values, pa.int64())) == values
    assert cells({"x": values}) == values


# White_Space of the Unicode character database; str.strip() also takes the separators \x1c to \x1f.
BLANK = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"))))
def test_any_text_comes_back_and_blank_is_missing(values: list[str | None]) -> None:
    expected = [value if value is not None and value.strip(BLANK) else None for value in values]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        assert cells(arrow(values, kind)) == expected
    assert cells({"x": values}) == expected


@given(st.lists(st.none() | st.decimals(-(10**6), 10**6, allow_nan=False, places=4)))
def test_a_float_column_gives_back_the_decimals_that_were_written(values: list[Decimal | None]) -> None:
    assert cells(arrow([None if value is None else float(value) for value in values], pa.float64())) == values


class Unsteady(list[str]):
    """A list that is not as long as it says."""

    def __len__(self) -> int:
        return 2


@pytest.mark.parametrize("texts", [["a"], ["a", "b", "c"]])
def test_a_list_that_yields_more_or_fewer_cells_than_it_says_is_refused(texts: list[str]) -> None:
    with pytest.raises(SchemaError, match="column 'x': it yields more or fewer than its 2 cells"):
        _core.Table.from_arrays([GivenArray("x", "text", Unsteady(texts))])


HELD = {
    "case": ["0017", None, "不捕"],
    "items": [3, None, -4],
    "paid": [Decimal("1.50"), None, Decimal("-0.25")],
    "urgent": [True, None, False],
    "closed_on": [DAY, None, dt.date(1, 1, 1)],
}
TYPES = {
    "case": pa.string(),
    "items": pa.int64(),
    "paid": pa.decimal128(38, 2),
    "urgent": pa.bool_(),
    "closed_on": pa.date32(),
}


def held() -> cm.Table:
    return cm.read(pa.table({name: pa.array(values, TYPES[name]) for name, values in HELD.items()}), name="cases")


def test_a_table_is_handed_out_with_the_types_it_holds() -> None:
    table = held().to_arrow()
    assert dict(zip(table.column_names, table.schema.types, strict=True)) == TYPES
    assert table.to_pydict() == HELD


def test_data_frame_libraries_take_a_table_as_it_is() -> None:
    assert pl.DataFrame(held()).to_dict(as_series=False) == HELD
    assert held().to_polars()["items"].to_list() == HELD["items"]
    assert held().to_pandas()["items"].dtype == pd.Int64Dtype()
    assert cm.read(held().to_pandas()).values("case") == HELD["case"]


def test_a_table_shows_its_first_rows() -> None:
    assert held().text(rows=1) == "\n".join(
        [
            "case  items  paid  urgent  closed_on",
            "----  -----  ----  ------  ----------",
            "0017      3  1.50  True    2024-03-01",
            "… 还有 2 行，共 3 行",
        ]
    )
    page = cm.read({"<b>": ["<script>", None]})._repr_html_()
    assert "<script>" not in page
    assert "&lt;b&gt;" in page
