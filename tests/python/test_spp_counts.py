# SPDX-License-Identifier: Apache-2.0
"""Every indicator of the catalogue ``spp`` on a site that was counted by hand, and how its definition changed."""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from casemetry.datasets import synthetic_cards
from spp_expected import ALL
from spp_site import AS_OF, PERIOD, Expected, answered, case_types, table, tables


@pytest.fixture(scope="module")
def spp() -> cm.Catalogue:
    return cm.Catalogue.shipped("spp")


@pytest.fixture(scope="module")
def cube(spp: cm.Catalogue) -> cm.Cube:
    return cm.Cube(tables(spp), spp, as_of=AS_OF)


@pytest.mark.parametrize("expected", ALL.values(), ids=ALL)
def test_an_indicator_counts_what_was_counted_by_hand(cube: cm.Cube, expected: Mapping[str, Expected]) -> None:
    assert answered(cube, expected) == expected


def test_each_type_of_case_is_counted_once_where_one_was_accepted(cube: cm.Cube, spp: cm.Catalogue) -> None:
    other = {"execution": "execution_supervision"}
    ids = [f"accepted_{other.get(name, name)}" for name in case_types(spp)]
    more = {"accepted_arrest_review": 2, "accepted_prosecution_review": 3}
    assert answered(cube, dict.fromkeys(ids, 1)) == {name: more.get(name, 1) for name in ids}


def test_no_indicator_is_left_out(spp: cm.Catalogue) -> None:
    by_hand = {name for expected in ALL.values() for name in expected}
    by_type = {f"accepted_{name}" for name in case_types(spp)} | {"accepted_execution_supervision"}
    assert set(spp.indicators) == by_hand | (by_type & set(spp.indicators))


# ------------------------------------------------------------------------------------------ 空白


def unknowns(cube: cm.Cube, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    columns = cube.table(names, period=PERIOD).columns
    return {
        name: (value, unknown)
        for name, value, unknown in zip(columns["indicator"], columns["value"], columns["unknown"], strict=True)
    }


def test_who_has_a_day_of_judgment_is_judged_and_a_blank_sentence_is_unknown_where_asked(
    spp: cm.Catalogue,
) -> None:
    judgments = table("""
        case_id person_id judged_on  sentence
        c1      甲        2024-02-01 有期徒刑
        c1      乙        2024-02-01 -
        c2      丙        2024-02-02 -
    """)
    names = ["judged", "judged_cases", "convicted", "acquitted"]
    cube = cm.Cube({"judgment": judgments}, spp, as_of=AS_OF, indicators=names)
    assert unknowns(cube, names) == {
        "judged": (3, 0),
        "judged_cases": (2, 0),
        "convicted": (1, 2),
        "acquitted": (0, 2),
    }


def test_a_blank_class_of_crime_is_unknown_of_reviews_only(spp: cm.Catalogue) -> None:
    cases = table("""
        case_type    charge_class accepted_on concluded_on
        审查逮捕     普通犯罪     2024-01-05  2024-02-05
        审查起诉     -            2024-01-05  2024-02-05
        侦查活动监督 普通犯罪     2024-01-05  2024-02-05
        侦查活动监督 -            2024-01-05  2024-02-05
        民事复查     -            2024-01-05  2024-02-05
    """)
    cube = cm.Cube({"accepted_case": cases}, spp, as_of=AS_OF, indicators=["closing_rate_ordinary"])
    columns = cube.table("closing_rate_ordinary", period=PERIOD).columns
    assert (columns["numerator"], columns["denominator"]) == ([2], [2])
    assert unknowns(cube, ["closing_rate_ordinary"])["closing_rate_ordinary"][1] == 2  # accepted once, concluded once


@pytest.mark.parametrize(
    ("dimension", "has_it"),
    [("charge", "prosecuted"), ("charge_class", "judged_cases"), ("case_type", "accepted_cases")],
)
def test_all_tables_go_into_a_cube_by_what_only_some_of_them_have(tmp_path: Path, dimension: str, has_it: str) -> None:
    cards = synthetic_cards(50)
    mapping = tmp_path / "本院.toml"
    mapping.write_text(cards.mapping, encoding="utf-8")
    cube = cm.Cube(cm.bind(cards.tables, "spp", mapping=mapping), by=[dimension], as_of=cards.as_of)
    total = cube.table([has_it, "pil_leads"], period="2024").columns["value"]
    assert [sum(cube.table(has_it, by=dimension, period="2024").columns["value"])] == total[:1]
    assert set(cube.table("pil_leads", by=dimension, period="2024").columns["value"]) == {None}
    assert total[1] > 0


# ------------------------------------------------------------------------------------------ 口径版本

TWO_YEARS = table("""
    case_id person_id decided_on decision
    c1      甲        2023-03-01 批准逮捕
    c2      乙        2023-03-01 决定逮捕
    c3      丙        2023-03-01 存疑不捕
    c4      丁        2024-03-01 批准逮捕
    c5      戊        2024-03-01 决定逮捕
    c6      己        2024-03-01 存疑不捕
""")


def rates(versions: str) -> list[tuple[int, int]]:
    cube = cm.Cube({"arrest_review": TWO_YEARS}, "spp", as_of="2024-12-31", indicators=["non_arrest_rate"])
    columns = cube.table("non_arrest_rate", period="2023..2024", every="year", versions=versions).columns
    return list(zip(columns["numerator"], columns["denominator"], strict=True))


def test_like_for_like_the_non_arrest_rate_is_todays_in_every_year() -> None:
    assert rates("like_for_like") == [(1, 3), (1, 3)]


def test_as_then_the_rate_of_2023_is_without_arrests_that_the_procuratorate_decided_itself() -> None:
    assert rates("as_then") == [(1, 2), (1, 3)]


def test_as_then_civil_recommendations_were_retrials_ordered_over_recommended() -> None:
    opinions = table("""
        kind         filed_on   retrial_ordered_on concluded_on result
        再审检察建议 2022-02-01 2022-05-01         2022-09-01   改判
        再审检察建议 2022-02-01 2022-06-01         2023-02-01   维持
        再审检察建议 2022-03-01 -                  -            -
    """)
    name = "civil_retrial_recommendation_acceptance_rate"
    cube = cm.Cube({"civil_opinion": opinions}, "spp", as_of="2024-12-31", indicators=[name])
    today = cube.table(name, period="2022").columns
    assert (today["numerator"][0], today["denominator"][0]) == (1, 1)
    then = cube.table(name, period="2022", versions="as_then").columns
    assert (then["numerator"][0], then["denominator"][0]) == (2, 3)


# ------------------------------------------------------------------------------------------ 案-件比

XUCHANG = {
    "arrest_review_received_cases": 9265,
    "prosecution_review_received_cases": 14640,
    "prosecution_cases_after_arrest": 6220,
    "activities": 9630,
}


def test_the_case_to_item_ratio_of_xuchang_is_1_to_1_545_and_154_5_per_100(spp: cm.Catalogue) -> None:
    one_to = cm.evaluate(spp, "case_to_item_ratio", XUCHANG)
    assert (one_to.numerator, one_to.denominator) == (17685 + 9630, 17685)
    assert f"1 : {one_to.value:.3f}" == "1 : 1.545"
    per_100 = cm.evaluate(spp, "items_per_100_cases", XUCHANG)
    assert per_100.value is not None
    assert f"{100 * per_100.value:.1f}" == "154.5"


def test_both_are_printed_so(cube: cm.Cube) -> None:
    shown = str(cube.table(["case_to_item_ratio", "items_per_100_cases"], period=PERIOD))
    assert "1 : 2.462" in shown  # 32 / 13
    assert "246.2" in shown


# ------------------------------------------------------------------------------------------ 三个结构比, 数据勾稽


def test_every_type_of_case_is_in_one_class_of_each_grouping(spp: cm.Catalogue) -> None:
    groupings = json.loads(spp.json())["grouping"]
    names = {
        "function": ["刑事", "民事", "行政", "公益诉讼", "其他"],
        "nature": ["依程序办案", "依职权监督", "其他"],
        "origin": ["依程序移送", "依申请受案", "主动发现", "其他"],
    }
    others = {"function": ["petition", "relief", "technical"], "nature": ["technical"], "origin": ["technical"]}
    for name, groups in names.items():
        assert set(groupings[name]) - {"label"} == set(groups)
        assert sorted(kind for group in groups for kind in groupings[name][group]) == sorted(case_types(spp))
        assert groupings[name]["其他"] == others[name]


def test_the_ratio_of_the_four_functions_is_asked_by_their_list_and_unknown_codes_are_in_none(
    spp: cm.Catalogue,
) -> None:
    kinds = ["审查逮捕"] * 6 + ["刑事执行监督", "民事复查", "行政复查", "民事公益诉讼", "控告申诉", "待核实"]
    cases = {"case_type": kinds, "accepted_on": ["2024-01-05"] * len(kinds)}
    cube = cm.Cube({"accepted_case": cases}, spp, by=["case_type"], indicators=["accepted_cases"], as_of=AS_OF)
    asked = {"dimension": "case_type", "groups": "function", "period": PERIOD}

    def counts(**where: str) -> dict[str, int]:
        columns = cube.structure("accepted_cases", **asked, **where).columns
        return dict(zip(columns["class"], columns["count"], strict=True))

    four = {"刑事": 7, "民事": 1, "行政": 1, "公益诉讼": 1}
    assert counts() == {**four, "其他": 1, "（未归类）": 1}
    assert counts(where="case_type in @four_functions") == {**four, "其他": 0}


def test_what_must_hold_holds_on_the_site_but_for_what_its_register_lacks(spp: cm.Catalogue) -> None:
    tree: dict[str, Any] = json.loads(spp.json())
    for name in spp.identities:
        one = spp.identity(name)
        for side in ("left", "right"):
            tree["indicator"].append({"id": f"{name}_{side}", "kind": "count", "of": getattr(one, side)})
    sides = [f"{name}_{side}" for name in spp.identities for side in ("left", "right")]
    cube = cm.Cube(tables(spp), cm.Catalogue.from_dict(tree), as_of=AS_OF, indicators=sides)
    columns = cube.table(sides, period=PERIOD).columns
    value = dict(zip(columns["indicator"], columns["value"], strict=True))
    holds = {"==": operator.eq, "<=": operator.le, ">=": operator.ge}
    failing = {
        name
        for name in spp.identities
        if not holds[spp.identity(name).relation](value[f"{name}_left"], value[f"{name}_right"])
    }
    assert failing == {
        "arrest_review_cards",
        "prosecution_review_cards",
    }  # 2 and 3 in the register, 7 and 9 in the cards
