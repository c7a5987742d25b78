# SPDX-License-Identifier: Apache-2.0
"""Which cells a question takes, what they are compared with, and the largest of them, against plain Python."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import casemetry as cm
import pytest
from casemetry import DefinitionError, QueryError
from hypothesis import given
from hypothesis import strategies as st
from oracle import cells as oracle

REFUSED = cm.proportion("不捕率", numerator=cm.col("refused"), unit="arrests", date="decided_on", interval="wilson")
MONTHS = [dt.date(2024, month, 1) for month in range(1, 5)]

labels = st.sampled_from(["甲院", "乙院", "丙院", None])
charges = st.sampled_from(["盗窃", "诈骗", None])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "office": labels,
            "charge": charges,
            "decided_on": st.sampled_from(MONTHS),
            "true": st.sampled_from([True, False, None]),
        }
    ),
    max_size=60,
)
Rows = list[dict[str, Any]]


def cube_of(data: Rows) -> cm.Cube:
    import pyarrow as pa

    schema = pa.schema(
        [("office", pa.string()), ("charge", pa.string()), ("decided_on", pa.date32()), ("refused", pa.bool_())]
    )
    table = pa.Table.from_pylist([row | {"refused": row["true"]} for row in data], schema)
    return cm.Cube({"arrests": table}, [REFUSED], by=["office", "charge"])


def cells_of(result: cm.Result, by: list[str]) -> dict[oracle.Cell, dict[str, Any]]:
    columns = result.columns
    records = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return {tuple(record[name] for name in by): record for record in records}


CONDITIONS: dict[str, Any] = {
    "office == '甲院'": lambda row: None if row["office"] is None else row["office"] == "甲院",
    "office in ['甲院', '乙院'] and charge == '盗窃'": lambda row: kleene_and(
        None if row["office"] is None else row["office"] in ("甲院", "乙院"),
        None if row["charge"] is None else row["charge"] == "盗窃",
    ),
    "not is_null(charge)": lambda row: row["charge"] is not None,
}


def kleene_and(left: bool | None, right: bool | None) -> bool | None:
    return False if False in (left, right) else None if None in (left, right) else True


@given(
    data=rows, condition=st.sampled_from(list(CONDITIONS)), by=st.sampled_from([[], ["office"], ["charge", "office"]])
)
def test_where_chooses_the_rows_for_which_it_is_true(data: Rows, condition: str, by: list[str]) -> None:
    result = cube_of(data).table(by=by, where=condition)
    taken, unknown = oracle.chosen(data, CONDITIONS[condition])
    expected = {cell: oracle.share(part) for cell, part in oracle.grouped(taken, by).items()} or (
        {} if by else {(): (0, 0)}
    )
    found = {cell: (row["numerator"], row["denominator"]) for cell, row in cells_of(result, by).items()}
    assert found == expected
    assert list(found) == list(expected)
    assert json.loads(result.metadata.get("where_unknown", '{"arrests": 0}')) == {"arrests": unknown}


@given(
    data=rows, by=st.sampled_from([["office"], ["office", "charge"]]), comparison=st.sampled_from(["total", "parent"])
)
def test_a_whole_is_compared_exactly(data: Rows, by: list[str], comparison: str) -> None:
    result = cells_of(cube_of(data).table(by=by, compare=comparison), by)
    wholes = oracle.grouped(data, by[:-1] if comparison == "parent" else [])
    for cell, part in oracle.grouped(data, by).items():
        whole = wholes[cell[:-1] if comparison == "parent" else ()]
        row, value, change = result[cell], oracle.rate(whole), oracle.change_from_whole(part, whole)
        assert row[f"{comparison}_value"] == (None if value is None else pytest.approx(float(value)))
        found = tuple(row[f"{comparison}_{name}"] for name in ("change", "low", "high"))
        assert found == ((None,) * 3 if change is None else pytest.approx(change, abs=1e-12))


@given(data=rows, by=st.sampled_from([["office"], ["office", "charge"]]), n=st.integers(1, 4))
def test_the_largest_cells_and_the_others_are_all_rows(data: Rows, by: list[str], n: int) -> None:
    result = cells_of(cube_of(data).table(by=by).top(n), by)
    cells = oracle.grouped(data, by)
    largest, others = oracle.largest(cells, n)
    expected = {cell: oracle.share(cells[cell]) for cell in largest}
    if len(cells) > n:
        expected[("（其他）",) * len(by)] = oracle.share(others)
    assert {cell: (row["numerator"], row["denominator"]) for cell, row in result.items()} == expected
    assert list(result) == list(expected)


@given(data=rows)
def test_the_month_before_is_that_of_a_loop(data: Rows) -> None:
    columns = cube_of(data).table(period="2024-01..2024-04", every="month", compare="previous").columns
    rates = [oracle.rate([row for row in data if row["decided_on"] == month]) for month in MONTHS]
    before = [None, *(None if rate is None else pytest.approx(float(rate)) for rate in rates[:-1])]
    assert columns["previous_value"] == before


SMALL: Rows = [
    {"office": office, "charge": "盗窃", "decided_on": MONTHS[0], "true": true}
    for office, true in [("甲院", True), ("甲院", False), ("乙院", True), ("丙院", True), (None, False)]
]


def test_a_condition_is_text_or_an_expression() -> None:
    cube = cube_of(SMALL)
    asked = cube.table(where=cm.col("office") == "甲院")
    assert asked.columns == cube.table(where="office == '甲院'").columns
    assert asked.metadata["where"] == "office == '甲院'"


def test_a_table_says_its_condition_and_what_it_leaves_out() -> None:
    text = cube_of(SMALL).table(where="office == '甲院'").text()
    assert "筛选 office == '甲院'" in text
    assert "筛选条件未知而未计入: arrests 1" in text


def test_the_others_are_named_in_the_language_of_the_reader() -> None:
    result = cube_of(SMALL).table(by="office").top(1)
    assert "（其他）" in result.wide("zh").text()
    assert "(others)" in result.wide("en").text()
    assert "(others)" in result.html("en")
    assert result.columns["office"] == ["甲院", "（其他）"]


def test_the_largest_are_asked_with_the_same_question() -> None:
    result = (
        cube_of(SMALL)
        .table(by="office", where="office != '丙院'", compare="total")
        .top(1, by="numerator", others=False)
    )
    assert (result.columns["office"], result.columns["total_value"]) == (["乙院"], [pytest.approx(2 / 3)])


@pytest.mark.parametrize(
    ("question", "error", "message"),
    [
        ({"where": "ofice == '甲院'"}, QueryError, "no dimension 'ofice'; did you mean 'office'"),
        ({"where": "refused"}, QueryError, "no dimension 'refused'"),
        ({"where": "office = '甲院'"}, DefinitionError, "=="),
        ({"where": "office"}, DefinitionError, "where"),
        ({"compare": "total"}, QueryError, "needs cells that are parts of it"),
        ({"compare": "previous", "period": "ytd(2024-02)"}, QueryError, "compare with 'year_ago'"),
    ],
)
def test_what_cannot_be_asked_is_refused(question: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        cube_of(SMALL).table(**question)


def test_a_result_of_no_cube_has_no_others() -> None:
    from fake_result import fake

    with pytest.raises(QueryError, match="not asked of a cube"):
        fake({"value": 0.5}).top(1)
