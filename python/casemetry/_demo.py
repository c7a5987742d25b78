# SPDX-License-Identifier: Apache-2.0
"""What ``casemetry demo`` does: embedded cases, leads and cards, counted, printed and written to three files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casemetry._demo_cases import case_sections
from casemetry._demo_clock import Clock
from casemetry._demo_leads import lead_sections
from casemetry._demo_monthly import FILE, monthly_report
from casemetry._files import write_whole
from casemetry._presentation.display import pad, width
from casemetry._presentation.figures import NOTHING
from casemetry._presentation.page import Section, page
from casemetry._presentation.wide import Wide
from casemetry._presentation.words import Label
from casemetry.excel import write_excel
from casemetry.result import Result

if TYPE_CHECKING:
    from casemetry._presentation.words import Language

Print = Callable[[str], None]

CASES_A_LEAD = 5

TITLE = Label("casemetry 演示", "casemetry demo")
LEAD = Label(
    "{cases:,} 件合成案件，{leads:,} 条合成线索（单位、案件、线索、来源均属虚构）。",
    "{cases:,} synthetic cases and {leads:,} synthetic leads (offices, cases, leads and sources are invented).",
)
WRITING = Label("写出网页和 Excel", "write the page and the workbook")
WRITTEN = Label("已写出", "Written")
SECONDS = Label("用时（秒）", "Seconds")


def demo(out: Path, *, rows: int, lang: Language, echo: Print = print) -> list[Path]:
    """Do it all and tell it; give the three files that were written."""
    clock = Clock(lang)
    leads = max(1, rows // CASES_A_LEAD)
    lead = LEAD.text(lang).format(cases=rows, leads=leads)
    echo(f"\n{TITLE.text(lang)}\n{lead}")
    sections: list[Section] = []
    for half in (case_sections(rows, lang, clock), lead_sections(leads, lang, clock)):
        _tell(half, lang, echo)
        sections += half
    told, report = monthly_report(lang, clock)
    echo(f"\n{told}")
    with clock.step(WRITING):
        files = [*_write(sections, out, lead, lang), report.to_excel(out / FILE, lang=lang)]
    echo(f"\n{WRITTEN.text(lang)}")
    for file in files:
        echo(f"  {file}")
    echo(f"\n{SECONDS.text(lang)}")
    for line in clock.lines():
        echo(line)
    return files


def _tell(sections: Iterable[Section], lang: Language, echo: Print) -> None:
    for section in sections:
        echo("\n" + "\n".join(filter(None, (section.heading, _text(section, lang), section.paragraph))))


def _text(section: Section, lang: Language) -> str:
    match section.content:
        case None:
            return ""
        case Result() as result:
            return result.text(lang)
        case Wide() as wide:
            return wide.text()
        case rows:
            return "\n".join(_aligned(rows))


def _write(sections: list[Section], out: Path, lead: str, lang: Language) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    document = page(sections, TITLE.text(lang), lang=lang, lead=lead)
    sheets = {part.heading: part.content for part in sections if isinstance(part.content, Result | Wide)}
    return [
        write_whole(out / "casemetry-demo.html", document.encode()),
        write_excel(sheets, out / "casemetry-demo.xlsx", lang=lang),
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay rows of text out in columns, figures at the right."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(width, column)) for column in columns]
    right = [all(text[:1].isdigit() or text == NOTHING for text in column[1:]) for column in columns]
    return [
        "  ".join(pad(text, size, right=side) for text, size, side in zip(row, widths, right, strict=True)).rstrip()
        for row in rows
    ]
