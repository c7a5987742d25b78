# SPDX-License-Identifier: Apache-2.0
"""Published national rates, computed again from the published counts and set beside the printed figure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from casemetry._presentation.figures import NOTHING, Form, Measure, number_text
from casemetry._presentation.words import Label
from casemetry.checking import evaluate
from casemetry.datasets import PublishedRate, published

if TYPE_CHECKING:
    from casemetry._core import Evaluation
    from casemetry._presentation.words import Language
    from casemetry.catalogues import Catalogue

NATION = "全国"

HEADINGS = (
    Label("指标", "Indicator"),
    Label("期间", "Period"),
    Label("分子", "Numerator"),
    Label("分母", "Denominator"),
    Label("复算", "Computed"),
    Label("公布", "Published"),
    Label("", ""),
)
NOTE = Label(
    "✓ 复算与公布一致；公布的件数经过四舍五入的，复算是一个范围，公布值在其中。另有 {others} "
    "个公布值按此口径不能复现，原因随数据附注。数据来源见 casemetry.datasets.published()。",
    "✓ computed and published agree; where the published counts were rounded, the computed rate is a range that holds "
    "the published one. {others} more published rates rest on another definition; the data say why. Sources: "
    "casemetry.datasets.published().",
)


def comparison(catalogue: Catalogue, lang: Language) -> list[list[str]]:
    """Lay out the national rates that can be reproduced, the headings first."""
    return [[heading.text(lang) for heading in HEADINGS]] + [
        _row(rate, catalogue, lang) for rate in published().rates if rate.place == NATION and rate.reproduced
    ]


def comparison_note(lang: Language) -> str:
    """Say what the marks mean, and what is not shown."""
    others = sum(rate.place == NATION and not rate.reproduced for rate in published().rates)
    return NOTE.text(lang).format(others=others)


def _row(rate: PublishedRate, catalogue: Catalogue, lang: Language) -> list[str]:
    indicator = catalogue.indicator(rate.indicator)
    measure = Measure.of(
        rate.indicator,
        Label(indicator.label_zh, indicator.label_en),
        kind=indicator.kind,
        form=indicator.format,
        decimals=rate.decimals,
    )
    evaluation = evaluate(catalogue, rate.indicator, rate.counts)
    mark = "✓" if rate.agrees(evaluation.least, evaluation.most) else "✗"
    return [
        measure.label.text(lang),
        rate.period,
        number_text(evaluation.numerator) or NOTHING,
        number_text(evaluation.denominator) or NOTHING,
        f"{_computed(evaluation, measure.form)}%",
        f"{rate.printed}%",
        mark,
    ]


def _computed(evaluation: Evaluation, form: Form) -> str:
    """Print the digits of a value, or all that it can be where the counts were rounded."""
    if evaluation.value is not None:
        return form.digits(Fraction(int(evaluation.numerator), int(evaluation.denominator)))
    ends = dict.fromkeys(form.digits(end) for end in (evaluation.least, evaluation.most) if end is not None)
    return "–".join(ends) or NOTHING
