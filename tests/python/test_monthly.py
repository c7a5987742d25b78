# SPDX-License-Identifier: Apache-2.0
"""The monthly table: each line beside its year before, marked, and never without its reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import casemetry as cm
import openpyxl
import pytest

ARRESTS = [
    ("甲院", "ordinary", "approved", "2023-02-01"),
    ("甲院", "ordinary", "refused_evidence", "2023-02-02"),
    ("甲院", "major", "approved", "2024-02-01"),
    ("甲院", "ordinary", "approved", "2024-03-01"),
    ("甲院", "ordinary", "refused_evidence", "2024-03-02"),
    ("甲院", "ordinary", "refused_no_need", "2024-03-03"),
    ("乙院", "ordinary", "approved", "2024-03-04"),
    ("乙院", "ordinary", None, "2024-03-05"),
]
LINES = [
    {"of": ["arrested_cases", "arrested"]},
    {"of": ["refused_cases", "refused"]},
    {"of": "refused_no_need", "level": 1},
    {"of": "refused_no_crime", "level": 1},
    {"of": "non_arrest_rate"},
    {"of": "prosecuted"},
]
INDICATORS = (
    "arrested_cases", "arrested", "refused_cases", "refused", "refused_no_need", "refused_no_crime", "non_arrest_rate",
    "prosecuted",
)  # fmt: skip
TYPES = ("arrest_review", "prosecution_review", "civil_judgment", "admin_trial", "petition")
RATIO = {"title": "履职结构比", "of": "accepted_cases", "dimension": "case_type", "groups": "function"}


@cache
def cube(by: tuple[str, ...] = ("office", "charge_class"), as_of: str = "2024-03-31") -> cm.Cube:
    offices, classes, decisions, days = zip(*ARRESTS, strict=True)
    cards = {
        "case_id": [str(number) for number in range(len(ARRESTS))],
        "person_id": [str(number) for number in range(len(ARRESTS))],
        "office": offices,
        "charge_class": classes,
        "decision": decisions,
        "decided_on": days,
        "received_on": days,
    }
    tables = {"arrest_review": {name: list(column) for name, column in cards.items()}}
    return cm.Cube(tables, cm.Catalogue.shipped("spp").only(*INDICATORS), by=by, as_of=as_of)


def layout(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"schema": 1, "title": "月报", "section": [{"title": "审查逮捕", "lines": list(lines or LINES)}], **more}


def rows(report: cm.MonthlyReport) -> list[list[str]]:
    """Return the cells of the text table below its headings, by their columns of two blanks or more."""
    lines = report.text().split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines[3:]]


@pytest.fixture(scope="module")
def report() -> cm.MonthlyReport:
    return cm.monthly(cube(), period="2024-03", by="office", layout=layout())


class TestFigures:
    def test_months_so_far_come_first_then_the_month(self, report: cm.MonthlyReport) -> None:
        assert report.period == "2024-01..2024-03"
        assert rows(report)[1:] == [
            ["批准和决定逮捕", "件", "3", "1", "+200.0%", "2", "0", "净增 2", "未知 1"],
            ["人", "3", "1", "+200.0%", "2", "0", "净增 2", "未知 1"],
            ["不捕", "件", "2", "1", "+100.0%", "2", "0", "净增 2", "未知 1"],
            ["人", "2", "1", "+100.0%", "2", "0", "净增 2", "未知 1"],
            ["无社会危险性不捕", "人", "1", "0", "净增 1", "1", "0", "净增 1", "未知 1"],
            ["不构成犯罪不捕", "人", "0", "0", "—", "0", "0", "—", "未知 1"],
            ["不捕率", "%", "40.0%", "50.0%", "-10.0 百分点", "50.0%", "—", "—", *rows(report)[7][8:]],
            ["起诉", "人", "不可用", "—", "—", "不可用", "—", "—", "缺表：审查起诉"],
        ]

    def test_a_small_base_and_unknown_outcomes_stand_beside_a_rate(self, report: cm.MonthlyReport) -> None:
        assert rows(report)[7][8].startswith("1–3月累计 小基数 n=5、未知 1；3月")

    def test_the_figures_are_those_of_the_cube(self, report: cm.MonthlyReport) -> None:
        [section] = report.sections
        assert [row.indicator for row in section.rows[:2]] == ["arrested_cases", "arrested"]
        rate = section.rows[6].figures[0]
        assert rate is not None
        assert (rate.value, rate.numerator, rate.denominator, rate.unknown) == (0.4, 2, 5, 1)
        assert rate.year_ago == 0.5
        assert rate.change == pytest.approx(-0.1)
        assert report.month.columns["period"][0] == "2024-03"

    def test_offices_stand_in_label_order(self, report: cm.MonthlyReport) -> None:
        assert report.offices == ("乙院", "甲院")
        counts = {office: report.sections_of(office)[0].rows[1].figures[0] for office in report.offices}
        assert {office: figure.value for office, figure in counts.items() if figure} == {"乙院": 1, "甲院": 2}
        with pytest.raises(cm.QueryError, match="no part '丙院'"):
            report.sections_of("丙院")

    def test_a_line_for_each_label_of_a_dimension(self) -> None:
        labels = {"charge_class": {"ordinary": "普通犯罪", "major": {"zh": "重大犯罪", "en": "Major"}}}
        lines = ({"of": "arrested", "by": "charge_class"}, {"of": "refused", "where": {"charge_class": "duty"}})
        found = rows(cm.monthly(cube(), period="2024-03", layout=layout(*lines, labels=labels)))
        assert [row[:3] for row in found[1:]] == [["普通犯罪", "人", "2"], ["重大犯罪", "人", "1"], ["不捕", "人", "0"]]

    def test_a_dimension_that_the_cube_is_not_counted_by_is_the_reason(self) -> None:
        found = rows(
            cm.monthly(cube(by=("office",)), period="2024-03", layout=layout({"of": "refused", "by": "charge"}))
        )
        assert found[1][-1] == "数据立方未按 charge 计数"

    def test_a_remark_that_all_rows_share_stands_once_in_the_heading(self) -> None:
        lines = layout({"of": "refused_no_need"}, {"of": "refused_no_crime"})
        heading, *others = rows(cm.monthly(cube(), period="2024-03", layout=lines))
        assert heading == ["审查逮捕（未知 1）"]
        assert not any("未知" in row[-1] for row in others)

    def test_one_month_stands_alone(self) -> None:
        report = cm.monthly(cube(), period="2024-01", layout=layout())
        assert report.period == "2024-01"
        assert len(report.sections[0].rows[0].figures) == 1
        assert report.month.columns == report.cumulative.columns

    def test_a_period_without_records_and_one_without_a_year_before_are_told(self) -> None:
        assert "1月: 数据中没有本期的任何记录" in cm.monthly(cube(), period="2024-01", layout=layout()).text()
        assert "没有上年同期的任何记录" in cm.monthly(cube(), period="2023-02", layout=layout()).text()

    def test_a_period_that_is_not_over_says_so_in_its_heading(self) -> None:
        text = cm.monthly(cube(as_of="2024-03-20"), period="2024-03", layout=layout()).text()
        assert "1–3月累计（期间未完）" in text
        assert text.count("期间未完") == 2

    @pytest.mark.parametrize("period", ["2024", "2024-13", "2024-03..2024-01", "三月"])
    def test_periods_that_are_none(self, period: str) -> None:
        with pytest.raises(cm.QueryError, match="period"):
            cm.monthly(cube(), period=period, layout=layout())


class TestShown:
    def test_english(self, report: cm.MonthlyReport) -> None:
        text = report.text(lang="en")
        assert "2024-01 to 2024-03" in text
        assert "-10.0 pp" in text
        assert "no table Prosecution review" in text

    def test_html_merges_headings_and_folds_offices(self, report: cm.MonthlyReport) -> None:
        html = report.html()
        assert '<th scope="colgroup" colspan="3" class="group first">1–3月累计</th>' in html
        assert 'rowspan="2"><bdi>不捕</bdi>' in html
        assert html.index("<summary><bdi>乙院") < html.index("<summary><bdi>甲院")

    def test_labels_are_harmless(self) -> None:
        lines = ({"of": "refused", "label": "<b>x</b>"},)
        html = cm.monthly(cube(), period="2024-03", layout=layout(*lines)).html()
        assert "<b>" not in html


class TestStructures:
    def report(self, **more: Any) -> cm.MonthlyReport:
        cards = {
            "case_id": [str(number) for number in range(50)],
            "case_type": [*TYPES] * 10,
            "accepted_on": ["2024-02-01"] * 40 + ["2023-02-01"] * 10,
        }
        cube = cm.Cube({"accepted_case": cards}, "spp", indicators=["accepted_cases"], **more)
        return cm.monthly(cube, period="2024-02", layout=layout({"of": "accepted_cases"}, structure=[RATIO]))

    def test_they_are_asked_of_the_months_so_far(self) -> None:
        report = self.report(by="case_type")
        assert report.structures["履职结构比"].ratio == "40 : 20 : 20 : 0 : 20"
        assert "履职结构比" in report.text()
        assert "<summary><bdi>履职结构比" in report.html()

    def test_they_have_a_sheet_with_the_ratio_in_its_heading(self, tmp_path: Path) -> None:
        page = openpyxl.load_workbook(self.report(by="case_type").to_excel(tmp_path / "a.xlsx"))["结构比"]
        assert page["A1"].value == "结构比（2024年1–2月）"
        assert page["A3"].value == "履职结构比  40 : 20 : 20 : 0 : 20"
        assert [page.cell(5, column).value for column in range(1, 4)] == ["刑事", 16, 0.4]

    def test_a_cube_that_is_not_counted_by_their_dimension_has_none(self) -> None:
        assert self.report().structures == {}

    def test_they_may_be_of_some_units_only(self) -> None:
        shape = layout({"of": "accepted_cases"}, structure=[RATIO | {"where": "case_type in @four_functions"}])
        cards = {"case_id": ["1", "2", "3"], "case_type": ["arrest_review", "civil_judgment", "petition"]}
        cube = cm.Cube({"accepted_case": {**cards, "accepted_on": ["2024-02-01"] * 3}}, "spp", by="case_type")
        structure = cm.monthly(cube, period="2024-02", layout=shape).structures["履职结构比"]
        assert structure.columns["total"][0] == 2

    def test_their_names_are_checked(self) -> None:
        ratio = RATIO | {"of": "acepted_cases", "groups": "functions"}
        with pytest.raises(cm.DefinitionError) as caught:
            cm.Layout.from_dict(layout(structure=[ratio])).check(cm.Catalogue.shipped("spp"))
        assert [fault.message for fault in caught.value.faults] == [
            "no count 'acepted_cases'; did you mean 'accepted_cases'?",
            "no grouping 'functions'; did you mean 'function'?",
        ]


class TestQuality:
    def test_what_would_mislead_is_told_below_the_title_and_has_a_sheet(self, tmp_path: Path) -> None:
        days = ["2024-03-01"] * 3
        cards = {"case_id": ["1", "1", "2"], "person_id": ["1", "1", "1"], "decided_on": days}
        tables = {"arrest_review": {**cards, "decision": ["approved", "refused_evidence", "approved"]}}
        quality = cm.check(tables, "spp", as_of="2024-03-31")
        report = cm.monthly(cube(), period="2024-03", layout=layout(), quality=quality)
        line = "主键重复 2 行、其中互相矛盾 2 行（重复的行照原样计数）：见《数据质量》"
        assert report.alerts()[-1] == line
        book = openpyxl.load_workbook(report.to_excel(tmp_path / "a.xlsx"))
        assert line in [row[0].value for row in book["全部单位"].iter_rows(max_row=5)]
        assert "主键重复" in [row[2].value for row in book["数据质量"].iter_rows()]

    def test_nothing_that_misleads_is_told_too(self) -> None:
        quality = cm.check({"arrest_review": {"case_id": ["1"], "person_id": ["1"]}}, "spp")
        report = cm.monthly(cube(), period="2024-03", layout=layout(), quality=quality)
        assert report.alerts()[-1] == "数据质量：没有重复的行，没有迟录"


class TestProtection:
    def report(self) -> cm.MonthlyReport:
        offices, days = ["甲院"] * 30 + ["乙院"] * 32, ["2024-03-01"] * 62
        decisions = ["approved"] * 28 + ["refused_evidence"] * 2 + ["approved"] * 20 + ["refused_evidence"] * 12
        tables = {"arrest_review": {"office": offices, "decision": decisions, "decided_on": days}}
        cube = cm.Cube(tables, "spp", by="office", as_of="2024-03-31", indicators=["arrested", "refused"])
        lines = layout({"of": "arrested"}, {"of": "refused"})
        return cm.monthly(cube, period="2024-03", by="office", layout=lines, protect=5)

    def test_all_tables_are_protected_together(self) -> None:
        report = self.report()
        shown = [
            [row.figures[0].value for row in report.sections_of(office)[0].rows if row.figures[0]]
            for office in report.offices
        ]
        assert [refused for _, refused in shown] == [None, None]
        assert "已保护：小于 5 的数" in report.alerts()[-1]

    def test_the_word_stands_where_a_figure_is_hidden(self, tmp_path: Path) -> None:
        report = self.report()
        assert "已保护" in report.text().split("\n\n")[1]
        page = openpyxl.load_workbook(report.to_excel(tmp_path / "a.xlsx"))["甲院"]
        assert [row[2].value for row in page.iter_rows() if row[0].value == "不捕"] == ["已保护"]

    def test_a_ratio_of_counts_that_must_be_hidden_is_left_out_with_a_sentence(self) -> None:
        cards = {
            "case_id": [str(number) for number in range(50)],
            "case_type": ["arrest_review"] * 48 + ["petition"] * 2,
            "accepted_on": ["2024-02-01"] * 50,
        }
        cube = cm.Cube({"accepted_case": cards}, "spp", indicators=["accepted_cases"], by="case_type")
        shape = layout({"of": "accepted_cases"}, structure=[RATIO])
        report = cm.monthly(cube, period="2024-02", layout=shape, protect=5)
        assert report.structures == {}
        assert report.alerts()[-1] == "履职结构比：其中有不能显示的数，不列"
        assert cm.monthly(cube, period="2024-02", layout=shape).structures != {}


class TestExcel:
    @pytest.fixture
    def path(self, report: cm.MonthlyReport, tmp_path: Path) -> Path:
        return report.to_excel(tmp_path / "月报.xlsx")

    def test_a_sheet_for_all_one_an_office_and_notes(self, path: Path) -> None:
        assert openpyxl.load_workbook(path).sheetnames == ["全部单位", "乙院", "甲院", "口径"]

    def test_cells_are_numbers_under_formats(self, path: Path) -> None:
        page = openpyxl.load_workbook(path)["全部单位"]
        rate = next(cell for row in page.iter_rows() for cell in row if cell.value == "不捕率").row
        values = [page.cell(rate, column).value for column in range(1, 9)]
        assert values == ["不捕率", "%", 0.4, 0.5, pytest.approx(-10.0), 0.5, "—", "—"]
        assert page.cell(rate, 3).number_format == "#,##0.0%"
        assert page.cell(rate, 5).number_format.startswith('+#,##0.0" 百分点"')
        assert page.cell(7, 8).number_format == '"净增 "#,##0'
        assert page.cell(7, 8).value == 2

    def test_headings_are_merged_and_stay_in_sight_and_on_every_page(self, path: Path) -> None:
        page = openpyxl.load_workbook(path)["全部单位"]
        merged = {str(area) for area in page.merged_cells.ranges}
        assert {"A1:I1", "A4:A5", "C4:E4", "F4:H4", "A7:A8"} <= merged
        assert page["A1"].value == "月报（2024年1–3月）"
        assert page["A3"].value.startswith("3月: 数据中没有上年同期的任何记录")
        assert page.freeze_panes == "C6"
        assert page.print_title_rows == "$4:$5"
        assert page.page_setup.paperSize == 9
        assert page["C7"].border.left.style == "thin"

    def test_notes_say_what_the_figures_rest_on(self, path: Path) -> None:
        page = openpyxl.load_workbook(path)["口径"]
        told = {row[0].value: [cell.value for cell in row[1:]] for row in page.iter_rows()}
        assert told["截至"][0] == "2024-03-31"
        assert told["数据立方指纹"][0] == cube().fingerprint
        assert told["不捕率"][0].startswith("不捕")
        assert told["不捕率"][2] == "1"

    def test_the_same_report_gives_the_same_bytes(self, report: cm.MonthlyReport, path: Path, tmp_path: Path) -> None:
        again = cm.monthly(cube(), period="2024-03", by="office", layout=layout())
        assert again.to_excel(tmp_path / "b.xlsx").read_bytes() == path.read_bytes()
        assert report.to_excel(tmp_path / "c.xlsx", lang="en").read_bytes() != path.read_bytes()
