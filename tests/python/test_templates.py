# SPDX-License-Identifier: Apache-2.0
"""An office's own workbook is filled by the names of its cells, and all else stays."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import casemetry as cm
import openpyxl
import pytest
from casemetry.result import Result
from fake_result import Indicator, fake
from openpyxl.styles import Border, Side
from openpyxl.workbook.defined_name import DefinedName

INDICATORS = (
    Indicator("non_arrest_rate", label_zh="不捕率"),
    Indicator("refused", kind="count", label_zh="不捕"),
    Indicator("arrested", kind="count", label_zh="逮捕"),
    Indicator("judged", kind="count", label_zh="判决"),
)


def result(**more: Any) -> Result:
    rate = {"value": 0.4, "numerator": 2, "denominator": 5, "year_ago_value": 0.5, "year_ago_change": -0.1}
    rows: list[dict[str, Any]] = [
        {"indicator": "non_arrest_rate", **rate},
        {"indicator": "refused", "value": 2.0, "numerator": 2, "year_ago_value": 0.0},
        {"indicator": "arrested", "value": 3.0, "numerator": 3, "year_ago_value": 2.0, "year_ago_change": 0.5},
        {"indicator": "judged", "flags": "not_available", "status": "not_available"},
    ]
    return fake(*rows, indicators=INDICATORS, comparisons=("year_ago",), **more)


def template(path: Path, **names: str) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "报表"
    page["A1"] = "不捕情况"
    page.merge_cells("A1:D1")
    page.merge_cells("B3:C3")
    page["B2"].number_format = "0.00%"
    page["B2"].border = Border(left=Side(style="double"))
    page["D9"] = "=SUM(B4:B5)"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.freeze_panes = "B2"
    for name, area in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"报表!{area}")
    book.save(path)
    return path


def cells(path: Path) -> Any:
    return openpyxl.load_workbook(path)["报表"]


class TestFill:
    def test_cells_take_figures_by_their_names(self, tmp_path: Path) -> None:
        names = {
            "non_arrest_rate": "$B$2",
            "不捕率.同比": "$B$3:$C$3",
            "refused": "$B$4",
            "refused.change": "$B$5",
            "arrested.change": "$B$6",
            "non_arrest_rate.denominator": "$B$7",
            "逮捕.上年同期": "$B$8",
            "judged": "$B$10",
        }
        filled = cm.fill(template(tmp_path / "模板.xlsx", **names), result(), out=tmp_path / "月报.xlsx")
        page = cells(filled.path)
        found = [page[f"B{row}"].value for row in (2, 3, 4, 5, 6, 7, 8, 10)]
        assert found == [0.4, pytest.approx(-10.0), 2, "净增", 0.5, 5, 2, "不可用"]
        assert not filled.unanswered
        assert not filled.unused

    def test_everything_else_stays(self, tmp_path: Path) -> None:
        path = template(tmp_path / "a.xlsx", non_arrest_rate="$B$2")
        page = cells(cm.fill(path, result(), out=tmp_path / "b.xlsx").path)
        assert (page["B2"].number_format, page["B2"].border.left.style) == ("0.00%", "double")
        assert page["D9"].value == "=SUM(B4:B5)"
        assert {str(area) for area in page.merged_cells.ranges} == {"A1:D1", "B3:C3"}
        assert (page.print_title_rows, page.page_setup.orientation, page.freeze_panes) == ("$1:$1", "landscape", "B2")
        assert cells(path)["B2"].value is None

    def test_what_no_figure_answers_and_no_name_takes_is_told(self, tmp_path: Path) -> None:
        path = template(tmp_path / "a.xlsx", refused="$B$2", 不捕绿="$B$4", area="$A$4:$B$6")
        filled = cm.fill(path, result(), out=tmp_path / "b.xlsx")
        assert filled.unanswered == (("不捕绿", "no figure '不捕绿'; did you mean '不捕'?"),)
        assert filled.unused == ("non_arrest_rate", "arrested", "judged")
        assert "未填 不捕绿" in str(filled)

    def test_names_say_which_figure_a_cell_takes(self, tmp_path: Path) -> None:
        rows: list[dict[str, Any]] = [
            {"indicator": "refused", "office": office, "value": value, "numerator": int(value)}
            for office, value in (("甲院", 2.0), ("乙院", 7.0))
        ]
        offices = fake(*rows, indicators=INDICATORS, dimensions=("office",))
        path = template(tmp_path / "a.xlsx", 甲院不捕="$B$2", 合计="$B$4")
        names: dict[str, Any] = {
            "甲院不捕": {"result": "分院", "indicator": "refused", "office": "甲院"},
            "合计": "refused",
        }
        filled = cm.fill(path, {"全院": result(), "分院": offices}, out=tmp_path / "b.xlsx", names=names)
        assert filled.cells == {"甲院不捕": 2, "合计": 2}

    def test_wrong_entries_are_told_at_once(self, tmp_path: Path) -> None:
        path = template(tmp_path / "a.xlsx", 不捕率="$B$2", 不捕数="$B$4")
        names = {"不捕律": "refused", "不捕率": "non_arest_rate", "不捕数": "refused.chage"}
        with pytest.raises(cm.DataError) as caught:
            cm.fill(path, result(), out=tmp_path / "b.xlsx", names=names)
        assert str(caught.value).splitlines() == [
            "the template has no cell named '不捕律'; did you mean '不捕率'?",
            "names['不捕率']: no figure 'non_arest_rate'; did you mean 'non_arrest_rate'?",
            "names['不捕数']: no side 'chage' of a figure; there are value, low, high, least, most, numerator, "
            "denominator, unknown …",
        ]

    def test_a_formula_is_not_written_over(self, tmp_path: Path) -> None:
        with pytest.raises(cm.DataError, match=r"formulas, which stay: 'refused' \(D9\)"):
            cm.fill(template(tmp_path / "a.xlsx", refused="$D$9"), result(), out=tmp_path / "b.xlsx")

    def test_a_monthly_report_has_the_months_so_far_and_the_month(self, tmp_path: Path) -> None:
        days = ["2024-02-05", "2024-03-04", "2024-03-09"]
        arrests = {"decision": ["approved", "refused_evidence", "approved"], "decided_on": days}
        rates = cm.Catalogue.shipped("spp").only("arrest_rate")
        cube = cm.Cube({"arrest_review": arrests}, rates)
        layout = {"schema": 1, "title": "月报", "section": [{"title": "一", "lines": [{"of": "arrest_rate"}]}]}
        report = cm.monthly(cube, period="2024-03", layout=layout)
        path = template(tmp_path / "a.xlsx", 批捕率="$B$2", **{"当月.批捕率.分母": "$B$4"})
        assert dict(cm.fill(path, report, out=tmp_path / "b.xlsx").cells) == {"批捕率": 2 / 3, "当月.批捕率.分母": 2}


class TestTemplates:
    def test_files_that_are_no_template(self, tmp_path: Path) -> None:
        (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
        (tmp_path / "text.xlsx").write_text("a,b", encoding="utf-8")
        for name, told in (("old.xls", "password"), ("text.xlsx", "no .xlsx"), ("none.xlsx", "no such file")):
            with pytest.raises(cm.SchemaError, match=told):
                cm.fill(tmp_path / name, result(), out=tmp_path / "b.xlsx")

    def test_the_template_is_not_written_over(self, tmp_path: Path) -> None:
        path = template(tmp_path / "a.xlsx", refused="$B$2")
        with pytest.raises(cm.DataError, match="the template itself"):
            cm.fill(path, result(), out=path)

    def test_drawings_are_warned_of(self, tmp_path: Path) -> None:
        from openpyxl.chart import BarChart, Reference

        book = openpyxl.Workbook()
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=2))
        book.active.add_chart(chart, "E1")
        book.save(tmp_path / "a.xlsx")
        with pytest.warns(UserWarning, match="drawings"):
            cm.fill(tmp_path / "a.xlsx", result(), out=tmp_path / "b.xlsx")

    def test_the_extra_is_named_when_it_is_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = template(tmp_path / "a.xlsx", refused="$B$2")
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(cm.MissingPackageError, match=r"pip install 'casemetry\[template\]'"):
            cm.fill(path, result(), out=tmp_path / "b.xlsx")


class TestUnitsAndPoints:
    """Names that say 件 or 人, and changes that fit the format of their cell."""

    @staticmethod
    def report() -> cm.MonthlyReport:
        days = ["2023-03-01", "2023-03-02", "2024-03-01", "2024-03-02", "2024-03-03"]
        decisions = ["approved", "refused_evidence", "approved", "approved", "refused_evidence"]
        cards = {"case_id": ["1", "2", "3", "3", "3"], "person_id": [*"12345"], "decision": decisions}
        cube = cm.Cube({"arrest_review": {**cards, "decided_on": days}}, "spp", as_of="2024-03-31")
        lines = [{"of": ["arrested_cases", "arrested"]}, {"of": "non_arrest_rate"}]
        layout = {"schema": 1, "title": "月报", "section": [{"title": "审查逮捕", "lines": lines}]}
        return cm.monthly(cube, period="2024-03", layout=layout)

    def test_a_unit_tells_lines_apart_that_are_called_alike(self, tmp_path: Path) -> None:
        report = self.report()
        label = report.sections[0].rows[0].label.zh
        names = {f"{label}.件": "A1", f"{label}.人": "A2", f"当月.{label}.人.上年同期": "A3"}
        filled = cm.fill(template(tmp_path / "t.xlsx", **names), report, out=tmp_path / "o.xlsx")
        assert dict(filled.cells) == {f"{label}.件": 1, f"{label}.人": 2, f"当月.{label}.人.上年同期": 1}

    def test_points_are_a_fraction_in_a_cell_of_per_cent(self, tmp_path: Path) -> None:
        path = template(tmp_path / "t.xlsx", **{"不捕率.同比": "A1", "当月.不捕率.同比": "A2"})
        book = openpyxl.load_workbook(path)
        book.active["A1"].number_format = "0.0%"
        book.active["A2"].number_format = "0.0"
        book.save(path)
        cm.fill(path, self.report(), out=tmp_path / "o.xlsx")
        page = openpyxl.load_workbook(tmp_path / "o.xlsx").active
        assert page["A1"].value == pytest.approx(1 / 3 - 1 / 2)
        assert page["A2"].value == pytest.approx(100 * (1 / 3 - 1 / 2))
