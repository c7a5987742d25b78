# SPDX-License-Identifier: Apache-2.0
"""The words that a result is shown with, in Chinese and English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from casemetry._errors import QueryError
from casemetry._presentation.display import safe_text

Language = Literal["zh", "en"]


class Label(NamedTuple):
    """What a thing is called in both languages; an empty one is stood for by the other."""

    zh: str
    en: str

    def text(self, lang: Language) -> str:
        """Give the label in a language, or else in the other.

        Examples
        --------
        >>> Label("不捕率", "").text("en")
        '不捕率'
        """
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def followed_by(self, other: Label) -> Label:
        """Put two labels one after the other: 较上年同期 95% 区间下限."""
        return Label(f"{self.text('zh')} {other.text('zh')}", f"{self.text('en')} {other.text('en')}")

    def counted_in(self, unit: Label) -> Label:
        """Put the counting unit behind a label.

        Examples
        --------
        >>> Label("不捕", "Refused").counted_in(Label("人", "persons"))
        Label(zh='不捕（人）', en='Refused (persons)')
        """
        return Label(self.zh and f"{self.zh}（{unit.text('zh')}）", self.en and f"{self.en} ({unit.text('en')})")

    def beside(self, lang: Language) -> str:
        """Give the label in the other language, empty if that says nothing new."""
        other = self.en if lang == "zh" else self.zh
        return "" if other == self.text(lang) else other


WORDS = {
    "indicator": Label("指标", "Indicator"),
    "period": Label("期间", "Period"),
    "value": Label("值", "Value"),
    "interval": Label("区间", "interval"),
    "low": Label("下限", " low"),
    "high": Label("上限", " high"),
    "numerator": Label("分子", "Numerator"),
    "denominator": Label("分母", "Denominator"),
    "unknown": Label("未知", "Unknown"),
    "band": Label("可能范围", "possible range"),
    "least": Label("最小可能", "Least possible"),
    "most": Label("最大可能", "Most possible"),
    "exclusive_any": Label("独占–任一", "Exclusive–any"),
    "standard_error": Label("标准误", "Standard error"),
    "exclusive": Label("独占", "Exclusive"),
    "any": Label("任一", "Any"),
    "leads": Label("全部线索 W", "All leads W"),
    "unattributed": Label("未归因 U", "Unattributed U"),
    "change": Label("变化", "Change"),
    "protection": Label("小数保护", "Protection of small cells"),
    "protection_k": Label("小于 {k} 的数不显示", "numbers below {k} are not shown"),
    "protection_base": Label("以{base}为基数，小于 {k} 的格不显示", "cells with {base} below {k} are not shown"),
    "status": Label("状态", "Status"),
    "notes": Label("口径", "Notes"),
    "definition": Label("口径定义", "Definition"),
    "missing": Label("（未填）", "(missing)"),
    "undated": Label("（未注明日期）", "(undated)"),
    "others": Label("（其他）", "(others)"),
    "all": Label("合计", "All"),
    "new": Label("净增", "new"),
    "result": Label("结果", "Result"),
    "level": Label("区间水平", "Level of the intervals"),
    "casemetry.version": Label("casemetry 版本", "casemetry version"),
    "id": Label("编号", "Id"),
    "hash": Label("定义指纹", "Hash of the definition"),
    "rows": Label("读入行数", "Rows read"),
    "cells": Label("行数", "Rows"),
    "compare": Label("对比", "Compared with"),
    "cut": Label("超过单元格长度而截断的文本", "Texts cut to the length of a cell"),
    "as_of": Label("截至", "As of"),
    "where": Label("筛选", "Where"),
    "where_unknown": Label("筛选条件未知而未计入", "Left out, for the condition is unknown"),
    "mature_after": Label("期满后多少天才成熟", "Days after a period until it is mature"),
    "maturity_unknown": Label(
        "数据截至日（as_of）没有给出，不能判断是否成熟：建立数据立方时请给出 as_of",
        "whether it is mature is not known, for the day at which the data stand is not said: build the cube with as_of",
    ),
    "top": Label("最大的格", "Largest cells"),
    "contribution": Label("贡献率", "Contribution"),
    "rule": Label("规则", "rule"),
    "among": Label("范围", "among"),
    "stage": Label("环节", "stage"),
    "groups": Label("分组", "groups"),
    "counts": Label("计数", "counts"),
    "window": Label("窗口", "window"),
    "no_stage": Label("没有任何环节日期而不计入的线索", "Leads without a date of any stage, which are not counted"),
    "out_of_order": Label("环节日期早于前一环节的线索", "Leads dated at a stage before the day of an earlier one"),
    "leads_unknown": Label(
        "W 未知：只有发现，没有线索表，没有来源的线索不在其中",
        "W is not known: there are discoveries and no lead table, so leads without a source are not among them",
    ),
    "small_type_band": Label("，再后为独占–任一", ", then from exclusive to any"),
    "small_type": Label("小字：{level} 区间，n 为分母", "Small type: {level} interval, n the denominator"),
    "structure": Label("结构", "Structure"),
    "dimension": Label("分类维度", "Classified by"),
    "class": Label("类别", "Class"),
    "class_count": Label("数量", "Count"),
    "share": Label("占比", "Share"),
    "ratio": Label("结构比", "Ratio"),
    "also_rounded": Label("原数据已四舍五入，也可能是", "the figures are rounded, so it could also be"),
    "from_own": Label("自身数量所致", "from its own volume"),
    "from_others": Label("其他类别数量所致", "from others' volume"),
    "from_others_note": Label(
        "占比变化中由其他类别数量变化引起的部分（两种先后次序的平均）",
        "the part of a change of share that comes from the other classes' volume (mean of both orders)",
    ),
    "unmapped": Label("（未归类）", "(unmapped)"),
    "versions": Label("口径版本", "Versions"),
    "definitions": Label("各期口径", "Definitions over time"),
    "like_for_like": Label(
        "各期按现行口径计算；其中曾有另外的口径", "every period by today's definition; it was another before"
    ),
    "as_then": Label("各期按期末当时的口径计算", "each period by the definition that held on its last day"),
    "todays": Label("现行口径", "today's definition"),
    "item": Label("项目", "Item"),
    "unit": Label("单位", "Unit"),
    "this_period": Label("本期", "This period"),
    "year_ago": Label("上年同期", "Year ago"),
    "on_year": Label("同比", "Change"),
    "remarks": Label("备注", "Remarks"),
    "structures": Label("结构比", "Structural ratios"),
    "all_offices": Label("全部单位", "All offices"),
    "as_of_not_said": Label("数据截至日没有给出", "the day at which the data stand is not said"),
    "say_as_of": Label(
        "注意：没有给出数据截至日，期间是否完整、数据是否迟录无从知道；请给出 as_of（命令行：--as-of 2024-09-30）",
        "Note: the day at which the data stand is not said, so nobody knows whether the period is over; "
        "give as_of (in the shell: --as-of 2024-09-30)",
    ),
    "months_there_are": Label("有记录的月份：{first} 至 {last}", "months with records: {first} to {last}"),
    "no_year_ago": Label(
        "数据中没有上年同期的任何记录，净增不说明有变化",
        "the data hold no record of the same period of the year before: what is new may not be",
    ),
    "no_record": Label("数据中没有本期的任何记录", "the data hold no record of this period"),
    "protected_below": Label(
        "已保护：小于 {k} 的数和由它可推出的数不显示",
        "protected: what is below {k}, and what would tell it, is not shown",
    ),
    "ratios_hidden": Label(
        "{titles}：其中有不能显示的数，不列", "{titles}: left out, for some of the counts must not be shown"
    ),
    "formula": Label("口径", "Definition"),
    "source": Label("依据与出处", "Evidence and source"),
    "fingerprint": Label("数据立方指纹", "Fingerprint of the cube"),
    "catalogue": Label("指标目录", "Catalogue"),
    "signs": Label(
        "净增：上年同期为零；—：没有可比或可算的数；百分点：两期的率相减；灰色斜体：小基数或超出分母，慎作比较。",
        "new: there was none a year ago; —: nothing to compare or to compute; pp: one rate less the other; "
        "grey italics: a small base, or more than its denominator, to be compared with care.",
    ),
    "none_unknown": Label("没有未知", "No outcome unknown"),
}
"""The headings and the fixed words."""

STATUSES = {
    "not_available": Label("不可用", "not available"),
    "protected": Label("已保护", "protected"),
    "no_denominator": Label("无分母", "no denominator"),
    "exceeds_denominator": Label("超出分母", "exceeds denominator"),
    "not_determined": Label("未定", "not determined"),
    "immature": Label("未成熟", "immature"),
    "partial_period": Label("期间未完", "partial period"),
    "definition_changed": Label("口径已变", "definition changed"),
    "small": Label("小基数", "small"),
    "no_interval": Label("无区间", "no interval"),
    "unlisted": Label("未列值", "unlisted value"),
}
"""The flags, gravest first; ``ok`` has no word, it needs none."""

GRAVE = frozenset({"not_available", "protected", "no_denominator", "exceeds_denominator", "not_determined"})
"""The flags that leave no value, or none that can be right."""

COMPARISONS = {
    "year_ago": Label("上年同期", "Year ago"),
    "previous": Label("上期", "Previous"),
    "parent": Label("上级", "Parent"),
    "total": Label("合计", "Total"),
}
"""What a comparison compares with."""


def word(key: str, lang: Language) -> str:
    """Give a fixed word, or that of a flag, in a language; a key without one stands for itself."""
    label = WORDS.get(key) or STATUSES.get(key)
    return label.text(lang) if label else key


def status_word(status: str, lang: Language) -> str:
    """Give the word of a status; a status that is not known is shown as it is written.

    Examples
    --------
    >>> status_word("no_denominator", "zh"), status_word("ok", "zh")
    ('无分母', '')
    """
    if status == "ok":
        return ""
    label = STATUSES.get(status)
    return label.text(lang) if label else safe_text(status)


def status_words(flags: Sequence[str], lang: Language) -> str:
    """Give the words of several flags in a row."""
    return ("、" if lang == "zh" else ", ").join(status_word(flag, lang) for flag in flags)


def protection_text(told: str, base: str, lang: Language) -> str:
    """Say how a result is protected; ``base``: what the number is called that must reach `k`, empty for all shown.

    Examples
    --------
    >>> protection_text('{"k":5,"base":"","zeros":false}', "", "zh")
    '小数保护：小于 5 的数不显示'
    >>> protection_text('{"k":5,"base":"persons","zeros":false}', "人数", "zh")
    '小数保护：以人数为基数，小于 5 的格不显示'
    """
    said = word("protection_base" if base else "protection_k", lang)
    between = "：" if lang == "zh" else ": "
    return f"{word('protection', lang)}{between}{said.format(k=json.loads(told)['k'], base=safe_text(base))}"


def comparison_label(name: str) -> Label:
    """Give what a comparison is called: ``year_ago`` → 上年同期."""
    return COMPARISONS.get(name, Label("", name))


def versus_label(name: str) -> Label:
    """Give what a change against a comparison is called: ``year_ago`` → 较上年同期."""
    label = comparison_label(name)
    return Label(f"较{label.text('zh')}", f"vs {label.text('en').lower()}")


def check_language(lang: str) -> None:
    """Raise QueryError if there are no words in this language."""
    if lang not in ("zh", "en"):
        raise QueryError(
            f"there are no words in the language {lang!r}: write lang='zh' (Chinese) or lang='en' (English)"
        )
