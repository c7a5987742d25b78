# SPDX-License-Identifier: Apache-2.0
"""The first half of ``casemetry demo``: indicators of synthetic cases, and published figures computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casemetry._presentation.page import Section
from casemetry._presentation.words import Label
from casemetry._published import comparison, comparison_note
from casemetry.catalogues import Catalogue
from casemetry.cube import Cube
from casemetry.datasets import SyntheticCases, synthetic_cases

if TYPE_CHECKING:
    from casemetry._demo_clock import Clock
    from casemetry._presentation.words import Language

RATES = ["non_arrest_rate", "juvenile_non_arrest_rate", "non_prosecution_rate", "plea_leniency_rate"]
YEAR = "2024"
SEED = 2024

OVERALL = Label("合计，2024年", "Overall, 2024")
BY_OFFICE = Label("按省级院，2024年", "By office, 2024")
BY_MONTH = Label("按月，2024年", "By month, 2024")
READING = Label(
    "结果未填的案件不算分子也不算分母，另行计数；可能范围说的是，它们无论最后是什么，比率最低和最高可能是多少。",
    "Cases whose outcome is not filled in are in neither numerator nor denominator, but counted apart; the possible "
    "range is the least and the most that the rate could be, whatever they turn out to be.",
)
TRUTH = Label("区间与真值", "Intervals and the truth")
TRUTH_TEXT = Label(
    "合成案件的真实不捕率是已知的：{cells} 个省级院×月的 95% 区间中，{covered} 个（{share:.1%}）含有真值。",
    "The true rates of synthetic cases are known: of the 95 % intervals of {cells} cells of office × month, {covered} "
    "({share:.1%}) hold the true non-arrest rate.",
)
PUBLISHED = Label("公布过的全国数据，重新计算", "Published national figures, computed again")
DRAW = Label("生成 {rows:,} 件合成案件", "draw {rows:,} synthetic cases")
READ = Label("读入", "read them")
COUNT = Label("扫描一遍，计数", "count them, in one pass")
ASK = Label("计算指标", "compute the indicators")
CHECK = Label("核对真值与公布值", "check the truth and the published figures")


def case_sections(rows: int, lang: Language, clock: Clock) -> list[Section]:
    """Draw cases, count them and ask."""
    with clock.step(DRAW, rows=rows):
        cases = synthetic_cases(rows, rng=SEED, lang=lang)
    with clock.step(READ):
        table = cases.table()
    with clock.step(COUNT):
        tables = {"arrest_review": table, "prosecution_review": table}
        cube = Cube(tables, "spp", by="province", as_of=cases.as_of, indicators=RATES)
    with clock.step(ASK):
        overall = cube.table(RATES, period=YEAR)
        by_office = cube.table(RATES, by="province", period=YEAR, compare="year_ago")
        by_month = cube.table(RATES, period=YEAR, every="month", compare="year_ago")
    with clock.step(CHECK):
        truth = _truth(cases, cube, lang)
        published = comparison(Catalogue.shipped("spp"), lang)
    return [
        Section(OVERALL.text(lang), READING.text(lang), overall),
        Section(BY_OFFICE.text(lang), "", by_office.wide(lang)),
        Section(BY_MONTH.text(lang), "", by_month.wide(lang)),
        Section(TRUTH.text(lang), truth),
        Section(PUBLISHED.text(lang), comparison_note(lang), published),
    ]


def _truth(cases: SyntheticCases, cube: Cube, lang: Language) -> str:
    """Tell how many of the intervals hold the true rate."""
    columns = cube.table("non_arrest_rate", by="province", period="2021..2024", every="month").columns
    truth = cases.true_rates("non_arrest_rate", by="province")
    cells = zip(columns["province"], columns["period"], columns["low"], columns["high"], strict=True)
    held = [low <= truth[office, month] <= high for office, month, low, high in cells if low is not None]
    share = sum(held) / len(held) if held else 0.0
    return TRUTH_TEXT.text(lang).format(cells=len(held), covered=sum(held), share=share)
