# SPDX-License-Identifier: Apache-2.0
"""A trend (趋势): figures over time with their intervals, broken where there is no figure or another definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from casemetry._charts.axis import all_periods, begins_at_zero, figure_axis
from casemetry._charts.marks import point_layers, range_layers
from casemetry._charts.points import Panel, Point, tooltip
from casemetry._charts.runs import Trace, trace
from casemetry._charts.style import BLUE, GREEN, GREY, PALE
from casemetry._presentation.figures import NOTHING

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

HEIGHT = 250
SMALL_HEIGHT = 120

_DRAWN_BY = {"interval": ("run", "alone"), "rules": ("run", "alone"), "possible": ("point",)}
"""Which rows of data carry the ends of a band."""

Row = dict[str, Any]


def trend(panel: Panel, lang: Language, *, width: int) -> dict[str, Any]:
    """Draw one indicator: a picture, or small multiples of one scale where there are several cells."""
    periods = all_periods(point.period for point in panel.points if point.period)
    traces = [trace([point for point in panel.points if point.cell == cell], periods) for cell in panel.cells]
    rows = [row for each in traces for row in _rows(each)]
    columns = _columns(len(traces))
    size = (width, HEIGHT) if len(traces) == 1 else (width // columns - 30, SMALL_HEIGHT)
    layers = _layers(panel, periods, lang, size=size, rows=rows)
    body = {"width": size[0], "height": size[1], "layer": layers}
    if len(traces) == 1:
        return {"data": {"values": rows}, **body}
    facet = {"field": "cell", "type": "nominal", "sort": panel.cells, "header": {"labelLimit": size[0]}}
    return {"data": {"values": rows}, "facet": facet, "columns": columns, "spacing": 18, "spec": body}


def _columns(cells: int) -> int:
    return 1 if cells == 1 else 2 if cells <= 4 else 3


def _rows(trace: Trace) -> Iterator[Row]:
    for point in trace.points:
        yield _row("missing" if point.value is None else "point", point, said=tooltip(point), state=point.state)
    for number, run in enumerate(trace.runs):
        yield from (_row("run", point, run=number) for point in run)
        if len(run) == 1:
            yield _row("alone", run[0])
    for number, pair in enumerate(trace.ties):
        yield from (_row("tie", point, run=number) for point in pair)
    yield from (_row("alone", point) for point in trace.points if point.state == "unfinished")
    yield from (_row("break", point) for point in trace.breaks)
    yield from _prior_rows(trace)


def _prior_rows(trace: Trace) -> Iterator[Row]:
    run = 0
    for point in trace.points:
        run += point.prior is None
        if point.prior is not None:
            yield {"part": "prior", "cell": point.cell, "period": point.period, "value": point.prior, "run": run}


def _row(part: str, point: Point, **more: Any) -> Row:
    row: Row = {"part": part, "cell": point.cell, "period": point.period, "value": point.value, **more}
    for name in ("interval", "possible", "rules"):
        ends = getattr(point, name)
        if ends and part in _DRAWN_BY[name]:
            row |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
    if part == "missing":
        row["why"] = point.why or NOTHING
    return row


def _layers(
    panel: Panel, periods: list[str], lang: Language, *, size: tuple[int, int], rows: Sequence[Row]
) -> list[Row]:
    parts = {row["part"] for row in rows}
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": periods, "paddingInner": 0, "paddingOuter": 0},
        "axis": _period_axis(periods, size[0]),
    }
    numbers = [number for point in panel.points for number in point.numbers]
    zero = panel.is_relative or begins_at_zero(numbers)
    scale = {"zero": zero, **({} if numbers else {"domain": [0, 1]})}
    y = {"field": "value", "type": "quantitative", "scale": scale, "axis": figure_axis(panel.form, lang)}
    layers = [*_gaps(x, size, shown=len(periods) * 13 <= size[0])] if "missing" in parts else []
    bands = (("rules", GREEN, 0.3), ("interval", BLUE, 0.22))
    thickness = 5 if size[0] > 300 else 3
    for name, colour, opacity in bands:
        if panel.has(name):
            layers.append(_ribbon(name, x, y, color=colour, opacity=opacity))
            layers.append(_bar("alone", name, x, y, color=colour, opacity=2 * opacity, strokeWidth=thickness))
    if "prior" in parts:
        layers.append(_line("prior", x, y, color=GREY, strokeDash=[3, 3], strokeWidth=1.5))
    layers.append(_line("run", x, y, color=BLUE, strokeWidth=2))
    if "tie" in parts:
        layers.append(_line("tie", x, y, color=BLUE, strokeWidth=1.5, strokeDash=[2, 3]))
    if "break" in parts:
        rule = {"type": "rule", "color": GREY, "strokeDash": [5, 3]}
        layers.append(_layer("break", rule, {"x": {**x, "bandPosition": 0}}))
    small = len(periods) * 9 > size[0]
    if panel.has("possible"):
        layers += range_layers(x, y, along="y", size=10 if small else 16)
    return [*layers, *point_layers(x, y, size=22 if small else 50, part="point")]


def _gaps(x: Row, size: tuple[int, int], *, shown: bool) -> Iterator[Row]:
    yield _layer("missing", {"type": "rect", "color": PALE}, {"x": x, "tooltip": {"field": "said"}})
    if shown:
        mark = {"type": "text", "angle": 270, "color": GREY, "fontSize": 11, "limit": size[1] - 10}
        yield _layer("missing", mark, {"x": x, "y": {"value": size[1] / 2}, "text": {"field": "why"}})


def _ribbon(name: str, x: Row, y: Row, **look: Any) -> Row:
    """Shade from end to end along a run; a point that stands alone has a bar."""
    return _layer("run", {"type": "area", **look}, {"x": x, **_ends(name, y), "detail": {"field": "run"}})


def _bar(part: str, name: str, x: Row, y: Row, **look: Any) -> Row:
    return _layer(part, {"type": "rule", **look}, {"x": x, **_ends(name, y)})


def _ends(name: str, y: Row) -> Row:
    return {"y": {**y, "field": f"{name}_low"}, "y2": {"field": f"{name}_high"}}


def _line(part: str, x: Row, y: Row, **look: Any) -> Row:
    return _layer(part, {"type": "line", **look}, {"x": x, "y": y, "detail": {"field": "run"}})


def _layer(part: str, mark: Row, encoding: Row) -> Row:
    return {"transform": [{"filter": f"datum.part === '{part}'"}], "mark": mark, "encoding": encoding}


def _period_axis(periods: list[str], width: int) -> Row:
    """Label as many periods as there is room for; of months every third, sixth or twelfth, from January."""
    longest = max(map(len, periods), default=4) * 7 + 8
    room = max(1, width // longest)
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if len(periods) <= step * room), len(periods))
    first = next((index for index, period in enumerate(periods[:12]) if period.endswith(("-01", "Q1", "H1"))), 0)
    values = [period for index, period in enumerate(periods) if (index - first) % step == 0]
    return {"values": values, "title": None, "labelAngle": 0, "grid": False, "labelOverlap": True}
