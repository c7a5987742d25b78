# SPDX-License-Identifier: Apache-2.0
"""What always stands by a contribution: the names that it depends on, and whether all leads are known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from casemetry._presentation.words import Label, word

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

Names = Mapping[str, str]
"""``rule``, ``among``, ``stage``, ``groups``, ``counts`` and ``window``, as the metadata of a result have them."""

_ORDER = ("rule", "among", "stage", "groups", "counts", "window")
_ATTRIBUTED = "attributed leads"
_DEFAULTS = {
    ("among", "all leads"): Label("全部线索", "all leads"),
    ("stage", "none"): Label("不分环节", "none"),
    ("counts", "leads"): Label("线索", "leads"),
    ("counts", _ATTRIBUTED): Label("有来源的线索", _ATTRIBUTED),
    ("window", "none"): Label("无", "none"),
}
"""The words that stand for what is not said."""

_UNNAMED = re.compile(r"groups_*")
_GROUPS_ZH = (
    (re.compile(r"^table "), "表 "),
    (re.compile(r" \((\d+) sources?\)"), r"（\1 个来源）"),
    (re.compile(r" \((\d+) groups\)"), r"（共列 \1 组）"),
    (re.compile(r" \(all others\)$"), "（其他来源）"),
    (re.compile("）, "), "）、"),
)
"""How groups are told in Chinese."""


def contribution_lines(facts: Facts, lang: Language) -> list[str]:
    """Give the lines below a table of contributions: the names, and what to know of the leads."""
    named = names_by_indicator(facts)
    return [
        *([names_line(named.values(), lang)] if named else []),
        *([] if leads_are_known(facts) else [word("leads_unknown", lang)]),
        *(f"{word(name, lang)}: {leads:,}" for name in ("no_stage", "out_of_order") for leads in _odd(facts, name)),
    ]


def _odd(facts: Facts, name: str) -> Iterable[int]:
    """Give how many leads of each set are odd in this way."""
    leads: dict[str, int] = json.loads(facts.metadata.get(name, "{}"))
    return leads.values()


def leads_are_known(facts: Facts) -> bool:
    """Tell whether leads come from a lead table, so that those without a source are among them."""
    return facts.metadata.get("leads_known") != "false"


def names_by_indicator(facts: Facts) -> dict[str, Names]:
    """Give the names of each contribution of a result, by its id and in their order."""
    names: dict[str, Names] = json.loads(facts.metadata.get("names", "{}"))
    return {name: names[name] for name in facts.measures if name in names}


def names_line(named: Iterable[Names], lang: Language) -> str:
    """Put the names of one contribution or several on one line; where they differ, each that there is.

    Examples
    --------
    >>> names_line([{"rule": "any", "stage": "filed"}, {"rule": "owen", "stage": "filed"}], "zh")
    '规则 any、owen · 环节 filed'
    >>> names_line([{"among": "all leads", "counts": "recovered of attributed leads"}], "zh")
    '范围 全部线索 · 计数 recovered（有来源的线索）'
    """
    rows = list(named)
    comma = "、" if lang == "zh" else ", "
    each = {key: dict.fromkeys(_told(key, row[key], lang) for row in rows) for key in _ORDER if key in rows[0]}
    return " · ".join(f"{word(key, lang)} {comma.join(told)}" for key, told in each.items())


def _groups(told: str, lang: Language) -> str:
    """Tell a grouping with its groups; groups that were given with the question have no name of their own.

    Examples
    --------
    >>> _groups("origin: digital (2 sources), traditional (all others)", "zh")
    'origin：digital（2 个来源）、traditional（其他来源）'
    >>> _groups("groups: table groups", "en")
    'table groups'
    """
    name, _, groups = told.partition(": ")
    if lang == "zh":
        groups = reduce(lambda text, one: one[0].sub(one[1], text), _GROUPS_ZH, groups)
    if not groups or _UNNAMED.fullmatch(name):
        return groups or name
    return f"{name}{'：' if lang == 'zh' else ': '}{groups}"


def _told(key: str, name: str, lang: Language) -> str:
    label = _DEFAULTS.get((key, name))
    if label:
        return label.text(lang)
    if key == "groups":
        return _groups(name, lang)
    weight, of, rest = name.rpartition(f" of {_ATTRIBUTED}")
    if key != "counts" or not of or rest:
        return name
    attributed = _DEFAULTS["counts", _ATTRIBUTED]
    return Label(f"{weight}（{attributed.zh}）", name).text(lang)
