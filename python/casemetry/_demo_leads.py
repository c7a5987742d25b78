# SPDX-License-Identifier: Apache-2.0
"""The second half of ``casemetry demo``: what digital sources contribute to synthetic leads, beside the truth."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from casemetry._presentation.page import Section
from casemetry._presentation.words import Label
from casemetry.cube import Cube
from casemetry.datasets import SyntheticLeads, synthetic_leads

if TYPE_CHECKING:
    from casemetry._demo_clock import Clock
    from casemetry._lead import Rule
    from casemetry._presentation.words import Language
    from casemetry.result import Result

FUNNEL = ["registered_leads", "conversion_rate", "unattributed_share", "several_sources_share", "digital_contribution"]
RULES: list[Rule] = ["any", "exclusive", "first", "last", "linear", "shapley", "owen"]
YEAR = "2024"
SEED = 2024

BY_YEAR = Label("监督线索，按年", "Supervision leads, by year")
BY_RULE = Label("数字来源贡献率，各规则，2024年立案的线索", "Digital contribution by rule, leads filed in 2024")
RULES_TEXT = Label(
    "贡献率离不开规则：“任一”和“独占”之间是一条带，每一种把线索分给各来源的规则都落在其中。",
    "There is no contribution without its rule. Between `any` and `exclusive` is the band in which every rule lies "
    "that splits leads among their sources.",
)
BY_STAGE = Label("数字来源贡献率，各环节，2024年", "Digital contribution by stage, 2024")
BY_REGION = Label("数字来源贡献率，按地区，2024年", "Digital contribution by region, 2024")
TRUTH = Label("贡献率的区间与真值", "Intervals of contributions and the truth")
TRUTH_TEXT = Label(
    "合成线索的真实贡献率是已知的。右列：{cells} 个地区×月的 95% 区间中，含有真值的。",
    "The true contributions of synthetic leads are known. At the right: of the 95 % intervals of {cells} cells of "
    "region × month, those that hold the truth.",
)
TRUTH_HEADINGS = (
    Label("规则", "Rule"),
    Label("真值，2024年登记", "Truth, registered in 2024"),
    Label("区间含真值", "Intervals with the truth"),
)
DRAW = Label("生成 {leads:,} 条合成线索", "draw {leads:,} synthetic leads")
COUNT = Label("归并 {discoveries:,} 次发现，计数", "collapse {discoveries:,} discoveries, and count")
ASK = Label("计算贡献率", "compute contributions")
CHECK = Label("核对真值", "check the truth")


def lead_sections(leads: int, lang: Language, clock: Clock) -> list[Section]:
    """Draw leads, count them by the patterns of their sources, and ask."""
    with clock.step(DRAW, leads=leads):
        synthetic = synthetic_leads(leads, rng=SEED, lang=lang)
    with clock.step(COUNT, discoveries=synthetic.discoveries.num_rows):
        cube = Cube(synthetic.tables, "leads", by="region", as_of=synthetic.as_of)
    with clock.step(ASK):
        by_year = cube.table(FUNNEL, period="2021..2024", every="year")
        digital = partial(cube.contribution, "digital", groups="origin", lead="supervision")
        by_rule = digital(rule=RULES, stage="filed", period=YEAR)
        by_region = digital(rule="owen", by="region", period=YEAR, compare="year_ago")
        by_stage = cube.stages("digital", rule="owen", groups="origin", lead="supervision", period=YEAR)
    with clock.step(CHECK):
        rows, cells = _truth(synthetic, digital, lang)
    return [
        Section(BY_YEAR.text(lang), "", by_year.wide(lang)),
        Section(BY_RULE.text(lang), RULES_TEXT.text(lang), by_rule),
        Section(BY_STAGE.text(lang), "", by_stage),
        Section(BY_REGION.text(lang), "", by_region.wide(lang)),
        Section(TRUTH.text(lang), TRUTH_TEXT.text(lang).format(cells=cells), rows),
    ]


def _truth(synthetic: SyntheticLeads, digital: Callable[..., Result], lang: Language) -> tuple[list[list[str]], int]:
    """Tell for each rule the truth, and how many intervals hold it; and how many intervals there are."""
    rows = [[heading.text(lang) for heading in TRUTH_HEADINGS]]
    cells = 0
    for rule in RULES:
        columns = digital(rule=rule, by="region", period="2021..2024", every="month").columns
        truth = synthetic.true_contributions("digital", rule, by="region", every="month")
        limits = zip(columns["region"], columns["period"], columns["low"], columns["high"], strict=True)
        held = [low <= truth[region, month] <= high for region, month, low, high in limits if low is not None]
        cells = len(held)
        year = synthetic.true_contributions("digital", rule, every="year")[None, YEAR]
        rows.append([rule, f"{year:.1%}", f"{sum(held)} ({sum(held) / cells:.1%})" if cells else ""])
    return rows, cells
