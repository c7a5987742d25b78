# SPDX-License-Identifier: Apache-2.0
"""What something is made of (构成): bars of parts, as counts, or as the shares that a result gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemetry._charts.style import CLASSES, GREY, ON_CLASSES
from casemetry._charts.words import say

if TYPE_CHECKING:
    from casemetry._presentation.words import Language


@dataclass(frozen=True)
class Part:
    """A part of a whole.

    Attributes
    ----------
    bar
        Of what it is a part: a cell or a period; each bar of a chart has another name.
    name
        The class; the order of first appearance is that of the chart.
    size
        Its count or, of a chart of shares, its share as a fraction; None where it is not known or not shown.
    text
        The figure as it is printed, or why there is none.
    said
        All that is known of it, for who points at it.
    """

    bar: str
    name: str
    size: float | None
    text: str
    said: str = ""


def composition(parts: Sequence[Part], lang: Language, *, width: int, shares: bool) -> dict[str, Any]:
    """Draw a bar of parts for each whole; a part without a size is named beside the bar, and leaves no room."""
    bars = list(dict.fromkeys(part.bar for part in parts))
    names = list(dict.fromkeys(part.name for part in parts))
    longest = max((sum(part.size or 0 for part in parts if part.bar == bar) for bar in bars), default=0) or 1
    rows = [_row(part, names, room=width / longest) for part in parts if part.size is not None]
    return {
        "data": {"values": rows},
        "width": width,
        "height": {"step": 34 if len(bars) <= 15 else 24},
        "layer": list(_layers(parts, bars, names, lang, width=width, shares=shares)),
    }


def _row(part: Part, names: list[str], *, room: float) -> dict[str, Any]:
    place = names.index(part.name)
    fits = (part.size or 0) * room >= 8 * len(part.text) + 6
    return {
        "bar": part.bar,
        "name": part.name,
        "place": place,
        "size": part.size,
        "text": part.text if fits else "",
        "ink": ON_CLASSES[place],
        "said": part.said or f"{part.bar} · {part.name} · {part.text}",
    }


def _layers(
    parts: Sequence[Part], bars: list[str], names: list[str], lang: Language, *, width: int, shares: bool
) -> Iterator[dict[str, Any]]:
    axis = {"labelExpr": "format(datum.value * 100, ',~f') + '%'"} if shares else {"format": ",~f"}
    scale: dict[str, Any] = {"domain": [0, 1], "clamp": True} if shares else {}
    x = {
        "field": "size",
        "type": "quantitative",
        "stack": "zero",
        "scale": scale,
        "axis": {**axis, "title": None, "tickCount": 5},
    }
    y = {
        "field": "bar",
        "type": "nominal",
        "sort": bars,
        "scale": {"domain": bars},
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 260, "labelPadding": 8},
    }
    legend = {"title": None, "columns": 4 if len(names) <= 8 else 3}
    colour = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": list(CLASSES[: len(names)])},
        "legend": legend,
    }
    order = {"field": "place", "type": "quantitative"}
    bar = {"type": "bar", "stroke": "white", "strokeWidth": 1.2, "height": {"band": 0.72}}
    yield {"mark": bar, "encoding": {"x": x, "y": y, "color": colour, "order": order, "tooltip": {"field": "said"}}}
    inside = {**x, "bandPosition": 0.5}
    ink = {"field": "ink", "type": "nominal", "scale": None}
    text = {"text": {"field": "text"}, "color": ink, "order": order, "detail": {"field": "name"}}
    yield {"mark": {"type": "text", "fontSize": 12}, "encoding": {"x": inside, "y": y, **text}}
    left_out = [{"bar": bar, "without": _without(parts, bar, lang)} for bar in bars]
    left_out = [row for row in left_out if row["without"]]
    if left_out:
        mark = {"type": "text", "align": "left", "color": GREY, "fontStyle": "italic", "fontSize": 12}
        place = {"x": {"value": width + 10}, "y": y, "text": {"field": "without"}}
        yield {"data": {"values": left_out}, "mark": mark, "encoding": place}


def _without(parts: Sequence[Part], bar: str, lang: Language) -> str:
    out = [
        f"{part.name}（{part.text}）" if lang == "zh" else f"{part.name} ({part.text})"
        for part in parts
        if part.bar == bar and part.size is None
    ]
    return say("without", lang, names=("、" if lang == "zh" else ", ").join(out)) if out else ""
