# SPDX-License-Identifier: Apache-2.0
"""How sources overlap: who finds what others find as well, counted pair by pair in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import casemetry as cm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import GROUPS, SOURCES, STAGES, cube, log
from oracle import leads as oracle
from oracle.leads import Discovery, Lead

days = st.none() | st.integers(0, 89)
sites = st.lists(
    st.builds(
        Lead,
        id=st.uuids().map(str),
        log=st.lists(st.builds(Discovery, st.sampled_from(SOURCES), st.integers(0, 3)), max_size=5),
        stages=st.tuples(days, days, days),
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda lead: lead.id,
)


def logs(leads: Sequence[Lead]) -> list[oracle.Log]:
    return [lead.log for lead in leads]


def table(columns: dict[str, list[Any]], *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(columns[name] for name in names), strict=True))


@given(sites)
@settings(max_examples=40)
def test_pairs_are_counted_as_by_hand(leads: list[Lead]) -> None:
    pairs = cube(leads).overlap().pairs
    found = oracle.found_and_alone(logs(leads))
    expected = oracle.overlap(logs(leads))
    assert {
        (a, b): (both, either) for a, b, both, either in table(pairs, "first", "second", "both", "either")
    } == expected
    for a, b, jaccard, a_in_b, b_in_a in table(
        pairs, "first", "second", "jaccard", "first_in_second", "second_in_first"
    ):
        both, either = expected[a, b]
        assert (jaccard, a_in_b, b_in_a) == (both / either, both / found[a][0], both / found[b][0])


@given(sites)
@settings(max_examples=40)
def test_pairs_stand_by_what_they_share(leads: list[Lead]) -> None:
    rows = table(cube(leads).overlap().pairs, "both", "first", "second")
    assert rows == sorted(rows, key=lambda row: (-row[0], row[1:]))


@given(sites)
@settings(max_examples=40)
def test_sources_are_told_with_what_they_found_and_what_no_other_did(leads: list[Lead]) -> None:
    overlap = cube(leads).overlap()
    found = oracle.found_and_alone(logs(leads))
    told = {source: (leads, alone) for source, leads, alone in table(overlap.sources, "source", "leads", "alone")}
    assert told == {source: found.get(source, (0, 0)) for source in SOURCES}
    assert overlap.never == sorted(set(SOURCES) - found.keys())
    assert overlap.always_covered == [source for source, (_, alone) in found.items() if not alone]


@given(sites)
@settings(max_examples=40)
def test_the_largest_intersections_come_first(leads: list[Lead]) -> None:
    rows = table(cube(leads).overlap().intersections, "sources", "leads")
    assert rows == oracle.intersections(logs(leads))[: len(rows)]
    assert len(rows) == min(10, len(oracle.intersections(logs(leads))))


@given(sites)
@settings(max_examples=40)
def test_w_and_u_stand_beside_them(leads: list[Lead]) -> None:
    overlap = cube(leads).overlap()
    assert (overlap.leads, overlap.unattributed) == (len(leads), sum(not lead.log for lead in leads))


@given(sites)
@settings(max_examples=40)
def test_overlap_is_of_the_leads_that_reached_a_stage(leads: list[Lead]) -> None:
    built = cube(leads, stages=STAGES)
    for at, stage in enumerate(STAGES):
        there = [lead for lead in leads if lead.reached(at)]
        overlap = built.overlap(stage=stage)
        assert overlap.leads == len(there)
        assert set(table(overlap.pairs, "both", "either")) == set(oracle.overlap(logs(there)).values())


def test_sources_that_never_contribute_and_those_that_others_always_cover() -> None:
    """m1 finds nothing that manual does not find; m2 finds nothing; the hotline one lead by itself."""
    leads = [Lead("L1", log("m1", "manual")), Lead("L2", log("m1", "manual", "hotline")), Lead("L3", log("hotline"))]
    overlap = cube(leads).overlap()
    assert overlap.never == ["case_review", "m2"]
    assert overlap.always_covered == ["m1", "manual"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_are_printed(lang: Any) -> None:
    overlap = cube([Lead("L1", log("m1", "manual")), Lead("L2")]).overlap()
    assert "m1" in overlap.text(lang)
    assert "<table" in overlap.html(lang)


def test_a_saved_cube_tells_the_same(tmp_path: Any) -> None:
    leads = [Lead("L1", log("m1", "manual")), Lead("L2", log("m1")), Lead("L3")]
    built = cube(leads, by="office")
    loaded = cm.Cube.load(built.save(tmp_path / "leads.cube"))
    assert loaded.overlap().pairs == built.overlap().pairs
    parts = [cube(leads[:1], partitioned_by="lead_id", part="A"), cube(leads[1:], partitioned_by="lead_id", part="B")]
    assert (parts[0] + parts[1]).overlap().sources == built.overlap().sources


def test_sources_that_no_grouping_lists_are_told_too() -> None:
    leads = [Lead("L1", log("m9"))]
    overlap = cube(leads, {"origin": {**GROUPS, "rest": "others"}}).overlap()
    assert ("m9", 1, 1) in table(overlap.sources, "source", "leads", "alone")


def test_stages_and_leads_have_names_that_are_known() -> None:
    built = cube([Lead("L1", log("m1"))], stages=["registered"])
    with pytest.raises(cm.QueryError, match="'registered'"):
        built.overlap(stage="registred")
    with pytest.raises(cm.QueryError, match="'supervision'"):
        built.overlap(lead="supervison")
