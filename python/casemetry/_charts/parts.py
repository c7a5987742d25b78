# SPDX-License-Identifier: Apache-2.0
"""The counts of a result as parts of wholes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casemetry._charts.composition import Part
from casemetry._errors import QueryError
from casemetry._presentation.cells import value_cell
from casemetry._presentation.figures import NOTHING, band_text
from casemetry._presentation.structure import SHARE
from casemetry._presentation.words import status_words, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.structure import StructureFacts
    from casemetry._presentation.words import Language


def parts_of(facts: Facts, lang: Language) -> list[Part]:
    """Take counts as parts: the classes are the indicators if there are several, else the last dimension.

    Raises
    ------
    QueryError
        If the indicators are no counts, or there is nothing that could be the classes.
    """
    rates = [measure.id for measure in facts.measures.values() if not measure.is_relative]
    if rates:
        raise QueryError(f"kind='composition' stacks counts, and {rates[0]} is none: rates do not add up to a whole")
    if any(value is not None and value < 0 for value in facts.columns["value"]):
        raise QueryError("kind='composition' stacks counts, and some are negative: leave kind out")
    if len(facts.measures) < 2 and not facts.dimensions:
        raise QueryError("kind='composition' needs classes: several counts, or a dimension to ask by, as by='charge'")
    return list(_parts(facts, lang))


def structure_parts(facts: StructureFacts, lang: Language) -> list[Part]:
    """Take the shares of a structure; of figures that are ranges the whole per cents, told with what they can be."""
    return [_share(facts, index, lang) for index in range(len(facts))]


def _share(facts: StructureFacts, index: int, lang: Language) -> Part:
    row = {name: values[index] for name, values in facts.columns.items()}
    share, rounded = row["share"], row["rounded"]
    text = _between(row["least"], row["most"])
    if share is not None:
        text = SHARE.value(share, row["count"], row["total"], lang)
    elif rounded is None:
        text = status_words(facts.flags(index - index % facts.classes), lang) or NOTHING
    return Part(
        bar=facts.name_of(index // facts.classes, lang) or word("all", lang),
        name=facts.class_text(index, lang),
        size=share if share is not None or rounded is None else rounded / 100,
        text=text,
    )


def _between(least: float | None, most: float | None) -> str:
    """Print what a share can be: once, if both ends are printed alike."""
    if least is None or most is None:
        return ""
    ends = {SHARE.form.digits(least), SHARE.form.digits(most)}
    return (ends.pop() if len(ends) == 1 else band_text(SHARE.form, least, most)) + "%"


def _parts(facts: Facts, lang: Language) -> Iterator[Part]:
    several = len(facts.measures) > 1
    bars = facts.dimensions if several else facts.dimensions[:-1]
    for index in range(len(facts)):
        names = [facts.dimension_text(name, index, lang) for name in bars]
        if facts.has_periods and not (names and facts.only_period):
            names.append(facts.period_text(index, lang))
        label = facts.measure(index).label.text(lang)
        value = facts.columns["value"][index]
        yield Part(
            bar=" · ".join(names) or word("all", lang),
            name=label if several else facts.dimension_text(facts.dimensions[-1], index, lang),
            size=value,
            text=status_words(facts.flags(index), lang) if value is None else value_cell(facts, index, lang).text,
        )
