# SPDX-License-Identifier: Apache-2.0
"""What a check found, laid out for reading: findings, what indicators lose, lateness, identities."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.sheet import Sheet, SheetColumn, Written
from casemetry._presentation.words import Label, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casemetry import _core
    from casemetry._presentation.words import Language
    from casemetry.catalogues import Catalogue

FINDINGS = Label("数据质量", "Findings")
LOSSES = Label("指标的损失", "What indicators lose")
LATENESS = Label("录入时滞", "Lateness of entries")
ALIKE = Label("写法不一", "Spellings")
IDENTITIES = Label("数据勾稽", "Identities")

KINDS = {
    "unread": Label("无法读取", "cannot be read"),
    "missing": Label("未填", "missing"),
    "unreadable": Label("无法识别", "unreadable"),
    "unlisted": Label("不在值域", "not listed"),
    "before_first_day": Label("日期过早", "day too early"),
    "after_as_of": Label("晚于数据截止日", "day after the data"),
    "out_of_order": Label("日期先后颠倒", "days reversed"),
    "late": Label("迟录", "entered late"),
    "repeated": Label("主键重复", "key repeated"),
    "conflicting": Label("同键不一致", "rows of a key differ"),
    "alike": Label("仅全半角、大小写或空格不同", "spelled alike"),
}
MISLEADING = {
    "repeated": Label("主键重复 {n} 行", "{n} rows with a repeated key"),
    "conflicting": Label("其中互相矛盾 {n} 行", "{n} of them that contradict each other"),
    "late": Label("迟录 {n} 处", "{n} days entered late"),
}
SEE_FINDINGS = Label(
    "{parts}（重复的行照原样计数）：见《数据质量》", "{parts} (repeated rows are counted as they stand): see Findings"
)
NONE_MISLEADS = Label("数据质量：没有重复的行，没有迟录", "Findings: no row is repeated, none was entered late")
CAUSES = {
    "missing": Label("未填", "missing"),
    "unreadable": Label("无法识别", "unreadable"),
    "unlisted": Label("不在值域", "not listed"),
    "disagreeing": Label("各行不一致", "rows disagree"),
    "not_found": Label("未关联到", "not found"),
}

TABLE, COLUMN, WRONG = Label("表", "Table"), Label("列", "Column"), Label("问题", "What is wrong")
ROWS, OF, KEYS = Label("行数", "Rows"), Label("共", "Of"), Label("键数", "Keys")
EXAMPLES = Label("例", "Examples")
UNIT, UNITS = Label("计数单位", "Unit"), Label("个数", "Units")
UNDATED, CAUSE = Label("无日期", "Undated"), Label("原因", "Causes")
DAYS, LATE = Label("天数", "Days"), Label("跨月", "In a later month")
IDENTITY, CELL = Label("勾稽关系", "Identity"), Label("范围", "Cell")
LEFT, RIGHT, DIFFERENCE = Label("左边", "Left"), Label("右边", "Right"), Label("差", "Difference")
INDICATOR, PERIOD, UNKNOWN = Label("指标", "Indicator"), Label("期间", "Period"), Label("未知", "Unknown")

NOTHING_FOUND = Label("未发现问题", "Nothing was found")
HOLDS = Label("{name}：{cells} 处，均成立", "{name}: {cells} looked at, all hold")
NOT_LOOKED_AT = Label("{name}：无法核对，{why}", "{name}: could not be looked at: {why}")
ROW = Label("第{row}行", "row {row}")


Row = tuple[str | int | float | None, ...]


class Told(NamedTuple):
    """A part of what was found: its heading, titles with whether they are numbers, and rows."""

    heading: Label
    titles: tuple[Label, ...]
    rows: Sequence[Row]
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What tables, columns and indicators of a catalogue are called."""

    catalogue: Catalogue
    lang: Language

    @cached_property
    def _tree(self) -> dict[str, Any]:
        tree: dict[str, Any] = json.loads(self.catalogue.json())
        return tree

    def table(self, name: str) -> str:
        """Give what a table or unit is called."""
        fields = self._tree.get("table", {}).get(name) or self._tree.get("unit", {}).get(name) or {}
        return self._label(fields, name)

    def column(self, table: str, name: str) -> str:
        """Give what columns, joined by commas, are called."""
        columns = self._tree.get("table", {}).get(table, {}).get("columns", {})
        return ", ".join(self._label(columns.get(each, {}), each) for each in name.split(", "))

    def identity(self, name: str) -> str:
        """Give what an identity is called."""
        found = [fields for fields in self._tree.get("identity", []) if fields["id"] == name]
        return self._label(found[0] if found else {}, name)

    def _label(self, fields: dict[str, Any], name: str) -> str:
        label = fields.get("label", {})
        known = Label(label, "") if isinstance(label, str) else Label(label.get("zh", ""), label.get("en", ""))
        return known.text(self.lang) or name


def told(check: _core.Check, words: Words) -> list[Told]:
    """Lay out all parts that have something to tell, the findings always."""
    parts = (_losses(check, words), _identities(check, words), _lateness(check, words), _alike(check, words))
    return [_findings(check, words), *(part for part in parts if part.rows or part.below)]


def grid(part: Told, lang: Language) -> Grid:
    """Make a table of a part."""
    columns = tuple(
        Column(title.text(lang), title.beside(lang), is_number=_is_number(part, place))
        for place, title in enumerate(part.titles)
    )
    return Grid(columns, len(part.rows), lambda row: tuple(Cell(_text(cell)) for cell in part.rows[row]), part.below)


def sheet(part: Told) -> Sheet:
    """Make a sheet of a part: numbers stay numbers."""
    columns = tuple(
        SheetColumn(title, lambda row, place=place: _written(part.rows[row][place]))  # type: ignore[misc]
        for place, title in enumerate(part.titles)
    )
    return Sheet(columns, len(part.rows), names=1)


def misleading(findings: Sequence[_core.Finding], lang: Language) -> str:
    """Say in a line how much there is of what makes counts too large or too early to be final."""
    rows = {kind: sum(one.rows for one in findings if one.kind == kind) for kind in MISLEADING}
    parts = [words.text(lang).format(n=f"{rows[kind]:,}") for kind, words in MISLEADING.items() if rows[kind]]
    if not parts:
        return NONE_MISLEADS.text(lang)
    return SEE_FINDINGS.text(lang).format(parts=("、" if lang == "zh" else ", ").join(parts))


def _findings(check: _core.Check, words: Words) -> Told:
    lang = words.lang
    rows: list[Row] = [
        (
            words.table(one.table),
            _columns(one, words),
            KINDS[one.kind].text(lang),
            one.rows,
            one.of,
            one.keys or None,
            _examples(one.examples, lang),
        )
        for one in check.findings
    ]
    below = () if rows else (NOTHING_FOUND.text(lang),)
    return Told(FINDINGS, (TABLE, COLUMN, WRONG, ROWS, OF, KEYS, EXAMPLES), rows, below)


def _columns(one: _core.Finding, words: Words) -> str:
    names = [words.column(one.table, name) for name in (one.column, one.other) if name]
    return " → ".join(names)


def _examples(examples: Sequence[_core.FindingExample], lang: Language) -> str:
    shown: list[str] = []
    for one in examples:
        row = [] if one.row is None else [ROW.text(lang).format(row=one.row + 1)]
        shown.append(" ".join([*row, *([f"({one.key})"] if one.key else []), *([one.value] if one.value else [])]))
    return "; ".join(shown)


def _losses(check: _core.Check, words: Words) -> Told:
    lang = words.lang
    rows: list[Row] = [
        (
            words.catalogue.label(one.indicator, lang),
            words.table(one.unit),
            one.units,
            one.unknown,
            one.undated,
            "; ".join(_cause(cause, words) for cause in one.causes),
        )
        for one in check.losses
    ]
    return Told(LOSSES, (INDICATOR, UNIT, UNITS, UNKNOWN, UNDATED, CAUSE), rows)


def _cause(cause: _core.LossCause, words: Words) -> str:
    where = f"{words.table(cause.table)}·{words.column(cause.table, cause.column)}"
    return f"{where} {CAUSES[cause.kind].text(words.lang)} {cause.units:,}"


def _lateness(check: _core.Check, words: Words) -> Told:
    rows: list[tuple[str | int | float | None, ...]] = []
    for one in check.lateness:
        name = f"{words.column(one.table, one.date)} → {words.column(one.table, one.entered)}"
        rows += [
            (words.table(one.table), name, _band(band), band.rows, one.rows, one.late if place == 0 else None)
            for place, band in enumerate(one.bands)
        ]
    return Told(LATENESS, (TABLE, COLUMN, DAYS, ROWS, OF, LATE), rows)


def _band(band: _core.LatenessBand) -> str:
    if band.first is None:
        return f"≤ {band.last}"
    return f"{band.first}–{band.last}" if band.last is not None else f"≥ {band.first}"


def _alike(check: _core.Check, words: Words) -> Told:
    rows: list[Row] = [
        (words.table(one.table), words.column(one.table, one.column), f"“{label}”", count)
        for one in check.alike
        for label, count in one.labels
    ]
    return Told(ALIKE, (TABLE, COLUMN, EXAMPLES, ROWS), rows)


def _identities(check: _core.Check, words: Words) -> Told:
    lang = words.lang
    rows: list[Row] = [
        (
            words.identity(one.identity),
            ", ".join(word("missing", lang) if label is None else label for label in each.cell) or word("all", lang),
            each.period,
            each.left,
            each.right,
            each.difference,
            each.unknown,
        )
        for one in check.identities
        for each in one.failures
    ]
    below = [_verdict(one, words) for one in check.identities if one.not_available or not one.failures]
    return Told(IDENTITIES, (IDENTITY, CELL, PERIOD, LEFT, RIGHT, DIFFERENCE, UNKNOWN), rows, tuple(below))


def _verdict(one: _core.CheckedIdentity, words: Words) -> str:
    name = words.identity(one.identity)
    if one.not_available:
        return NOT_LOOKED_AT.text(words.lang).format(name=name, why=one.not_available)
    return HOLDS.text(words.lang).format(name=name, cells=f"{one.cells:,}")


def _is_number(part: Told, place: int) -> bool:
    return any(isinstance(row[place], int | float) for row in part.rows)


def _written(cell: str | float | None) -> Written:
    return Written(cell, "General" if isinstance(cell, float) else "#,##0")


def _text(cell: str | float | None) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else f"{cell:,}"
