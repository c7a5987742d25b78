# SPDX-License-Identifier: Apache-2.0
"""The shipped catalogue ``leads``: what it counts, on six leads that can be counted by hand, and on synthetic ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import casemetry as cm
import pytest
from casemetry.datasets import synthetic_leads

LEADS = {
    "lead_id": ["1", "2", "3", "4", "5", "6"],
    "region": ["甲", "甲", "乙", "乙", "乙", "乙"],
    "office": ["甲一", "甲二", "乙一", "乙一", "乙一", "乙一"],
    "kind": ["supervision", "监督线索", "supervision", "supervision", "other", None],
    "function": ["criminal", "民事检察", "criminal", "criminal", "criminal", "criminal"],
    "registered_on": ["2024-01-10", "2024-01-11", "2024-02-05", "2024-02-06", "2024-02-07", "2024-02-08"],
    "verified_on": ["2024-01-20", "2024-02-20", None, "2024-03-01", None, None],
    "filed_on": ["2024-02-01", None, None, "2024-08-01", None, None],  # lead 4: 177 days after its registration
    "acted_on": ["2024-03-01", None, None, "2024-09-01", None, None],
    "recovered": ["100.50", None, None, "300", None, None],
}
FOUND = [
    ("1", "m1", "2024-01-01"),
    ("1", "m1", "2024-01-03"),
    ("1", "hotline", "2024-01-10"),  # the day of the registration counts
    ("1", "m2", "2024-01-11"),  # the day after does not
    ("2", "hotline", "2023-10-13"),  # 90 days before count
    ("2", "m2", "2023-10-12"),  # 91 do not
    ("3", "m1", "2023-01-01"),
    ("4", "m1", "2024-02-01"),
    ("4", "m2", "2024-02-01"),
    ("5", "m1", "2024-02-01"),
    ("7", "m1", "2024-02-01"),  # of no lead
]
TABLES: dict[str, Any] = {
    "leads": LEADS,
    "discoveries": dict(zip(("lead_id", "source", "found_on"), map(list, zip(*FOUND, strict=True)), strict=True)),
    "sources": {"source": ["m1", "m2", "m3", "hotline"], "group": ["digital", "数字", "digital", "传统"]},
    "lead_cases": {
        "lead_id": ["1", "4", "4"],
        "case_id": ["c1", "c1", "c2"],
        "region": ["甲", "乙", "乙"],
        "office": ["甲一", "乙一", "乙一"],
        "opened_on": ["2024-02-01", "2024-08-01", "2024-08-01"],
    },
}
HALF, QUARTER, THREE_EIGHTHS = Fraction(1, 2), Fraction(1, 4), Fraction(3, 8)


@pytest.fixture(scope="module")
def cube() -> cm.Cube:
    return cm.Cube(TABLES, "leads", by=["region", "function"], as_of="2024-12-31")


def test_all_is_available_with_the_four_tables(cube: cm.Cube) -> None:
    assert cube.not_available == {}


def test_contributions_need_no_cases() -> None:
    without = cm.Cube({name: TABLES[name] for name in TABLES if name != "lead_cases"}, "leads")
    assert set(without.not_available) == {"cases", "merged_cases_share"}


def test_indicators_need_no_groups_of_sources() -> None:
    tables = {name: TABLES[name] for name in ("leads", "discoveries")}
    indicators = ["registered_leads", "conversion_rate", "unattributed_share", "several_sources_share"]
    cube = cm.Cube(tables, "leads", indicators=indicators)
    assert cube.table("several_sources_share").columns["numerator"] == [2]


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator"),
    [
        ("registered_leads", 4, None),
        ("verified_leads", 3, None),
        ("filed_leads", 2, None),
        ("verification_rate", 3, 4),
        ("conversion_rate", 1, 4),  # lead 4 was filed too late to count
        ("unattributed_share", 1, 4),
        ("several_sources_share", 2, 4),
        ("cases", 2, None),
        ("merged_cases_share", 1, 2),
    ],
)
def test_counts_are_those_by_hand(cube: cm.Cube, indicator: str, numerator: int, denominator: int | None) -> None:
    columns = cube.table(indicator).columns
    assert columns["numerator"] == [numerator]
    assert columns["denominator"] == [denominator]


def test_the_lead_of_which_the_kind_is_not_known_is_unknown(cube: cm.Cube) -> None:
    assert cube.table("registered_leads").columns["unknown"] == [1]
    assert cube.table("unattributed_share").columns["unknown"] == [1]


def test_days_and_sums_are_those_by_hand(cube: cm.Cube) -> None:
    assert cube.table("median_days_to_filing").columns["value"] == [(22 + 177) / 2]
    assert cube.table("recovered_yuan").columns["value"] == [400.5]


@pytest.mark.parametrize(
    ("indicator", "share"),
    [
        ("digital_contribution", THREE_EIGHTHS),  # of lead 1 half, of lead 4 all
        ("traditional_contribution", THREE_EIGHTHS),
        ("digital_contribution_to_filed", Fraction(3, 4)),
        ("digital_contribution_by_recovery", (HALF * Fraction("100.5") + 300) / Fraction("400.5")),
    ],
)
def test_contributions_are_those_by_hand(cube: cm.Cube, indicator: str, share: Fraction) -> None:
    assert cube.table(indicator).columns["value"] == [pytest.approx(float(share), rel=1e-15)]


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("any", HALF),
        ("exclusive", QUARTER),
        ("first", HALF),
        ("last", QUARTER),
        ("linear", (Fraction(2, 3) + 1) / 4),
        ("shapley", THREE_EIGHTHS),
        ("owen", THREE_EIGHTHS),
    ],
)
def test_every_rule_can_be_asked(cube: cm.Cube, rule: Any, share: Fraction) -> None:
    found = cube.contribution("digital", rule=rule, groups="origin", lead="supervision").columns
    assert found["value"] == [pytest.approx(float(share), rel=1e-15)]
    assert (found["leads"], found["unattributed"], found["unknown"]) == ([4], [1], [1])


def test_contributions_go_by_the_dimensions_of_the_leads(cube: cm.Cube) -> None:
    found = cube.table("digital_contribution", by="region", period="2024-01..2024-02").columns
    assert dict(zip(found["region"], found["value"], strict=True)) == {"乙": HALF, "甲": QUARTER}


def test_both_groups_and_the_unattributed_make_all(cube: cm.Cube) -> None:
    names = ["digital_contribution", "traditional_contribution", "unattributed_share"]
    assert sum(cube.table(names).columns["value"]) == pytest.approx(1.0)


def test_every_indicator_has_both_labels_and_answers_for_synthetic_leads() -> None:
    catalogue = cm.Catalogue.shipped("leads")
    for name in catalogue.indicators:
        assert catalogue.label(name, "zh") != catalogue.label(name, "en")
    synthetic = synthetic_leads(5_000, rng=1)
    cube = cm.Cube(synthetic.tables, catalogue, by=["region", "office", "function"], as_of=synthetic.as_of)
    assert cube.not_available == {}
    values = cube.table(period="2023").columns["value"]
    assert len(values) == len(catalogue.indicators)
    assert None not in values
