# SPDX-License-Identifier: Apache-2.0
"""An Excel file holds real numbers under formats, says what they mean, and is written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from casemetry import CasemetryError, DataError
from casemetry._files import write_whole
from casemetry.excel import sheet_names, write_excel
from fake_result import Indicator, fake

RATE = {"value": 0.22374, "numerator": 313_743, "denominator": 1_402_233, "low": 0.223, "high": 0.2244, "unknown": 7}


def sheet(path: Path, name: str = "结果") -> Any:
    return openpyxl.load_workbook(path)[name]


def column(page: Any, heading: str) -> list[Any]:
    """Return the cells below a heading, which may have a second line."""
    for cells in page.iter_cols():
        if cells[0].value.split("\n")[0] == heading:
            return list(cells[1:])
    raise AssertionError(f"no column {heading}: {[cell.value for cell in page[1]]}")


class TestSheet:
    def test_a_rate_is_a_fraction_under_a_per_cent_format(self, tmp_path: Path) -> None:
        [cell] = column(sheet(fake(RATE).to_excel(tmp_path / "a.xlsx")), "值")
        assert cell.value == 0.22374
        assert cell.number_format == "#,##0.0%"

    def test_counts_are_integers(self, tmp_path: Path) -> None:
        page = sheet(fake(RATE).to_excel(tmp_path / "a.xlsx"))
        assert [column(page, name)[0].value for name in ("分子", "分母", "未知")] == [313_743, 1_402_233, 7]
        assert column(page, "分子")[0].number_format == "#,##0"

    def test_the_ends_of_the_interval_are_numbers(self, tmp_path: Path) -> None:
        page = sheet(fake(RATE).to_excel(tmp_path / "a.xlsx"))
        assert [column(page, f"95% 区间{end}")[0].value for end in ("下限", "上限")] == [0.223, 0.2244]

    def test_a_change_is_in_points(self, tmp_path: Path) -> None:
        result = fake(RATE | {"year_ago_value": 0.2, "year_ago_change": 0.02374}, comparisons=("year_ago",))
        [cell] = column(sheet(result.to_excel(tmp_path / "a.xlsx")), "较上年同期")
        assert cell.value == pytest.approx(2.374)
        assert cell.number_format.startswith('+#,##0.0" 百分点";-')

    def test_a_count_from_nothing_is_a_number_called_new(self, tmp_path: Path) -> None:
        row = {"value": 12.0, "numerator": 12, "year_ago_value": 0.0}
        result = fake(row, indicators=(Indicator("n", kind="count"),), comparisons=("year_ago",))
        [cell] = column(sheet(result.to_excel(tmp_path / "a.xlsx")), "较上年同期")
        assert (cell.value, cell.number_format) == (12, '"净增 "#,##0')

    def test_where_there_is_no_value_the_reason_stands(self, tmp_path: Path) -> None:
        page = sheet(fake({"flags": "no_denominator"}).to_excel(tmp_path / "a.xlsx"))
        assert column(page, "值")[0].value == "— 无分母"
        assert column(page, "状态")[0].value == "无分母"
        assert column(page, "分子")[0].value is None

    def test_an_infinite_end_is_a_text(self, tmp_path: Path) -> None:
        page = sheet(fake(RATE | {"high": float("inf")}).to_excel(tmp_path / "a.xlsx"))
        assert column(page, "95% 区间上限")[0].value == "∞"

    def test_headings_stay_in_sight_in_both_languages(self, tmp_path: Path) -> None:
        result = fake(RATE, dimensions=("office",), labels={"office": {"zh": "承办单位", "en": "Office"}})
        page = sheet(result.to_excel(tmp_path / "a.xlsx"))
        assert page.freeze_panes == "C2"
        assert page.auto_filter.ref == "A1:K2"
        assert page["B1"].value == "承办单位\nOffice"
        assert page["B1"].font.name == "等线"

    def test_columns_are_as_wide_as_their_content(self, tmp_path: Path) -> None:
        result = fake(RATE | {"office": "某某市人民检察院"}, dimensions=("office",))
        page = sheet(result.to_excel(tmp_path / "a.xlsx"))
        assert page.column_dimensions["B"].width == pytest.approx(18, abs=1)

    def test_a_wide_view_has_an_indicator_and_its_denominator(self, tmp_path: Path) -> None:
        page = sheet(fake(RATE).wide().to_excel(tmp_path / "a.xlsx"))
        assert [cell.value for cell in page[2]] == ["合计", 0.22374, 1402233]

    def test_prints_as_wide_as_one_page_its_headings_on_every_page(self, tmp_path: Path) -> None:
        page = sheet(fake(RATE).to_excel(tmp_path / "a.xlsx"))
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$1"

    def test_speaks_english(self, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(fake(RATE).to_excel(tmp_path / "a.xlsx", "en"))
        assert book.sheetnames == ["Result", "Notes"]
        assert book["Result"]["A1"].value == "Indicator\n指标"


class TestNotes:
    def test_tell_the_definition_its_hash_and_the_unknown(self, tmp_path: Path) -> None:
        result = fake(RATE, RATE, definition='schema = 1\nid = "rate"', as_of="2024-09-30", rows='{"arrests":12345}')
        rows = [[cell.value for cell in row] for row in sheet(result.to_excel(tmp_path / "a.xlsx"), "口径").iter_rows()]
        assert ["截至", "2024-09-30", None, None, None] in rows
        assert ["读入行数", "arrests: 12,345", None, None, None] in rows
        assert ["不捕率", "rate", "0" * 64, "2", "14"] in rows
        assert [None, 'id = "rate"', None, None, None] in rows
        assert ["无分母", "no_denominator", None, None, None] in rows

    def test_stand_once_for_several_results(self, tmp_path: Path) -> None:
        path = write_excel({"甲": fake(RATE), "乙": fake(RATE).wide()}, tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["甲", "乙", "口径"]
        headings = [cell.value for cell in book["口径"]["A"] if cell.font.bold]
        assert headings == ["甲", "口径定义", "乙", "口径定义", "状态"]


class TestSheetNames:
    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["a/b:c*d?e[f]g\\h"], ["a_b_c_d_e_f_g_h"]),
            (["", "  ", "'"], ["Sheet", "Sheet (2)", "Sheet (3)"]),
            (["A", "a"], ["A", "a (2)"]),
            (["History"], ["History (2)"]),
            (["'quoted'"], ["quoted"]),
            (["审" * 40, "审" * 40], ["审" * 30 + "…", "审" * 26 + "… (2)"]),
            (["𠮷" * 20], ["𠮷" * 15 + "…"]),
        ],
    )
    def test_are_what_excel_allows(self, names: list[str], expected: list[str]) -> None:
        assert sheet_names(names) == expected

    def test_the_notes_do_not_take_a_name_that_is_taken(self, tmp_path: Path) -> None:
        path = write_excel({"口径": fake(RATE)}, tmp_path / "a.xlsx")
        assert openpyxl.load_workbook(path).sheetnames == ["口径", "口径 (2)"]


class TestLimits:
    def test_too_many_rows_say_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("casemetry.excel.MAX_ROWS", 3)
        with pytest.raises(DataError, match=r"'结果' would have 4 rows.*holds 3: ask for fewer cells.*Parquet"):
            fake(RATE, RATE, RATE).to_excel(tmp_path / "a.xlsx")
        assert not list(tmp_path.iterdir())

    def test_a_text_that_is_too_long_is_cut_and_reported(self, tmp_path: Path) -> None:
        result = fake(RATE | {"office": "长" * 40_000}, dimensions=("office",))
        with pytest.warns(UserWarning, match="1 texts are longer"):
            path = result.to_excel(tmp_path / "a.xlsx")
        assert sheet(path)["B2"].value == "长" * 32_766 + "…"
        assert "超过单元格长度而截断的文本" in [cell.value for cell in sheet(path, "口径")["A"]]


class TestFile:
    def test_the_same_result_gives_the_same_bytes(self, tmp_path: Path) -> None:
        first, second = (fake(RATE).to_excel(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
        assert first == second

    def test_what_was_there_stays_if_writing_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(b"old")

        def fail(*_: object) -> None:
            raise OSError(errno.ENOSPC, "no space left")

        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(CasemetryError, match="cannot be written: no space left; what was there is untouched"):
            fake(RATE).to_excel(path)
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_failure_on_the_way_leaves_no_scratch_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        monkeypatch.setattr("casemetry.excel.notes", fail)
        with pytest.raises(MemoryError):
            fake(RATE).to_excel(tmp_path / "a.xlsx")
        assert not list(tmp_path.iterdir())

    def test_is_replaced_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        write_whole(path, b"old and longer")
        assert write_whole(path, b"new").read_bytes() == b"new"
        assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CasemetryError, match="there is no folder"):
        write_whole(tmp_path / "none" / "report.xlsx", b"")
