# SPDX-License-Identifier: Apache-2.0
"""Results as sentences, in the words of a report: 不捕率34.2%，同比上升2.3个百分点.

A sentence says no more than its figures do: small bases, unknown outcomes, changed definitions and periods that are
not complete are said with them. Changes are those of the exact figures, rounded half up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casemetry._errors import QueryError
from casemetry._presentation.display import safe_text
from casemetry._presentation.leaving import check_may_leave
from casemetry._presentation.words import Label, check_language
from casemetry._sentences.clauses import Asked, clause
from casemetry._sentences.periods import period_said

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.structure import StructureFacts
    from casemetry._presentation.words import Language

_MORE = Label("……另有{more:,}行，共{all:,}行。", "… {more:,} more of {all:,}.")

__all__ = ["ratio_sentence", "sentences", "structure_sentences"]


def sentences(facts: Facts, lang: Language, asked: Asked, *, rows: int) -> str:
    """Say a result: a line for each cell and period, all indicators of it in one sentence."""
    check_language(lang)
    check_may_leave(facts.core)
    if not len(facts):
        raise QueryError("there is nothing to say: the result has no rows")
    places: dict[tuple[str | None, ...], list[int]] = {}
    for index in range(len(facts)):
        key = tuple(facts.columns[name][index] for name in (*facts.dimensions, "period"))
        places.setdefault(key, []).append(index)
    lines = [_line(facts, indexes, lang, asked) for indexes in list(places.values())[:rows]]
    more = len(places) - len(lines)
    if more > 0:
        lines.append(_MORE.text(lang).format(more=more, all=len(places)))
    return "\n".join(lines)


def ratio_sentence(
    names: Sequence[str],
    ratios: Sequence[Sequence[int]],
    lang: Language = "zh",
    *,
    of: str = "",
) -> str:
    """Say how a whole is parted: 刑事、民事、行政、公益诉讼案件占比为84:7:5:4.

    Parameters
    ----------
    names
        The classes, in order.
    ratios
        Their whole percentages; several where the figures leave open which it is.
    lang
        ``zh`` or ``en``.
    of
        What is parted: 案件.

    Examples
    --------
    >>> print(ratio_sentence(["刑事", "民事", "行政", "公益诉讼"], [[84, 7, 5, 4]], of="案件"))
    刑事、民事、行政、公益诉讼案件占比为84:7:5:4。
    >>> print(ratio_sentence(["刑事", "其他"], [[84, 16], [85, 15]], of="案件"))
    刑事、其他案件占比未定：84:16，或85:15。
    """
    check_language(lang)
    told = [":".join(map(str, ratio)) for ratio in ratios]
    listed = ("、" if lang == "zh" else ", ").join(map(safe_text, names))
    if lang == "zh":
        said = f"为{told[0]}" if len(told) == 1 else f"未定：{'，或'.join(told)}"
        return f"{listed}{safe_text(of)}占比{said}。"
    said = f"are {told[0]}" if len(told) == 1 else f"are not determined: {' or '.join(told)}"
    return f"The shares of {listed}{f' {safe_text(of)}' if of else ''} {said}."


def structure_sentences(facts: StructureFacts, lang: Language, of: str) -> str:
    """Say a structure: a line for each cell and period, with every way in which its shares can be rounded."""
    check_language(lang)
    check_may_leave(facts.core)
    return "\n".join(
        _structure_line(facts, whole, roundings, lang, of)
        for whole, roundings in enumerate(facts.core.roundings)
        if roundings
    )


def _structure_line(
    facts: StructureFacts, whole: int, roundings: Sequence[Sequence[int]], lang: Language, of: str
) -> str:
    first = whole * facts.classes
    counted = [place for place in range(facts.classes) if facts.columns["count"][first + place] != 0]
    names = [facts.class_text(first + place, lang) for place in counted]
    said = ratio_sentence(names, [[shares[place] for place in counted] for shares in roundings], lang, of=of)
    period = facts.period(whole)
    when = period_said(safe_text(period), lang) if period else ""
    cell = ("·" if lang == "zh" else ", ").join(map(safe_text, facts.cells(whole, lang)))
    if lang == "zh":
        return "，".join(filter(None, (when, cell + said)))
    return ": ".join(filter(None, (", ".join(filter(None, (when, cell))), said)))


def _line(facts: Facts, indexes: Sequence[int], lang: Language, asked: Asked) -> str:
    clauses = [clause(facts, index, lang, asked) for index in indexes]
    period = facts.columns["period"][indexes[0]]
    if period is not None:
        period = period_said(safe_text(str(period)), lang)
    elif facts.has_periods:
        period = facts.period_text(indexes[0], lang)
    cell = "·".join(safe_text(facts.dimension_text(name, indexes[0], lang)) for name in facts.dimensions)
    if lang == "zh":
        return "，".join(filter(None, (period, cell + "；".join(clauses)))) + "。"
    return ": ".join(filter(None, (", ".join(filter(None, (period, cell))), "; ".join(clauses)))) + "."
