# SPDX-License-Identifier: Apache-2.0
"""What of a site may stand for what of a catalogue: tables by name, then their columns, then the values of those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from casemetry._binding_decisions import Decisions, Declared, matching
from casemetry._binding_names import NO_REASON, RANK, Known, Match, Why, equal_names, names_of, similar_name
from casemetry._presentation.words import Label

if TYPE_CHECKING:
    from casemetry import _core

Kind = Literal["table", "column", "value"]
Columns = Mapping[str, Sequence[str]]
"""The columns of each table of the site."""

_SHARE_OF_COLUMNS = 0.5
NOT_LISTED = Label("目录未列，也无近似", "the catalogue lists nothing like it")


class Proposal(NamedTuple):
    """That a name of the site stands for one of the catalogue."""

    kind: Kind
    table: str
    """The catalogue's table."""
    column: str
    """The catalogue's column; empty for a table."""
    theirs: str
    """The name in the site's tables: of a table, a column, or a value as it is written. Empty: left out."""
    ours: str | None
    """The catalogue's name. None of a value: none is near, or it is left out."""
    why: Why
    decided: bool
    """Whether it holds. What does not waits for ``binding.set``."""
    reason: Label = NO_REASON
    """Of a suggestion, and of what waits: why."""
    rows: int = 0
    """Of a value: how many rows hold it."""


def table_proposals(site: Columns, declared: Declared, decisions: Decisions) -> list[Proposal]:
    """Propose tables: those decided, those whose name says it, then suggestions for what is left."""
    decided = [
        Proposal("table", table, "", source, table, "mapping", True)
        for table, patterns in decisions.tables.items()
        for source in ([name for one in patterns for name in matching(one, site)] if patterns else [""])
    ]
    known = [one for one in names_of(declared.tables) if one.of not in decisions.tables]
    claims = [(name, match) for name in site for match in equal_names(name, known)]
    named = list(_named_tables(claims))
    used = {proposal.theirs for proposal in (*decided, *named)}
    taken = {match.of for _, match in claims}
    free = [one for one in known if one.of not in taken]
    suggested = (_suggested_table(name, columns, free, declared) for name, columns in site.items() if name not in used)
    return [*decided, *named, *(one for one in suggested if one is not None)]


def _named_tables(claims: Sequence[tuple[str, Match]]) -> Iterator[Proposal]:
    for name, match in claims:
        rivals = [other for other, claim in claims if claim.of == match.of and other != name]
        reason = _rival(rivals[0]) if rivals else NO_REASON
        yield Proposal("table", match.of, "", name, match.of, match.why, not rivals, reason)


def _rival(name: str) -> Label:
    return Label(f"“{name}”也同名", f"'{name}' has the name too")


def _suggested_table(name: str, columns: Sequence[str], free: Sequence[Known], declared: Declared) -> Proposal | None:
    similar = similar_name(name, free)
    if similar is not None:
        return Proposal("table", similar.of, "", name, similar.of, "suggestion", False, similar.reason)
    scored = [(named_columns(columns, declared, table), table) for table in dict.fromkeys(one.of for one in free)]
    (named, of), table = max(scored, default=((0, 1), ""))
    if named < 2 or named < of * _SHARE_OF_COLUMNS:
        return None
    reason = Label(f"{of} 列中 {named} 列同名", f"{named} of {of} columns have its names")
    return Proposal("table", table, "", name, table, "suggestion", False, reason)


def named_columns(columns: Sequence[str], declared: Declared, table: str) -> tuple[int, int]:
    """Count the columns of a table that are there by name, and all that it has."""
    known = names_of(declared.columns(table))
    found = {match.of for column in columns for match in equal_names(column, known)}
    return len(found), len(declared.columns(table))


def column_proposals(table: str, columns: Sequence[str], declared: Declared, decisions: Decisions) -> list[Proposal]:
    """Propose columns for a table of the catalogue, from those of the table that stands for it."""
    decided = {
        column: Proposal("column", table, column, theirs or "", column, "mapping", True)
        for (of, column), theirs in decisions.columns.items()
        if of == table
    }
    known = [one for one in names_of(declared.columns(table)) if one.of not in decided]
    claims = [(name, match) for name in columns for match in equal_names(name, known)]
    named = list(_named_columns_of(table, _strongest(claims)))
    used = {proposal.theirs for proposal in (*decided.values(), *named)}
    taken = {proposal.column for proposal in named}
    free = [one for one in known if one.of not in taken]
    suggested = _suggested_columns(table, [name for name in columns if name not in used], free)
    order = list(declared.columns(table))
    return sorted([*decided.values(), *named, *suggested], key=lambda one: order.index(one.column))


def _strongest(claims: Sequence[tuple[str, Match]]) -> list[tuple[str, Match]]:
    """Leave out a name in ``also`` where another column has the name or label, on either side."""
    return [
        (name, match)
        for name, match in claims
        if not any(
            RANK[other.why] < RANK[match.why] and (other.of == match.of or other_name == name)
            for other_name, other in claims
        )
    ]


def _named_columns_of(table: str, claims: Sequence[tuple[str, Match]]) -> Iterator[Proposal]:
    for name, match in claims:
        rivals = [other for other, claim in claims if claim.of == match.of and other != name]
        others = [claim.of for other, claim in claims if other == name and claim.of != match.of]
        reason = _rival(rivals[0]) if rivals else _rival(others[0]) if others else NO_REASON
        yield Proposal("column", table, match.of, name, match.of, match.why, reason is NO_REASON, reason)


def _suggested_columns(table: str, names: Iterable[str], free: Sequence[Known]) -> Iterator[Proposal]:
    for name in names:
        similar = similar_name(name, free)
        if similar is not None:
            yield Proposal("column", table, similar.of, name, similar.of, "suggestion", False, similar.reason)


def value_proposals(
    table: str, column: str, spellings: Sequence[_core.Spelling], declared: Declared, decisions: Decisions
) -> Iterator[Proposal]:
    """Propose values for the spellings that occur in a closed column, those of most rows first."""
    decided = decisions.values.get((table, column), {})
    spelled = [Known(theirs, ours, "mapping") for theirs, ours in decided.items() if ours is not None]
    known = [*_known_values(declared, table, column), *spelled]
    for one in spellings:
        match, holds = _meaning(one, decided, known)
        yield Proposal("value", table, column, one.written, match.of or None, match.why, holds, match.reason, one.rows)


def _known_values(declared: Declared, table: str, column: str) -> list[Known]:
    values = declared.values(table, column)
    fields = declared.columns(table)[column]
    aliases: dict[str, str] = fields.get("aliases", {})
    names = [] if fields["type"] == "boolean" else values  # the core knows all ways to write yes and no
    return [
        *(Known(value, value, "name") for value in names),
        *(Known(alias, value, "alias") for alias, value in aliases.items() if value in values),
    ]


def _meaning(spelling: _core.Spelling, decided: Mapping[str, str | None], known: Sequence[Known]) -> tuple[Match, bool]:
    """Say what a spelling means, and whether that is decided."""
    if spelling.written in decided:
        return Match(decided[spelling.written] or "", "mapping"), True
    if spelling.value is not None:
        is_alias = Known(spelling.written, spelling.value, "alias") in known
        return Match(spelling.value, "alias" if is_alias else "name"), True
    equal = equal_names(spelling.written, known)
    if len(equal) == 1:
        return equal[0], True
    similar = similar_name(spelling.written, known)
    return similar or Match("", "", NOT_LISTED), False
