# SPDX-License-Identifier: Apache-2.0
"""A specification as a picture or a page, drawn on this machine and with nothing from elsewhere."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from casemetry._charts.fonts import FALLBACK, Font, chinese_font
from casemetry._optional import require
from casemetry._presentation.display import safe_html

VERSION = "5.20"
"""The version of Vega-Lite that draws."""

_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\U00020000-\U0003ffff]")


def svg(spec: dict[str, Any], font: Font | None) -> str:
    """Draw an SVG; ``font``: the one by which texts are measured, named before all others."""
    vl_convert = require("vl_convert")
    text: str = vl_convert.vegalite_to_svg(_with_font(spec, font), vl_version=VERSION, allowed_base_urls=[])
    return text


def png(spec: dict[str, Any], font: Font | None, scale: float) -> bytes:
    """Draw a PNG."""
    vl_convert = require("vl_convert")
    image: bytes = vl_convert.vegalite_to_png(
        _with_font(spec, font), vl_version=VERSION, scale=scale, allowed_base_urls=[]
    )
    return image


def html(spec: dict[str, Any], title: str, alt: str, picture: str, lang: str) -> str:
    """Write a page that holds the picture, all that is needed to point into it, and what it says in words."""
    held = json.dumps(spec, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if lang == "zh" else "en"}">
<head>
<meta charset="utf-8">
<title>{safe_html(title)}</title>
<style>
body {{ margin: 2em; font-family: {FALLBACK}; }}
details {{ margin-top: 1em; color: #555; max-width: 60em; }}
</style>
<script>{_bundle()}</script>
</head>
<body>
<div id="chart" role="img" aria-label="{safe_html(alt)}">{picture}</div>
<details><summary>{"文字说明" if lang == "zh" else "In words"}</summary><p>{safe_html(alt)}</p></details>
<script>vegaEmbed("#chart", {held}, {{renderer: "svg", actions: false}});</script>
</body>
</html>
"""


def needs_chinese(spec: dict[str, Any]) -> bool:
    """Tell whether any text in it has Chinese characters."""
    shown = {name: part for name, part in spec.items() if name != "description"}
    return bool(_CHINESE.search(json.dumps(shown, ensure_ascii=False)))


def registered(font: Font) -> Font:
    """Make a font known to who draws, wherever it lies."""
    _register(str(font.file.parent))
    return font


def font_for(spec: dict[str, Any]) -> Font | None:
    """Find the font that a specification needs: none if it has no Chinese characters.

    Raises
    ------
    MissingPackageError
        If it has, and there is no font with them.
    """
    return registered(chinese_font()) if needs_chinese(spec) else None


@cache
def _register(folder: str) -> None:
    require("vl_convert").register_font_directory(folder)


@cache
def _bundle() -> str:
    script: str = require("vl_convert").javascript_bundle(vl_version=VERSION)
    return script.replace("</script", "<\\/script")


def _with_font(spec: dict[str, Any], font: Font | None) -> str:
    family = f"{font.family}, {FALLBACK}" if font else FALLBACK
    return json.dumps({**spec, "config": {**spec["config"], "font": family}}, ensure_ascii=False)
