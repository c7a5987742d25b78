# SPDX-License-Identifier: Apache-2.0
"""A monthly table as a piece of HTML: headings merged as an office prints them, offices to fold out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casemetry._presentation.display import safe_html
from casemetry._presentation.html import STYLE, table
from casemetry._presentation.monthly import figure_texts, headings
from casemetry._presentation.words import word

if TYPE_CHECKING:
    from casemetry._monthly_rows import Row, Section
    from casemetry._presentation.grid import Grid
    from casemetry._presentation.monthly import Table
    from casemetry._presentation.words import Label, Language

MONTHLY_STYLE = """
.casemetry .monthly caption{caption-side:top;text-align:left;font-weight:600;font-size:1.1em;padding:.2em 0 .6em}
.casemetry .monthly caption small{display:inline;margin-left:1em;font-weight:400}
.casemetry .monthly th,.casemetry .monthly td{padding:.3em .7em}
.casemetry .monthly thead th.group{text-align:center;border-bottom:1px solid rgba(128,128,128,.3)}
.casemetry .monthly tbody th.section{font-weight:600;background:rgba(128,128,128,.1)}
.casemetry .monthly .first{border-left:1px solid rgba(128,128,128,.35)}
.casemetry .monthly .prior,.casemetry .monthly .unit,.casemetry .monthly .remark{opacity:.68}
.casemetry .monthly .remark{max-width:24em;font-size:.85em;text-align:left;overflow-wrap:anywhere}
.casemetry .alert{font-weight:600;color:#B00020}
.casemetry details{margin:.6em 0}
.casemetry summary{cursor:pointer}
""".strip()


def monthly_fragment(
    tables: Sequence[Table],
    ratios: Sequence[tuple[Label, Grid]],
    alerts: Sequence[str],
    as_of: str,
    lang: Language,
) -> str:
    """Print alerts, the table of all offices and the day of the data; ratios and the tables of offices fold out."""
    first, *others = tables
    folded = [_folded(title.text(lang), table(grid, lang, rows=grid.length)) for title, grid in ratios]
    folded += [_folded(each.office.text(lang), _table(each, lang)) for each in others]
    above = "".join(f'<p class="alert">{safe_html(line)}</p>' for line in alerts)
    below = f'<p class="below">{safe_html(as_of)}</p>'
    body = above + _table(first, lang) + below + "".join(folded)
    return f'<div class="casemetry"><style>{STYLE}\n{MONTHLY_STYLE}</style>{body}</div>'


def _folded(title: str, inner: str) -> str:
    return f"<details><summary><bdi>{safe_html(title)}</bdi></summary>{inner}</details>"


def _table(filled: Table, lang: Language) -> str:
    whose = f"<small><bdi>{safe_html(filled.office.text(lang))}</bdi></small>"
    caption = f"<caption>{safe_html(filled.title.text(lang))}{whose}</caption>"
    body = "\n".join(_section(filled, section, lang) for section in filled.sections)
    return f'<table class="monthly">{caption}<thead>{_head(filled, lang)}</thead>\n{body}\n</table>'


def _head(filled: Table, lang: Language) -> str:
    left = "".join(f'<th scope="col" rowspan="2">{word(key, lang)}</th>' for key in ("item", "unit"))
    groups = "".join(
        f'<th scope="colgroup" colspan="3" class="group first">{safe_html(period.text(lang))}</th>'
        for period in filled.periods
    )
    right = f'<th scope="col" rowspan="2">{word("remarks", lang)}</th>'
    each = "".join(
        f'<th scope="col" class="{_classes(place)}">{heading}</th>' for place, heading in enumerate(headings(lang))
    )
    return f"<tr>{left}{groups}{right}</tr>\n<tr>{each * len(filled.periods)}</tr>"


def _section(filled: Table, section: Section, lang: Language) -> str:
    columns = 3 + 3 * len(filled.periods)
    heading, lines = filled.read(section, lang)
    title = safe_html(heading)
    rows = "\n".join(f"<tr>{''.join(_cells(row, remark, lang))}</tr>" for row, remark in lines)
    return f'<tbody><tr><th class="section" scope="rowgroup" colspan="{columns}">{title}</th></tr>\n{rows}</tbody>'


def _cells(row: Row, remark: str, lang: Language) -> Iterator[str]:
    if row.place == 0:
        indent = f' style="padding-left:{0.7 + 1.4 * row.level:.1f}em"' if row.level else ""
        label = safe_html(row.label.text(lang))
        yield f'<th scope="row" rowspan="{row.rows}"{indent}><bdi>{label}</bdi></th>'
    yield f'<td class="unit">{safe_html(row.unit.text(lang))}</td>'
    for figure in row.figures:
        for place, text in enumerate(figure_texts(figure, row, lang)):
            yield f'<td class="{_classes(place)}">{safe_html(text)}</td>'
    yield f'<td class="remark">{safe_html(remark)}</td>'


def _classes(place: int) -> str:
    return ("n first", "n prior", "n")[place]
