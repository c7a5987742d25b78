# SPDX-License-Identifier: Apache-2.0
"""Which points of a trend are joined by a line: neighbours in time, of one definition, each with a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casemetry._charts.points import Point


@dataclass(frozen=True)
class Trace:
    """The points of one cell over time, with what joins them.

    Attributes
    ----------
    points
        In order of time.
    runs
        Those that a solid line joins, each run by itself; one alone has no line.
    ties
        Two by two, what a dashed line joins: the way to a point whose period is not complete.
    breaks
        The points at which a definition begins that differs from that of the point before.
    """

    points: tuple[Point, ...]
    runs: tuple[tuple[Point, ...], ...]
    ties: tuple[tuple[Point, Point], ...]
    breaks: tuple[Point, ...]


def trace(points: Sequence[Point], periods: Sequence[str]) -> Trace:
    """Join the dated points of one cell; ``periods``: all that the axis has."""
    place = {period: index for index, period in enumerate(periods)}
    ordered = sorted((point for point in points if point.period), key=lambda point: place[str(point.period)])
    return Trace(
        tuple(ordered),
        tuple(_runs(ordered, place)),
        tuple(pair for pair in pairwise(ordered) if _joined(*pair, place) and "unfinished" in _states(pair)),
        tuple(now for then, now in pairwise(_held(ordered)) if then.definition != now.definition),
    )


def _runs(points: Sequence[Point], place: dict[str, int]) -> Iterator[tuple[Point, ...]]:
    run: list[Point] = []
    for point in points:
        if run and not (_joined(run[-1], point, place) and point.state != "unfinished"):
            yield tuple(run)
            run = []
        if point.value is not None and point.state != "unfinished":
            run.append(point)
    if run:
        yield tuple(run)


def _held(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.value is not None]


def _joined(then: Point, now: Point, place: dict[str, int]) -> bool:
    follows = place[str(now.period)] == place[str(then.period)] + 1
    return follows and None not in (then.value, now.value) and then.definition == now.definition


def _states(pair: tuple[Point, Point]) -> set[str]:
    return {point.state for point in pair}
