# SPDX-License-Identifier: Apache-2.0
"""Whatever a label holds, it is harmless in text, HTML and Excel, and still told apart from others."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from casemetry._presentation.display import clip, pad, safe_html, safe_text, width
from casemetry._presentation.page import Section, page
from casemetry.excel import sheet_names
from casemetry.result import Result
from fake_result import Indicator, fake
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "\"><b onmouseover='x'>",
    "&lt;already&gt;",
    "</style></title></pre><!--",
    "abc\u202egnp.exe",
    "\u2066left\u2069",
    "zero\u200bwidth\ufeff",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\x9b31m",
    "nul\x00",
    "first\nsecond\rthird\ttab",
    "line\u2028paragraph\u2029",
    "lone \ud800 surrogate",
    "non\uffffcharacter",
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "https://example.org",
    "{=1}",
    "_x0041_",
    "1234",
    "",
    "长" * 200,
]

OUR_TAGS = {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "small", "span", "p", "bdi"}

anything = st.text(st.characters(codec=None), max_size=60)


def labelled(label: str) -> Result:
    """Return a result that has a label wherever one can be."""
    return fake(
        {"value": 0.5, "numerator": 1, "denominator": 2, "office": label, "flags": label.replace(",", "")},
        indicators=(Indicator("rate", label_zh=label, label_en=label + "en"),),
        dimensions=("office",),
        labels={"office": {"zh": label, "en": label + "en"}},
        as_of=label,
        definition=label,
    )


def shapeless(text: str) -> set[str]:
    """Return the characters that control instead of show."""
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}


class Tags(HTMLParser):
    """The tags and the text of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


class TestText:
    @pytest.mark.parametrize("label", HOSTILE)
    def test_has_no_character_without_shape(self, label: str) -> None:
        result = labelled(label)
        for text in (str(result), result.text("en"), str(result.wide()), repr(result.definition)):
            assert shapeless(text) <= {"\n"}
            text.encode()

    def test_a_label_stays_on_its_line(self) -> None:
        assert len(str(labelled("a\nb")).splitlines()) == len(str(labelled("ab")).splitlines())

    def test_a_code_stands_for_what_cannot_be_shown(self) -> None:
        assert safe_text("a\x1b[1m\u202e\u2028\ud800") == r"a\x1b[1m\u202e\u2028\ud800"

    def test_what_can_be_shown_is_shown(self) -> None:
        for text in ("审查逮捕（一）", "é", "Ωμέγα", "👍", "全　角", "\ue000"):
            assert safe_text(text) == text

    @given(anything)
    def test_is_printable_whatever_it_holds(self, text: str) -> None:
        safe = safe_text(text)
        assert not shapeless(safe)
        safe.encode()
        assert safe_text(safe) == safe

    @given(anything, st.integers(1, 30))
    def test_fits_the_width_it_is_given(self, text: str, limit: int) -> None:
        short = clip(safe_text(text), limit)
        assert width(short) <= limit
        assert width(pad(short, limit)) == width(pad(short, limit, right=True)) == limit


class TestHtml:
    @pytest.mark.parametrize("label", HOSTILE)
    def test_has_only_our_own_tags(self, label: str) -> None:
        result = labelled(label)
        for html in (result.html(), result.html("en"), result.wide().html()):
            document = Tags(html)
            assert document.tags <= OUR_TAGS
            assert document.attributes <= {"class", "scope", "lang", "title"}

    @pytest.mark.parametrize("label", HOSTILE)
    def test_a_page_has_only_our_own_tags(self, label: str) -> None:
        result = labelled(label)
        sections = [Section(label, label, content) for content in (result, result.wide(), [[label], [label]], None)]
        document = Tags(page(sections, label, lead=label, foot=label))
        assert not document.tags & {"script", "img", "b"}
        assert not document.attributes & {"onerror", "onmouseover", "src"}

    @given(anything)
    def test_reads_back_as_the_safe_text(self, text: str) -> None:
        element = ET.fromstring(f'<p title="{safe_html(text)}">{safe_html(text)}</p>')
        assert (element.text or "") == element.attrib["title"] == safe_text(text)


class TestExcel:
    @pytest.mark.parametrize("label", [label for label in HOSTILE if label])
    def test_a_label_is_a_text_and_never_a_formula_or_a_link(self, label: str, tmp_path: Path) -> None:
        page = openpyxl.load_workbook(labelled(label).to_excel(tmp_path / "a.xlsx"))["结果"]
        cell = page["B2"]
        assert cell.data_type in ("s", "inlineStr")
        assert unescape(cell.value) == safe_text(label)  # _xHHHH_ is how the format writes controls
        assert cell.hyperlink is None

    @given(st.lists(anything, max_size=5))
    def test_names_of_sheets_are_allowed_and_differ(self, names: list[str]) -> None:
        made = sheet_names(names)
        assert len({name.casefold() for name in made}) == len(names)
        for name in made:
            assert 0 < len(name.encode("utf-16-le")) <= 62
            assert not set(name) & set("[]:*?/\\")
            assert name.strip("'") == name
            assert not shapeless(name)
