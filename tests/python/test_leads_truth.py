# SPDX-License-Identifier: Apache-2.0
"""Synthetic leads are drawn from known contributions: intervals hold the truth as often as they say."""

from __future__ import annotations

from typing import Any

import casemetry as cm
import pytest
from casemetry._lead import Rule
from casemetry.datasets import SyntheticLeads, synthetic_leads
from lead_sites import RULES, SPLITTING, rows

REGIONS, MONTHS = 10, 40
PERIOD = "2021-01..2024-04"


@pytest.fixture(scope="module")
def drawn() -> SyntheticLeads:
    return synthetic_leads(60_000, rng=2026)


@pytest.fixture(scope="module")
def cube(drawn: SyntheticLeads) -> cm.Cube:
    return cm.Cube(drawn.tables, "leads", by="region", as_of=drawn.as_of)


def covered(drawn: SyntheticLeads, cube: cm.Cube, rule: Rule, over: str, stage: str) -> list[bool]:
    """Tell for each region and month whether the interval holds the truth."""
    asked: dict[str, Any] = {"stage": stage, "over": over, "every": "month"}
    truth = drawn.true_contributions("digital", rule, by="region", **asked)
    result = cube.contribution(
        "digital", rule=rule, groups="origin", lead="supervision", by="region", period=PERIOD, **asked
    )
    return [row.low <= truth[row.region, row.period] <= row.high for row in rows(result)]


@pytest.mark.parametrize("over", ["leads", "attributed"])
@pytest.mark.parametrize("rule", RULES)
def test_the_truth_lies_in_nineteen_of_twenty_intervals(
    rule: Rule, over: str, drawn: SyntheticLeads, cube: cm.Cube
) -> None:
    cells = covered(drawn, cube, rule, over, "registered")
    assert len(cells) == REGIONS * MONTHS == 400
    assert 0.92 <= sum(cells) / len(cells) <= 0.98


@pytest.mark.parametrize("rule", SPLITTING)
def test_so_it_does_over_all(rule: Rule, drawn: SyntheticLeads, cube: cm.Cube) -> None:
    for stage in ("registered", "verified", "filed", "acted"):
        truth = drawn.true_contributions("digital", rule, stage=stage)[None, None]
        (row,) = rows(
            cube.contribution("digital", rule=rule, groups="origin", lead="supervision", stage=stage, level=0.999)
        )
        assert row.low <= truth <= row.high
