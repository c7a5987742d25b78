# SPDX-License-Identifier: Apache-2.0
"""Workbooks as offices export them: titles, merged cells, hidden sheets, doubtful cells, and files made to do harm."""

from __future__ import annotations

import base64
import datetime as dt
import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import casemetry as cm
import openpyxl
import pytest
from casemetry import SchemaError

Made = Callable[..., Path]

# The rows HEADING and ROW as LibreOffice saves them in the form of Excel 97.
OLD_FORM = (
    "eNrtV11sVFUQnnO73d4tpb0ttNYCy4oChbakDQnUKLZQ0JIIVQriTxPZbm/blW13U2pCE5VF5MVAoumDPpCYmpKYkKDGRB/U2CY+"
    "8KDRxPCg0aSQmGjwYTUKIbG9fjP33PZ2bZNuQRK1czPnnDvnZ+bMmTkz5+uvSidG3q+6QlnwAOXRlBOioI+mgKb3YxEZmjblOI5H"
    "dpbgXwWTuuYzDOD88oF85gX6XEO6XoL/JhygJL5BitAe6kc9QEOUC1TAYvzrLWTO1ALHLRSW+C+eP9/ffI/nAbP9n+969v9C4DJg"
    "EXA5sBhY4oYAKgWWAVcAVwLLxSaI7gJWAu8GVgFXAVdr3mFdM96D9jrgvZq2HvWGpTvnjkHIxCkG8+nj5V/wkcvZX4FFvBcYF7u4"
    "CuygFNtGSzQRi9wp2CUyRBXLMAYj3YGWonOgFtO7Qv1Eyh1ifYBmijRqi37SaBbZz0q5Tspi4vkfyZzvhNJAYfperPw1cQJFBaqF"
    "opSgOHXiHoxjRBVdYv86ISPYO9RO6eFRt9a7bRZv+I86TDZu4MfpeYzop6cwMkL7UMYwK4l2K/rjFA4U0Sh75yN2vz0QTYQDpXSe"
    "PXMI0FHX19dR19U1Ia44Sn84EZ/bj0WYzvyE/vvC6EaOdPrf0Uehu7n0XOOOz2TTN81Dr52HvnkeemhOer4nj5kt53mXHpihDxv4"
    "SZPDtZXOk7o0HZS6LB2QekW6QOqV6XzniLjPaZibxXECPtPaG20/gyUVvnFlAokOnlV0jZ7mEJE5IJyCGQ4FzNl7MvhxKy3LsBN/"
    "BpFNOqkQcswx1YyymcK/Wm7QMWHiJoKKeQNx50/oKqADFni39l7fX3HiRjuaI89889KP9toeOPv1/SkbA+rrG7Y7CGGQLeCGsJhZ"
    "Dpw5r3JdGxzn3PvQmnUfFkHsLmyHb5BS2YKF5epaVl+7uq2q6Vmhp2f0TetZrVSrTqJnPLBZZtRI+bKM9eLkKaG9IuWG6fk/NW30"
    "taun25mmTb72CO61EKQiUb0BbrWqsih4avzIRJNXKzqEHpNelG2TetUs0TstdispOfKbhqXbte5tpUqEprJok5ILeCpz/xT+1PSf"
    "gT9D/ynJE3j9T3FLs5wV9PbnBmjFMvIXeoy1mml1NZoxtUHwuWJepl7mBzLVQg9lrDlyGYMKZR7PYZt8yCijD4NuQCB6UDREtEbL"
    "4TEA9MCaekz/QsrLnwpzyL0UMpW8QjcHs0xXo2Nu18Oc8+yLxwaSx5Ldg5E9x2N2InL/9rqD0U47kbDFtHbFu7sbbyX3U94xLhKm"
    "HBL7mWNdmjj91m8323qtC6+bVLPxg2/5PN7UuaHSGmZLb9V5YofWXa/OFwd1zpjWeeMZbXM/TxKF9Zxkyu5PDR1PMM+w7q/Xa3vw"
    "t/bwaOehF35Q/vbt3j9TjMtfXj63ZZU1/Ab2X3vz4m6O4lm0Dp3nepeZ5dvjo9q7GCK6v1H3N/tyb9bVzlTqCXvgWDzZP1tHrN+t"
    "Wxron4Lb+f6T/Wf5wFxzWCdjIbd9GNwH6CgyLpbjaM7yl0FbhtaTk8O7qrLAs/MW8O1DhtsGGZ5bFP883xtsIXPWAPdO+1kb8kF7"
    "0edXCP65vv/W6reaZKXUjoyzD19Uzn4vrKBbzoQpg8g4k6DMD9Waf34O+mdfuDTNfzc4xEQGWywwN3kaF7H/+4DvLL3/Bf4CunIj"
    "9Q=="
)

HEADING = ["案件编号", "审结日期", "件数"]
ROW = ["0017", dt.date(2024, 3, 1), 3]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*rows: Sequence[Any], merged: Sequence[str] = (), name: str = "案卡.xlsx", then: Any = None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "案卡"
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        if then is not None:
            then(book)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def as_dict(table: cm.Table) -> dict[str, list[Any]]:
    return {column: table.values(column) for column in table.columns}


def notes(table: cm.Table) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {note.kind: (note.number, note.places) for note in table.notes}


def test_a_plain_sheet_keeps_text_numbers_and_dates(made: Made) -> None:
    table = cm.read(made(HEADING, ROW, ["0018", None, None]))
    assert (table.name, table.notes) == ("案卡", ())
    assert as_dict(table) == {
        "案件编号": ["0017", "0018"],
        "审结日期": [dt.date(2024, 3, 1), None],
        "件数": [3, None],
    }
    assert cm.read(made(HEADING, ROW), columns=["件数"], name="a").columns == ["件数"]
    with pytest.raises(cm.ColumnNotFoundError, match="did you mean '件数'"):
        cm.read(made(HEADING, ROW), columns=["件 数"])


def test_titles_above_the_heading_are_found_and_told(made: Made) -> None:
    path = made(["2024年1—9月审查逮捕案卡"], ["制表单位：甲院"], [], HEADING, ROW, merged=["A1:C1"])
    table = cm.read(path)
    assert table.columns == HEADING
    assert notes(table) == {"title_rows": (2, ("1", "2"))}
    assert "标题上方的行，未读：2 行 (1, 2)" in table.text()
    assert "2 rows above the heading, not read (1, 2)" in str(table)


def test_a_title_of_few_cells_above_a_full_heading_is_one(made: Made) -> None:
    assert cm.read(made(["甲院", "", "", "2024-09"], [*HEADING, "备注"], [*ROW, "x"])).columns == [*HEADING, "备注"]


def test_two_rows_of_heading_are_joined(made: Made) -> None:
    path = made(
        ["统计表"],
        ["承办单位", "逮捕", None, "起诉", None],
        [None, "件", "人", "件", "人"],
        ["甲院", 1, 2, 3, 4],
        merged=["A1:E1", "A2:A3", "B2:C2", "D2:E2"],
    )
    table = cm.read(path)
    assert table.columns == ["承办单位", "逮捕/件", "逮捕/人", "起诉/件", "起诉/人"]
    assert table.values("起诉/人") == [4]
    assert notes(table) == {"title_rows": (1, ("1",)), "joined_heading": (2, ("2", "3")), "merged_heading": (3, ())}
    assert as_dict(cm.read(path, header=[2, 3])) == as_dict(table)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["案件编号", None, "件数"], ROW], r"row 1 should be the heading, but has no name for column B; .*header=2"),
        ([["件", "人", "件"], ["a", "b", "c"]], "but has one name twice"),
        ([["甲院", 3, 5], ["乙院", 4, 6]], "but holds 3, which is no name"),
        ([["逮捕", None, "起诉"], ["件", "人", "件"], [1, 2, 3]], r"header=\[1, 2\]"),
    ],
)
def test_a_heading_that_leaves_doubt_is_asked_for(made: Made, rows: list[list[Any]], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        cm.read(made(*rows))


def test_the_row_of_the_heading_can_be_said(made: Made) -> None:
    path = made(["单位", 2023, 2024], ["甲院", 3, 5])
    assert as_dict(cm.read(path, header=1)) == {"单位": ["甲院"], "2023": [3], "2024": [5]}
    with pytest.raises(SchemaError, match=r"header=\[9\] is not one or two of its 2 rows"):
        cm.read(path, header=9)
    with pytest.raises(SchemaError, match="column B has no name in row 1"):
        cm.read(made(["a", None, "c"], [1, 2, 3]), header=1)
    with pytest.raises(SchemaError, match="columns A and C are both called 'a'"):
        cm.read(made(["a", "b", "a"], [1, 2, 3]), header=1)


def test_blank_rows_ghost_rows_blank_columns_and_totals_are_left_out_and_told(made: Made) -> None:
    def ghosts(book: Any) -> None:
        book.active["A5000"].font = openpyxl.styles.Font(bold=True)

    path = made(HEADING, ROW, [], ROW, ["合　计", None, 6], then=ghosts)
    table = cm.read(path)
    assert table.values("件数") == [3, 3]
    assert notes(table) == {"blank_rows": (1, ("3",)), "total_rows": (1, ("5",))}


def test_a_text_merged_over_rows_of_its_column_is_filled_and_told(made: Made) -> None:
    rows = [["甲院", 1], [None, 2], [None, 3], ["乙院", 4], ["0017", 5], [None, 6]]
    path = made(["统计表"], ["承办单位", "件数"], *rows, merged=["A1:B1", "A3:A5", "A7:A8"])
    table = cm.read(path)
    assert table.values("承办单位") == ["甲院", "甲院", "甲院", "乙院", "0017", "0017"]
    assert notes(table)["merged_filled"] == (3, ("A3", "A7"))
    assert "合并单元格已按其范围填充（同一列上下合并的文本）：3 格 (A3, A7)" in table.text()


def test_numbers_and_what_is_merged_over_columns_are_not_filled_and_told(made: Made) -> None:
    rows = [["甲院", 4, "无"], ["乙院", None, None], ["丙院", "4", "略"], ["丁院", None, "x"]]
    path = made(["承办单位", "件数", "备注"], *rows, ["不详", None, "y"], merged=["B2:B3", "B4:B5", "A6:B6"])
    table = cm.read(path)
    assert table.values("件数") == [4, None, 4, None, None]
    assert notes(table)["merged_cells"] == (3, ("B2", "B4", "A6"))
    assert "merged_filled" not in notes(table)


def test_merged_cells_are_not_filled_beyond_the_rows_that_are_read(made: Made) -> None:
    rows = [["甲院", 1], [None, None], [None, 2], ["合计", 3], [None, None]]
    table = cm.read(made(["承办单位", "件数"], *rows, merged=["A2:A4", "A5:A6"]))
    assert as_dict(table) == {"承办单位": ["甲院", "甲院"], "件数": [1, 2]}
    assert notes(table)["merged_filled"] == (1, ("A2",))


def test_hidden_sheets_are_not_read_and_several_sheets_are_asked_for(made: Made) -> None:
    def hidden(book: Any) -> None:
        book.create_sheet("底稿").append(["x"])
        book["底稿"].sheet_state = "hidden"
        book.create_sheet("空表")

    path = made(HEADING, ROW, then=hidden)
    assert notes(cm.read(path)) == {"hidden_sheets": (1, ("底稿",))}
    assert cm.read(path, sheet="底稿").columns == ["x"]
    with pytest.raises(SchemaError, match="has no sheet '底搞'; did you mean '底稿'"):
        cm.read(path, sheet="底搞")

    def second(book: Any) -> None:
        book.create_sheet("判决").append(["判决日期"])

    path = made(HEADING, ROW, then=second)
    with pytest.raises(SchemaError, match=r"2 sheets with cells \('案卡', '判决'\); say which: sheet='案卡'"):
        cm.read(path)
    assert cm.read(path, sheet="判决").columns == ["判决日期"]
    with pytest.raises(SchemaError, match="no sheet that is shown holds cells"):
        cm.read(made())


def test_each_sheet_of_a_workbook_is_a_table_of_a_site(made: Made) -> None:
    def second(book: Any) -> None:
        book.create_sheet("Arrests").append(["decision"])
        book["Arrests"].append(["refused"])

    refused = cm.tally("不捕", "decision == 'refused'", unit="arrests")
    binding = cm.bind(made(HEADING, ROW, then=second), [refused])
    assert binding.tables["arrests"].values("decision") == ["refused"]


def test_errors_and_formulas_without_a_result_are_missing_and_told(made: Made) -> None:
    def faults(book: Any) -> None:
        book.active["C3"].value = "#REF!"
        book.active["C3"].data_type = "e"
        book.active["B2"].data_type = "s"  # pasted as a value

    table = cm.read(made(HEADING, ["a", "#N/A", "=1+1"], ["b", None, None], ["c", None, 4], then=faults))
    assert table.values("件数") == [None, None, 4]
    assert notes(table) == {"errors": (2, ("C3", "审结日期")), "no_cached_value": (1, ("C2",))}


def test_dates_as_text_among_true_dates_are_both_read_and_told(made: Made) -> None:
    days = [dt.date(2024, 3, 1), "2024年3月2日", "2024-03-03", dt.datetime(2024, 3, 4, 10, 30)]
    table = cm.read(made(["日期"], *([day] for day in days)))
    assert table.values("日期") == [dt.date(2024, 3, day) for day in (1, 2, 3, 4)]
    assert notes(table) == {"text_dates": (2, ("日期",))}


def test_texts_that_are_no_dates_are_told_from_those_that_are(made: Made) -> None:
    days = [dt.date(2024, 3, 1), "2024.2.30", "2024.2.28", "不详"]
    table = cm.read(made(["日期"], *([day] for day in days)))
    assert notes(table) == {"text_dates": (1, ("日期",)), "unreadable_dates": (2, ("日期",))}
    assert "真日期之间读不成日期的文本（如 2024.2.30、不详），按缺失：2 格 (日期)" in table.text()


def test_numbers_as_text_are_read_and_codes_stay_text(made: Made) -> None:
    table = cm.read(made(["件数", "代"], [3, "01"], ["4", 2]))
    assert as_dict(table) == {"件数": [3, 4], "代": ["01", "2"]}
    assert notes(table) == {"text_numbers": (2, ("件数", "代"))}
    assert notes(cm.read(made(["x"], ["甲"], [2]))) == {"numbers_as_text": (1, ("x",))}


def test_ids_that_a_sheet_has_spoilt_are_told(made: Made) -> None:
    table = cm.read(made(["案件编号", "文号", "身份"], [17, "1.29E+11", 110101199003070000], [18, "x", 3]))
    assert table.values("案件编号") == [17, 18]
    assert notes(table) == {
        "ids_as_numbers": (2, ("案件编号",)),
        "scientific_text": (1, ("文号",)),
        "long_numbers": (1, ("身份",)),
    }


def test_both_calendars_of_excel_give_the_same_day(made: Made) -> None:
    def since_1904(book: Any) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert cm.read(made(HEADING, ROW, then=since_1904)).values("审结日期") == [dt.date(2024, 3, 1)]


def test_day_sixty_of_1900_is_told(made: Made) -> None:
    def sixty(book: Any) -> None:
        book.active["B2"].value = 60
        book.active["B2"].number_format = "yyyy-mm-dd"

    assert notes(cm.read(made(HEADING, ROW, then=sixty))) == {"early_dates": (1, ("审结日期",))}


def test_a_file_is_known_by_its_bytes_whatever_its_name(made: Made, tmp_path: Path) -> None:
    assert cm.read(made(HEADING, ROW, name="案卡.xlsx").rename(tmp_path / "案卡.csv")).rows == 1
    (tmp_path / "b.xlsx").write_text("a,b\n1,2\n")
    assert cm.read(tmp_path / "b.xlsx").columns == ["a", "b"]
    (tmp_path / "c.xls").write_text("<html><table><tr><td>a</td></tr></table></html>")
    with pytest.raises(SchemaError, match="is a page of HTML or XML"):
        cm.read(tmp_path / "c.xls")
    with pytest.raises(SchemaError, match="is no workbook: sheet and header are of one"):
        cm.read(tmp_path / "b.xlsx", header=1)
    with pytest.raises(SchemaError, match="what was given is no file"):
        cm.read({"a": [1]}, sheet="x")


def repacked(path: Path, change: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
        change(container)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(made: Made) -> None:
    path = repacked(made(HEADING, ROW), lambda zipped: zipped.writestr("xl/bomb.xml", b"\0" * (70 << 20)))
    with pytest.raises(SchemaError, match=r"xl/bomb.xml unpacks from .* to 73,400,320, .*zip bomb"):
        cm.read(path)


def test_a_part_that_lies_about_its_size_is_refused(made: Made) -> None:
    path = made(HEADING, ROW)
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 7)
    path.write_bytes(data)
    with pytest.raises(SchemaError, match="the workbook is damaged"):
        cm.read(path)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\..\\..\\evil.xml"])
def test_a_part_whose_name_leads_out_is_refused(made: Made, name: str) -> None:
    path = repacked(made(HEADING, ROW), lambda zipped: zipped.writestr(name, b"x"))
    with pytest.raises(SchemaError, match="leads out of the workbook"):
        cm.read(path)


def test_entities_are_refused(made: Made) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = repacked(made(HEADING, ROW), lambda zipped: zipped.writestr("xl/laughs.xml", laughs))
    with pytest.raises(SchemaError, match="declares entities"):
        cm.read(path)


def test_macros_and_links_are_told_and_not_followed(made: Made) -> None:
    def more(zipped: zipfile.ZipFile) -> None:
        zipped.writestr("xl/vbaProject.bin", b"macro")
        zipped.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")

    table = cm.read(repacked(made(HEADING, ROW), more))
    assert notes(table) == {"macros": (1, ()), "external_links": (1, ())}


def test_a_password_is_told(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(SchemaError, match="is protected by a password"):
        cm.read(path)
    path = made(HEADING, ROW)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(SchemaError, match="is protected by a password"):
        cm.read(path)


@pytest.mark.parametrize("keep", [10, 200, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused(made: Made, keep: float) -> None:
    path = made(HEADING, ROW)
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep > 1 else keep * len(data))])
    with pytest.raises(SchemaError, match="the workbook is damaged"):
        cm.read(path)


def test_another_zip_file_is_told_from_a_workbook(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr("word/document.xml", "<a/>")
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    with pytest.raises(SchemaError, match="is a zip file, whatever its name says, and no workbook"):
        cm.read(tmp_path / "a.xlsx")


def test_a_workbook_of_the_old_form_is_read(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "案卡.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(OLD_FORM)))
    assert as_dict(cm.read(path)) == as_dict(cm.read(made(HEADING, ROW)))


def test_an_open_document_is_read(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="案卡"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>单位</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>件数</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>甲院</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="3"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "案卡.ods"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        zipped.writestr("META-INF/manifest.xml", "<manifest/>")
        zipped.writestr("content.xml", content)
    assert as_dict(cm.read(path)) == {"单位": ["甲院"], "件数": [3]}


def test_the_reader_is_imported_when_a_workbook_is_read() -> None:
    import subprocess

    check = "import sys, casemetry; assert 'python_calamine' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
