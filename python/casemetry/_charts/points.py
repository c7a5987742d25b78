# SPDX-License-Identifier: Apache-2.0
"""The rows of a result as points to be drawn: numbers as they are, and the words that stand by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casemetry._charts.definitions import definition_held
from casemetry._presentation.cells import change_cell, prior_cell, value_cell
from casemetry._presentation.display import clip, safe_text, width
from casemetry._presentation.figures import number_text
from casemetry._presentation.words import GRAVE, Label, comparison_label, status_words, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.figures import Form, Measure
    from casemetry._presentation.words import Language

Range = tuple[float, float] | None

LONGEST = 60
"""Columns that a label takes at most in a chart."""


@dataclass(frozen=True)
class Point:
    """A figure to be drawn.

    Attributes
    ----------
    cell
        What it is of; each cell of a panel has another name. Empty if there is one only, told apart by periods.
    period
        Of a figure with a date.
    value, prior
        The figure, and what it is compared with; None where there is none.
    interval, possible, rules
        Its interval; what it could be, whatever the unknown are (None where none are); the band of rules.
    state
        ``sure``, ``small``, ``unfinished`` (partial or immature), ``doubtful``, ``missing``.
    definition
        The number of the definition that it is by: a line joins figures of one.
    text, change
        The figure and its change as they are printed.
    basis
        The number that it rests on, as it is printed; nothing for counts.
    why
        The words of its flags.
    """

    cell: str
    period: str | None = None
    value: float | None = None
    prior: float | None = None
    interval: Range = None
    possible: Range = None
    rules: Range = None
    state: str = "sure"
    definition: int = 0
    text: str = ""
    change: str = ""
    prior_text: str = ""
    interval_text: str = ""
    basis: str = ""
    why: str = ""

    @property
    def numbers(self) -> list[float]:
        """All that must have room on the axis."""
        ends = [end for ends in (self.interval, self.possible, self.rules) if ends for end in ends]
        return [number for number in (self.value, self.prior, *ends) if number is not None]


@dataclass(frozen=True)
class Panel:
    """The points of one indicator, on one axis.

    Attributes
    ----------
    title
        What the indicator is called.
    form
        How its numbers are printed.
    points
        In the order of the result.
    is_relative
        Whether it counts, so that it is drawn from zero.
    compared
        What it is compared with; nothing if it is not.
    """

    title: str
    form: Form
    points: tuple[Point, ...]
    is_relative: bool = False
    compared: str = ""

    @property
    def cells(self) -> list[str]:
        """The cells, in order."""
        return list(dict.fromkeys(point.cell for point in self.points))

    def has(self, name: str) -> bool:
        """Tell whether any point has this attribute."""
        return any(getattr(point, name) not in (None, "") for point in self.points)

    def has_state(self, *states: str) -> bool:
        """Tell whether any point is in one of these states."""
        return any(point.state in states for point in self.points)


def panels(facts: Facts, lang: Language, compare: str | None) -> list[Panel]:
    """Take the points of a result: a panel an indicator; ``compare``: the comparison that is drawn."""
    names = _Names(facts, lang)
    points: dict[str, list[Point]] = {name: [] for name in facts.measures}
    for index in range(len(facts)):
        points[facts.columns["indicator"][index]].append(_point(facts, index, names.of(index), lang, compare))
    compared = comparison_label(compare).text(lang) if compare else ""
    return [
        Panel(_label(measure, lang), measure.form, tuple(points[name]), measure.is_relative, compared)
        for name, measure in facts.measures.items()
    ]


def in_one(drawn: Sequence[Panel]) -> Panel:
    """Put the points of several indicators in one panel, to be compared on one axis."""
    if len(drawn) == 1:
        return drawn[0]
    points = [replace(point, cell=_of(panel, point)) for panel in drawn for point in panel.points]
    return replace(drawn[0], title="", points=tuple(points))


def without_period(panel: Panel) -> Panel:
    """Leave the period out where all have the same, if something else names each: it is said once, below the title."""
    if len({point.period for point in panel.points}) > 1 or not all(point.cell for point in panel.points):
        return panel
    return replace(panel, points=tuple(replace(point, period=None) for point in panel.points))


def _of(panel: Panel, point: Point) -> str:
    return panel.title if len(panel.cells) == 1 else f"{panel.title} · {point.cell}"


def tooltip(point: Point) -> str:
    """Give all that is known of a point on one line."""
    n = f"n = {point.basis}" if point.basis else ""
    parts = (point.cell, point.period or "", point.text, point.interval_text, n, point.change, point.why)
    return " · ".join(filter(None, parts))


class _Names:
    """What cells are called: safe, short enough, and told apart."""

    def __init__(self, facts: Facts, lang: Language) -> None:
        self._facts, self._lang = facts, lang
        self._names: dict[tuple[str | None, ...], str] = {}
        self._taken: set[str] = set()

    def of(self, index: int) -> str:
        key = tuple(self._facts.columns[name][index] for name in self._facts.dimensions)
        if key not in self._names:
            self._names[key] = self._free(self._text(index))
            self._taken.add(self._names[key])
        return self._names[key]

    def _text(self, index: int) -> str:
        texts = (self._facts.dimension_text(name, index, self._lang) for name in self._facts.dimensions)
        name = clip(" · ".join(map(safe_text, texts)), LONGEST)
        return name or ("" if self._facts.has_periods else word("all", self._lang))

    def _free(self, name: str) -> str:
        free, number = name, 1
        while free in self._taken:
            number += 1
            free = f"{name} ({number})"
        return free


def _point(facts: Facts, index: int, cell: str, lang: Language, compare: str | None) -> Point:
    row, flags = facts.row(index), facts.flags(index)
    value = value_cell(facts, index, lang)
    period = row["period"]
    return Point(
        cell=cell,
        period=None if period is None else safe_text(str(period)),
        value=row["value"],
        prior=row[f"{compare}_value"] if compare else None,
        interval=_range(row["low"], row["high"]),
        possible=_range(row["least"], row["most"]) if row["unknown"] else None,
        rules=_range(row.get("exclusive"), row.get("any")),
        state=_state(row["value"], flags),
        definition=definition_held(facts, index),
        text=value.text,
        change=change_cell(facts, compare, index, lang).text if compare else "",
        prior_text=prior_cell(facts, compare, index, lang).text if compare else "",
        interval_text=value.note,
        basis=number_text(row["denominator"]),
        why=status_words(flags, lang),
    )


def _range(low: float | None, high: float | None) -> Range:
    return None if low is None or high is None else (low, high)


def _state(value: float | None, flags: Iterable[str]) -> str:
    held = set(flags)
    if value is None:
        return "missing"
    if held & GRAVE:
        return "doubtful"
    if held & {"immature", "partial_period"}:
        return "unfinished"
    return "small" if "small" in held else "sure"


def _label(measure: Measure, lang: Language) -> str:
    return clip(safe_text(Label(*measure.label).text(lang)), LONGEST)


def wrapped(parts: Iterable[str], columns: int) -> list[str]:
    """Put phrases on lines of so many columns, parted by dots; a long one has a line of its own."""
    lines: list[str] = []
    for part in map(safe_text, parts):
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and width(joined) <= columns:
            lines[-1] = joined
        else:
            lines.extend(_pieces(part, columns))
    return lines


def _pieces(text: str, columns: int) -> list[str]:
    pieces = [""]
    for character in text:
        if width(pieces[-1] + character) > columns:
            pieces.append("")
        pieces[-1] += character
    return [piece.strip() for piece in pieces if piece.strip()]
