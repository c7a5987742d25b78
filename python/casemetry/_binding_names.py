# SPDX-License-Identifier: Apache-2.0
"""Names compared as a reader does: width, case and spaces do not matter; what is only alike is a suggestion."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from casemetry._presentation.words import Label

NO_REASON = Label("", "")

Why = Literal["name", "label", "also", "alias", "mapping", "suggestion", ""]
"""Why one name stands for another: its id, its label, a name in `also`, an alias of a value, because the mapping or
``binding.set`` says so; or only a suggestion."""

RANK = {"name": 0, "label": 0, "alias": 0, "mapping": 0, "also": 1}
"""A name or a label wins over a name in ``also``."""

_ALIKE = 0.6
_NEAR = 0.5  # of two characters one may be wrong
_SHORTEST_PART = 2
_DENIALS = "不未非无"


class Known(NamedTuple):
    """A name that the catalogue knows, of what, and which kind of name it is."""

    name: str
    of: str
    why: Why


class Match(NamedTuple):
    """What a name may stand for, why, and for a suggestion its reason in words."""

    of: str
    why: Why
    reason: Label = NO_REASON


def plain_name(name: str) -> str:
    """Give what is compared of a name.

    Examples
    --------
    >>> plain_name(" ＯＦＦＩＣＥ　Name "), plain_name("案件 编号") == plain_name("案件编号")
    ('officename', True)
    """
    narrow = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in narrow if not one.isspace() and unicodedata.category(one) != "Cf")


def names_of(declared: Mapping[str, Mapping[str, Any]]) -> list[Known]:
    """Give all names of tables or columns as a catalogue declares them: ids, labels, and those in ``also``."""
    return [
        Known(name, id_, why)
        for id_, fields in declared.items()
        for name, why in _names(id_, fields)
        if plain_name(name)
    ]


def _names(id_: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, Why]]:
    yield id_, "name"
    label = fields.get("label", {})
    yield from ((name, "label") for name in ([label] if isinstance(label, str) else label.values()))
    yield from ((name, "also") for name in fields.get("also", ()))


def equal_names(name: str, known: Iterable[Known]) -> list[Match]:
    """Give what a name stands for by itself: each once, by its strongest kind of name."""
    plain = plain_name(name)
    found: dict[str, Match] = {}
    for one in known:
        if plain_name(one.name) == plain and (one.of not in found or RANK[one.why] < RANK[found[one.of].why]):
            found[one.of] = Match(one.of, one.why)
    return list(found.values())


def similar_name(name: str, known: Sequence[Known], least: float = _ALIKE) -> Match | None:
    """Give the nearest that a name could stand for, as a suggestion; None if nothing is near.

    Examples
    --------
    >>> similar_name("2024年审查逮捕案卡", [Known("审查逮捕", "arrest_review", "label")]).reason.zh
    '含“审查逮捕”'
    """
    plain = plain_name(name)
    scored = [(_likeness(plain, plain_name(one.name)), one) for one in known]
    likeness, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or likeness < least:
        return None
    if plain_name(best.name) in plain:
        return Match(best.of, "suggestion", Label(f"含“{best.name}”", f"contains '{best.name}'"))
    return Match(best.of, "suggestion", Label(f"近似“{best.name}”", f"is like '{best.name}'"))


def likeness(left: str, right: str) -> float:
    """Say how alike two names are, as a reader compares them, from 0 to 1."""
    return _likeness(plain_name(left), plain_name(right))


def _likeness(left: str, right: str) -> float:
    """Say how alike two names are, from 0 to 1; one that holds the other is more alike the longer that is.

    Names of which one denies more often than the other (批准逮捕, 不批准逮捕) are not alike.
    """
    if sum(map(left.count, _DENIALS)) != sum(map(right.count, _DENIALS)):
        return 0.0
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= _SHORTEST_PART and shorter in longer:
        return _ALIKE + (1 - _ALIKE) * len(shorter) / len(longer)
    return difflib.SequenceMatcher(None, left, right).ratio()


def nearest(name: str, candidates: Iterable[str], otherwise: str) -> str:
    """Say which of the candidates may be meant, or else what there is."""
    every = list(candidates)
    similar = similar_name(name, [Known(one, one, "name") for one in every], _NEAR)
    if similar is not None:
        return f"did you mean '{similar.of}'?"
    return f"{otherwise}: {', '.join(every)}" if every else f"{otherwise}: none"
