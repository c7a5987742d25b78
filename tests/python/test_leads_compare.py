# SPDX-License-Identifier: Apache-2.0
"""Contributions beside those of a year ago, of the total, and of the level above: changes and their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from random import Random
from typing import Any

import casemetry as cm
import pytest
from casemetry._lead import Rule
from conftest import SEED
from lead_sites import GROUPS, SOURCES, SPLITTING, Row, by_rule, cube, rows
from oracle import leads as oracle
from oracle.leads import Discovery, Lead, Share

OFFICES = ["甲院", "乙院", "丙院"]


def random_leads(n: int) -> list[Lead]:
    """Draw leads of two years; what is found by models grows."""
    chance = Random(f"{SEED}:compare")

    def lead(number: int) -> Lead:
        day = chance.randrange(730)
        likely = [1 + day // 200, 2, 3, 3, 1]
        found = chance.choices(SOURCES, likely, k=chance.choice([0, 1, 1, 2, 3]))
        log = [Discovery(source, chance.randrange(3)) for source in found]
        return Lead(f"L{number}", log, office=chance.choice(OFFICES), stages=(day,))

    return [lead(number) for number in range(n)]


LEADS = random_leads(600)


@pytest.fixture(scope="module")
def built() -> cm.Cube:
    return cube(LEADS, by="office", stages=["registered"])


def newcombe(now: Share, then: Share) -> tuple[float, float]:
    """Give Newcombe's interval of a difference (1998, method 10) from the Wilson limits of both."""
    p, q = float(now.value or 0), float(then.value or 0)
    (low_p, high_p), (low_q, high_q) = now.interval() or (0.0, 0.0), then.interval() or (0.0, 0.0)
    return (
        p - q - sqrt((p - low_p) ** 2 + (high_q - q) ** 2),
        p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2),
    )


def share(rule: Rule, leads: Sequence[Lead]) -> Share:
    return oracle.share(rule, leads, "digital", GROUPS)


def in_year(lead: Lead, year: int) -> bool:
    (day,) = lead.stages
    return day is not None and (day < 366) == (year == 2024)


def near(*numbers: float) -> Any:
    return pytest.approx(numbers, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rule", SPLITTING)
def test_the_change_on_a_year_ago_has_newcombes_interval(rule: Rule, built: cm.Cube) -> None:
    asked: dict[str, Any] = {"rule": rule, "groups": "origin", "period": "2025", "by": "office", "compare": "year_ago"}
    for row in rows(built.contribution("digital", **asked)):
        then, now = (
            share(rule, [lead for lead in LEADS if lead.office == row.office and in_year(lead, year)])
            for year in (2024, 2025)
        )
        assert now.value is not None
        assert then.value is not None
        assert (row.value, row.year_ago_value) == near(float(now.value), float(then.value))
        assert row.year_ago_change == pytest.approx(float(now.value - then.value), abs=1e-12)
        assert (row.year_ago_low, row.year_ago_high) == near(*newcombe(now, then))


@pytest.mark.parametrize("compare", ["total", "parent"])
@pytest.mark.parametrize("rule", SPLITTING)
def test_the_change_on_the_whole_is_that_on_the_rest_as_far_as_the_rest_goes(
    rule: Rule, compare: str, built: cm.Cube
) -> None:
    whole = share(rule, LEADS)
    for row in rows(built.contribution("digital", rule=rule, groups="origin", by="office", compare=compare)):
        here = share(rule, [lead for lead in LEADS if lead.office == row.office])
        rest = share(rule, [lead for lead in LEADS if lead.office != row.office])
        assert here.value is not None
        assert whole.value is not None
        part = 1 - here.n / whole.n
        low, high = newcombe(here, rest)
        change = (row.columns[f"{compare}_{name}"] for name in ("value", "change", "low", "high"))
        assert tuple(change) == near(float(whole.value), float(here.value - whole.value), part * low, part * high)


def test_the_rows_of_an_office_are_its_leads_alone(built: cm.Cube) -> None:
    for office in OFFICES:
        alone = cube([lead for lead in LEADS if lead.office == office], stages=["registered"])
        chosen = by_rule(built, "digital", where=f"office == '{office}'")
        assert {rule: figures(row) for rule, row in chosen.items()} == {
            rule: figures(row) for rule, row in by_rule(alone, "digital").items()
        }


def figures(row: Row) -> list[Any]:
    return [row.columns[name] for name in ("value", "numerator", "denominator", "low", "high", "exclusive", "any")]


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
def test_credits_of_the_steps_add_up_to_that_of_the_whole(every: str, built: cm.Cube) -> None:
    for rule in SPLITTING:
        steps = rows(built.contribution("digital", rule=rule, groups="origin", every=every))
        assert sum(row.numerator for row in steps) == pytest.approx(float(share(rule, LEADS).credit))
        assert sum(row.denominator for row in steps) == len(LEADS)


def test_a_wider_level_gives_a_wider_interval_of_the_same_value(built: cm.Cube) -> None:
    (narrow,), (wide,) = (
        rows(built.contribution("digital", rule="owen", groups="origin", level=level)) for level in (0.9, 0.99)
    )
    assert narrow.value == wide.value
    assert wide.low < narrow.low < narrow.high < wide.high
    assert (wide.low, wide.high) == near(*(share("owen", LEADS).interval(0.99) or ()))


def test_the_largest_offices_stand_first_and_the_rest_is_added_up(built: cm.Cube) -> None:
    table = built.contribution("digital", rule="owen", groups="origin", by="office").top(1)
    largest, others = rows(table)
    assert largest.leads == max(sum(lead.office == office for lead in LEADS) for office in OFFICES)
    outside = share("owen", [lead for lead in LEADS if lead.office != largest.office])
    assert (others.denominator, others.leads) == (outside.n, outside.n)
    assert others.value == pytest.approx(float(outside.value or 0))
    assert (others.low, others.high) == near(*(outside.interval() or ()))
