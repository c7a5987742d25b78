# SPDX-License-Identifier: Apache-2.0
"""The closed forms of the rules are what brute force over all orders of the sources gives."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import casemetry as cm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import leads as oracle

GOLDEN = Path(__file__).parents[1] / "golden"
GROUPS = {"digital": ["m1", "m2"], "traditional": ["hotline", "manual"], "review": ["case_review"]}
SOURCES = [source for members in GROUPS.values() for source in members]
TOY_GROUPS = {"digital": ["m1", "m2"], "traditional": ["hotline", "manual"]}

logs = st.lists(st.builds(oracle.Discovery, st.sampled_from(SOURCES), st.integers(1, 3)), max_size=6)


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def toy() -> oracle.Game:
    rows = golden("coverage_toy_leads.csv")
    return oracle.coverage({frozenset(row["sources"].split("|")): int(row["leads"]) for row in rows})


def test_brute_force_gives_the_golden_values() -> None:
    shapley = oracle.shapley(["m1", "m2", "hotline", "manual"], toy())
    owen = oracle.owen(TOY_GROUPS, toy())
    for row in golden("coverage_toy_expected.csv"):
        assert shapley[row["source"]] == Fraction(row["shapley_fraction"])
        assert owen[row["source"]] == Fraction(row["owen_fraction"])


@given(st.frozensets(st.sampled_from(SOURCES)))
def test_shapley_is_the_share_of_the_members(found_by: frozenset[str]) -> None:
    values = oracle.shapley(SOURCES, oracle.coverage({found_by: 1}))
    for source in SOURCES:
        assert values[source] == (Fraction(1, len(found_by)) if source in found_by else 0)


@given(st.frozensets(st.sampled_from(SOURCES)))
def test_owen_is_the_share_of_the_groups_then_of_the_members(found_by: frozenset[str]) -> None:
    values = oracle.owen(GROUPS, oracle.coverage({found_by: 1}))
    pattern = oracle.pattern(sorted(found_by), GROUPS)
    for group, members in GROUPS.items():
        for source in members:
            expected = Fraction(1, len(pattern) * pattern[group]) if source in found_by else 0
            assert values[source] == expected


@given(logs)
@settings(deadline=None)
def test_first_last_and_linear_are_the_share_of_a_pattern(log: list[oracle.Discovery]) -> None:
    patterns = {
        "first": oracle.pattern(sorted(oracle.at_time(log, min)), GROUPS),
        "last": oracle.pattern(sorted(oracle.at_time(log, max)), GROUPS),
        "linear": oracle.pattern([discovery.source for discovery in log], GROUPS),
    }
    for rule, pattern in patterns.items():
        for group in GROUPS:
            expected = Fraction(pattern.get(group, 0), sum(pattern.values())) if pattern else 0
            assert oracle.weight(rule, log, group, GROUPS) == expected


@pytest.mark.parametrize("rule", ["first", "last", "linear", "shapley", "owen"])
@given(log=logs)
@settings(deadline=None, max_examples=25)
def test_rules_that_split_leads_are_efficient_and_in_the_band(rule: str, log: list[oracle.Discovery]) -> None:
    weights = {group: oracle.weight(rule, log, group, GROUPS) for group in GROUPS}
    assert sum(weights.values()) == bool(log)
    for group, weight in weights.items():
        assert oracle.weight("exclusive", log, group, GROUPS) <= weight <= oracle.weight("any", log, group, GROUPS)


@given(logs)
@settings(deadline=None)
def test_reversing_time_maps_first_to_last(log: list[oracle.Discovery]) -> None:
    reverse = [oracle.Discovery(discovery.source, -(discovery.time or 0)) for discovery in log]
    for group in GROUPS:
        assert oracle.weight("first", log, group, GROUPS) == oracle.weight("last", reverse, group, GROUPS)


FIVE = [
    [oracle.Discovery("m1", 1), *[oracle.Discovery("manual", 2)] * 100],
    [oracle.Discovery("m1", 1), oracle.Discovery("m2", 1), oracle.Discovery("manual", 1)],
    [oracle.Discovery("hotline", 3), oracle.Discovery("m2", 5)],
    [oracle.Discovery("manual", 1)],
    [],
]
"""Five leads: one found once by a model and a hundred times by hand; three at once; one after the other; one; none."""


@pytest.mark.parametrize(
    ("rule", "share", "variance"),
    [
        ("any", "3/5", "6/125"),
        ("exclusive", "0", "0"),
        ("first", "1/3", "8/225"),
        ("last", "1/3", "8/225"),
        ("linear", "713/3030", "191734/11476125"),
        ("shapley", "1/3", "7/450"),
        ("owen", "3/10", "3/250"),
    ],
)
def test_five_leads_have_the_figures_of_the_tests_in_cpp(rule: str, share: str, variance: str) -> None:
    assert oracle.contribution(rule, FIVE, "digital", TOY_GROUPS) == (Fraction(share), Fraction(variance))


def test_a_duplicate_discovery_changes_linear_only() -> None:
    once = [[*log] for log in FIVE]
    once[0] = once[0][:2]
    for rule in ("any", "exclusive", "first", "last", "shapley", "owen"):
        assert oracle.contribution(rule, once, "digital", TOY_GROUPS) == oracle.contribution(
            rule, FIVE, "digital", TOY_GROUPS
        )
    assert oracle.contribution("linear", once, "digital", TOY_GROUPS) != oracle.contribution(
        "linear", FIVE, "digital", TOY_GROUPS
    )


def test_overlap_counts_what_two_sources_share() -> None:
    assert oracle.overlap(FIVE) == {
        ("hotline", "m2"): (1, 2),
        ("m1", "m2"): (1, 3),
        ("m1", "manual"): (2, 3),
        ("m2", "manual"): (1, 4),
    }


@given(logs, st.sampled_from(list(GROUPS)))
@settings(deadline=None, max_examples=50)
def test_closed_forms_are_those_of_brute_force(log: list[oracle.Discovery], group: str) -> None:
    for rule in oracle.RULES:
        assert oracle.closed_weight(rule, log, group, GROUPS) == oracle.weight(rule, log, group, GROUPS)


@given(st.lists(st.frozensets(st.sampled_from(SOURCES)), max_size=6))
@settings(deadline=None, max_examples=25)
def test_shapley_over_coalitions_is_that_over_orders(sets: list[frozenset[str]]) -> None:
    game = oracle.coverage({found_by: sets.count(found_by) for found_by in sets})
    assert oracle.shapley_by_coalitions(SOURCES, game) == oracle.shapley(SOURCES, game)


def test_a_lead_of_which_no_time_is_known_is_unknown_by_first_and_last() -> None:
    log = [oracle.Discovery("m1", None), oracle.Discovery("manual", None)]
    weights = {rule: oracle.closed_weight(rule, log, "digital", TOY_GROUPS) for rule in oracle.RULES}
    assert weights == {
        "any": 1,
        "exclusive": 0,
        "first": None,
        "last": None,
        "linear": Fraction(1, 2),
        "shapley": Fraction(1, 2),
        "owen": Fraction(1, 2),
    }


def test_a_share_of_leads_that_count_whole_has_wilsons_interval() -> None:
    """48 of 80: Wilson's limits, as the core has them from R; z = 0.1 / √(0.25 / 80), one-sided p = 0.0368."""
    leads = [oracle.Lead(f"L{n}", [oracle.Discovery("m1" if n < 48 else "manual", 0)]) for n in range(80)]
    share = oracle.share("owen", leads, "digital", TOY_GROUPS)
    assert share.interval() == pytest.approx(cm.wilson(48, 80), rel=1e-14)
    assert share.p_that_it_exceeds(0.5) == pytest.approx(0.0368, abs=5e-5)
    low, _ = share.interval() or (0.0, 0.0)
    assert oracle.standard_error(0.6, low) ** 2 == pytest.approx(0.6 * 0.4 / 80)
