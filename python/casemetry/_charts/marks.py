# SPDX-License-Identifier: Apache-2.0
"""How a point is marked: its shape says what is to be known of it."""

from __future__ import annotations

from typing import Any

from casemetry._charts.style import BLUE, ORANGE, VERMILION

_MARKS = {
    "sure": {"shape": "circle", "fill": BLUE, "stroke": "white", "strokeWidth": 1},
    "small": {"shape": "circle", "fill": "white", "stroke": BLUE, "strokeWidth": 1.6},
    "unfinished": {"shape": "diamond", "fill": "white", "stroke": BLUE, "strokeWidth": 1.6},
    "doubtful": {"shape": "triangle-up", "fill": "white", "stroke": VERMILION, "strokeWidth": 1.8},
}


def range_layers(cell: dict[str, Any], figure: dict[str, Any], *, along: str, size: int) -> list[dict[str, Any]]:
    """Draw what figures could be, with ends that stand out from behind a point even where they are close together.

    ``cell`` and ``figure`` are encodings; ``along``: the axis of the figures, ``x`` or ``y``.
    """
    across = "y" if along == "x" else "x"
    low, high = ({**figure, "field": f"possible_{end}"} for end in ("low", "high"))
    seen = {"transform": [{"filter": "isValid(datum.possible_low)"}]}
    bar = {"type": "rule", "color": ORANGE, "strokeWidth": 3}
    end = {"type": "tick", "color": ORANGE, "thickness": 3, "size": size, "opacity": 1}
    return [
        {**seen, "mark": bar, "encoding": {across: cell, along: low, f"{along}2": {"field": "possible_high"}}},
        *({**seen, "mark": end, "encoding": {across: cell, along: place}} for place in (low, high)),
    ]


def point_layers(x: dict[str, Any], y: dict[str, Any], *, size: int, part: str) -> list[dict[str, Any]]:
    """Draw the points of each state."""
    encoding = {"x": x, "y": y, "tooltip": {"field": "said"}}
    return [
        {
            "transform": [{"filter": f"datum.part === '{part}' && datum.state === '{state}'"}],
            "mark": {"type": "point", "size": size, "opacity": 1, **look},
            "encoding": encoding,
        }
        for state, look in _MARKS.items()
    ]
