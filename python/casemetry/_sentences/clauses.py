# SPDX-License-Identifier: Apache-2.0
"""A row of a result as a clause: the figure, its changes, and what must be known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casemetry._presentation.contributions import names_by_indicator
from casemetry._presentation.display import safe_text
from casemetry._presentation.figures import number_text
from casemetry._presentation.words import Label
from casemetry._sentences.changes import Change, figure_said
from casemetry._sentences.periods import day_said

if TYPE_CHECKING:
    from casemetry._presentation.facts import Facts
    from casemetry._presentation.words import Language

_NO_VALUE = {
    "not_available": Label("{name}不可用：{reason}", "{name} is not available: {reason}"),
    "protected": Label("{name}已作保护，不予公布", "{name} is protected, and not told"),
    "no_denominator": Label("{name}没有分母，无从计算", "{name} has no denominator"),
    "not_determined": Label("{name}未定", "{name} is not determined"),
}
_NOTHING = Label("{name}没有数值", "{name} has no value")
_BETWEEN = Label("可能在{least}至{most}之间", "it may be from {least} to {most}")
_CAUTIONS = {
    "exceeds_denominator": Label("分子超过分母，请核对", "the numerator exceeds the denominator: check it"),
    "immature": Label("尚未成熟，还会变化", "not mature, and will change"),
    "partial_period": Label("期间未完", "the period is not complete"),
    "definition_changed": Label("口径有变，比较时须注意", "the definition changed: compare with care"),
    "small": Label("基数小，慎作比较", "a small base: compare with care"),
    "unlisted": Label("该值未列入口径", "a value that the definition does not list"),
}
_ONE = Label("个", "")
_SMALL = Label("分母仅{n}，基数小，慎作比较", "a small base of {n}: compare with care")
_STANDS = Label("，数据截至{day}", ", the data stand at {day}")
_UNKNOWN = Label("另有{n}结果未知，{between}", "outcomes unknown: {n}, {between}")
_INTERVAL = Label("{level}区间{low}至{high}", "{level} interval {low} to {high}")
_COUNTS = Label("分子{x}、分母{n}", "{x} of {n}")
_RULE = Label("规则{rule}", "rule {rule}")
_BAND = Label("独占至任一为{low}至{high}", "from {low} (exclusive) to {high} (any)")
_LEADS = Label("全部线索{w}条，其中未归因{u}条", "{w} leads, {u} of them unattributed")


@dataclass(frozen=True)
class Asked:
    """What a sentence tells besides the figure and its changes: counts, the values compared with, intervals."""

    counts: bool = False
    prior: bool = False
    interval: bool = False


def clause(facts: Facts, index: int, lang: Language, asked: Asked) -> str:
    """Say a row."""
    value, measure = facts.columns["value"][index], facts.measure(index)
    name = safe_text(facts.name_of(measure.id).text(lang))
    if value is None:
        return _without_value(facts, index, name, lang)
    row = facts.row(index)
    unit = facts.counts.get(measure.id, Label("", "")) if measure.is_relative else Label("", "")
    figure = figure_said(measure.value(value, row["numerator"], row["denominator"], lang), unit, lang)
    changes = [
        Change(measure, name, value, row[f"{name}_value"], row[f"{name}_change"], unit).said(lang, prior=asked.prior)
        for name in facts.comparisons
    ]
    head = f"{name}{figure}" if lang == "zh" and not name[-1:].isascii() else f"{name} {figure}"
    comma, notes = "，" if lang == "zh" else ", ", list(_notes(facts, index, lang, asked))
    tail = (f"（{'；'.join(notes)}）" if lang == "zh" else f" ({'; '.join(notes)})") if notes else ""
    return comma.join([head, *changes]) + tail


def _without_value(facts: Facts, index: int, name: str, lang: Language) -> str:
    flags = facts.flags(index)
    said = _NO_VALUE.get(flags[0] if flags else "", _NOTHING).text(lang)
    text = said.format(name=name, reason=safe_text(facts.not_available.get(facts.measure(index).id, ""))).rstrip("： :")
    between = _between(facts, index, lang)
    if not between or "protected" in flags:
        return text
    return text + ("，" if lang == "zh" else "; ") + between


def _between(facts: Facts, index: int, lang: Language) -> str:
    row, form = facts.row(index), facts.measure(index).form
    if row["least"] is None or row["most"] is None:
        return ""
    return _BETWEEN.text(lang).format(least=form.text(row["least"], lang), most=form.text(row["most"], lang))


def _notes(facts: Facts, index: int, lang: Language, asked: Asked) -> Iterator[str]:
    row, measure = facts.row(index), facts.measure(index)
    if measure.kind == "contribution":
        yield from _contribution(facts, index, lang, asked)
    if asked.counts and row["denominator"] is not None:
        counts = _COUNTS if measure.kind in ("proportion", "contribution") else Label(_COUNTS.zh, "{x} / {n}")
        yield counts.text(lang).format(x=number_text(row["numerator"]), n=number_text(row["denominator"]))
    if asked.interval and row["low"] is not None and row["high"] is not None:
        low, high = (measure.form.text(end, lang) for end in (row["low"], row["high"]))
        yield _INTERVAL.text(lang).format(level=facts.level, low=low, high=high)
    yield from _cautions(facts, index, lang)


def _contribution(facts: Facts, index: int, lang: Language, asked: Asked) -> Iterator[str]:
    row, measure = facts.row(index), facts.measure(index)
    names = names_by_indicator(facts).get(measure.id, {})
    if "rule" in names:
        yield _RULE.text(lang).format(rule=names["rule"])
    if row.get("exclusive") is not None and row.get("any") is not None:
        low, high = (measure.form.text(row[end], lang) for end in ("exclusive", "any"))
        yield _BAND.text(lang).format(low=low, high=high)
    if asked.counts and row.get("leads") is not None and row.get("unattributed") is not None:
        yield _LEADS.text(lang).format(w=number_text(row["leads"]), u=number_text(row["unattributed"]))


def _cautions(facts: Facts, index: int, lang: Language) -> Iterator[str]:
    row = facts.row(index)
    for flag in facts.flags(index):
        if flag == "small" and row["denominator"] is not None:
            yield _SMALL.text(lang).format(n=number_text(row["denominator"]))
        elif flag in _CAUTIONS:
            said = _CAUTIONS[flag].text(lang)
            as_of = facts.metadata.get("as_of") if flag == "partial_period" else None
            yield said + (_STANDS.text(lang).format(day=day_said(as_of, lang)) if as_of else "")
    between = _between(facts, index, lang)
    if row["unknown"] and between:
        unit = facts.counts.get(facts.measure(index).id, _ONE)
        n = figure_said(number_text(row["unknown"]), unit if lang == "zh" else Label("", ""), lang)
        yield _UNKNOWN.text(lang).format(n=n, between=between)
