# SPDX-License-Identifier: Apache-2.0
"""Sentences say a figure, its changes and what must be known of it, in the words of a report."""

from __future__ import annotations

from typing import Any

import casemetry as cm
import pytest
from casemetry.datasets import PublishedRate, published
from casemetry.text import ratio_sentence
from fake_result import Indicator, fake

RATE = Indicator("rate", label_zh="不捕率", label_en="Non-arrest rate")
COUNT = Indicator("arrests", "count", label_zh="批准逮捕", label_en="Arrests approved")
DAYS = Indicator("days", "quantile", label_zh="办案天数中位数", label_en="Median days")
PER_CASE = Indicator("ratio", "ratio", label_zh="案-件比", label_en="Case-to-item ratio", format="one_to")
RELIEF = Indicator("relief", "sum", label_zh="救助金", label_en="Relief")
PERSONS = '{"arrests":{"zh":"人","en":"persons"}}'


def said(indicator: Indicator, lang: str = "zh", *, against: tuple[str, ...] = ("year_ago",), **row: Any) -> str:
    """Say one row; ``then`` and ``change`` are those of the first comparison."""
    name = against[0] if against else ""
    values = {f"{name}_value": row.pop("then", None), f"{name}_change": row.pop("change", None)}
    metadata = {"counts": PERSONS, **row.pop("metadata", {})}
    asked = {key: row.pop(key) for key in ("counts", "prior", "interval") if key in row}
    result = fake({**row, **values}, indicators=(indicator,), comparisons=against, **metadata)
    return result.sentence("zh" if lang == "zh" else "en", **asked)


@pytest.mark.parametrize(
    ("indicator", "row", "zh", "en"),
    [
        (
            RATE,
            {"value": 0.342, "then": 0.319, "change": 0.023},
            "不捕率34.2%，同比上升2.3个百分点。",
            "Non-arrest rate 34.2%, up 2.3 percentage points on a year ago.",
        ),
        (
            RATE,
            {"value": 0.3, "then": 0.35, "change": -0.05},
            "不捕率30.0%，同比下降5.0个百分点。",
            "Non-arrest rate 30.0%, down 5.0 percentage points on a year ago.",
        ),
        (
            RATE,
            {"value": 0.3, "then": 0.3, "change": 0.0},
            "不捕率30.0%，同比持平。",
            "Non-arrest rate 30.0%, unchanged on a year ago.",
        ),
        (
            RATE,
            {"value": 0.3, "then": 0.2997, "change": 0.0003},
            "不捕率30.0%，同比基本持平。",
            "Non-arrest rate 30.0%, hardly changed on a year ago.",
        ),
        (
            RATE,
            {"value": 0.345, "then": 0.3225, "change": 0.345 - 0.3225},  # a half, though not in binary
            "不捕率34.5%，同比上升2.3个百分点。",
            "Non-arrest rate 34.5%, up 2.3 percentage points on a year ago.",
        ),
        (
            RATE,
            {"value": 0.3},
            "不捕率30.0%，没有可比的上年同期数。",
            "Non-arrest rate 30.0%, nothing to compare with a year ago.",
        ),
        (
            COUNT,
            {"value": 270.0, "then": 100.0, "change": 1.7},
            "批准逮捕270人，同比上升1.7倍。",
            "Arrests approved 270 persons, up 170.0% on a year ago.",
        ),
        (
            COUNT,
            {"value": 200.0, "then": 100.0, "change": 1.0},
            "批准逮捕200人，同比上升1倍。",
            "Arrests approved 200 persons, up 100.0% on a year ago.",
        ),
        (
            COUNT,
            {"value": 96.0, "then": 100.0, "change": -0.04},
            "批准逮捕96人，同比下降4.0%。",
            "Arrests approved 96 persons, down 4.0% on a year ago.",
        ),
        (
            COUNT,
            {"value": 12.0, "then": 0.0},
            "批准逮捕12人，上年同期为0，净增12人。",
            "Arrests approved 12 persons, new: none a year ago.",
        ),
        (
            COUNT,
            {"value": 0.0, "then": 0.0},
            "批准逮捕0人，同比持平。",
            "Arrests approved 0 persons, unchanged on a year ago.",
        ),
        (
            COUNT,
            {"value": 0.0, "then": 7.0, "change": -1.0},
            "批准逮捕0人，同比下降100.0%。",
            "Arrests approved 0 persons, down 100.0% on a year ago.",
        ),
        (
            DAYS,
            {"value": 52.0, "then": 49.5, "change": 2.5},
            "办案天数中位数52天，同比增加2.5天。",
            "Median days 52 days, up 2.5 days on a year ago.",
        ),
        (
            PER_CASE,
            {"value": 1.545, "then": 1.6, "change": -0.055},
            "案-件比1 : 1.545，同比下降0.055。",
            "Case-to-item ratio 1 : 1.545, down 0.055 on a year ago.",
        ),
        (
            RELIEF,
            {"value": 12_345.5, "then": 10_000.0, "change": 0.23455},
            "救助金12,345.5，同比上升23.5%。",
            "Relief 12,345.5, up 23.5% on a year ago.",
        ),
    ],
)
def test_changes(indicator: Indicator, row: dict[str, Any], zh: str, en: str) -> None:
    assert (said(indicator, **row), said(indicator, "en", **row)) == (zh, en)


@pytest.mark.parametrize(
    ("against", "zh", "en"),
    [
        ("previous", "环比上升2.3个百分点", "up 2.3 percentage points on the previous period"),
        ("parent", "较上级高2.3个百分点", "2.3 percentage points above the level above"),
        ("total", "较总体高2.3个百分点", "2.3 percentage points above the total"),
    ],
)
def test_what_it_is_compared_with(against: str, zh: str, en: str) -> None:
    row: dict[str, Any] = {"against": (against,), "value": 0.342, "then": 0.319, "change": 0.023}
    assert said(RATE, **row) == f"不捕率34.2%，{zh}。"
    assert said(RATE, "en", **row) == f"Non-arrest rate 34.2%, {en}."


def test_a_count_is_set_beside_that_of_the_whole() -> None:
    row: dict[str, Any] = {"against": ("parent",), "value": 12.0, "then": 340.0, "change": -0.96}
    assert said(COUNT, **row) == "批准逮捕12人，上级340人。"


def test_rounded_parts_that_do_not_agree_are_told() -> None:
    row: dict[str, Any] = {"value": 0.34249, "then": 0.31851, "change": 0.02398, "prior": True}
    assert said(RATE, **row) == "不捕率34.2%，同比上升2.4个百分点（上年同期31.9%；变化按未舍入的数计算）。"
    agree: dict[str, Any] = {"value": 0.342, "then": 0.319, "change": 0.023, "prior": True}
    assert said(RATE, "en", **agree).endswith("up 2.3 percentage points on a year ago (31.9% a year ago).")


@pytest.mark.parametrize(
    ("row", "zh"),
    [
        ({"flags": "small", "denominator": 12}, "分母仅12，基数小，慎作比较"),
        ({"flags": "definition_changed"}, "口径有变，比较时须注意"),
        ({"flags": "immature"}, "尚未成熟，还会变化"),
        ({"flags": "exceeds_denominator"}, "分子超过分母，请核对"),
        ({"flags": "unlisted"}, "该值未列入口径"),
        (
            {"flags": "partial_period", "metadata": {"as_of": "2024-09-20"}},
            "期间未完，数据截至2024年9月20日",
        ),
        ({"unknown": 20, "least": 0.1, "most": 0.3}, "另有20个结果未知，可能在10.0%至30.0%之间"),
        ({"numerator": 1, "denominator": 4, "counts": True}, "分子1、分母4"),
        ({"low": 0.1, "high": 0.4, "interval": True}, "95%区间10.0%至40.0%"),
    ],
)
def test_what_must_be_known(row: dict[str, Any], zh: str) -> None:
    assert said(RATE, against=(), value=0.25, **row) == f"不捕率25.0%（{zh}）。"


@pytest.mark.parametrize(
    ("flags", "zh", "en"),
    [
        ("protected", "不捕率已作保护，不予公布。", "Non-arrest rate is protected, and not told."),
        ("no_denominator", "不捕率没有分母，无从计算。", "Non-arrest rate has no denominator."),
        ("not_available", "不捕率不可用：没有 refused。", "Non-arrest rate is not available: 没有 refused."),
        ("", "不捕率没有数值。", "Non-arrest rate has no value."),
    ],
)
def test_without_a_value(flags: str, zh: str, en: str) -> None:
    why: dict[str, Any] = {"metadata": {"not_available": '{"rate": "没有 refused"}'}}
    assert (said(RATE, flags=flags, **why), said(RATE, "en", flags=flags, **why)) == (zh, en)


def test_not_determined_says_between_what() -> None:
    assert said(RATE, flags="not_determined", least=0.155, most=0.165) == "不捕率未定，可能在15.5%至16.5%之间。"


def test_a_protected_figure_says_nothing_of_what_it_could_be() -> None:
    assert "10" not in said(RATE, flags="protected", least=0.1, most=0.2)


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024H1", "2024年上半年", "first half of 2024"),
        ("2024Q3", "2024年第三季度", "Q3 2024"),
        ("2024-07", "2024年7月", "July 2024"),
        ("2024-01..2024-09", "2024年1至9月", "January to September 2024"),
        ("2024-01..2024-12", "2024年", "2024"),
        ("2023-10..2024-03", "2023年10月至2024年3月", "October 2023 to March 2024"),
        ("ytd(2024-09)", "2024年1至9月", "January to September 2024"),
        ("rolling(2024-09, 12)", "截至2024年9月的12个月", "12 months to September 2024"),
    ],
)
def test_periods(period: str, zh: str, en: str) -> None:
    assert said(RATE, against=(), value=0.5, period=period) == f"{zh}，不捕率50.0%。"
    assert said(RATE, "en", against=(), value=0.5, period=period) == f"{en}: Non-arrest rate 50.0%."


def test_several_rows_have_a_line_for_each_cell_and_period() -> None:
    rows = [
        {"indicator": name, "office": office, "period": "2024", "value": value}
        for office in ("甲院", None)
        for name, value in (("arrests", 12.0), ("rate", 0.25))
    ]
    result = fake(*rows, indicators=(COUNT, RATE), dimensions=("office",), counts=PERSONS)
    assert result.sentence() == "2024年，甲院批准逮捕12人；不捕率25.0%。\n2024年，（未填）批准逮捕12人；不捕率25.0%。"
    assert result.sentence(rows=1).endswith("……另有1行，共2行。")
    assert result.sentence("en").startswith("2024, 甲院: Arrests approved 12 persons; Non-arrest rate 25.0%.")


def test_labels_are_harmless() -> None:
    result = fake({"value": 0.5, "office": "a\u202eb"}, indicators=(RATE,), dimensions=("office",))
    assert result.sentence() == "a\\u202eb不捕率50.0%。"


def test_a_contribution_says_its_rule_and_its_band() -> None:
    discoveries = {"lead": ["1", "1", "2", "3"], "source": ["m1", "hand", "m1", "hand"]}
    groups = {"digital": ["m1"], "hand": ["hand"]}
    result = cm.contribution(discoveries, "digital", lead="lead", source="source", groups=groups, rule="owen")
    assert "50.0%（规则owen；独占至任一为33.3%至66.7%" in result.sentence()
    assert "(rule owen; from 33.3% (exclusive) to 66.7% (any)" in result.sentence("en")


def test_a_structure_is_said_as_a_ratio() -> None:
    names = ["刑事", "民事", "行政", "公益诉讼"]
    assert ratio_sentence(names, [[84, 7, 5, 4]], of="案件") == "刑事、民事、行政、公益诉讼案件占比为84:7:5:4。"
    both = ratio_sentence(names, [[84, 7, 5, 4], [85, 7, 5, 3]], of="案件")
    assert both == "刑事、民事、行政、公益诉讼案件占比未定：84:7:5:4，或85:7:5:3。"
    assert ratio_sentence(["A", "B"], [[60, 40]], "en", of="cases") == "The shares of A, B cases are 60:40."


EXACT = [
    rate
    for rate in published().rates
    if rate.reproduced and rate.decimals == 1 and all(isinstance(count, int) for count in rate.counts.values())
]


def evaluated(indicator: str, counts: Any) -> dict[str, Any]:
    """Evaluate an indicator of the shipped catalogue on published counts, as a row of a result."""
    figure = cm.evaluate("spp", indicator, counts)
    names = ("value", "numerator", "denominator", "low", "high", "least", "most", "unknown", "flags")
    return {name: getattr(figure, name) for name in names}


@pytest.mark.parametrize("rate", EXACT, ids=lambda rate: f"{rate.place} {rate.period} {rate.indicator}")
def test_published_figures_are_said_as_they_were_printed(rate: PublishedRate) -> None:
    """The counts and the printed rates are those that the procuratorates published; the data name the sources."""
    definition = cm.Catalogue.shipped("spp")._core.indicator(rate.indicator)
    label = Indicator(rate.indicator, definition.kind, "某率", "", "percent")
    sentence = fake(evaluated(rate.indicator, rate.counts), indicators=(label,)).sentence()
    assert sentence.startswith(f"某率{rate.printed}%")


def test_a_published_change_is_said_as_it_was_printed() -> None:
    """National non-prosecution rate of January to September 2021: 15.3 %, published as up 1.8 percentage points."""
    then = evaluated("non_prosecution_rate", {"not_prosecuted": 173_068, "prosecuted": 1_106_202})
    now = evaluated("non_prosecution_rate", {"not_prosecuted": 229_815, "prosecuted": 1_273_051})
    row = {"period": "2021-01..2021-09", "then": then["value"], "change": now["value"] - then["value"], **now}
    label = Indicator("rate", label_zh="不起诉率")
    assert said(label, **row) == "2021年1至9月，不起诉率15.3%，同比上升1.8个百分点。"


def test_the_change_is_that_of_the_exact_figures_of_a_cube() -> None:
    cases = {"on": ["2023-03-01"] * 30 + ["2024-03-01"] * 81, "refused": ([True] + [False] * 2) * 37}
    count = cm.count(cases, date="on", period="2024", compare="year_ago", label="受理")
    assert count.sentence() == "2024年，受理81，同比上升1.7倍。"
    rate = cm.rate(cases, "refused", date="on", period="2024", compare="year_ago", label="不捕率")
    assert rate.sentence() == "2024年，不捕率33.3%，同比持平。"


def test_a_structure_says_its_ratio_and_what_else_it_may_be() -> None:
    """The figures of 2024 in 万, as they were published with the ratio 84 : 7 : 5 : 4."""
    handled = cm.structure({"刑事": 347.1, "民事": 28.2, "行政": 19.5, "公益诉讼": 15.1}, unit="万")
    assert handled.sentence(of="案件").startswith("刑事、民事、行政、公益诉讼案件占比未定：84:7:5:4，或85:7:5:3")
    beijing = cm.structure({"诉讼监督案件": 83_805, "司法办案": 49_615})
    assert beijing.sentence() == "诉讼监督案件、司法办案占比为63:37。"
