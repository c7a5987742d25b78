# SPDX-License-Identifier: Apache-2.0
"""What a file of figures must say of them: definitions and their hashes, as-of date, counts, unknowns, statuses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from casemetry._presentation.contributions import leads_are_known, names_by_indicator, names_line
from casemetry._presentation.figures import number_text
from casemetry._presentation.reasons import not_available_rows
from casemetry._presentation.versions import held_lines
from casemetry._presentation.words import STATUSES, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

_JSON = frozenset({"compare", "mature_after", "no_stage", "out_of_order", "rows", "top", "where_unknown"})

Line = tuple[str, ...]


def notes(results: Mapping[str, Facts], lang: Language) -> Iterator[Line]:
    """Give the lines of a sheet of notes, each a tuple of its cells; an empty one is a blank line.

    A line of one cell is a heading.
    """
    for name, facts in results.items():
        yield (name,)
        yield from _circumstances(facts, lang)
        yield ()
        yield from _indicators(facts, lang)
        yield ()
        yield from _contributions(facts, lang)
        yield (word("definition", lang),)
        yield from (("", line) for line in facts.metadata["definition"].splitlines())
        yield ()
    yield (word("status", lang),)
    yield from ((label.text(lang), flag) for flag, label in STATUSES.items())


def _circumstances(facts: Facts, lang: Language) -> Iterator[Line]:
    """Tell all short metadata; those that have a word by it, the others by their name."""
    for key, value in facts.metadata.items():
        if key == "versions":
            yield word(key, lang), word(value, lang)
        elif key == "definitions":
            yield from ((word(key, lang), line) for line in held_lines(facts, lang))
        elif key == "protection":
            yield word(key, lang), facts.protection_text(lang)
        elif key == "not_available":
            yield (word(key, lang),)
            yield from not_available_rows(facts, lang)
        elif key not in ("counts", "definition", "definition_hashes", "labels", "leads_known", "names"):
            yield word(key, lang), _told(value) if key in _JSON else value


def _contributions(facts: Facts, lang: Language) -> Iterator[Line]:
    """Tell the names that each contribution depends on, and whether all leads are known."""
    named = names_by_indicator(facts)
    if not named:
        return
    yield (word("contribution", lang),)
    yield from ((facts.measures[name].label.text(lang), names_line([each], lang)) for name, each in named.items())
    if not leads_are_known(facts):
        yield word("leads", lang), word("leads_unknown", lang)
    yield ()


def _told(value: str) -> str:
    """Tell what is kept as JSON in words: ``arrests: 12,345``."""
    held: dict[str, str | int] | list[str] = json.loads(value)
    if isinstance(held, list):
        return "; ".join(held)
    return "; ".join(f"{key}: {number_text(item) if isinstance(item, int) else item}" for key, item in held.items())


def _indicators(facts: Facts, lang: Language) -> Iterator[Line]:
    headings = ("indicator", "id", "hash", "cells", "unknown")
    yield tuple(word(heading, lang) for heading in headings)
    hashes: dict[str, str] = json.loads(facts.metadata["definition_hashes"])
    columns = facts.columns
    for name, measure in facts.measures.items():
        unknown = [count for id_, count in zip(columns["indicator"], columns["unknown"], strict=True) if id_ == name]
        yield (
            measure.label.text(lang),
            name,
            hashes[name],
            number_text(len(unknown)),
            number_text(sum(filter(None, unknown))),
        )
