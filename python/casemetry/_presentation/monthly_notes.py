# SPDX-License-Identifier: Apache-2.0
"""What the workbook of a monthly table says of its figures: definitions, evidence, versions, unknowns, as-of date."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casemetry._catalogue_words import Words
from casemetry._presentation.figures import number_text
from casemetry._presentation.reasons import not_available_rows
from casemetry._presentation.words import STATUSES, word
from casemetry.catalogue_pages import catalogue_page

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.notes import Line
    from casemetry._presentation.words import Language
    from casemetry.cube import Cube

WIDTHS = (30, 56, 52, 10, 18)
"""Of the columns: indicator, definition, evidence and source, unknown, hash."""

_HASH = 16
"""How many digits of a hash are enough to tell definitions apart."""


def monthly_notes(cube: Cube, facts: Facts, below: Sequence[str], lang: Language) -> Iterator[Line]:
    """Give the lines of the sheet; a line of one cell is a heading, an empty one a blank line."""
    yield (word("notes", lang),)
    yield from _circumstances(cube, facts, lang)
    yield from (("", line) for line in below)
    yield ()
    yield from _definitions(cube, facts, lang)
    yield ()
    yield from _not_available(facts, lang)
    yield (word("status", lang),)
    yield from ((label.text(lang), flag) for flag, label in STATUSES.items())


def _circumstances(cube: Cube, facts: Facts, lang: Language) -> Iterator[Line]:
    words = Words.of(cube.catalogue, lang)
    between = "；" if lang == "zh" else "; "
    yield word("period", lang), facts.metadata.get("period", "")
    yield word("as_of", lang), str(cube.as_of) if cube.as_of else word("as_of_not_said", lang)
    yield word("catalogue", lang), cube.catalogue.id
    rows = (f"{words.table_label(table)} {number_text(rows)}" for table, rows in sorted(cube.rows.items()))
    yield word("rows", lang), between.join(rows)
    yield word("fingerprint", lang), cube.fingerprint
    yield word("casemetry.version", lang), facts.metadata.get("casemetry.version", "")


def _definitions(cube: Cube, facts: Facts, lang: Language) -> Iterator[Line]:
    yield (word("definition", lang),)
    yield tuple(word(heading, lang) for heading in ("indicator", "formula", "source", "unknown", "hash"))
    sections = catalogue_page(cube.catalogue, lang=lang).sections.values()
    entries = {entry.id: entry for section in sections for entry in section}
    hashes: dict[str, str] = json.loads(facts.metadata["definition_hashes"])
    unknown = dict(zip(facts.columns["indicator"], facts.columns["unknown"], strict=True))
    names = enumerate(facts.columns["indicator"])
    hidden = {name: word("protected", lang) for index, name in names if "protected" in facts.flags(index)}
    for name, measure in facts.measures.items():
        entry = entries[name]
        yield (
            measure.label.text(lang),
            entry.formula,
            " · ".join(filter(None, (entry.evidence, entry.source))),
            number_text(unknown[name]) or hidden.get(name, "0"),
            hashes[name][:_HASH],
        )


def _not_available(facts: Facts, lang: Language) -> Iterator[Line]:
    if "not_available" in facts.metadata:
        yield (word("not_available", lang),)
        yield from not_available_rows(facts, lang)
        yield ()
