# SPDX-License-Identifier: Apache-2.0
"""What stands below the title: what the marks mean that are seen, and what the figures are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casemetry._charts.axis import begins_at_zero
from casemetry._charts.points import Panel
from casemetry._charts.words import say
from casemetry._presentation.contributions import names_by_indicator, names_line
from casemetry._presentation.words import word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language


_PRIORS = {"trend": "prior_line", "comparison": "prior_point"}


def key(facts: Facts, panels: Sequence[Panel], lang: Language, *, kind: str, sort: bool) -> list[str]:
    """Give the phrases, in the order in which they are read."""
    return [
        *_circumstances(facts, lang),
        *_marks(facts, panels, lang, kind),
        *([say("sorted", lang)] if sort else []),
        *([say("not_from_zero", lang)] if kind == "trend" and not all(map(_from_zero, panels)) else []),
        *_undated(panels, lang, kind),
    ]


def circumstances(facts: Facts, lang: Language) -> list[str]:
    """Tell the period, the day at which the data stand, and the cells that were taken."""
    return list(_circumstances(facts, lang))


def _circumstances(facts: Facts, lang: Language) -> Iterator[str]:
    told = facts.metadata
    if facts.only_period:
        told = {"period": facts.only_period, **told}
    for name in ("period", "as_of", "where"):
        if name in told:
            yield f"{word(name, lang)} {told[name]}"
    if "protection" in facts.metadata:
        yield facts.protection_text(lang)
    named = names_by_indicator(facts)
    if named:
        yield names_line(named.values(), lang)


def _marks(facts: Facts, panels: Sequence[Panel], lang: Language, kind: str) -> Iterator[str]:
    interval = facts.interval_label.text(lang)
    if any(panel.has("interval") for panel in panels):
        yield say("interval", lang, interval=interval)
    for name, phrase in (("rules", "exclusive_any"), ("possible", "unknown_band")):
        if any(panel.has(name) for panel in panels):
            yield say(phrase, lang)
    compared = next((panel.compared for panel in panels if panel.has("prior")), "")
    if compared:
        yield say(_PRIORS.get(kind, "prior_tick"), lang, prior=compared)
    for state in ("small", "unfinished", "doubtful"):
        if any(panel.has_state(state) for panel in panels):
            yield say(state, lang)
    if kind == "trend":
        if any(panel.has_state("missing") for panel in panels):
            yield say("missing", lang)
        if any(_is_broken(panel) for panel in panels):
            yield say("definition_changed", lang)


def _is_broken(panel: Panel) -> bool:
    return len({point.definition for point in panel.points if point.value is not None}) > 1


def _from_zero(panel: Panel) -> bool:
    return panel.is_relative or begins_at_zero(number for point in panel.points for number in point.numbers)


def _undated(panels: Sequence[Panel], lang: Language, kind: str) -> Iterator[str]:
    if kind != "trend":
        return
    undated = [point for panel in panels for point in panel.points if point.period is None]
    if undated:
        comma = "、" if lang == "zh" else ", "
        yield say("undated", lang, figures=comma.join(f"{point.cell} {point.text}".strip() for point in undated[:3]))
