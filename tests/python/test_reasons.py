# SPDX-License-Identifier: Apache-2.0
"""What is not available is told below a table in few lines: by what is missing, with some of the names."""

from __future__ import annotations

import json
import re

import casemetry as cm
import pytest
from casemetry._presentation.notes import notes
from casemetry.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    reviews = {"office": ["甲院"], "decision": ["refused"], "decided_on": ["2024-01-05"]}
    return cm.Cube({"arrest_review": reviews}, "spp").table()


def below(result: Result, lang: str) -> list[str]:
    start = "不可用" if lang == "zh" else "not available"
    return [line for line in result.text(lang).splitlines() if line.startswith(start)]  # type: ignore[arg-type]


def test_a_line_tells_what_is_missing_and_some_that_lack_it(result: Result) -> None:
    lines = below(result, "zh")
    assert len(lines) == 7
    told = r"不可用（缺表：受理案件）：受理案件（件）、受理刑事案件（件）、受理民事案件（件）等 \d+ 项"
    assert re.fullmatch(told, lines[0])
    assert lines[-1].endswith("见 cube.not_available")


def test_it_is_told_in_english(result: Result) -> None:
    told = r"not available \(no table Accepted cases\): Accepted \(cases\), .* and \d+ more"
    assert re.fullmatch(told, below(result, "en")[0])


def test_no_line_tells_of_the_core(result: Result) -> None:
    assert not any("needs table" in line for line in result.text().splitlines())


def test_the_sheet_of_notes_has_all_of_them(result: Result) -> None:
    lines = list(notes({"表": result.facts}, "zh"))
    first = lines.index(("不可用",)) + 1
    some = lines[first : first + len(json.loads(result.metadata["not_available"]))]
    told = {line[0]: line[1] for line in some}
    assert told["受理案件（件）"] == "缺表：受理案件"
    assert told["受理审查逮捕（件）"] == "缺列：审查逮捕·案件编号"


def test_a_missing_column_and_a_missing_dimension_have_words() -> None:
    cards = {"decided_on": ["2024-01-05"], "office": ["甲院"]}
    filed = {"id": "filed", "unit": "cards", "date": "decided_on"}
    columns = {"decided_on": {"type": "date", "label": "决定日期"}, "kind": {"type": "category", "label": "类别"}}
    catalogue = cm.Catalogue.from_dict(
        {
            "schema": 1,
            "table": {"cards": {"label": "案卡", "columns": {**columns, "office": {"type": "category"}}}},
            "dimension": {"office": {"label": "单位"}},
            "aggregate": [filed, {**filed, "id": "odd", "where": "kind == 'x'"}],
            "indicator": [
                {"id": "a", "label": "立案", "kind": "count", "of": "filed"},
                {"id": "b", "label": "特殊", "kind": "count", "of": "odd"},
            ],
        }
    )
    result = cm.Cube({"cards": cards}, catalogue, by="office").table()
    assert below(result, "zh") == ["不可用（缺列：案卡·类别）：特殊"]
