# SPDX-License-Identifier: Apache-2.0
"""A grid as a piece of HTML that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._presentation.display import safe_html, width
from casemetry._presentation.figures import NOTHING
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import GRAVE, status_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casemetry._presentation.words import Language

STYLE = """
.casemetry{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",
 "Segoe UI",system-ui,sans-serif;font-size:14px;line-height:1.45}
.casemetry table{border-collapse:collapse;font-variant-numeric:tabular-nums;text-align:left;margin:0}
.casemetry th,.casemetry td{padding:.45em .9em;border:0;border-bottom:1px solid rgba(128,128,128,.22);
 vertical-align:top;text-align:left;background:none}
.casemetry.casemetry th:not(.n),.casemetry.casemetry td:not(.n){text-align:left}
.casemetry thead th{font-weight:600;white-space:nowrap;vertical-align:bottom;
 border-bottom:1.5px solid rgba(128,128,128,.65)}
.casemetry tbody th{font-weight:400;max-width:26em;overflow-wrap:anywhere}
.casemetry tbody th.short{white-space:nowrap}
.casemetry tbody tr:hover{background:rgba(128,128,128,.08)}
.casemetry th.n,.casemetry td.n{text-align:right;white-space:nowrap}
.casemetry small{display:block;font-size:.8em;font-weight:400;opacity:.62}
.casemetry .flag{display:inline-block;font-size:.75em;line-height:1.5;padding:0 .5em;margin-left:.4em;
 border-radius:.7em;background:rgba(128,128,128,.16);white-space:nowrap}
.casemetry .flag.grave{background:rgba(190,70,20,.14);color:#a8430f}
.casemetry .below{margin:.6em 0 0;font-size:.85em;opacity:.7}
.casemetry .below+.below{margin:0}
""".strip()
"""The style of a table; inherits the colours of where it stands, dark or light."""


SHORT = 24
"""Columns up to which a label is not broken into lines."""


def fragment(grid: Grid, lang: Language, *, rows: int) -> str:
    """Print the first rows of a grid as a piece of HTML with its style."""
    return f'<div class="casemetry"><style>{STYLE}</style>{table(grid, lang, rows=rows)}</div>'


def table(grid: Grid, lang: Language, *, rows: int) -> str:
    """Print the table and the lines below it; the style is for whoever puts it in a page."""
    head = "".join(_heading(column, lang) for column in grid.columns)
    body = "\n".join(f"<tr>{_cells(grid, row, lang)}</tr>" for row in grid.first(rows))
    lines = (grid.more(rows, lang), *grid.below)
    below = "".join(f'<p class="below">{safe_html(line)}</p>' for line in lines if line)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>{below}"


def cells_table(rows: Sequence[Sequence[str]]) -> str:
    """Print rows of text, the first of them the heading; a column whose texts all begin with a figure stands right."""
    head, *body = rows
    columns = tuple(
        Column(title, is_number=bool(body) and all(_is_figure(row[place]) for row in body))
        for place, title in enumerate(head)
    )
    grid = Grid(columns, len(body), lambda place: tuple(map(Cell, body[place])))
    return table(grid, "zh", rows=len(body))


def _is_figure(text: str) -> bool:
    return text == NOTHING or text.lstrip("+-[")[:1].isdigit()


def _heading(column: Column, lang: Language) -> str:
    other = "en" if lang == "zh" else "zh"
    beside = f'<small lang="{other}">{safe_html(column.beside)}</small>' if column.beside else ""
    note = f"<small>{safe_html(column.note)}</small>" if column.note else ""
    return f'<th scope="col"{_class(column)}>{safe_html(column.title)}{beside}{note}</th>'


def _cells(grid: Grid, row: tuple[Cell, ...], lang: Language) -> str:
    return "".join(_cell(column, cell, lang) for column, cell in zip(grid.columns, row, strict=True))


def _cell(column: Column, cell: Cell, lang: Language) -> str:
    if not column.is_number:
        short = ' class="short"' if width(cell.text) <= SHORT else ""
        return f'<th scope="row"{short}><bdi>{safe_html(cell.text)}</bdi></th>'
    hint = f' title="{safe_html(cell.hint)}"' if cell.hint else ""
    note = f"<small>{safe_html(cell.note)}</small>" if cell.note else ""
    flags = "".join(_flag(flag, lang) + " " for flag in cell.flags)
    return f"<td{_class(column)}{hint}>{flags}{safe_html(cell.text)}{note}</td>"


def _flag(flag: str, lang: Language) -> str:
    grave = " grave" if flag in GRAVE else ""
    return f'<span class="flag{grave}">{safe_html(status_word(flag, lang))}</span>'


def _class(column: Column) -> str:
    return ' class="n"' if column.is_number else ""
