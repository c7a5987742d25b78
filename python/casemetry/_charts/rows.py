# SPDX-License-Identifier: Apache-2.0
"""Cells below each other, a line each, with their figures: intervals, bands, or now beside then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casemetry._charts.axis import begins_at_zero, figure_axis
from casemetry._charts.marks import point_layers, range_layers
from casemetry._charts.points import Panel, Point, tooltip
from casemetry._charts.style import BLUE, GREEN, GREY, INK
from casemetry._charts.words import say
from casemetry._presentation.display import width as columns
from casemetry._presentation.figures import NOTHING

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

Row = dict[str, Any]

_BAND = {"rules": (GREEN, 0.3, 15), "interval": (BLUE, 0.28, 9)}
"""Colour, opacity and thickness of what is drawn from end to end."""

_LABEL_LIMIT = 260


def rows(panel: Panel, lang: Language, *, width: int, comparison: bool) -> dict[str, Any]:
    """Draw the cells of an indicator, in the order of the panel."""
    points = list(panel.points)
    step = 26 if len(points) <= 30 else 19
    values = [_row(point, panel, lang, comparison=comparison) for point in points]
    return {
        "data": {"values": values},
        "width": width,
        "height": {"step": step},
        "layer": list(_layers(panel, points, lang, width=width, comparison=comparison)),
    }


def by_value(panel: Panel) -> tuple[Point, ...]:
    """Sort by value, the largest first; those without one last; equal ones as they stood."""
    return tuple(sorted(panel.points, key=lambda point: (point.value is None, -(point.value or 0))))


def _row(point: Point, panel: Panel, lang: Language, *, comparison: bool) -> Row:
    row: Row = {
        "part": "point",
        "cell": line_name(point),
        "value": point.value,
        "prior": point.prior,
        "state": point.state,
        "said": tooltip(point),
        "why": "" if point.value is not None else point.why or NOTHING,
        "figure": "" if point.value is None else point.text,
        "beside": _beside(point, panel, lang, comparison=comparison),
    }
    for name in (*_BAND, "possible"):
        ends = getattr(point, name)
        if ends:
            row |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
    return row


def line_name(point: Point) -> str:
    """Name a line: its cell, and its period if rows are told apart by it."""
    return " · ".join(filter(None, (point.cell, point.period)))


def _beside(point: Point, panel: Panel, lang: Language, *, comparison: bool) -> str:
    """Give what stands behind a figure: its change, or what it rests on."""
    if point.value is None:
        return ""
    if comparison:
        return point.change if point.prior is not None else say("no_prior", lang, prior=panel.compared)
    return f"n = {point.basis}" if point.basis else ""


def _layers(panel: Panel, points: list[Point], lang: Language, *, width: int, comparison: bool) -> Iterator[Row]:
    y = _cell_axis([line_name(point) for point in points])
    numbers = [number for point in points for number in point.numbers]
    zero = panel.is_relative or begins_at_zero(numbers)
    scale = {"zero": zero, **({} if numbers else {"domain": [0, 1]})}
    axis = figure_axis(panel.form, lang, orient="top" if len(points) > 30 else "bottom")
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    if panel.is_relative and not comparison:
        stem = {"type": "rule", "color": BLUE, "opacity": 0.45, "strokeWidth": 4}
        yield {"mark": stem, "encoding": {"y": y, "x": {**x, "field": "zero"}, "x2": {"field": "value"}}} | _from_zero()
    for name, (colour, opacity, thickness) in _BAND.items():
        if panel.has(name):
            bar = {"type": "rule", "color": colour, "opacity": opacity, "strokeWidth": thickness}
            ends = {"x": {**x, "field": f"{name}_low"}, "x2": {"field": f"{name}_high"}}
            yield {"mark": bar, "encoding": {"y": y, **ends}}
    if panel.has("possible"):
        yield from range_layers(y, x, along="x", size=18)
    yield from _prior(panel, x, y, comparison=comparison)
    yield from point_layers(x, y, size=70, part="point")
    longest = max((columns(point.text) for point in points if point.value is not None), default=0)
    yield from _texts(y, width, 7 * longest)


def _from_zero() -> Row:
    return {"transform": [{"filter": "isValid(datum.value)"}, {"calculate": "0", "as": "zero"}]}


def _prior(panel: Panel, x: Row, y: Row, *, comparison: bool) -> Iterator[Row]:
    if not panel.has("prior"):
        return
    prior = {"y": y, "x": {**x, "field": "prior"}}
    if comparison:
        way = {"type": "rule", "color": GREY, "strokeWidth": 2}
        yield {
            "transform": [{"filter": "isValid(datum.prior) && isValid(datum.value)"}],
            "mark": way,
            "encoding": {**prior, "x2": {"field": "value"}},
        }
        ring = {"type": "point", "shape": "circle", "fill": "white", "stroke": GREY, "strokeWidth": 1.6, "opacity": 1}
        yield {"mark": {**ring, "size": 60}, "encoding": prior}
    else:
        yield {"mark": {"type": "tick", "color": GREY, "thickness": 2, "size": 15}, "encoding": prior}


def _texts(y: Row, width: int, longest: int) -> Iterator[Row]:
    why = {"type": "text", "align": "left", "color": GREY, "fontStyle": "italic", "fontSize": 12}
    yield {"mark": why, "encoding": {"y": y, "x": {"value": 6}, "text": {"field": "why"}}}
    for name, align, colour, place in (("figure", "right", INK, 12), ("beside", "left", GREY, 24)):
        mark = {"type": "text", "align": align, "color": colour, "fontSize": 12}
        yield {"mark": mark, "encoding": {"y": y, "x": {"value": width + place + longest}, "text": {"field": name}}}


def _cell_axis(names: list[str]) -> Row:
    axis: Row = {"title": None, "grid": True, "gridDash": [1, 3], "ticks": False, "domain": False}
    axis |= {"labelLimit": _LABEL_LIMIT, "labelPadding": 8}
    return {"field": "cell", "type": "nominal", "sort": names, "axis": axis}
