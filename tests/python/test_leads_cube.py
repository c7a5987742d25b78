# SPDX-License-Identifier: Apache-2.0
"""Cubes of leads are cubes like others: the same bytes however they are built, sums of parts, fewer dimensions."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from conftest import SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import (
    GROUPS,
    RULES,
    SOURCES,
    by_rule,
    cube,
    definitions,
    discoveries_only,
    discovery_table,
    lead_table,
    log,
    rows,
    tables,
)
from oracle.leads import Discovery, Lead

FINE = {source: [source] for source in SOURCES}
PAIRS = {"models": ["m1", "m2"], "people": ["hotline", "manual", "case_review"]}
CROSSING = {"odd": ["m1", "hotline", "case_review"], "even": ["m2", "manual"]}
GROUPINGS = {"origin": GROUPS, "fine": FINE, "pairs": PAIRS, "crossing": CROSSING}


def random_leads(seed: str | int, n: int = 400) -> list[Lead]:
    chance = Random(f"{SEED}:{seed}")
    return [
        Lead(
            f"L{number:04}",
            [Discovery(chance.choice(SOURCES), chance.randrange(4)) for _ in range(chance.choice([0, 1, 1, 2, 3, 5]))],
            office=chance.choice(["甲院", "乙院", None]),
            stages=(chance.randrange(90),),
        )
        for number in range(n)
    ]


def shuffled(table: pa.Table, chance: Random) -> pa.Table:
    return table.take(chance.sample(range(table.num_rows), table.num_rows))


# --------------------------------------------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_bytes_are_the_same_for_any_threads_and_any_order_of_rows(threads: int) -> None:
    leads = random_leads("order", 5_000)
    catalogue = cm.Catalogue.from_dict(definitions(GROUPINGS, stages=["registered"]))
    whole = cm.Cube(tables(leads), catalogue, by="office", threads=1)
    chance = Random(threads)
    mixed = {name: shuffled(table, chance) for name, table in tables(leads).items()}
    again = cm.Cube(mixed, catalogue, by="office", threads=threads)
    assert again.fingerprint == whole.fingerprint
    assert bytes(again) == bytes(whole)


@given(st.lists(st.integers(0, 3), min_size=30, max_size=30), st.permutations(range(4)))
@settings(max_examples=25)
def test_any_partition_by_lead_adds_up_to_the_whole_in_any_order(parts: list[int], order: list[int]) -> None:
    leads = random_leads("parts", 30)

    def built(some: Sequence[Lead], part: str | None = None) -> cm.Cube:
        return cube(some, GROUPINGS, by="office", partitioned_by="lead_id", part=part, stages=["registered"])

    pieces = [built([lead for lead, at in zip(leads, parts, strict=True) if at == part], str(part)) for part in order]
    whole = built(leads)
    added = sum(pieces[1:], start=pieces[0])
    assert added.fingerprint == whole.fingerprint
    assert added == whole
    for group in GROUPS:
        assert by_rule(added, group) == by_rule(whole, group)
    assert added - pieces[-1] == sum(pieces[1:-1], start=pieces[0])


def test_a_saved_or_pickled_cube_answers_alike(tmp_path: Any) -> None:
    built = cube(random_leads("saved"), GROUPINGS, by="office")
    loaded = cm.Cube.load(built.save(tmp_path / "leads.cube"))
    unpickled = pickle.loads(pickle.dumps(built))
    through_arrow = cm.Cube.from_arrow(built.to_arrow())
    for other in (loaded, unpickled, through_arrow):
        assert other == built
        assert by_rule(other, "digital") == by_rule(built, "digital")


def test_a_cube_rolled_up_answers_as_one_built_so() -> None:
    leads = random_leads("rolled")
    patterns = [name for name in cube(leads).dimensions if name.startswith("@")]
    rolled = cube(leads, by="office").roll_up(patterns)
    assert by_rule(rolled, "digital") == by_rule(cube(leads), "digital")


def test_a_cube_without_lead_sets_has_no_patterns() -> None:
    made = definitions({})
    del made["lead"], made["grouping"]
    made["aggregate"] = [{"id": "leads", "unit": "lead"}]
    built = cm.Cube(tables(random_leads("plain")), cm.Catalogue.from_dict(made), by="office")
    assert list(built.dimensions) == ["office"]
    assert built.aggregates == ["leads"]


def test_a_lead_set_changes_no_count_of_others() -> None:
    more = {
        "aggregate": [{"id": "leads", "unit": "lead", "date": "registered_on"}],
        "indicator": [{"id": "leads", "kind": "count", "of": "leads"}],
    }
    made = definitions(GROUPINGS, more=more)
    plain = {key: value for key, value in made.items() if key not in ("lead", "grouping")}
    some = tables(random_leads("others"))
    with_leads = cm.Cube(some, cm.Catalogue.from_dict(made), by="office").table("leads", by="office", every="month")
    without = cm.Cube(some, cm.Catalogue.from_dict(plain), by="office").table("leads", by="office", every="month")
    assert with_leads.columns == without.columns


# ----------------------------------------------------------------------------------------------------- two regions

EAST = [Lead("L1", log("m1"), office="东"), Lead("L2", log("m2", "hotline"), office="东")]
WEST = [Lead("L1", log("hotline"), office="西"), Lead("L3", log("manual"), office="西")]
"""Two regions; both found the lead L1."""


def region(leads: Sequence[Lead], **options: Any) -> cm.Cube:
    return cm.Cube({"discoveries": discovery_table(leads)}, cm.Catalogue.from_dict(discoveries_only()), **options)


@pytest.mark.parametrize("options", [{}, {"partitioned_by": "office"}])
def test_two_regions_that_could_share_a_lead_are_not_added(options: Mapping[str, Any]) -> None:
    east, west = (region(leads, part=name, **options) for name, leads in (("东", EAST), ("西", WEST)))
    with pytest.raises(cm.MergeError, match="lead_id"):
        east + west


def test_nor_are_they_with_a_lead_table_each() -> None:
    with pytest.raises(cm.MergeError, match="'discovered', and what it looks for could be in another part"):
        cube(EAST, part="东") + cube(WEST, part="西")


def test_a_lead_found_in_two_regions_is_counted_once_when_discoveries_are_put_together() -> None:
    both = pa.concat_tables([discovery_table(EAST), discovery_table(WEST)])
    made = cm.Catalogue.from_dict(discoveries_only())
    shared = by_rule(cm.Cube({"discoveries": both}, made), "digital")
    assert shared["any"].denominator == 3
    assert shared["any"].numerator == 2
    assert shared["shapley"].numerator == 1 / 2 + 1 / 2
    with_leads = {"leads": lead_table([*EAST, WEST[1]]), "discoveries": both}
    found = by_rule(cm.Cube(with_leads, cm.Catalogue.from_dict(definitions())), "digital")
    assert (found["any"].leads, found["any"].numerator) == (3, 2)


@given(st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(["东", "西"])), min_size=1, max_size=8))
@settings(max_examples=25)
def test_where_a_lead_was_found_does_not_change_what_it_counts(found: list[tuple[str, str]]) -> None:
    here = Lead("L1", log(*(source for source, _ in found)), office="东")
    parts = [replace(here, log=log(*(name for name, at in found if at == place)), office=place) for place in "东西"]
    made = cm.Catalogue.from_dict(discoveries_only())
    together = pa.concat_tables([discovery_table([part]) for part in parts])
    assert by_rule(cm.Cube({"discoveries": together}, made), "digital") == by_rule(region([here]), "digital")


# ------------------------------------------------------------------------------------------------------- regrouping


def answers(built: cm.Cube, groups: str, of: str, **asked: Any) -> list[Mapping[str, Any]]:
    return [row.columns for row in rows(built.contribution(of, rule=list(RULES), groups=groups, **asked))]


def expect_not_available(answer: cm.Result, what_to_do: str) -> None:
    """Expect no figure, and what to do in the metadata and in print."""
    assert set(answer.columns["status"]) == {"not_available"}
    assert set(answer.columns["value"]) == {None}
    assert what_to_do in " ".join(json.loads(answer.metadata["not_available"]).values())
    assert what_to_do in answer.text("en")


def test_a_coarser_grouping_is_an_exact_roll_up_of_a_finer_one() -> None:
    leads = random_leads("coarser")
    fine = cube(leads, GROUPINGS, by="office", groupings=["fine"], stages=["registered"])
    direct = cube(leads, GROUPINGS, by="office", groupings=["origin"], stages=["registered"])
    for group in GROUPS:
        for asked in ({}, {"by": "office"}, {"every": "month"}, {"by": "office", "period": "2024-02"}):
            assert answers(fine, "origin", group, **asked) == answers(direct, "origin", group, **asked)


def test_pairs_are_coarser_than_groups_and_not_finer() -> None:
    leads = random_leads("pairs")
    by_origin = cube(leads, GROUPINGS, by="office", groupings=["origin"])
    direct = cube(leads, GROUPINGS, by="office", groupings=["pairs"])
    assert answers(by_origin, "pairs", "people", by="office") == answers(direct, "pairs", "people", by="office")
    finer = direct.contribution("digital", rule="owen", groups="origin", by="office")
    expect_not_available(finer, 'build the cube with groupings=["origin"]')


@pytest.mark.parametrize("groups", ["crossing", "fine"])
def test_any_grouping_is_answered_over_all_from_the_sets(groups: str) -> None:
    leads = random_leads("overall")
    built = cube(leads, GROUPINGS, by="office", groupings=["pairs"])
    direct = cube(leads, GROUPINGS, by="office", groupings=[groups])
    for group in GROUPINGS[groups]:
        assert answers(built, groups, group) == answers(direct, groups, group)


@pytest.mark.parametrize("asked", [{"by": "office"}, {"where": "office == '甲院'"}, {"period": "2024-02"}])
def test_by_office_or_month_it_is_refused_with_the_grouping_to_declare(asked: Mapping[str, Any]) -> None:
    built = cube(random_leads("refused"), GROUPINGS, by="office", groupings=["pairs"], stages=["registered"])
    answer = built.contribution("odd", rule="owen", groups="crossing", **asked)
    expect_not_available(answer, 'build the cube with groupings=["crossing"]')


def test_groups_of_the_moment_are_those_of_a_catalogue() -> None:
    leads = random_leads("moment")
    built = cube(leads, {"origin": GROUPS}, by="office")
    declared = cube(leads, GROUPINGS, by="office")
    given = rows(built.contribution("odd", rule="owen", groups=CROSSING))
    assert given[0].value == by_rule(declared, "odd", ["owen"], "crossing")["owen"].value
    rest: dict[str, Any] = {"models": ["m1", "m2"], "people": ...}
    people = rows(built.contribution("people", rule="owen", groups=rest, by="office"))
    assert [row.value for row in people] == [
        row.value for row in rows(declared.contribution("people", rule="owen", groups="pairs", by="office"))
    ]


def test_a_grouping_that_was_added_later_merges_by_what_is_counted() -> None:
    """Groupings that no pattern was counted by are definitions over counts: they guard nothing."""
    leads = random_leads("later", 40)

    def built(some: Sequence[Lead], groupings: Mapping[str, Any], part: str) -> cm.Cube:
        return cube(some, groupings, groupings=["origin"], partitioned_by="lead_id", part=part)

    both = built(leads[:20], {"origin": GROUPS}, "A") + built(leads[20:], {"origin": GROUPS, "fine": FINE}, "B")
    assert by_rule(both, "digital") == by_rule(cube(leads), "digital")


def test_cubes_by_unlike_groupings_are_not_added() -> None:
    some = random_leads("unlike", 20)
    other = {"origin": {**GROUPS, "digital": ["m1", "m2", "m3"]}}
    one = cube(some[:10], partitioned_by="lead_id", part="A")
    two = cube(some[10:], other, partitioned_by="lead_id", part="B")
    with pytest.raises(cm.MergeError, match="origin"):
        one + two
