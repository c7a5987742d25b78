# SPDX-License-Identifier: Apache-2.0
"""What is seen in a chart, told in words and numbers to whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casemetry._charts.composition import Part
from casemetry._charts.points import Panel, Point
from casemetry._charts.rows import line_name
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

ALL = 16
"""Up to so many figures all are told; of more the first, the last, the greatest and the least of each cell."""

_KINDS = {
    "trend": Label("趋势图", "Trend"),
    "interval": Label("区间图", "Interval plot"),
    "band": Label("贡献率带状图", "Band of contributions"),
    "comparison": Label("对比图", "Comparison"),
    "composition": Label("构成图", "Composition"),
}
_ENDS = {
    "first": Label("起", "first"),
    "last": Label("止", "last"),
    "most": Label("最高", "highest"),
    "least": Label("最低", "lowest"),
}
_MORE = Label("共 {n} 个数值", "{n} figures")
_MISSING = Label("{n} 个没有数值（{why}）", "{n} without a value ({why})")


def alt_text(kind: str, title: str, panels: Sequence[Panel], lang: Language, below: Iterable[str]) -> str:
    """Tell a chart of points."""
    told = [_panel(kind, panel, lang) for panel in panels]
    if len(panels) > 1:
        told = [f"{panel.title}{_colon(lang)}{text}" for panel, text in zip(panels, told, strict=True)]
    return _whole(kind, title, told, lang, below)


def composition_alt(title: str, parts: Sequence[Part], lang: Language, below: Iterable[str]) -> str:
    """Tell a chart of parts."""
    bars = dict.fromkeys(part.bar for part in parts)
    comma = "、" if lang == "zh" else ", "
    told = [
        f"{bar}{_colon(lang)}{comma.join(f'{part.name} {part.text}' for part in parts if part.bar == bar)}"
        for bar in bars
    ]
    return _whole("composition", title, told, lang, below)


def _whole(kind: str, title: str, told: Sequence[str], lang: Language, below: Iterable[str]) -> str:
    stop, end = ("；", "。") if lang == "zh" else ("; ", ".")
    return (
        f"{_KINDS[kind].text(lang)}{_colon(lang)}{title}{end if lang == 'zh' else '. '}"
        + "".join(f"{text}{end if lang == 'zh' else '. '}" for text in (stop.join(told), *below) if text).rstrip()
    )


def _panel(kind: str, panel: Panel, lang: Language) -> str:
    if len(panel.points) <= ALL:
        return _list([_figure(point, panel, lang) for point in panel.points], lang)
    if kind != "trend":
        return _list([_MORE.text(lang).format(n=len(panel.points)), *_summary(panel.points, panel, lang)], lang)
    cells = ([point for point in panel.points if point.cell == cell] for cell in panel.cells)
    return _list([text for points in cells for text in _summary(points, panel, lang, ends=True)], lang)


def _summary(points: Sequence[Point], panel: Panel, lang: Language, *, ends: bool = False) -> list[str]:
    held = [point for point in points if point.value is not None]
    found: dict[str, Point] = {}
    if held:
        found = {"first": held[0], "last": held[-1]} if ends else {}
        found |= {"most": max(held, key=_value), "least": min(held, key=_value)}
    missing = [point for point in points if point.value is None]
    told = [f"{_ENDS[name].text(lang)} {_figure(point, panel, lang)}" for name, point in found.items()]
    if missing:
        why = ("、" if lang == "zh" else ", ").join(dict.fromkeys(point.why for point in missing))
        told.append(_MISSING.text(lang).format(n=len(missing), why=why))
    return told


def _value(point: Point) -> float:
    return point.value or 0.0


def _figure(point: Point, panel: Panel, lang: Language) -> str:
    change = f"{panel.compared} {point.prior_text}, {point.change}" if point.prior is not None else ""
    n = f"n = {point.basis}" if point.basis and point.value is not None else ""
    notes = ", ".join(filter(None, (point.interval_text, n, change, point.why)))
    brackets = ("（", "）") if lang == "zh" else (" (", ")")
    return f"{line_name(point)} {point.text}" + (f"{brackets[0]}{notes}{brackets[1]}" if notes else "")


def _list(texts: Iterable[str], lang: Language) -> str:
    return ("；" if lang == "zh" else "; ").join(texts)


def _colon(lang: Language) -> str:
    return "：" if lang == "zh" else ": "
