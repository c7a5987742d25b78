# SPDX-License-Identifier: Apache-2.0
"""How a point is marked: its shape says what is to be known of it."""

from __future__ import annotations

from typing import Any

from casemetry._charts.style import BLUE, VERMILLION

_MARKS = {
    "sure": {"shape": "circle", "fill": BLUE, "stroke": "white", "strokeWidth": 1},
    "small": {"shape": "circle", "fill": "white", "stroke": BLUE, "strokeWidth": 1.6},
    "unfinished": {"shape": "diamond", "fill": "white", "stroke": BLUE, "strokeWidth": 1.6},
    "doubtful": {"shape": "triangle-up", "fill": "white", "stroke": VERMILLION, "strokeWidth": 1.8},
}


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
