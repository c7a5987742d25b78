# SPDX-License-Identifier: Apache-2.0
"""A monthly table as it is read: headings, figures as text, and what to know of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casemetry._presentation.figures import NOTHING, number_text
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import Label, status_word, word

if TYPE_CHECKING:
    from casemetry._monthly_rows import Figure, Row, Section
    from casemetry._presentation.words import Language

INDENT = "\u3000"
_UNSAID = frozenset({"not_available", "no_interval", "protected"})
"""Flags that need no word: the reason or the word stands in the place of the figure; no interval is shown."""


@dataclass(frozen=True)
class Period:
    """A period of the table: its heading, and the flags that all of its figures have."""

    label: Label
    flags: frozenset[str]

    def text(self, lang: Language) -> str:
        """Give the heading, with what is true of all figures below it."""
        words = (status_word(flag, lang) for flag in sorted(self.flags))
        marks = ("、" if lang == "zh" else ", ").join(words)
        around = "（{}）" if lang == "zh" else " ({})"
        return self.label.text(lang) + (around.format(marks) if marks else "")


@dataclass(frozen=True)
class Table:
    """One table of a report: that of all offices together, or of one.

    Attributes
    ----------
    name, months : Label
        What it is, and of which months.
    office : Label
        Whose it is.
    periods : tuple of Period
        The groups of its columns.
    sections : tuple of Section
        Its rows.
    """

    name: Label
    months: Label
    office: Label
    periods: tuple[Period, ...]
    sections: tuple[Section, ...]

    @property
    def title(self) -> Label:
        """What stands above it: 检察业务月报（2024年1–9月）."""
        return self.named(self.name)

    def named(self, name: Label) -> Label:
        """Put the months behind a name."""
        return Label(f"{name.zh}（{self.months.zh}）", f"{name.en}, {self.months.en}")

    def read(self, section: Section, lang: Language) -> tuple[str, list[tuple[Row, str]]]:
        """Give the heading of a section and its rows, each with its remark; one that all share is in the heading."""
        remarks = [self.remarks(row, lang) for row in section.rows]
        title = section.title.text(lang)
        if len(remarks) < 2 or len(set(remarks)) > 1 or not remarks[0]:
            return title, list(zip(section.rows, remarks, strict=True))
        heading = f"{title}（{remarks[0]}）" if lang == "zh" else f"{title} ({remarks[0]})"
        return heading, [(row, "") for row in section.rows]

    def remarks(self, row: Row, lang: Language) -> str:
        """Tell what to know of a row: why it has no figure; small bases, unknown outcomes, changed definitions."""
        if any(row.reason):
            return row.reason.text(lang)
        told = [
            _told(figure, period, lang) if figure else ""
            for figure, period in zip(row.figures, self.periods, strict=True)
        ]
        if len(set(told)) == 1:
            return told[0]
        named = zip(self.periods, told, strict=True)
        parts = (f"{period.label.text(lang)} {text}" for period, text in named if text)
        return ("；" if lang == "zh" else "; ").join(parts)


def figure_texts(figure: Figure | None, row: Row, lang: Language) -> tuple[str, str, str]:
    """Print a figure: its value, that of the same period of the year before, and the change."""
    return _value_text(figure, row, lang), _year_ago_text(figure, row, lang), _change_text(figure, lang)


def _value_text(figure: Figure | None, row: Row, lang: Language) -> str:
    """Print the value of a figure; where there is none, whether it is not available or has no denominator."""
    if any(row.reason):
        return word("not_available", lang)
    if figure is None:
        return "0" if row.is_counted else NOTHING
    if figure.value is None and figure.is_protected:
        return status_word("protected", lang)
    measure = figure.facts.measure(figure.index)
    return measure.value(figure.value, figure.numerator, figure.denominator, lang)


def _year_ago_text(figure: Figure | None, row: Row, lang: Language) -> str:
    """Print the value of the same period of the year before."""
    if figure is None:
        return "0" if row.is_counted else NOTHING
    if figure.year_ago is None and figure.is_protected:
        return status_word("protected", lang)
    return figure.facts.measure(figure.index).value(figure.year_ago, None, None, lang)


def _change_text(figure: Figure | None, lang: Language) -> str:
    """Print the change: per cent, 百分点, 净增 where there was nothing."""
    if figure is None:
        return NOTHING
    return figure.facts.measure(figure.index).change(figure.change, figure.value, figure.year_ago, lang)


def headings(lang: Language) -> tuple[str, str, str]:
    """Give what stands above the three figures of a period: 本期, 上年同期, 同比."""
    return word("this_period", lang), word("year_ago", lang), word("on_year", lang)


def grid(table: Table, lang: Language) -> Grid:
    """Lay a table out for a terminal: a row a figure, the headings of sections on rows of their own."""
    figures = [
        Column(heading if place else period.text(lang), is_number=True)
        for period in table.periods
        for place, heading in enumerate(headings(lang))
    ]
    columns = (Column(word("item", lang)), Column(word("unit", lang)), *figures, Column(word("remarks", lang)))
    rows = list(_grid_rows(table, len(columns), lang))
    return Grid(columns, len(rows), rows.__getitem__)


def _grid_rows(table: Table, columns: int, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for section in table.sections:
        heading, lines = table.read(section, lang)
        yield (Cell(heading), *[Cell("")] * (columns - 1))
        for row, remark in lines:
            yield tuple(map(Cell, _texts(row, remark, lang)))


def _texts(row: Row, remark: str, lang: Language) -> Sequence[str]:
    label = INDENT * row.level + row.label.text(lang) if row.place == 0 else ""
    figures = (text for figure in row.figures for text in figure_texts(figure, row, lang))
    return (label, row.unit.text(lang), *figures, remark)


def _told(figure: Figure, period: Period, lang: Language) -> str:
    parts = [_flag(figure, flag, lang) for flag in figure.flags if flag not in _UNSAID and flag not in period.flags]
    if figure.unknown:
        parts.append(f"{word('unknown', lang)} {number_text(figure.unknown)}")
    return ("、" if lang == "zh" else ", ").join(parts)


def _flag(figure: Figure, flag: str, lang: Language) -> str:
    """Name a flag; a small base by its number."""
    n = number_text(figure.denominator) if flag == "small" else ""
    return f"{status_word(flag, lang)} n={n}" if n else status_word(flag, lang)
