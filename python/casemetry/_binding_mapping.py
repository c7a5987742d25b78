# SPDX-License-Identifier: Apache-2.0
"""The mapping file of a site: what is decided, and as comments what waits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from casemetry._binding_decisions import Decisions, Declared
from casemetry._binding_proposals import Proposal
from casemetry._presentation.display import safe_text

_LEAD = """\
# 本院的表、列和代码与目录的对应。以 # 开头的是待定的：确认后去掉 #，或改成正确的名称；"" 表示不用。
# What of this site stands for what of the catalogue. Lines behind # wait: take the # away, or write what is right; an
# empty text leaves out.
"""


def mapping_text(declared: Declared, proposals: Sequence[Proposal], decisions: Decisions) -> str:
    """Print a mapping: tables in the order of the catalogue, each with its columns and values, a line for each.

    So a line that waits holds as soon as its ``#`` is taken away.
    """
    lines = [_LEAD, "schema = 1", f"catalogue = {_text(declared.id)}"]
    for table in declared.tables:
        lines += _table(table, [one for one in proposals if one.table == table], declared, decisions)
    return "\n".join(lines) + "\n"


def _table(table: str, proposals: list[Proposal], declared: Declared, decisions: Decisions) -> Iterator[str]:
    columns, values = _decided(table, proposals, decisions)
    sources = [one for one in proposals if one.kind == "table"]
    if not sources and not columns and not values:
        return
    yield f"\n[table.{_key(table)}]{_label(table, declared)}"
    yield from _sources(sources, decisions.tables.get(table))
    yield from (f"columns.{_key(ours)} = {_text(theirs)}" for ours, theirs in columns.items())
    yield from (_waiting_column(one) for one in proposals if one.kind == "column" and not one.decided)
    waiting = [one for one in proposals if one.kind == "value" and not one.decided]
    for column in dict.fromkeys([*values, *(one.column for one in waiting)]):
        group = values.get(column, {})
        yield from (f"values.{_key(column)}.{_text(theirs)} = {_text(ours)}" for theirs, ours in group.items())
        yield from (_waiting_value(one, declared) for one in waiting if one.column == column)


def _decided(
    table: str, proposals: list[Proposal], decisions: Decisions
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Gather what is decided: columns ours → theirs, values by column theirs → ours; empty: left out."""
    columns = {one.column: one.theirs for one in proposals if one.kind == "column" and one.decided}
    columns |= {column: theirs or "" for (of, column), theirs in decisions.columns.items() if of == table}
    values: dict[str, dict[str, str]] = {}
    for one in proposals:
        if one.kind == "value" and one.decided and one.why != "name":
            values.setdefault(one.column, {})[one.theirs] = one.ours or ""
    for (of, column), group in decisions.values.items():
        if of == table:
            values[column] = values.get(column, {}) | {theirs: ours or "" for theirs, ours in group.items()}
    return columns, values


def _sources(proposals: list[Proposal], decided: tuple[str, ...] | None) -> Iterator[str]:
    if decided is not None:
        yield f"from = {_text(decided[0]) if len(decided) == 1 else _texts(decided) if decided else _text('')}"
        return
    for one in proposals:
        yield f"from = {_text(one.theirs)}" if one.decided else f"# from = {_text(one.theirs)}{_reason(one)}"


def _waiting_column(one: Proposal) -> str:
    return f"# columns.{_key(one.column)} = {_text(one.theirs)}{_reason(one)}"


def _waiting_value(one: Proposal, declared: Declared) -> str:
    listed = "" if one.ours else f"：{', '.join(declared.values(one.table, one.column))}"
    return f"# values.{_key(one.column)}.{_text(one.theirs)} = {_text(one.ours or '')}{_reason(one, listed)}"


def _reason(one: Proposal, more: str = "") -> str:
    rows = f"{one.rows:,} 行；" if one.rows else ""
    return f"  # {rows}{safe_text(one.reason.text('zh') + more)}"


def _label(table: str, declared: Declared) -> str:
    label = declared.label(table)
    text = label.get("zh") or label.get("en") or ""
    return f"  # {safe_text(text)}" if text else ""


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _text(name)


def _text(text: str) -> str:
    """Quote a text as TOML does, all on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
