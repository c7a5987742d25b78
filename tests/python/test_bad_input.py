# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong with the input, it is told: the class of the error, the names in its message, the place.

Each row of a table below is one bad input. What cannot be counted is refused; what can be counted all the same is
counted, and the result says so. Where a room has a table of its own (files in ``test_reading``, definitions in
``test_catalogue``, Arrow structures in ``arrow_test.cpp``), here stands what a user meets who asks one question.
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from malformed_arrow import Malformed, field, number_at, of_batch, without_buffer

ARRESTS = {
    "office": ["东城院", "东城院", "西城院"],
    "decision": ["approved", "refused", None],
    "decided_on": ["2024-01-05", "2024-01-09", "2024-02-01"],
    "age": [17, 30, 41],
}
REFUSED = "decision == 'refused'"
PROTESTS = "admin_protest_change_rate"


def asked(where: str = REFUSED, **question: Any) -> Callable[[], object]:
    return lambda: cm.rate(ARRESTS, where, **question)


def counted(**question: Any) -> Callable[[], object]:
    return lambda: cm.count(ARRESTS, **question)


def protests(**counts: int) -> Any:
    return cm.evaluate("spp", PROTESTS, {f"admin_protest_{name}": count for name, count in counts.items()})


def declared(**column: Any) -> cm.Catalogue:
    """A catalogue that counts the arrests whose one column is this, and the refused ones."""
    ((name, definition),) = column.items()
    refused = {"where": REFUSED} if name == "decision" else {"date": name}
    return cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"arrests": {"columns": {name: definition}}},
            "aggregate": [{"id": "counted", "unit": "arrests"} | refused],
            "indicator": [{"id": "number", "kind": "count", "of": "counted"}],
        }
    )


# ---------------------------------------------------------------------------------------------------- questions

QUESTIONS: dict[str, tuple[Callable[[], object], type[cm.CasemetryError], tuple[str, ...]]] = {
    "a missing column": (
        asked("desicion == 'refused'"),
        cm.ColumnNotFoundError,
        ("table 'data'", "'desicion'", "did you mean 'decision'?"),
    ),
    "a missing dimension": (asked(by="ofice"), cm.ColumnNotFoundError, ("'ofice'", "did you mean 'office'?")),
    "a missing date": (counted(date="decide_on"), cm.ColumnNotFoundError, ("'decide_on'", "'decided_on'")),
    "a number compared with a text": (
        asked("age == 'refused'"),
        cm.DefinitionError,
        ("age is an integer", "'refused' is text", "cannot be compared", "(at character 8)"),
    ),
    "a number for a date": (
        counted(date="age"),
        cm.DefinitionError,
        ("column 'age' of table 'data' holds integer", "a date column is wanted"),
    ),
    "one = for two": (asked("decision = 'x'"), cm.DefinitionError, ("write == to compare", "(at character 10)")),
    "an expression that ends too early": (
        asked("decision == "),
        cm.DefinitionError,
        ("found the end", "(at character 13)"),
    ),
    "an open quote": (asked("decision == 'x"), cm.DefinitionError, ("is not closed by '", "(at character 13)")),
    "an unknown function": (
        asked("is_nul(decision)"),
        cm.DefinitionError,
        ("no function 'is_nul'", "did you mean 'is_null'?", "(at character 1)"),
    ),
    "a position behind Chinese text": (
        asked("office == '东城院' and decision ="),
        cm.DefinitionError,
        ("write == to compare", "(at character 30)"),
    ),
    "a hundred thousand parentheses": (
        asked("(" * 100_000 + REFUSED + ")" * 100_000),
        cm.DefinitionError,
        ("more than 200 levels of parentheses", "(at character 201)"),
    ),
    "a hundred thousand terms": (
        asked(" and ".join([REFUSED] * 100_000)),
        cm.DefinitionError,
        ("more than 100,000 terms",),
    ),
    "an unknown indicator": (
        lambda: cm.evaluate("spp", "non_arest_rate", {}),
        cm.QueryError,
        ("no indicator 'non_arest_rate'", "did you mean 'non_arrest_rate'?"),
    ),
    "an unknown indicator of a cube": (
        lambda: cm.Cube({"arrests": {"decision": ["refused"]}}, declared(decision={"type": "category"})).table("numbr"),
        cm.QueryError,
        ("'numbr'", "number"),
    ),
    "an unknown figure": (
        lambda: protests(changd=6, concluded=6),
        cm.QueryError,
        ("'admin_protest_changd'", "did you mean 'admin_protest_changed'?"),
    ),
    "a literal that a closed category does not list": (
        lambda: declared(decision={"type": "category", "values": ["approved", "refusd"]}),
        cm.DefinitionError,
        ("aggregate.counted.where", "'refused'", "did you mean 'refusd'?", "(at character 13)"),
    ),
    "a month 13 asked for": (
        counted(date="decided_on", period="2024-13"),
        cm.QueryError,
        ("'2024-13'", "a month 13, which no year has", "2024-01..2024-09"),
    ),
    "a month 13 to stand at": (counted(as_of="2024-13-01"), cm.QueryError, ("as_of: '2024-13-01' is no day",)),
    "an unknown step": (counted(date="decided_on", every="week"), cm.QueryError, ("'week'", "month, quarter, year")),
    "an unknown comparison": (
        counted(date="decided_on", compare="year_before"),
        cm.QueryError,
        ("'year_before'", "year_ago"),
    ),
    "a level above one": (asked(level=95), cm.QueryError, ("level 95", "0.95 for 95 %")),
    "an unknown catalogue": (
        lambda: cm.Cube({}, "sp"),
        cm.QueryError,
        ("'sp'", "cn-traffic, cook-county, leads, spp"),
    ),
}


@pytest.mark.parametrize(("ask", "error", "words"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_that_cannot_be_answered_says_why(
    ask: Callable[[], object], error: type[cm.CasemetryError], words: tuple[str, ...]
) -> None:
    with pytest.raises(cm.CasemetryError) as caught:
        ask()
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)


def test_a_key_is_no_dimension() -> None:
    cases = pa.table({"case_id": pa.array(range(2**22 + 1))})
    with pytest.raises(cm.DataError, match=r"column 'case_id' of 'data' has 4194305 different values.*leave it"):
        cm.count(cases, by="case_id")


def test_nine_faults_of_one_catalogue_are_all_told() -> None:
    with pytest.raises(cm.DefinitionError) as caught:
        cm.Catalogue.from_toml(
            """
            schema = 3
            [calendar]
            month_starts_on = 0
            [table.arrests]
            counts = "persn"
            [table.arrests.columns]
            decision = { type = "categry" }
            age = { type = "integer", range = [120, 0] }
            [[aggregate]]
            id = "refused"
            unit = "arests"
            [[aggregate]]
            id = "young"
            unit = "arrests"
            where = "age < 18 or"
            [[indicator]]
            id = "refusals"
            kind = "count"
            of = "refusd"
            [[indicator]]
            id = "juveniles"
            kind = "cuont"
            of = "young"
            """
        )
    assert {fault.path for fault in caught.value.faults} == {
        "schema",
        "calendar.month_starts_on",
        "table.arrests.counts",
        "table.arrests.columns.decision.type",
        "table.arrests.columns.age.range",
        "aggregate.refused.unit",
        "aggregate.young.where",
        "indicator.refusals.of",
        "indicator.juveniles.kind",
    }
    assert all(fault.path in str(caught.value) for fault in caught.value.faults)


# ---------------------------------------------------------------------------------------------------- files

ROWS = b"office,decision\n" + b"A,refused\nB,approved\n" * 500

FILES = {
    "invalid UTF-8": ("承办单位,处理结果\n东城院,不捕".encode() + b"\xff\n", ("line 2", "0xff", "is not utf-8")),
    "truncated gz": (gzip.compress(ROWS)[:-20], ("ends too early (it was cut off)", "copy or download it again")),
    "ragged rows": (b"office,decision\nA,refused\nB\n", ("line 3 has 1 fields where the header has 2",)),
    "a duplicate header": (b"office,decision,office\nA,refused,B\n", ("columns 1 and 3 are both called 'office'",)),
}


@pytest.mark.parametrize(("data", "words"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_is_refused_with_its_path(
    tmp_path: Path, data: bytes, words: tuple[str, ...]
) -> None:
    path = tmp_path / "arrests.csv"
    path.write_bytes(data)
    with pytest.raises(cm.SchemaError) as caught:
        cm.rate(path, REFUSED)
    for word in (str(path), *words):
        assert word in str(caught.value)


def test_a_file_in_gb18030_is_counted_like_one_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "审查逮捕.csv"
    text = "承办单位,处理结果\n东城院,不捕\n西城院,批捕\n东城院,批捕\n"
    results = []
    for encoding in ("utf-8", "gb18030"):
        path.write_bytes(text.encode(encoding))
        results.append(cm.rate(path, "处理结果 == '不捕'", by="承办单位").columns)
    assert results[0]["承办单位"] == ["东城院", "西城院"]
    assert results[0]["value"] == [0.5, 0.0]
    assert results[0] == results[1]


TEXT = ["approved", "refused", None]

STRUCTURES = {
    "a negative length": (field("length", -1), "length is negative"),
    "a negative offset": (field("offset", -1), "offset is negative"),
    "an offset that overflows": (field("offset", 2**63 - 1), "overflow"),
    "a buffer too few": (field("n_buffers", 2), "it has 2 buffers where its type has 3"),
    "more missing than cells": (field("null_count", 4), "count of missing cells is impossible"),
    "fewer missing than its bitmap says": (field("null_count", 0), "not what its bitmap says"),
    "a column shorter than its batch": (of_batch("length", 4), "shorter than its batch"),
    "no bitmap": (without_buffer(0), "no bitmap"),
    "no offsets": (without_buffer(1), "buffer of cells is missing"),
    "no text": (without_buffer(2), "its text is missing"),
    "offsets that decrease": (number_at(1, 20), "offsets decrease"),
    "an offset below zero": (number_at(0, -1), "first offset is negative"),
}


@pytest.mark.parametrize(("change", "told"), STRUCTURES.values(), ids=STRUCTURES)
def test_a_malformed_arrow_structure_is_refused_by_table_and_column(change: Any, told: str) -> None:
    with pytest.raises(cm.SchemaError, match=told) as caught:
        cm.rate(Malformed(pa.array(TEXT), change), REFUSED)
    assert "table 'data', column 'decision'" in str(caught.value)


@pytest.mark.parametrize("index", [-1, 2])
def test_an_index_outside_its_dictionary_is_refused_by_row(index: int) -> None:
    with pytest.raises(cm.SchemaError, match="row 2 of a batch: its index is outside a dictionary of 2 values"):
        cm.rate(Malformed(pa.array(TEXT).dictionary_encode(), number_at(1, index)), REFUSED)


# ---------------------------------------------------------------------------------------------------- what is counted


def one(result: cm.Result) -> dict[str, Any]:
    (row,) = (dict(zip(result.columns, values, strict=True)) for values in zip(*result.columns.values(), strict=True))
    return row


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], {"value": None, "denominator": 0, "unknown": 0, "status": "no_denominator", "least": None, "most": None}),
        (
            [None] * 3,
            {"value": None, "denominator": 0, "unknown": 3, "status": "no_denominator", "least": 0, "most": 1},
        ),
        (["refused"] * 12, {"value": 1, "denominator": 12, "unknown": 0, "status": "ok", "high": 1}),
        (["approved"] * 12, {"value": 0, "denominator": 12, "unknown": 0, "status": "ok", "low": 0}),
    ],
    ids=["an empty table", "a column without any value", "one category only, which is meant", "and which is not"],
)
def test_a_column_that_holds_little_has_a_status(decisions: list[str | None], expected: dict[str, Any]) -> None:
    result = one(cm.rate({"decision": decisions}, REFUSED))
    assert {name: result[name] for name in expected} == expected


def test_an_empty_table_has_no_cells() -> None:
    assert cm.rate({"decision": [], "office": []}, REFUSED, by="office").columns["value"] == []


def test_an_unlisted_value_is_unknown_shown_as_written_and_reported() -> None:
    catalogue = declared(decision={"type": "category", "values": ["approved", "refused"]})
    cube = cm.Cube({"arrests": {"decision": ["approved", "refused", "refusd", None]}}, catalogue, by="decision")
    total = one(cube.table())
    assert (total["value"], total["unknown"], total["least"], total["most"]) == (1, 2, 1, 3)
    cells = cube.table(by="decision").columns
    assert cells["decision"] == ["approved", "refused", "refusd", None]
    assert cells["status"] == ["ok", "ok", "unlisted", "ok"]
    assert cells["unknown"] == [0, 0, 1, 1]
    (report,) = cube.reports["arrests"]
    assert (report.unlisted, report.examples, report.missing) == (1, ("refusd",), 1)


def test_a_numerator_above_its_denominator_has_a_status() -> None:
    result = protests(changed=7, concluded=6)
    assert (result.numerator, result.denominator, result.status) == (7, 6, "exceeds_denominator")
    assert (result.low, result.high) == (None, None)


def test_nothing_of_nothing_has_a_status_and_no_value() -> None:
    result = protests(changed=0, concluded=0)
    assert (result.value, result.status) == (None, "no_denominator")


@pytest.mark.parametrize(
    ("day", "periods", "unreadable"),
    [
        ("0001-01-01", ["0001-01", "2024-01"], 0),
        ("2109-12-31", ["2024-01", "2109-12"], 0),
        ("9999-12-31", ["2024-01", "9999-12"], 0),
        ("2024-13-01", ["2024-01", None], 1),
        ("2023-02-29", ["2024-01", None], 1),
        ("", ["2024-01", None], 0),
    ],
    ids=["year 1", "2109", "9999", "month 13", "no leap year", "blank"],
)
def test_a_day_that_is_unlikely_stays_in_its_month_and_one_that_is_none_is_undated_and_reported(
    tmp_path: Path, day: str, periods: list[str | None], unreadable: int
) -> None:
    path = tmp_path / "arrests.csv"
    path.write_text(f"decided_on,case\n2024-01-31,1\n{day},2\n", encoding="utf-8")
    cube = cm.Cube({"arrests": path}, declared(decided_on={"type": "date"}))
    months = cube.table(every="month").columns
    assert (months["period"], months["value"]) == (periods, [1, 1])
    assert one(cube.table())["value"] == 2
    (report,) = cube.reports["arrests"]
    assert (report.unreadable, report.examples) == (unreadable, (day,) if unreadable else ())


def test_a_day_of_a_frame_that_is_unlikely_stays_in_its_month() -> None:
    days = [dt.date(1, 1, 1), dt.date(1883, 5, 1), dt.date(2109, 12, 31)]
    assert cm.count({"day": days}, date="day", every="year").columns["period"] == ["0001", "1883", "2109"]


def test_a_day_that_is_none_leaves_its_duration_unknown() -> None:
    cases = {
        "accepted": ["2024-01-01", "2024-02-30", "2024-01-01"],
        "closed": ["2024-01-11", "2024-03-01", "2024-01-21"],
    }
    with pytest.warns(UserWarning, match="'accepted': 1 of 3 cells could not be read as date .*'2024-02-30'"):
        result = one(cm.days(cases, "accepted", "closed"))
    assert (result["value"], result["denominator"], result["unknown"]) == (15, 2, 1)


def test_a_number_outside_its_declared_range_is_unknown_and_reported() -> None:
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"persons": {"columns": {"age": {"type": "integer", "range": [0, 120]}}}},
            "aggregate": [
                {"id": "young", "unit": "persons", "where": "age < 18"},
                {"id": "years", "kind": "sum", "unit": "persons", "column": "age"},
            ],
            "indicator": [
                {"id": "young", "kind": "count", "of": "young"},
                {"id": "years", "kind": "sum", "of": "years"},
            ],
        }
    )
    cube = cm.Cube({"persons": {"age": [17, 0, 120, 121, -1]}}, catalogue)
    assert cube.table().columns["value"] == [2, 137]
    assert cube.table().columns["unknown"] == [2, 2]
    (report,) = cube.reports["persons"]
    assert (report.unreadable, report.examples) == (2, ("121", "-1"))
