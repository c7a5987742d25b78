# SPDX-License-Identifier: Apache-2.0
"""Leads and groupings defined in code: what contributions are asked about, and the groups that sources are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from casemetry._declared import Declared
from casemetry._errors import DefinitionError, Fault
from casemetry._unit import Names, Unit, name_of

if TYPE_CHECKING:
    from casemetry._core import Expression

Groups: TypeAlias = "Mapping[str, Sequence[str] | EllipsisType]"
"""Group → its sources; ``...`` stands for all others."""

Rule = Literal["any", "exclusive", "first", "last", "linear", "shapley", "owen"]
"""How a lead is credited that several sources found (归因规则)."""

Over = Literal["leads", "attributed"]
"""What a contribution is a share of: all leads W, or those that have a source, W − U."""

_KEYS = frozenset({"label", "rest", "table"})


class LeadSet(Declared):
    """What a contribution (贡献率) is asked about, defined in code; made by :func:`leads`."""

    def with_sources(self) -> Iterator[Unit]:
        """Go through the units that the leads are made from."""
        if isinstance(self.fields["unit"], Unit):
            yield from self.fields["unit"].with_sources()

    def __repr__(self) -> str:
        return f"LeadSet({self.id}: {self.fields['sources']} of {name_of(self.fields['unit'])})"


class Grouping(Declared):
    """The groups of sources (来源分组), defined in code; made by :func:`grouping`."""

    def __repr__(self) -> str:
        groups = [name for name in self.fields if name not in _KEYS]
        told = [*groups, *([self.fields["rest"]] if "rest" in self.fields else [])]
        return f"Grouping({self.id}: {', '.join(told) or self.fields['table']})"


def leads(
    id: str,
    *,
    unit: str | Unit,
    sources: str = "sources",
    first: str | None = None,
    last: str | None = None,
    log: str | None = None,
    among: str | Expression | None = None,
    stages: Mapping[str, str] | None = None,
    value: str | None = None,
    label: Names | None = None,
) -> LeadSet:
    """Define leads (线索): which unit they are, the columns that hold their sources, and the stages that they pass.

    Parameters
    ----------
    id : str
        Its name.
    unit : str or Unit
        A row a lead: a :func:`unit`, the id of one, or a table. Made from a lead table that looks up its discoveries,
        with ``otherwise`` the empty set, leads that no source found are counted too.
    sources : str
        The column that holds the set of a lead's sources, as ``set(source)`` makes it. An empty set is unattributed, a
        missing one unknown.
    first, last : str, optional
        The columns of the sources at the first and the last time, as ``earliest(source by found_on)`` makes them; for
        the rules of these names.
    log : str, optional
        The column of all discoveries with repeats, as ``bag(source)`` makes it; for the rule ``linear``.
    among : str or Expression, optional
        Which leads; by default all.
    stages : mapping of str to str, optional
        The stages, earliest first: name → date column. A lead reached a stage if it has a date for it or a later one.
    value : str, optional
        What a lead weighs: an integer or decimal column; by default each lead the same.
    label : str or mapping, optional
        What they are called: Chinese, or ``{"zh": …, "en": …}``.

    Examples
    --------
    >>> import casemetry as cm
    >>> supervision = cm.leads("supervision", unit="leads", stages={"filed": "filed_on"}, label="监督线索")
    >>> origin = cm.grouping("origin", {"digital": ["model_1", "model_2"], "traditional": ...})
    >>> print(cm.Catalogue.of(supervision, origin).toml())
    schema = 1
    <BLANKLINE>
    [table.leads]
    <BLANKLINE>
    [lead.supervision]
    label = "监督线索"
    unit = "leads"
    sources = "sources"
    stages = [["filed", "filed_on"]]
    <BLANKLINE>
    [grouping.origin]
    digital = ["model_1", "model_2"]
    rest = "traditional"
    <BLANKLINE>
    """
    fields = {
        "label": label,
        "unit": unit,
        "sources": sources,
        "first": first,
        "last": last,
        "log": log,
        "among": None if among is None else str(among),
        "stages": [list(stage) for stage in (stages or {}).items()],
        "value": value,
    }
    return LeadSet(id, {key: value for key, value in fields.items() if value})


def grouping(id: str, groups: Groups | str, *, label: Names | None = None) -> Grouping:
    """Define groups of sources (来源分组): each source in one.

    Parameters
    ----------
    id : str
        Its name; in expressions ``@id``.
    groups : mapping of str to sequence of str or ``...``, or str
        Group → its sources. One group may have ``...``: all sources that no other lists; without it such a source is an
        error. Or the name of a table with the columns ``source`` and ``group``, and ``valid_from`` and ``valid_to`` if
        sources change their group.
    label : str or mapping, optional
        What it is called: Chinese, or ``{"zh": …, "en": …}``.

    Raises
    ------
    DefinitionError
        If two groups have ``...``, or a group a name that a catalogue keeps for itself.

    Examples
    --------
    >>> import casemetry as cm
    >>> cm.grouping("origin", {"digital": ["model_1", "model_2"], "traditional": ...})
    Grouping(origin: digital, traditional)
    """
    told = {"table": groups} if isinstance(groups, str) else _listed(f"grouping.{id}", groups)
    return Grouping(id, {**({"label": label} if label else {}), **told})


def _listed(path: str, groups: Groups) -> dict[str, Any]:
    listed = {name: list(sources) for name, sources in groups.items() if not isinstance(sources, EllipsisType)}
    others = [name for name in groups if name not in listed]
    if set(groups) >= {"source", "group"} and len(listed) == len(groups):
        raise _fault(path, "'source' and 'group' are the columns of a table: give a data frame, or group → its sources")
    for name in sorted(_KEYS.intersection(groups)):
        raise _fault(f"{path}.{name}", f"'{name}' is a key of a grouping: call the group something else")
    for name, sources in groups.items():
        if isinstance(sources, str):
            raise _fault(f"{path}.{name}", f"list the sources of a group: ['{sources}'], or ... for all others")
        for source in listed.get(name, ()):
            if not isinstance(source, str):
                raise _fault(f"{path}.{name}", f"a source is a text, and {source!r} is none")
    if len(others) > 1:
        raise _fault(path, f"{' and '.join(map(repr, others))} are both `...`: one group has all other sources")
    return {**listed, **({"rest": others[0]} if others else {})}


def _fault(path: str, message: str) -> DefinitionError:
    return DefinitionError(f"{path}: {message}", (Fault(path, message, None),))
