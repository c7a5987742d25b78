# SPDX-License-Identifier: Apache-2.0
"""A result as the rows of a spreadsheet: real numbers, each with the number format it is read by."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from casemetry._presentation.figures import NOTHING, PLAIN, Form
from casemetry._presentation.words import WORDS, Label, comparison_label, status_words, versus_label, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.figures import Measure, Number
    from casemetry._presentation.wide import Wide
    from casemetry._presentation.words import Language

_BAND = ("standard_error", "exclusive", "any")
_LEADS = ("leads", "unattributed")
"""What stands by a contribution."""


@dataclass(frozen=True)
class Written:
    """What a cell holds, and the number format of a number; None: an empty cell."""

    content: str | Number | None
    pattern: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A heading, and the cells below it by row."""

    label: Label
    cell: Callable[[int], Written]


@dataclass(frozen=True)
class Sheet:
    """The columns of one sheet; the first ``names`` of them stay in sight."""

    columns: tuple[SheetColumn, ...]
    length: int
    names: int


def long_sheet(facts: Facts, lang: Language) -> Sheet:
    """Lay out a result: a row an indicator, cell and period."""
    names = [SheetColumn(WORDS["indicator"], lambda i: Written(facts.measure(i).label.text(lang)))]
    names += [
        SheetColumn(facts.dimension_label(name), partial(_dimension, facts, name, lang)) for name in facts.dimensions
    ]
    if facts.has_periods:
        names.append(SheetColumn(WORDS["period"], lambda i: Written(facts.period_text(i, lang))))
    figures = [*_figures(facts, lang), *_comparisons(facts, lang)]
    status = SheetColumn(WORDS["status"], partial(_status, facts, lang))
    return Sheet((*names, *figures, status), len(facts), len(names))


def wide_sheet(wide: Wide) -> Sheet:
    """Lay out a report: a row a cell and period; for each indicator its value and denominator, changes, and status."""
    names = [SheetColumn(label, partial(_wide_name, wide, place)) for place, label in enumerate(wide.name_labels)]
    figures = [column for measure in wide.facts.measures.values() for column in _wide_figures(wide, measure)]
    return Sheet((*names, *figures), len(wide), len(names))


def _figures(facts: Facts, lang: Language) -> list[SheetColumn]:
    columns = [SheetColumn(WORDS["value"], partial(_value, facts, lang))]
    for name, label in (("low", facts.end_label("low")), ("high", facts.end_label("high"))):
        columns.append(SheetColumn(label, partial(written_figure, facts, name, lang)))
    columns += [
        SheetColumn(WORDS[name], partial(written_figure, facts, name, lang)) for name in _BAND if facts.has(name)
    ]
    numbers = ("numerator", "denominator", *filter(facts.has, _LEADS), "unknown")
    columns += [SheetColumn(WORDS[name], partial(written_number, facts, name, lang)) for name in numbers]
    for name in ("least", "most"):
        columns.append(SheetColumn(WORDS[name], partial(written_figure, facts, name, lang)))
    return columns


def _comparisons(facts: Facts, lang: Language) -> list[SheetColumn]:
    columns = []
    for name in facts.comparisons:
        versus = versus_label(name)
        columns.append(SheetColumn(comparison_label(name), partial(written_figure, facts, f"{name}_value", lang)))
        columns.append(SheetColumn(versus, partial(written_change, facts, name, lang)))
        for end in ("low", "high"):
            label = versus.followed_by(facts.end_label(end))
            columns.append(SheetColumn(label, partial(_change_end, facts, f"{name}_{end}", lang)))
    return columns


def _wide_figures(wide: Wide, measure: Measure) -> list[SheetColumn]:
    facts, lang = wide.facts, wide.lang
    figures = [(measure.label, partial(_value, facts, lang))]
    if any(n is not None for n in wide.values(measure, "denominator")):
        figures.append((WORDS["denominator"], partial(written_number, facts, "denominator", lang)))
    if measure.kind == "contribution":
        figures += [(WORDS[name], partial(written_figure, facts, name, lang)) for name in _BAND if facts.has(name)]
        figures += [(WORDS[name], partial(written_number, facts, name, lang)) for name in _LEADS if facts.has(name)]
    figures += [(versus_label(name), partial(written_change, facts, name, lang)) for name in facts.comparisons]
    if any(wide.values(measure, "flags")):
        figures.append((WORDS["status"], partial(_status, facts, lang)))
    return [SheetColumn(label, partial(_wide_cell, wide, measure, write)) for label, write in figures]


def _dimension(facts: Facts, name: str, lang: Language, index: int) -> Written:
    return Written(facts.dimension_text(name, index, lang))


def _wide_name(wide: Wide, column: int, place: int) -> Written:
    return Written(wide.names(place)[column])


def _wide_cell(wide: Wide, measure: Measure, write: Callable[[int], Written], place: int) -> Written:
    index = wide.index(measure, place)
    return Written(NOTHING) if index is None else write(index)


def _value(facts: Facts, lang: Language, index: int) -> Written:
    """Write the value; where there is none, why."""
    if facts.columns["value"][index] is not None:
        return written_figure(facts, "value", lang, index)
    return Written(f"{NOTHING} {status_words(facts.flags(index), lang)}".rstrip())


def written_figure(facts: Facts, name: str, lang: Language, index: int) -> Written:
    """Write a value, or what it is compared with, under the form of its indicator."""
    return _written(facts.measure(index).form, facts.columns[name][index], lang)


def written_number(facts: Facts, name: str, lang: Language, index: int) -> Written:
    """Write a numerator, a denominator, or how many are unknown."""
    return _written(PLAIN, facts.columns[name][index], lang)


def _status(facts: Facts, lang: Language, index: int) -> Written:
    return Written(status_words(facts.flags(index), lang) or None)


def written_change(facts: Facts, name: str, lang: Language, index: int) -> Written:
    """Write a change against a comparison; of a count that was zero before the count itself, called new: 净增."""
    measure = facts.measure(index)
    change, value, prior = (facts.columns[column][index] for column in (f"{name}_change", "value", f"{name}_value"))
    if change is not None and not measure.is_still_none(value, prior):
        return _written(measure.change_form, change, lang, signed=True)
    if measure.is_new(value, prior):
        return Written(value, f'"{word("new", lang)} "{measure.form.pattern(value, lang)}')
    return Written(NOTHING)


def _change_end(facts: Facts, name: str, lang: Language, index: int) -> Written:
    return _written(facts.measure(index).change_form, facts.columns[name][index], lang)


def _written(form: Form, number: Number | None, lang: Language, *, signed: bool = False) -> Written:
    if number is None:
        return Written(None)
    if not math.isfinite(number):
        return Written(form.digits(number))
    return Written(form.written(number), form.pattern(number, lang, signed=signed))
