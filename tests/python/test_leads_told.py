# SPDX-License-Identifier: Apache-2.0
"""What is told besides the figures of leads, so that nothing is lost without a word."""

from __future__ import annotations

import warnings

import casemetry as cm
import pytest

FOUND = {
    "lead": ["L1", "L2", "L2", "L3"],
    "source": ["model", "hotline", None, "hotline"],
    "found_on": ["2024-01-01", None, "2024-01-02", "2024-01-03"],
}
GROUPS = {"digital": ["model"], "traditional": ["hotline"]}
LEADS = {"sources": [["model"], [], None, ["hotline", "model"]], "filed_on": ["2024-01-05"] * 2 + ["2024-02-01"] * 2}


def asked(**asking: object) -> cm.Result:
    return cm.contribution(FOUND, "digital", lead="lead", source="source", groups=GROUPS, **asking)  # type: ignore[arg-type]


def a_cube(as_of: str | None = None) -> cm.Cube:
    leads = cm.leads("supervision", unit="leads", stages={"filed": "filed_on"})
    return cm.Cube({"leads": LEADS}, (leads, cm.grouping("origin", GROUPS)), as_of=as_of)


def test_discoveries_without_a_source_are_told() -> None:
    with pytest.warns(UserWarning, match="1 of 4 discoveries have no 'source', and count for no source"):
        assert asked(rule="owen").columns["denominator"] == [3]


def warned(**asking: object) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asked(**asking)
    return sorted(str(warning.message) for warning in caught)


def test_discoveries_without_a_day_are_told_where_the_rule_asks_for_it() -> None:
    source = "1 of 4 discoveries have no 'source', and count for no source"
    assert warned(rule="owen", found_on="found_on") == [source]
    day = "1 of 4 discoveries have no 'found_on', and count for no source"
    assert warned(rule="first", found_on="found_on") == [day, source]


def test_an_overlap_tells_which_leads_it_is_of_and_which_it_does_not_know() -> None:
    overlap = a_cube().overlap()
    assert (overlap.leads, overlap.unattributed, overlap.unknown) == (3, 1, 1)
    assert overlap.names == {"among": "all leads", "stage": "filed", "counts": "leads", "window": "none"}
    below = overlap.text()
    assert "范围 全部线索 · 环节 filed · 计数 线索 · 窗口 无" in below
    assert "全部线索 W 3 · 未归因 U 1 · 未知 1" in below


def test_a_claim_tells_the_unknown_and_a_year_that_is_not_over() -> None:
    claim = a_cube(as_of="2024-06-30").claim("digital", rule="owen", groups="origin", over=0.2, years="2024")
    assert "2024 线索 3，其中未归因 1，未知 1，期间未完" in claim.text()
    assert claim.text("en").count("unknown 1, not complete yet") == 1
    over = a_cube(as_of="2025-01-31").claim("digital", rule="owen", groups="origin", over=0.2, years="2024")
    assert "期间未完" not in over.text()
