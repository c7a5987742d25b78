# SPDX-License-Identifier: Apache-2.0
"""What a monthly table should count, as SQL over the exported files: an oracle that shares nothing with the library.

Text is cleaned here by SQL of its own: wide letters narrowed, blanks taken off, days read in the two spellings that
cards have. Codes are those of the site. All rows of a file count, repeated ones included.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
NARROW = "".join(map(chr, range(0x21, 0x7F)))
TITLE_ROWS = 2

# Whole cases: the rows of one number, placed by the last day.
VIEWS = """
create view arrest_case as select 统一受案号,
    min(受理日期) as received, max(审结日期) as decided,
    bool_or(审查结论 in ('批准逮捕', '决定逮捕')) as arrested,
    bool_or(审查结论 in ('无社会危险性不捕', '存疑不捕', '不构罪不捕')) as refused,
    bool_or(审查结论 is null or 审查结论 = '待核实') as unclear
from 审查逮捕案卡 group by 统一受案号;
create view prosecution_case as select 统一受案号,
    min(受理日期) as received, max(审结日期) as concluded, min(一次退查日期) as returned,
    bool_or(审结处理情况 = '01提起公诉') as prosecuted
from 审查起诉案卡 group by 统一受案号;
create view judgment_case as select 统一受案号, max(一审判决日期) as judged from 一审判决情况 group by 统一受案号;
"""

# For each indicator of the catalogue: where its rows are, the day that they are counted by, and a condition.
COUNTS: dict[str, tuple[str, str, str]] = {
    "accepted_cases": ("受理案件登记", "受理日期", "true"),
    "concluded_cases": ("受理案件登记", "办结日期", "true"),
    "arrest_review_received": ("审查逮捕案卡", "受理日期", "true"),
    "arrest_review_received_cases": ("arrest_case", "received", "true"),
    "arrested": ("审查逮捕案卡", "审结日期", "审查结论 in ('批准逮捕', '决定逮捕')"),
    "arrested_cases": ("arrest_case", "decided", "arrested"),
    "refused": ("审查逮捕案卡", "审结日期", "审查结论 in ('无社会危险性不捕', '存疑不捕', '不构罪不捕')"),
    "refused_cases": ("arrest_case", "decided", "refused and not arrested and not unclear"),
    "refused_evidence": ("审查逮捕案卡", "审结日期", "审查结论 = '存疑不捕'"),
    "refused_no_crime": ("审查逮捕案卡", "审结日期", "审查结论 = '不构罪不捕'"),
    "refused_no_need": ("审查逮捕案卡", "审结日期", "审查结论 = '无社会危险性不捕'"),
    "prosecution_review_received": ("审查起诉案卡", "受理日期", "true"),
    "prosecution_review_received_cases": ("prosecution_case", "received", "true"),
    "prosecuted": ("审查起诉案卡", "审结日期", "审结处理情况 = '01提起公诉'"),
    "prosecuted_cases": ("prosecution_case", "concluded", "prosecuted"),
    "not_prosecuted_minor": ("审查起诉案卡", "审结日期", "审结处理情况 = '02相对不起诉'"),
    "not_prosecuted_insufficient": ("审查起诉案卡", "审结日期", "审结处理情况 = '03存疑不起诉'"),
    "not_prosecuted_statutory": ("审查起诉案卡", "审结日期", "审结处理情况 = '04法定不起诉'"),
    "conditional": ("审查起诉案卡", "审结日期", "审结处理情况 = '05附条件不起诉'"),
    "returned": ("审查起诉案卡", "一次退查日期", "true"),
    "returned_cases": ("prosecution_case", "returned", "true"),
    "returned_again": ("审查起诉案卡", "二次退查日期", "true"),
    "extended": ("审查起诉案卡", "延期日期", "true"),
    "self_investigated": ("审查起诉案卡", "自行补充侦查日期", "true"),
    "judged": ("一审判决情况", "一审判决日期", "true"),
    "acquitted": ("一审判决情况", "一审判决日期", "裁判结果 = '宣告无罪'"),
    "recommended": ("量刑建议案卡", "提出日期", "true"),
    "filing_supervised": ("立案监督案卡", "监督日期", "监督种类 = '监督立案'"),
    "withdrawal_supervised": ("立案监督案卡", "监督日期", "监督种类 = '监督撤案'"),
    "added_arrests": ("追捕追诉案卡", "到案日期", "追加种类 = '纠正漏捕'"),
    "added_prosecutions": ("追捕追诉案卡", "到案日期", "追加种类 = '纠正漏诉'"),
    "investigation_corrections": ("纠正违法案卡", "制发日期", "监督事项 = '侦查活动'"),
    "custody_corrections": ("纠正违法案卡", "制发日期", "监督事项 = '监管执法'"),
    "criminal_protests_filed": ("刑事抗诉案卡", "抗诉日期", "true"),
    "suits_supported": ("支持起诉案卡", "提出支持起诉意见日期", "true"),
    "admin_disputes_resolved": ("行政争议化解案卡", "化解日期", "true"),
    "pil_leads": ("公益诉讼案卡", "线索受理日期", "true"),
    "pil_filed": ("公益诉讼案卡", "立案日期", "true"),
    "pil_sued": ("公益诉讼案卡", "起诉日期", "true"),
    "petitions_received": ("信访登记表", "信访日期", "true"),
    "relieved": ("司法救助案卡", "救助金发放日期", "true"),
    "governance_recommended": ("社会治理检察建议", "制发日期", "true"),
    "cases_reviewed": ("质量评查结果", "评查日期", "评查结论 is not null"),
}


def counts(folder: Path, periods: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Count each indicator in each of some periods, given by their first and last months."""
    import duckdb

    database = duckdb.connect()
    for file in folder.iterdir():
        _load(database, file)
    database.execute(VIEWS)
    return {
        indicator: {period: _count(database, *source, *months) for period, months in periods.items()}
        for indicator, source in COUNTS.items()
    }


def _count(database: Any, table: str, day: str, where: str, first: str, last: str) -> int:
    months = f"strftime({day}, '%Y-%m') between '{first}' and '{last}'"
    [(count,)] = database.execute(f'select count(*) from "{table}" where {months} and {where}').fetchall()
    return int(count)


def _load(database: Any, file: Path) -> None:
    """Load a file as a table of clean text, and of days where a heading says so."""
    import pyarrow as pa

    heading, rows = _workbook(file) if file.suffix == ".xlsx" else _text(file)
    columns = list(zip(*rows, strict=True)) or [()] * len(heading)
    raw = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(heading, columns, strict=True)})
    database.register("raw", raw)
    clean = ", ".join(f'{_clean(name)} as "{name}"' for name in heading)
    database.execute(f'create table "{file.stem}" as select {clean} from raw')


def _clean(name: str) -> str:
    text = f"nullif(trim(replace(translate(\"{name}\", '{WIDE.replace(chr(39), chr(39) * 2)}', "
    text += f"'{NARROW.replace(chr(39), chr(39) * 2)}'), '　', '')), '')"
    if not name.endswith("日期"):
        return text
    return f"coalesce(try_strptime({text}, '%Y-%m-%d'), try_strptime({text}, '%Y年%m月%d日'))::date"


def _text(file: Path) -> tuple[list[str], list[list[str | None]]]:
    with file.open(encoding="gb18030", newline="") as lines:
        heading, *rows = csv.reader(lines)
    return heading, [[cell or None for cell in row] for row in rows]


def _workbook(file: Path) -> tuple[list[str], list[list[str | None]]]:
    from openpyxl import load_workbook

    heading, *rows = list(load_workbook(file).active.iter_rows(min_row=TITLE_ROWS + 1, values_only=True))
    return [str(name) for name in heading], [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: object) -> str | None:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return None if cell is None else str(cell)
