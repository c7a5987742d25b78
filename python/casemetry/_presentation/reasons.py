# SPDX-License-Identifier: Apache-2.0
"""Why indicators are not available, in a few words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casemetry._presentation.display import safe_text
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

_NO_TABLE = re.compile(r"needs table '([^']+)'")
_NO_COLUMN = re.compile(r"table '([^']+)' has no column '([^']+)'")
_NO_DIMENSION = re.compile(r"has no dimension '([^']+)'")
_NO_DATE = re.compile(r"has no date")
_NOT_HELD = re.compile(r"the cube does not hold")

_NAMED = 3
"""Of how many indicators that lack the same the names are told."""
_LINES = 6
"""In how many lines reasons are told."""

_LINE = Label("不可用（{reason}）：{names}", "not available ({reason}): {names}")
_MORE_NAMES = Label("等 {all} 项", " and {more} more")
_MORE_LINES = Label(
    "不可用：另有 {n} 项，出于其他 {reasons} 种原因；见 cube.not_available",
    "not available: {n} more, for {reasons} other reasons; see cube.not_available",
)


def short_reason(reason: str, tree: Mapping[str, Any]) -> Label:
    """Shorten the reason that the core gives, with the labels of the catalogue for what is missing.

    Parameters
    ----------
    reason
        As the core words it; one of no known kind stands as it is.
    tree
        The catalogue in its exchanged form.

    Examples
    --------
    >>> columns = {"judged_on": {"label": {"zh": "判决日期"}}}
    >>> tree = {"table": {"judgment": {"label": {"zh": "刑事判决"}, "columns": columns}}}
    >>> short_reason("needs table 'judgment'; the tables given are: arrest_review", tree).zh
    '缺表：刑事判决'
    >>> short_reason("table 'judgment' has no column 'judged_on'; known: office", tree).zh
    '缺列：刑事判决·判决日期'
    >>> short_reason("'review' has no dimension 'city'; ask without it", tree).zh
    '不分：city'
    """
    tables = tree.get("table", {})
    if found := _NO_COLUMN.search(reason):
        table, column = found.groups()
        declared = tables.get(table, {})
        titles = (_label(table, declared), _label(column, declared.get("columns", {}).get(column, {})))
        return Label(f"缺列：{titles[0].zh}·{titles[1].zh}", f"no column {titles[0].en}: {titles[1].en}")
    if found := _NO_TABLE.search(reason):
        title = _label(found[1], tables.get(found[1], {}))
        return Label(f"缺表：{title.zh}", f"no table {title.en}")
    if found := _NO_DIMENSION.search(reason):
        title = _label(found[1], tree.get("dimension", {}).get(found[1], {}))
        return Label(f"不分：{title.zh}", f"no dimension {title.en}")
    if _NO_DATE.search(reason):
        return Label("没有日期，不分期间", "no date to place it by")
    if _NOT_HELD.search(reason):
        return Label("数据立方未计", "not counted in the cube")
    return Label(reason, reason)


def not_available_lines(facts: Facts, lang: Language) -> Iterator[str]:
    """Tell which indicators are not available: a line a reason, those that most have first."""
    lacking: dict[str, list[str]] = {}
    for name, reason in not_available_rows(facts, lang):
        lacking.setdefault(reason, []).append(name)
    told = sorted(lacking.items(), key=lambda one: -len(one[1]))
    for reason, names in told[:_LINES]:
        yield _LINE.text(lang).format(reason=safe_text(reason), names=_some(names, lang))
    left = [names for _, names in told[_LINES:]]
    if left:
        yield _MORE_LINES.text(lang).format(n=sum(map(len, left)), reasons=len(left))


def not_available_rows(facts: Facts, lang: Language) -> Iterator[tuple[str, str]]:
    """Give each indicator that is not available with its reason, for a sheet of notes."""
    for name, reason in facts.not_available.items():
        yield facts.measures[name].label.text(lang), short_reason(reason, facts.definitions).text(lang)


def _some(names: list[str], lang: Language) -> str:
    told = ("、" if lang == "zh" else ", ").join(names[:_NAMED])
    more = len(names) - _NAMED
    return told + (_MORE_NAMES.text(lang).format(all=len(names), more=more) if more > 0 else "")


def _label(name: str, declared: Mapping[str, Any]) -> Label:
    label = declared.get("label", {})
    texts = Label(label, label) if isinstance(label, str) else Label(label.get("zh", ""), label.get("en", ""))
    return Label(texts.text("zh") or name, texts.text("en") or name)
