# SPDX-License-Identifier: Apache-2.0
"""What is asked of leads besides a table, laid out for reading: a tested claim, the overlap of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casemetry._presentation.cells import name_column, number_column
from casemetry._presentation.contributions import Names, names_line
from casemetry._presentation.figures import FORMS, NOTHING, Form, interval_label, interval_text
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import WORDS, Label, word

if TYPE_CHECKING:
    from casemetry import _core
    from casemetry._presentation.words import Language

_SHARE = FORMS["percent"]
_P = Form(decimals=4)
_LEAST_P = 0.0001

_RULE = Label("规则", "Rule")
_JOINT = Label("联合 p", "Joint p")
_HOLDS = Label("结论", "Verdict")
_VERDICTS = {True: Label("成立", "holds"), False: Label("不成立", "does not hold")}
_CLAIM = Label(
    "论断：{of} 的贡献率在 {years} {each}超过 {share}；规则 {rule} 下{verdict}（联合 p {p}）",
    "Claim: the contribution of {of} exceeds {share} in {each}{years}; under the rule {rule} it {verdict} "
    "(joint p {p})",
)
_EACH = Label("每年都", "each of ")
_TEST = Label(
    "每年单侧检验，联合 p 取其中最大者（交并检验）；联合 p 不超过 {most} 为成立",
    "Each year is tested one-sided; the joint p is the largest (intersection–union test), and at most {most} holds",
)
_YEAR = Label("{year} 线索 {leads}，其中未归因 {unattributed}", "{year}: leads {leads}, unattributed {unattributed}")
_UNKNOWN_IN_YEAR = Label("，未知 {unknown}", ", unknown {unknown}")
_PARTIAL = Label("，期间未完", ", not complete yet")
_FOUND_IN_YEAR = Label("{year} 有发现的线索 {leads}", "{year}: leads that were found {leads}")

_SOURCES = (Label("来源", "Source"), Label("发现的线索", "Leads found"), Label("独占", "Found alone"))
_PAIRS = (
    Label("来源甲", "First"),
    Label("来源乙", "Second"),
    Label("共同发现", "Found by both"),
    Label("至少其一", "By either"),
    Label("杰卡德系数", "Jaccard"),
    Label("甲中乙也发现", "First also by second"),
    Label("乙中甲也发现", "Second also by first"),
)
_TOGETHER = (Label("恰由这些来源发现", "Found by just these"), Label("线索", "Leads"))
_FOUND = Label("有发现的线索", "Leads that were found")
_NEVER = Label("从未发现线索", "Never found a lead")
_MOST_LISTED = 10
_IN_ALL = Label(" … 共 {n:,} 个", " … {n:,} in all")
_COVERED = Label("所发现的都另有来源发现", "Always covered by others")


@dataclass(frozen=True)
class ClaimFacts:
    """A claim with its verdict, and what it was asked with.

    Attributes
    ----------
    core
        The verdicts.
    of, share, level
        The group, what its contribution is said to exceed, and the level at which it is tested.
    names
        All that the contribution depends on.
    leads_known
        Whether leads without a source are among them.
    """

    core: _core.Claim
    of: str
    share: float
    level: float
    names: Names
    leads_known: bool

    def grid(self, lang: Language) -> Grid:
        """Lay out the rules under which it was tested, each with its years."""
        rules = self.core.rules
        years = [year.year for year in self.core.asked.years]
        interval = interval_label(self.level)
        columns = [name_column(_RULE, lang)]
        for year in years:
            columns.append(number_column(Label(year, year), lang, interval))
            columns.append(Column("p", is_number=True))
        columns += [number_column(_JOINT, lang), name_column(_HOLDS, lang)]
        return Grid(tuple(columns), len(rules), lambda place: self._row(rules[place], lang), self._below(lang))

    def _row(self, verdict: _core.ClaimUnderRule, lang: Language) -> tuple[Cell, ...]:
        cells = [Cell(verdict.rule)]
        for year in verdict.years:
            text = NOTHING if year.value is None else _SHARE.text(year.value, lang)
            cells += [Cell(text, interval_text(_SHARE, year.low, year.high)), Cell(_p(year.p))]
        return (*cells, Cell(_p(verdict.p)), Cell(_VERDICTS[verdict.holds].text(lang)))

    def _below(self, lang: Language) -> tuple[str, ...]:
        asked, comma = self.core.asked, "、" if lang == "zh" else ", "
        claim = _CLAIM.text(lang).format(
            of=self.of,
            each=_EACH.text(lang) if len(asked.years) > 1 else "",
            years=comma.join(year.year for year in asked.years),
            share=Form(factor=100, decimals=2, trim=True, suffix=_SHARE.suffix).text(self.share, lang),
            rule=asked.rule,
            verdict=_VERDICTS[asked.holds].text(lang),
            p=f"< {_LEAST_P}" if asked.p < _LEAST_P else f"= {_p(asked.p)}",
        )
        leads = (self._leads_of(year, lang) for year in asked.years)
        unknown = () if self.leads_known else (word("leads_unknown", lang),)
        test = _TEST.text(lang).format(most=Form(decimals=4, trim=True).digits(round(1 - self.level, 9)))
        named = names_line([self.names], lang)
        return claim, named, ("；" if lang == "zh" else "; ").join(leads), *unknown, test

    def _leads_of(self, year: _core.ClaimYear, lang: Language) -> str:
        told = (_YEAR if self.leads_known else _FOUND_IN_YEAR).text(lang)
        told += _UNKNOWN_IN_YEAR.text(lang) if year.unknown else ""
        told += _PARTIAL.text(lang) if year.is_partial else ""
        numbers = {name: f"{getattr(year, name):,}" for name in ("leads", "unattributed", "unknown")}
        return told.format(year=year.year, **numbers)


def overlap_grids(overlap: _core.Overlap, lang: Language, *, leads_known: bool) -> tuple[Grid, ...]:
    """Lay out the sources, the pairs that share leads, and the largest intersections."""
    sources = [(one.source, f"{one.leads:,}", f"{one.alone:,}") for one in overlap.sources]
    pairs = [
        (
            pair.first,
            pair.second,
            f"{pair.both:,}",
            f"{pair.either:,}",
            _P.digits(pair.jaccard),
            _SHARE.text(pair.first_in_second, lang),
            _SHARE.text(pair.second_in_first, lang),
        )
        for pair in overlap.pairs
    ]
    together = [(" + ".join(one.sources), f"{one.leads:,}") for one in overlap.intersections]
    return (
        _grid(_SOURCES, 1, sources, lang, _overlap_below(overlap, lang, leads_known=leads_known)),
        _grid(_PAIRS, 2, pairs, lang),
        _grid(_TOGETHER, 1, together, lang),
    )


def _overlap_below(overlap: _core.Overlap, lang: Language, *, leads_known: bool) -> tuple[str, ...]:
    numbers = {WORDS["leads"]: overlap.leads, WORDS["unattributed"]: overlap.unattributed}
    shown = numbers if leads_known else {_FOUND: overlap.leads}
    if overlap.unknown:
        shown = {**shown, WORDS["unknown"]: overlap.unknown}
    unknown = () if leads_known else (word("leads_unknown", lang),)
    never = [one.source for one in overlap.sources if not one.leads]
    covered = [one.source for one in overlap.sources if one.always_covered]
    lists = {_NEVER: never, _COVERED: covered}
    told = [f"{label.text(lang)}: {_some(some, lang)}" for label, some in lists.items() if some]
    told_of = " · ".join(f"{label.text(lang)} {number:,}" for label, number in shown.items())
    return names_line([overlap.names], lang), told_of, *unknown, *told


def _grid(
    titles: Sequence[Label], labels: int, rows: Sequence[Sequence[str]], lang: Language, below: tuple[str, ...] = ()
) -> Grid:
    columns = [name_column(title, lang) for title in titles[:labels]]
    columns += [number_column(title, lang) for title in titles[labels:]]
    return Grid(tuple(columns), len(rows), lambda row: tuple(map(Cell, rows[row])), below)


def _some(sources: Sequence[str], lang: Language) -> str:
    listed = ("、" if lang == "zh" else ", ").join(sources[:_MOST_LISTED])
    return listed if len(sources) <= _MOST_LISTED else listed + _IN_ALL.text(lang).format(n=len(sources))


def _p(p: float) -> str:
    return f"<{_LEAST_P}" if p < _LEAST_P else _P.digits(p)
