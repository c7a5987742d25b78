# SPDX-License-Identifier: Apache-2.0
"""Real American data: Cook County 2019, and the length of murder cases.

The expected figures were computed independently, twice; the medians are those of the newspaper's data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import casemetry as cm
import pytest

MEDIANS = [1066, 1094, 1273, 1220.5, 1143, 1276.5, 1250.5, 1326, 1335, 1388, 1547, 1715]


@pytest.fixture(scope="module")
def catalogue() -> cm.Catalogue:
    return cm.Catalogue.shipped("cook-county")


@pytest.fixture(scope="module")
def intake(real_data: Path) -> cm.Table:
    return cm.read(real_data / "cook2019" / "intake.csv.gz")


@pytest.fixture(scope="module")
def cube(real_data: Path, catalogue: cm.Catalogue, intake: cm.Table) -> cm.Cube:
    tables = {
        "intake": intake,
        "dispositions": real_data / "cook2019" / "dispositions.csv.gz",
        "sentencing": real_data / "cook2019" / "sentencing.csv.gz",
        "murder_defendants": real_data / "cook_murder" / "murder_defendants_dispositions_fixed.csv",
    }
    return cm.Cube(tables, catalogue)


def row(result: cm.Result, index: int = 0) -> dict[str, Any]:
    return {name: values[index] for name, values in result.columns.items()}


def asked(cube: cm.Cube, indicator: str) -> dict[str, Any]:
    return row(cube.table(indicator))


def percent(*values: float) -> list[float]:
    return [round(100 * value, 1) for value in values]


DECIDED = "felony_review_result in ['Approved', 'Rejected']"


def test_felony_review_in_one_line(intake: cm.Table) -> None:
    result = row(cm.rate(intake, "felony_review_result == 'Approved'", among=DECIDED))
    assert (result["numerator"], result["denominator"]) == (14_676, 18_473)
    assert percent(result["value"], result["low"], result["high"]) == [79.4, 78.9, 80.0]
    assert result["unknown"] == 15_191  # every quoted empty cell


def test_what_felony_review_does_not_apply_to_is_not_unknown(intake: cm.Table) -> None:
    not_narcotics = "offense_category != 'Narcotics'"
    result = row(cm.rate(intake, "felony_review_result == 'Approved'", among=DECIDED, applies_where=not_narcotics))
    assert (result["numerator"], result["denominator"], result["unknown"]) == (14_661, 18_454, 2_313)
    assert percent(result["least"], result["most"]) == [70.6, 81.7]


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "unknown"),
    [
        ("felony_review_approval_rate", 14_676, 18_473, 15_191),
        ("felony_review_approval_rate_of_reviewable", 14_661, 18_454, 2_313),
        ("nolle_rate", 15_104, 20_234, 0),
        ("conviction_rate", 4_388, 20_234, 0),
        ("plea_rate", 4_200, 20_234, 0),
        ("nolle_rate_of_primary_charges", 7_184, 11_025, 0),
        ("conviction_rate_of_primary_charges", 3_430, 11_025, 0),
        ("plea_rate_of_primary_charges", 3_289, 11_025, 0),
    ],
)
def test_a_rate_of_the_catalogue(cube: cm.Cube, indicator: str, numerator: int, denominator: int, unknown: int) -> None:
    result = asked(cube, indicator)
    assert (result["numerator"], result["denominator"], result["unknown"]) == (numerator, denominator, unknown)
    assert result["value"] == numerator / denominator


def test_the_unit_that_is_counted_changes_the_answer(cube: cm.Cube) -> None:
    assert asked(cube, "nolle_rate")["value"] == 0.7464663437777997
    assert asked(cube, "nolle_rate_of_primary_charges")["value"] == 0.6516099773242631


def test_the_median_days_of_murder_cases_by_year_of_disposition(cube: cm.Cube) -> None:
    result = cube.table("median_days_arrest_to_disposition", every="year", period="2011-01..2022-12").columns
    assert result["period"] == [str(year) for year in range(2011, 2023)]
    assert result["value"] == MEDIANS
    assert all(
        low < value < high for low, value, high in zip(*(result[k] for k in ("low", "value", "high")), strict=True)
    )


def test_durations_that_cannot_be_are_counted_beside_the_median(cube: cm.Cube) -> None:
    assert asked(cube, "implausible_durations")["value"] == 1 + 54  # one negative, 54 over thirteen years
    assert asked(cube, "median_days_arrest_to_disposition")["denominator"] == 2_254 - 55


def test_dates_in_the_future_are_reported_not_dropped(cube: cm.Cube) -> None:
    assert asked(cube, "future_dispositions")["value"] == 1  # 2109
    assert asked(cube, "future_sentences")["value"] == 3  # 2219
    last = cube.table("nolle_rate", every="year").columns["period"]
    assert "2109" in last


def test_ages_out_of_range_are_unknown_and_reported(cube: cm.Cube) -> None:
    (age,) = (column for column in cube.reports["intake"] if column.name == "age_at_incident")
    assert (age.missing, age.unreadable) == (1_080, 8)
    assert set(age.examples) == {"114", "117", "119", "121", "137"}
    result = asked(cube, "young_share")
    assert result["denominator"] + result["unknown"] == 36_190
    assert result["unknown"] == 1_088


def test_a_date_of_the_evening_stays_on_its_day(intake: cm.Table) -> None:
    # T04:00:00 in winter and summer alike: a conversion between zones would move some to the day before
    months = cm.count(intake, date="received_date", every="month").columns
    assert months["period"][0] == "2019-01"
    assert sum(months["value"]) == 36_190
