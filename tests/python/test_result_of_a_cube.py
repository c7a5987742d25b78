# SPDX-License-Identifier: Apache-2.0
"""A result as the core gives it: read, converted, printed and written, from a table to the page."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl
import pytest
from casemetry._presentation.page import Section, page
from casemetry.catalogues import Catalogue
from casemetry.cube import Cube
from casemetry.quick import days, rate
from casemetry.result import Result
from test_hostile_labels import HOSTILE, OUR_TAGS, Tags, shapeless

CATALOGUE = Catalogue.from_toml("""
schema = 1
id = "arrests"

[table.arrests.columns]
office = { type = "category", label = { zh = "承办单位", en = "Office" } }
decision = { type = "category", values = ["approved", "refused"] }
decided_on = { type = "date" }

[[aggregate]]
id = "refused"
unit = "arrests"
date = "decided_on"
where = "decision == 'refused'"

[[aggregate]]
id = "reviewed"
unit = "arrests"
date = "decided_on"

[[indicator]]
id = "non_arrest_rate"
label = { zh = "不捕率", en = "Non-arrest rate" }
kind = "proportion"
numerator = "refused"
denominator = "reviewed"
min_n = 5

[[indicator]]
id = "not_arrested"
label = { zh = "不捕人数", en = "Not arrested" }
kind = "count"
of = "refused"
""")

ARRESTS = {
    "office": ["甲"] * 8 + ["乙"] * 4 + [None],
    "decision": ["refused", *["approved"] * 6, None, "refused", "refused", "approved", "approved", "approved"],
    "decided_on": [*["2024-01-05"] * 8, *["2024-01-09"] * 2, *["2023-01-09"] * 2, "2024-01-31"],
}


@pytest.fixture(scope="module")
def cube() -> Cube:
    return Cube({"arrests": ARRESTS}, CATALOGUE, by="office", as_of="2024-02-15")


@pytest.fixture(scope="module")
def result(cube: Cube) -> Result:
    return cube.table(by="office", period="2024-01", compare="year_ago")


def cells(text: str) -> list[str]:
    """Return the lines of a table without the rule, a bar between its columns."""
    return [" | ".join(re.split(r"\s{2,}", line)) for line in text.splitlines() if not line.startswith("--")]


class TestShown:
    def test_every_figure_has_its_counts_its_interval_its_unknowns_and_its_status(self, result: Result) -> None:
        assert cells(str(result)) == [
            "指标 | 承办单位 | 期间 | 值 | 95% 区间 | 分子 | 分母 | 未知 | 可能范围 | 上年同期 | 较上年同期 | 95% 区间",
            "不捕率 | 乙 | 2024-01 | 100.0% | [34.2, 100.0] | 小基数 | 2 | 2 | 0 | 0.0% | +100.0 百分点 | [7.0, 100.0]",
            "不捕率 | 甲 | 2024-01 | 14.3% | [2.6, 51.3] | 1 | 7 | 1 | 12.5–25.0 | — | —",
            "不捕率 | （未填） | 2024-01 | 0.0% | [0.0, 79.3] | 小基数 | 0 | 1 | 0 | — | —",
            "不捕人数 | 乙 | 2024-01 | 2 | 2 | 0 | 0 | 净增 2",
            "不捕人数 | 甲 | 2024-01 | 1 | 1 | 1 | 1–2 | 0 | 净增 1",
            "不捕人数 | （未填） | 2024-01 | 0 | 0 | 0 | 0 | —",
            "截至 2024-02-15",
        ]

    def test_wide_has_a_column_an_indicator(self, result: Result) -> None:
        assert cells(result.wide("en").text()) == [
            "Office | Period | Non-arrest rate | vs year ago | Not arrested | vs year ago",
            "乙 | 2024-01 | 100.0% | small | +100.0 pp | 2 | new 2",
            "甲 | 2024-01 | 14.3% | — | 1 | new 1",
            "(missing) | 2024-01 | 0.0% | small | — | 0 | —",
            "As of 2024-02-15",
        ]

    def test_without_a_dimension_there_is_one_cell(self, cube: Cube) -> None:
        assert cells(str(cube.table().wide()))[1] == "合计 | 25.0% | 3"

    def test_undated_units_are_named_even_if_there_are_no_others(self) -> None:
        undated = {"decision": ["a", "b"], "decided_on": [None, None]}
        result = rate(undated, "decision == 'a'", date="decided_on", every="month")
        assert "（未注明日期）" in str(result)
        assert "（未注明日期）" in str(result.wide())

    def test_a_median_is_in_days(self) -> None:
        cases = {"accepted": ["2024-01-01"] * 2, "closed": ["2024-01-11", "2024-01-22"]}
        assert "15.5 天" in str(days(cases, "accepted", "closed"))

    def test_what_is_not_available_says_why(self) -> None:
        text = str(Cube({}, CATALOGUE).table("not_arrested"))
        assert "不可用" in text
        assert text.splitlines()[-1] == "不可用（缺表：arrests）：不捕人数"

    def test_the_definition_reads_back_to_itself(self, result: Result) -> None:
        definition = result.definition
        assert Catalogue.from_toml(definition).only("non_arrest_rate", "not_arrested").toml() == definition


class TestConverted:
    def test_all_forms_hold_the_same(self, result: Result) -> None:
        assert result.to_arrow().to_pydict() == result.columns
        assert result.to_polars().to_dict(as_series=False) == result.columns
        assert pl.DataFrame(result).equals(result.to_polars())
        assert result.to_pandas()["value"].tolist() == result.columns["value"]

    def test_the_metadata_travel_with_arrow(self, result: Result) -> None:
        metadata = {key.decode(): value.decode() for key, value in result.to_arrow().schema.metadata.items()}
        assert metadata == dict(result.metadata)
        assert metadata["definition"] == result.definition

    def test_dimensions_are_categories_and_counts_integers(self, result: Result) -> None:
        frame = result.to_pandas()
        assert isinstance(frame["office"].dtype, pd.CategoricalDtype)
        assert frame["denominator"].dtype == pd.Int64Dtype()

    def test_wide_gives_raw_numbers(self, cube: Cube) -> None:
        wide = cube.table(by="office", period="2024-01").wide()
        assert wide.columns() == {
            "office": ["乙", "甲", None],
            "period": ["2024-01"] * 3,
            "non_arrest_rate": [1.0, 1 / 7, 0.0],
            "not_arrested": [2, 1, 0],
        }
        assert wide.to_polars().to_dict(as_series=False) == wide.columns()

    def test_excel_holds_the_same_numbers(self, result: Result, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(result.to_excel(tmp_path / "a.xlsx"))
        headings = [cell.value.split("\n")[0] for cell in book["结果"][1]]
        values = [row[headings.index("值")].value for row in book["结果"].iter_rows(min_row=2)]
        assert values == pytest.approx(result.columns["value"])  # a sheet keeps 16 digits
        assert "读入行数" in [cell.value for cell in book["口径"]["A"]]


@pytest.mark.parametrize("label", [label for label in HOSTILE if label.strip() and "\ud800" not in label])
def test_a_hostile_label_is_harmless_on_the_whole_way(label: str, tmp_path: Path) -> None:
    result = rate({"office": [label, label], "x": ["a", "b"]}, "x == 'a'", by="office", label=label)
    assert result.columns["office"] == [label]
    assert shapeless(str(result) + str(result.wide()) + repr(result.definition)) <= {"\n"}
    assert Tags(result.html() + result.wide().html()).tags <= OUR_TAGS
    assert "script" not in Tags(page([Section(label, label, result)], label)).tags
    sheet = openpyxl.load_workbook(result.to_excel(tmp_path / "a.xlsx"))["结果"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
