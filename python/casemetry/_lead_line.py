# SPDX-License-Identifier: Apache-2.0
"""One line about leads as definitions: the small catalogue that :func:`casemetry.contribution` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casemetry._arguments import names
from casemetry._core import Expression, col, expression
from casemetry._definition import id_of
from casemetry._errors import QueryError
from casemetry._lead import Grouping, grouping
from casemetry._one_line import Counted, column_named, declared, held_types, typed
from casemetry.catalogues import Catalogue
from casemetry.reading import Table, read

if TYPE_CHECKING:
    from casemetry._asking import By, Predicate

DISCOVERIES, LEADS, GROUPS = "discoveries", "leads", "groups"
"""What the tables of the catalogue are called, its lead set and its grouping."""

_ROLES = {"first": "first", "last": "last", "linear": "log"}
"""What a rule reads of a lead besides the set of its sources."""

_COLUMNS = {"sources": "sources", "first": "first_sources", "last": "last_sources", "log": "log"}
"""The columns of a lead that hold its sources, by their key in a lead set."""

_VALIDITY = {"valid_from", "valid_to"}
_DATE = "date_of_lead"


@dataclass(frozen=True, kw_only=True)
class LeadLine:
    """What is asked, and by which columns: the arguments of :func:`casemetry.contribution`."""

    lead: str
    source: str
    found_on: str | None
    rules: Sequence[str]
    by: By
    among: Predicate | None
    date: Predicate | None
    stage: Predicate | None
    value: str | None
    window: Sequence[Any] | None

    def check(self, *, has_leads: bool) -> None:
        """Refuse what needs a column that is not named."""
        timed = next((rule for rule in self.rules if rule in ("first", "last")), None)
        if timed and self.found_on is None:
            raise QueryError(f"rule='{timed}' asks who found a lead {timed}: give found_on='…', the day of a discovery")
        if self.window is None:
            return
        if len(self.window) != 2 or not all(type(days) is int for days in self.window):
            raise QueryError(f"window={self.window!r} is none: give two numbers of days, such as (-90, 0)")
        low, high = self.window
        if low > high:
            raise QueryError(f"window={self.window} ends before it begins: ({high}, {low})?")
        for name in ("found_on", "date"):
            if getattr(self, name) is None:
                raise QueryError(
                    f"window={self.window} is of the days from date to found_on: give {name}='…', "
                    f"{'the day of a discovery' if name == 'found_on' else 'the day of a lead'}"
                )
        if not has_leads and self.date is not None and not column_named(self.date):
            raise QueryError(
                f"date='{self.date}' is of a whole lead, and the window is asked of one discovery: name the column of "
                "discoveries that holds it, or give the leads as a table of their own: leads=…"
            )


class LeadDraft:
    """A line as a catalogue, which the tables that it is asked of may complete."""

    def __init__(self, line: LeadLine, *, has_leads: bool) -> None:
        line.check(has_leads=has_leads)
        self.line = line
        self.has_leads = has_leads
        self.unit = Counted("lead", (line.lead,))
        by = line.by if isinstance(line.by, Mapping) else {name: name for name in names(line.by)}
        for name, given in by.items():
            self.unit.dimension(name, given)
        self._stages = [_stage(self.unit, role, given) for role, given in self._dated()]
        self._among = None if line.among is None else _condition(self.unit, line.among)
        self._value = None if line.value is None else self.unit.dimension(line.value, line.value)
        roles = ["sources", *dict.fromkeys(_ROLES[rule] for rule in line.rules if rule in _ROLES)]
        self._columns = {role: _free(_COLUMNS[role], self.unit) for role in roles}

    @property
    def implied(self) -> dict[str, set[str]]:
        """The columns of a unit that are ``only(…)`` because nothing else was said."""
        return {self.unit.id: self.unit.implied}

    @property
    def needed(self) -> set[str]:
        """The columns without which a discovery counts for no source; of days outside a window the window tells."""
        return {self.line.source, *(self._times() if self.line.window is None else ())}

    @property
    def stage(self) -> str | None:
        """What the leads must have reached to be counted."""
        return self._stages[-1][0] if self._stages else None

    def tables(self, discoveries: Any, leads: Any) -> dict[str, Table]:
        """Read what the question asks of the tables."""
        line = self.line
        found = {line.lead, line.source, *self._times(), *(() if self.has_leads else self.unit.reads())}
        tables = {DISCOVERIES: _table(discoveries, DISCOVERIES, found)}
        return {**tables, LEADS: _table(leads, LEADS, self.unit.reads())} if self.has_leads else tables

    def catalogue(self, tables: Mapping[str, Table], groups: Grouping) -> Catalogue:
        """Write it; where text is to be read as dates, the types of all columns are said."""
        own = self.unit.ordered()
        dates = {DISCOVERIES: {*self._times(), *(() if self.has_leads else own)}, LEADS: own}
        declarations = {name: declared(tables[name], dates[name]) for name in tables if name != GROUPS}
        if GROUPS in tables:
            declarations[GROUPS] = self._declared_groups(tables[GROUPS])
        tree = {
            "schema": 1,
            "id": "contribution",
            "table": declarations,
            "unit": dict(self._units()),
            "lead": {LEADS: self._lead_set()},
        }
        return Catalogue.from_dict(tree).with_(groups)

    def _declared_groups(self, table: Table) -> dict[str, Any]:
        held = held_types(table)
        if not self._stages and not _VALIDITY.isdisjoint(held):
            raise QueryError(
                "groups: sources change their group (valid_from, valid_to), and no date says on which day they are in "
                "it: give date='…', the day of a lead"
            )
        return typed(held, _VALIDITY)

    def _dated(self) -> Iterator[tuple[str, Predicate]]:
        for role, given in (("date", self.line.date), ("stage", self.line.stage)):
            if given is not None:
                yield role, given

    def _times(self) -> set[str]:
        """Name the day of a discovery, if the question asks for it."""
        asked = self.line.window is not None or {"first", "last"}.intersection(self._columns)
        return {self.line.found_on} if asked and self.line.found_on else set()

    def _units(self) -> Iterator[tuple[str, dict[str, Any]]]:
        line, key = self.line, [self.line.lead]
        if not self.has_leads:
            sets = self._sets(column_named(line.date) if line.date is not None else "")
            yield "lead", self._leads(DISCOVERIES, {**sets, **self.unit.columns})
            return
        found = {"from": DISCOVERIES, "one_row_per": key, "columns": self._sets(_DATE)}
        if line.window is not None:
            day = self.unit.columns.get(self._stages[0][1], f"only({col(self._stages[0][1])})")
            yield "entry", {"from": LEADS, "one_row_per": key, "columns": {_DATE: day}}
            yield "dated", {"from": DISCOVERIES, "lookup": {"entry": {"from": "entry", "on": key, "take": [_DATE]}}}
            found["from"] = "dated"
        yield "discovered", found
        columns = list(self._columns.values())
        taken = {"from": "discovered", "on": key, "take": columns, "otherwise": {column: [] for column in columns}}
        yield "lead", {**self._leads(LEADS, self.unit.columns), "lookup": {"discovered": taken}}

    def _leads(self, table: str, columns: Mapping[str, str]) -> dict[str, Any]:
        return {"from": table, "counts": "lead", "one_row_per": [self.line.lead], "columns": dict(columns)}

    def _sets(self, day: str) -> dict[str, str]:
        """Write the columns that hold the sources of a lead, of the discoveries inside the window."""
        line, source = self.line, col(self.line.source)
        found_on = "" if line.found_on is None else str(col(line.found_on))
        inside = ""
        if line.window is not None:
            inside = f" where between(days({col(day)}, {found_on}), {line.window[0]}, {line.window[1]})"
        calls = {
            "sources": f"set({source}{inside})",
            "first": f"earliest({source} by {found_on}{inside})",
            "last": f"latest({source} by {found_on}{inside})",
            "log": f"bag({source}{inside})",
        }
        return {column: calls[role] for role, column in self._columns.items()}

    def _lead_set(self) -> dict[str, Any]:
        fields = {"among": self._among, "stages": self._stages, "value": self._value}
        return {"unit": "lead", **self._columns, **{key: value for key, value in fields.items() if value}}


def groups_of(groups: Any) -> tuple[Grouping, dict[str, Table]]:
    """Take groups as a mapping of groups to their sources, or as a table of sources with their group."""
    if isinstance(groups, str):
        raise QueryError(
            f"groups='{groups}': give the groups themselves, {{'digital': ['model_1'], 'traditional': ...}}, or a "
            "table with the columns source and group"
        )
    if isinstance(groups, Mapping):
        return grouping(GROUPS, groups), {}
    table = groups if isinstance(groups, Table) else read(groups, name=GROUPS)
    return grouping(GROUPS, GROUPS), {GROUPS: table}


def _table(data: Any, name: str, columns: set[str]) -> Table:
    return data if isinstance(data, Table) else read(data, name=name, columns=sorted(columns))


def _stage(unit: Counted, role: str, given: Predicate) -> list[str]:
    column = unit.date(role, given)
    return [id_of(column), column]


def _condition(unit: Counted, given: Predicate) -> str:
    """Give a condition over leads: of columns of its rows each is the value that all of them have."""
    tree = given if isinstance(given, Expression) else expression(given)
    if tree.collapse_calls:
        return unit.predicate("among", tree)
    for name in tree.columns:
        unit.dimension(name, name)
    return str(tree)


def _free(name: str, unit: Counted) -> str:
    while name in unit.key or name in unit.columns:
        name += "_"
    return name
