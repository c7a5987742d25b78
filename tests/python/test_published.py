# SPDX-License-Identifier: Apache-2.0
"""Published rates computed again: the catalogue ``spp`` on the published counts gives the printed digits."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import casemetry as cm
import pytest
from casemetry.datasets import PublishedRate, published

Count = int | tuple[int, int]
Counts = dict[str, Count]

DEFINITIONS = Path(cm.__file__).parent / "definitions" / "spp.toml"

# Of each check: the indicator, the aggregate above the line, and below it either what the numerator is added to
# (`rest`) or the whole (`whole`).
RATES = {
    "non_arrest_rate": ("non_arrest_rate", "refused", {"rest": "arrested"}),
    "non_arrest_rate_simple": ("non_arrest_rate", "refused", {"rest": "arrested"}),
    "arrest_rate": ("arrest_rate", "arrested", {"rest": "refused"}),
    "juvenile_non_arrest_rate": ("juvenile_non_arrest_rate", "juvenile_refused", {"rest": "juvenile_arrested"}),
    "arrest_request_rate": (
        "arrest_request_rate",
        "arrest_review_received",
        {"whole": "prosecution_review_received"},
    ),
    "non_arrest_review_rate": ("non_arrest_review_rate", "refusal_review_requested", {"whole": "refused"}),
    "non_prosecution_rate": ("non_prosecution_rate", "not_prosecuted", {"rest": "prosecuted"}),
    "prosecution_rate": ("prosecution_rate", "prosecuted", {"rest": "not_prosecuted"}),
    "non_prosecution_review_rate": (
        "non_prosecution_review_rate",
        "non_prosecution_review_requested",
        {"whole": "not_prosecuted"},
    ),
    "return_rate": ("return_rate", "returned", {"whole": "prosecution_review_received"}),
    "return_rate_accepted": ("return_rate", "returned", {"whole": "prosecution_review_received"}),
    "fixed_term_share": ("fixed_term_share", "recommended_fixed_term", {"whole": "recommended"}),
    "recommendation_acceptance_rate": (
        "recommendation_acceptance_rate",
        "recommendation_accepted",
        {"whole": "recommended"},
    ),
    "admin_protest_change_rate": (
        "admin_protest_change_rate",
        "admin_protest_changed",
        {"whole": "admin_protest_concluded"},
    ),
    "admin_protest_change_rate_wrong_denominator": (
        "admin_protest_change_rate",
        "admin_protest_changed",
        {"whole": "admin_protest_concluded"},
    ),
    "admin_retrial_rec_acceptance": (
        "admin_retrial_recommendation_acceptance_rate",
        "admin_retrial_ordered",
        {"whole": "admin_retrial_recommended"},
    ),
    "plea_leniency_rate": ("plea_leniency_rate", "plea_lenient", {"rest": "prosecuted + not_prosecuted"}),
    "plea_leniency_rate_with_p_plus_np": (
        "plea_leniency_rate",
        "plea_lenient",
        {"rest": "prosecuted + not_prosecuted"},
    ),
    "plea_leniency_rate_concluded": ("plea_leniency_rate", "plea_lenient", {"rest": "prosecuted + not_prosecuted"}),
}


def checks() -> list[dict[str, str]]:
    path = Path(__file__).parents[1] / "golden" / "published_checks.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "rate"]
    return [row for row in rows if row["check_id"] in RATES]


def is_exact(row: Mapping[str, str]) -> bool:
    return "万" not in row["inputs"]


def named(row: Mapping[str, str]) -> str:
    return f"{row['jurisdiction'][:6]}-{row['period']}-{row['check_id']}"


REPRODUCED = [row for row in checks() if row["verdict"] == "REPRODUCED" and is_exact(row)]
ROUNDED = [row for row in checks() if row["verdict"] != "NOT_REPRODUCED" and not is_exact(row)]
NOT_REPRODUCED = [row for row in checks() if row["verdict"] == "NOT_REPRODUCED"]


def count(text: str) -> Count:
    """An integer, or the least and the greatest that a figure rounded to a digit of 万 can stand for."""
    if not text.endswith("万"):
        return int(text)
    digits = text.removesuffix("万")
    unit = 10 ** (4 - len(digits.partition(".")[2]))
    middle = round(float(digits) * 10_000)
    return middle - unit // 2, middle + unit // 2 - 1


def counts(row: Mapping[str, str]) -> Counts:
    """The counts of a check. Integers in its formula win over its inputs: ``59/278``, ``507/(507+118)``, ``70/362``."""
    _, above, below = RATES[row["check_id"]]
    written = re.search(r"(\d+)/\(?([\d+]+)", row["formula"])
    if not written:
        values = [count(text) for text in row["inputs"].split(";")]
        return dict(zip([above, *(below.get("rest") or below["whole"]).split(" + ")], values, strict=True))
    x, n = int(written[1]), sum(map(int, written[2].split("+")))
    if "whole" in below:
        return {above: x, below["whole"]: n}
    if row["check_id"].startswith("plea"):
        return {above: x, "prosecuted": n, "not_prosecuted": 0}  # only their sum matters
    return {above: x, below["rest"]: n - x}


def percent(value: float, printed: str) -> str:
    return f"{100 * value:.{len(printed.partition('.')[2])}f}"


def evaluated(row: Mapping[str, str], catalogue: cm.Catalogue) -> Any:
    return cm.evaluate(catalogue, RATES[row["check_id"]][0], counts(row))


@pytest.fixture(scope="module")
def spp() -> cm.Catalogue:
    return cm.Catalogue.shipped("spp")


def test_there_are_thirty_exact_published_rates() -> None:
    assert len(REPRODUCED) == 30


@pytest.mark.parametrize("row", REPRODUCED, ids=named)
def test_a_published_rate_is_reproduced_to_the_printed_digit(row: dict[str, str], spp: cm.Catalogue) -> None:
    assert percent(evaluated(row, spp).value, row["published"]) == row["published"]


def test_national_2019(spp: cm.Catalogue) -> None:
    result = cm.evaluate(spp, "non_arrest_rate", {"refused": 313_743, "arrested": 1_088_490})
    assert result.numerator == 313_743
    assert result.denominator == 1_402_233
    assert result.value == 313_743 / 1_402_233
    assert f"{result.value:.1%}" == "22.4%"


def test_six_of_six_protests_changed_is_100_percent_and_at_least_61(spp: cm.Catalogue) -> None:
    six = {"admin_protest_changed": 6, "admin_protest_concluded": 6}
    result = cm.evaluate(spp, "admin_protest_change_rate", six)
    assert (result.value, result.high) == (1.0, 1.0)
    assert f"{result.low:.1%}" == "61.0%"


@pytest.mark.parametrize("row", ROUNDED, ids=named)
def test_rounded_figures_leave_a_range_that_holds_the_published_rate(row: dict[str, str], spp: cm.Catalogue) -> None:
    result = evaluated(row, spp)
    half = 0.5 * 10.0 ** -len(row["published"].partition(".")[2])
    assert 100 * result.least == pytest.approx(float(row["recomputed_lo"]), abs=5e-3)
    assert 100 * result.most == pytest.approx(float(row["recomputed_hi"]), abs=5e-3)
    assert 100 * result.least < float(row["published"]) + half
    assert 100 * result.most > float(row["published"]) - half


@pytest.mark.parametrize("row", NOT_REPRODUCED, ids=named)
def test_a_rate_published_by_another_definition_is_not_reproduced(row: dict[str, str], spp: cm.Catalogue) -> None:
    result = evaluated(row, spp)
    half = 0.5 * 10.0 ** -len(row["published"].partition(".")[2])
    assert not (100 * result.least - half < float(row["published"]) < 100 * result.most + half)


@pytest.mark.parametrize("row", REPRODUCED, ids=named)
def test_swapping_numerator_and_denominator_would_be_noticed(row: dict[str, str]) -> None:
    swapped = re.sub(
        r'^numerator = "(.+)"\ndenominator = "(.+)"$',
        r'numerator = "\2"\ndenominator = "\1"',
        DEFINITIONS.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    result = evaluated(row, cm.Catalogue.from_toml(swapped))
    assert result.value is None or percent(result.value, row["published"]) != row["published"]


def test_the_checks_are_of_indicators_of_the_catalogue(spp: cm.Catalogue) -> None:
    assert {RATES[row["check_id"]][0] for row in REPRODUCED} <= set(spp.indicators)


@pytest.mark.parametrize("rate", published().rates, ids=lambda rate: f"{rate.place[:6]}-{rate.period}-{rate.indicator}")
def test_an_embedded_rate_is_reproduced_unless_it_says_why_not(rate: PublishedRate, spp: cm.Catalogue) -> None:
    result = cm.evaluate(spp, rate.indicator, rate.counts)
    assert rate.agrees(result.least, result.most) == rate.reproduced
    assert rate.reproduced or rate.note


def test_the_embedded_rates_are_those_of_the_checks() -> None:
    checked = {(row["jurisdiction"], row["period"], RATES[row["check_id"]][0], row["published"]) for row in checks()}
    embedded = {(rate.place, rate.period, rate.indicator, rate.printed) for rate in published().rates}
    assert embedded == checked


def test_chiefs_handled_8_7_percent_of_the_cases_of_leaders(spp: cm.Catalogue) -> None:
    rounded = {"chief_cases": count("1.4万"), "leader_cases": count("15.7万")}
    result = cm.evaluate(spp, "chief_case_share", rounded)
    assert (result.least, result.most) == (13_500 / 157_499, 14_499 / 156_500)
    assert 13_500 / 157_499 < 0.087 < 14_499 / 156_500


def test_changed_over_what_was_filed_would_pass_100_percent(spp: cm.Catalogue) -> None:
    """12,564 civil judgments changed in 2024, 11,593 opinions filed: the printed 93 % is over what courts concluded."""
    filed = {"civil_protests_changed": 12_564, "civil_protests_concluded": 11_593}
    none = {"civil_recommendations_changed": 0, "civil_recommendations_concluded": 0}
    result = cm.evaluate(spp, "civil_judgment_change_rate", filed | none)
    assert result.status == "exceeds_denominator"
