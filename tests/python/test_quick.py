# SPDX-License-Identifier: Apache-2.0
"""One line, one answer: what a line means, from whatever table it is asked, and what it says of itself."""

from __future__ import annotations

import inspect
import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import casemetry as cm
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from casemetry._asking import Asked, Asking
from oracle import cube as oracle
from oracle import query
from test_cube_pass import TYPES, random_predicate, random_table

ARRESTS = {
    "office": ["甲", "甲", "乙", "乙", None],
    "decision": ["approved", "refused", "refused", None, "withdrawn"],
    "accepted_on": ["2024-01-01", "2024-01-03", "2024-01-29", "2024-02-01", "2024-02-02"],
    "decided_on": ["2024-01-05", "2024-01-09", "2024-02-01", "2024-02-29", None],
}
REFUSED = "decision == 'refused'"
DECIDED = "decision in ['approved', 'refused']"


def rows_of(result: cm.Result) -> list[dict[str, Any]]:
    columns = result.columns
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def one(result: cm.Result, *names: str) -> tuple[Any, ...]:
    (row,) = rows_of(result)
    return tuple(row[name] for name in names)


# ---------------------------------------------------------------------------------------------------- what it means


def test_a_rate_of_100_units_of_which_20_are_unknown() -> None:
    result = cm.rate({"refused": [True] * 10 + [False] * 70 + [None] * 20}, "refused")
    assert one(result, "value", "numerator", "denominator", "unknown") == (0.125, 10, 80, 20)
    assert one(result, "least", "most") == (0.10, 0.30)
    assert "12.5%" in str(result)
    assert "10.0–30.0" in str(result)


def test_the_band_of_400_random_tables_is_that_of_every_completion() -> None:
    chance = random.Random(2019)
    for _ in range(400):
        rows = random_table(chance)
        where, among, applies = (random_predicate(chance) for _ in range(3))
        applies_where = chance.choice([None, applies])
        n, d = (oracle.Count("", side, applies_where) for side in (where, among))
        outcomes = [(oracle.union([d], row, {}), oracle.union([n], row, {})) for row in rows]
        numerator, denominator, unknown = query.known_share([(n, d) for d, n in outcomes])
        band = oracle.band(outcomes) or (None, None)
        result = cm.rate(
            pa.Table.from_pylist(rows, TYPES),
            where.text(),
            among=among.text(),
            applies_where=None if applies_where is None else applies_where.text(),
        )
        assert one(result, "numerator", "denominator", "unknown") == (numerator, denominator, unknown)
        assert one(result, "value", "least", "most") == (
            float(Fraction(numerator, denominator)) if denominator else None,
            *(None if end is None else float(end) for end in band),
        )


def test_a_row_is_in_the_numerator_if_both_hold() -> None:
    assert one(cm.rate(ARRESTS, REFUSED, among="office == '甲'"), "numerator", "denominator") == (1, 2)
    assert one(cm.rate(ARRESTS, "office == '甲'", among=REFUSED), "numerator", "denominator") == (1, 2)
    assert one(cm.rate(ARRESTS, REFUSED, among=DECIDED), "numerator", "denominator") == (2, 3)
    assert one(cm.rate(ARRESTS, DECIDED, among=REFUSED), "numerator", "denominator") == (2, 2)


def test_without_among_the_denominator_is_all_that_applies() -> None:
    assert one(cm.rate(ARRESTS, REFUSED), "numerator", "denominator", "unknown") == (2, 4, 1)
    applicable = cm.rate(ARRESTS, REFUSED, applies_where="office == '乙'")
    assert one(applicable, "numerator", "denominator", "unknown") == (1, 1, 2)  # no decision; no office


@pytest.mark.parametrize(("rows", "status"), [(9, "small"), (10, "ok")])
def test_a_rate_of_less_than_ten_rows_is_marked(rows: int, status: str) -> None:
    assert one(cm.rate({"decision": ["refused"] * rows}, REFUSED), "status") == (status,)


def test_a_count_with_its_unknown_out_and_in() -> None:
    assert one(cm.count(ARRESTS), "value", "unknown", "least", "most") == (5, 0, 5, 5)
    assert one(cm.count(ARRESTS, REFUSED), "value", "unknown", "least", "most") == (2, 1, 2, 3)
    in_second = cm.count(ARRESTS, REFUSED, applies_where="office == '乙'")
    assert one(in_second, "value", "unknown", "least", "most") == (1, 2, 1, 3)


@pytest.mark.parametrize(("q", "value"), [(0, 3), (0.25, 3.75), (0.5, 5), (1, 28)])
def test_a_quantile_of_days(q: float, value: float) -> None:
    result = cm.days(ARRESTS, "accepted_on", "decided_on", q=q)  # 4, 6, 3 and 28 days
    assert one(result, "value", "denominator", "unknown") == (value, 4, 1)


def test_days_of_some_rows_only() -> None:
    of_decided = cm.days(ARRESTS, "accepted_on", "decided_on", where=DECIDED)  # 4, 6 and 3 days; 28 without decision
    assert one(of_decided, "value", "denominator", "unknown", "least", "most") == (4, 3, 1, 3.5, 5)
    in_first = cm.days(ARRESTS, "accepted_on", "decided_on", applies_where="office == '甲'")
    assert one(in_first, "value", "denominator", "unknown") == (5, 2, 1)


def test_days_are_placed_where_they_end_unless_it_is_said() -> None:
    by_end = cm.days(ARRESTS, "accepted_on", "decided_on", every="month").columns
    assert (by_end["period"], by_end["value"]) == (["2024-01", "2024-02", None], [5, 15.5, None])
    by_start = cm.days(ARRESTS, "accepted_on", "decided_on", every="month", date="accepted_on").columns
    assert (by_start["period"], by_start["value"]) == (["2024-01", "2024-02"], [4, 28])


def test_cells_periods_and_the_year_before() -> None:
    cases = {"office": ["甲", "甲", "乙"], "on": ["2023-03-01", "2024-03-31", "2024-04-01"]}
    result = cm.count(cases, by="office", date="on", period="2024-03", compare="year_ago")
    assert result.columns["office"] == ["乙", "甲"]  # by code point
    assert result.columns["value"] == [0, 1]
    assert result.columns["year_ago_value"] == [0, 1]


def test_a_day_to_stand_at_marks_the_period_that_it_cuts() -> None:
    result = cm.count(ARRESTS, date="accepted_on", every="month", as_of="2024-02-28")
    assert result.columns["status"] == ["ok", "partial_period"]


def test_another_level_is_another_width() -> None:
    widths = [high - low for low, high in (one(cm.rate(ARRESTS, REFUSED, level=p), "low", "high") for p in (0.8, 0.99))]
    assert widths[0] < widths[1]


# ---------------------------------------------------------------------------------------------------- from what


def written_to(path: Path) -> Path:
    pd.DataFrame(ARRESTS).to_csv(path, index=False)
    return path


SOURCES: dict[str, Callable[[Path], Any]] = {
    "a mapping": lambda _: ARRESTS,
    "a table that was read": lambda _: cm.read(ARRESTS),
    "a path": written_to,
    "a path as text": lambda path: str(written_to(path)),
    "pandas": lambda _: pd.DataFrame(ARRESTS),
    "pandas with categories": lambda _: pd.DataFrame(ARRESTS).astype({"office": "category", "decision": "category"}),
    "polars": lambda _: pl.DataFrame(ARRESTS),
    "Arrow": lambda _: pa.table(ARRESTS),
    "DuckDB": lambda _: duckdb.from_arrow(pa.table(ARRESTS)),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_the_same_rows_give_the_same_answer(source: Callable[[Path], Any], tmp_path: Path) -> None:
    question: dict[str, Any] = {"among": DECIDED, "by": "office", "date": "decided_on", "every": "month"}
    result = cm.rate(source(tmp_path / "arrests.csv"), REFUSED, **question)
    assert result.columns == cm.rate(ARRESTS, REFUSED, **question).columns


WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None  # as if it were not installed

import pandas as pd
import casemetry as cm

frame = pd.DataFrame({
    "office": pd.Categorical(["甲", "甲", "乙", None]),
    "decision": ["approved", "refused", None, "refused"],
    "urgent": [True, False, False, True],
    "accepted_on": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-29", "2024-02-02"]),
    "decided_on": pd.to_datetime(["2024-01-05", "2024-01-09", "2024-02-01", None]),
})
rates = cm.rate(frame, "decision == 'refused'", by="office")
assert rates.columns["office"] == ["乙", "甲", None]
assert rates.columns["value"] == [None, 0.5, 1.0]
assert cm.count(frame, "urgent", date="decided_on", every="month").columns["value"] == [1, 0, 1]
assert cm.days(frame, "accepted_on", "decided_on").columns["value"] == [4]
assert "50.0%" in str(rates) and "50.0%" in rates.html()
try:
    rates.to_arrow()
except cm.MissingPackageError as error:
    print(error)
"""


def test_a_pandas_frame_is_asked_without_pyarrow() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT_PYARROW], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "pip install pyarrow" in run.stdout


# ---------------------------------------------------------------------------------------------------- what it says


def test_operators_ask_what_text_asks() -> None:
    decision = cm.col("decision")
    by_operators = cm.rate(ARRESTS, decision == "refused", among=decision.isin(["approved", "refused"]))
    by_text = cm.rate(ARRESTS, REFUSED, among=DECIDED)
    assert by_operators.definition == by_text.definition
    assert by_operators.columns == by_text.columns


@pytest.mark.parametrize(
    "ask",
    [
        lambda: cm.rate(ARRESTS, REFUSED, among=DECIDED, applies_where="office != '丙'", date="decided_on"),
        lambda: cm.count(ARRESTS, REFUSED),
        lambda: cm.days(ARRESTS, "accepted_on", "decided_on", q=0.9, where=DECIDED),
    ],
    ids=["rate", "count", "days"],
)
def test_the_definition_that_is_shown_asks_the_same_again(ask: Callable[[], cm.Result]) -> None:
    result = ask()
    again = cm.Cube({"data": ARRESTS}, cm.Catalogue.from_toml(str(result.definition))).table()
    assert again.columns == result.columns
    assert again.definition == result.definition


def test_an_answer_is_called_by_its_text_or_as_it_is_said() -> None:
    assert (
        str(cm.rate(ARRESTS, REFUSED, among="not is_null(office)"))
        .splitlines()[2]
        .startswith(f"{REFUSED} | not is_null")
    )
    assert str(cm.rate(ARRESTS, REFUSED, label="不捕率")).splitlines()[2].startswith("不捕率 ")


@pytest.mark.parametrize("said", [{"period": "2024"}, {"every": "month"}, {"compare": "year_ago"}])
def test_a_period_needs_the_date_that_places_a_row(said: dict[str, str]) -> None:
    with pytest.raises(cm.QueryError, match="needs date="):
        cm.rate(ARRESTS, REFUSED, **said)  # type: ignore[arg-type]


def test_beside_a_value_that_of_all_cells_needs_no_date() -> None:
    result = cm.rate(ARRESTS, REFUSED, by="office", compare=["total", "parent"])
    (total,) = cm.rate(ARRESTS, REFUSED).columns["value"]
    assert {*result.columns["total_value"]} == {*result.columns["parent_value"]} == {total}


def test_cells_that_cannot_be_read_are_told() -> None:
    cases = {"closed": ["2024-01-03", "待定", "2024-02-30", None]}
    with pytest.warns(UserWarning, match="'closed': 2 of 4 cells could not be read as date .*'待定', '2024-02-30'"):
        result = cm.count(cases, date="closed", every="month")
    assert [(row["period"], row["value"]) for row in rows_of(result)] == [("2024-01", 1.0), (None, 3.0)]


def test_a_count_of_all_rows_has_a_name() -> None:
    assert cm.count(ARRESTS).text("zh").splitlines()[2].startswith("件数 ")
    assert cm.count(ARRESTS).text("en").splitlines()[2].startswith("Count ")


# ---------------------------------------------------------------------------------------------------- what is counted

CHARGES = {  # a row a charge: three cases, four persons, of whom the first has two charges
    "case_id": ["c1", "c1", "c1", "c2", "c3"],
    "person_id": ["p1", "p1", "p2", "p1", "p1"],
    "office": ["甲", "甲", "甲", "乙", None],
    "decision": ["approved", "refused", "refused", None, "approved"],
    "accepted_on": ["2024-01-01", "2024-01-01", "2024-01-01", "2024-01-29", "2024-02-01"],
    "decided_on": ["2024-01-05", "2024-01-09", "2024-02-01", "2024-02-29", None],
}
BOTH: dict[str, Any] = {"件": "case_id", "人": ["case_id", "person_id"]}


def test_cases_and_persons_stand_on_one_line() -> None:
    result = cm.count(CHARGES, unit=BOTH, by="office")
    assert [(row["indicator"], row["office"], row["value"]) for row in rows_of(result)] == [
        ("件", "乙", 1),
        ("件", "甲", 1),
        ("件", None, 1),
        ("人", "乙", 1),
        ("人", "甲", 2),
        ("人", None, 1),
    ]
    assert [line.split() for line in str(result.wide("en")).splitlines()[2:5]] == [
        ["乙", "1", "1"],
        ["甲", "1", "2"],
        ["(missing)", "1", "1"],
    ]


def test_a_unit_is_a_column_or_several_or_has_a_name() -> None:
    assert one(cm.count(CHARGES, unit="case_id"), "indicator", "value") == ("count", 3)
    assert one(cm.count(CHARGES, unit=["case_id", "person_id"]), "indicator", "value") == ("count", 4)
    assert one(cm.count(CHARGES, unit={"嫌疑人": ["case_id", "person_id"]}), "indicator", "value") == ("嫌疑人", 4)
    assert cm.count(CHARGES, unit={"嫌疑人": "person_id"}).text("en").splitlines()[2].startswith("嫌疑人 ")


def test_a_predicate_says_how_the_rows_of_a_unit_become_one_value() -> None:
    person = ["case_id", "person_id"]
    ask = "value", "numerator", "denominator", "unknown"
    assert one(cm.rate(CHARGES, "any(decision == 'refused')", unit=person), *ask) == (2 / 3, 2, 3, 1)
    assert one(cm.rate(CHARGES, "all(decision == 'refused')", unit=person), *ask) == (1 / 3, 1, 3, 1)
    refused_only = cm.rate(CHARGES, "only(decision) == 'refused'", among="only(decision) != 'x'", unit=person)
    assert one(refused_only, *ask) == (1 / 2, 1, 2, 2)  # one has both decisions, one none
    applicable = cm.count(
        CHARGES, "count(decision == 'refused') > 1", unit="case_id", applies_where="any(office == '甲')"
    )
    assert one(applicable, "value", "unknown") == (1, 1)
    with_operators = cm.count(CHARGES, cm.expression("count(decision == 'refused') > 1"), unit="case_id")
    assert with_operators.columns["value"] == [1]


def test_a_predicate_may_name_what_the_unit_has() -> None:
    result = cm.count(CHARGES, "office == '甲' and case_id == 'c1'", unit="case_id", by="office")
    assert dict(zip(result.columns["office"], result.columns["value"], strict=True)) == {"乙": 0, "甲": 1, None: 0}


def test_rows_of_a_unit_that_disagree_are_missing_unless_it_is_said_otherwise() -> None:
    charges = {**CHARGES, "office": ["甲", "甲", "丁", "乙", None]}
    with pytest.warns(
        UserWarning, match=r"unit 'case_id': the rows of 1 of 3 disagree on 'office'.*such as only\(office where …\)$"
    ):
        disagreeing = cm.count(charges, unit="case_id", by="office")
    assert dict(zip(disagreeing.columns["office"], disagreeing.columns["value"], strict=True)) == {"乙": 1, None: 2}
    by_hand = cm.count(charges, unit="case_id", by={"院": "only(office where person_id == 'p1')"})
    assert dict(zip(by_hand.columns["院"], by_hand.columns["value"], strict=True)) == {"乙": 1, "甲": 1, None: 1}


def test_a_unit_is_placed_by_the_one_date_of_its_rows_or_by_what_is_said() -> None:
    def months(date: str) -> dict[str | None, float]:
        columns = cm.count(CHARGES, unit="case_id", date=date, every="month").columns
        return dict(zip(columns["period"], columns["value"], strict=True))

    with pytest.warns(UserWarning, match=r"1 of 3 disagree on 'decided_on'.*, min\(decided_on\) or max\(decided_on\)$"):
        assert months("decided_on") == {"2024-02": 1, None: 2}  # the days of the first case differ
    assert months("min(decided_on)") == {"2024-01": 1, "2024-02": 1, None: 1}
    assert months("max(decided_on)") == {"2024-02": 2, None: 1}


def test_days_of_a_unit() -> None:
    result = cm.days(CHARGES, "accepted_on", "max(decided_on)", q=1, unit="case_id", every="month")
    assert [(row["period"], row["value"], row["unknown"]) for row in rows_of(result)] == [
        ("2024-02", 31, 0),
        (None, None, 1),
    ]


UNIT_LINES: dict[str, Callable[[], cm.Result]] = {
    "count": lambda: cm.count(CHARGES, unit=BOTH, by="office", date="min(decided_on)", every="month"),
    "rate": lambda: cm.rate(CHARGES, "any(decision == 'refused')", unit=BOTH, by={"院": "only(office)"}),
    "days": lambda: cm.days(CHARGES, "accepted_on", "max(decided_on)", unit="case_id"),
}


@pytest.mark.parametrize("ask", UNIT_LINES.values(), ids=UNIT_LINES)
def test_the_definition_of_a_unit_asks_the_same_again(ask: Callable[[], cm.Result]) -> None:
    result = ask()
    query = result._core.query
    cube = cm.Cube({"data": CHARGES}, cm.Catalogue.from_toml(str(result.definition)), by=query.by)
    again = cube.table(by=query.by, period=query.period, every=query.every)
    assert again.columns == result.columns
    assert again.definition == result.definition


def test_columns_of_any_name_make_a_unit() -> None:
    rows = {"案 号": ["1", "1", "2"], "data": ["甲", "甲", "乙"], "counted": [True, False, True]}
    result = cm.count(rows, "any(counted)", unit={"data": "案 号"}, by=["data", "案 号"])
    assert result.columns["value"] == [1, 1]


REFUSED_UNITS: dict[str, tuple[Callable[[], cm.Result], type[Exception], str]] = {
    "a predicate of single rows": (
        lambda: cm.rate(CHARGES, REFUSED, unit="case_id"),
        cm.QueryError,
        r"write any\(decision == 'refused'\), all\(decision == 'refused'\), or only\(decision\)",
    ),
    "a predicate of single rows beside one of all": (
        lambda: cm.count(CHARGES, "any(decision == 'refused') and office == '甲'", unit="case_id"),
        cm.DefinitionError,
        r"'office' is a column of the source 'data': .* only\(office\)",
    ),
    "expressions of by without a unit": (
        lambda: cm.count(CHARGES, by={"院": "only(office)"}),
        cm.QueryError,
        "give unit=",
    ),
    "no key": (lambda: cm.count(CHARGES, unit=[]), cm.QueryError, "give its key"),
    "no unit": (lambda: cm.count(CHARGES, unit={}), cm.QueryError, "names nothing to count"),
    "a key that is not there": (lambda: cm.count(CHARGES, unit="case_no"), cm.ColumnNotFoundError, "case_id"),
    "a key with a missing cell": (
        lambda: cm.count({"case_id": ["c1", None], "n": [1, 2]}, unit="case_id"),
        cm.DataError,
        "case_id",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED_UNITS.values(), ids=REFUSED_UNITS)
def test_what_makes_no_unit_is_refused(ask: Callable[[], cm.Result], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ask()


def test_random_units_are_counted_like_sets() -> None:
    chance = random.Random(20240701)
    for _ in range(50):
        rows = [
            (chance.randrange(8), chance.randrange(3), chance.choice("甲乙丙"), number)
            for number in range(chance.randrange(1, 40))
        ]
        table = pa.table(dict(zip(("case", "person", "office", "n"), zip(*rows, strict=True), strict=True)))
        units: dict[str, Any] = {"件": "case", "人": ["case", "person"]}
        result = cm.count(table, "max(n) > 9", unit=units, by={"院": "only(office)"})
        for name, width in (("件", 1), ("人", 2)):
            expected: dict[str | None, int] = {}
            for key in {row[:width] for row in rows}:
                of_unit = [row for row in rows if row[:width] == key]
                offices = {office for _, _, office, _ in of_unit}
                label = offices.pop() if len(offices) == 1 else None
                expected[label] = expected.get(label, 0) + (max(number for *_, number in of_unit) > 9)
            got = {row["院"]: row["value"] for row in rows_of(result) if row["indicator"] == name}
            assert {label: count for label, count in got.items() if count or label in expected} == expected


# ---------------------------------------------------------------------------------------------------- how it is written


@pytest.mark.parametrize("line", [cm.rate, cm.count, cm.days])
def test_a_line_shows_all_its_keywords(line: Callable[..., cm.Result]) -> None:
    shown = inspect.signature(line).parameters
    assert {"unit", "by", "date", "period", "every", "compare", "as_of", "level", "label"} <= set(shown)
    assert not any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in shown.values())
    assert set(Asking.__annotations__) == set(inspect.signature(Asked).parameters)


def test_a_misspelled_keyword_is_refused() -> None:
    with pytest.raises(TypeError, match="perod"):
        cm.count(CHARGES, perod="2024")  # type: ignore[call-arg]
