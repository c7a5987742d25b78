# SPDX-License-Identifier: Apache-2.0
"""One HTML page of figures that opens anywhere: no script, no other file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casemetry._presentation.display import safe_html
from casemetry._presentation.html import STYLE, cells_table, table
from casemetry._presentation.page_style import PAGE_STYLE
from casemetry._presentation.wide import Wide
from casemetry._presentation.words import check_language, word
from casemetry.result import Result

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

Content = Result | Wide | Sequence[Sequence[str]] | None


class Section(NamedTuple):
    """A part of a page.

    Attributes
    ----------
    heading
        What it is about.
    paragraph
        What to know of it; blank lines part paragraphs.
    content
        A result, a wide view, rows of text of which the first is the heading, or nothing.
    """

    heading: str
    paragraph: str = ""
    content: Content = None


def page(
    sections: Iterable[Section], title: str, *, lang: Language = "zh", lead: str = "", foot: str = "", rows: int = 100
) -> str:
    r"""Write a page.

    Parameters
    ----------
    sections
        In the order in which they are read; a list of them stands at the top.
    title
        Of the page.
    lang
        ``zh`` or ``en``; a wide view is written in its own.
    lead, foot
        A paragraph below the title, and one at the end.
    rows
        How many rows of a result at most; how many more there are is said.

    Returns
    -------
    str
        A whole document. Every text in it is escaped.

    Examples
    --------
    >>> text = page([Section("一", "<b>", [["指标", "值"], ["不捕率", "22.4%"]])], "月报")
    >>> "&lt;b&gt;" in text, "<td class=\"n\">22.4%" in text
    (True, True)
    """
    check_language(lang)
    parts = list(sections)
    body = "\n".join(_section(part, number, lang, rows) for number, part in enumerate(parts, 1))
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if lang == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{safe_html(title)}</title>
<style>
{STYLE}
{PAGE_STYLE}
</style>
</head>
<body class="casemetry">
<header><h1>{safe_html(title)}</h1>{_paragraphs(lead)}{_contents(parts)}</header>
<main>
{body}
</main>
<footer>{_paragraphs(foot)}</footer>
</body>
</html>
"""


def _contents(parts: list[Section]) -> str:
    if len(parts) < 3:
        return ""
    items = "".join(
        f'<li><a href="#s{number}">{safe_html(part.heading)}</a></li>' for number, part in enumerate(parts, 1)
    )
    return f"<nav><ol>{items}</ol></nav>"


def _section(part: Section, number: int, lang: Language, rows: int) -> str:
    heading = f"<h2>{safe_html(part.heading)}</h2>"
    content = _content(part.content, lang, rows)
    return f'<section id="s{number}">\n{heading}{_paragraphs(part.paragraph)}\n{content}\n</section>'


def _content(content: Content, lang: Language, rows: int) -> str:
    if content is None:
        return ""
    if isinstance(content, Wide):
        return _figure(table(content.grid(), content.lang, rows=rows)) + _definition(content.facts.metadata, lang)
    if isinstance(content, Result):
        return _figure(table(content.grid(lang), lang, rows=rows)) + _definition(content.facts.metadata, lang)
    return _figure(cells_table(content))


def _figure(inner: str) -> str:
    return f'<div class="figure">{inner}</div>'


def _definition(metadata: dict[str, str], lang: Language) -> str:
    lines = "\n".join(map(safe_html, metadata["definition"].splitlines()))
    return f"<details><summary>{word('definition', lang)}</summary><pre>{lines}</pre></details>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{safe_html(' '.join(part.split()))}</p>" for part in text.split("\n\n") if part.strip())
