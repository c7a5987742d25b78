# SPDX-License-Identifier: Apache-2.0
"""Questions to a cube against plain Python, and what the core hands to Python."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from casemetry import CasemetryError, QueryError, _core
from hypothesis import given
from hypothesis import strategies as st
from oracle import query as oracle

COLUMNS = {
    "office": {"type": "category", "label": {"zh": "承办单位", "en": "Office"}},
    "refused": {"type": "boolean"},
    "decided": {"type": "boolean"},
    "opened_on": {"type": "date"},
    "closed_on": {"type": "date"},
    "fine": {"type": "decimal(2)", "range": [0, 100]},
}
TYPES = pa.schema(
    [
        ("office", pa.string()),
        ("refused", pa.bool_()),
        ("decided", pa.bool_()),
        ("opened_on", pa.date32()),
        ("closed_on", pa.date32()),
        ("fine", pa.decimal128(12, 2)),
    ]
)
TREE: dict[str, Any] = {
    "schema": 1,
    "table": {"person": {"columns": COLUMNS}},
    "aggregate": [
        {"id": "refused", "unit": "person", "date": "closed_on", "where": "refused"},
        {"id": "decided", "unit": "person", "date": "closed_on", "where": "decided"},
        {"id": "stay", "kind": "days", "unit": "person", "date": "closed_on", "start": "opened_on", "end": "closed_on"},
        {"id": "fines", "kind": "sum", "unit": "person", "date": "closed_on", "column": "fine"},
    ],
    "indicator": [
        {
            "id": "rate",
            "label": {"zh": "不捕率"},
            "kind": "proportion",
            "numerator": "refused",
            "denominator": "decided",
        },
        {"id": "refusals", "kind": "count", "of": "refused"},
        {"id": "half", "kind": "count", "of": "1/2 * refused"},
        {"id": "median", "kind": "quantile", "of": "stay", "q": 0.5},
        {"id": "ninth", "kind": "quantile", "of": "stay", "q": 0.9},
        {"id": "mean_fine", "kind": "mean", "of": "fines"},
        {"id": "all_fines", "kind": "sum", "of": "fines"},
    ],
}
CATALOGUE = _core.Catalogue.from_json(json.dumps(TREE))

Row = dict[str, Any]


def cube_of(rows: Sequence[Row], by: Sequence[str] = (), **options: Any) -> _core.Cube:
    table = _core.Table.from_stream(pa.Table.from_pylist(list(rows), TYPES))
    return _core.build({"person": table}, CATALOGUE, by=list(by), **options)


def ask(rows: Sequence[Row], indicator: str, **question: Any) -> list[Row]:
    result = _core.query(cube_of(rows, question.get("by", ())), indicators=[indicator], **question)
    columns = result.columns()
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def person(refused: bool | None, decided: bool | None = True, **more: Any) -> Row:
    return {"refused": refused, "decided": decided} | more


def test_a_rate_of_100_units_of_which_20_are_unknown() -> None:
    (row,) = ask([person(None)] * 20 + [person(True)] * 10 + [person(False)] * 70, "rate")
    assert (row["value"], row["numerator"], row["denominator"], row["unknown"]) == (0.125, 10, 80, 20)
    assert (row["least"], row["most"]) == (0.10, 0.30)


def test_the_band_of_400_small_tables_is_that_of_every_completion() -> None:
    rng = random.Random(2024)
    for _ in range(400):
        outcomes = [
            (rng.choice([True, False, None]), rng.choice([True, False, None])) for _ in range(rng.randint(0, 6))
        ]
        (row,) = ask([person(n, d) for n, d in outcomes], "rate")
        assert (row["numerator"], row["denominator"], row["unknown"]) == oracle.known_share(outcomes)
        least, most = oracle.band(outcomes)
        assert (row["least"], row["most"]) == tuple(None if end is None else float(end) for end in (least, most))


offices = st.none() | st.sampled_from(["甲", "乙", "丙"])
closing_days = st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31))
cases = st.lists(st.tuples(offices, closing_days, st.booleans()), max_size=40)


def counted(rows: list[Row]) -> dict[tuple[str | None, str | None], int]:
    return {(row.get("office"), row["period"]): row["value"] for row in rows}


@given(cases=cases, by=st.booleans(), every=st.sampled_from(["month", "quarter", "year"]), dated=st.booleans())
def test_counts_are_those_of_a_loop(
    cases: list[tuple[str | None, dt.date | None, bool]], by: bool, every: str, dated: bool
) -> None:
    rows = [person(flag, office=office, closed_on=day) for office, day, flag in cases]
    question: dict[str, Any] = {"by": ["office"] if by else [], "every": every}
    if dated:
        question["period"] = "2024"
        days = [dt.date(2024, month, 1) for month in range(1, 13)]
        names: list[str | None] = list(dict.fromkeys(oracle.name(day, every) for day in days))
    else:
        names = [*sorted({oracle.name(day, every) for _, day, _ in cases if day})]
        if any(day is None for _, day, _ in cases) or not names:
            names.append(None)
    assert counted(ask(rows, "refusals", **question)) == oracle.counts(cases, by, names, every)


@given(cases=cases, by=st.booleans())
def test_without_period_and_every_all_units_are_counted(
    cases: list[tuple[str | None, dt.date | None, bool]], by: bool
) -> None:
    rows = [person(flag, office=office, closed_on=day) for office, day, flag in cases]
    found = counted(ask(rows, "refusals", by=["office"] if by else []))
    assert found == oracle.counts(cases, by, [None], None)


def test_cells_stand_in_label_order_and_the_missing_one_last() -> None:
    rows = [person(True, office=office) for office in ("丙", None, "甲", "乙")]
    assert [row["office"] for row in ask(rows, "refusals", by=["office"])] == ["丙", "乙", "甲", None]


def test_a_cell_of_the_year_before_only_is_compared_too() -> None:
    rows = [
        person(True, office="甲", closed_on=dt.date(2023, 5, 1)),
        person(False, office="乙", closed_on=dt.date(2024, 5, 1)),
    ]
    new, old = ask(rows, "rate", by=["office"], period="2024", compare=["year_ago"])
    assert (old["office"], old["status"], old["value"], old["year_ago_value"]) == ("甲", "no_denominator", None, 1.0)
    assert (new["office"], new["status"], new["value"], new["year_ago_value"]) == ("乙", "ok", 0.0, None)


@given(
    stays=st.lists(st.integers(-30, 2000) | st.sampled_from([7, 30]), max_size=60),
    unknown=st.integers(0, 5),
    indicator=st.sampled_from(["median", "ninth"]),
)
def test_quantiles_are_exact_and_so_is_their_band(stays: list[int], unknown: int, indicator: str) -> None:
    q = Fraction(1, 2) if indicator == "median" else Fraction(9, 10)
    opened = dt.date(2020, 1, 1)
    known = [person(None, opened_on=opened, closed_on=opened + dt.timedelta(days=stay)) for stay in stays]
    (row,) = ask(known + [person(None, opened_on=opened)] * unknown, indicator)
    value, least, most = quantiles(stays, unknown, q)
    assert row["value"] == (None if value is None else pytest.approx(float(value), rel=1e-15))
    assert row["least"] == (None if least is None else pytest.approx(float(least), rel=1e-15))
    assert row["most"] == (None if most is None else pytest.approx(float(most), rel=1e-15))
    assert (row["numerator"], row["denominator"], row["unknown"]) == (None, len(stays), unknown)


def quantiles(stays: list[int], unknown: int, q: Fraction) -> tuple[Fraction | None, ...]:
    """Give the value, and what it is with the unknown far below, then far above; None where it is one of those."""
    far = 10**9
    ends = oracle.quantile([*stays, *[-far] * unknown], q), oracle.quantile([*stays, *[far] * unknown], q)
    return oracle.quantile(stays, q), *(None if end is None or abs(end) > 10**5 else end for end in ends)


def test_the_median_of_an_even_number_of_days_may_end_in_a_half() -> None:
    opened = dt.date(2020, 1, 1)
    rows = [person(None, opened_on=opened, closed_on=opened + dt.timedelta(days=stay)) for stay in (1220, 1221)]
    assert ask(rows, "median")[0]["value"] == 1220.5


def test_the_mean_of_decimals_lies_in_the_range_that_the_column_declares() -> None:
    fines: list[str | None] = ["10.00", "20.50", None]
    (row,) = ask([person(None, fine=None if fine is None else pa.scalar(fine).cast(pa.decimal128(12, 2)).as_py())
                  for fine in fines], "mean_fine")  # fmt: skip
    assert (row["value"], row["numerator"], row["denominator"], row["unknown"]) == (15.25, 30.5, 2, 1)
    assert (row["least"], row["most"]) == (pytest.approx(30.5 / 3), pytest.approx(130.5 / 3))


def published_rates(golden: Path) -> list[dict[str, str]]:
    """Give the checks whose rate is that of a part and the rest."""
    with (golden / "published_checks.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["formula"] in ("na/(a+na)", "np/(p+np)")]


def figure(text: str) -> int | tuple[int, int]:
    """Read 313743, or 38.5万: what may be rounded to it, both ends included."""
    match = re.fullmatch(r"(\d+)\.(\d)万", text)
    if not match:
        return int(text)
    middle = int(match[1] + match[2]) * 1000
    return middle - 500, middle + 500


def test_a_sum_lies_where_the_declared_range_puts_what_is_missing() -> None:
    fines = [Decimal("30.50"), Decimal("10.00"), None, None]
    (row,) = ask([person(True, fine=fine) for fine in fines], "all_fines")
    assert (row["value"], row["unknown"]) == (40.5, 2)
    assert (row["least"], row["most"]) == (40.5, 40.5 + 2 * 100)


@pytest.mark.parametrize(("stands_at", "flags"), [("2024-03-24", "partial_period"), ("2024-03-25", "")])
def test_a_reporting_month_from_the_26th_is_whole_on_the_25th(stands_at: str, flags: str) -> None:
    catalogue = _core.Catalogue.from_json(json.dumps(TREE | {"calendar": {"month_starts_on": 26}}))
    rows = [person(True, closed_on=day) for day in (dt.date(2024, 2, 25), dt.date(2024, 2, 26), dt.date(2024, 3, 25))]
    table = _core.Table.from_stream(pa.Table.from_pylist(rows, TYPES))
    cube = _core.build({"person": table}, catalogue, as_of=dt.date.fromisoformat(stands_at))
    columns = _core.query(cube, indicators=["refusals"], period="2024-03").columns()
    assert (columns["value"], columns["flags"]) == ([2.0], [flags])


def test_what_is_not_available_is_not_called_partial() -> None:
    cube = cube_of([person(True)], indicators=["rate"], as_of=dt.date(2024, 3, 1))
    assert _core.query(cube, indicators=["median"], period="2024").columns()["flags"] == ["not_available"]


def test_published_rates_are_recomputed_from_their_figures(golden: Path) -> None:
    tree = {
        "schema": 1,
        "table": {"person": {}},
        "aggregate": [{"id": name, "unit": "person", "date": "on", "where": name} for name in ("part", "rest")],
        "indicator": [{"id": "rate", "kind": "proportion", "numerator": "part", "denominator": "part + rest"}],
    }
    catalogue = _core.Catalogue.from_json(json.dumps(tree))
    rates = published_rates(golden)
    assert len(rates) >= 20
    for row in rates:
        part, rest = (figure(text) for text in row["inputs"].split(";"))
        rate = _core.evaluate(catalogue, "rate", {"part": part, "rest": rest})
        assert rate.least is not None
        assert rate.most is not None
        assert 100 * rate.least == pytest.approx(float(row["recomputed_lo"]), abs=6e-5)
        assert 100 * rate.most == pytest.approx(float(row["recomputed_hi"]), abs=6e-5)
        assert rate.status == ("ok" if isinstance(part, int) else "not_determined")


def test_an_evaluation_tells_all_that_it_rests_on() -> None:
    rate = _core.evaluate(CATALOGUE, "rate", {"refused": 6, "decided": 6})
    assert (rate.value, rate.numerator, rate.denominator, rate.unknown) == (1.0, 6, 6, 0)
    assert rate.low == pytest.approx(0.610, abs=5e-4)
    assert rate.high == 1.0
    assert (rate.least, rate.most, rate.status, rate.flags) == (1.0, 1.0, "ok", "")
    assert isinstance(rate.numerator, int)
    assert _core.evaluate(CATALOGUE, "half", {"refused": 3}).numerator == 1.5
    assert _core.evaluate(CATALOGUE, "rate", {"refused": (7, 8), "decided": 6}).flags == (
        "exceeds_denominator,not_determined"
    )


def small_result(*indicators: str) -> _core.Result:
    rows = [person(True, office="甲", closed_on=dt.date(2024, 5, 1)), person(False, closed_on=dt.date(2024, 6, 1))]
    cube = cube_of(rows, ["office"], as_of=dt.date(2024, 6, 15))
    return _core.query(
        cube, indicators=list(indicators), by=["office"], period="2024-05..2024-06", compare=["year_ago"]
    )


def test_a_result_is_an_arrow_table_with_all_that_it_rests_on() -> None:
    table = pa.table(small_result("rate", "refusals"))
    label, number = pa.dictionary(pa.int32(), pa.string()), pa.float64()
    assert [(field.name, field.type) for field in table.schema] == [
        *(("indicator", label), ("office", label), ("period", pa.string())),
        *(("value", number), ("numerator", pa.int64()), ("denominator", pa.int64()), ("unknown", pa.int64())),
        *((name, number) for name in ("low", "high", "least", "most")),
        *(("status", pa.string()), ("flags", pa.string())),
        *((f"year_ago_{part}", number) for part in ("value", "change", "low", "high")),
    ]
    metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert metadata == small_result("rate", "refusals").metadata
    assert sorted(metadata) == [
        *("as_of", "casemetry.version", "compare", "definition", "definition_hashes"),
        *("labels", "level", "period", "rows"),
    ]
    assert json.loads(metadata["labels"])["office"] == {"zh": "承办单位", "en": "Office"}
    assert json.loads(metadata["definition_hashes"])["rate"] == CATALOGUE.definition_hash("rate")


def test_plain_columns_are_those_of_the_arrow_table() -> None:
    result = small_result("rate", "half", "median")
    assert result.columns() == pa.table(result).to_pydict()
    assert len(result) == result.rows == 6
    assert result.columns()["flags"][0] == "partial_period"
    assert result.columns()["numerator"] == [1.0, 0.0, 0.5, 0.0, None, None]


def test_a_result_remembers_its_question() -> None:
    result = small_result()
    assert result.query.indicators == [indicator["id"] for indicator in TREE["indicator"]]
    assert (result.query.period, result.query.every, result.query.level) == ("2024-05..2024-06", None, 0.95)
    assert (result.dimensions, result.comparisons) == (["office"], ["year_ago"])
    assert result.catalogue.indicator("rate").label_zh == "不捕率"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"indicators": ["rat"]}, "did you mean 'rate'"),
        ({"by": ["ofice"]}, "no dimension 'ofice'; did you mean 'office'"),
        ({"period": "2024-13"}, "names a month 13, which no year has; write one of 2024, 2024H1"),
        ({"period": "2024-09..2024-01"}, "ends before it begins"),
        ({"every": "week"}, "every='week' is no step; known: month, quarter, year"),
        ({"compare": ["year_ago"]}, "needs a period to compare"),
        ({"level": 95.0}, "level 95 is no coverage between 0 and 1; write 0.95"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(question: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as refusal:
        _core.query(cube_of([], ["office"]), **question)
    assert isinstance(refusal.value, CasemetryError)
