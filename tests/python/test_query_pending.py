# SPDX-License-Identifier: Apache-2.0
"""What is pending, against a look at every case; cohorts that are not mature; counting units."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import pending as oracle
from oracle.pending import Case

TREE: dict[str, Any] = {
    "schema": 1,
    "table": {
        "cases": {
            "counts": "case",
            "columns": {
                "office": {"type": "category", "label": {"zh": "承办单位", "en": "Office"}},
                "opened_on": {"type": "date"},
                "closed_on": {"type": "date", "empty": "not_yet"},
                "counts": {"type": "boolean"},
            },
        }
    },
    "aggregate": [
        {
            "id": "open_cases",
            "kind": "pending",
            "unit": "cases",
            "opened": "opened_on",
            "closed": "closed_on",
            "where": "counts",
        },
        {"id": "accepted", "unit": "cases", "date": "opened_on", "where": "counts"},
        {"id": "concluded", "unit": "cases", "date": "closed_on", "where": "counts"},
    ],
    "indicator": [
        {"id": "at_end", "label": {"zh": "期末未结", "en": "Pending"}, "kind": "stock", "of": "open_cases"},
        {"id": "at_beginning", "kind": "stock", "of": "open_cases", "at": "opening"},
        {"id": "balance", "kind": "count", "of": "opening(open_cases) + accepted - concluded"},
        {"id": "median_age", "kind": "quantile", "of": "open_cases", "format": "days"},
        {
            "id": "clearance",
            "kind": "ratio",
            "numerator": "concluded",
            "denominator": "opening(open_cases) + accepted",
        },
    ],
}
MONTHS = [(2024, month) for month in range(1, 13)]
SCHEMA = pa.schema(
    [("office", pa.string()), ("opened_on", pa.date32()), ("closed_on", pa.date32()), ("counts", pa.bool_())]
)

days = st.dates(dt.date(2023, 11, 1), dt.date(2024, 12, 31))
spans = st.integers(-60, 200).map(lambda length: dt.timedelta(days=length))


@st.composite
def lives(draw: st.DrawFn, *, unknown: bool) -> Case:
    opened = draw(st.none() | days)
    closed = draw(st.none() | (spans.map(lambda span: opened + span) if opened else days))
    counts = draw(st.sampled_from([True, True, False, None] if unknown else [True, False]))
    return Case(opened, closed, is_open=closed is None, counts=counts)


cases = st.lists(lives(unknown=False), max_size=40)
uncertain_cases = st.lists(lives(unknown=True), max_size=40)
standings = st.none() | st.dates(dt.date(2024, 3, 1), dt.date(2024, 12, 31))


def row(case: Case, office: str = "甲院") -> dict[str, Any]:
    return {"office": office, "opened_on": case.opened, "closed_on": case.closed, "counts": case.counts}


def cube_of(rows: list[dict[str, Any]], tree: dict[str, Any] = TREE, **options: Any) -> cm.Cube:
    return cm.Cube({"cases": pa.Table.from_pylist(rows, SCHEMA)}, cm.Catalogue.from_dict(tree), **options)


def monthly(cube: cm.Cube, indicator: str) -> dict[str, list[Any]]:
    return cube.table(indicator, period="2024", every="month").columns


@given(data=uncertain_cases, as_of=standings)
def test_what_is_pending_at_the_end_of_a_month_is_that_of_every_case(data: list[Case], as_of: dt.date | None) -> None:
    found = monthly(cube_of([row(case) for case in data], as_of=as_of), "at_end")
    expected = [oracle.stock(data, oracle.last_day(month), as_of) for month in MONTHS]
    assert list(zip(found["value"], found["unknown"], strict=True)) == expected
    assert found["least"] == [known for known, _ in expected]
    assert found["most"] == [known + unknown for known, unknown in expected]


@given(data=cases)
def test_a_missing_closing_is_unknown_unless_it_is_not_yet(data: list[Case]) -> None:
    tree = json.loads(json.dumps(TREE))
    del tree["table"]["cases"]["columns"]["closed_on"]["empty"]
    unknown = [Case(case.opened, case.closed, is_open=False, counts=case.counts) for case in data]
    found = monthly(cube_of([row(case) for case in data], tree), "at_end")
    expected = [oracle.stock(unknown, oracle.last_day(month)) for month in MONTHS]
    assert list(zip(found["value"], found["unknown"], strict=True)) == expected


@given(data=cases, as_of=standings)
def test_the_median_age_is_that_of_every_case(data: list[Case], as_of: dt.date | None) -> None:
    before = [case for case in data if as_of is None or case.opened is None or case.opened <= as_of]
    found = monthly(cube_of([row(case) for case in before], as_of=as_of), "median_age")["value"]
    expected = [oracle.median_age(before, oracle.last_day(month), as_of) for month in MONTHS]
    assert found == [None if age is None else float(age) for age in expected]


@given(
    opened=st.lists(st.none() | days, max_size=30),
    closed=st.lists(st.none() | days, min_size=30, max_size=30),
    offices=st.lists(st.sampled_from(["甲院", "乙院"]), min_size=30, max_size=30),
    period=st.sampled_from(["2024-02", "2024Q2", "2024", "2024-03..2024-10"]),
    every=st.sampled_from([None, "month", "quarter"]),
)
def test_opening_and_accepted_less_concluded_is_pending_up_to_the_unknown_whatever_the_data_hold(
    opened: list[dt.date | None],
    closed: list[dt.date | None],
    offices: list[str],
    period: str,
    every: str | None,
) -> None:
    rows = [
        {"office": office, "opened_on": start, "closed_on": end, "counts": True}
        for start, end, office in zip(opened, closed, offices, strict=False)
    ]
    result = cube_of(rows, by=["office"]).table(["at_end", "balance"], by="office", period=period, every=every)
    columns = zip(*(result.columns[name] for name in ("indicator", "value", "unknown")), strict=True)
    rows_of: dict[str, list[tuple[float, int]]] = {"at_end": [], "balance": []}
    for name, value, unknown in columns:
        rows_of[name].append((value, unknown))
    for (pending, unknown), (balance, _) in zip(rows_of["at_end"], rows_of["balance"], strict=True):
        assert abs(pending - balance) <= unknown


@given(data=cases)
def test_the_opening_of_a_month_is_the_closing_of_the_one_before(data: list[Case]) -> None:
    cube = cube_of([row(case) for case in data])
    assert monthly(cube, "at_beginning")["value"][1:] == monthly(cube, "at_end")["value"][:-1]


@given(data=cases)
def test_stocks_add_up_over_offices_and_not_over_months(data: list[Case]) -> None:
    rows = [row(case, office) for case, office in zip(data, ["甲院", "乙院"] * len(data), strict=False)]
    cube = cube_of(rows, by=["office"])
    by_office = cube.table("at_end", by="office", period="2024").columns["value"]
    assert (
        sum(by_office)
        == cube.table("at_end", period="2024").columns["value"][0]
        == monthly(cube, "at_end")["value"][-1]
    )


A_YEAR = [Case(dt.date(2024, 1, 10), dt.date(2024, 3, 2), is_open=False), Case(dt.date(2024, 2, 1), None, is_open=True)]


def test_a_case_opened_after_its_closing_is_unknown_and_does_not_make_the_stock_less() -> None:
    opened = [dt.date(2042, 1, 5), None, dt.date(2024, 1, 20)]
    closed = [dt.date(2024, 2, 3), dt.date(2024, 3, 1), None]
    data = [Case(start, end, is_open=end is None) for start, end in zip(opened, closed, strict=True)]
    table = pa.Table.from_pylist([row(case) for case in data], SCHEMA)
    cube = cm.Cube({"cases": table}, cm.Catalogue.from_dict(TREE), as_of="2024-12-31")
    result = cube.table("at_end", period="2024-01..2024-03", every="month")
    assert (result.columns["value"], result.columns["unknown"]) == ([1, 1, 1], [0, 1, 2])
    march = cube.table("at_end", period="2024-03")
    assert march.rows({"cases": table}, side="unknown").values("closed_on") == closed[:2]
    assert march.rows({"cases": table}).values("opened_on") == opened[2:]


def test_a_rate_of_clearance_divides_a_flow_by_a_stock_and_a_flow() -> None:
    columns = cube_of([row(case) for case in A_YEAR]).table("clearance", period="2024-03").columns
    assert (columns["value"], columns["numerator"], columns["denominator"]) == ([0.5], [1], [2])


def test_a_stock_is_shown_as_a_count_with_its_unit() -> None:
    cube = cube_of([row(case) for case in A_YEAR])
    text = cube.table("at_end", period="2024-03", compare="previous").wide().text()
    assert "期末未结（件）" in text
    assert "-50.0%" in text
    assert "Pending (cases)" in cube.table("at_end", period="2024-03").html("en")


def test_one_line_of_a_table_has_cases_and_persons(tmp_path: Any) -> None:
    tree = {
        "schema": 1,
        "table": {"cases": {"counts": "case"}, "persons": {"counts": "person"}},
        "aggregate": [{"id": "case", "unit": "cases"}, {"id": "person", "unit": "persons"}],
        "indicator": [
            {"id": "in_cases", "label": {"zh": "受理", "en": "Accepted"}, "kind": "count", "of": "case"},
            {"id": "in_persons", "label": {"zh": "受理", "en": "Accepted"}, "kind": "count", "of": "person"},
        ],
    }
    tables = {"cases": {"office": ["甲院", "乙院"]}, "persons": {"office": ["甲院", "甲院", "乙院"]}}
    result = cm.Cube(tables, cm.Catalogue.from_dict(tree), by=["office"]).table(by="office")
    wide = result.wide()
    assert wide.text().splitlines()[0].split() == ["office", "受理（件）", "受理（人）"]
    assert wide.columns()["in_persons"] == [1, 2]
    assert json.loads(result.metadata["counts"])["in_persons"] == {"zh": "人", "en": "persons"}
    assert wide.to_excel(tmp_path / "units.xlsx").exists()


def cohort(as_of: str | None) -> cm.Result:
    tree = json.loads(json.dumps(TREE))
    tree["indicator"] = [
        {"id": "taken", "label": {"zh": "受理"}, "kind": "count", "of": "accepted", "mature_after": 180}
    ]
    return cube_of([row(case) for case in A_YEAR], tree, as_of=as_of).table("taken", period="2024Q1")


def test_an_immature_cohort_says_how_long_to_wait() -> None:
    result = cohort("2024-04-30")
    assert result.columns["flags"] == ["immature"]
    assert "未成熟" in result.text()
    assert "受理（件）: 期满后多少天才成熟 180" in result.text()
    assert cohort("2024-12-31").columns["status"] == ["ok"]


def test_without_a_day_at_which_the_data_stand_no_cohort_is_known_to_be_mature() -> None:
    result = cohort(None)
    assert result.columns["status"] == ["immature"]
    assert "as_of" in result.text("en")


@pytest.mark.parametrize("kind", ["mean", "quantile"])
def test_ages_without_a_period_need_the_day_at_which_the_data_stand(kind: str) -> None:
    tree = TREE | {"indicator": [{"id": "age", "kind": kind, "of": "open_cases"}]}
    rows = [row(case) for case in A_YEAR]
    refused = cube_of(rows, tree).table("age")
    assert refused.columns["status"] == ["not_available"]
    assert "build the cube with as_of" in refused.metadata["not_available"]
    assert cube_of(rows, tree, as_of="2024-02-11").table("age").columns["value"] == [21.0]


def test_a_case_is_pending_until_the_last_of_its_charges_is_closed() -> None:
    charges = {
        "case_id": ["1", "1", "2", "2"],
        "accepted_on": ["2024-01-10", "2024-01-12", "2024-02-01", "2024-02-01"],
        "closed_on": ["2024-02-15", "2024-03-20", "2024-03-01", None],
    }
    closed_on = {"type": "date", "empty": "not_yet"}
    tree = {
        "schema": 1,
        "table": {
            "charges": {
                "columns": {"case_id": {"type": "text"}, "accepted_on": {"type": "date"}, "closed_on": closed_on}
            }
        },
        "unit": {
            "case": {
                "from": "charges",
                "counts": "case",
                "one_row_per": ["case_id"],
                "columns": {"accepted": "min(accepted_on)", "closed": "max(closed_on)"},
            }
        },
        "aggregate": [
            {"id": "open_cases", "kind": "pending", "unit": "case", "opened": "accepted", "closed": "closed"}
        ],
        "indicator": [{"id": "at_end", "label": "未结", "kind": "stock", "of": "open_cases"}],
    }
    cube = cm.Cube({"charges": charges}, cm.Catalogue.from_dict(tree))
    result = cube.table(period="2024-01..2024-03", every="month")
    assert result.columns["value"] == [1, 2, 1]
    assert "未结（件）" in result.text()
