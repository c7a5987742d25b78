# SPDX-License-Identifier: Apache-2.0
"""Claims such as "digital over 60 per cent, two years running": each year, jointly, and under every rule."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from random import Random
from statistics import NormalDist
from typing import Any

import casemetry as cm
import pytest
from casemetry._lead import Rule
from conftest import SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import GROUPS, LEAD_SET, RULES, SOURCES, cube, log
from oracle import leads as oracle
from oracle.leads import Discovery, Lead

YEARS = ["2024", "2025"]
FIRST_DAY = {"2024": 0, "2025": 366, "2026": 731}


def random_leads(n: int = 500) -> list[Lead]:
    chance = Random(f"{SEED}:claim")
    return [
        Lead(
            f"L{number}",
            [
                Discovery(source, chance.randrange(3))
                for source in chance.choices(SOURCES, [4, 4, 2, 2, 1], k=chance.choice([0, 1, 1, 2, 3]))
            ],
            stages=(chance.randrange(731), None, chance.choice([None, chance.randrange(731)])),
        )
        for number in range(n)
    ]


LEADS = random_leads()


def of_year(leads: Sequence[Lead], year: str, stage: int = 0) -> list[Lead]:
    first = FIRST_DAY[year]
    reached = [(lead, lead.stages[stage]) for lead in leads if lead.reached(stage)]
    return [lead for lead, at in reached if at is not None and first <= at < first + 365 + (year == "2024")]


def claim(leads: Sequence[Lead] = LEADS, **asked: Any) -> Any:
    built = cube(leads, stages=["registered", "verified", "filed"])
    return built.claim("digital", **{"rule": "owen", "groups": "origin", "over": 0.4, "years": YEARS, **asked})


def expected_ps(rule: Rule, over: float, leads: Sequence[Lead] = LEADS, stage: int = 0) -> list[float]:
    shares = (oracle.share(rule, of_year(leads, year, stage), "digital", GROUPS) for year in YEARS)
    return [share.p_that_it_exceeds(over) for share in shares]


@pytest.mark.parametrize("over", [0.3, 0.45, 0.6])
def test_each_rule_and_year_has_the_p_of_the_score_test_and_jointly_the_largest(over: float) -> None:
    columns = claim(over=over).columns
    assert list(zip(columns["rule"], columns["year"], strict=True)) == [
        (rule, year) for rule in RULES for year in YEARS
    ]
    expected = {rule: expected_ps(rule, over) for rule in RULES}
    assert columns["p"] == [pytest.approx(p, rel=1e-9, abs=1e-15) for rule in RULES for p in expected[rule]]
    joint = {rule: max(ps) for rule, ps in expected.items()}
    assert columns["joint_p"] == [pytest.approx(joint[rule], rel=1e-9, abs=1e-15) for rule in RULES for _ in YEARS]
    assert columns["holds"] == [joint[rule] <= 0.05 for rule in RULES for _ in YEARS]


def test_the_table_has_the_contribution_of_every_year() -> None:
    columns = claim().columns
    shares = [oracle.share(rule, of_year(LEADS, year), "digital", GROUPS) for rule in RULES for year in YEARS]
    assert columns["value"] == [pytest.approx(float(share.value or 0)) for share in shares]
    assert columns["leads"] == [share.n for share in shares]
    assert columns["unattributed"] == [share.unattributed for share in shares]


@pytest.mark.parametrize("rule", RULES)
def test_what_is_asked_is_the_row_of_its_rule(rule: Rule) -> None:
    asked = claim(rule=rule)
    assert asked.p == pytest.approx(max(expected_ps(rule, 0.4)), rel=1e-9)
    assert asked.holds == (asked.p <= 0.05)
    assert asked.years == YEARS
    assert asked.rules == {name: max(expected_ps(name, 0.4)) <= 0.05 for name in RULES}


def test_a_claim_may_hold_under_one_rule_and_not_under_another() -> None:
    """Nine of ten leads found by a model and two others: digital is in nine of ten, and has a third of each."""
    leads = [
        Lead(f"L{year}{number}", log("m1", "hotline", "manual"), stages=(FIRST_DAY[year] + number,))
        for year in YEARS
        for number in range(90)
    ]
    found = claim(leads, over=0.6)
    assert found.rules == {name: name == "any" for name in RULES}


def test_one_weak_year_is_enough_for_a_claim_to_fail() -> None:
    strong = [Lead(f"A{n}", log("m1"), stages=(n,)) for n in range(60)]
    weak = [Lead(f"B{n}", log("m1" if n % 2 else "manual"), stages=(366 + n,)) for n in range(60)]
    found = claim([*strong, *weak], over=0.6)
    assert not found.holds
    of_asked = [p for rule, p in zip(found.columns["rule"], found.columns["p"], strict=True) if rule == "owen"]
    assert of_asked[0] < 0.001 < 0.05 < of_asked[1] == found.p


def test_leads_that_are_all_split_alike_count_as_many_as_they_are() -> None:
    """Without any spread they are no more certain than as many that count whole."""
    leads = [Lead(f"L{n}", log("m1", "manual"), stages=(n * 7,)) for n in range(104)]
    fewest = min(claim(leads, over=0.4).columns["leads"])
    p = 1 - NormalDist().cdf((0.5 - 0.4) / sqrt(0.4 * 0.6 / fewest))
    assert claim(leads, over=0.4).p == pytest.approx(p, rel=1e-9)
    assert claim(leads, over=0.6).p > 0.9


@given(st.integers(1, 40), st.integers(0, 40))
@settings(max_examples=20)
def test_a_single_year_of_whole_leads_is_the_test_of_a_proportion(digital: int, manual: int) -> None:
    leads = [Lead(f"L{n}", log("m1" if n < digital else "manual")) for n in range(digital + manual)]
    share = oracle.share("any", leads, "digital", GROUPS)
    assert claim(leads, years=["2024"]).p == pytest.approx(share.p_that_it_exceeds(0.4), rel=1e-9, abs=1e-15)


def test_a_claim_is_of_a_stage_and_of_those_that_reached_it_in_the_year() -> None:
    found = claim(stage="filed")
    assert found.p == pytest.approx(max(expected_ps("owen", 0.4, stage=2)), rel=1e-9)


def test_rules_whose_sets_are_not_there_are_not_in_the_table() -> None:
    built = cube(LEADS, lead_set={"unit": "lead", "sources": "sources"}, stages=["registered"])
    found = built.claim("digital", rule="owen", groups="origin", over=0.4, years=YEARS)
    assert list(found.rules) == ["any", "exclusive", "shapley", "owen"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_of_rules_is_printed(lang: Any) -> None:
    text = claim().text(lang)
    for name in (*RULES, *YEARS, "40"):
        assert name in text
    assert "<table" in claim().html(lang)


def test_a_cube_of_two_years_that_was_saved_claims_the_same(tmp_path: Any) -> None:
    built = cube(LEADS, stages=["registered"])
    loaded = cm.Cube.load(built.save(tmp_path / "leads.cube"))
    asked: dict[str, Any] = {"rule": "shapley", "groups": "origin", "over": 0.4, "years": YEARS}
    assert loaded.claim("digital", **asked).columns == built.claim("digital", **asked).columns


def test_a_claim_over_what_leads_weigh_takes_their_weight() -> None:
    weighed = [Lead(lead.id, lead.log, value=at % 5, stages=lead.stages) for at, lead in enumerate(LEADS)]
    built = cube(weighed, lead_set={**LEAD_SET, "value": "value"}, stages=["registered"])
    found = built.claim("digital", rule="owen", groups="origin", over=0.4, years=YEARS)
    assert found.p == pytest.approx(max(expected_ps("owen", 0.4, weighed)), rel=1e-9)
