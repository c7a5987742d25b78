# SPDX-License-Identifier: Apache-2.0
"""The last part of ``casemetry demo``: from synthetic card exports to the monthly table, as an office makes it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from casemetry._presentation.words import Label
from casemetry.binding import bind
from casemetry.cube import Cube
from casemetry.datasets import SyntheticCards, synthetic_cards
from casemetry.monthly_report import MonthlyReport, monthly

if TYPE_CHECKING:
    from casemetry._demo_clock import Clock
    from casemetry._presentation.words import Language
    from casemetry.binding import Binding

CASES = 1_000
SEED = 2024
PERIOD = "2024-01..2024-09"
FILE = "casemetry-demo-monthly.xlsx"
ROWS = 12  # that are printed

MONTHLY = Label("月报：从案卡导出到 Excel", "The monthly table: from card exports to Excel")
BOUND = Label(
    "{tables} 张案卡、{rows:,} 行（CSV 和 Excel，毛病齐全），{computable} 个指标可以计算；月报的前几行：",
    "{tables} tables of cards, {rows:,} rows (CSV and Excel, with the usual faults); {computable} indicators can be "
    "computed. The first lines of the monthly table:",
)
DRAW = Label("生成案卡，写出，读入，对应", "draw cards, write, read and bind them")
FILL = Label("计数，填月报", "count, and fill the monthly table")


def monthly_report(lang: Language, clock: Clock) -> tuple[str, MonthlyReport]:
    """Make the table of all offices; tell what it rests on, and its first lines."""
    with clock.step(DRAW):
        cards = synthetic_cards(CASES, rng=SEED)
        binding = _bound(cards)
    with clock.step(FILL):
        cube = Cube(binding, by=["office", "case_type"], as_of=cards.as_of)
        report = monthly(cube, period=PERIOD, by="office")
    rows = sum(table.rows for table in binding.tables.values())
    counts = {"tables": len(binding.tables), "rows": rows, "computable": len(binding.computable)}
    lines = monthly(cube, period=PERIOD).text(lang=lang).splitlines()[: ROWS + 3]
    return "\n".join([MONTHLY.text(lang), BOUND.text(lang).format(**counts), *lines, "…"]), report


def _bound(cards: SyntheticCards) -> Binding:
    """Write the cards as files, and bind these; the rows stay in memory."""
    with TemporaryDirectory() as place:
        folder, mapping = Path(place) / "案卡", Path(place) / "本院.toml"
        cards.write(folder)
        mapping.write_text(cards.mapping, encoding="utf-8")
        return bind(folder, "spp", mapping=mapping)
