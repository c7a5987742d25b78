# SPDX-License-Identifier: Apache-2.0
"""The embedded data: synthetic cases with known truth, and published figures."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import casemetry as cm
import numpy as np
import pytest
from casemetry import QueryError
from casemetry.datasets import SyntheticCases, published, synthetic_cases

ROWS = 20_000


@pytest.fixture(scope="module")
def synthetic() -> SyntheticCases:
    return synthetic_cases(ROWS, rng=7)


def column(synthetic: SyntheticCases, name: str) -> list[Any]:
    return list(synthetic.cases.column(name).to_pylist())


def test_the_same_seed_gives_the_same_cases(synthetic: SyntheticCases) -> None:
    again = synthetic_cases(ROWS, rng=7)
    assert again.cases.equals(synthetic.cases)
    assert again.true_rates("non_arrest_rate") == synthetic.true_rates("non_arrest_rate")
    assert not synthetic_cases(ROWS, rng=8).cases.equals(synthetic.cases)


def test_a_generator_can_be_given_instead_of_a_seed(synthetic: SyntheticCases) -> None:
    assert synthetic_cases(ROWS, rng=np.random.default_rng(7)).cases.equals(synthetic.cases)


def test_no_cases_are_cases_too() -> None:
    assert synthetic_cases(0).cases.num_rows == 0


def test_a_negative_number_of_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="-3 is negative"):
        synthetic_cases(-3)


def test_names_can_be_english() -> None:
    cases = synthetic_cases(10, lang="en").cases
    text = cases.select(["province", "city", "office", "charge"]).to_pylist()
    assert all(value.isascii() for row in text for value in row.values())


def test_offices_are_a_tree_of_four_levels_with_prefix_codes(synthetic: SyntheticCases) -> None:
    offices = synthetic.offices.to_pylist()
    codes = {office["code"] for office in offices}
    assert len(codes) == len(offices) == 1 + 10 + 40 + 240
    for office in offices:
        if office["level"] == 1:
            assert office["parent"] is None
            continue
        assert office["parent"] in codes
        shared = 2 * (office["level"] - 2)
        assert office["code"][:shared] == office["parent"][:shared]
    assert set(column(synthetic, "office_code")) <= codes


def test_dates_follow_one_another_and_none_is_after_as_of(synthetic: SyntheticCases) -> None:
    assert synthetic.as_of == dt.date(2024, 12, 31)
    dates = [column(synthetic, name) for name in ("received_on", "decided_on", "concluded_on", "entered_on")]
    for received, decided, concluded, entered in zip(*dates, strict=True):
        assert received <= entered <= synthetic.as_of
        assert decided is None or received < decided <= entered
        assert concluded is None or decided < concluded <= synthetic.as_of


def test_every_described_gap_occurs(synthetic: SyntheticCases) -> None:
    for name in ("decision", "outcome", "plea_leniency", "sex", "age", "juvenile", "decided_on", "concluded_on"):
        missing = column(synthetic, name).count(None)
        assert 0 < missing < 0.1 * ROWS, name


def test_some_cards_are_filled_late(synthetic: SyntheticCases) -> None:
    pairs = zip(column(synthetic, "decided_on"), column(synthetic, "entered_on"), strict=True)
    lags = np.array([(entered - decided).days for decided, entered in pairs if decided])
    assert 0.005 < (lags > 30).mean() < 0.05
    assert lags.max() <= 120


def test_there_is_a_season(synthetic: SyntheticCases) -> None:
    months = np.bincount([day.month for day in column(synthetic, "decided_on") if day])
    assert months[2] < months[1:].mean() < months[12]


def test_the_truth_has_a_share_and_rates_for_every_office_and_month(synthetic: SyntheticCases) -> None:
    truth = synthetic.truth
    assert {values.size for values in truth.values()} == {240 * 48}
    assert truth["share"].sum() == pytest.approx(1.0)
    for rate in ("non_arrest_rate", "non_prosecution_rate", "plea_leniency_rate"):
        assert ((truth[rate] > 0) & (truth[rate] < 1)).all()


@pytest.mark.parametrize(("by", "offices"), [("office", 240), ("city", 40), ("province", 10)])
@pytest.mark.parametrize(("every", "periods"), [("month", 48), ("quarter", 16), ("year", 4)])
def test_true_rates_are_given_for_each_office_and_period(
    synthetic: SyntheticCases,
    by: Literal["office", "city", "province"],
    offices: int,
    every: Literal["month", "quarter", "year"],
    periods: int,
) -> None:
    assert len(synthetic.true_rates("non_arrest_rate", by=by, every=every)) == offices * periods


def test_a_true_rate_is_the_mean_weighted_by_the_share_of_cases(synthetic: SyntheticCases) -> None:
    truth = synthetic.truth
    here = (truth["city"] == "A2市") & np.isin(truth["month"], ["2024-01", "2024-02", "2024-03"])
    mean = np.average(truth["non_arrest_rate"][here], weights=truth["share"][here])
    rates = synthetic.true_rates("non_arrest_rate", by="city", every="quarter")
    assert rates["A2市", "2024Q1"] == pytest.approx(mean, rel=1e-12)


def test_an_unknown_rate_level_or_period_is_refused_with_what_is_known(synthetic: SyntheticCases) -> None:
    with pytest.raises(QueryError, match="expected one of non_arrest_rate"):
        synthetic.true_rates("arrest")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="expected one of office, city, province"):
        synthetic.true_rates("non_arrest_rate", by="county")  # type: ignore[arg-type]


def test_pandas_gets_categories(synthetic: SyntheticCases) -> None:
    frame = synthetic.to_pandas()
    assert len(frame) == ROWS
    assert list(frame["decision"].cat.categories) == [
        "approved",
        "decided",
        "refused_no_crime",
        "refused_evidence",
        "refused_no_need",
    ]


def test_published_figures_come_with_place_period_and_source() -> None:
    figures = published().figures
    assert len(figures) == 498
    assert len({figure.source for figure in figures}) == 50
    assert all(figure.place and figure.period and figure.value for figure in figures)
    assert all(figure.source.startswith("http") for figure in figures)


def test_published_rates_are_immutable() -> None:
    rate = published().rates[0]
    with pytest.raises(AttributeError):
        rate.printed = "0"  # type: ignore[misc]
    with pytest.raises(TypeError):
        rate.counts["refused"] = 0  # type: ignore[index]


def test_a_rounded_figure_is_a_range() -> None:
    (rate,) = (r for r in published().rates if r.period == "2021-01..2021-12" and r.indicator == "non_prosecution_rate")
    assert rate.counts["not_prosecuted"] == (347_500, 348_499)  # 34.8万
    assert rate.decimals == 1


def test_the_95_percent_interval_covers_the_true_rate_in_92_to_98_of_100_cells() -> None:
    synthetic = synthetic_cases(1_000_000, rng=3)
    cells = cm.rate(
        synthetic,
        "decision in ['refused_no_crime', 'refused_evidence', 'refused_no_need']",
        by="city",
        date="decided_on",
        period="2022-01..2024-06",
        every="quarter",
    ).columns
    truth = synthetic.true_rates("non_arrest_rate", by="city", every="quarter")
    limits = zip(cells["city"], cells["period"], cells["low"], cells["high"], strict=True)
    covered = [low <= truth[city, quarter] <= high for city, quarter, low, high in limits]
    assert len(covered) == 400
    assert 0.92 <= sum(covered) / len(covered) <= 0.98


def test_a_rate_agrees_with_what_rounds_to_the_printed_digit() -> None:
    rate = published().rates[0]
    assert rate.printed == "22.4"
    assert rate.agrees(0.2235, 0.2235)
    assert rate.agrees(0.21, 0.2236)
    assert not rate.agrees(0.2246, 0.23)
    assert not rate.agrees(None, None)
