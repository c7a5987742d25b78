# SPDX-License-Identifier: Apache-2.0
"""What of a site's tables is not used: tables that stand for nothing, with what they are nearest to, and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casemetry._binding_decisions import Declared
from casemetry._binding_names import likeness, names_of
from casemetry._binding_proposals import Columns, Proposal, named_columns

_MOST_NEAR = 3


class Unused(NamedTuple):
    """A table of the site that stands for nothing, or the columns of one in use that are not used."""

    table: str
    columns: tuple[str, ...]
    is_whole: bool
    """Whether the table stands for nothing at all."""
    near: tuple[str, ...] = ()
    """The catalogue's tables that it is nearest to, by its columns and its name; none if nothing is near."""


def unused(site: Columns, proposals: Sequence[Proposal], declared: Declared) -> Iterator[Unused]:
    """Go through what is neither used nor waits for a decision."""
    sources: dict[str, list[str]] = {}
    for one in proposals:
        if one.kind == "table":
            sources.setdefault(one.theirs, []).append(one.table)
    for name, columns in site.items():
        if name not in sources:
            yield Unused(name, tuple(columns), True, _near(name, columns, declared))
            continue
        used = {one.theirs for one in proposals if one.kind == "column" and one.table in sources[name]}
        others = tuple(column for column in columns if column not in used)
        if others and any(one.decided for one in proposals if one.kind == "table" and one.theirs == name):
            yield Unused(name, others, False)


def _near(name: str, columns: Sequence[str], declared: Declared) -> tuple[str, ...]:
    """Give the nearest tables: those with most of its columns, then with the name most alike."""
    alike: Mapping[str, float] = {
        table: max(likeness(name, one.name) for one in names_of({table: fields}))
        for table, fields in declared.tables.items()
    }
    scored = {table: (named_columns(columns, declared, table)[0], alike[table]) for table in alike}
    near = [table for table, score in scored.items() if score > (0, 0.0)]
    return tuple(sorted(near, key=lambda table: scored[table], reverse=True)[:_MOST_NEAR])
