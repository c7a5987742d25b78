# SPDX-License-Identifier: Apache-2.0
"""Colours, sizes and the look of all charts.

The colours are those of Okabe and Ito (2008), *Color Universal Design: how to make figures and presentations that are
friendly to colorblind people*: told apart with each of the common kinds of colour blindness. No chart rests on colour
alone: what is special has a shape, a dash or a word of its own.
"""

from __future__ import annotations

from typing import Any

from casemetry._charts.fonts import FALLBACK

BLUE = "#0072B2"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
VERMILION = "#D55E00"
GREY = "#767676"
INK = "#222222"
PALE = "#ECECEC"

CLASSES = (BLUE, ORANGE, GREEN, "#CC79A7", SKY, VERMILION, "#F0E442", GREY)
"""The colours of classes, in order; neighbours differ in lightness as well."""

ON_CLASSES = ("white", INK, "white", INK, INK, "white", INK, "white")
"""What is legible on each of them."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

CONFIG: dict[str, Any] = {
    "font": FALLBACK,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 12,
        "titleColor": GREY,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#E4E4E4",
        "domainColor": "#9A9A9A",
        "tickColor": "#9A9A9A",
    },
    "header": {"labelColor": INK, "labelFontSize": 13, "labelFontWeight": "bold", "title": None},
    "legend": {"labelColor": INK, "labelFontSize": 12, "symbolSize": 120, "labelLimit": 240, "orient": "top"},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 16,
        "fontWeight": "bold",
        "subtitleColor": "#555555",
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
        "subtitleLineHeight": 17,
        "offset": 14,
    },
}
"""The look; the same on every machine."""


def titled(body: dict[str, Any], title: str, lines: list[str], alt: str) -> dict[str, Any]:
    """Make a whole specification of what is drawn, a title, what stands below it, and what it says in words."""
    return {
        "$schema": SCHEMA,
        "description": alt,
        "title": {"text": title, **({"subtitle": lines} if lines else {})},
        **body,
        "config": CONFIG,
    }
