# SPDX-License-Identifier: Apache-2.0
"""What ``casemetry demo`` does: embedded cases and published figures, counted, printed and written to two files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemetry._files import write_whole
from casemetry._presentation.display import pad, width
from casemetry._presentation.figures import NOTHING
from casemetry._presentation.page import Section, page
from casemetry._presentation.words import Label
from casemetry._published import comparison, comparison_note
from casemetry.catalogues import Catalogue
from casemetry.cube import Cube
from casemetry.datasets import SyntheticCases, synthetic_cases
from casemetry.excel import write_excel

if TYPE_CHECKING:
    from casemetry._presentation.wide import Wide
    from casemetry._presentation.words import Language
    from casemetry.result import Result

Print = Callable[[str], None]

RATES = ["non_arrest_rate", "juvenile_non_arrest_rate", "non_prosecution_rate", "plea_leniency_rate"]
YEAR = "2024"
SEED = 2024

TITLE = Label("casemetry 演示", "casemetry demo")
LEAD = Label(
    "{rows:,} 件合成案件（单位、案件均属虚构），{cells:,} 个单元格，截至 {as_of}。",
    "{rows:,} synthetic cases (offices and cases are invented), {cells:,} cells, as of {as_of}.",
)
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
WRITTEN = Label("已写出", "Written")
SECONDS = Label("用时（秒）", "Seconds")
STEPS = {
    "draw": Label("生成 {rows:,} 件合成案件", "draw {rows:,} synthetic cases"),
    "read": Label("读入", "read them"),
    "count": Label("扫描一遍，计数", "count them, in one pass"),
    "ask": Label("计算指标", "compute the indicators"),
    "check": Label("核对真值与公布值", "check the truth and the published figures"),
    "write": Label("写出网页和 Excel", "write the page and the workbook"),
}


class Clock:
    """The seconds that each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


class Answers(NamedTuple):
    """What was computed."""

    cube: Cube
    overall: Result
    by_office: Result
    by_month: Result
    truth: str
    published: list[list[str]]


def demo(out: Path, *, rows: int, lang: Language, echo: Print = print) -> list[Path]:
    """Do it all and tell it; give the two files that were written."""
    clock = Clock()
    with clock.step("draw"):
        cases = synthetic_cases(rows, rng=SEED, lang=lang)
    answers = _answers(cases, lang, clock)
    lead = LEAD.text(lang).format(rows=rows, cells=answers.cube.cells, as_of=cases.as_of)
    _tell(answers, lead, lang, echo)
    with clock.step("write"):
        files = _write(answers, out, lead, lang)
    echo(f"\n{WRITTEN.text(lang)}")
    for file in files:
        echo(f"  {file}")
    echo(f"\n{SECONDS.text(lang)}")
    for line in _steps(clock, rows, lang):
        echo(line)
    return files


def _answers(cases: SyntheticCases, lang: Language, clock: Clock) -> Answers:
    with clock.step("read"):
        table = cases.table()
    with clock.step("count"):
        tables = {"arrest_review": table, "prosecution_review": table}
        cube = Cube(tables, "spp", by="province", as_of=cases.as_of, indicators=RATES)
    with clock.step("ask"):
        overall = cube.table(RATES, period=YEAR)
        by_office = cube.table(RATES, by="province", period=YEAR, compare="year_ago")
        by_month = cube.table(RATES, period=YEAR, every="month", compare="year_ago")
    with clock.step("check"):
        truth = _truth(cases, cube, lang)
        published = comparison(Catalogue.shipped("spp"), lang)
    return Answers(cube, overall, by_office, by_month, truth, published)


def _truth(cases: SyntheticCases, cube: Cube, lang: Language) -> str:
    """Tell how many of the intervals hold the true rate."""
    columns = cube.table("non_arrest_rate", by="province", period="2021..2024", every="month").columns
    truth = cases.true_rates("non_arrest_rate", by="province")
    cells = zip(columns["province"], columns["period"], columns["low"], columns["high"], strict=True)
    held = [low <= truth[office, month] <= high for office, month, low, high in cells if low is not None]
    share = sum(held) / len(held) if held else 0.0
    return TRUTH_TEXT.text(lang).format(cells=len(held), covered=sum(held), share=share)


def _tell(answers: Answers, lead: str, lang: Language, echo: Print) -> None:
    for heading, text in (
        (TITLE, lead),
        (OVERALL, answers.overall.text(lang)),
        (BY_OFFICE, answers.by_office.wide(lang).text()),
        (BY_MONTH, answers.by_month.wide(lang).text()),
        (TRUTH, answers.truth),
        (PUBLISHED, "\n".join([*_aligned(answers.published), comparison_note(lang)])),
    ):
        echo(f"\n{heading.text(lang)}\n{text}")


def _write(answers: Answers, out: Path, lead: str, lang: Language) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    by_office, by_month = answers.by_office.wide(lang), answers.by_month.wide(lang)
    sections = [
        Section(OVERALL.text(lang), READING.text(lang), answers.overall),
        Section(BY_OFFICE.text(lang), "", by_office),
        Section(BY_MONTH.text(lang), "", by_month),
        Section(TRUTH.text(lang), answers.truth),
        Section(PUBLISHED.text(lang), comparison_note(lang), answers.published),
    ]
    document = page(sections, TITLE.text(lang), lang=lang, lead=lead)
    sheets: dict[str, Result | Wide] = {
        OVERALL.text(lang): answers.overall,
        BY_OFFICE.text(lang): by_office,
        BY_MONTH.text(lang): by_month,
    }
    return [
        write_whole(out / "casemetry-demo.html", document.encode()),
        write_excel(sheets, out / "casemetry-demo.xlsx", lang=lang),
    ]


def _steps(clock: Clock, rows: int, lang: Language) -> list[str]:
    names = [STEPS[name].text(lang).format(rows=rows) for name in clock.seconds]
    columns = max(map(width, names))
    return [
        f"  {pad(name, columns)}  {seconds:7.3f}" for name, seconds in zip(names, clock.seconds.values(), strict=True)
    ]


def _aligned(rows: list[list[str]]) -> list[str]:
    """Lay rows of text out in columns, figures at the right."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(width, column)) for column in columns]
    right = [all(text[:1].isdigit() or text == NOTHING for text in column[1:]) for column in columns]
    return [
        "  ".join(pad(text, size, right=side) for text, size, side in zip(row, widths, right, strict=True)).rstrip()
        for row in rows
    ]
