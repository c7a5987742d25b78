# SPDX-License-Identifier: Apache-2.0
"""What a number of cases is made up of, as it is read: a row a class, the ratio of the rounded shares below."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casemetry._presentation.cells import name_column, number_column
from casemetry._presentation.figures import FORMS, Measure, band_text, number_text
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.sheet import Sheet, SheetColumn, Written
from casemetry._presentation.words import WORDS, Label, comparison_label, status_words, versus_label, word
from casemetry._sentences.periods import period_said

if TYPE_CHECKING:
    from casemetry import _core
    from casemetry._presentation.notes import Line
    from casemetry._presentation.words import Language

SHARE = Measure("share", Label("", ""), "proportion", FORMS["percent"])
"""How a share is printed."""

Part = tuple[Column, Callable[[int], Cell]]


def ratio_text(shares: list[int]) -> str:
    """Print whole shares beside each other.

    Examples
    --------
    >>> ratio_text([84, 7, 5, 4])
    '84 : 7 : 5 : 4'
    """
    return " : ".join(map(str, shares))


@dataclass(frozen=True)
class StructureFacts:
    """The columns of a structure with what is needed to print them."""

    core: _core.Structure

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """All columns, a row for each whole and class."""
        return self.core.columns()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns["class"])

    @property
    def classes(self) -> int:
        """How many classes each whole has."""
        return len(self.core.classes)

    @property
    def has_periods(self) -> bool:
        """Whether any whole is of a period."""
        return any(period is not None for period in self.columns["period"])

    def dimension_label(self, name: str) -> Label:
        """Give what a dimension is called; one without a label by its name."""
        label = json.loads(self.core.metadata.get("labels", "{}")).get(name, {})
        found = Label(label.get("zh", ""), label.get("en", ""))
        return found if any(found) else Label(name, name)

    def class_text(self, index: int, lang: Language) -> str:
        """Give the name of a class; that of what is in none has a word."""
        is_unmapped = index % self.classes == self.core.unmapped
        name: str = self.columns["class"][index]
        return word("unmapped", lang) if is_unmapped else name

    def flags(self, index: int) -> tuple[str, ...]:
        """Give the flags of a whole, at the first of its rows."""
        text: str = self.columns["flags"][index]
        return tuple(text.split(",")) if text and index % self.classes == 0 else ()

    def name_of(self, whole: int, lang: Language) -> str:
        """Say which cell and period a whole is."""
        return " ".join(filter(None, (*self.cells(whole, lang), self.period(whole))))

    def cells(self, whole: int, lang: Language) -> list[str]:
        """Give the labels of a whole in the dimensions; a missing one has a word."""
        row, missing = whole * self.classes, word("missing", lang)
        cells = (self.columns[name][row] for name in self.core.dimensions)
        return [missing if cell is None else cell for cell in cells]

    def period(self, whole: int) -> str | None:
        """Give the period of a whole."""
        period: str | None = self.columns["period"][whole * self.classes]
        return period

    @property
    def only_period(self) -> str | None:
        """The period that all wholes are of; None if there are several, or none is said."""
        periods = set(self.columns["period"])
        return periods.pop() if len(periods) == 1 else None


def structure_title(facts: StructureFacts, lang: Language) -> str:
    """Say what is made up of classes, by which dimension, and when: 受理案件（件）结构（按案件类型），2024年1至9月."""
    metadata = facts.core.metadata
    if "structure" not in metadata:
        return word("structure", lang)
    of = facts.dimension_label(metadata["structure"])
    counts = json.loads(metadata.get("counts", "{}")).get(metadata["structure"])
    of = of.counted_in(Label(counts["zh"], counts["en"])) if counts else of
    by = facts.dimension_label(metadata["dimension"]).text(lang)
    when = period_said(facts.only_period, lang) if facts.only_period else ""
    if lang == "zh":
        return f"{of.text(lang)}结构（按{by}）" + (f"，{when}" if when else "")
    return f"Structure of {of.text(lang)} by {by}" + (f", {when}" if when else "")


def structure_grid(facts: StructureFacts, lang: Language) -> Grid:
    """Lay out a structure: a row a class of each whole."""
    parts = [*_names(facts, lang), *_figures(facts, lang), *_comparisons(facts, lang)]
    return Grid(
        tuple(column for column, _ in parts),
        len(facts),
        lambda index: tuple(cell(index) for _, cell in parts),
        tuple(structure_lines(facts, lang)),
    )


def structure_lines(facts: StructureFacts, lang: Language) -> Iterator[str]:
    """Give the lines below: the ratio, in which other ways it can be rounded, the as-of date, what is unknown."""
    yield from ratio_lines(facts, lang)
    if facts.core.comparisons:
        yield word("from_others_note", lang)
    yield from standing_lines(facts, lang)


def ratio_lines(facts: StructureFacts, lang: Language) -> Iterator[str]:
    """Give the ratio of each whole, and in which other ways it can be rounded."""
    for whole, roundings in enumerate(facts.core.roundings):
        if not roundings:
            continue
        name = facts.name_of(whole, lang)
        yield f"{name} {word('ratio', lang)} {ratio_text(roundings[0])}".strip()
        yield from also_rounded(roundings, lang)


def standing_lines(facts: StructureFacts, lang: Language) -> Iterator[str]:
    """Tell the as-of date, and what is unknown."""
    as_of = facts.core.metadata.get("as_of")
    if as_of:
        yield f"{word('as_of', lang)} {as_of}"
    yield from unknown_lines(facts, lang)


def also_rounded(roundings: list[list[int]], lang: Language) -> Iterator[str]:
    """Tell in which other ways shares can be rounded; nothing if there is none."""
    if len(roundings) > 1:
        between, comma = ("：", "、") if lang == "zh" else (": ", ", ")
        yield f"{word('also_rounded', lang)}{between}{comma.join(map(ratio_text, roundings[1:]))}"


def unknown_lines(facts: StructureFacts, lang: Language) -> Iterator[str]:
    """Tell how many units are unknown; nothing if none is."""
    unknown = sum(facts.columns["unknown"][:: max(facts.classes, 1)])
    if unknown:
        yield f"{word('unknown', lang)} {number_text(unknown)}"


def structure_sheet(facts: StructureFacts, lang: Language) -> Sheet:
    """Lay out a structure for a spreadsheet: real numbers under number formats."""
    names = [
        SheetColumn(facts.dimension_label(name), _text_of(facts, name, word("missing", lang)))
        for name in facts.core.dimensions
    ]
    if facts.has_periods:
        names.append(SheetColumn(WORDS["period"], _text_of(facts, "period", "")))
    names.append(SheetColumn(WORDS["class"], lambda i: Written(facts.class_text(i, lang))))
    figures = [_number(facts, WORDS["class_count"], "count")]
    if any(count is None for count in facts.columns["count"]):
        figures += [_number(facts, WORDS["least"], "count_least"), _number(facts, WORDS["most"], "count_most")]
    figures += [_share(facts, WORDS["share"], "share", lang), _number(facts, WORDS["ratio"], "rounded")]
    for name in facts.core.comparisons:
        figures += [
            _number(facts, comparison_label(name), f"{name}_count"),
            _share(facts, comparison_label(name).followed_by(WORDS["share"]), f"{name}_share", lang),
            _points(facts, versus_label(name), f"{name}_change", lang),
            _points(facts, versus_label(name).followed_by(WORDS["from_own"]), f"{name}_from_own", lang),
            _points(facts, versus_label(name).followed_by(WORDS["from_others"]), f"{name}_from_others", lang),
        ]
    status = SheetColumn(WORDS["status"], lambda i: Written(status_words(facts.flags(i), lang)))
    return Sheet((*names, *figures, status), len(facts), len(names))


def structure_notes(facts: StructureFacts, lang: Language) -> Iterator[Line]:
    """Give the lines of a sheet of notes."""
    yield (word("structure", lang),)
    yield from (("", line) for line in structure_lines(facts, lang))
    for key in ("structure", "dimension", "as_of", "where"):
        if key in facts.core.metadata:
            yield word(key, lang), facts.core.metadata[key]
    if "definition" in facts.core.metadata:
        yield (word("definition", lang),)
        yield from (("", line) for line in facts.core.metadata["definition"].splitlines())


def _names(facts: StructureFacts, lang: Language) -> list[Part]:
    def named(name: str) -> Callable[[int], Cell]:
        return lambda i: Cell(word("missing", lang) if facts.columns[name][i] is None else facts.columns[name][i])

    parts: list[Part] = [
        (name_column(facts.dimension_label(name), lang), named(name)) for name in facts.core.dimensions
    ]
    if facts.has_periods:
        parts.append((name_column(WORDS["period"], lang), named("period")))
    parts.append((name_column(WORDS["class"], lang), lambda i: Cell(facts.class_text(i, lang))))
    return parts


def _figures(facts: StructureFacts, lang: Language) -> list[Part]:
    columns = facts.columns

    def count(i: int) -> Cell:
        if columns["count"][i] is not None:
            return Cell(number_text(columns["count"][i]))
        return Cell(f"{number_text(columns['count_least'][i])}–{number_text(columns['count_most'][i])}")

    def share(i: int) -> Cell:
        if columns["share"][i] is not None:
            return Cell(SHARE.value(columns["share"][i], columns["count"][i], columns["total"][i], lang))
        return Cell(band_text(SHARE.form, columns["least"][i], columns["most"][i]) or "—")

    return [
        (number_column(WORDS["class_count"], lang), count),
        (number_column(WORDS["share"], lang), share),
        (number_column(WORDS["ratio"], lang), lambda i: Cell(number_text(columns["rounded"][i]), "", facts.flags(i))),
    ]


def _comparisons(facts: StructureFacts, lang: Language) -> list[Part]:
    return [part for name in facts.core.comparisons for part in _comparison(facts, name, lang)]


def _comparison(facts: StructureFacts, name: str, lang: Language) -> list[Part]:
    columns = facts.columns

    def points(of: str) -> Callable[[int], Cell]:
        return lambda i: Cell(SHARE.change(columns[f"{name}_{of}"][i], None, None, lang))

    return [
        (
            number_column(comparison_label(name), lang),
            lambda i: Cell(SHARE.value(columns[f"{name}_share"][i], None, None, lang)),
        ),
        (number_column(versus_label(name), lang), points("change")),
        (number_column(WORDS["from_others"], lang), points("from_others")),
    ]


def _text_of(facts: StructureFacts, name: str, nothing: str) -> Callable[[int], Written]:
    return lambda i: Written(nothing if facts.columns[name][i] is None else facts.columns[name][i])


def _number(facts: StructureFacts, label: Label, name: str) -> SheetColumn:
    return SheetColumn(label, lambda i: Written(facts.columns[name][i], "#,##0"))


def _share(facts: StructureFacts, label: Label, name: str, lang: Language) -> SheetColumn:
    def cell(i: int) -> Written:
        share = facts.columns[name][i]
        return Written(None) if share is None else Written(share, SHARE.form.pattern(share, lang))

    return SheetColumn(label, cell)


def _points(facts: StructureFacts, label: Label, name: str, lang: Language) -> SheetColumn:
    form = SHARE.change_form

    def cell(i: int) -> Written:
        change = facts.columns[name][i]
        return (
            Written(None) if change is None else Written(form.written(change), form.pattern(change, lang, signed=True))
        )

    return SheetColumn(label, cell)
