# SPDX-License-Identifier: Apache-2.0
"""What holds of every contribution, whatever the leads: asked of cubes, against brute force where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt

import casemetry as cm
import numpy as np
import pytest
from casemetry._lead import Rule
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import GROUPS, LEAD_SET, RULES, SOURCES, SPLITTING, Row, by_rule, cube
from oracle import leads as oracle
from oracle.leads import Discovery, Lead, Log

UNRELATED_TO_REPEATS = [rule for rule in RULES if rule != "linear"]

discoveries = st.builds(Discovery, st.sampled_from(SOURCES), st.integers(1, 3))
logs = st.lists(discoveries, max_size=6)


def leads_of(some_logs: Sequence[Log], prefix: str = "L") -> list[Lead]:
    return [Lead(f"{prefix}{number}", log) for number, log in enumerate(some_logs)]


sites = st.lists(logs, min_size=1, max_size=8).map(leads_of)
attributed_sites = st.lists(logs.filter(bool), min_size=1, max_size=8).map(leads_of)


Credits = dict[str, dict[str, float]]
"""Group → rule → what it is credited with."""


def every_group(leads: Sequence[Lead], groups: oracle.Groups = GROUPS) -> dict[str, dict[str, Row]]:
    built = cube(leads, {"origin": groups})
    return {group: by_rule(built, group) for group in groups}


def credits(leads: Sequence[Lead], groups: oracle.Groups = GROUPS) -> Credits:
    found = every_group(leads, groups)
    return {group: {rule: row.numerator for rule, row in rows.items()} for group, rows in found.items()}


def near(expected: float | Fraction | dict[str, float]) -> object:
    return pytest.approx(float(expected) if isinstance(expected, Fraction) else expected, rel=1e-13, abs=1e-13)


@given(sites)
@settings(max_examples=40)
def test_contributions_are_those_of_the_closed_forms(leads: list[Lead]) -> None:
    for group, found in every_group(leads).items():
        for rule, row in found.items():
            expected = oracle.share(rule, leads, group, GROUPS)
            assert (row.numerator, row.denominator) == (near(expected.credit), expected.n), rule
            assert row.standard_error == near(sqrt(expected.variance or 0)), rule
            assert (row.low, row.high) == tuple(near(limit) for limit in expected.interval() or ()), rule
            assert (row.leads, row.unattributed, row.unknown) == (len(leads), expected.unattributed, 0)
            assert (row.least, row.most) == (row.value, row.value)


@given(sites)
@settings(max_examples=15)
def test_contributions_are_those_of_brute_force(leads: list[Lead]) -> None:
    some = leads[:3]
    for group, found in every_group(some).items():
        for rule, row in found.items():
            answer = oracle.contribution(rule, [lead.log for lead in some], group, GROUPS)
            assert answer is not None
            assert row.value == near(answer[0]), rule


@given(st.lists(st.frozensets(st.sampled_from("abcdefghij")), min_size=1, max_size=12))
@settings(max_examples=15)
def test_shapley_is_that_of_brute_force_up_to_ten_sources(sets: list[frozenset[str]]) -> None:
    leads = leads_of([[Discovery(source, 0) for source in found_by] for found_by in sets])
    counts = {found_by: sets.count(found_by) for found_by in sets}
    expected = oracle.shapley_by_coalitions("abcdefghij", oracle.coverage(counts))
    built = cube(leads, {"each": {source: [source] for source in "abcdefghij"}})
    for source, value in expected.items():
        assert by_rule(built, source, ["shapley"], "each")["shapley"].numerator == near(value)


@given(sites)
@settings(max_examples=40)
def test_rules_that_split_leads_are_efficient(leads: list[Lead]) -> None:
    found = every_group(leads)
    attributed = sum(bool(lead.log) for lead in leads)
    for rule in SPLITTING:
        assert sum(found[group][rule].numerator for group in GROUPS) == near(attributed), rule
    assert sum(found[group]["any"].numerator for group in GROUPS) >= attributed
    assert sum(found[group]["exclusive"].numerator for group in GROUPS) <= attributed


@given(sites)
@settings(max_examples=40)
def test_shares_over_attributed_leads_of_a_splitting_rule_sum_to_one(leads: list[Lead]) -> None:
    built = cube(leads)
    attributed = sum(bool(lead.log) for lead in leads)
    for rule in SPLITTING:
        answers = [by_rule(built, group, [rule], over="attributed")[rule] for group in GROUPS]
        assert {row.denominator for row in answers} == {attributed}
        if attributed:
            assert sum(row.value for row in answers) == near(1)
        else:
            assert {row.status for row in answers} == {"no_denominator"}


@given(sites, st.permutations(SOURCES))
@settings(max_examples=40)
def test_sources_that_change_places_change_their_credit(leads: list[Lead], permuted: list[str]) -> None:
    """Symmetry: a rule knows a source by what it found, not by its name."""
    new = dict(zip(SOURCES, permuted, strict=True))
    renamed = [replace(lead, log=[Discovery(new[each.source], each.time) for each in lead.log]) for lead in leads]
    groups = {group: [new[source] for source in members] for group, members in GROUPS.items()}
    before, after = credits(leads), credits(renamed, groups)
    for group in GROUPS:
        assert after[group] == near(before[group])


@given(sites)
@settings(max_examples=40)
def test_a_group_that_found_nothing_has_nothing(leads: list[Lead]) -> None:
    groups = {**GROUPS, "idle": ["dummy_model"]}
    found = credits(leads, groups)
    assert set(found.pop("idle").values()) == {0}
    assert found == credits(leads)


@given(sites, sites)
@settings(max_examples=40)
def test_credits_add_over_leads(some: list[Lead], others: list[Lead]) -> None:
    moved = [replace(lead, id=f"M{lead.id}") for lead in others]
    one, two, both = credits(some), credits(moved), credits([*some, *moved])
    for group in GROUPS:
        for rule in RULES:
            assert both[group][rule] == near(one[group][rule] + two[group][rule]), rule


@given(sites, st.data())
@settings(max_examples=40)
def test_credits_add_over_what_leads_weigh(leads: list[Lead], data: st.DataObject) -> None:
    """A lead of weight v counts as v leads of weight one; the error is that of as many leads as there are."""
    weights = data.draw(st.lists(st.integers(0, 9), min_size=len(leads), max_size=len(leads)))
    weighed = [replace(lead, value=value) for lead, value in zip(leads, weights, strict=True)]
    copies = [replace(lead, id=f"{lead.id}/{copy}") for lead in weighed for copy in range(lead.value)]
    built = cube(weighed, lead_set={**LEAD_SET, "value": "value"})
    of_copies = credits(copies)
    for group in GROUPS:
        found = by_rule(built, group)
        for rule, row in found.items():
            expected = oracle.share(rule, weighed, group, GROUPS)
            assert (row.numerator, row.denominator) == (near(expected.credit), expected.total), rule
            if expected.variance is not None:
                assert row.standard_error == near(sqrt(expected.variance)), rule
            assert row.leads == len(leads), "W counts leads, whatever they weigh"
            assert row.unattributed == expected.unattributed
        assert {rule: row.numerator for rule, row in found.items()} == near(of_copies[group])


@given(sites)
@settings(max_examples=40)
def test_every_rule_that_splits_leads_lies_in_the_band(leads: list[Lead]) -> None:
    for found in every_group(leads).values():
        for rule in SPLITTING:
            row = found[rule]
            assert row.exclusive <= row.value * (1 + 1e-14), rule
            assert row.value <= row.any * (1 + 1e-14), rule
        assert {(row.exclusive, row.any) for row in found.values()} == {(found["exclusive"].value, found["any"].value)}


@given(st.lists(discoveries, min_size=1, max_size=12))
@settings(max_examples=40)
def test_all_rules_agree_where_a_single_source_found_each_lead(single: list[Discovery]) -> None:
    leads = leads_of([[found] for found in single])
    for found in every_group(leads).values():
        assert len({(row.value, row.low, row.high) for row in found.values()}) == 1


@given(sites)
@settings(max_examples=40)
def test_owen_of_groups_is_shapley_on_merged_labels(leads: list[Lead]) -> None:
    group_of = {source: group for group, members in GROUPS.items() for source in members}
    merged = [replace(lead, log=[Discovery(group_of[found.source], 0) for found in lead.log]) for lead in leads]
    as_sources = {group: [group] for group in GROUPS}
    of_groups, of_labels = credits(leads), credits(merged, as_sources)
    for group in GROUPS:
        assert of_groups[group]["owen"] == of_labels[group]["shapley"]


def split(lead: Lead) -> Lead:
    """Let a second version of the model m1 find what the first finds."""
    clones = [Discovery("m1b", found.time) for found in lead.log if found.source == "m1"]
    return replace(lead, log=[*lead.log, *clones])


SPLIT_GROUPS = {**GROUPS, "digital": ["m1", "m1b", "m2"]}


@given(sites)
@settings(max_examples=40)
def test_owen_is_the_same_when_a_model_is_split_in_two(leads: list[Lead]) -> None:
    clones = [split(lead) for lead in leads]
    before, after = credits(leads), credits(clones, SPLIT_GROUPS)
    for group in GROUPS:
        for rule in ("any", "exclusive", "owen"):
            assert after[group][rule] == before[group][rule], rule


def test_shapley_moves_when_a_model_is_split_in_two() -> None:
    leads = leads_of([[Discovery("m1", 1), Discovery("hotline", 1)]])
    assert credits(leads)["digital"]["shapley"] == near(Fraction(1, 2))
    assert credits([split(lead) for lead in leads], SPLIT_GROUPS)["digital"]["shapley"] == near(Fraction(2, 3))


@given(attributed_sites, st.data())
@settings(max_examples=40)
def test_a_discovery_logged_twice_changes_linear_only(leads: list[Lead], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(leads) - 1))
    again = data.draw(st.sampled_from(leads[number].log))
    repeated = [replace(lead, log=[*lead.log, again]) if at == number else lead for at, lead in enumerate(leads)]
    before, after = credits(leads), credits(repeated)
    for group in GROUPS:
        for rule in UNRELATED_TO_REPEATS:
            assert after[group][rule] == before[group][rule], rule


def test_linear_depends_on_how_often_a_lead_is_logged() -> None:
    leads = leads_of([[Discovery("m1", 1), Discovery("hotline", 1)]])
    repeated = [replace(lead, log=[*lead.log, Discovery("hotline", 1)]) for lead in leads]
    assert credits(leads)["digital"]["linear"] == near(Fraction(1, 2))
    assert credits(repeated)["digital"]["linear"] == near(Fraction(1, 3))


@given(sites)
@settings(max_examples=40)
def test_reversing_time_maps_first_to_last(leads: list[Lead]) -> None:
    reverse = [
        replace(lead, log=[Discovery(found.source, 4 - (found.time or 0)) for found in lead.log]) for lead in leads
    ]
    before, after = credits(leads), credits(reverse)
    for group in GROUPS:
        assert before[group]["first"] == near(after[group]["last"])
        assert before[group]["last"] == near(after[group]["first"])


def test_the_credit_is_whole_or_the_nearest_float() -> None:
    """Sums stay exact: sixty thirds and forty sevenths are rounded once, at the end."""
    triples = [[Discovery("m1", 0), Discovery("hotline", 0), Discovery("manual", 0)]] * 60
    sevens = [[Discovery("m1", 0), *(Discovery("manual", 0) for _ in range(6))]] * 40
    built = cube(leads_of([*triples, *sevens]))
    assert by_rule(built, "digital")["shapley"].numerator == 20 + 20
    linear = Fraction(60, 3) + Fraction(40, 7)
    assert by_rule(built, "digital")["linear"].numerator == linear.numerator / linear.denominator


@pytest.mark.parametrize("rule", RULES)
def test_the_standard_error_is_that_of_the_bootstrap(rule: Rule) -> None:
    """Two thousand resamples of 300 leads; their spread is the standard error but for 2 per cent of chance."""
    chance = np.random.default_rng(2026)
    some_logs = [
        [Discovery(SOURCES[source], int(chance.integers(3))) for source in chance.integers(0, 5, size=size)]
        for size in chance.integers(0, 6, size=300)
    ]
    leads = leads_of(some_logs)
    weights = [float(oracle.closed_weight(rule, lead.log, "digital", GROUPS) or 0) for lead in leads]
    draws = chance.integers(0, len(leads), size=(2000, len(leads)))
    spread = np.asarray(weights)[draws].mean(axis=1).std()
    assert by_rule(cube(leads), "digital", [rule])[rule].standard_error == pytest.approx(spread, rel=0.05)


def test_every_rule_is_known_by_its_name() -> None:
    with pytest.raises(cm.QueryError, match="'shapely'; did you mean 'shapley'"):
        cube(leads_of([[Discovery("m1", 0)]])).contribution("digital", rule="shapely", groups="origin")  # type: ignore[arg-type]
