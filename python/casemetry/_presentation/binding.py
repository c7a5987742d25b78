# SPDX-License-Identifier: Apache-2.0
"""A binding laid out for reading: what stands for what, what waits, and which indicators lack what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casemetry._binding_needs import CODES_WAIT
from casemetry._presentation.display import safe_text
from casemetry._presentation.grid import Cell, Column, Grid
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry._binding_proposals import Proposal
    from casemetry._binding_unused import Unused
    from casemetry._presentation.words import Language
    from casemetry.binding import Binding

BOUND = (
    Label("目录的表", "Catalogue's table"),
    Label("本院的表", "The site's table"),
    Label("行数", "Rows"),
    Label("列", "Columns"),
    Label("待定", "Waiting"),
)
WAITING = (
    Label("待定", "Waiting"),
    Label("目录", "Catalogue"),
    Label("本院", "The site's"),
    Label("行数", "Rows"),
    Label("建议", "Suggestion"),
    Label("原因", "Reason"),
)
PROPOSALS = (
    Label("种类", "Kind"),
    Label("目录", "Catalogue"),
    Label("本院", "The site's"),
    Label("对应", "Stands for"),
    Label("依据", "Why"),
    Label("行数", "Rows"),
)
UNUSED = (
    Label("未用的本院表", "The site's, not used"),
    Label("行数", "Rows"),
    Label("未用的列", "Columns not used"),
    Label("最接近的目录表", "Nearest tables"),
)
WHOLE = Label("整张表（{number} 列）：{columns}", "the whole table ({number} columns): {columns}")
NOTHING_NEAR = Label("没有相近的", "none is near")
MISSING = (Label("无法计算的指标", "Not computable"), Label("缺少", "Missing"))
KINDS = {"table": Label("表", "table"), "column": Label("列", "column"), "value": Label("代码", "value")}
WHY = {
    "name": Label("名称", "name"),
    "label": Label("标签", "label"),
    "also": Label("别名", "also"),
    "alias": Label("代码别名", "alias"),
    "mapping": Label("已确认", "mapping"),
    "suggestion": Label("近似，待定", "suggestion, waits"),
    "": Label("未列，待定", "unlisted, waits"),
}
LEFT_OUT = Label("（不用）", "(left out)")
SUMMARY = Label("{all} 个指标中 {computable} 个可以计算", "{computable} of {all} indicators can be computed")
NOTHING_WAITS = Label("没有待定的对应", "nothing waits for a decision")
SOME_WAIT = Label("{waiting} 项对应待定", "{waiting} proposals wait for a decision")
ADVICE = Label(
    '确认：binding.set("表.列", "本院的列")；代码：binding.set("表.列", {"本院的代码": "目录的值"})；不用：None',
    'Decide: binding.set("table.column", "the site\'s column"); values: binding.set("table.column", {"theirs": "ours"})'
    "; None leaves out",
)

EDIT = Label(
    "确认：编辑 {file}（待定的对应写在其中的注释里），再运行一次",
    "Decide: edit {file}, where what waits stands in comments, and run again",
)

_FIGURES = {"Rows", "Waiting"}


def summary(binding: Binding, lang: Language) -> str:
    """Say how many indicators can be computed, and how much waits."""
    counted = SUMMARY.text(lang).format(all=len(binding.catalogue.indicators), computable=len(binding.computable))
    waits = (SOME_WAIT if binding.waiting else NOTHING_WAITS).text(lang).format(waiting=len(binding.waiting))
    return f"{counted}；{waits}" if lang == "zh" else f"{counted}; {waits}"


def binding_grids(binding: Binding, lang: Language, file: str = "") -> tuple[Grid, ...]:
    """Lay out the tables that are bound, what waits, what is not used, and the indicators that lack something.

    How to decide what waits is told by the call, or by the mapping file that is edited.
    """
    advice = EDIT.text(lang).format(file=safe_text(file)) if file else ADVICE.text(lang)
    names = _Names(binding, lang)
    bound = [_bound(binding, names, table) for table in binding.tables]
    waiting = [_waiting(one, names, lang) for one in binding.waiting]
    missing = [
        (binding.catalogue.label(name, lang), _list(map(names.lacking, lacks), lang))
        for name, lacks in binding.missing.items()
    ]
    near = tuple(f"{one.table} → {_list(map(names.of, one.near), lang)}" for one in binding.unused if one.near)
    return (
        _grid(BOUND, bound, lang, _notes(binding, lang), figures=_FIGURES),
        _grid(WAITING, waiting, lang, (advice,), figures={"Rows"}),
        _grid(UNUSED, [_unused(one, binding, lang) for one in binding.unused], lang, near, figures={"Rows"}),
        _grid(MISSING, missing, lang),
    )


def proposals_grid(binding: Binding, lang: Language) -> Grid:
    """Lay out every proposal."""
    names = _Names(binding, lang)
    rows = [
        (
            KINDS[one.kind].text(lang),
            names.of(one.table, one.column),
            one.theirs or LEFT_OUT.text(lang),
            one.ours or (LEFT_OUT.text(lang) if one.decided else ""),
            WHY[one.why].text(lang),
            f"{one.rows:,}" if one.kind == "value" else "",
        )
        for one in binding.proposals
    ]
    return _grid(PROPOSALS, rows, lang, figures={"Rows"})


class _Names:
    """What a catalogue's tables and columns are called beside their ids."""

    def __init__(self, binding: Binding, lang: Language) -> None:
        self._declared = binding._declared
        self._lang = lang

    def of(self, table: str, column: str = "") -> str:
        """Give the id, and behind it the label: ``arrest_review.decision（审查逮捕结果）``."""
        name = f"{table}.{column}" if column else table
        text = self._label(table, column)
        if not text or text == name:
            return name
        return f"{name}（{text}）" if self._lang == "zh" else f"{name} ({text})"

    def _label(self, table: str, column: str = "") -> str:
        if table not in self._declared.tables or (column and column not in self._declared.columns(table)):
            return ""
        label = self._declared.label(table, column)
        return label.get(self._lang) or next(iter(label.values()), "")

    def lacking(self, lack: str) -> str:
        """Give what is lacking by its labels: 审查逮捕.受理日期; the core's reason as it is."""
        table, _, column = lack.removesuffix(CODES_WAIT.zh).partition(".")
        wait = CODES_WAIT.text(self._lang) if lack.endswith(CODES_WAIT.zh) else ""
        if table not in self._declared.tables:
            return lack
        name = self._label(table) or table
        return f"{name}.{self._label(table, column) or column}{wait}" if column else name


def _bound(binding: Binding, names: _Names, table: str) -> tuple[str, ...]:
    proposals = [one for one in binding.proposals if one.table == table]
    sources = [one.theirs for one in proposals if one.kind == "table" and one.decided]
    columns = [one for one in proposals if one.kind == "column" and one.decided and one.theirs]
    bound = [one for one in columns if (table, one.column) not in binding._codes_wait]
    waiting = sum(not one.decided for one in proposals)
    return (
        names.of(table),
        " + ".join(sources),
        f"{binding.tables[table].rows:,}",
        f"{len(bound)} / {len(binding._declared.columns(table))}",
        f"{waiting:,}",
    )


def _unused(one: Unused, binding: Binding, lang: Language) -> tuple[str, ...]:
    columns = _list(one.columns, lang)
    near = _list(one.near, lang) or NOTHING_NEAR.text(lang)
    return (
        one.table,
        f"{binding._site[one.table].rows:,}",
        WHOLE.text(lang).format(number=len(one.columns), columns=columns) if one.is_whole else columns,
        near if one.is_whole else "",
    )


def _waiting(one: Proposal, names: _Names, lang: Language) -> tuple[str, ...]:
    return (
        KINDS[one.kind].text(lang),
        names.of(one.table, one.column),
        one.theirs,
        f"{one.rows:,}" if one.kind == "value" else "",
        one.ours or "",
        one.reason.text(lang),
    )


def _notes(binding: Binding, lang: Language) -> tuple[str, ...]:
    """Tell what was found in the files besides their cells."""
    return tuple(f"{name}: {note.text(lang)}" for name, table in binding.tables.items() for note in table.notes)


def _list(texts: Iterable[str], lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)


def _grid(
    titles: Sequence[Label],
    rows: Sequence[tuple[str, ...]],
    lang: Language,
    below: tuple[str, ...] = (),
    *,
    figures: Iterable[str] = (),
) -> Grid:
    columns = tuple(Column(title.text(lang), is_number=title.en in figures) for title in titles)
    return Grid(columns, len(rows), lambda row: tuple(map(Cell, rows[row])), below)
