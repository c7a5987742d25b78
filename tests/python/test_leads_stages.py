# SPDX-License-Identifier: Apache-2.0
"""Contribution stage by stage: what leads reached, by their own dates, in whole data and in entry cohorts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import casemetry as cm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import GROUPS, SOURCES, STAGES, Row, by_rule, cube, day, log, rows
from oracle import leads as oracle
from oracle.leads import Discovery, Lead

days = st.none() | st.integers(0, 89)
offices = st.sampled_from(["甲院", "乙院"])
sites = st.lists(
    st.builds(
        Lead,
        id=st.uuids().map(str),
        log=st.lists(st.builds(Discovery, st.sampled_from(SOURCES), st.integers(0, 3)), max_size=4),
        office=offices,
        stages=st.tuples(days, days, days),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda lead: lead.id,
)


def staged(leads: Sequence[Lead], **options: Any) -> cm.Cube:
    return cube(leads, stages=STAGES, **options)


def month(number: int | None) -> str | None:
    at = day(number)
    return None if at is None else f"{at:%Y-%m}"


@given(sites)
@settings(max_examples=40)
def test_a_stage_is_reached_by_its_date_or_a_later_one(leads: list[Lead]) -> None:
    built = staged(leads)
    for at, stage in enumerate(STAGES):
        there = [lead for lead in leads if lead.reached(at)]
        row = by_rule(built, "digital", ["owen"], stage=stage)["owen"]
        expected = oracle.share("owen", there, "digital", GROUPS)
        assert (row.leads, row.unattributed) == (len(there), expected.unattributed)
        assert row.numerator == pytest.approx(float(expected.credit))


@given(sites)
@settings(max_examples=40)
def test_stages_side_by_side_are_the_stages_one_by_one(leads: list[Lead]) -> None:
    built = staged(leads)
    side_by_side = rows(built.stages("digital", rule="owen", groups="origin"))
    one_by_one = [by_rule(built, "digital", ["owen"], stage=stage)["owen"] for stage in STAGES]
    figures = ["value", "numerator", "denominator", "low", "high", "exclusive", "any", "leads", "unattributed"]
    assert [figures_of(row, figures) for row in side_by_side] == [figures_of(row, figures) for row in one_by_one]


def figures_of(row: Row, names: Sequence[str]) -> list[Any]:
    return [row.columns[name] for name in names]


@given(sites)
@settings(max_examples=40)
def test_leads_do_not_rise_from_stage_to_stage(leads: list[Lead]) -> None:
    counts = [row.leads for row in rows(staged(leads).stages("digital", rule="any", groups="origin"))]
    assert counts == sorted(counts, reverse=True)


@given(sites)
@settings(max_examples=40)
def test_nor_do_they_in_an_entry_cohort(leads: list[Lead]) -> None:
    """The month of entry as a dimension, here by the office that the leads entered at."""
    result = rows(staged(leads, by="office").stages("digital", rule="any", groups="origin", by="office"))
    for office in {lead.office for lead in leads}:
        counts = [row.leads for row in result if row.office == office]
        assert len(counts) == len(STAGES)
        assert counts == sorted(counts, reverse=True)


def test_flows_per_month_may_rise_from_stage_to_stage() -> None:
    """Three leads registered in January and filed in February, one registered in February."""
    leads = [Lead(f"L{n}", log("m1"), stages=(1, None, 40)) for n in range(3)] + [Lead("L3", stages=(41, None, None))]
    result = rows(staged(leads).stages("digital", rule="any", groups="origin", period="2024-02"))
    assert [row.leads for row in result] == [1, 0, 3]


@given(sites)
@settings(max_examples=40)
def test_each_stage_is_placed_by_its_own_date(leads: list[Lead]) -> None:
    built = staged(leads)
    for at, stage in enumerate(STAGES):
        reached = [lead for lead in leads if lead.reached(at)]
        answer = rows(built.contribution("digital", rule="any", groups="origin", stage=stage, every="month"))
        counted = {row.period: row.leads for row in answer if row.leads}
        months = [month(lead.stages[at]) for lead in reached]
        assert counted == {name: months.count(name) for name in months}


def test_the_first_stage_is_asked_if_none_is_named() -> None:
    leads = [Lead("L1", log("m1"), stages=(1, None, None)), Lead("L2", log("manual"), stages=(1, None, 2))]
    built = staged(leads)
    assert by_rule(built, "digital") == by_rule(built, "digital", stage="registered")
    assert by_rule(built, "digital", ["any"], stage="filed")["any"].value == 0


@given(sites)
@settings(max_examples=40)
def test_leads_that_pass_their_stages_out_of_order_are_told(leads: list[Lead]) -> None:
    """They are counted at every stage that they reached, and how many there are is said: the data are doubtful."""
    disordered = 0
    for lead in leads:
        passed = [at for at in lead.stages if at is not None]
        disordered += passed != sorted(passed)
    result = staged(leads).stages("digital", rule="any", groups="origin")
    assert json.loads(result.metadata.get("out_of_order", "{}")) == ({"supervision": disordered} if disordered else {})
    note = f"Leads dated at a stage before the day of an earlier one: {disordered}"
    assert (note in result.text("en")) == bool(disordered)


def test_stages_side_by_side_bear_their_names() -> None:
    result = staged([Lead("L1", log("m1"))]).stages("digital", rule="owen", groups="origin")
    for name in STAGES:
        assert name in result.text("en")


@pytest.mark.parametrize("over", ["leads", "attributed"])
@given(leads=sites)
def test_a_month_beside_that_of_a_year_ago_and_the_total(over: str, leads: list[Lead]) -> None:
    built = staged(leads, by="office")
    asked: dict[str, Any] = {"rule": "owen", "groups": "origin", "over": over}
    whole = rows(built.contribution("digital", **asked))[0]
    parts = rows(built.contribution("digital", by="office", compare="total", **asked))
    assert {row.total_value for row in parts} == {whole.value}
    for row in parts:
        if row.value is not None:
            assert row.total_change == pytest.approx(row.value - whole.value, abs=1e-12)


def test_odd_leads_are_told_by_a_cube_of_named_indicators_and_by_a_part() -> None:
    leads = [Lead("L1", log("m1"), stages=(60, None, 1)), Lead("L2", log("m1"), stages=(None, None, None))]
    digital = {"id": "digital", "kind": "contribution", "group": "digital", "rule": "owen", "groups": "origin"}
    more = {"indicator": [digital]}
    named = cube(leads, stages=STAGES, more=more, indicators=["digital"])
    whole = cube(leads, stages=STAGES, more=more)
    for built in (named, whole.keep(["supervision.registered.sources@origin"])):
        metadata = built.table(["digital"]).metadata
        assert json.loads(metadata["out_of_order"]) == {"supervision": 1}
        assert json.loads(metadata["no_stage"]) == {"supervision": 1}
