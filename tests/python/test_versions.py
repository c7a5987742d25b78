# SPDX-License-Identifier: Apache-2.0
"""Versions of indicators: as it was then, each period by the definition of its last day, counted by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import casemetry as cm
import pytest

DEFINITIONS = """
schema = 1
[table.review.columns]
decision = { type = "category", values = ["approved", "decided", "refused"] }
decided_on = { type = "date" }
[[aggregate]]
id = "refused"
label = { zh = "不捕", en = "Refused" }
unit = "review"
date = "decided_on"
where = "decision == 'refused'"
[[aggregate]]
id = "arrested"
unit = "review"
date = "decided_on"
where = "decision in ['approved', 'decided']"
[[aggregate]]
id = "arrested_on_request"
label = { zh = "批捕", en = "Arrested on request" }
unit = "review"
date = "decided_on"
where = "decision == 'approved'"
[[indicator]]
id = "non_arrest_rate"
label = { zh = "不捕率", en = "Non-arrest rate" }
kind = "proportion"
numerator = "refused"
denominator = "arrested + refused"
[[indicator.version]]
valid_from = 2021-01-01
valid_to = 2023-12-31
denominator = "arrested_on_request + refused"
note = { zh = "不含自行决定逮捕", en = "without arrests decided by the procuratorate itself" }
"""

FIRST, LAST = dt.date(2021, 1, 1), dt.date(2023, 12, 31)


def review() -> dict[str, list[object]]:
    draw = random.Random(2024)
    days = [dt.date(2019, 1, 1) + dt.timedelta(draw.randrange(365 * 6)) for _ in range(4000)]
    return {
        "decision": [draw.choice(["approved", "decided", "refused", None]) for _ in days],
        "decided_on": list(days),
    }


@pytest.fixture(scope="module")
def cube() -> cm.Cube:
    return cm.Cube({"review": review()}, cm.Catalogue.from_toml(DEFINITIONS), as_of="2024-12-31")


def by_hand(first: dt.date, last: dt.date, definition_of: dt.date) -> tuple[int, int]:
    """Count numerator and denominator of a period by the definition that held on a day."""
    arrests = ("approved",) if FIRST <= definition_of <= LAST else ("approved", "decided")
    rows = zip(*review().values(), strict=True)
    decisions = [decision for decision, day in rows if isinstance(day, dt.date) and first <= day <= last]
    refused = decisions.count("refused")
    return refused, refused + sum(map(decisions.count, arrests))


def periods(months: int) -> Iterator[tuple[dt.date, dt.date]]:
    for start in range(0, 72, months):
        end = start + months
        first = dt.date(2019 + start // 12, start % 12 + 1, 1)
        yield first, dt.date(2019 + end // 12, end % 12 + 1, 1) - dt.timedelta(1)


@pytest.mark.parametrize(("every", "months"), [("month", 1), ("quarter", 3), ("year", 12)])
def test_as_then_takes_the_definition_of_the_last_day(cube: cm.Cube, every: str, months: int) -> None:
    table = cube.table("non_arrest_rate", period="2019..2024", every=every, versions="as_then").columns
    found = list(zip(table["numerator"], table["denominator"], strict=True))
    assert found == [by_hand(first, last, last) for first, last in periods(months)]
    changed = ["definition_changed" in flags.split(",") for flags in table["flags"]]
    assert changed == [FIRST <= last <= LAST for _, last in periods(months)]


def test_like_for_like_is_todays_definition_everywhere(cube: cm.Cube) -> None:
    table = cube.table("non_arrest_rate", period="2019..2024", every="year").columns
    today = dt.date(2024, 12, 31)
    assert table["denominator"] == [by_hand(first, last, today)[1] for first, last in periods(12)]
    assert "definition_changed" not in "".join(table["flags"])


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2024])
def test_a_comparison_takes_the_definition_of_each_side(cube: cm.Cube, year: int) -> None:
    table = cube.table("non_arrest_rate", period=str(year), compare="year_ago", versions="as_then").columns
    now, then = (dict(periods(12))[dt.date(each, 1, 1)] for each in (year, year - 1))
    x, n = by_hand(dt.date(year, 1, 1), now, now)
    y, m = by_hand(dt.date(year - 1, 1, 1), then, then)
    assert table["value"] == [pytest.approx(x / n)]
    assert table["year_ago_value"] == [pytest.approx(y / m)]
    assert ("definition_changed" in table["flags"][0]) == (year != 2020)


def test_a_version_that_ends_within_a_period_is_told(cube: cm.Cube) -> None:
    table = cube.table("non_arrest_rate", period="2023-07..2024-06", versions="as_then").columns
    last = dt.date(2024, 6, 30)
    assert (table["numerator"][0], table["denominator"][0]) == by_hand(dt.date(2023, 7, 1), last, last)
    assert table["status"] == ["definition_changed"]


def test_without_a_period_it_is_todays_definition(cube: cm.Cube) -> None:
    then, now = (cube.table("non_arrest_rate", versions=versions).columns for versions in ("as_then", "like_for_like"))
    assert then == now


def test_lines_below_the_table_name_the_definitions(cube: cm.Cube) -> None:
    table = cube.table("non_arrest_rate", period="2023..2024", every="year", versions="as_then")
    assert "2021-01-01–2023-12-31: 不捕 / (批捕 + 不捕)；不含自行决定逮捕" in table.text()
    assert "2024-01-01–: today's definition" in table.text("en")
    assert "口径版本: 各期按现行口径计算" in cube.table("non_arrest_rate", period="2023").text()
    assert "口径版本" not in cube.table("non_arrest_rate", period="2024").text()


def test_the_rows_behind_a_figure_are_those_of_its_definition(cube: cm.Cube) -> None:
    table = cube.table("non_arrest_rate", period="2022", versions="as_then")
    assert len(table.rows({"review": review()}, side="denominator")) == table.columns["denominator"][0]


def test_a_calculator_takes_the_definition_of_a_day() -> None:
    catalogue = cm.Catalogue.from_toml(DEFINITIONS)
    assert cm.evaluate(catalogue, "non_arrest_rate", {"refused": 10, "arrested": 90}).denominator == 100
    counts = {"refused": 10, "arrested_on_request": 40}
    assert cm.evaluate(catalogue, "non_arrest_rate", counts, at="2022-06-30").denominator == 50


def test_unknown_versions_name_the_nearest(cube: cm.Cube) -> None:
    with pytest.raises(cm.QueryError, match="as_then"):
        cube.table("non_arrest_rate", versions="as_them")


def test_a_catalogue_gives_its_versions() -> None:
    version = cm.Catalogue.from_toml(DEFINITIONS).indicator("non_arrest_rate").versions[0]
    assert (version.valid_from, version.valid_to) == (FIRST, LAST)
    assert version.denominator == "arrested_on_request + refused"
