# SPDX-License-Identifier: Apache-2.0
"""Sources that change their group: a dated table, resolved at the month in which a lead reached its stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lead_sites import SOURCES, by_rule, cube, day, definitions, log, rows, tables
from oracle import leads as oracle
from oracle.leads import Lead


@dataclass(frozen=True)
class Told:
    """A row of the table: which group a source is in, from the first of a month to the last of another."""

    source: str
    group: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds(self, at: dt.date) -> bool:
        return (self.valid_from or at) <= at <= (self.valid_to or at)


CHANGES = [
    Told("m1", "traditional", None, dt.date(2024, 2, 29)),
    Told("m1", "digital", dt.date(2024, 3, 1), None),
    Told("m2", "digital"),
    Told("hotline", "traditional"),
    Told("manual", "traditional"),
    Told("case_review", "traditional", None, dt.date(2024, 3, 31)),
    Told("case_review", "review", dt.date(2024, 4, 1), None),
]
"""Until February m1 was a list that people kept; from April review is a group of its own."""


def group_table(told: Sequence[Told]) -> pa.Table:
    return pa.table(
        {
            "source": pa.array([row.source for row in told], pa.string()),
            "group": pa.array([row.group for row in told], pa.string()),
            "valid_from": pa.array([row.valid_from for row in told], pa.date32()),
            "valid_to": pa.array([row.valid_to for row in told], pa.date32()),
        }
    )


def dated(dates: Sequence[str] = ("valid_from", "valid_to")) -> cm.Catalogue:
    made = definitions({"dated": {"table": "groups"}}, stages=["registered", "verified"])
    columns: dict[str, Any] = {"source": {"type": "category"}, "group": {"type": "category"}}
    made["table"]["groups"] = {"columns": {**columns, **{name: {"type": "date"} for name in dates}}}
    return cm.Catalogue.from_dict(made)


def built(leads: Sequence[Lead], told: Sequence[Told] = CHANGES, **options: Any) -> cm.Cube:
    return cm.Cube({**tables(leads), "groups": group_table(told)}, dated(), **options)


def groups_at(told: Sequence[Told], at: dt.date) -> Mapping[str, list[str]]:
    names = {row.group for row in told}
    return {name: [row.source for row in told if row.group == name and row.holds(at)] for name in names}


sites = st.lists(
    st.tuples(
        st.lists(st.builds(oracle.Discovery, st.sampled_from(SOURCES), st.integers(0, 3)), max_size=4),
        st.integers(0, 180),
        st.integers(0, 180),
    ),
    min_size=1,
    max_size=10,
).map(lambda drawn: [Lead(f"L{at}", log, stages=(one, two)) for at, (log, one, two) in enumerate(drawn)])


@given(sites)
@settings(max_examples=40)
def test_each_lead_is_grouped_as_of_the_month_of_its_stage(leads: list[Lead]) -> None:
    cube = built(leads)
    for at, stage in enumerate(("registered", "verified")):
        for group in ("digital", "traditional", "review"):
            for rule, row in by_rule(cube, group, groups="dated", stage=stage).items():
                weights = [
                    oracle.closed_weight(rule, lead.log, group, groups_at(CHANGES, month_of(lead, at))) or 0
                    for lead in leads
                ]
                assert row.numerator == pytest.approx(float(sum(weights))), (stage, group, rule)
                assert row.denominator == len(leads)


def month_of(lead: Lead, stage: int) -> dt.date:
    at = day(lead.stages[stage])
    assert at is not None
    return at.replace(day=1)


def test_a_model_counts_for_its_new_group_from_the_month_of_the_change() -> None:
    leads = [Lead("L1", log("m1"), stages=(58, None)), Lead("L2", log("m1"), stages=(60, None))]
    assert [day(58), day(60)] == [dt.date(2024, 2, 28), dt.date(2024, 3, 1)]
    result = rows(built(leads).contribution("digital", rule="owen", groups="dated", every="month"))
    assert [(row.period, row.value) for row in result if row.leads] == [("2024-02", 0), ("2024-03", 1)]


def test_bounds_are_days_and_both_included() -> None:
    told = [
        Told("m1", "traditional", None, dt.date(2024, 3, 14)),
        Told("m1", "digital", dt.date(2024, 3, 15), dt.date(2024, 3, 15)),
        Told("m1", "review", dt.date(2024, 3, 16), None),
    ]
    leads = [Lead(f"L{at}", log("m1"), stages=(at,)) for at in (73, 74, 75)]
    assert day(74) == dt.date(2024, 3, 15)
    cube = built(leads, told)
    for group in ("traditional", "digital", "review"):
        (row,) = by_rule(cube, group, ["owen"], "dated", period="2024-03").values()
        assert (row.numerator, row.denominator) == (1, 3)


def test_without_the_day_of_the_stage_a_source_is_in_the_one_group_that_it_is_ever_in() -> None:
    """A lead that skipped the stage and reached a later one: m2 is digital at all times, of m1 it cannot be told."""
    leads = [Lead("L1", log("m2"), stages=(None, 5)), Lead("L2", log("m1"), stages=(None, 5))]
    row = by_rule(built(leads), "digital", ["owen"], "dated")["owen"]
    assert (row.numerator, row.denominator, row.unknown) == (1, 1, 1)


def test_one_lead_may_be_of_one_group_when_registered_and_of_another_when_verified() -> None:
    leads = [Lead("L1", log("m1"), stages=(31, 91))]
    stages = rows(built(leads).stages("digital", rule="owen", groups="dated"))
    assert [row.value for row in stages] == [0, 1]


def test_a_table_without_dates_groups_as_a_listed_grouping_does() -> None:
    leads = [Lead("L1", log("m1", "hotline")), Lead("L2", log("manual")), Lead("L3")]
    told = {"digital": ["m1", "m2"], "traditional": ["hotline", "manual", "case_review"]}
    listed = by_rule(cube(leads, {"dated": told}), "digital", groups="dated")
    plain = pa.table(
        {
            "source": [source for members in told.values() for source in members],
            "group": [name for name, members in told.items() for _ in members],
        }
    )
    by_table = cm.Cube({**tables(leads), "groups": plain}, dated(dates=()))
    found = by_rule(by_table, "digital", groups="dated")
    assert {rule: row.value for rule, row in found.items()} == {rule: row.value for rule, row in listed.items()}


# ------------------------------------------------------------------------------------------------------- bad tables

LEADS = [Lead("L1", log("m1"), stages=(0, 60))]


@pytest.mark.parametrize(
    ("told", "error", "names"),
    [
        pytest.param(
            [Told("m1", "digital", None, dt.date(2024, 3, 31)), Told("m1", "traditional", dt.date(2024, 3, 1), None)],
            cm.DataError,
            ["groups", "m1", "digital", "traditional", "2024-03"],
            id="overlapping",
        ),
        pytest.param(
            [Told("m1", "digital", dt.date(2024, 5, 1), dt.date(2024, 3, 1))],
            cm.DataError,
            ["groups", "m1", "2024-05-01", "2024-03-01"],
            id="reversed",
        ),
        pytest.param([Told("m_1", "digital")], cm.DataError, ["m1", "m_1"], id="a source in no group"),
        pytest.param(
            [Told("m1", "digital", dt.date(2024, 2, 1), None)],
            cm.DataError,
            ["m1", "2024-01"],
            id="a source in no group at that time",
        ),
    ],
)
def test_a_table_that_tells_no_group_or_two_is_refused(
    told: list[Told], error: type[Exception], names: list[str]
) -> None:
    with pytest.raises(error) as refused:
        built(LEADS, told)
    for name in names:
        assert name in str(refused.value)


def test_a_row_without_a_source_or_group_is_refused() -> None:
    table = pa.table({"source": ["m1", None], "group": ["digital", "digital"]})
    with pytest.raises(cm.DataError, match=r"groups.*row 2"):
        cm.Cube({**tables(LEADS), "groups": table}, dated(dates=()))


def test_without_the_table_it_is_not_available_and_says_why() -> None:
    answer = cm.Cube(tables(LEADS), dated()).contribution("digital", rule="owen", groups="dated")
    assert answer.columns["status"] == ["not_available"]
    assert "table 'groups'" in answer.metadata["not_available"]


def test_a_group_that_no_row_tells_is_named_with_the_nearest() -> None:
    with pytest.raises(cm.QueryError, match=r"'digtal'.*'digital'"):
        built(LEADS).contribution("digtal", rule="owen", groups="dated")


# ---------------------------------------------------------------------------------------------------------- merging


def test_parts_grouped_by_unlike_tables_are_not_added() -> None:
    options: dict[str, Any] = {"partitioned_by": "lead_id", "whole": "groups"}
    one = built([Lead("L1", log("m1"), stages=(90, None))], part="A", **options)
    changed = [*CHANGES[:1], Told("m1", "review", dt.date(2024, 3, 1), None), *CHANGES[2:]]
    two = built([Lead("L2", log("m1"), stages=(90, None))], changed, part="B", **options)
    with pytest.raises(cm.MergeError, match="dated"):
        one + two


def test_parts_grouped_by_the_same_table_add_in_whatever_order_its_rows_are() -> None:
    leads = [Lead(f"L{at}", log("m1", "manual"), stages=(at * 10, None)) for at in range(12)]
    options: dict[str, Any] = {"partitioned_by": "lead_id", "whole": "groups"}
    one = built(leads[:5], part="A", **options)
    two = built(leads[5:], CHANGES[::-1], part="B", **options)
    whole = built(leads, **options)
    assert one + two == whole
    assert by_rule(one + two, "digital", groups="dated") == by_rule(whole, "digital", groups="dated")
