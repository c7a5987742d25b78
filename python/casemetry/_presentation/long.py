# SPDX-License-Identifier: Apache-2.0
"""A result as a table for reading: a row an indicator, cell and period; a column for all that a value rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casemetry._presentation.cells import (
    change_cell,
    change_column,
    exclusive_any_cell,
    name_column,
    number_cell,
    number_column,
    prior_cell,
    unknown_cell,
    value_cell,
)
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import WORDS, comparison_label

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

Part = tuple[Column, Callable[[int], Cell]]


def long_grid(facts: Facts, lang: Language) -> Grid:
    """Lay out a result; a column that would be empty throughout is left out."""
    parts = [*_names(facts, lang), *_figures(facts, lang), *_comparisons(facts, lang)]
    columns = tuple(column for column, _ in parts)
    return Grid(columns, len(facts), lambda index: tuple(cell(index) for _, cell in parts), facts.below(lang))


def _names(facts: Facts, lang: Language) -> list[Part]:
    parts: list[Part] = [(name_column(WORDS["indicator"], lang), lambda i: Cell(facts.measure(i).label.text(lang)))]
    parts += [_dimension(facts, name, lang) for name in facts.dimensions]
    if facts.has_periods:
        parts.append((name_column(WORDS["period"], lang), lambda i: Cell(facts.period_text(i, lang))))
    return parts


def _dimension(facts: Facts, name: str, lang: Language) -> Part:
    return name_column(facts.dimension_label(name), lang), lambda i: Cell(facts.dimension_text(name, i, lang))


def _figures(facts: Facts, lang: Language) -> list[Part]:
    value = number_column(WORDS["value"], lang, facts.interval_label)
    parts: list[Part] = [(value, lambda i: value_cell(facts, i, lang))]
    if facts.has("any"):
        parts.append((number_column(WORDS["exclusive_any"], lang), lambda i: exclusive_any_cell(facts, i)))
    if facts.has("denominator"):
        parts += [_number(facts, name, lang) for name in ("numerator", "denominator")]
    parts += [_number(facts, name, lang) for name in ("leads", "unattributed") if facts.has(name)]
    if any(facts.columns["unknown"]):
        parts.append((number_column(WORDS["unknown"], lang, WORDS["band"]), lambda i: unknown_cell(facts, i)))
    return parts


def _number(facts: Facts, name: str, lang: Language) -> Part:
    return number_column(WORDS[name], lang), lambda i: number_cell(facts, name, i)


def _comparisons(facts: Facts, lang: Language) -> list[Part]:
    return [part for name in facts.comparisons for part in _comparison(facts, name, lang)]


def _comparison(facts: Facts, name: str, lang: Language) -> tuple[Part, Part]:
    return (
        (number_column(comparison_label(name), lang), lambda i: prior_cell(facts, name, i, lang)),
        (change_column(facts, name, lang), lambda i: change_cell(facts, name, i, lang)),
    )
