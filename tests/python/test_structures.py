# SPDX-License-Identifier: Apache-2.0
"""What a number of cases is made up of: published ratios, random ranges, cubes, and how it is shown."""

from __future__ import annotations

import itertools
from pathlib import Path

import casemetry as cm
import pytest
from hypothesis import given
from hypothesis import strategies as st

NATIONAL = {"刑事": 347.1, "民事": 28.2, "行政": 19.5, "公益诉讼": 15.1}
"""Cases handled in 2024 in 万, printed with 84 : 7 : 5 : 4."""


def largest_remainders(counts: tuple[int, ...]) -> set[tuple[int, ...]]:
    """Round by the definition; where remainders are equal, in every order."""
    total = sum(counts)
    if not total:
        return set()
    floors = [100 * count // total for count in counts]
    lost = [100 * count % total for count in counts]
    ways = set()
    for chosen in itertools.combinations(range(len(counts)), 100 - sum(floors)):
        others = [lost[i] for i in range(len(counts)) if i not in chosen]
        if not chosen or not others or min(lost[i] for i in chosen) >= max(others):
            ways.add(tuple(floor + (i in chosen) for i, floor in enumerate(floors)))
    return ways


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4)), min_size=1, max_size=4))
def test_ranges_allow_just_the_roundings_of_the_counts_in_them(ranges: list[tuple[int, int]]) -> None:
    figures = {str(i): (low, low + width) for i, (low, width) in enumerate(ranges)}
    found = cm.structure(figures)
    expected: set[tuple[int, ...]] = set()
    for counts in itertools.product(*(range(low, high + 1) for low, high in figures.values())):
        expected |= largest_remainders(counts)
    ways = [found.ratio, *found.alternatives] if found.ratio else []
    assert {tuple(map(int, way.split(" : "))) for way in ways} == expected
    assert len(ways) == len(expected)


def test_figures_in_ten_thousands_leave_the_national_ratio_open() -> None:
    handled = cm.structure(NATIONAL, unit="万")
    assert (handled.ratio, handled.alternatives) == ("84 : 7 : 5 : 4", ["85 : 7 : 5 : 3"])
    assert handled.status == "not_determined"
    assert "也可能是：85 : 7 : 5 : 3" in handled.text()
    assert "3,470,500–3,471,499" in handled.text("en")


def test_exact_counts_have_one_ratio() -> None:
    handled = cm.structure({name: round(figure * 10_000) for name, figure in NATIONAL.items()})
    assert (handled.ratio, handled.alternatives, handled.status) == ("84 : 7 : 5 : 4", [], "ok")


def test_beijing_2024() -> None:
    beijing = cm.structure({"诉讼监督案件": 83_805, "司法办案": 49_615})
    assert beijing.columns["total"][0] == 133_420
    assert "62.8%" in beijing.text()


CASES = {
    "office": ["甲院"] * 4 + ["乙院"] * 4,
    "kind": ["逮捕", "起诉", "民事", None, "逮捕", "逮捕", "民事", "其他"],
    "on": ["2023-01-05"] * 2 + ["2024-01-05"] * 6,
}
GROUPS = {"刑事": ["逮捕", "起诉"], "民事": ["民事"]}


@pytest.fixture(scope="module")
def cube() -> cm.Cube:
    return cm.Cube({"cases": CASES}, [cm.tally("受理", unit="cases", date="on")], by=["office", "kind"])


def test_a_cube_gives_a_structure_for_each_office_in_label_order(cube: cm.Cube) -> None:
    found = cube.structure("受理", dimension="kind", groups=GROUPS, by="office")
    assert found.columns["office"] == ["乙院"] * 3 + ["甲院"] * 3
    assert found.columns["count"] == [2, 1, 1, 2, 1, 1]
    assert "（未归类）" in found.text()
    with pytest.raises(cm.QueryError, match="2 structures"):
        _ = found.ratio


def test_changes_add_to_nothing_and_their_parts_to_them(cube: cm.Cube) -> None:
    columns = cube.structure("受理", dimension="kind", groups=GROUPS, period="2024", compare="year_ago").columns
    assert columns["year_ago_count"] == [2, 0, 0]
    assert sum(columns["year_ago_change"]) == pytest.approx(0)
    parts = (columns[f"year_ago_{name}"] for name in ("change", "from_own", "from_others"))
    for change, own, others in zip(*parts, strict=True):
        assert own is None or own + others == pytest.approx(change)


def test_a_dated_mapping_holds_by_the_month(cube: cm.Cube) -> None:
    rows = [("逮捕", "旧", None, "2023-12-31"), ("逮捕", "新", "2024-01-01", None), ("起诉", "旧", None, None)]
    found = cube.structure("受理", dimension="kind", groups=rows, period="2023..2024", every="year")
    assert found.columns["class"][:2] == ["旧", "新"]
    assert found.columns["count"] == [2, 0, 0, 0, 2, 4]
    with pytest.raises(cm.QueryError, match="dated class"):
        cube.structure("受理", dimension="kind", groups=[("逮捕", "旧")], period="2024")  # type: ignore[list-item]


def test_it_goes_out_as_frames_and_a_sheet(cube: cm.Cube, tmp_path: Path) -> None:
    found = cube.structure("受理", dimension="kind", groups=GROUPS, period="2024", compare="year_ago")
    assert found.to_arrow().column_names[:2] == ["period", "class"]
    assert list(found.to_pandas()["count"]) == found.columns["count"]
    assert found.to_polars()["share"].to_list() == found.columns["share"]
    assert "<table>" in found.html("en")
    path = found.to_excel(tmp_path / "structure.xlsx")
    sheet = pytest.importorskip("openpyxl").load_workbook(path)["结构"]
    assert str(sheet.cell(1, 2).value).startswith("类别")
    assert sheet.cell(2, 3).value == found.columns["count"][0]


def test_the_shipped_catalogue_has_the_three_ratios() -> None:
    cases = {
        "case_id": ["1", "2", "3", "4", "5"],
        "office": ["甲院"] * 5,
        "case_type": ["arrest_review", "arrest_review", "civil_judgment", "filing_supervision", "technical"],
        "accepted_on": ["2024-01-05"] * 5,
    }
    catalogue = cm.Catalogue.shipped("spp")
    tables = {"accepted_case": cases, "added_suspect": {"case_id": [], "office": []}}
    cube = cm.Cube(tables, catalogue, by=["office", "case_type"], indicators=["accepted_cases"])
    found = {
        groups: cube.structure("accepted_cases", dimension="case_type", groups=groups, period="2024")
        for groups in ("function", "nature", "origin")
    }
    assert found["function"].classes == ["刑事", "民事", "行政", "公益诉讼", "其他"]
    assert found["function"].ratio == "60 : 20 : 0 : 0 : 20"
    assert found["nature"].classes[:2] == ["依程序办案", "依职权监督"]
    assert found["origin"].classes[:3] == ["依程序移送", "依申请受案", "主动发现"]


def test_its_period_is_said_as_in_other_sentences(cube: cm.Cube) -> None:
    found = cube.structure("受理", dimension="kind", groups=GROUPS, period="2024-01..2024-09")
    assert found.sentence(of="案件").startswith("2024年1至9月，刑事、民事")
    assert found.sentence("en").startswith("January to September 2024: The shares of")


def test_a_chart_says_of_what_by_what_and_when(cube: cm.Cube) -> None:
    found = cube.structure("受理", dimension="kind", groups=GROUPS, period="2024-01..2024-09")
    assert found.plot().title == "受理结构（按kind），2024年1至9月"
    assert found.plot(lang="en").title == "Structure of 受理 by kind, January to September 2024"
    assert cm.structure({"刑事": 84, "民事": 16}).plot().title == "结构"
