# SPDX-License-Identifier: Apache-2.0
"""Files: encodings, separators, headers, guesses, and every way in which a file can be broken."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import random
import re
from pathlib import Path
from typing import Any

import casemetry as cm
import pyarrow as pa
import pytest
from casemetry import SchemaError
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv
from pyarrow import feather, parquet

CHINESE = "承办单位,审结日期,件数\n东城院,2024年3月1日,3\n西城院,,\n"


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(data: bytes | str, name: str = "cases.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


def as_dict(table: cm.Table) -> dict[str, list[Any]]:
    return {column: table.values(column) for column in table.columns}


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.replace("\n", "\r\n").encode(), "utf-8"),
        (CHINESE.replace("\n", "\r").encode(), "utf-8"),
        (("\n\n" + CHINESE).encode(), "utf-8"),
        (gzip.compress(CHINESE.encode()), "utf-8"),
    ],
)
def test_the_encoding_is_found(written: Any, data: bytes, encoding: str) -> None:
    table = cm.read(written(data))
    assert table.encoding == encoding
    assert as_dict(table) == {
        "承办单位": ["东城院", "西城院"],
        "审结日期": [dt.date(2024, 3, 1), None],
        "件数": [3, None],
    }


def test_the_encoding_can_be_said(written: Any) -> None:
    path = written("單位\n臺北\n".encode("big5"))
    assert cm.read(path, encoding="big5").values("單位") == ["臺北"]
    with pytest.raises(SchemaError, match="encoding 'gbk19' is not known"):
        cm.read(path, encoding="gbk19")
    with pytest.raises(SchemaError, match=r"byte 0 \(line 1, 0xb3\) is not utf-8"):
        cm.read(path, encoding="utf-8")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_the_separator_is_found(written: Any, separator: str) -> None:
    table = cm.read(written(f'a{separator}"b,;|x"\n1{separator}"x{separator}y"\n'))
    assert table.separator == separator
    assert as_dict(table) == {"a": [1], "b,;|x": [f"x{separator}y"]}


def test_the_separator_can_be_said(written: Any) -> None:
    assert cm.read(written("a,b;c\n1,2;3\n"), separator=";").columns == ["a,b", "c"]


def test_a_single_column_keeps_its_blank_rows(written: Any) -> None:
    assert cm.read(written("a\n1\n\n3\n")).values("a") == [1, None, 3]


def test_empty_fields_are_missing_quoted_or_not(written: Any) -> None:
    table = cm.read(written('a,b\n"",x\n,"  "\nNA,NULL\n'))
    assert as_dict(table) == {"a": [None, None, "NA"], "b": ["x", None, "NULL"]}


def test_whole_numbers_and_dates_are_guessed_and_nothing_else(written: Any) -> None:
    table = cm.read(
        written('n,code,day,us,thousands,share,either\n1,007,2024-03-01T23:00:00,1/31/2024,"9,662",0.5,3/4/2024\n')
    )
    assert [report.read_as for report in table.report()] == [
        "integer",
        "text",
        "date",
        "date (month/day/year)",
        "text",
        "text",
        "text",
    ]


def test_only_wanted_columns_are_read(written: Any) -> None:
    path = written("office,decision\nA,approved\n")
    assert cm.read(path, columns=["decision"]).columns == ["decision"]
    with pytest.raises(cm.ColumnNotFoundError, match="table 'cases' has no column 'desicion'; did you mean 'decision'"):
        cm.read(path, columns=["desicion"])


def test_a_file_of_a_header_only_is_a_table_without_rows(written: Any) -> None:
    table = cm.read(written("a,b\n"))
    assert (table.rows, table.columns) == (0, ["a", "b"])


def test_quoted_fields_may_hold_line_ends_and_rows_may_be_longer_than_a_block(written: Any) -> None:
    long = "x" * 5_000_000
    assert cm.read(written(f'"a\nb",c\n"1\n2",{long}\n')).values("a\nb") == ["1\n2"]


@pytest.mark.parametrize("name", ["cases.parquet", "cases.arrow", "cases.arrows", "any name"])
def test_parquet_and_arrow_files_are_known_by_their_bytes(tmp_path: Path, name: str) -> None:
    table = pa.table({"office": ["A", "B"], "day": [dt.date(2024, 3, 1), None]})
    path = tmp_path / name
    if name == "cases.arrow":
        feather.write_feather(table, path)
    elif name == "cases.arrows":
        with pa.ipc.new_stream(path, table.schema) as sink:
            sink.write_table(table)
    else:
        parquet.write_table(table, path)
    assert as_dict(cm.read(path)) == {"office": ["A", "B"], "day": [dt.date(2024, 3, 1), None]}
    assert cm.read(path, columns=["day"]).columns == ["day"]
    with pytest.raises(cm.ColumnNotFoundError, match="did you mean 'office'"):
        cm.read(path, columns=["ofice"])


def damaged(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


PACKED = gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (n, random.Random(n).randrange(10**9)) for n in range(5000)))

BROKEN = {
    "empty": (b"", "the file is empty"),
    "only blanks": (b"\n \r\n", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "the file is empty"),
    "a row too long": (b"a,b\n1,2\n1,2,3\n", r"line 3 has 3 fields where the header has 2"),
    "a row too short": (b'a,b\n"x\ny",2\n1\n', r"line 4 has 1 fields where the header has 2"),
    "a row too long after an empty line": (b"\na,b\n\n1,2,3\n", r"line 4 has 3 fields"),
    "an open quote": (b'a,b\n1,2\n"x,3\n4,5\n', r"line 3 opens a quote that is never closed"),
    "a name twice": (b"a,b,a\n1,2,3\n", r"columns 1 and 3 are both called 'a'"),
    "a name twice but for blanks": (b"a, a\n1,2\n", r"columns 1 and 2 are both called 'a'"),
    "no name": (b"a,,c\n1,2,3\n", r"column 2 of 3 has no name"),
    "a separator too much": (b"a,b,\n1,2,\n", r"column 3 of 3 has no name"),
    "a damaged byte": ("单位甲乙丙,b\n东\n".encode()[:-2] + b"\xff,1\n", r"byte \d+ \(line 2, 0x..\) is not utf-8"),
    "no encoding": (b"a\n\xff\xff\n", r"byte 2 \(line 2, 0xff\) is not gb18030"),
    "NUL bytes": ("a,b\n1,2\n".encode("utf-16-le"), "encoding='utf-16-le'"),
    "gzip cut off": (PACKED[: len(PACKED) // 2], r"gzip file ends too early \(it was cut off\)"),
    "gzip damaged": (damaged(PACKED, len(PACKED) - 6), "gzip file is damaged"),
    "a damaged workbook": (b"PK\x03\x04 and more", "the workbook is damaged"),
    "a damaged workbook of the old form": (b"\xd0\xcf\x11\xe0\xa1\xb1", "the workbook cannot be read"),
    "a page": (b"\r\n<HTML><table><tr><td>1</td></tr></table>", "a page of HTML or XML"),
    "a Parquet file cut off": (b"PAR1 and nothing", "the Parquet file cannot be read"),
    "an Arrow file cut off": (b"ARROW1\0\0 and nothing", "the Arrow file cannot be read"),
    "a PDF document": (b"%PDF-1.7", "a PDF document"),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_path_and_what_to_do(written: Any, data: bytes, message: str) -> None:
    path = written(data, "本月.csv")
    with pytest.raises(SchemaError, match=message) as caught:
        cm.read(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_told_with_the_nearest_name(written: Any, tmp_path: Path) -> None:
    written("a\n1\n", "intake.csv")
    with pytest.raises(SchemaError, match=r"intakes\.csv: there is no such file; did you mean 'intake\.csv'"):
        cm.read(tmp_path / "intakes.csv")
    with pytest.raises(SchemaError, match=r"no such file; .*empty or not there"):
        cm.read(tmp_path / "nowhere" / "intake.csv")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="is a directory"):
        cm.read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SchemaError, match="not a regular file"):
        cm.read(tmp_path / "pipe")


def test_the_printed_table_tells_what_was_chosen(written: Any) -> None:
    assert str(cm.read(written("承办单位;件数\n东城院;3\n西城院;\n"))) == (
        "cases: 2 rows, 2 columns (encoding utf-8, separator ';')\n"
        "column    read as  missing  unreadable  for example\n"
        "承办单位  text           0           0\n"
        "件数      integer        1           0"
    )
    assert repr(cm.read(written("a\n1\n"), name="案件")) == "<Table '案件': 1 rows, 1 columns>"


SPELLINGS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%dT04:00:00", "%Y-%m-%d 12:00:00 AM"]


@given(st.lists(st.dates(dt.date(1000, 1, 1)), min_size=1), st.sampled_from(SPELLINGS), st.booleans())
def test_any_day_is_read_back_from_any_spelling(days: list[dt.date], spelling: str, wide: bool) -> None:
    texts = [day.strftime(spelling) for day in days]
    if wide:
        texts = ["".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text) for text in texts]
    assert read_text(texts) == days


@given(st.lists(st.dates(dt.date(1000, 1, 1)), min_size=1), st.booleans())
def test_a_day_beyond_the_twelfth_decides_the_order_of_all(days: list[dt.date], month_first: bool) -> None:
    days = [*days, dt.date(2024, 1, 31)]
    spelling = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    assert read_text([day.strftime(spelling) for day in days]) == days


@given(st.lists(st.integers(-(10**18) + 1, 10**18 - 1), min_size=1))
def test_any_whole_number_of_eighteen_digits_is_read_back(numbers: list[int]) -> None:
    assert read_text([str(number) for number in numbers]) == numbers


def read_text(texts: list[str]) -> list[Any]:
    """Read a column of text as a file's would be."""
    from casemetry import _core

    core = _core.Table.from_stream(pa.table({"x": texts}), guess_types=True)
    return list(core.values("x"))


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(st.lists(st.tuples(texts, texts).filter(any), min_size=1), st.sampled_from([",", ";", "\t", "|"]))
def test_what_arrow_writes_is_read_back_cell_for_cell(tmp_path_factory: Any, rows: list[Any], separator: str) -> None:
    table = pa.table({"n": list(range(len(rows))), "a": [row[0] for row in rows], "b": [row[1] for row in rows]})
    out = io.BytesIO()
    arrow_csv.write_csv(table, out, arrow_csv.WriteOptions(delimiter=separator))
    path = tmp_path_factory.mktemp("files") / "rows.csv"
    path.write_bytes(out.getvalue())
    read = cm.read(path)
    direct = cm.read(table)
    assert read.values("n") == direct.values("n")
    for column in "ab":
        if read.report()[read.columns.index(column)].read_as == "text":
            assert read.values(column) == direct.values(column)


@pytest.mark.parametrize(
    ("file", "rows", "columns"),
    [
        ("cook2019/intake.csv.gz", 36_190, {"received_date": ("date", 0), "felony_review_result": ("text", 15_191)}),
        ("cook2019/dispositions.csv.gz", 20_234, {"disposition_date": ("date (month/day/year)", 0)}),
        ("cn_traffic_2019/2019.csv.gz", 23_028, {"出生年份": ("integer", 2_753)}),
        ("cook_murder/murder_defendants_dispositions_fixed.csv", 2_254, {"ARREST_DATE": ("date", 0)}),
    ],
)
def test_real_files_are_read(real_data: Path, file: str, rows: int, columns: dict[str, tuple[str, int]]) -> None:
    table = cm.read(real_data / file)
    assert table.rows == rows
    reports = {report.name: report for report in table.report()}
    assert {name: (reports[name].read_as, reports[name].missing) for name in columns} == columns
    assert all(report.unreadable == 0 for report in reports.values())


def test_the_same_table_as_text_and_as_parquet_has_the_same_cells(real_data: Path) -> None:
    text = cm.read(real_data / "cn_traffic_2019/2019.csv.gz")
    columnar = cm.read(real_data / "cn_traffic_2019/2019.parquet")
    assert text.columns == columnar.columns
    assert as_dict(text) == as_dict(columnar)
    assert re.match("2019: 23,028 rows", str(text))
