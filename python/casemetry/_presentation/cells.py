# SPDX-License-Identifier: Apache-2.0
"""The figures of one row of a result, each as a cell to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._presentation.figures import band_text, interval_text, number_text
from casemetry._presentation.grid import Cell, Column
from casemetry._presentation.words import Label, versus_label, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language


def name_column(label: Label, lang: Language) -> Column:
    """Give the heading of labels."""
    return Column(label.text(lang), label.beside(lang))


def number_column(label: Label, lang: Language, note: Label | None = None) -> Column:
    """Give the heading of figures; ``note``: what stands by them."""
    return Column(label.text(lang), label.beside(lang), note.text(lang) if note else "", is_number=True)


def change_column(facts: Facts, name: str, lang: Language) -> Column:
    """Give the heading of a change: 较上年同期."""
    return number_column(versus_label(name), lang, facts.interval_label)


def value_cell(facts: Facts, index: int, lang: Language) -> Cell:
    """Print the value of a row, its interval and its flags; the hint tells what it rests on."""
    row, measure = facts.row(index), facts.measure(index)
    text = measure.value(row["value"], row["numerator"], row["denominator"], lang)
    return Cell(
        text, interval_text(measure.form, row["low"], row["high"]), facts.flags(index), _hint(facts, index, lang)
    )


def number_cell(facts: Facts, name: str, index: int) -> Cell:
    """Print a numerator, a denominator, or a number of leads."""
    return Cell(number_text(facts.columns[name][index]))


def exclusive_any_cell(facts: Facts, index: int) -> Cell:
    """Print the band between which every rule lies that splits leads."""
    row = facts.row(index)
    return Cell(band_text(facts.measure(index).form, row["exclusive"], row["any"]))


def unknown_cell(facts: Facts, index: int) -> Cell:
    """Print how many outcomes are unknown, and what the value could be whatever they are."""
    row = facts.row(index)
    band = band_text(facts.measure(index).form, row["least"], row["most"])
    return Cell(number_text(row["unknown"]), band if row["unknown"] else "")


def prior_cell(facts: Facts, name: str, index: int, lang: Language) -> Cell:
    """Print the value that a comparison compares with."""
    return Cell(facts.measure(index).value(facts.columns[f"{name}_value"][index], None, None, lang))


def change_cell(facts: Facts, name: str, index: int, lang: Language) -> Cell:
    """Print the change of a row against a comparison, with its interval."""
    row, measure = facts.row(index), facts.measure(index)
    text = measure.change(row[f"{name}_change"], row["value"], row[f"{name}_value"], lang)
    return Cell(text, interval_text(measure.change_form, row[f"{name}_low"], row[f"{name}_high"]))


def _hint(facts: Facts, index: int, lang: Language) -> str:
    numbers = ("numerator", "denominator", "leads", "unattributed")
    texts = {name: number_text(facts.columns[name][index]) for name in numbers if name in facts.columns}
    unknown = unknown_cell(facts, index)
    texts["unknown"], texts["band"] = unknown.text, unknown.note
    return " · ".join(f"{word(name, lang)} {text}" for name, text in texts.items() if text)
