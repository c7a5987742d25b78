# SPDX-License-Identifier: Apache-2.0
"""The words that stand in and around a chart."""

from __future__ import annotations

from casemetry._presentation.words import Label

WORDS = {
    "interval": Label("浅蓝带：{interval}", "light blue band: {interval}"),
    "unknown_band": Label(
        "橙色线段：可能范围（未知的结果无论是什么）",
        "orange bar with ends: possible range, whatever the unknown outcomes are",
    ),
    "exclusive_any": Label("绿带：独占–任一", "green band: from exclusive to any"),
    "missing": Label("灰底：没有数值", "grey: no value"),
    "small": Label("○ 小基数", "○ small base"),
    "unfinished": Label("◇ 期间未完或未成熟", "◇ period not complete, or not mature"),
    "doubtful": Label("△ 请核对", "△ to be checked"),
    "definition_changed": Label("竖虚线：口径变化，两侧不连线", "dashed rule: definition changed, not joined"),
    "prior_line": Label("灰虚线：{prior}", "grey dashes: {prior}"),
    "prior_tick": Label("灰竖线：{prior}", "grey tick: {prior}"),
    "prior_point": Label("灰圈：{prior}，蓝点：本期", "grey ring: {prior}, blue dot: now"),
    "not_from_zero": Label("纵轴不从零开始", "the axis does not begin at zero"),
    "sorted": Label(
        "按值由高到低排列；相邻各行的差别可能只是偶然", "sorted by value; neighbours may differ by chance alone"
    ),
    "undated": Label("另有未注明日期的，不在图中：{figures}", "without a date, and not drawn: {figures}"),
    "no_prior": Label("无{prior}", "no {prior}"),
    "without": Label("不含 {names}", "without {names}"),
}
"""What a reader must know of the marks; each is said only where it is seen."""


def say(key: str, lang: str, **parts: str) -> str:
    """Give a phrase with its parts filled in."""
    return WORDS[key].text("zh" if lang == "zh" else "en").format(**parts)
