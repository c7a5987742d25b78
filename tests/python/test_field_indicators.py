# SPDX-License-Identifier: Apache-2.0
"""Indicators of the field as a user writes them (tests/catalogues), on sites small enough to be counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from casemetry import _core

CATALOGUES = Path(__file__).parents[1] / "catalogues"


def catalogue(name: str) -> cm.Catalogue:
    return cm.Catalogue.load(CATALOGUES / f"{name}.toml")


def table(text: str) -> dict[str, list[str | None]]:
    """Read a table written by hand: names in the first line, ``-`` where nothing was filled in."""
    names, *rows = [line.split() for line in text.strip().splitlines()]
    return {name: [None if cell == "-" else cell for cell in cells] for name, *cells in zip(names, *rows, strict=True)}


def only(result: cm.Result) -> dict[str, Any]:
    """Give the one row of a result."""
    assert len(result) == 1
    return {name: values[0] for name, values in result.columns.items()}


def counts(row: Mapping[str, Any]) -> tuple[int, int, int]:
    return row["numerator"], row["denominator"], row["unknown"]


def unit(tables: Mapping[str, Any], name: str, definitions: cm.Catalogue) -> cm.Table:
    """Look at the rows of a unit."""
    return cm.Table(_core.units({key: cm.read(data)._core for key, data in tables.items()}, definitions._core, name))


# ------------------------------------------------------------------------------------------ 捕后不诉率, 诉前羁押率

ARRESTS = table("""
    case_id person_id decision         decided_on
    c1      甲        批准逮捕         2023-11-20
    c1      乙        存疑不捕         2023-11-21
    c2      丙        存疑不捕         2023-12-01
    c2      丙        批准逮捕         2024-01-10
    c3      丁        决定逮捕         2024-01-15
    c4      戊        -                2024-01-20
    c5      己        转其他机关       2024-01-22
    c6      庚        批准逮捕         2024-02-01
    c7      辛        批准逮捕         2024-03-05
    c9      甲        批准逮捕         2024-01-05
    c10     癸        批准逮捕         2023-12-20
""")

PROSECUTIONS = table("""
    case_no suspect unit_code outcome concluded_on
    c1      甲      东区      不起诉  2024-02-10
    c1      乙      东区      起诉    2024-02-10
    c2      丙      东区      起诉    2024-02-20
    c2      丙      东区      起诉    2024-02-28
    c3      丁      东区      不起诉  2024-03-31
    c4      戊      西区      起诉    2024-03-01
    c5      己      西区      不起诉  2024-03-02
    c6      庚      西区      -       -
    c7      辛      西区      起诉    2024-04-01
    c8      壬      西区      起诉    2024-01-31
    c9      甲      西区      起诉    2024-01-20
    c10     癸      西区      起诉    2024-03-10
    c10     癸      西区      不起诉  2024-03-11
""")


@pytest.fixture(scope="module")
def persons() -> cm.Cube:
    tables = {"arrest_review": ARRESTS, "prosecution_review": PROSECUTIONS}
    return cm.Cube(tables, catalogue("after_arrest"), by=["office"])


def test_whoever_was_arrested_in_any_decision_was_arrested() -> None:
    rows = unit({"arrest_review": ARRESTS}, "arrested_person", catalogue("after_arrest"))
    persons = zip(*(rows.values(name) for name in ("case_id", "person_id", "arrested")), strict=True)
    arrested = {(case, person): value for case, person, value in persons}
    assert len(arrested) == rows.rows == 10
    assert arrested["c2", "丙"] is True  # refused, then approved
    assert arrested["c1", "乙"] is False
    assert arrested["c4", "戊"] is None  # nothing filled in
    assert arrested["c5", "己"] is None  # a decision that is not listed


def test_not_prosecuted_after_arrest_is_of_those_concluded_not_of_those_arrested(persons: cm.Cube) -> None:
    # concluded in the quarter after arrest: 甲 (c1), 丙, 丁, 甲 (c9); of these 甲 (c1) and 丁 were not prosecuted.
    # unknown: whether 戊 and 己 were arrested; how 癸 came out, two charges of whom differ.
    row = only(persons.table("not_prosecuted_after_arrest_rate", period="2024Q1"))
    assert counts(row) == (2, 4, 3)
    assert (row["value"], row["least"], row["most"]) == (2 / 4, 2 / 7, 5 / 7)
    arrested = only(persons.table("arrested_persons", period="2024Q1"))
    assert arrested["value"] == 5  # 丙, 丁, 庚, 辛, 甲 (c9): another five


def test_detained_before_prosecution_is_of_those_concluded(persons: cm.Cube) -> None:
    # 乙 and 壬 were not arrested: refused, and never asked for
    row = only(persons.table("detention_rate", period="2024Q1"))
    assert counts(row) == (4, 6, 3)
    assert (row["value"], row["least"], row["most"]) == (4 / 6, 4 / 9, 7 / 9)


def test_a_person_in_two_cases_counts_in_each_and_in_its_office(persons: cm.Cube) -> None:
    result = persons.table("not_prosecuted_after_arrest_rate", by="office", period="2024Q1").columns
    rows = zip(*(result[name] for name in ("office", "numerator", "denominator", "unknown")), strict=True)
    assert sorted(rows) == [("东区", 2, 3, 0), ("西区", 0, 1, 3)]


def test_who_is_not_concluded_yet_is_in_no_period(persons: cm.Cube) -> None:
    by_month = persons.table("detention_rate", every="month", period="2024-01..2024-04").columns
    assert by_month["denominator"] == [2, 3, 1, 1]  # 壬 甲; 甲 乙 丙; 丁 (戊, 己, 癸 unknown); 辛
    assert by_month["unknown"] == [0, 0, 3, 0]
    whole = only(persons.table("detention_rate"))
    assert counts(whole) == (5, 7, 4)  # 辛 too; 庚 has no outcome yet


# ------------------------------------------------------------------------------------------ 抗诉改变率


def protests() -> dict[str, Any]:
    """88 filed in the first half of 2022, 19 before; the courts concluded 59 in it and changed 49."""
    filed = [f"p{n}" for n in range(1, 108)]
    rulings = [(f"p{n}", "2022-03-01", "改判") for n in range(1, 36)]
    rulings += [(f"p{n}", "2022-06-30", "维持") for n in range(36, 41)]
    rulings += [(f"p{n}", "2022-07-01", "改判") for n in range(41, 61)]  # in the second half
    rulings += [(f"p{n}", "2022-01-01", "调解" if n % 2 else "发回重审") for n in range(89, 103)]
    rulings += [(f"p{n}", "2022-02-01", "维持") for n in range(103, 108)]
    rulings += [(f"p{n}", "2022-01-20", "") for n in range(1, 61)]  # hearings: no result yet
    protest, ruled_on, result = map(list, zip(*rulings, strict=True))
    return {
        "filed": {"protest_no": filed, "filed_on": ["2022-01-10"] * 88 + ["2021-10-01"] * 19},
        "rulings": {"protest": protest, "ruled_on": ruled_on, "result": result},
    }


def test_protests_changed_are_of_those_concluded_49_of_59_not_of_88() -> None:
    cube = cm.Cube(protests(), catalogue("protests"))
    row = only(cube.table("protest_change_rate", period="2022H1"))
    assert counts(row) == (49, 59, 0)
    assert f"{row['value']:.1%}" == "83.1%"
    assert only(cube.table("protests_filed_count", period="2022H1"))["value"] == 88
    assert counts(only(cube.table("protest_change_rate", period="2022H2"))) == (20, 20, 0)
    assert counts(only(cube.table("protest_change_rate"))) == (69, 79, 0)


def test_the_published_counts_give_the_published_rate_of_change() -> None:
    published = {"protests_changed": 49, "protests_concluded": 59}
    assert f"{cm.evaluate(catalogue('protests'), 'protest_change_rate', published).value:.1%}" == "83.1%"


# ------------------------------------------------------------------------------------------ 案-件比

CASES = {
    "arrest_review": table("""
        case_id person_id received_on decision
        c1      甲        2024-01-03  approved
        c1      乙        2024-01-04  refused
        c2      丙        2024-01-05  refused
        c3      丁        2024-02-01  approved
        c4      戊        2024-02-10  -
    """),
    "prosecution_review": table("""
        case_no suspect accepted_on
        c1      甲      2024-02-20
        c1      乙      2024-02-21
        c2      丙      2024-03-01
        c3      丁      2024-03-05
        c5      己      2024-03-08
    """),
    "activities": table("""
        case_no kind             done_on
        c1      延长审查起诉期限 2024-03-20
        c1      退回补充侦查     2024-03-25
        c1      退回补充侦查     2024-05-20
        c3      延长审查起诉期限 2024-04-01
        c2      不捕复议         2024-01-20
        c3      撤回起诉         2024-07-02
    """),
    "appeals": table("""
        case_no defendant appealed_on
        c1      甲        2024-06-01
        c1      甲        2024-06-02
        c1      乙        2024-06-03
    """),
}


def test_the_case_to_item_ratio_of_xuchang_is_1_to_1_545() -> None:
    counted = {
        "arrest_cases": 9265,
        "prosecution_cases": 14640,
        "prosecution_cases_after_arrest": 6220,
        "extensions": 4372,
        "returns": 3825,
        "appellants": 1249,
        "other_activities": 9630 - 4372 - 3825 - 1249,
    }
    ratio = cm.evaluate(catalogue("case_to_item"), "case_to_item_ratio", counted)
    assert (ratio.numerator, ratio.denominator) == (17685 + 9630, 17685)
    assert f"1 : {ratio.value:.3f}" == "1 : 1.545"


def test_a_case_whose_suspect_was_arrested_already_is_one_case_not_two() -> None:
    cube = cm.Cube(CASES, catalogue("case_to_item"))
    half = cube.table(["cases", "items"], period="2024H1").columns
    # 4 cases of arrest review and 4 of prosecution review, of which c1 and c3 after an arrest; c2 was refused
    assert half["value"] == [4 + 4 - 2, 6 + 2 + 2 + 1 + 2]  # extensions, returns, one reconsideration, two appellants
    ratio = only(cube.table("case_to_item_ratio", period="2024H1"))
    assert counts(ratio) == (13, 6, 0)
    march = only(cube.table("case_to_item_ratio", period="2024-03"))
    assert counts(march) == (4, 2, 0)  # c2 and c5; one extension, one return


def test_the_ratio_is_printed_as_one_to_so_many() -> None:
    ratio = cm.Cube(CASES, catalogue("case_to_item")).table("case_to_item_ratio", period="2024H1")
    assert "1 : 2.167" in str(ratio)


# ------------------------------------------------------------------------------------------ 7日内程序回复率

PETITIONS = table("""
    petition_no received_on replied_on reachable
    p1          2024-02-08  2024-02-23 true
    p2          2024-02-08  2024-02-24 true
    p3          2024-01-31  2024-02-08 true
    p4          2024-02-01  -          true
    p5          2024-02-10  2024-02-26 true
    p6          2024-02-28  2024-03-01 true
    p7          2024-02-08  -          false
    p8          -           2024-02-20 true
""")


@pytest.fixture(scope="module")
def petitions(golden: Path) -> dict[str, Any]:
    return {"petitions": PETITIONS, "holidays": golden / "holidays_cn.csv"}


def test_seven_working_days_reach_over_the_spring_festival(petitions: dict[str, Any]) -> None:
    rows = unit(petitions, "petition", catalogue("petitions"))
    due = dict(zip(rows.values("petition_no"), rows.values("due_on"), strict=True))
    assert due["p1"] == dt.date(2024, 2, 23)  # the 9th, Sunday the 18th, then 19th to 23rd
    assert due["p3"] == dt.date(2024, 2, 8)  # Sunday the 4th is a working day
    assert due["p5"] == dt.date(2024, 2, 26)  # received on a holiday
    assert due["p8"] is None


def test_a_reply_is_counted_in_the_month_in_which_it_was_due(petitions: dict[str, Any]) -> None:
    cube = cm.Cube(petitions, catalogue("petitions"))
    february = only(cube.table("seven_day_reply_rate", period="2024-02"))
    assert counts(february) == (3, 5, 0)  # p2 a day late, p4 not yet; p7 cannot be replied to
    assert counts(only(cube.table("seven_day_reply_rate", period="2024-03"))) == (1, 1, 0)  # received in February
    assert counts(only(cube.table("seven_day_reply_rate"))) == (4, 6, 1)  # when p8 came in is not known


def test_working_days_without_a_table_of_holidays_are_refused_by_name() -> None:
    text = (CATALOGUES / "petitions.toml").read_text(encoding="utf-8")
    with pytest.raises(cm.DefinitionError, match=r"unit\.petition\.columns\.due_on.*holidays"):
        cm.Catalogue.from_toml(text.replace('holidays = "holidays"', ""))
    with pytest.raises(cm.CasemetryError, match="holidays"):
        unit({"petitions": PETITIONS}, "petition", catalogue("petitions"))


# ------------------------------------------------------------------------------------------ 未结

PENDING = table("""
    case_id accepted_on concluded_on
    k1      2023-11-15  2024-01-10
    k2      2023-12-20  2024-02-29
    k3      2024-01-05  2024-01-05
    k4      2024-01-31  2024-02-01
    k5      2024-02-10  -
    k6      2024-02-29  2024-03-31
    k7      2024-03-01  2024-07-01
    k8      2024-03-15  -
    k9      2024-02-15  2024-03-02
    k10     2024-01-20  -
""")
FLOW = ["pending_before", "accepted_cases", "concluded_cases", "pending_after", "pending_by_flow"]


@pytest.fixture(scope="module")
def pending() -> cm.Cube:
    return cm.Cube({"cases": PENDING}, catalogue("pending"), as_of="2024-03-31")


def flow(result: cm.Result) -> dict[str, list[int]]:
    values: dict[str, list[int]] = {}
    for indicator, value in zip(result.columns["indicator"], result.columns["value"], strict=True):
        values.setdefault(indicator, []).append(value)
    return values


def test_what_was_pending_and_came_less_what_went_is_pending_in_every_month(pending: cm.Cube) -> None:
    assert flow(pending.table(FLOW, every="month", period="2024Q1")) == {
        "pending_before": [2, 3, 4],
        "accepted_cases": [3, 3, 2],
        "concluded_cases": [2, 2, 2],
        "pending_after": [3, 4, 4],  # k7, closed after the data stand, is pending
        "pending_by_flow": [3, 4, 4],
    }


def test_over_a_quarter_the_stock_is_that_of_its_ends_and_does_not_add(pending: cm.Cube) -> None:
    assert flow(pending.table(FLOW, period="2024Q1")) == {
        "pending_before": [2],
        "accepted_cases": [8],
        "concluded_cases": [6],
        "pending_after": [4],
        "pending_by_flow": [4],
    }


def test_the_closing_rate_is_of_what_was_carried_over_and_what_came(pending: cm.Cube) -> None:
    row = only(pending.table("closing_rate", period="2024Q1"))
    assert (row["numerator"], row["denominator"], row["value"]) == (6, 2 + 8, 0.6)
