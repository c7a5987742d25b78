# SPDX-License-Identifier: Apache-2.0
"""Which definitions held in the periods of a result (口径版本), told in lines below it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casemetry._presentation.display import safe_text
from casemetry._presentation.words import word

if TYPE_CHECKING:
    from casemetry._catalogue_words import Words
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language


def version_lines(facts: Facts, lang: Language) -> Iterator[str]:
    """Say by which definitions the figures are, and what held when; nothing if it was always today's."""
    if "definitions" in facts.metadata:
        yield f"{word('versions', lang)}: {word(facts.metadata['versions'], lang)}"
        yield from held_lines(facts, lang)


def held_lines(facts: Facts, lang: Language) -> Iterator[str]:
    """Tell what held in the periods of a result, by indicator, earliest first."""
    held: dict[str, list[dict[str, Any]]] = json.loads(facts.metadata["definitions"])
    words = facts.words(lang)
    for name, definitions in held.items():
        for definition in definitions:
            told = definition_text(definition, words, words.indicators.get(name, definition))
            yield f"{facts.measures[name].label.text(lang)} {told}"


def definition_text(definition: Mapping[str, Any], words: Words, indicator: Mapping[str, Any]) -> str:
    """Tell a definition with its days, the formula with the labels of what it names."""
    lang = words.lang
    days = f"{definition.get('valid_from', '')}–{definition.get('valid_to', '')}"
    if definition["is_todays"]:
        return f"{days}: {word('todays', lang)}"
    note = definition["note"].get(lang) or ""
    between = "；" if lang == "zh" else "; "
    formula = safe_text(words.formula(definition, indicator))
    return f"{days}: {formula}" + (f"{between}{safe_text(note)}" if note else "")
