# SPDX-License-Identifier: Apache-2.0
"""Synthetic leads: what is drawn is what is described, and the truth beside it is that of the model."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest
from casemetry import QueryError
from casemetry._lead_model import GROUPS, RULES, SHAPES, STAGES, Shape, make_lead_world
from casemetry.datasets import SyntheticLeads, synthetic_leads
from oracle import leads as oracle

LEADS = 20_000


@pytest.fixture(scope="module")
def synthetic() -> SyntheticLeads:
    return synthetic_leads(LEADS, rng=7)


def test_it_is_shown_by_its_sizes(synthetic: SyntheticLeads) -> None:
    assert repr(synthetic).startswith(f"SyntheticLeads({LEADS:,} leads, ")
    assert len(repr(synthetic)) < 120


def rows(table: Any) -> list[dict[str, Any]]:
    return list(table.to_pylist())


@pytest.fixture(scope="module")
def found(synthetic: SyntheticLeads) -> dict[int, list[oracle.Discovery]]:
    """Give the discoveries that count: within 90 days before the registration."""
    registered = {row["lead_id"]: row["registered_on"] for row in rows(synthetic.leads)}
    logs: dict[int, list[oracle.Discovery]] = {lead: [] for lead in registered}
    for row in rows(synthetic.discoveries):
        days = (row["found_on"] - registered[row["lead_id"]]).days
        if -90 <= days <= 0:
            logs[row["lead_id"]].append(oracle.Discovery(row["source"], days))
    return logs


def log_of(shape: Shape) -> list[oracle.Discovery]:
    return [oracle.Discovery(source, day) for day, sources in enumerate(shape.days) for source in sources]


def groups_of(log: oracle.Log) -> dict[str, list[str]]:
    """Put the sources of a log into their groups, told by the first letters of their names."""
    first = {"D": "digital", "m": "digital", "T": "traditional", "c": "traditional"}
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    for source in sorted(oracle.sources_of(log)):
        groups[first[source[0]]].append(source)
    return groups


def times_of(log: oracle.Log) -> set[int]:
    return {discovery.time for discovery in log if discovery.time is not None}


def anonymous(log: oracle.Log) -> tuple[tuple[tuple[str, tuple[int, ...]], ...], ...]:
    """Give the sources of each day, but for their names: their group, and how often they stand on each of the days."""
    days = [[discovery.source for discovery in log if discovery.time == time] for time in sorted(times_of(log))]
    group = {source: name for name, members in groups_of(log).items() for source in members}
    return tuple(
        tuple(sorted((group[source], tuple(other.count(source) for other in days)) for source in day)) for day in days
    )


# ----------------------------------------------------------------------------------------------------- the model


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("group", GROUPS)
def test_each_shape_weighs_what_brute_force_gives(rule: str, group: str) -> None:
    for shape in SHAPES:
        log = log_of(shape)
        assert shape.weight(rule, group) == oracle.weight(rule, log, group, groups_of(log)), shape.text


def test_the_chances_of_the_shapes_add_up_to_one() -> None:
    assert sum(Fraction(shape.before).limit_denominator(100) for shape in SHAPES) == 1
    assert sum(Fraction(shape.after).limit_denominator(100) for shape in SHAPES) == 1


@pytest.mark.parametrize("rule", RULES)
def test_the_truth_of_a_month_is_a_sum_over_the_shapes(rule: str) -> None:
    world = make_lead_world(np.random.default_rng(7))
    truth = synthetic_leads(0, rng=7).truth
    for office, month in [(0, 0), (100, 20), (239, 47)]:
        progress = world.progress[office, month]
        expected = 0.0
        for shape in SHAPES:
            chance = (1 - progress) * shape.before + progress * shape.after
            log = log_of(shape)
            expected += chance * float(oracle.weight(rule, log, "digital", groups_of(log)))
        cell = office * 48 + month
        assert truth[f"registered.{rule}.digital"][cell] == pytest.approx(expected, rel=1e-12)


def test_the_truth_of_a_later_stage_is_a_sum_over_the_days_of_registration_and_the_lags() -> None:
    world = make_lead_world(np.random.default_rng(7))
    truth = synthetic_leads(0, rng=7).truth
    office, month = 12, dt.date(2021, 2, 1)  # verified in February 2021: registered then, or the month before
    leads = credit = 0.0
    for number, days in enumerate([31, 28]):
        progress = world.progress[office, number]
        for day in range(days):
            registered = dt.date(2021, 1 + number, 1 + day)
            for lag in range(5, 41):
                verified = registered + dt.timedelta(lag)
                if (verified.year, verified.month) != (month.year, month.month):
                    continue
                for shape in SHAPES:
                    chance = (1 - progress) * shape.before + progress * shape.after
                    here = world.weight[office, number] / days / 36 * chance * shape.verified
                    leads += here
                    credit += here * float(shape.weight("owen", "digital"))
    assert truth["verified"][office * 48 + 1] == pytest.approx(leads, rel=1e-12)
    assert truth["verified.owen.digital"][office * 48 + 1] == pytest.approx(credit / leads, rel=1e-12)


def test_rules_that_split_leads_give_all_that_have_a_source() -> None:
    truth = synthetic_leads(0).truth
    for stage in STAGES:
        for rule in ("first", "last", "linear", "shapley", "owen"):
            shares = sum(truth[f"{stage}.{rule}.{group}"] for group in GROUPS)
            np.testing.assert_allclose(shares, truth[f"{stage}.attributed"], rtol=1e-12)


def test_the_truth_lies_in_the_band_and_owen_is_its_midpoint() -> None:
    truth = synthetic_leads(0).truth
    for stage in STAGES:
        low, high = (truth[f"{stage}.{rule}.digital"] for rule in ("exclusive", "any"))
        for rule in RULES:
            assert (truth[f"{stage}.{rule}.digital"] >= low - 1e-12).all()
            assert (truth[f"{stage}.{rule}.digital"] <= high + 1e-12).all()
        np.testing.assert_allclose(truth[f"{stage}.owen.digital"], (low + high) / 2, rtol=1e-12)


def test_the_shares_of_all_months_add_up_to_the_leads() -> None:
    truth = synthetic_leads(0).truth
    assert truth["registered"].sum() == pytest.approx(1.0)
    sums = [truth[stage].sum() for stage in STAGES]
    assert sums == sorted(sums, reverse=True)


# ----------------------------------------------------------------------------------------------------- what is asked


def test_true_contributions_are_means_weighted_by_the_share_of_leads(synthetic: SyntheticLeads) -> None:
    truth = synthetic.truth
    here = (truth["region"] == "A省") & np.isin(truth["month"], ["2024-01", "2024-02", "2024-03"])
    mean = np.average(truth["filed.owen.digital"][here], weights=truth["filed"][here])
    shares = synthetic.true_contributions("digital", "owen", stage="filed", by="region", every="quarter")
    assert shares["A省", "2024Q1"] == pytest.approx(mean, rel=1e-12)
    assert len(shares) == 10 * 16


@pytest.mark.parametrize(("by", "places"), [(None, 1), ("region", 10), ("office", 240)])
@pytest.mark.parametrize(("every", "periods"), [(None, 1), ("year", 4), ("month", 48)])
def test_true_contributions_are_given_for_each_place_and_period(
    synthetic: SyntheticLeads, by: Any, places: int, every: Any, periods: int
) -> None:
    found = synthetic.true_contributions("traditional", "shapley", by=by, every=every)
    assert len(found) == places * periods
    assert all(0 < share < 1 for share in found.values())


def test_over_the_attributed_the_groups_share_everything(synthetic: SyntheticLeads) -> None:
    shares = [synthetic.true_contributions(group, "linear", over="attributed")[None, None] for group in GROUPS]
    assert sum(shares) == pytest.approx(1.0)


def test_digital_sources_gain_from_year_to_year_and_lose_from_stage_to_stage_when_exclusive(
    synthetic: SyntheticLeads,
) -> None:
    years = list(synthetic.true_contributions("digital", "owen", every="year").values())
    assert years == sorted(years)
    stages = [synthetic.true_contributions("digital", "exclusive", stage=stage)[None, None] for stage in STAGES[:3]]
    assert stages == sorted(stages, reverse=True)


@pytest.mark.parametrize(
    ("of", "rule", "asking", "known"),
    [
        ("digitl", "owen", {}, "digital, traditional"),
        ("digital", "owens", {}, "any, exclusive, first"),
        ("digital", "owen", {"stage": "adopted"}, "registered, verified, filed, acted"),
        ("digital", "owen", {"over": "cases"}, "leads, attributed"),
        ("digital", "owen", {"by": "county"}, "office, region"),
        ("digital", "owen", {"every": "week"}, "month, quarter, year"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    synthetic: SyntheticLeads, of: str, rule: str, asking: dict[str, Any], known: str
) -> None:
    with pytest.raises(QueryError, match=f"expected one of {known}"):
        synthetic.true_contributions(of, rule, **asking)


# ----------------------------------------------------------------------------------------------------- what is drawn


def test_the_same_seed_gives_the_same_leads(synthetic: SyntheticLeads) -> None:
    again = synthetic_leads(LEADS, rng=np.random.default_rng(7))
    assert all(table.equals(synthetic.tables[name]) for name, table in again.tables.items())
    assert not synthetic_leads(LEADS, rng=8).leads.equals(synthetic.leads)


def test_no_leads_are_leads_too() -> None:
    assert [table.num_rows for table in synthetic_leads(0).tables.values()] == [0, 0, 348, 0]


@pytest.mark.parametrize(("n", "sources", "message"), [(-3, 348, "-3 is negative"), (10, 4, "at least 5")])
def test_numbers_that_cannot_be_are_refused(n: int, sources: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        synthetic_leads(n, sources=sources)


def test_the_fewest_sources_are_enough() -> None:
    found = synthetic_leads(2_000, sources=5)
    assert found.groups == {
        "digital": ["model_001", "model_002", "model_003"],
        "traditional": ["channel_01", "channel_02"],
    }


def test_names_can_be_english() -> None:
    found = synthetic_leads(100, lang="en").leads.select(["region", "office"])
    assert all(value.isascii() for row in rows(found) for value in row.values())


def test_every_lead_has_a_shape_of_the_model_and_every_shape_occurs(found: dict[int, list[oracle.Discovery]]) -> None:
    assert set(map(anonymous, found.values())) == {anonymous(log_of(shape)) for shape in SHAPES}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("stage", STAGES)
def test_drawn_leads_agree_with_the_truth(
    synthetic: SyntheticLeads, found: dict[int, list[oracle.Discovery]], rule: str, stage: str
) -> None:
    """By brute force over the drawn tables, in the year 2023: within four standard errors."""
    weights = [
        float(oracle.weight(rule, log, "digital", groups_of(log)))
        for row in rows(synthetic.leads)
        if row[f"{stage}_on"] and row[f"{stage}_on"].year == 2023
        for log in [found[row["lead_id"]]]
    ]
    share = sum(weights) / len(weights)
    error = sqrt((sum(w * w for w in weights) / len(weights) - share * share) / len(weights))
    truth = synthetic.true_contributions("digital", rule, stage=stage, every="year")[None, "2023"]
    assert abs(share - truth) < 4 * error


def test_some_discoveries_do_not_count_and_some_leads_have_none(
    synthetic: SyntheticLeads, found: dict[int, list[oracle.Discovery]]
) -> None:
    counted = sum(map(len, found.values()))
    outside = synthetic.discoveries.num_rows - counted
    assert 0.07 * LEADS < outside < 0.09 * LEADS
    assert 0.06 * LEADS < sum(not log for log in found.values()) < 0.14 * LEADS
    assert min(min(times_of(log)) for log in found.values() if log) >= -90


def test_discoveries_come_in_the_order_of_their_days(synthetic: SyntheticLeads) -> None:
    days = synthetic.discoveries.column("found_on").to_pylist()
    assert days == sorted(days)
    assert days[-1] <= synthetic.as_of


def test_stages_follow_one_another_and_none_is_after_as_of(synthetic: SyntheticLeads) -> None:
    for row in rows(synthetic.leads):
        dates = [row[f"{stage}_on"] for stage in STAGES]
        reached = [date for date in dates if date]
        assert dates[: len(reached)] == reached
        assert all(before < after for before, after in pairwise(reached))
        assert reached[-1] <= synthetic.as_of
        assert (row["recovered"] is None) == (row["acted_on"] is None)


def test_sources_are_skewed_and_some_sleep(synthetic: SyntheticLeads) -> None:
    found = Counter(synthetic.discoveries.column("source").to_pylist())
    assert len(synthetic.groups["digital"]) == 290
    assert len(synthetic.groups["traditional"]) == 58
    assert found.most_common(1)[0][1] > 0.05 * synthetic.discoveries.num_rows
    assert not any(found[source] for source in synthetic.groups["digital"][-14:])


def test_leads_and_cases_are_linked_many_to_many(synthetic: SyntheticLeads) -> None:
    links = rows(synthetic.lead_cases)
    filed = {row["lead_id"]: row for row in rows(synthetic.leads) if row["filed_on"]}
    assert {link["lead_id"] for link in links} == set(filed)
    for link in links:
        lead = filed[link["lead_id"]]
        assert (link["office"], link["region"], link["opened_on"]) == (lead["office"], lead["region"], lead["filed_on"])
    assert max(Counter(link["lead_id"] for link in links).values()) == 2
    assert max(Counter(link["case_id"] for link in links).values()) > 1


def test_kinds_are_mostly_supervision_and_sometimes_not_filled_in(synthetic: SyntheticLeads) -> None:
    kinds = Counter(synthetic.leads.column("kind").to_pylist())
    assert 0.8 < kinds["supervision"] / LEADS < 0.88
    assert 0.005 < kinds[None] / LEADS < 0.015
