# SPDX-License-Identifier: Apache-2.0
"""What is not known of leads: their sources, the times, or whether they are asked about; and what it could make."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from casemetry._lead import Over, Rule
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import GROUPS, SOURCES, by_rule, cube, log
from oracle.leads import Discovery, Lead, closed_weight

RULES: list[Rule] = ["any", "exclusive", "shapley", "owen"]

CATALOGUE = cm.Catalogue.from_dict(
    {
        "schema": 1,
        "table": {
            "leads": {
                "columns": {"sources": {"type": "set"}, "kind": {"type": "category"}, "value": {"type": "integer"}}
            }
        },
        "lead": {"supervision": {"unit": "leads", "sources": "sources", "among": "kind == 'supervision'"}},
        "grouping": {"origin": GROUPS},
    }
)
"""Leads whose sets were made elsewhere: a column of lists."""


@dataclass(frozen=True)
class Doubtful:
    """A lead of which something may not be known: None."""

    sources: frozenset[str] | None
    is_asked: bool | None

    def weight(self, rule: str) -> Fraction | None:
        """Give its weight for the digital group; None if its sources are not known."""
        if self.sources is None:
            return None
        return closed_weight(rule, [Discovery(source, 0) for source in self.sources], "digital", GROUPS)

    def outcomes(self, rule: str, over: Over) -> Iterator[Fraction | None]:
        """Go through what it could count: its weight, or None if it does not count at all."""
        if self.is_asked is not True:
            yield None
        if self.is_asked is False:
            return
        weight = self.weight(rule)
        if weight is None:
            yield from (Fraction(0), Fraction(1))
        if over == "attributed" and not self.sources:
            yield None
        elif weight is not None:
            yield weight


doubtful = st.lists(
    st.builds(
        Doubtful,
        st.none() | st.frozensets(st.sampled_from(SOURCES), max_size=3),
        st.sampled_from([True, True, True, False, None]),
    ),
    min_size=1,
    max_size=6,
)


def listed(lead: Doubtful) -> list[str] | None:
    return None if lead.sources is None else sorted(lead.sources)


def built(leads: Sequence[Doubtful]) -> cm.Cube:
    words = {True: "supervision", False: "other", None: None}
    table = pa.table(
        {
            "sources": pa.array(map(listed, leads), pa.list_(pa.string())),
            "kind": pa.array([words[lead.is_asked] for lead in leads], pa.string()),
            "value": pa.array([1] * len(leads), pa.int64()),
        }
    )
    return cm.Cube({"leads": table}, CATALOGUE)


def band(leads: Sequence[Doubtful], rule: str, over: Over) -> tuple[Fraction, Fraction] | None:
    """Give the least and the greatest share over every way in which it may turn out."""
    shares = []
    for way in itertools.product(*(tuple(lead.outcomes(rule, over)) for lead in leads)):
        counted = [weight for weight in way if weight is not None]
        if counted:
            shares.append(sum(counted, Fraction(0)) / len(counted))
    return (min(shares), max(shares)) if shares else None


@pytest.mark.parametrize("over", ["leads", "attributed"])
@given(leads=doubtful)
@settings(max_examples=60)
def test_least_and_most_are_those_of_every_way_in_which_it_may_turn_out(over: Over, leads: list[Doubtful]) -> None:
    found = by_rule(built(leads), "digital", RULES, over=over)
    for rule, row in found.items():
        ends = band(leads, rule, over)
        expected = (None, None) if ends is None else tuple(pytest.approx(float(end)) for end in ends)
        assert (row.least, row.most) == expected, rule


@given(leads=doubtful)
def test_the_share_is_of_what_is_known_and_the_rest_is_counted(leads: list[Doubtful]) -> None:
    known = [lead for lead in leads if lead.is_asked and lead.sources is not None]
    for rule, row in by_rule(built(leads), "digital", RULES).items():
        weights = [lead.weight(rule) or Fraction(0) for lead in known]
        assert row.numerator == pytest.approx(float(sum(weights)))
        assert (row.denominator, row.leads) == (len(known), len(known))
        assert row.unattributed == sum(not lead.sources for lead in known)
        assert row.unknown == sum(lead.is_asked is not False for lead in leads) - len(known)


def test_a_lead_with_sources_of_no_known_time_is_unknown_by_first_and_last_alone() -> None:
    leads = [Lead("L1", log(("m1", None))), Lead("L2", log(("m1", 3), ("manual", None))), Lead("L3")]
    found = by_rule(cube(leads), "digital")
    assert {rule: row.unknown for rule, row in found.items()} == {
        rule: int(rule in ("first", "last")) for rule in found
    }
    for rule in ("first", "last"):
        row = found[rule]
        assert (row.numerator, row.denominator, row.leads, row.unattributed) == (1, 2, 3, 1)
        assert (row.least, row.most) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_a_lead_that_did_not_reach_the_stage_is_not_unknown_whatever_it_is() -> None:
    """Whether it is among those asked about is not known, and need not be."""
    made: dict[str, Any] = {"among": "office == '甲院'", "unit": "lead", "sources": "sources"}
    leads = [
        Lead("L1", log("m1"), office="甲院", stages=(1, None, 9)),
        Lead("L2", log("manual"), office=None, stages=(1, None, None)),
        Lead("L3", log("manual"), office=None, stages=(1, None, 9)),
    ]
    built = cube(leads, lead_set=made, stages=["registered", "filed"])
    registered, filed = (by_rule(built, "digital", ["owen"], stage=stage)["owen"] for stage in ("registered", "filed"))
    assert (registered.leads, registered.unknown) == (1, 2)
    assert (filed.leads, filed.unknown) == (1, 1)
    assert (filed.least, filed.most) == (0.5, 1)
