# SPDX-License-Identifier: Apache-2.0
"""A page of figures opens anywhere, by itself."""

from __future__ import annotations

import re

from casemetry._presentation.page import Section, page
from fake_result import fake

RATE = {"value": 0.22374, "low": 0.223, "high": 0.2244, "numerator": 313_743, "denominator": 1_402_233}


def test_needs_nothing_from_elsewhere() -> None:
    text = page([Section("一", "二", fake(RATE)), Section("三", "", fake(RATE).wide())], "月报")
    assert not re.search(r"""(src|href)=["']?https?:|@import|url\(|<script""", text)


def test_is_one_document_in_its_language() -> None:
    assert page([], "月报").startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert '<html lang="en">' in page([], "Report", lang="en")
    assert '<meta charset="utf-8">' in page([], "月报")


def test_says_below_a_result_what_was_asked() -> None:
    assert "<summary>口径定义</summary><pre>schema = 1</pre>" in page([Section("一", "", fake(RATE))], "月报")


def test_blank_lines_part_paragraphs() -> None:
    assert "<p>one two</p><p>three</p>" in page([Section("一", "one\ntwo\n\nthree")], "月报")


def test_from_three_sections_on_there_is_a_list_of_them() -> None:
    sections = [Section(heading) for heading in "一二三"]
    assert "<nav>" not in page(sections[:2], "月报")
    assert '<li><a href="#s3">三</a></li>' in page(sections, "月报")


def test_rows_of_text_become_a_table_with_figures_at_the_right() -> None:
    text = page([Section("一", "", [["指标", "公布"], ["不捕率", "22.4%"], ["捕后不诉率", "—"]])], "月报")
    assert '<td class="n">22.4%</td>' in text
    assert "<bdi>不捕率</bdi>" in text


def test_a_long_result_says_how_many_rows_more_there_are() -> None:
    assert "… 还有 20 行，共 30 行" in page([Section("一", "", fake(*[RATE] * 30))], "月报", rows=10)
