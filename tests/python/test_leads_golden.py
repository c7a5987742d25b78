# SPDX-License-Identifier: Apache-2.0
"""What a contribution must print: seventy leads found by four sources, known to the last fraction."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from fractions import Fraction
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import casemetry as cm
import pytest
from casemetry._lead import Rule
from conftest import SHARED
from lead_sites import by_rule, cube, discovery_table, log, rows
from oracle import leads as oracle

GOLDEN = Path(__file__).parents[1] / "golden"
TOY = {"digital": ["m1", "m2"], "traditional": ["hotline", "manual"]}
SHARES = {
    "any": {"digital": Fraction(38), "traditional": Fraction(46)},
    "exclusive": {"digital": Fraction(24), "traditional": Fraction(32)},
    "shapley": {"digital": Fraction(95, 3), "traditional": Fraction(115, 3)},
    "owen": {"digital": Fraction(31), "traditional": Fraction(39)},
}
"""Rule → group → leads credited to it, of seventy."""


def table(name: str, folder: Path = GOLDEN) -> list[dict[str, str]]:
    with (folder / f"coverage_toy_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def toy() -> list[oracle.Lead]:
    numbers = count(1)
    return [
        oracle.Lead(f"L{next(numbers):02}", log(*row["sources"].split("|")))
        for row in table("leads")
        for _ in range(int(row["leads"]))
    ]


def timed(chance: Random) -> list[oracle.Lead]:
    """Give the seventy with days, ties among them, and some found again by the same source."""
    return [
        oracle.Lead(
            lead.id,
            [
                oracle.Discovery(found.source, chance.randrange(3))
                for found in lead.log
                for _ in range(chance.choice([1, 1, 2, 5]))
            ],
        )
        for lead in toy()
    ]


def exact(fraction: Fraction) -> float:
    return fraction.numerator / fraction.denominator


def expect_share(row: Any, credit: Fraction, n: int = 70) -> None:
    """Expect the very fraction: its numerator as near as a float is, its denominator whole."""
    assert row.numerator == exact(credit)
    assert row.denominator == n
    assert row.value == pytest.approx(exact(credit / n), rel=1e-15)


def test_the_golden_shares_are_those_of_the_table() -> None:
    for row in table("groups_expected"):
        credits = {rule: SHARES[rule][row["group"]] for rule in SHARES}
        assert credits["any"] == int(row["any_touch"])
        assert credits["exclusive"] == int(row["exclusive"])
        for rule, column in {"any": "any_share", "exclusive": "exclusive_share"}.items():
            assert exact(credits[rule] / 70) == float(row[column])
        assert exact(credits["shapley"] / 70) == pytest.approx(float(row["sum_of_member_shapley_share"]), rel=1e-15)
        assert exact(credits["owen"] / 70) == pytest.approx(float(row["owen_quotient_shapley_share"]), rel=1e-15)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no golden numbers beside the repository")
def test_the_golden_tables_are_those_beside_the_repository() -> None:
    for name in ("leads", "expected", "groups_expected"):
        assert table(name) == table(name, SHARED / "golden")


@pytest.mark.parametrize("group", ["digital", "traditional"])
@pytest.mark.parametrize("rule", list(SHARES))
def test_one_line_gives_the_golden_share(rule: Rule, group: str) -> None:
    result = cm.contribution(discovery_table(toy()), group, lead="lead_id", source="source", groups=TOY, rule=rule)
    (row,) = rows(result)
    expect_share(row, SHARES[rule][group])
    assert (row.exclusive, row.any) == (exact(SHARES["exclusive"][group] / 70), exact(SHARES["any"][group] / 70))


@pytest.mark.parametrize("group", ["digital", "traditional"])
def test_a_cube_gives_the_golden_shares(group: str) -> None:
    found = by_rule(cube(toy(), {"origin": TOY}), group)
    for rule, credits in SHARES.items():
        expect_share(found[rule], credits[group])
        assert (found[rule].leads, found[rule].unattributed, found[rule].unknown) == (70, 0, 0)


def test_each_source_has_its_golden_credit() -> None:
    """By itself, each source is a group of the identity grouping; Owen of a group is shared out by its members."""
    each = {name: [name] for members in TOY.values() for name in members}
    built = cube(toy(), {"each": each})
    for row in table("expected"):
        found = by_rule(built, row["source"], groups="each")
        expect_share(found["any"], Fraction(row["any_touch"]))
        expect_share(found["exclusive"], Fraction(row["exclusive"]))
        expect_share(found["shapley"], Fraction(row["shapley_fraction"]))


def test_the_identity_grouping_gives_each_source_by_its_name() -> None:
    built = cube(toy(), {"origin": TOY})
    for row in table("expected"):
        found = by_rule(built, row["source"], ["shapley"], groups="source")
        expect_share(found["shapley"], Fraction(row["shapley_fraction"]))


def test_digital_has_its_standard_error() -> None:
    """0.0534 from the weights of the group; from single sources one would get 0.0424."""
    digital = by_rule(cube(toy(), {"origin": TOY}), "digital")["shapley"]
    assert digital.value == pytest.approx(0.4524, abs=5e-5)
    assert digital.standard_error == pytest.approx(0.0534, abs=5e-5)
    assert digital.standard_error == pytest.approx(0.053361265766090835, rel=1e-14)


def test_its_interval_tells_the_same_standard_error() -> None:
    digital = by_rule(cube(toy(), {"origin": TOY}), "digital")["shapley"]
    assert oracle.standard_error(digital.value, digital.low) == pytest.approx(0.053361265766090835, rel=1e-12)
    assert oracle.standard_error(digital.value, digital.high) == pytest.approx(-0.053361265766090835, rel=1e-12)


IN_A_FRESH_PROCESS = """
import json, sys
import casemetry as cm
print(json.dumps(cm.Cube.load(sys.argv[1]).contribution("digital", rule="shapley", groups="origin").columns))
"""


def test_a_cube_loaded_in_a_fresh_process_tells_the_same_without_its_tables(tmp_path: Path) -> None:
    built = cube(toy(), {"origin": TOY})
    file = built.save(tmp_path / "leads.cube")
    run = subprocess.run([sys.executable, "-c", IN_A_FRESH_PROCESS, file], capture_output=True, text=True, check=True)
    columns = json.loads(run.stdout)
    assert columns == built.contribution("digital", rule="shapley", groups="origin").columns
    assert columns["value"] == [pytest.approx(0.4524, abs=5e-5)]
    assert columns["standard_error"] == [pytest.approx(0.0534, abs=5e-5)]


@pytest.mark.parametrize("group", ["digital", "traditional"])
def test_owen_of_two_groups_is_the_midpoint_of_the_band(group: str) -> None:
    owen = by_rule(cube(toy(), {"origin": TOY}), group)["owen"]
    assert owen.value == pytest.approx((owen.exclusive + owen.any) / 2, rel=1e-15)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rule", ["first", "last", "linear"])
def test_rules_of_time_and_of_repeats_are_those_of_brute_force(rule: Rule, seed: int) -> None:
    leads = timed(Random(seed))
    answer = oracle.contribution(rule, [lead.log for lead in leads], "digital", TOY)
    assert answer is not None
    share, variance = answer
    row = by_rule(cube(leads, {"origin": TOY}), "digital")[rule]
    expect_share(row, share * 70)
    assert row.standard_error**2 == pytest.approx(float(variance), rel=1e-12)


def test_linear_stays_in_the_band_however_often_others_log_the_same_lead() -> None:
    """One lead, found by a model once and by hand a hundred times."""
    leads = [oracle.Lead("L1", log("m1", *["manual"] * 100))]
    linear = by_rule(cube(leads, {"origin": TOY}), "digital")["linear"]
    expect_share(linear, Fraction(1, 101), 1)
    assert (linear.exclusive, linear.any) == (0, 1)
    assert linear.exclusive <= linear.value <= linear.any


def test_a_lead_without_discoveries_is_in_w_and_in_u() -> None:
    leads = [*toy(), *(oracle.Lead(f"N{number}") for number in range(10))]
    built = cube(leads, {"origin": TOY})
    of_all = by_rule(built, "digital")["owen"]
    expect_share(of_all, Fraction(31), 80)
    assert (of_all.leads, of_all.unattributed) == (80, 10)
    of_attributed = by_rule(built, "digital", over="attributed")["owen"]
    expect_share(of_attributed, Fraction(31), 70)
    assert (of_attributed.leads, of_attributed.unattributed) == (80, 10)


def test_without_a_lead_table_the_result_says_that_w_is_not_known() -> None:
    result = cm.contribution(
        discovery_table(toy()), "digital", lead="lead_id", source="source", groups=TOY, rule="owen"
    )
    (row,) = rows(result)
    assert (row.leads, row.unattributed) == (None, None)
    assert result.metadata["leads_known"] == "false"
    assert "W 未知" in result.text()
    assert "W is not known" in result.text("en")


def test_with_a_lead_table_it_is_known() -> None:
    leads = [*toy(), oracle.Lead("N1")]
    result = cm.contribution(
        discovery_table(leads),
        "digital",
        lead="lead_id",
        source="source",
        leads={"lead_id": [lead.id for lead in leads]},
        groups=TOY,
        rule="owen",
    )
    (row,) = rows(result)
    assert (row.leads, row.unattributed) == (71, 1)
    assert "W 未知" not in result.text()
